//! Promises on their lines: the deadline itself, settling, midnights of three zones, days of 23 and 25 hours.

use chrono::NaiveDate;
use chrono_tz::Tz;
use parcelgauge::record::{Mover, NodeKind, Party, Promise, PromiseMove, Records, Window};

use super::choices::{Choices, CohortDate, PromiseEnd};
use super::clock::{self, DAY, HOUR, MINUTE};
use super::edges::{millis, row, trip, verdict, windows};
use crate::support::{at, day};

const KPI: &str = "on_time_delivery_rate";
const COLLECTED: (NodeKind, &str) = (NodeKind::Collected, "2026-10-01T08:00:00Z");

/// Long after everything.
fn late() -> Choices {
    Choices::at(millis("2026-12-01T00:00:00Z"))
}

/// A trip delivered at an instant, give or take a millisecond.
fn delivered(promise: Promise, instant: i64) -> Records {
    let mut records = trip(Some(promise), &[COLLECTED, (NodeKind::Delivered, "2026-10-02T00:00:00Z")]);
    records.events[1].occurred_at = clock::instant(instant);
    records
}

fn beside(promise: Promise, line: i64, choices: &Choices) -> [String; 3] {
    [-1, 0, 1].map(|step| verdict(&delivered(promise, line + step), choices, KPI))
}

#[test]
fn the_deadline_itself_is_in_time() {
    let by = Promise::By(at("2026-10-03T18:00:00Z"));
    let line = millis("2026-10-03T18:00:00Z");
    assert_eq!(beside(by, line, &late()), ["hit", "hit", "miss"]);
    let strict = Choices { strictly_before: true, ..late() };
    assert_eq!(beside(by, line, &strict), ["hit", "miss", "miss"]);
    let graceful = Choices { grace: 15 * MINUTE, ..late() };
    assert_eq!(beside(by, line + 15 * MINUTE, &graceful), ["hit", "hit", "miss"]);
}

#[test]
fn a_promised_day_ends_before_its_midnight_in_the_reporting_zone() {
    let on = Promise::On(day(10, 3));
    for (zone, midnight) in [
        (Tz::UTC, "2026-10-04T00:00:00Z"),
        (Tz::Asia__Shanghai, "2026-10-03T16:00:00Z"),
        (Tz::America__Sao_Paulo, "2026-10-04T03:00:00Z"),
    ] {
        let choices = Choices { zone, ..late() };
        assert_eq!(beside(on, millis(midnight), &choices), ["hit", "miss", "miss"], "{zone}");
        let graceful = Choices { grace: HOUR, ..choices.clone() };
        assert_eq!(beside(on, millis(midnight) + HOUR, &graceful), ["hit", "miss", "miss"], "{zone}");
        let from_start = Choices { promise_end: PromiseEnd::DayStart, ..choices };
        assert_eq!(beside(on, millis(midnight) - DAY, &from_start), ["hit", "hit", "miss"], "{zone}");
        let strict = Choices { strictly_before: true, ..from_start };
        assert_eq!(beside(on, millis(midnight) - DAY, &strict), ["hit", "miss", "miss"], "{zone}");
    }
}

#[test]
fn the_destinations_zone_goes_before_the_reporting_zone() {
    let mut records = delivered(Promise::On(day(10, 3)), millis("2026-10-04T02:59:59.999Z"));
    let shanghai = Choices { zone: Tz::Asia__Shanghai, window: Window::Day, ..late() };
    assert_eq!(verdict(&records, &shanghai, KPI), "miss");
    records.waybills[0].destination_zone = Some("America/Sao_Paulo".parse().expect("a zone"));
    assert_eq!(verdict(&records, &shanghai, KPI), "hit");
    // The promised date itself, whatever the zone.
    assert_eq!(windows(&records, &shanghai, KPI), ["2026-10-03"]);
}

