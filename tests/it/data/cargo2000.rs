//! Air freight of a forwarder: 3,942 processes of one to three inbound legs, joined before one outbound leg; on each leg
//! check-in (RCS), departures (DEP) and arrivals (RCF) as often as there are hops, delivery (DLV), all with planned and
//! effective minutes. The file has durations only: the adapter lays instants end to end.

use std::path::Path;

use parcelgauge::cube::{Dimension, Plan, Row, Scorecard};
use parcelgauge::fact::{Context, Facts, StagePassage};
use parcelgauge::journey::{Boundary, Pace, Pick, RoutePolicy, Stage, Stretch, WHOLE_LEG, WHOLE_WAY};
use parcelgauge::kpi::timeliness::{StageHours, StageOnTimeRate};
use parcelgauge::kpi::{Gauge, Policy};
use parcelgauge::outcome::Term;
use parcelgauge::record::{
    Duration, FacilityId, Instant, Label, NodeEvent, NodeKind, RecordKind, Records, Waybill, WaybillKey, Window,
};
use parcelgauge::state::Figure;
use serde_json::Value;

use crate::support::{at, data_set, day, key};

fn label(name: &str) -> Label {
    Label::new(name).unwrap()
}

/// Check-in ends at the first airport, which departures then leave and arrivals reach; delivery begins at the last one.
fn route() -> RoutePolicy {
    let first = |kind| Boundary::Node(kind, Pick::First);
    let last_airport = Boundary::Node(NodeKind::HubArrived, Pick::Last);
    let stages = [
        Stage::once(label("rcs"), first(NodeKind::Collected), first(NodeKind::HubArrived)),
        Stage::repeatable(label("dep"), NodeKind::HubArrived, NodeKind::HubDeparted),
        Stage::repeatable(label("rcf"), NodeKind::HubDeparted, NodeKind::HubArrived),
        Stage::once(label("dlv"), last_airport, first(NodeKind::DestinationArrived)),
    ];
    let inbound = ["i1", "i2", "i3"].map(label);
    RoutePolicy::new(stages).unwrap().with_fork(inbound).unwrap().with_leg(label("o")).unwrap()
}

/// One row of the file, by the names of its columns.
struct Process<'r> {
    columns: &'r csv::StringRecord,
    row: &'r csv::StringRecord,
}

impl Process<'_> {
    fn text(&self, name: &str) -> &str {
        &self.row[self.columns.iter().position(|column| column == name).unwrap()]
    }
    fn minutes(&self, name: &str) -> Duration {
        Duration::from_minutes(self.text(name).parse().unwrap())
    }
    fn hops(&self, leg: &str) -> u32 {
        self.text(&format!("{leg}_hops")).parse().unwrap()
    }
}

/// What one leg is laid down with.
struct Adapter<'r> {
    process: Process<'r>,
    waybill: Waybill,
    events: Vec<NodeEvent>,
}

impl Adapter<'_> {
    fn scan(&mut self, leg: &str, kind: NodeKind, at: Instant, place: Option<&str>) {
        let mut event = NodeEvent::new(self.waybill.key.clone(), kind, at);
        event.leg = Some(label(leg));
        event.facility = place.map(|place| FacilityId::new(place).unwrap());
        self.events.push(event);
    }

    /// One service after another; gives the instant at which the leg ends.
    fn lay(&mut self, leg: &str, start: Instant) -> Instant {
        self.scan(leg, NodeKind::Collected, start, None);
        let mut services = vec![("rcs".to_owned(), "rcs".to_owned(), NodeKind::HubArrived, "dep_1".to_owned())];
        for hop in 1..=self.process.hops(leg) {
            for (stage, kind) in [("dep", NodeKind::HubDeparted), ("rcf", NodeKind::HubArrived)] {
                services.push((format!("{stage}_{hop}"), format!("{stage}#{hop}"), kind, format!("{stage}_{hop}")));
            }
        }
        services.push(("dlv".to_owned(), "dlv".to_owned(), NodeKind::DestinationArrived, String::new()));
        let mut reached = start;
        for (column, stage, kind, place) in services {
            let planned = self.process.minutes(&format!("{leg}_{column}_p"));
            self.waybill.stage_plans.insert(format!("{leg}/{stage}").parse().unwrap(), planned);
            reached = reached.saturating_add(self.process.minutes(&format!("{leg}_{column}_e")));
            let place = (!place.is_empty()).then(|| self.process.text(&format!("{leg}_{place}_place")).to_owned());
            self.scan(leg, kind, reached, place.as_deref());
        }
        reached
    }
}

