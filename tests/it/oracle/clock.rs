//! Days and windows by a plain reading of the zone: the start of a day is found by halving, not looked up.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use parcelgauge::record::{Instant, Window};

/// A minute in milliseconds.
pub const MINUTE: i64 = 60_000;
/// An hour in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// A day of 24 hours in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// The instant at so many milliseconds.
pub fn instant(millis: i64) -> Instant {
    Instant::from_millis(millis).expect("an instant of the years 1 to 9999")
}

/// The local day of an instant.
pub fn date(zone: Tz, millis: i64) -> NaiveDate {
    zone.timestamp_millis_opt(millis).single().expect("every instant has one local reading").date_naive()
}

/// Midnight of a day in UTC.
pub fn utc_midnight(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp_millis()
}

/// The first instant at which a local calendar shows the day, or a later one.
pub fn start_of(zone: Tz, day: NaiveDate) -> i64 {
    let (mut before, mut from) = (utc_midnight(day) - 50 * HOUR, utc_midnight(day) + 50 * HOUR);
    while from - before > 1 {
        let middle = before + (from - before) / 2;
        if date(zone, middle) < day {
            before = middle;
        } else {
            from = middle;
        }
    }
    from
}

/// The first instant at which a local calendar shows a later day.
pub fn end_of(zone: Tz, day: NaiveDate) -> i64 {
    start_of(zone, day + Days::new(1))
}

/// The label of the window that holds a day. Labels of one window sort as their days do, undated last.
pub fn label(window: Window, day: Option<NaiveDate>) -> String {
    let Some(day) = day else { return "undated".to_owned() };
    match window {
        Window::Day => day.format("%Y-%m-%d").to_string(),
        Window::Week => {
            // An ISO week belongs to the year of its Thursday and is numbered by the Thursdays before it.
            let since_monday = i64::from(day.weekday().num_days_from_monday());
            let thursday = day + chrono::TimeDelta::days(3 - since_monday);
            format!("{:04}-W{:02}", thursday.year(), thursday.ordinal0() / 7 + 1)
        }
        Window::Month => day.format("%Y-%m").to_string(),
        Window::Quarter => format!("{:04}-Q{}", day.year(), day.month().div_ceil(3)),
        Window::Year => day.format("%Y").to_string(),
        Window::All => "all".to_owned(),
    }
}
