//! Cases worked by hand.

use parcelgauge::calendar::{CalendarRules, Closing, Hours, TimeLimit, Week};
use parcelgauge::record::{Duration, Zone};

use super::{date, desk, hours, minutes, office, zone};
use crate::support::at;

/// A published counter-example: a known tool drops the zone, and says two hours for the same instant and none for an
/// hour.
#[test]
fn an_hour_is_an_hour_whatever_zone_each_end_is_written_in() {
    for name in ["Asia/Shanghai", "UTC"] {
        let week = Week::every_day(Hours::all_day());
        let calendar = CalendarRules::new(zone(name), week).build().unwrap();
        let start = at("2026-06-03T09:00:00+08:00");
        for end in ["2026-06-03T02:00:00Z", "2026-06-03T10:00:00+08:00", "2026-06-02T22:00:00-04:00"] {
            assert_eq!(calendar.working_time(start, at(end)).unwrap().value, Duration::from_hours(1), "{end}");
        }
        assert_eq!(calendar.working_time(start, at("2026-06-03T01:00:00Z")).unwrap().value, Duration::ZERO);
    }
}

#[test]
fn openings_are_half_open() {
    let calendar = desk().build().unwrap();
    for (instant, is_open) in [
        ("2026-06-03T08:59:59.999+08:00", false),
        ("2026-06-03T09:00:00+08:00", true),
        ("2026-06-03T11:59:59.999+08:00", true),
        ("2026-06-03T12:00:00+08:00", false),
        ("2026-06-03T13:00:00+08:00", true),
        ("2026-06-03T18:00:00+08:00", false),
    ] {
        assert_eq!(calendar.is_open(at(instant)).unwrap().value, is_open, "{instant}");
    }
    let next = |instant: &str| calendar.next_opening(at(instant)).unwrap().value;
    assert_eq!(next("2026-06-03T12:00:00+08:00"), at("2026-06-03T13:00:00+08:00"));
    assert_eq!(next("2026-06-03T12:59:59.999+08:00"), at("2026-06-03T13:00:00+08:00"));
    assert_eq!(next("2026-06-03T13:00:00.001+08:00"), at("2026-06-03T13:00:00.001+08:00"));
    // Over the holidays of October, which begin after the 30th.
    assert_eq!(next("2026-09-30T18:00:00+08:00"), at("2026-10-08T09:00:00+08:00"));
}

/// The deadline of a full day is its close, not the next morning.
#[test]
fn a_sum_is_reached_when_the_last_of_it_is_worked() {
    let calendar = desk().build().unwrap();
    let due = |start: &str, length: &str| {
        calendar.add_working_time(at(start), length.parse().unwrap()).unwrap().value.to_datetime().to_rfc3339()
    };
    assert_eq!(due("2026-06-03T09:00:00+08:00", "3h"), "2026-06-03T04:00:00+00:00"); // 12:00
    assert_eq!(due("2026-06-03T09:00:00+08:00", "181m"), "2026-06-03T05:01:00+00:00"); // 13:01
    assert_eq!(due("2026-06-03T09:00:00+08:00", "8h"), "2026-06-03T10:00:00+00:00"); // 18:00
    assert_eq!(due("2026-06-06T09:00:00+08:00", "0h"), "2026-06-06T01:00:00+00:00"); // a Saturday, itself
    assert_eq!(due("2026-06-06T09:00:00+08:00", "1ms"), "2026-06-08T01:00:00.001+00:00");
}

#[test]
fn a_night_shift_belongs_to_its_first_day_and_feels_the_clocks_change() {
    let nights = Week::every_day(hours("22:00-06:00"));
    let calendar = CalendarRules::new(zone("Europe/Berlin"), nights).build().unwrap();
    let worked = |from: &str, to: &str| calendar.working_time(at(from), at(to)).unwrap().value;
    assert_eq!(worked("2026-06-03T12:00:00+02:00", "2026-06-04T12:00:00+02:00"), Duration::from_hours(8));
    // 29 March 2026: three o'clock comes an hour early; 25 October: it comes twice.
    assert_eq!(worked("2026-03-28T12:00:00+01:00", "2026-03-29T12:00:00+02:00"), Duration::from_hours(7));
    assert_eq!(worked("2026-10-24T12:00:00+02:00", "2026-10-25T12:00:00+01:00"), Duration::from_hours(9));
    // The eve of a closed day is worked to its end, the closed day's own night is not.
    let closed = CalendarRules::new(zone("Europe/Berlin"), Week::every_day(hours("22:00-06:00")))
        .with_exception(date("2026-06-04"), Hours::closed());
    let calendar = closed.build().unwrap();
    let time = calendar.working_time(at("2026-06-03T12:00:00+02:00"), at("2026-06-05T12:00:00+02:00")).unwrap();
    assert_eq!(time.value, Duration::from_hours(8));
    assert!(!calendar.is_working_day(date("2026-06-04")).unwrap().value);
}

