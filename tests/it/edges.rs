//! Edges that were once gone over: each test names what would go wrong.

use chrono::NaiveDate;
use parcelgauge::cube::{Dimension, Fold, Plan, Scorecard};
use parcelgauge::fact::{Context, Facts};
use parcelgauge::kpi::{Cohort, Definition, Direction, FigureKind, Gauge, Kpi, Observe, Unit, catalogue};
use parcelgauge::outcome::Outcome;
use parcelgauge::record::{
    Complaint, CustomerId, Instant, NodeKind, Promise, RecordKind, Records, Waybill, Window, Zone,
};
use parcelgauge::state::wire::{Reader, WireError, Writer};
use parcelgauge::state::{Quantiles, Share, State, Tally, Verdict};

use crate::support::{at, day, scan, waybill};

#[test]
fn days_beyond_the_range_of_instants_start_at_its_ends() {
    for name in ["UTC", "Asia/Shanghai", "America/Sao_Paulo", "Pacific/Kiritimati", "Etc/GMT+12"] {
        let zone: Zone = name.parse().expect("a zone");
        assert_eq!(zone.start_of(NaiveDate::MIN), Instant::MIN, "{name}");
        assert_eq!(zone.start_of(NaiveDate::MAX), Instant::MAX, "{name}");
        assert_eq!(zone.end_of(NaiveDate::MAX), Instant::MAX, "{name}");
        let last = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date");
        assert!(zone.start_of(last) <= zone.end_of(last), "{name}");
    }
    // Samoa had no 30 December 2011: the day that was left out starts where the next one does.
    let apia: Zone = "Pacific/Apia".parse().expect("a zone");
    let date = |day| NaiveDate::from_ymd_opt(2011, 12, day).expect("a date");
    assert_eq!(apia.start_of(date(30)), apia.start_of(date(31)));
}

fn promised(number: &str, promise: Promise) -> Waybill {
    let mut row = waybill(number, day(3, 1));
    row.promise = Some(promise);
    row
}

#[test]
fn dates_outside_the_years_1_to_9999_are_set_aside() {
    let mut records = Records::default();
    let on = |year| Promise::On(NaiveDate::from_ymd_opt(year, 12, 31).expect("a date"));
    records.waybills.extend([promised("A", on(9999)), promised("B", on(10_000)), promised("C", on(0))]);
    let facts = Facts::assemble(&records, &Context::at(at("2026-04-01T00:00:00Z")), None);
    let count = &facts.input.by_kind[&RecordKind::Waybill];
    assert_eq!((count.used, count.quarantined["invalid_value"]), (1, 2));
    let message = promised("B", on(10_000)).validate().expect_err("out of range").to_string();
    assert!(
        message.contains("promise") && message.contains("+10000-12-31") && message.contains("1 to 9999"),
        "{message}"
    );
}

#[test]
fn a_promise_for_the_end_of_time_costs_one_cell_and_not_a_list_of_every_day_until_then() {
    let mut records = Records::default();
    let far = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date");
    for (number, date) in [("A", day(3, 2)), ("B", far), ("C", day(3, 3)), ("D", day(1, 1))] {
        records.waybills.push(promised(number, Promise::On(date)));
    }
    let plan = Plan::everything(catalogue()).with_window(Window::Day);
    let context = Context::at(at("2026-04-01T00:00:00Z"));
    let fold = Fold::of(&records, &plan, Window::Day, &context, None);
    let bytes = fold.encode(&plan);
    let read = Fold::decode(&bytes, &plan).expect("its own bytes");
    assert_eq!(read.encode(&plan), bytes);
    let rows = Scorecard::of(&read, &plan, &context).rows;
    let due: Vec<&str> =
        rows.iter().filter(|row| row.definition.id == "on_time_delivery_rate").map(|row| row.window.as_str()).collect();
    assert_eq!(due, ["2026-01-01", "2026-03-02", "2026-03-03", "9999-12-31"]);
}

/// The repeat orders of ann on 2 March, who ordered on 1 March with a waybill that `change` alters.
fn repeats(change: impl FnOnce(&mut Records)) -> u64 {
    let mut records = Records::default();
    for (number, ordered) in [("A", "2026-03-01T10:00:00+08:00"), ("B", "2026-03-02T10:00:00+08:00")] {
        let mut row = waybill(number, day(3, 1));
        row.customer = CustomerId::new("ann").ok();
        records.events.push(scan(&row.key, NodeKind::Ordered, ordered));
        records.waybills.push(row);
    }
    change(&mut records);
    let plan = Plan::new([catalogue().find("repeat_order_rate").expect("a KPI")]).with_window(Window::Day);
    let context = Context::at(at("2026-03-05T00:00:00+08:00")).with_known_from(at("2025-01-01T00:00:00Z"));
    let rows = Scorecard::measure(&records, &plan, &context).rows;
    let row = rows.iter().find(|row| row.window == "2026-03-02").expect("a row");
    match row.figure {
        parcelgauge::state::Figure::Share { hit, .. } => hit,
        _ => panic!("a share"),
    }
}