#[test]
fn days_of_23_and_25_hours_end_at_their_midnights() {
    let brazil = Tz::America__Sao_Paulo;
    for (zone, (year, month, day), start, hours) in [
        // Brazil lost an hour at midnight of 15 October 2017 and gained one before midnight of 18 February 2018.
        (brazil, (2017, 10, 15), "2017-10-15T03:00:00Z", 23),
        (brazil, (2018, 2, 17), "2018-02-17T02:00:00Z", 25),
        // In Havana the clock went from one back to midnight: of the two midnights the day begins with the first.
        (Tz::America__Havana, (2018, 11, 4), "2018-11-04T04:00:00Z", 25),
    ] {
        let date = NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        assert_eq!(clock::end_of(zone, date) - clock::start_of(zone, date), hours * HOUR);
        let choices = Choices { zone, ..Choices::at(millis("2019-01-01T00:00:00Z")) };
        for (step, expected) in [(-1, "hit"), (0, "miss")] {
            let mut records = delivered(Promise::On(date), millis(start) + hours * HOUR + step);
            records.events[0].occurred_at = clock::instant(millis(start) - DAY);
            records.waybills[0].recorded_at = Some(at("2017-01-01T00:00:00Z"));
            assert_eq!(verdict(&records, &choices, KPI), expected, "{date} {step}");
        }
        let from_start = Choices { promise_end: PromiseEnd::DayStart, ..choices };
        for (step, expected) in [(0, "hit"), (1, "miss")] {
            let mut records = delivered(Promise::On(date), millis(start) + step);
            records.events[0].occurred_at = clock::instant(millis(start) - DAY);
            records.waybills[0].recorded_at = Some(at("2017-01-01T00:00:00Z"));
            assert_eq!(verdict(&records, &from_start, KPI), expected, "{date} {step}");
        }
    }
}

#[test]
fn calendar_days_are_compared_for_an_instant_too() {
    let by = Promise::By(at("2026-10-03T15:00:00Z"));
    let choices = Choices { promise_end: PromiseEnd::CalendarDay, ..late() };
    assert_eq!(beside(by, millis("2026-10-04T00:00:00Z"), &choices), ["hit", "miss", "miss"]);
    // In Shanghai it is 23 o'clock: the day ends an hour later.
    let shanghai = Choices { zone: Tz::Asia__Shanghai, ..choices };
    assert_eq!(beside(by, millis("2026-10-03T16:00:00Z"), &shanghai), ["hit", "miss", "miss"]);
}

#[test]
fn a_fact_is_decided_at_deadline_and_settle_itself() {
    let records = delivered(Promise::By(at("2026-10-03T18:00:00Z")), millis("2026-10-02T00:00:00Z"));
    let decided = millis("2026-10-04T18:00:00Z");
    assert_eq!(verdict(&records, &Choices::at(decided - 1), KPI), "open"); // though delivered early
    assert_eq!(verdict(&records, &Choices::at(decided), KPI), "hit");
    let at_once = Choices { settle: 0, ..Choices::at(millis("2026-10-03T18:00:00Z")) };
    assert_eq!(verdict(&records, &at_once, KPI), "hit");
    assert_eq!(verdict(&records, &Choices { as_of: at_once.as_of - 1, ..at_once }, KPI), "open");
    // A promised day matures with its own midnight, here the destination's.
    let mut dated = delivered(Promise::On(day(10, 3)), millis("2026-10-02T00:00:00Z"));
    dated.waybills[0].destination_zone = Some("Asia/Shanghai".parse().expect("a zone"));
    let decided = millis("2026-10-04T16:00:00Z");
    assert_eq!(verdict(&dated, &Choices::at(decided - 1), KPI), "open");
    assert_eq!(verdict(&dated, &Choices::at(decided), KPI), "hit");
}

#[test]
fn a_move_counts_from_the_instant_it_was_made() {
    let moved = |by| {
        let mut records = delivered(Promise::By(at("2026-10-03T00:00:00Z")), millis("2026-10-05T00:00:00Z"));
        let moved_at = at("2026-10-06T00:00:00Z");
        let to = Promise::By(at("2026-10-05T00:00:00Z"));
        records.waybills[0].promise_moves.push(PromiseMove { moved_at, by, to });
        records
    };
    let on = Choices { settle: 0, ..Choices::at(millis("2026-10-06T00:00:00Z")) };
    let before = Choices { as_of: on.as_of - 1, ..on.clone() };
    let current = Choices { current_promise: true, ..on.clone() };
    assert_eq!(verdict(&moved(Mover::Customer), &on, KPI), "hit");
    assert_eq!(verdict(&moved(Mover::Customer), &before, KPI), "miss");
    assert_eq!(verdict(&moved(Mover::Carrier), &on, KPI), "miss");
    assert_eq!(verdict(&moved(Mover::Carrier), &current, KPI), "hit");
    let notes = row(&moved(Mover::Carrier), &on, KPI).notes;
    assert_eq!(notes.iter().collect::<Vec<_>>(), [("promise_moved_by_carrier", 1)]);
    assert_eq!(row(&moved(Mover::Carrier), &before, KPI).notes.total(), 0);
}

