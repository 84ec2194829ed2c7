//! The KPIs one by one, from records by hand, from files, and from a network whose truth is known.

mod consignments;
mod damage_rate;
mod first_attempt_delivery_rate;
mod force_majeure;
mod intact_rate;
mod lateness_hours;
mod loss_rate;
mod own_stages;
mod provisional;
mod shortage_rate;
mod stage_hours;
mod stage_on_time_rate;
mod within_hours_rate;

use parcelgauge::cube::{Plan, Row, Scorecard};
use parcelgauge::fact::{Context, Facts};
use parcelgauge::kpi::{Gauge, Param, Policy, RecordVerdict, catalogue};
use parcelgauge::record::{Duration, Instant, NodeEvent, NodeKind, RecordKind, Records, Waybill, WaybillKey, Window};
use parcelgauge::simulate::{Network, Rate, Rates};
use parcelgauge::state::Figure;

use crate::support::{at, day, scan, waybill};

/// A second, an hour and a day in milliseconds: all times of these tests are counted from [`start`].
pub const SECOND: i64 = 1_000;
pub const HOUR: i64 = 3_600 * SECOND;
pub const DAY: i64 = 24 * HOUR;
/// Long after everything.
pub const LATER: i64 = 400 * DAY;

/// When the parcels of these tests are collected.
pub fn start() -> Instant {
    at("2026-10-01T10:00:00+08:00")
}

pub fn after(millis: i64) -> Instant {
    start().saturating_add(Duration::from_millis(millis))
}

pub fn event(key: &WaybillKey, kind: NodeKind, millis: i64) -> NodeEvent {
    scan(key, kind, &after(millis).to_string())
}

/// Every kind of record supplied, and empty.
pub fn nothing() -> Records {
    Records::supplying(RecordKind::ALL)
}

/// A parcel with these scans and no other.
pub fn scanned(number: &str, scans: &[(NodeKind, i64)]) -> (Waybill, Vec<NodeEvent>) {
    let waybill = waybill(number, day(10, 1));
    let events = scans.iter().map(|&(kind, millis)| event(&waybill.key, kind, millis)).collect();
    (waybill, events)
}

/// A parcel collected at the start, with further scans.
pub fn collected(number: &str, scans: &[(NodeKind, i64)]) -> (Waybill, Vec<NodeEvent>) {
    let mut all = vec![(NodeKind::Collected, 0)];
    all.extend(scans);
    scanned(number, &all)
}

pub fn records(parcels: impl IntoIterator<Item = (Waybill, Vec<NodeEvent>)>) -> Records {
    let mut records = nothing();
    for (waybill, events) in parcels {
        records.waybills.push(waybill);
        records.events.extend(events);
    }
    records
}

/// One parcel, collected at the start.
pub fn one(scans: &[(NodeKind, i64)]) -> Records {
    records([collected("A", scans)])
}

pub fn kpi(name: &str) -> Gauge {
    catalogue().find(name).unwrap()
}

/// The KPI under policies as they are written: `settle=0h`.
pub fn under(name: &str, policies: &[&str]) -> Gauge {
    policies.iter().fold(kpi(name), |gauge, policy| {
        let (name, value) = policy.split_once('=').unwrap();
        gauge.with(Policy::parse(name, value).unwrap()).unwrap()
    })
}

pub fn context(as_of: i64) -> Context {
    Context::at(after(as_of))
}

/// What each record means, in words, such as `miss by 1h`, `open 96h` (its `until`, from the start on) or
/// `excluded no_city`. The law of time is checked on the way.
pub fn told(gauge: &Gauge, records: &Records, as_of: i64) -> Vec<String> {
    told_in(gauge, records, &context(as_of))
}

pub fn told_in(gauge: &Gauge, records: &Records, context: &Context) -> Vec<String> {
    let facts = Facts::assemble(records, context, None);
    let verdicts = gauge.verdicts(&facts, context);
    obeys_time(gauge, &facts, context, &verdicts);
    verdicts.iter().map(words).collect()
}

/// What the only record means.
pub fn word(gauge: &Gauge, records: &Records, as_of: i64) -> String {
    let mut told = told(gauge, records, as_of);
    assert_eq!(told.len(), 1, "{told:?}");
    told.remove(0)
}

