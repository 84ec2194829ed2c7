//! Golden bytes: what was stored stays readable, and what was published stays the same text.
//!
//! A literal here that no longer fits means that stored states are no longer read as what they were. Do not correct the
//! literal: give [`FORMAT`] a new number, keep reading the old one, and put the new bytes beside these. A document that no
//! longer fits is a `NUMBERS:` or `BREAKING:` line in the changelog.

use std::fmt;
use std::fmt::Write;

use parcelgauge::cube::{Cube, Dimension, Fold, Plan, Scorecard, partitions};
use parcelgauge::fact::{Context, History};
use parcelgauge::journey::{Boundary, Pick, RoutePolicy, Stage};
use parcelgauge::kpi::catalogue;
use parcelgauge::outcome::{Outcome, Severity, Term};
use parcelgauge::record::{
    CaseClass, CaseId, Claim, ClaimId, Complaint, Currency, CustomerId, Duration, InputCount, Label, Money, NodeKind,
    Payment, Promise, RecordKind, Records, Window,
};
use parcelgauge::state::wire::{FORMAT, Reader, Writer};
use parcelgauge::state::{
    Cell, Distinct, Distribution, Evidence, Exemplar, Latest, Measure, MeasureKind, Rate, RateMark, Ratio, RatioPart,
    Share, Standing, State, Verdict,
};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::support::{at, day, key, scan, waybill};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// That a state is written as these bytes, and that these bytes are read as this state.
fn stays<S: State>(state: &S, golden: &str) {
    let mut out = Writer::new();
    state.encode(&mut out);
    let bytes = out.into_bytes();
    assert_eq!(hex(&bytes), golden.replace(' ', ""), "the layout changed: it needs a new format number");
    let mut input = Reader::new(&bytes);
    assert_eq!(S::decode(&mut input).as_ref(), Ok(state));
    input.finish().expect("nothing left over");
}

fn of<S: State>(mut state: S, measures: impl IntoIterator<Item = S::Measure>) -> S {
    measures.into_iter().for_each(|measure| state.observe(measure));
    state
}

#[test]
fn every_shape_of_state_keeps_its_bytes() {
    assert_eq!(&FORMAT, b"PGS\x01");
    // hit 300 = 0x2c + continuation, 2; miss 1
    stays(&of(Share::default(), std::iter::repeat_n(Verdict::Hit, 300).chain([Verdict::Miss])), "ac02 01");
    // events 1, exposure 2
    stays(&of(Rate::default(), [RateMark::Event, RateMark::Exposure, RateMark::Exposure]), "01 02");
    // above, 2 sums: no currency −3 (zigzag 5); CNY 1,230 (zigzag 2,460). below, 1 sum: no currency 1 (zigzag 2)
    let paid = RatioPart::paid(Money::from_minor_units(1_230, Currency::CNY));
    let ratio = of(Ratio::default(), [paid, RatioPart::one_below(), RatioPart::Numerator(-3, None)]);
    stays(&ratio, "02 00 05 01 03 434e59 9c13 01 00 02");
    // count 3, Σ 7 (14), Σ² 35, min −1 (1), max 5 (10); exact up to 4, exact, 3 numbers: −1 once, +4 once, +2 once
    stays(&of(Distribution::new(4), [5, -1, 3]), "03 0e 23 01 0a 04 01 03 01 01 08 01 04 01");
    // count 2, Σ 1,300 (2,600), Σ² 1,090,000, min 300 (600), max 1,000 (2,000); exact up to 1, in buckets, 2 of them:
    // 300 = 150 · 2 in bucket 128 + 150 = 278 (556); 1,000 = 125 · 8 → 250 · 4 in bucket 256 + 250 = 506, 228 on (456)
    stays(&of(Distribution::new(1), [1_000, 300]), "02 a814 d0c342 d804 d00f 01 00 02 ac04 01 c803 01");
    // 1 key "ann": at 1 ms (2), of "A", a miss
    let latest = |at: &str, id: &str, standing| Latest { at: self::at(at), id: id.into(), standing, key: "ann".into() };
    let distinct =
        [latest("1970-01-01T00:00:00Z", "B", Standing::Hit), latest("1970-01-01T00:00:00.001Z", "A", Standing::Miss)];
    stays(&of(Distinct::default(), distinct), "01 03 616e6e 02 01 41 01");
}