#[test]
fn a_promise_before_collection_is_used_and_counted() {
    let noted = |promise: &str| {
        let records = delivered(Promise::By(at(promise)), millis("2026-10-02T00:00:00Z"));
        let graceful = Choices { grace: 365 * DAY, settle: 0, ..Choices::at(millis("2028-01-01T00:00:00Z")) };
        assert_eq!(verdict(&records, &graceful, KPI), "hit");
        let row = row(&records, &late(), KPI);
        assert_eq!(row.figure.value(), Some(0.0));
        row.notes.total()
    };
    assert_eq!(noted("2026-10-01T08:00:00Z"), 0);
    assert_eq!(noted("2026-10-01T07:59:59.999Z"), 1);
}

#[test]
fn a_customers_return_is_excluded_where_it_was_tried_in_time() {
    let promise = Promise::By(at("2026-10-03T18:00:00Z"));
    let returned = |attempt: &str, party| {
        let scans = [COLLECTED, (NodeKind::AttemptFailed, attempt), (NodeKind::Returned, "2026-10-05T00:00:00Z")];
        let mut records = trip(Some(promise), &scans);
        records.events[2].party = party;
        verdict(&records, &late(), KPI)
    };
    assert_eq!(returned("2026-10-03T18:00:00Z", Some(Party::Recipient)), "customer_return");
    assert_eq!(returned("2026-10-03T18:00:00Z", Some(Party::Sender)), "customer_return");
    assert_eq!(returned("2026-10-03T18:00:00.001Z", Some(Party::Recipient)), "miss");
    assert_eq!(returned("2026-10-03T18:00:00Z", Some(Party::Carrier)), "miss");
    assert_eq!(returned("2026-10-03T18:00:00Z", None), "miss");
    // An attempt after the return began was one on the way back.
    let scans =
        [COLLECTED, (NodeKind::Returned, "2026-10-03T10:00:00Z"), (NodeKind::AttemptFailed, "2026-10-03T12:00:00Z")];
    let mut on_the_way_back = trip(Some(promise), &scans);
    on_the_way_back.events[1].party = Some(Party::Recipient);
    assert_eq!(verdict(&on_the_way_back, &late(), KPI), "miss");
    // What happened after a late delivery excuses nothing.
    let scans = [
        COLLECTED,
        (NodeKind::AttemptFailed, "2026-10-03T12:00:00Z"),
        (NodeKind::Delivered, "2026-10-06T00:00:00Z"),
        (NodeKind::Returned, "2026-10-07T00:00:00Z"),
    ];
    let mut after_delivery = trip(Some(promise), &scans);
    after_delivery.events[3].party = Some(Party::Recipient);
    assert_eq!(verdict(&after_delivery, &late(), KPI), "miss");
}

#[test]
fn facts_without_their_cohort_date_are_undated() {
    let records = trip(Some(Promise::On(day(10, 3))), &[COLLECTED]);
    let by = |cohort| windows(&records, &Choices { cohort: Some(cohort), ..late() }, KPI);
    assert_eq!(by(CohortDate::Due), ["all"]);
    assert_eq!(by(CohortDate::Accepted), ["all"]);
    assert_eq!(by(CohortDate::Ordered), ["undated"]);
    assert_eq!(by(CohortDate::Completed), ["undated"]);
}

#[test]
fn only_delivered_ones_may_stand_below_the_line() {
    let records = trip(Some(Promise::On(day(10, 3))), &[COLLECTED]);
    assert_eq!(verdict(&records, &late(), KPI), "miss");
    assert_eq!(verdict(&records, &Choices { delivered_only: true, ..late() }, KPI), "not_delivered");
}