#[test]
fn earlier_orders_count_as_they_were_known() {
    let later = Some(at("2026-03-06T00:00:00+08:00"));
    assert_eq!(repeats(|_| {}), 1);
    assert_eq!(repeats(|records| records.waybills[0].recorded_at = later), 0, "the earlier waybill is not yet known");
    assert_eq!(repeats(|records| records.events[0].recorded_at = later), 0, "the earlier order is not yet known");
    assert_eq!(
        repeats(|records| records.waybills[0].fee =
            parcelgauge::record::Money::parse("-1", parcelgauge::record::Currency::CNY).ok()),
        0,
        "the earlier row is invalid"
    );
    let moved_to_bob = |recorded_at| {
        move |records: &mut Records| {
            let mut row = records.waybills[0].clone();
            (row.customer, row.updated_at, row.recorded_at) = (CustomerId::new("bob").ok(), recorded_at, recorded_at);
            records.waybills.push(row);
        }
    };
    assert_eq!(repeats(moved_to_bob(later)), 1, "that it was bob's order is not yet known");
    assert_eq!(repeats(moved_to_bob(Some(at("2026-03-03T00:00:00+08:00")))), 0, "it was bob's order");
    let scanned_earlier = |records: &mut Records| {
        let mut scan = scan(&records.waybills[0].key, NodeKind::Ordered, "2026-02-28T10:00:00+08:00");
        scan.recorded_at = later;
        records.events.push(scan);
    };
    assert_eq!(repeats(scanned_earlier), 1, "an earlier scan that is not yet known hides no order");
}

/// Cases that were upheld, over cases alone: a KPI whose table can be empty beside others that are not.
#[derive(Debug, Clone)]
struct Upheld;

const UPHELD: Definition = Definition {
    id: "upheld_share",
    version: 1,
    name_en: "Upheld share",
    name_zh: "有责率",
    formula: "upheld / all",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Opened],
    needs: &[],
    policies: &[],
    clustered: false,
    looks_back: false,
    source: "this test",
};

impl Kpi for Upheld {
    type State = Share;
    fn definition(&self) -> &'static Definition {
        &UPHELD
    }
    fn empty(&self) -> Share {
        Share::default()
    }
}

impl Observe<Complaint> for Upheld {
    fn cohort(&self, _: &Complaint, _: &Context) -> Option<NaiveDate> {
        None
    }
    fn outcome(&self, complaint: &Complaint, _: &Context) -> Outcome<Verdict> {
        Outcome::measured(if complaint.upheld == Some(true) { Verdict::Hit } else { Verdict::Miss })
    }
}

#[test]
fn the_row_of_an_empty_table_belongs_to_no_group() {
    let mut records = Records::default();
    records.waybills.push(waybill("A", day(3, 1)));
    let gauges = catalogue().iter().chain([Gauge::of(Upheld).over::<Complaint>().erased()]);
    let plan = Plan::new(gauges).by([Dimension::Product, Dimension::Flow]);
    let json = Scorecard::measure(&records, &plan, &Context::at(at("2026-04-01T00:00:00Z"))).to_json();
    let row = json.lines().find(|line| line.contains("upheld_share")).expect("a row");
    assert!(row.contains("\"window\": \"undated\", \"group\": {}, \"hit\": 0"), "{row}");
}

#[test]
fn folds_by_unlike_dimensions_do_not_merge() {
    let by = |dimension| Plan::everything(catalogue()).by([dimension]);
    let (regions, products) = (by(Dimension::DestinationRegion), by(Dimension::Product));
    let mut fold = Fold::empty(&regions, Window::Month);
    let refused = fold.merge(&Fold::empty(&products, Window::Month)).expect_err("other dimensions");
    assert_eq!(refused.parameter, "dimensions");
}

#[test]
fn stored_numbers_that_could_overflow_are_refused() {
    let written = |write: &dyn Fn(&mut Writer)| {
        let mut out = Writer::new();
        write(&mut out);
        out.into_bytes()
    };
    let count = |value: u64| Reader::new(&written(&|out| out.unsigned(value))).count();
    assert_eq!(count(1 << 48), Ok(1 << 48));
    assert!(matches!(count((1 << 48) + 1), Err(WireError::Malformed { .. })));
    let sum = |value: i128| Reader::new(&written(&|out| out.signed(value))).sum();
    assert_eq!(sum(-(1 << 111)), Ok(-(1 << 111)));
    assert!(matches!(sum((1 << 111) + 1), Err(WireError::Malformed { .. })));
    let huge = written(&|out| {
        out.unsigned(u64::MAX);
        out.unsigned(1_u8);
    });
    assert!(Share::decode(&mut Reader::new(&huge)).is_err());
    assert!(
        Tally::decode(&mut Reader::new(&written(&|out| {
            out.length(1);
            out.text("lost");
            out.unsigned(u64::MAX);
        })))
        .is_err()
    );
    // Buckets of so few numbers that the numbers themselves would be held: not a form that any multiset has.
    let coarse = written(&|out| [8_u8, 0, 1, 2, 1].into_iter().for_each(|value| out.unsigned(value)));
    assert!(Quantiles::decode(&mut Reader::new(&coarse)).is_err());
}

/// One claim handed over and set aside is no claim known, not no claim filed.
#[test]
fn a_kind_set_aside_to_the_last_row_makes_no_figure_of_nought() {
    let mut records = Records::supplying([RecordKind::Claim]);
    let row = waybill("A", day(3, 1));
    records.events.push(scan(&row.key, NodeKind::Collected, "2026-03-01T10:00:00+08:00"));
    records.waybills.push(row);
    let value = |records: &Records| {
        let plan = Plan::new([catalogue().find("claim_rate").expect("a KPI")]);
        let rows = Scorecard::measure(records, &plan, &Context::at(at("2026-03-05T00:00:00+08:00"))).rows;
        (rows[0].figure.value(), rows[0].missing.clone())
    };
    assert_eq!(value(&records), (Some(0.0), vec![]));
    records.set_aside.entry(RecordKind::Claim).or_default().quarantine("unknown_word", 1);
    assert_eq!(value(&records), (None, vec![RecordKind::Claim]));
}