#[test]
fn the_frame_of_a_state_keeps_its_bytes() {
    let mut cell = Cell::new(Share::default(), 1);
    let observe = |cell: &mut Cell<Share>, outcome| {
        cell.observe(outcome, |measure| measure.kind() == MeasureKind::Miss, || ("A".into(), Some(day(1, 1))));
    };
    observe(&mut cell, Outcome::measured(Verdict::Hit));
    observe(&mut cell, Outcome::ranked(Verdict::Miss, Severity::By(Duration::from_millis(64))));
    observe(&mut cell, Outcome::open_since(at("1970-01-01T00:00:00.005Z")));
    observe(&mut cell, Outcome::Excluded(Term::LOST));
    observe(&mut cell, Outcome::Invalid(Term::NO_ORDER));
    cell.note(&Term::LOST);
    let mut out = Writer::new();
    cell.encode(&mut out);
    let bytes = out.into_bytes();
    let golden = [
        "05",                        // facts seen
        "01 01",                     // hit, miss
        "01 01 0a 0a",               // open: 1, of them 1 with an age, Σ since 5 (10), earliest 5 (10)
        "01 04 6c6f7374 01",         // excluded: "lost" once
        "01 08 6e6f5f6f72646572 01", // invalid: "no_order" once
        "01 04 6c6f7374 01",         // notes
        "01 01 01 01 8001 01 41",    // evidence, at most 1, 1 held: by, 64 ms (128), "A"
        "01 c2a45a 01",              // posted on 2026-01-01, day 739,617 (1,479,234); a miss
    ];
    assert_eq!(hex(&bytes), golden.concat().replace(' ', ""), "the layout changed: it needs a new format number");
    assert_eq!(Cell::<Share>::decode(&mut Reader::new(&bytes)), Ok(cell));
}

#[test]
fn exemplars_of_every_severity_keep_their_bytes() {
    let mut evidence = Evidence::new(9);
    let severities = [
        Severity::Unfinished { due: at("1970-01-01T00:00:00.001Z") },
        Severity::By(Duration::from_millis(2)),
        Severity::Amount(3),
        Severity::Unranked,
    ];
    for severity in severities {
        let exemplar = Exemplar { severity, id: "é".into(), posted_on: None, outcome: MeasureKind::Event };
        evidence.observe(severity, || exemplar);
    }
    let mut out = Writer::new();
    evidence.encode(&mut out);
    // at most 9, 4 held, each: class, number if it has one, "é", no date, event
    let golden = "09 04 00 02 02c3a9 00 02 01 04 02c3a9 00 02 02 06 02c3a9 00 02 03 02c3a9 00 02";
    assert_eq!(hex(&out.into_bytes()), golden.replace(' ', ""), "the layout changed: it needs a new format number");
}