fn words(verdict: &RecordVerdict) -> String {
    let mut text = verdict.outcome.to_owned();
    if verdict.provisional {
        text = format!("provisional {text}");
    }
    if let Some(reason) = &verdict.reason {
        text = format!("{text} {reason}");
    }
    if let Some(until) = verdict.until {
        text = format!("{text} {}", until.since(start()));
    }
    match (verdict.quantity, verdict.by) {
        (Some(quantity), _) => format!("{text} {}", Duration::from_millis(quantity)),
        (None, Some(by)) => format!("{text} by {by}"),
        (None, None) => text,
    }
}

/// With the same records known: what is decided stays, what is open stays so before its `until` and is decided at it.
fn obeys_time(gauge: &Gauge, facts: &Facts<'_>, context: &Context, before: &[RecordVerdict]) {
    let tick = Duration::from_millis(1);
    let id = gauge.definition().id;
    for (place, then) in before.iter().enumerate() {
        let at = |instant| gauge.verdicts(facts, &context.clone().moved_to(instant)).swap_remove(place);
        let same = |now: &RecordVerdict| {
            (now.outcome, &now.reason, now.quantity, now.until, now.cohort, now.provisional)
                == (then.outcome, &then.reason, then.quantity, then.until, then.cohort, then.provisional)
        };
        match then.until {
            Some(until) => {
                assert!(until > context.as_of, "{id}: {then:?}");
                assert!(same(&at(until.saturating_sub(tick))), "{id}: {then:?}");
                let decided = at(until);
                // Of a late parcel under way time tells that it is late, and only a record how late.
                let is_late = id == "lateness_hours" && decided.until.is_none();
                // What is counted as it leans may lean elsewhere first.
                let may_turn = gauge.params().get("maturity") == Some(&Param::Word("provisional".to_owned()));
                assert!(decided.outcome != "open" || is_late || may_turn, "{id}: {then:?}");
            }
            None => assert!(same(&at(Instant::MAX)), "{id}: {then:?}"),
        }
    }
}

/// The first row, over all days.
pub fn row(gauge: &Gauge, records: &Records, as_of: i64) -> Row {
    rows(gauge, records, as_of, 0).swap_remove(0)
}

/// All rows, over all days, with evidence.
pub fn rows(gauge: &Gauge, records: &Records, as_of: i64, evidence: u32) -> Vec<Row> {
    let plan = Plan::new([gauge.clone()]).with_window(Window::All).with_evidence(evidence);
    Scorecard::measure(records, &plan, &context(as_of)).rows
}

/// hit, miss, open, excluded, invalid.
pub fn five(row: &Row) -> [u64; 5] {
    let (hit, miss) = match row.figure {
        Figure::Share { hit, miss, .. } => (hit, miss),
        Figure::Distribution { count, .. } => (count, 0),
        _ => panic!("{row:?}"),
    };
    let five = [hit, miss, row.open, row.excluded.total(), row.invalid.total()];
    assert_eq!(five.iter().sum::<u64>(), row.seen, "{row:?}");
    five
}

/// The worst, worst first, with the hours behind each.
pub fn evidence(gauge: &Gauge, records: &Records, as_of: i64) -> Vec<String> {
    let rows = rows(gauge, records, as_of, 10);
    let of_row = rows[0].evidence.iter().flatten();
    of_row
        .map(|worst| match worst.excess(after(as_of)) {
            Some(excess) => format!("{} {excess}", worst.id),
            None => worst.id.to_string(),
        })
        .collect()
}

/// What every KPI over shipments does with nothing, with repeats, and with what is none of its population.
pub fn does_the_usual(gauge: &Gauge) {
    let empty = row(gauge, &nothing(), LATER);
    assert_eq!((empty.figure.value(), empty.seen, empty.missing.len()), (None, 0, 0));
    let missing = row(gauge, &Records::default(), LATER);
    assert_eq!((missing.figure.value(), missing.missing.len()), (None, gauge.definition().needs.len()));

    let mut outside = records([
        scanned("never", &[(NodeKind::Ordered, 0)]),
        scanned("cancelled", &[(NodeKind::Ordered, 0), (NodeKind::Cancelled, HOUR)]),
        collected("reverse", &[(NodeKind::Delivered, DAY)]),
    ]);
    outside.waybills[2].flow = parcelgauge::record::Flow::Reverse;
    let expected = ["excluded cancelled", "excluded never_collected", "excluded not_forward"];
    assert_eq!(told(gauge, &outside, LATER), expected);
    for row in rows(gauge, &outside, LATER, 0) {
        assert_eq!((row.figure.value(), row.open), (None, 0));
    }

    let once = one(&[(NodeKind::OutForDelivery, 40 * HOUR), (NodeKind::Delivered, 50 * HOUR)]);
    let mut twice = once.clone();
    twice.waybills.extend(once.waybills.clone());
    twice.events.extend(once.events.iter().rev().cloned());
    assert_eq!(told(gauge, &once, LATER), told(gauge, &twice, LATER));
    assert_eq!(row(gauge, &twice, LATER).seen, 1);
}

