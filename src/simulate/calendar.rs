//! The simulation's clock: whole seconds after the first day's local midnight, so that days and hours are quotients.
//!
//! What this module does not do: it knows no summer time. China has had none since 1992, and no window starts earlier.

use chrono::{Days, NaiveDate};

use crate::record::{Duration, Instant, Zone};

pub(super) const MINUTE: i64 = 60;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

/// A day of the window or after it.
pub(super) fn day_after(start: NaiveDate, days: i64) -> NaiveDate {
    start.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(start)
}

/// The local midnight from which seconds count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Midnight {
    date: NaiveDate,
    instant: Instant,
}

impl Midnight {
    pub(super) fn of(date: NaiveDate) -> Self {
        Self { date, instant: Zone::SHANGHAI.start_of(date) }
    }
    pub(super) fn instant(self, seconds: i64) -> Instant {
        self.instant.saturating_add(Duration::from_millis(seconds * 1_000))
    }
    pub(super) fn date(self, day: i64) -> NaiveDate {
        day_after(self.date, day)
    }
}

/// The first wave at or after a second of the clock; `waves` are seconds after midnight, rising, never none.
pub(super) fn next_wave(at: i64, waves: &[i64]) -> i64 {
    let midnight = at.div_euclid(DAY) * DAY;
    let today = waves.iter().map(|wave| midnight + wave).find(|&wave| wave >= at);
    today.unwrap_or_else(|| midnight + DAY + waves.first().copied().unwrap_or(0))
}

/// The same moment, or else the next one between nine in the morning and nine in the evening: when people call.
pub(super) fn waking_hours(at: i64) -> i64 {
    match at.rem_euclid(DAY) {
        second if second < 9 * HOUR => at - second + 9 * HOUR + second / 6,
        second if second >= 21 * HOUR => at - second + DAY + 9 * HOUR + (second - 21 * HOUR) / 3,
        _ => at,
    }
}