fn read(folder: &Path) -> Records {
    let mut file = csv::Reader::from_path(folder.join("c2k_data_comma.csv")).unwrap();
    let columns = file.headers().unwrap().clone();
    let mut records = Records::supplying([RecordKind::Waybill, RecordKind::Event]);
    let start = at("2026-01-01T00:00:00Z");
    for (number, row) in file.records().enumerate() {
        let row = row.unwrap();
        let key: WaybillKey = key(&format!("{number}"), day(1, 1));
        let process = Process { columns: &columns, row: &row };
        let mut adapter = Adapter { process, waybill: Waybill::new(key), events: Vec::new() };
        let inbound: Vec<&str> = ["i1", "i2", "i3"].into_iter().filter(|leg| adapter.process.hops(leg) > 0).collect();
        let joined = inbound.into_iter().map(|leg| adapter.lay(leg, start)).max().unwrap();
        let delivered = adapter.lay("o", joined);
        adapter.scan("o", NodeKind::Delivered, delivered, None);
        records.waybills.push(adapter.waybill);
        records.events.append(&mut adapter.events);
    }
    records
}

fn rate(stage: &str) -> Gauge {
    Gauge::of(StageOnTimeRate::of(label(stage))).over::<StagePassage>().erased()
}

fn hours(stage: &str) -> Gauge {
    let gauge = Gauge::of(StageHours::of(label(stage))).over::<StagePassage>().erased();
    gauge.with(Policy::parse("exact_up_to", "1000000").unwrap()).unwrap()
}

fn context() -> Context {
    Context::at(at("2030-01-01T00:00:00Z")).with_route(route())
}

fn joined(gauge: Gauge, fork: &str) -> Gauge {
    gauge.with(Policy::parse("fork", fork).unwrap()).unwrap()
}

fn rows(records: &Records, gauge: Gauge, by: Option<Dimension>) -> Vec<Row> {
    let plan = Plan::new([gauge]).by(by).with_window(Window::All);
    Scorecard::measure(records, &plan, &context()).rows
}

fn whole(records: &Records, gauge: Gauge) -> Row {
    let mut rows = rows(records, gauge, None);
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

/// On time, and of how many; nothing may be left out.
fn hits(row: &Row) -> (u64, u64) {
    let Figure::Share { hit, miss, .. } = row.figure else { panic!("{row:?}") };
    assert_eq!((row.seen, row.open, row.excluded.total(), row.invalid.total()), (hit + miss, 0, 0, 0));
    (hit, hit + miss)
}

/// Mean, median and the ninth decile.
fn spread(row: &Row) -> [f64; 3] {
    let Figure::Distribution { mean, p50, p90, .. } = row.figure else { panic!("{row:?}") };
    [mean, p50, p90].map(Option::unwrap)
}

fn answers(folder: &Path, name: &str) -> Vec<Vec<Value>> {
    let text = std::fs::read_to_string(folder.join("reference.json")).unwrap();
    let reference: Value = serde_json::from_str(&text).unwrap();
    let found = reference["answers"].as_object().unwrap().iter().find(|(title, _)| title.starts_with(name));
    let rows = found.unwrap_or_else(|| panic!("no answer {name}")).1["rows"].as_array().unwrap();
    rows.iter().map(|row| row.as_array().unwrap().clone()).collect()
}

/// The reference is rounded to four places.
fn assert_near(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() < 0.000_051, "{what}: {ours}, not {theirs}");
}

#[test]
fn all_processes_legs_and_services_are_there() {
    let Some(folder) = data_set("cargo2000") else { return };
    let records = read(&folder);
    let seen = |name: &str| whole(&records, rate(name)).seen;
    let services: u64 = ["rcs", "dep", "rcf", "dlv"].map(seen).iter().sum();
    let theirs: Vec<u64> = answers(&folder, "overview")[0].iter().map(|count| count.as_u64().unwrap()).collect();
    assert_eq!([seen(WHOLE_WAY), seen(WHOLE_LEG), services].as_slice(), theirs);
    assert_eq!(theirs, [3_942, 11_874, 56_082]);
}

#[test]
fn stages_on_time_and_their_times() {
    let Some(folder) = data_set("cargo2000") else { return };
    let records = read(&folder);
    let theirs = answers(&folder, "stage_on_time");
    for (name, percent) in [("RCS", 94.2058), ("DEP", 16.0265), ("RCF", 80.5159), ("DLV", 76.0485)] {
        let answer = theirs.iter().find(|row| row[0] == name).unwrap();
        let stage = name.to_lowercase();
        let row = whole(&records, rate(&stage));
        assert_eq!((Some(hits(&row).1), Some(hits(&row).0)), (answer[1].as_u64(), answer[2].as_u64()), "{name}");
        assert_eq!(answer[3].as_f64(), Some(percent));
        assert_near(100.0 * row.figure.value().unwrap(), &answer[3], name);
        assert!(row.is_clustered() && row.notes.of(Term::ONE_OF_SEVERAL) == row.seen);
        let spread = spread(&whole(&records, hours(&stage)));
        for (place, ours) in spread.into_iter().enumerate() {
            assert_near(60.0 * ours, &answer[4 + place], name);
        }
    }
}

