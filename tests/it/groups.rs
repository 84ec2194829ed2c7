//! Groups by what became of a shipment: its outcome for another KPI, the facilities it passed.

use parcelgauge::cube::{ByOutcome, Cube, CubeError, Dimension, DimensionError, Fold, Plan, Row, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::{Gauge, KpiError, Policy, catalogue};
use parcelgauge::record::{
    CaseClass, CaseId, Complaint, FacilityId, NodeKind, Promise, RecordKind, Records, WaybillNumber, Window,
};
use parcelgauge::report::{summary, text_table};
use parcelgauge::state::Figure;

use crate::laws::gauges;
use crate::support::{at, day, scan, waybill};

fn by(name: &str) -> Dimension {
    name.parse().expect("a dimension")
}

fn plan(kpi: &str, dimensions: &[&str]) -> Plan {
    let gauge = catalogue().find(kpi).expect("a KPI");
    Plan::new([gauge]).by(dimensions.iter().map(|name| by(name))).with_window(Window::All)
}

/// A parcel promised for noon of 3 October, with scans at hours of October and where they were made.
fn send(records: &mut Records, number: &str, scans: &[(NodeKind, &str, Option<&str>)]) {
    let mut parcel = waybill(number, day(10, 1));
    parcel.promise = Some(Promise::By(at("2026-10-03T12:00:00+08:00")));
    for &(kind, time, facility) in scans {
        let mut event = scan(&parcel.key, kind, &format!("2026-10-{time}:00:00+08:00"));
        event.facility = facility.map(|id| FacilityId::new(id).expect("an id"));
        records.events.push(event);
    }
    records.waybills.push(parcel);
}

fn complain(records: &mut Records, about: Option<&str>) {
    let id = CaseId::new(format!("about {}", about.unwrap_or("nothing"))).expect("an id");
    let mut case = Complaint::new(id, CaseClass::Complaint, at("2026-10-04T12:00:00+08:00"));
    case.waybill = about.map(|number| waybill(number, day(10, 1)).key);
    records.complaints.push(case);
}

/// In time, late, never delivered, without a promise; complaints about two of them, and about none.
fn parcels() -> Records {
    let mut records = Records::supplying(RecordKind::ALL);
    send(&mut records, "in time", &[(NodeKind::Collected, "01T10", None), (NodeKind::Delivered, "03T12", None)]);
    send(&mut records, "late", &[(NodeKind::Collected, "01T10", None), (NodeKind::Delivered, "03T13", None)]);
    send(&mut records, "never", &[(NodeKind::Collected, "01T10", None)]);
    send(&mut records, "unpromised", &[(NodeKind::Collected, "01T10", None)]);
    records.waybills[3].promise = None;
    complain(&mut records, Some("late"));
    complain(&mut records, Some("unpromised"));
    complain(&mut records, None);
    records
}

fn measured(records: &Records, plan: &Plan, as_of: &str) -> Scorecard {
    Scorecard::measure(records, plan, &Context::at(at(as_of)))
}

/// Group and counts of each row: `hit 0/1`.
fn told(scorecard: &Scorecard) -> Vec<String> {
    let counts = |row: &Row| match row.figure {
        Figure::Share { hit, miss, .. } => format!("{hit}/{}", hit + miss),
        Figure::Rate { events, exposure, .. } => format!("{events}/{exposure}"),
        ref other => format!("{:?}", other.value()),
    };
    let group = |row: &Row| row.group.iter().map(|value| value.text().unwrap_or("none")).collect::<Vec<_>>().join(" ");
    scorecard.rows.iter().map(|row| format!("{} {}", group(row), counts(row))).collect()
}

const LATER: &str = "2026-12-01T00:00:00+08:00";

#[test]
fn shipments_and_what_hangs_on_them_stand_with_their_outcome() {
    let complaints = plan("complaint_rate", &["on_time_delivery_rate"]);
    let rows = told(&measured(&parcels(), &complaints, LATER));
    assert_eq!(rows, ["excluded 1/1", "hit 0/1", "miss 1/2", "unassigned 1/0"]);
    // Before the promise has settled nothing is decided but what was never asked.
    let rows = told(&measured(&parcels(), &complaints, "2026-10-04T11:00:00+08:00"));
    assert_eq!(rows, ["excluded 0/1", "open 0/3"]);
    // A parcel lost by silence is a miss here, and lost there.
    let lost = plan("loss_rate", &["on_time_delivery_rate"]);
    assert_eq!(told(&measured(&parcels(), &lost, LATER)), ["excluded 1/1", "hit 0/1", "miss 1/2"]);
}

#[test]
fn its_policies_are_the_dimensions_own() {
    let complaints = |dimension: &str| told(&measured(&parcels(), &plan("complaint_rate", &[dimension]), LATER));
    let strictly = complaints("on_time_delivery_rate:comparison=strictly_before");
    assert_eq!(strictly, ["excluded 1/1", "miss 1/3", "unassigned 1/0"]);
    // A provisional outcome is what it leans to; what leans nowhere stays open.
    let provisional = plan("complaint_rate", &["on_time_delivery_rate:maturity=provisional"]);
    let rows = told(&measured(&parcels(), &provisional, "2026-10-03T12:30:00+08:00"));
    assert_eq!(rows, ["excluded 0/1", "hit 0/1", "miss 0/2"]);
    let rows = told(&measured(&parcels(), &provisional, "2026-10-03T12:00:00+08:00"));
    assert_eq!(rows, ["excluded 0/1", "hit 0/1", "open 0/2"]);
}

#[test]
fn a_piece_stands_with_its_consignment_where_these_are_counted() {
    let mut records = parcels();
    for waybill in &mut records.waybills[..2] {
        waybill.parent = WaybillNumber::new("both").ok();
    }
    let together = plan("complaint_rate", &["on_time_delivery_rate:unit=consignment"]);
    assert_eq!(told(&measured(&records, &together, LATER)), ["excluded 1/1", "miss 1/3", "unassigned 1/0"]);
    // A figure over consignments has each in the group of its first piece, which is in time here.
    let first = ByOutcome::of(catalogue().find("on_time_delivery_rate").unwrap()).unwrap();
    let unit = Policy::parse("unit", "consignment").unwrap();
    let on_time = Plan::new([first.gauge().clone().with(unit).unwrap()]).by([Dimension::Outcome(first)]);
    let rows = told(&measured(&records, &on_time.with_window(Window::All), LATER));
    assert_eq!(rows, ["hit 0/1", "miss 0/1", "excluded 0/0"]);
}

#[test]
fn a_group_that_time_changes_ends_what_a_fold_holds() {
    let mut records = Records::supplying(RecordKind::ALL);
    send(&mut records, "A", &[(NodeKind::Collected, "01T10", None), (NodeKind::Delivered, "03T11", None)]);
    // The rate itself waits for nothing.
    let complaints = plan("complaint_rate", &["on_time_delivery_rate"]);
    let early = Context::at(at("2026-10-03T18:00:00+08:00"));
    let decided = at("2026-10-04T12:00:00+08:00");
    let fold = Fold::of(&records, &complaints, Window::All, &early, None);
    assert_eq!((fold.holds_until(), fold.open()), (Some(decided), 1));
    let read = Fold::decode(&fold.encode(&complaints), &complaints).expect("its own bytes");
    assert_eq!((read.holds_until(), read.open()), (Some(decided), 1));
    let total = fold.roll_up(&complaints, &[]).expect("a roll-up");
    assert_eq!((total.holds_until(), total.open()), (None, 0), "without the groups nothing changes");
    let mut cube = Cube::new(complaints.clone(), &early);
    cube.replace(day(10, 1), &records, &early, None).expect("an open partition");
    let still_open = CubeError::StillOpen { partition: day(10, 1), open: 1, until: Some(decided) };
    assert_eq!(cube.seal(day(10, 1)), Err(still_open));
    assert_eq!(cube.stale(decided), [day(10, 1)]);
    let then = early.moved_to(decided);
    cube.replace(day(10, 1), &records, &then, None).expect("an open partition");
    assert_eq!(cube.scorecard(&then).map(|kept| told(&kept)), Ok(vec!["hit 0/1".to_owned()]));
    cube.seal(day(10, 1)).expect("nothing is open");
}

#[test]
fn a_kpi_that_looks_back_needs_the_history_as_a_dimension_too() {
    let complaints = plan("complaint_rate", &["repeat_order_rate"]);
    assert!(complaints.looks_back());
    let context = Context::at(at(LATER));
    let refused = Cube::new(complaints, &context).replace(day(10, 1), &parcels(), &context, None);
    assert_eq!(refused, Err(CubeError::HistoryMissing { kpi: "repeat_order_rate" }));
}

#[test]
fn folds_by_other_policies_are_unlike() {
    let context = Context::at(at(LATER));
    let plans = ["on_time_delivery_rate", "on_time_delivery_rate:settle=36h"].map(|by| plan("complaint_rate", &[by]));
    let [mut one, other] = plans.each_ref().map(|plan| Fold::of(&parcels(), plan, Window::All, &context, None));
    assert!(Fold::decode(&one.encode(&plans[0]), &plans[1]).is_err());
    assert!(one.merge(&other).is_err());
}

#[test]
fn a_name_tells_the_policies_that_are_not_the_defaults() {
    for (asked, name) in [
        ("on_time_delivery_rate", "on_time_delivery_rate"),
        ("on_time_delivery_rate:promise_end=day_end", "on_time_delivery_rate"),
        (
            "on_time_delivery_rate : settle=36h : promise_end=day_start",
            "on_time_delivery_rate:promise_end=day_start:settle=36h",
        ),
        ("within_hours_rate(72)", "within_hours_rate"),
        ("within_hours_rate(spb_72h)", "within_hours_rate:trips=between_cities"),
        ("within_hours_rate(48):grace=15m", "within_hours_rate:hours=48:grace=15m"),
        ("on_time", "on_time"),
    ] {
        let parsed: Result<Dimension, DimensionError> = asked.parse();
        match parsed {
            Ok(dimension) => assert_eq!(dimension.name(), name),
            Err(error) => assert!(asked.contains("grace"), "{asked}: {error}"),
        }
    }
    assert_eq!(by("on_time_delivery_rate:grace=0h"), by("on_time_delivery_rate"));
    assert_ne!(by("on_time_delivery_rate:grace=15m"), by("on_time_delivery_rate"));
    assert!(matches!(by("on_time"), Dimension::Attribute(_)), "a column of one's own");
}

#[test]
fn what_no_shipment_can_be_grouped_by_is_refused_with_what_to_do() {
    let refused = |text: &str| text.parse::<Dimension>().expect_err("no dimension");
    for kpi in ["nps", "complaint_rate", "end_to_end_hours", "stage_on_time_rate", "tracking_freshness_rate"] {
        let error = refused(kpi);
        assert!(matches!(error, DimensionError::NoOutcome { .. }), "{kpi}: {error}");
        assert!(
            error.to_string().contains("on_time_delivery_rate, within_hours_rate, delivered_by_day_rate"),
            "{error}"
        );
    }
    assert!(matches!(refused("loss_rate:silent"), DimensionError::NoPolicy { .. }));
    let not_read = refused("loss_rate:promise_end=day_end");
    assert!(matches!(not_read, DimensionError::Kpi(KpiError::PolicyNotRead { .. })), "{not_read}");
    assert!(matches!(refused("loss_rate:horizon=soon"), DimensionError::Kpi(KpiError::PolicyValue { .. })));
    assert!(matches!(refused(""), DimensionError::Name(_)));
}

#[test]
fn every_policy_is_written_as_it_is_read() {
    for gauge in gauges() {
        let written: Vec<_> = gauge.policies().collect();
        assert_eq!(written.len(), gauge.definition().policies.len());
        let read = |gauge: Gauge, (name, value): &(_, String)| {
            let policy = Policy::parse(parcelgauge::kpi::PolicyName::as_str(*name), value).expect("a policy");
            gauge.with(policy).expect("one it reads")
        };
        let same = written.iter().fold(catalogue().find(gauge.definition().id).expect("a KPI"), read);
        assert_eq!(same.policies().collect::<Vec<_>>(), written);
    }
}

#[test]
fn results_say_by_which_policies() {
    let dimension = "on_time_delivery_rate:settle=36h";
    let complaints = plan("complaint_rate", &[dimension]);
    let scorecard = measured(&parcels(), &complaints, LATER);
    let document: serde_json::Value = serde_json::from_str(&scorecard.to_json()).expect("JSON");
    let told = &document["dimensions"][dimension];
    assert_eq!((&told["kpi"], &told["version"]), (&"on_time_delivery_rate".into(), &1.into()));
    assert_eq!((&told["params"]["settle_hours"], &told["params"]["unit"]), (&36.into(), &"piece".into()));
    assert_eq!(document["rows"][1]["group"][dimension], "hit");
    let table = text_table(&scorecard);
    assert!(table.contains("Groups by on_time_delivery_rate:settle=36h: cohort=due, comparison="), "{table}");
    assert!(table.contains("settle_hours=36") && table.contains("all  on_time_delivery_rate:settle=36h"), "{table}");
    let total = measured(&parcels(), &plan("complaint_rate", &[]), LATER);
    let page = summary(&total, Some(&scorecard), &[]);
    assert!(page.contains("Groups by on_time_delivery_rate:settle=36h: cohort=due"), "{page}");
}

#[test]
fn what_the_groups_need_is_missing_too() {
    let mut records = parcels();
    records.complaints.clear();
    records.supplied = [RecordKind::Waybill, RecordKind::Event].into_iter().collect();
    let scorecard = measured(&records, &plan("loss_rate", &["damage_rate"]), LATER);
    assert!(scorecard.rows.iter().all(|row| row.missing == [RecordKind::Complaint] && row.figure.value().is_none()));
}

/// Two parcels through F, G and one of them also H and back to F; one through none.
fn handled() -> Records {
    let mut records = Records::supplying(RecordKind::ALL);
    use NodeKind::{AttemptFailed, Collected, Delivered, HubArrived, Ordered, Returned};
    let [f, g, h] = [Some("F"), Some("G"), Some("H")];
    send(&mut records, "A", &[(Ordered, "01T08", Some("shop")), (Collected, "01T10", f), (Delivered, "03T10", g)]);
    let wandering = [(Collected, "01T10", f), (HubArrived, "01T18", h), (HubArrived, "02T01", f)];
    send(&mut records, "B", &[&wandering[..], &[(AttemptFailed, "04T10", g), (Returned, "05T10", g)]].concat());
    send(&mut records, "C", &[(Collected, "01T10", None), (Delivered, "03T10", None)]);
    complain(&mut records, Some("B"));
    complain(&mut records, None);
    records
}

#[test]
fn a_shipment_counts_once_in_each_facility_it_passed() {
    let rows = |kpi: &str| told(&measured(&handled(), &plan(kpi, &["handled_by"]), LATER));
    assert_eq!(rows("on_time_delivery_rate"), ["F 1/2", "G 1/2", "H 0/1", "none 1/1"]);
    assert_eq!(rows("complaint_rate"), ["F 1/2", "G 1/2", "H 1/1", "none 0/1", "unassigned 1/0"]);
    // What came on the way back was handled too.
    let mut records = handled();
    let mut back = scan(&records.waybills[1].key, NodeKind::HubArrived, "2026-10-06T10:00:00+08:00");
    back.facility = FacilityId::new("K").ok();
    records.events.push(back);
    let rows = told(&measured(&records, &plan("on_time_delivery_rate", &["handled_by"]), LATER));
    assert_eq!(rows, ["F 1/2", "G 1/2", "H 0/1", "K 0/1", "none 1/1"]);
    // With another dimension; and a scan has its own facility beside those that its parcel passed.
    let both =
        told(&measured(&handled(), &plan("on_time_delivery_rate", &["handled_by", "on_time_delivery_rate"]), LATER));
    assert_eq!(both, ["F hit 1/1", "F miss 0/1", "G hit 1/1", "G miss 0/1", "H miss 0/1", "none hit 1/1"]);
    let scans = told(&measured(&handled(), &plan("tracking_freshness_rate", &["facility", "handled_by"]), LATER));
    let of_h: Vec<&str> = scans.iter().filter(|row| row.contains(" H ")).map(String::as_str).collect();
    assert_eq!(of_h, ["F H 0/0", "G H 0/0", "H H 0/0"], "without a clock of recording, but there");
}

#[test]
fn rows_that_overlap_say_so_and_are_added_up_nowhere() {
    let on_time = plan("on_time_delivery_rate", &["handled_by"]);
    let parts = measured(&handled(), &on_time, LATER);
    let document: serde_json::Value = serde_json::from_str(&parts.to_json()).expect("JSON");
    assert_eq!(document["dimensions"], serde_json::json!({"handled_by": {"overlapping": true}}));
    let context = Context::at(at(LATER));
    let fold = Fold::of(&handled(), &on_time, Window::All, &context, None);
    let refused = fold.roll_up(&on_time, &[]).map(|_| ()).expect_err("no roll-up");
    assert_eq!(refused, CubeError::Overlapping { dimension: "handled_by".to_owned() });
    assert!(refused.to_string().contains("fold the records without it"), "{refused}");
    let table = text_table(&parts);
    let overlap = "Groups by handled_by overlap: what lies in several counts in each, so that they do not add up.";
    assert!(table.contains(overlap), "{table}");
    let whole = measured(&handled(), &plan("on_time_delivery_rate", &[]), LATER);
    let page = summary(&whole, Some(&parts), &[]);
    assert!(page.contains(overlap), "{page}");
    // Reasons are counted where lines add up, and named where they do not.
    let hours = measured(&handled(), &plan("end_to_end_hours", &["handled_by"]), LATER);
    assert!(text_table(&hours).contains("  excluded: returned\n"), "{}", text_table(&hours));
    let hours = measured(&handled(), &plan("end_to_end_hours", &[]), LATER);
    assert!(text_table(&hours).contains("  excluded: returned 1\n"));
}

#[test]
fn cases_by_the_site_they_were_decided_against() {
    let mut records = parcels();
    let parties = ["carrier/facility/F", "carrier/courier/K", "carrier/facility/F"];
    for (case, party) in records.complaints.iter_mut().zip(parties) {
        case.resolved_at = Some(at("2026-10-05T12:00:00+08:00"));
        case.responsible = Some(party.parse().expect("a party"));
    }
    // The third is about no waybill and has its site all the same; a courier is no site.
    let by_site = plan("resolution_rate", &["responsible_facility"]);
    assert_eq!(told(&measured(&records, &by_site, LATER)), ["F 2/2", "none 1/1"]);
    // The finding comes with the answer.
    assert_eq!(told(&measured(&records, &by_site, "2026-10-05T11:59:59+08:00")), ["none 0/0"]);
    // Nobody answers for a parcel.
    assert_eq!(
        told(&measured(&records, &plan("complaint_rate", &["responsible_facility"]), LATER)),
        ["F 2/0", "none 1/4"]
    );
}