/// Five parcels, each for one thing to go differently; two cases; one claim paid in two currencies.
fn small_network() -> Records {
    let mut records = Records::default();
    let parcels = [
        ("A", day(10, 1), Some("GD"), Some("ann"), day(10, 2)), // in time: 24 h
        ("B", day(10, 2), Some("GD"), Some("ann"), day(10, 3)), // 28 h late: 66 h
        ("C", day(10, 3), Some("ZJ"), Some("bob"), day(10, 4)), // not delivered: a miss for 120 h, 158 h under way
        ("D", day(10, 9), Some("ZJ"), None, day(10, 20)),       // open, 12 h under way
        ("E", day(9, 30), None, Some("bob"), day(10, 2)),       // never handled
    ];
    for (number, posted_on, region, customer, promised) in parcels {
        let mut row = waybill(number, posted_on);
        row.destination_region = region.map(|name| Label::new(name).expect("a label"));
        row.customer = customer.map(|id| CustomerId::new(id).expect("an id"));
        row.promise = Some(Promise::On(promised));
        records.waybills.push(row);
    }
    let scans = [
        (0, NodeKind::Ordered, "2026-10-01T08:00:00+08:00"),
        (0, NodeKind::Collected, "2026-10-01T10:00:00+08:00"),
        (0, NodeKind::Delivered, "2026-10-02T10:00:00+08:00"),
        (0, NodeKind::Delivered, "2026-10-02T10:00:00+08:00"), // again
        (1, NodeKind::Ordered, "2026-10-02T08:00:00+08:00"),
        (1, NodeKind::Collected, "2026-10-02T10:00:00+08:00"),
        (1, NodeKind::Delivered, "2026-10-05T04:00:00+08:00"),
        (2, NodeKind::Ordered, "2026-10-03T08:00:00+08:00"),
        (2, NodeKind::Collected, "2026-10-03T10:00:00+08:00"),
        (3, NodeKind::Collected, "2026-10-09T12:00:00+08:00"),
        (3, NodeKind::Delivered, "2026-10-11T12:00:00+08:00"), // not yet known
        (4, NodeKind::Ordered, "2026-09-30T08:00:00+08:00"),
    ];
    for (place, kind, occurred_at) in scans {
        records.events.push(scan(&records.waybills[place].key, kind, occurred_at));
    }
    // Of a waybill nobody handed over.
    records.events.push(scan(&key("X", day(10, 1)), NodeKind::Collected, "2026-10-01T10:00:00+08:00"));
    let case = |id, class, opened_at| Complaint::new(CaseId::new(id).expect("an id"), class, at(opened_at));
    let mut about_a = case("1", CaseClass::Complaint, "2026-10-06T09:00:00+08:00");
    about_a.waybill = Some(records.waybills[0].key.clone());
    records.complaints = vec![about_a, case("2", CaseClass::Inquiry, "2026-10-07T09:00:00+08:00")];
    let mut claim = Claim::new(ClaimId::new("1").expect("an id"), at("2026-10-06T09:00:00+08:00"));
    claim.waybill = Some(records.waybills[1].key.clone());
    let paid =
        |paid_at, units, currency| Payment { paid_at: at(paid_at), amount: Money::from_minor_units(units, currency) };
    claim.payments = vec![
        paid("2026-10-08T09:00:00+08:00", 5_000, Currency::CNY),
        paid("2026-10-09T09:00:00+08:00", 300, Currency::new("JPY").expect("a code")),
    ];
    records.claims.push(claim);
    records
}

fn small_context() -> Context {
    Context::at(at("2026-10-10T00:00:00+08:00")).with_known_from(at("2026-06-01T00:00:00+08:00"))
}