/// Hours that the clocks jump over, or that occur twice.
#[test]
fn openings_in_the_hour_that_is_missing_or_doubled() {
    let early = Week::every_day(hours("02:15-02:45, 02:50-04:00"));
    let calendar = CalendarRules::new(zone("Europe/Berlin"), early).build().unwrap();
    let on = |day: &str, next: &str| calendar.working_time(at(day), at(next)).unwrap().value;
    assert_eq!(on("2026-03-28T00:00:00+01:00", "2026-03-29T00:00:00+01:00"), minutes(100));
    // Nothing is left of the first span; the second begins when three o'clock does.
    assert_eq!(on("2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"), minutes(60));
    // Both begin the first time; the second lasts through the doubled hour to four o'clock.
    assert_eq!(on("2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"), minutes(30 + 130));
}

/// Santiago's clocks change at midnight: a day of 23 hours begins at one.
#[test]
fn a_day_that_begins_at_one() {
    let calendar = CalendarRules::new(zone("America/Santiago"), Week::every_day(Hours::all_day())).build().unwrap();
    let trace = calendar.trace(at("2026-09-05T04:00:00Z"), at("2026-09-07T03:00:00Z")).unwrap().value;
    let counted: Vec<_> = trace.days().iter().map(|day| (day.date, day.counted.to_string())).collect();
    assert_eq!(counted, [(date("2026-09-05"), "24h".into()), (date("2026-09-06"), "23h".into())]);
}

#[test]
fn exceptions_are_stronger_than_holidays_and_these_than_weekdays() {
    let calendar = desk()
        .with_exception(date("2026-10-01"), hours("10:00-12:00"))
        .with_exception(date("2026-06-03"), Hours::closed())
        .build()
        .unwrap();
    assert!(calendar.is_working_day(date("2026-10-01")).unwrap().value);
    assert!(!calendar.is_working_day(date("2026-06-03")).unwrap().value);
    let eve = at("2026-09-30T17:00:00+08:00");
    assert_eq!(calendar.add_working_time(eve, minutes(150)).unwrap().value, at("2026-10-01T11:30:00+08:00"));
}

#[test]
fn make_up_days_have_the_hours_of_monday_unless_told() {
    let worked = |week: Week| {
        let calendar = desk().with_week_from(date("2026-01-01"), week).build().unwrap();
        let (start, end) = (at("2026-02-14T00:00:00+08:00"), at("2026-02-15T00:00:00+08:00"));
        calendar.working_time(start, end).unwrap().value
    };
    let week = Week::monday_to_friday(hours("09:00-17:00")).with(chrono::Weekday::Sat, hours("10:00-12:00"));
    assert_eq!(worked(week.clone()), Duration::from_hours(8));
    assert_eq!(worked(week.with_make_up(hours("09:00-10:00"))), Duration::from_hours(1));
}

/// An agreement that changes midway: shorter hours before July, longer ones from it on.
#[test]
fn weekly_hours_may_change_midway() {
    let calendar = CalendarRules::new(Zone::SHANGHAI, Week::monday_to_friday(hours("09:00-17:00")))
        .with_week_from(date("2026-07-01"), Week::every_day(hours("08:00-20:00")))
        .build()
        .unwrap();
    let worked = calendar.working_time(at("2026-06-30T16:00:00+08:00"), at("2026-07-01T10:00:00+08:00")).unwrap();
    assert_eq!(worked.value, Duration::from_hours(3));
    assert!(!calendar.is_working_day(date("2026-06-28")).unwrap().value);
    assert!(calendar.is_working_day(date("2026-07-05")).unwrap().value);
}