/// A network with much trouble, none of it in the scanners, and an instant when all of it is long over.
pub fn troubled(trouble: &[(Rate, u32)]) -> (Network, Context) {
    let sound = [
        Rate::InspectionUnscanned,
        Rate::CollectionUnscanned,
        Rate::ScanMissing,
        Rate::ScansSwapped,
        Rate::ClockAhead,
        Rate::ClockDaysBehind,
        Rate::HandledAfterCompletion,
    ];
    let rates = sound.into_iter().map(|rate| (rate, 0)).chain(trouble.iter().copied());
    let rates = rates.fold(Rates::default(), |rates, (rate, parts)| rates.with(rate, parts).unwrap());
    let network = Network::new(20_261_001).unwrap().with_shipments(4_000).with_rates(rates);
    (network, Context::at(at("2028-01-01T00:00:00Z")))
}

/// The verdict column of a network, in the order of waybills, with the network's own shipments in the same order.
pub fn against_truth(
    gauge: &Gauge,
    network: &Network,
    context: &Context,
) -> Vec<(RecordVerdict, parcelgauge::simulate::Shipment)> {
    let mut shipments: Vec<_> = network.shipments().collect();
    shipments.sort_by(|a, b| a.waybill.key.cmp(&b.waybill.key));
    let records = network.records();
    let facts = Facts::assemble(&records, context, None);
    let verdicts = gauge.verdicts(&facts, context);
    assert_eq!(verdicts.len(), shipments.len());
    verdicts.into_iter().zip(shipments).collect()
}

/// What a share makes of a shipment that is none of its population, by the network's truth.
pub fn outside(shipment: &parcelgauge::simulate::Shipment) -> Option<&'static str> {
    if shipment.waybill.flow != parcelgauge::record::Flow::Forward {
        return Some("not_forward");
    }
    if shipment.truth.happened.contains(Rate::CancelledBeforeCollection) {
        return Some("cancelled");
    }
    let handled = shipment.events.iter().any(|event| event.kind.is_handling());
    (!handled).then_some("never_collected")
}

#[test]
fn arguments_are_shown_and_told_apart() {
    let names: Vec<String> = catalogue()
        .iter()
        .map(|gauge| format!("{} {:?}", gauge.definition().id, gauge.params().get("stage")))
        .collect();
    for stage in parcelgauge::journey::RoutePolicy::standard().stages() {
        for id in ["stage_hours", "stage_on_time_rate"] {
            let name = format!("{id} {:?}", Some(parcelgauge::kpi::Param::Word(stage.name.to_string())));
            assert_eq!(names.iter().filter(|other| **other == name).count(), 1, "{name}");
        }
    }
    let plan = Plan::new(["within_hours_rate", "within_hours_rate( 72 )", "within_hours_rate(spb_72h)"].map(kpi));
    assert_eq!(plan.gauges().len(), 2);
    for wrong in ["", "0", "10001", "7.5", "+72", "72h", "spb", "99999999999999999999"] {
        let error = catalogue().find(&format!("within_hours_rate({wrong})")).unwrap_err().to_string();
        assert!(error.contains("whole hours from 1 to 10000, or spb_72h"), "{error}");
    }
    for wrong in ["", "Transport", "customs"] {
        let error = catalogue().find(&format!("stage_hours({wrong})")).unwrap_err().to_string();
        assert!(error.contains("last_mile"), "{error}");
    }
    for plain in ["lateness_hours(1)", "first_attempt_delivery_rate(1)", "loss_rate(30)", "intact_rate(x)"] {
        assert!(catalogue().find(plain).is_err(), "{plain}");
    }
}