#[test]
fn a_whole_fold_keeps_its_bytes() {
    let plan = Plan::new([catalogue().find("complaint_rate").expect("a KPI")])
        .by([Dimension::DestinationRegion])
        .with_window(Window::Month)
        .with_evidence(1);
    let (records, context) = (small_network(), small_context());
    let fold = Fold::of(&records, &plan, Window::Month, &context, Some(&History::of(&records)));
    let golden = [
        "50475301",                                       // PGS 1
        "05 6d6f6e7468 01",                               // "month", at most 1 exemplar
        "01 12 64657374696e6174696f6e5f726567696f6e",     // 1 dimension, "destination_region"
        "04 00 02 4744 00 02 5a4a 01 02",                 // 4 groups: "GD", "ZJ", none, unassigned
        "01 80d8f091a568",                                // holds until 2026-10-11T04:00:00Z
        "01 14 636f6d706c61696e745f72617465207631207b7d", // 1 KPI, "complaint_rate v1 {}"
        "00 04",                                          // no outcome is open; 4 cells
        "00 01 82fc02",                                   // GD, October: month 24,321 (48,642)
        "03 01 02 00 00 00 00 00",                        // 3 facts: 1 event, 2 exposure; no more to say
        "01 01 01 03 01 31 00 02",                        // evidence, at most 1, 1 held: unranked, "1", no date, event
        "01 01 82fc02",
        "02 00 02 00 00 00 00 00",
        "01 01 00",
        "02 00",
        "01 00 00 00 00 01 0f 6e657665725f636f6c6c6563746564 01 00 00",
        "01 01 00",
        "03 01 82fc02",
        "01 00 00 00 00 01 0b 6f746865725f636c617373 01 00 00",
        "01 01 00",
        "04 07 77617962696c6c 05 05 00 00 00", // 4 kinds, "waybill": 5 rows, 5 used
        "05 6576656e74 0c 0a 01 01",           // "event": 12 rows, 10 used, 1 repeat, 1 not yet known
        "01 0f 756e6b6e6f776e5f77617962696c6c 01", // 1 set aside: "unknown_waybill"
        "09 636f6d706c61696e74 02 02 00 00 00", // "complaint": 2 rows, 2 used
        "05 636c61696d 01 01 00 00 00",        // "claim": 1 row, 1 used
    ];
    let bytes = fold.encode(&plan);
    assert_eq!(hex(&bytes), golden.concat().replace(' ', ""), "the layout changed: it needs a new format number");
    assert_eq!(Fold::decode(&bytes, &plan).map(|read| read.encode(&plan)), Ok(bytes));
}

/// A cube of the small network, folded at two instants: with a route of the caller's own, groups by an outcome, two
/// partitions sealed and made one, and rows that never became records.
fn small_cube() -> Cube {
    let name = |name| Label::new(name).expect("a label");
    let collected = Boundary::Node(NodeKind::Collected, Pick::First);
    let stages = [
        Stage::once(name("way_out"), collected, Boundary::Completion),
        Stage::repeatable(name("hub"), NodeKind::HubArrived, NodeKind::HubDeparted),
    ];
    let route = RoutePolicy::new(stages).and_then(|route| route.with_fork([name("a"), name("b")])).expect("a route");
    let route = route.with_leg(name("c")).expect("a leg").with_mandatory([NodeKind::Collected, NodeKind::Delivered]);
    let context = small_context().with_route(route);
    let plan = Plan::new(["on_time_delivery_rate", "complaint_rate"].map(|id| catalogue().find(id).expect("a KPI")))
        .by([Dimension::DestinationRegion, "on_time_delivery_rate:settle=36h".parse().expect("a dimension")])
        .with_evidence(1);
    let mut records = small_network();
    records.set_aside.insert(RecordKind::Event, InputCount::default());
    if let Some(count) = records.set_aside.get_mut(&RecordKind::Event) {
        count.quarantine("invalid_time", 2);
    }
    let mut cube = Cube::new(plan, &context);
    for (hours, (&partition, records)) in (0..).zip(&partitions(&records, context.zone)) {
        let later = context.as_of.saturating_add(Duration::from_hours(hours));
        cube.replace(partition, records, &context.clone().moved_to(later), None).expect("nothing is sealed");
    }
    cube.set_aside(&records);
    [day(9, 30), day(10, 2)].into_iter().for_each(|partition| cube.seal(partition).expect("nothing is open"));
    cube.compact().expect("partitions of one cube");
    cube
}