/// Civil Code, articles 201 and 203: the start is not counted, and a last day off rolls on.
#[test]
fn calendar_days_begin_the_day_after_and_end_on_a_working_day() {
    let calendar = desk().build().unwrap();
    let due = |limit: &str, from: &str| {
        let limit: TimeLimit = limit.parse().unwrap();
        limit.deadline(&calendar, at(from)).unwrap().value
    };
    // Any instant of the first day leads to the same deadline.
    for from in ["2026-06-01T00:00:00+08:00", "2026-06-01T23:59:59.999+08:00"] {
        assert_eq!(due("7 calendar days", from), at("2026-06-09T00:00:00+08:00"), "{from}"); // Monday the 8th
    }
    // Tuesday and 4 days: Saturday rolls to Monday. To the close of business where asked.
    assert_eq!(due("4 calendar days", "2026-06-02T10:00:00+08:00"), at("2026-06-09T00:00:00+08:00"));
    assert_eq!(due("4 calendar days until close", "2026-06-02T10:00:00+08:00"), at("2026-06-08T18:00:00+08:00"));
    // A last day on a Saturday that is worked stays.
    assert_eq!(due("7 calendar days", "2026-02-07T10:00:00+08:00"), at("2026-02-15T00:00:00+08:00"));
    // 30 days from 2 September are 2 October, a holiday: the 8th.
    assert_eq!(due("30 calendar days", "2026-09-02T10:00:00+08:00"), at("2026-10-09T00:00:00+08:00"));
    assert_eq!(due("24h", "2026-10-01T10:00:00+08:00"), at("2026-10-02T10:00:00+08:00"));
}

/// Payouts, three working days from confirmation, at every kind of start.
#[test]
fn working_days_from_confirmation() {
    let calendar = desk().build().unwrap();
    let due = |from: &str| calendar.end_of_working_days(at(from), 3, Closing::Midnight).unwrap().value;
    for (confirmed, last_day_ends) in [
        ("2026-06-01T09:00:00+08:00", "2026-06-05T00:00:00+08:00"), // Monday: Tuesday, Wednesday, Thursday
        ("2026-06-05T23:59:59+08:00", "2026-06-11T00:00:00+08:00"), // Friday night: Monday to Wednesday
        ("2026-06-06T10:00:00+08:00", "2026-06-11T00:00:00+08:00"), // Saturday: the same
        ("2026-06-07T23:59:59.999+08:00", "2026-06-11T00:00:00+08:00"), // Sunday's last instant: the same
        ("2026-06-08T00:00:00+08:00", "2026-06-12T00:00:00+08:00"), // Monday's first: Tuesday to Thursday
        ("2026-09-30T10:00:00+08:00", "2026-10-11T00:00:00+08:00"), // the 8th, the 9th, and Saturday the 10th
    ] {
        assert_eq!(due(confirmed), at(last_day_ends), "{confirmed}");
    }
    let none = calendar.end_of_working_days(at("2026-06-06T10:00:00+08:00"), 0, Closing::CloseOfBusiness).unwrap();
    assert_eq!(none.value, at("2026-06-07T00:00:00+08:00"));
}

#[test]
fn working_days_between_dates_leave_out_the_first() {
    let calendar = office("UTC");
    let between = |from: &str, to: &str| calendar.working_days(date(from), date(to)).unwrap().value;
    assert_eq!(between("2026-06-01", "2026-06-01"), 0);
    assert_eq!(between("2026-06-05", "2026-06-07"), 0);
    assert_eq!(between("2026-06-05", "2026-06-08"), 1);
    assert_eq!(between("2026-06-06", "2026-06-12"), 5);
}

#[test]
fn limits_are_written_as_they_are_read() {
    for text in ["24h", "90m", "8h working time", "1 working day", "3 working days", "7 calendar days until close"] {
        assert_eq!(text.parse::<TimeLimit>().unwrap().to_string(), text);
    }
    for text in [
        "",
        "3",
        "-1h",
        "-3 working days",
        "3 days",
        "8h working time until close",
        "24h until close",
        "3  working days",
    ] {
        assert!(text.parse::<TimeLimit>().is_err(), "{text}");
    }
}
