//! Costs, rosters, stock counts and shifts: what their records may hold, where their rows go, and what the simulated
//! network plants in them.

use std::collections::BTreeMap;

use parcelgauge::cube::{Cube, Plan, SCORECARD_SCHEMA, Scorecard, partitions};
use parcelgauge::fact::{Context, Facts, History};
use parcelgauge::kpi::catalogue;
use parcelgauge::record::{
    Activity, CostEntry, CostId, CostKind, CourierDay, CourierId, Currency, Duration, FacilityId, Instant, Label,
    MAX_UNITS, Money, RecordError, RecordKind, Records, RosterStanding, ShiftId, SiteShift, StockCount, StockCountId,
    Zone,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::support::{at, day};

fn fen(amount: i64) -> Money {
    Money::from_minor_units(amount, Currency::CNY)
}

fn cost(id: &str, on: u32, amount: i64) -> CostEntry {
    CostEntry::new(CostId::new(id).unwrap(), day(10, on), CostKind::Labour, fen(amount))
}

fn courier_day(courier: &str, on: u32, standing: RosterStanding) -> CourierDay {
    CourierDay::new(CourierId::new(courier).unwrap(), day(10, on), standing)
}

fn count(id: &str, counted_at: &str, expected: u64, counted: u64) -> StockCount {
    let (facility, location) = (FacilityId::new("hub").unwrap(), Label::new("A-1").unwrap());
    StockCount::new(StockCountId::new(id).unwrap(), facility, location, at(counted_at), expected, counted)
}

fn shift(id: &str, on: u32, units: u64, labour_hours: Duration) -> SiteShift {
    let facility = FacilityId::new("hub").unwrap();
    SiteShift::new(ShiftId::new(id).unwrap(), facility, day(10, on), Activity::Picking, units, labour_hours)
}

/// Written as JSON and read back, it is the same; with a field that nobody knows, it is refused.
fn holds_round_trip<R: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(record: &R, text: &str) {
    assert_eq!(serde_json::to_string(record).unwrap(), text);
    assert_eq!(&serde_json::from_str::<R>(text).unwrap(), record);
    assert!(serde_json::from_str::<R>(&text.replacen('{', "{\"surprise\":1,", 1)).is_err());
}

#[test]
fn records_are_written_and_read_back() {
    let mut entry = cost("CO-1", 1, -418_050);
    holds_round_trip(
        &entry,
        r#"{"id":"CO-1","booked_on":"2026-10-01","kind":"labour","amount":{"amount":"-4180.50","currency":"CNY"}}"#,
    );
    entry.facility = Some(FacilityId::new("site").unwrap());
    entry.region = Some(Label::new("Zhejiang").unwrap());
    entry.product = Some(Label::new("express").unwrap());
    entry.recorded_at = Some(at("2026-10-03T00:00:00Z"));
    assert_eq!(serde_json::from_str::<CostEntry>(&serde_json::to_string(&entry).unwrap()).unwrap(), entry);
    let mut worked = courier_day("K-1", 1, RosterStanding::OnDuty);
    worked.hours = Some(Duration::from_minutes(570));
    holds_round_trip(&worked, r#"{"courier":"K-1","day":"2026-10-01","standing":"on_duty","hours":"570m"}"#);
    holds_round_trip(
        &count("SC-1", "2026-10-01T20:00:00+08:00", 40, 39),
        r#"{"id":"SC-1","facility":"hub","location":"A-1","counted_at":"2026-10-01T12:00:00Z","expected_units":40,"counted_units":39}"#,
    );
    let mut picked = shift("SH-1", 1, 1_200, Duration::from_hours(16));
    picked.wrong_units = Some(3);
    holds_round_trip(
        &picked,
        r#"{"id":"SH-1","facility":"hub","day":"2026-10-01","activity":"picking","units":1200,"wrong_units":3,"labour_hours":"16h"}"#,
    );
    for kind in CostKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
    for standing in RosterStanding::ALL {
        assert_eq!(serde_json::to_value(standing).unwrap(), standing.name());
    }
    for activity in Activity::ALL {
        assert_eq!(serde_json::to_value(activity).unwrap(), activity.name());
    }
}

fn refused(result: Result<(), RecordError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn days_hold_to_their_years() {
    let date = |year| chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    for (year, holds) in [(0, false), (1, true), (9_999, true), (10_000, false)] {
        let mut entry = cost("1", 1, 1);
        entry.booked_on = date(year);
        assert_eq!(entry.validate().is_ok(), holds, "{year}");
        let mut worked = courier_day("1", 1, RosterStanding::OnDuty);
        worked.day = date(year);
        assert_eq!(worked.validate().is_ok(), holds, "{year}");
        let mut picked = shift("1", 1, 1, Duration::ZERO);
        picked.day = date(year);
        assert_eq!(picked.validate().is_ok(), holds, "{year}");
    }
}

#[test]
fn hours_hold_to_a_day() {
    let with = |standing, millis| {
        let mut row = courier_day("K-1", 1, standing);
        row.hours = Some(Duration::from_millis(millis));
        row.validate()
    };
    let longest = CourierDay::MAX_HOURS.as_millis();
    assert!(with(RosterStanding::OnDuty, 0).is_ok() && with(RosterStanding::StandBy, longest).is_ok());
    assert_eq!(
        refused(with(RosterStanding::OnDuty, longest + 1)),
        "hours: `90000001ms` is not allowed; expected 0h to 25h; give one courier's hours of one day"
    );
    assert!(with(RosterStanding::OnDuty, -1).is_err());
    for idle in [RosterStanding::Leave, RosterStanding::Absent] {
        assert!(with(idle, 0).is_ok());
        assert!(refused(with(idle, 1)).contains("0h or none on a day of leave or absence"));
        assert!(courier_day("K-1", 1, idle).validate().is_ok());
    }
}

#[test]
fn units_hold_to_quantities() {
    let counted_at = "2026-10-01T20:00:00+08:00";
    assert!(count("1", counted_at, MAX_UNITS, MAX_UNITS).validate().is_ok());
    assert!(refused(count("1", counted_at, MAX_UNITS + 1, 0).validate()).starts_with("expected_units: `1000000001`"));
    assert!(refused(count("1", counted_at, 0, MAX_UNITS + 1).validate()).starts_with("counted_units: `1000000001`"));
    assert!(count("1", counted_at, 7, 7).matches() && !count("1", counted_at, 7, 8).matches());

    let most = SiteShift::MAX_LABOUR_HOURS;
    let longer = Duration::from_millis(most.as_millis() + 1);
    assert!(shift("1", 1, MAX_UNITS, most).validate().is_ok() && shift("1", 1, 0, Duration::ZERO).validate().is_ok());
    assert!(refused(shift("1", 1, MAX_UNITS + 1, most).validate()).starts_with("units: `1000000001`"));
    assert!(refused(shift("1", 1, 1, longer).validate()).contains("expected 0h to 1,000,000h"));
    assert!(shift("1", 1, 1, Duration::from_millis(-1)).validate().is_err());
    let mut picked = shift("1", 1, 10, most);
    picked.wrong_units = Some(10);
    assert!(picked.validate().is_ok());
    picked.wrong_units = Some(11);
    assert!(refused(picked.validate()).starts_with("wrong_units: `11` is not allowed; expected 0 to `units`"));
}

#[test]
fn a_day_is_known_once_it_is_over() {
    let midnight = at("2026-10-02T00:00:00+08:00");
    let mut entry = cost("1", 1, 1);
    assert_eq!(entry.known_at(Zone::SHANGHAI), midnight);
    assert_eq!(courier_day("1", 1, RosterStanding::OnDuty).known_at(Zone::SHANGHAI), midnight);
    assert_eq!(shift("1", 1, 1, Duration::ZERO).known_at(Zone::SHANGHAI), midnight);
    entry.recorded_at = Some(at("2026-10-01T09:00:00Z"));
    assert_eq!(entry.known_at(Zone::SHANGHAI), at("2026-10-01T09:00:00Z"));

    let mut records = Records::default();
    records.courier_days.push(courier_day("1", 1, RosterStanding::OnDuty));
    let told = |as_of: Instant| {
        let facts = Facts::assemble(&records, &Context::at(as_of), None);
        let count = &facts.input.by_kind[&RecordKind::CourierDay];
        (count.used, count.not_yet_known, facts.next_change_at)
    };
    assert_eq!(told(midnight), (1, 0, None));
    let before = Instant::from_millis(midnight.as_millis() - 1).unwrap();
    assert_eq!(told(before), (0, 1, Some(midnight)));
}

/// Of every kind: a row, the same row again, an older state of it, a row that no record may hold, one not yet known.
fn rows_of_every_fate() -> Records {
    let (older, later) = (Some(at("2026-10-02T00:00:00Z")), Some(at("2026-10-03T00:00:00Z")));
    let unknown = Some(at("2026-12-01T00:00:00Z"));
    let mut records = Records::default();

    let mut entry = cost("CO-1", 1, 100);
    entry.updated_at = later;
    let mut corrected = cost("CO-1", 1, 90);
    corrected.updated_at = older;
    let mut ahead = cost("CO-2", 1, 1);
    ahead.recorded_at = unknown;
    let mut wrong = cost("CO-3", 1, 1);
    wrong.booked_on = chrono::NaiveDate::from_ymd_opt(0, 1, 1).unwrap();
    records.costs = vec![corrected, entry.clone(), ahead, entry, wrong];

    let worked = courier_day("K-1", 1, RosterStanding::OnDuty);
    let mut off = courier_day("K-1", 1, RosterStanding::Leave);
    let mut ahead = courier_day("K-1", 2, RosterStanding::OnDuty);
    ahead.recorded_at = unknown;
    let mut wrong = courier_day("K-2", 1, RosterStanding::OnDuty);
    wrong.hours = Some(Duration::from_hours(26));
    off.updated_at = later;
    records.courier_days = vec![off.clone(), worked, wrong, off, ahead];

    let counted_at = "2026-10-01T20:00:00+08:00";
    let found = count("SC-1", counted_at, 5, 5);
    let mut again = count("SC-1", counted_at, 5, 4);
    again.updated_at = later;
    let mut ahead = count("SC-2", counted_at, 5, 5);
    ahead.recorded_at = unknown;
    records.stock_counts = vec![found, again.clone(), again, count("SC-3", counted_at, MAX_UNITS + 1, 0), ahead];

    let done = shift("SH-1", 1, 10, Duration::from_hours(8));
    let mut corrected = shift("SH-1", 1, 12, Duration::from_hours(8));
    corrected.updated_at = later;
    let mut ahead = shift("SH-2", 1, 10, Duration::from_hours(8));
    ahead.recorded_at = unknown;
    let wrong = shift("SH-3", 1, 10, Duration::from_hours(-1));
    records.site_shifts = vec![corrected.clone(), done, corrected, wrong, ahead];
    records
}

const OPERATIONS: [RecordKind; 4] =
    [RecordKind::Cost, RecordKind::CourierDay, RecordKind::StockCount, RecordKind::SiteShift];

#[test]
fn every_row_is_accounted_for() {
    let records = rows_of_every_fate();
    let context = Context::at(at("2026-11-01T00:00:00Z"));
    let facts = Facts::assemble(&records, &context, None);
    assert!(facts.input.by_kind.keys().copied().eq(OPERATIONS), "kinds not supplied have no account");
    for (kind, count) in &facts.input.by_kind {
        let reasons = BTreeMap::from([(format!("conflicting_{}", kind.name()), 1), ("invalid_value".to_owned(), 1)]);
        let [rows, used, duplicate, ahead] = [count.rows, count.used, count.duplicate, count.not_yet_known];
        assert_eq!((rows, used, duplicate, ahead, &count.quarantined), (4, 1, 1, 1, &reasons), "{kind:?}");
    }
    let plan = Plan::everything(catalogue());
    let document: Value = serde_json::from_str(&Scorecard::measure(&records, &plan, &context).to_json()).unwrap();
    assert_eq!(document["input"]["costs"]["quarantined_by_reason"]["conflicting_cost"], 1);
    assert_eq!(document["input"]["site_shifts"]["rows"], 4);
    let schema: Value = serde_json::from_str(SCORECARD_SCHEMA).unwrap();
    let published = schema["properties"]["input"]["properties"].as_object().unwrap();
    assert!(RecordKind::ALL.into_iter().all(|kind| published.contains_key(kind.plural())));
    assert_eq!(published.len(), RecordKind::ALL.len());
}

#[test]
fn kinds_are_told_apart() {
    for kind in RecordKind::ALL {
        let records = Records::supplying([kind]);
        assert!(records.kinds().iter().eq([kind]));
        let empty = &Facts::assemble(&records, &Context::at(at("2026-11-01T00:00:00Z")), None).input;
        assert_eq!(empty.by_kind[&kind].rows, 0);
    }
}

/// A cost booked on another day lies in both partitions and counts in that of the row which holds.
#[test]
fn partitions_add_up_to_the_whole() {
    let mut records = rows_of_every_fate();
    let mut rebooked = cost("CO-1", 5, 100);
    rebooked.updated_at = Some(at("2026-10-06T00:00:00Z"));
    records.costs.push(rebooked);
    let mut recounted = count("SC-1", "2026-10-04T20:00:00+08:00", 5, 5);
    recounted.updated_at = Some(at("2026-10-06T00:00:00Z"));
    records.stock_counts.push(recounted);
    let context = Context::at(at("2026-11-01T00:00:00Z"));
    let parts = partitions(&records, context.zone);
    assert_eq!((parts[&day(10, 1)].costs.len(), parts[&day(10, 5)].costs.len()), (5, 4));
    assert_eq!(parts[&day(10, 2)].courier_days.len(), 1);
    let plan = Plan::everything(catalogue());
    let (nothing, history) = (History::of(&Records::default()), History::of(&records));
    let mut cube = Cube::new(plan.clone(), &context);
    let dirty = cube.dirty(&records, &nothing, &history).unwrap();
    assert!(parts.keys().eq(&dirty), "{dirty:?}");
    for (&partition, part) in &parts {
        cube.replace(partition, part, &context, Some(&history)).unwrap();
    }
    let whole = Scorecard::measure(&records, &plan, &context);
    assert_eq!(cube.scorecard(&context).unwrap().to_json(), whole.to_json());
    assert_eq!(whole.input.by_kind[&RecordKind::Cost].quarantined["conflicting_cost"], 2);
}

/// A row that is dated anew makes the day dirty that it leaves, and the day to which it comes.
#[test]
fn a_row_that_moves_makes_both_days_dirty() {
    let context = Context::at(at("2026-11-01T00:00:00Z"));
    let mut before = Records::default();
    before.costs.push(cost("CO-1", 1, 100));
    before.stock_counts.push(count("SC-1", "2026-10-01T20:00:00+08:00", 5, 5));
    before.site_shifts.push(shift("SH-1", 1, 5, Duration::ZERO));
    let mut moved: [Records; 3] = Default::default();
    moved[0].costs.push(cost("CO-1", 3, 100));
    moved[1].stock_counts.push(count("SC-1", "2026-10-03T20:00:00+08:00", 5, 5));
    moved[2].site_shifts.push(shift("SH-1", 3, 5, Duration::ZERO));
    let mut all = before.clone();
    all.costs.extend_from_slice(&moved[0].costs);
    all.stock_counts.extend_from_slice(&moved[1].stock_counts);
    all.site_shifts.extend_from_slice(&moved[2].site_shifts);
    let cube = Cube::new(Plan::everything(catalogue()), &context);
    for arrived in moved {
        let dirty = cube.dirty(&arrived, &History::of(&before), &History::of(&all)).unwrap();
        assert!(dirty.into_iter().eq([day(10, 1), day(10, 3)]), "{arrived:?}");
    }
    // A courier's day is what it is: its row cannot move.
    let mut roster = Records::default();
    roster.courier_days.push(courier_day("K-1", 2, RosterStanding::OnDuty));
    let dirty = cube.dirty(&roster, &History::of(&before), &History::of(&all)).unwrap();
    assert!(dirty.into_iter().eq([day(10, 2)]));
}