/// `PARCELGAUGE_UPDATE` writes the file of a new format, and never one that is there: that is what was released.
#[test]
fn a_whole_cube_keeps_its_bytes() {
    let (cube, path) = (small_cube(), concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/cube_1.pgc"));
    if std::env::var_os("PARCELGAUGE_UPDATE").is_some() && !std::path::Path::new(path).exists() {
        std::fs::write(path, cube.encode()).expect("a file");
    }
    let golden = std::fs::read(path).expect("a file");
    assert_eq!(&golden[..4], b"PGC\x01");
    assert!(cube.encode() == golden, "the layout changed: it needs a new format number\n{}", hex(&cube.encode()));
    let read = Cube::decode(&golden, cube.plan()).expect("a cube of format 1");
    assert!(read.encode() == golden);
}

/// Every figure of the small network, as published. The ends of a Poisson interval come from a gamma quantile: they are
/// promised to 1e-10 across platforms, everything else to the bit.
const DOCUMENT: &str = include_str!("../golden/scorecard.json");

fn document() -> String {
    let plan = Plan::new(
        ["on_time_delivery_rate", "end_to_end_hours", "complaint_rate", "compensation_per_10k", "repeat_order_rate"]
            .map(|id| catalogue().find(id).expect("a KPI")),
    );
    let plan = plan.by([Dimension::DestinationRegion]).with_evidence(2);
    Scorecard::measure(&small_network(), &plan, &small_context()).to_json()
}

#[test]
fn the_document_stays_the_same_text() {
    let document = document();
    for (found, golden) in document.lines().zip(DOCUMENT.lines()) {
        assert_eq!(found, golden);
    }
    assert_eq!(document, DOCUMENT.trim_end());
}

/// A JSON value that remembers the order of its keys.
#[derive(Debug)]
enum Json {
    Object(Vec<(String, Json)>),
    List(Vec<Json>),
    Leaf,
}

impl Json {
    fn keys(&self) -> Vec<&str> {
        match self {
            Self::Object(entries) => entries.iter().map(|(key, _)| key.as_str()).collect(),
            _ => Vec::new(),
        }
    }
    fn of(&self, wanted: &str) -> &Self {
        match self {
            Self::Object(entries) => {
                entries.iter().find(|(key, _)| key == wanted).map_or(&Self::Leaf, |(_, value)| value)
            }
            _ => &Self::Leaf,
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Json;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
                let mut entries: Vec<(String, Json)> = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Json::Object(entries))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(Json::List(items))
            }
            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Leaf)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Json, E> {
                Ok(Json::Leaf)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
                Ok(Json::Leaf)
            }
            fn visit_str<E>(self, _: &str) -> Result<Json, E> {
                Ok(Json::Leaf)
            }
        }
        deserializer.deserialize_any(InOrder)
    }
}

#[test]
fn the_document_is_json_with_its_keys_in_order() {
    let json: Json = serde_json::from_str(&document()).expect("valid JSON");
    assert_eq!(json.keys(), ["format", "as_of", "zone", "window", "input", "rows"]);
    assert_eq!(json.of("input").keys(), ["waybills", "events", "complaints", "claims"]);
    let account = ["rows", "used", "duplicate", "quarantined", "not_yet_known", "quarantined_by_reason"];
    assert_eq!(json.of("input").of("events").keys(), account);
    let Json::List(rows) = json.of("rows") else { panic!("rows are a list") };
    let middles = [
        "hit miss open excluded invalid value interval",
        "events exposure open excluded invalid value interval",
        "numerator denominator open excluded invalid value",
        "numerator denominator open excluded invalid value currency",
        "count open open_mean_age excluded invalid mean p50 p80 p90 p95 p99 max",
    ];
    for row in rows {
        let keys = row.keys().join(" ").replace(" notes ", " ");
        let middle =
            keys.strip_prefix("kpi version params window group ").and_then(|keys| keys.strip_suffix(" unit evidence"));
        assert!(middle.is_some_and(|middle| middles.contains(&middle)), "{keys}");
        assert!(row.of("params").keys().is_sorted(), "{row:?}");
    }
}
