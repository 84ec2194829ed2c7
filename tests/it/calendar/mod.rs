//! The working-time clock: laws over generated calendars against a minute-by-minute count, the days of China, and cases
//! worked by hand.

mod bad_input;
mod by_hand;
mod china;
mod delivery_days;
mod generate;
mod laws;
mod slow;
mod stopwatch;

use chrono::NaiveDate;
use parcelgauge::calendar::{CalendarRules, Holidays, Hours, Week, WorkingCalendar};
use parcelgauge::record::{Duration, Zone};

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn hours(text: &str) -> Hours {
    text.parse().expect("hours")
}

pub fn minutes(count: i32) -> Duration {
    Duration::from_minutes(count)
}

pub fn zone(name: &str) -> Zone {
    name.parse().expect("a zone")
}

/// A Chinese service desk with a lunch break.
pub fn desk() -> CalendarRules {
    let week = Week::monday_to_friday(hours("09:00-12:00, 13:00-18:00"));
    CalendarRules::new(Zone::SHANGHAI, week).with_holidays(Holidays::china().clone())
}

/// Monday to Friday without a holiday, in a zone.
pub fn office(name: &str) -> WorkingCalendar {
    CalendarRules::new(zone(name), Week::monday_to_friday(hours("09:00-18:00"))).build().expect("a calendar")
}
