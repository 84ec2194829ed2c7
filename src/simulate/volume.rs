//! How many orders a day and an hour bring: weekdays, weekends, holidays, sales.
//!
//! What this module does not do: it knows no sale but the yearly ones.

use chrono::{Datelike, NaiveDate};

use super::calendar::day_after;
use super::draws::{Draws, scale};
use super::holidays::DayKind;

/// Orders by local hour: quiet nights, peaks before noon and in the evening.
const HOURS: [u32; 24] = [9, 5, 3, 2, 2, 3, 7, 15, 30, 50, 62, 58, 45, 48, 55, 56, 52, 46, 42, 48, 58, 56, 40, 20];

/// The orders a day brings, beside 100 on a working day. Sales draw orders on days off as well.
fn weight(date: NaiveDate) -> u32 {
    match (date.month(), date.day()) {
        (11, 11) => 320,
        (11, 9..=13) => 240,
        (11, 1..=3) => 180,
        (6, 16..=20) => 170,
        (12, 10..=12) => 140,
        _ => match DayKind::of(date) {
            DayKind::Working => 100,
            DayKind::Saturday => 85,
            DayKind::Sunday => 70,
            DayKind::Holiday => 55,
            DayKind::SpringFestival => 25,
        },
    }
}

/// The days of a window by volume.
#[derive(Debug, Clone)]
pub(super) struct Volume {
    up_to: Vec<u32>, // the weight of all days up to and with each; never empty, never falling
}

impl Volume {
    pub(super) fn new(start: NaiveDate, days: u32) -> Self {
        let mut sum = 0;
        let day_sum = |day| {
            sum += weight(day_after(start, i64::from(day)));
            sum
        };
        Self { up_to: (0..days).map(day_sum).collect() }
    }

    /// What part of all orders a day brings: its weight and that of all days. A day outside the window brings none.
    pub(super) fn share(&self, day: u32) -> (u32, u32) {
        let up_to = |count: u32| count.checked_sub(1).and_then(|day| self.up_to.get(day as usize)).copied();
        let of_all = self.up_to.last().copied().unwrap_or(0);
        let of_day = up_to(day.saturating_add(1)).map_or(0, |sum| sum - up_to(day).unwrap_or(0));
        (of_day, of_all)
    }

    /// The day, counted from the first, that a hash falls on.
    pub(super) fn day(&self, hash: u64) -> i64 {
        let drawn = scale(hash, self.up_to.last().copied().unwrap_or(0));
        self.up_to.partition_point(|&sum| sum <= drawn) as i64
    }
}

/// Seconds after local midnight at which an order comes.
pub(super) fn time_of_day(draws: &mut Draws) -> i64 {
    draws.weighted(&HOURS) as i64 * 3_600 + draws.between(0, 3_599)
}
