//! The office hours by which the oracle counts: Monday to Friday from nine to six, by a clock eight hours ahead of UTC that
//! never changes, without holidays. Days are numbers from 1970-01-01, a Thursday.

use parcelgauge::calendar::{CalendarRules, Week, WorkingCalendar};
use parcelgauge::record::Zone;

use super::clock::{DAY, HOUR};

const AHEAD: i64 = 8 * HOUR;

/// The same, as the crate is told of it.
pub fn calendar() -> WorkingCalendar {
    let week = Week::monday_to_friday("09:00-18:00".parse().expect("hours"));
    CalendarRules::new(Zone::SHANGHAI, week).build().expect("a calendar")
}

/// The day of an instant.
pub fn day_of(millis: i64) -> i64 {
    (millis + AHEAD).div_euclid(DAY)
}

/// The time of day of an instant.
pub fn time_of(millis: i64) -> i64 {
    (millis + AHEAD).rem_euclid(DAY)
}

/// When a day begins.
pub fn start_of(day: i64) -> i64 {
    day * DAY - AHEAD
}

/// Whether a day is worked.
pub fn is_worked(day: i64) -> bool {
    (day + 3).rem_euclid(7) < 5 // day 0 is the fourth of its week
}

/// The n-th worked day after a day; for none the day itself.
pub fn worked_day_after(mut day: i64, mut count: i64) -> i64 {
    while count > 0 {
        day += 1;
        count -= i64::from(is_worked(day));
    }
    day
}

/// The open hours between two instants.
pub fn worked(from: i64, to: i64) -> i64 {
    let open = |day: i64| {
        let (opens, closes) = (start_of(day) + 9 * HOUR, start_of(day) + 18 * HOUR);
        (closes.min(to) - opens.max(from)).max(0)
    };
    (day_of(from)..=day_of(to)).filter(|&day| is_worked(day)).map(open).sum()
}

/// The first instant by which so much of the open hours has passed.
pub fn worked_until(from: i64, length: i64) -> i64 {
    let mut day = day_of(from);
    let mut left = length;
    loop {
        let (opens, closes) = (start_of(day) + 9 * HOUR, start_of(day) + 18 * HOUR);
        let begins = opens.max(from);
        if is_worked(day) && begins < closes {
            if left <= closes - begins {
                return begins + left;
            }
            left -= closes - begins;
        }
        day += 1;
    }
}