#[test]
fn departures_by_the_airport_they_left() {
    let Some(folder) = data_set("cargo2000") else { return };
    let records = read(&folder);
    let rows = rows(&records, rate("dep"), Some(Dimension::Facility));
    assert_eq!(rows.iter().map(|row| row.seen).sum::<u64>(), 16_167);
    // The reference looks at the first departure of a leg only.
    let context = context();
    let facts = Facts::assemble(&records, &context, None);
    let verdicts = rate("dep").verdicts(&facts, &context);
    let departures = facts.passages.iter().filter(|passage| passage.stretch == Stretch::Stage(1));
    for answer in answers(&folder, "bottleneck_airports") {
        let airport = answer[0].as_u64().unwrap().to_string();
        let judged = departures.clone().zip(&verdicts);
        let left = |passage: &StagePassage| passage.facility.as_ref().map(FacilityId::as_str) == Some(&*airport);
        let first: Vec<_> = judged.filter(|(passage, _)| left(passage) && passage.occurrence == 1).collect();
        let late = first.iter().filter(|(_, verdict)| verdict.outcome == "miss").count() as u64;
        assert_eq!((Some(first.len() as u64), Some(late)), (answer[1].as_u64(), answer[2].as_u64()), "{airport}");
        let row = rows.iter().find(|row| row.group[0].text() == Some(&airport)).unwrap();
        let all = departures.clone().filter(|passage| left(passage)).count() as u64;
        assert!(row.seen == all && hits(row).1 - hits(row).0 >= late, "{airport}");
    }
}

#[test]
fn legs_on_time() {
    let Some(folder) = data_set("cargo2000") else { return };
    let records = read(&folder);
    let theirs = answers(&folder, "leg_on_time");
    let legs_and_all =
        |gauge: Gauge| [rows(&records, gauge.clone(), Some(Dimension::Leg)), rows(&records, gauge, None)].concat();
    let (shares, times) = (legs_and_all(rate(WHOLE_LEG)), legs_and_all(hours(WHOLE_LEG)));
    assert_eq!((shares.len(), times.len()), (5, 5));
    assert_eq!(hits(&shares[4]), (9_227, 11_874));
    for (answer, (share, time)) in theirs.iter().zip(shares.iter().zip(&times)) {
        assert_eq!(share.group.first().and_then(|leg| leg.text()), answer[0].as_str());
        assert_eq!((Some(hits(share).1), Some(hits(share).0)), (answer[1].as_u64(), answer[2].as_u64()));
        for (place, ours) in spread(time).into_iter().enumerate() {
            assert_near(ours, &answer[4 + place], &format!("{:?}", answer[0]));
        }
    }
}

#[test]
fn the_whole_way_by_each_way_of_joining_the_inbound_legs() {
    let Some(folder) = data_set("cargo2000") else { return };
    let records = read(&folder);
    let theirs = &answers(&folder, "process_on_time")[0];
    let of = |fork: &str| hits(&whole(&records, joined(rate(WHOLE_WAY), fork)));
    assert_eq!((theirs[0].as_u64(), theirs[1].as_u64()), (Some(3_942), Some(2_894)));
    assert_eq!(of("each_longest"), (2_894, 3_942));
    assert_eq!(of("longest_planned"), (3_020, 3_942));
    assert_eq!(of("longest_effective"), (2_807, 3_942));
    assert_eq!(hits(&whole(&records, rate(WHOLE_WAY))), (2_894, 3_942), "the default");
    for (place, ours) in spread(&whole(&records, hours(WHOLE_WAY))).into_iter().enumerate() {
        assert_near(ours, &theirs[3 + place], "hours of the way");
    }
}

/// Where the leg planned longest is not the one that took longest, the first of equals counting on either side.
#[test]
fn planned_and_effective_ways_are_of_unlike_legs_in_817_cases() {
    let Some(folder) = data_set("cargo2000") else { return };
    let (records, context) = (read(&folder), context());
    let facts = Facts::assemble(&records, &context, None);
    let ways = facts.passages.iter().filter(|passage| passage.stretch == Stretch::Way);
    let unlike = ways.filter(|way| {
        let inbound: Vec<_> = way.shipment.legs.iter().filter(|leg| leg.section == 0).map(|leg| leg.pace).collect();
        let longest = |time: fn(&Pace) -> Option<Duration>| {
            let most = inbound.iter().map(time).max().unwrap();
            inbound.iter().position(|pace| time(pace) == most)
        };
        longest(|pace| pace.planned) != longest(|pace| pace.took)
    });
    assert_eq!(unlike.count(), 817);
}
