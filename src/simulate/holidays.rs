//! Days off: weekends, holidays, and the weekend days that are worked to make up for them.
//!
//! Source: the yearly notices of the State Council's general office on the arrangement of holidays, 2023 to 2026.
//!
//! What this module does not do: beyond those years it knows the holidays of the solar calendar, no lunar festival and
//! no make-up working day.

use chrono::{Datelike, NaiveDate, Weekday};

/// What kind of day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayKind {
    Working,
    Saturday,
    Sunday,
    Holiday,
    /// When merchants close and most people go home.
    SpringFestival,
}

impl DayKind {
    pub(super) fn of(date: NaiveDate) -> Self {
        let among = |spans: &[Span]| spans.iter().any(|span| span.holds(date));
        if among(&SPRING_FESTIVALS) {
            return Self::SpringFestival;
        }
        if among(&HOLIDAYS) || (!(2023..=2026).contains(&date.year()) && is_solar_holiday(date)) {
            return Self::Holiday;
        }
        match date.weekday() {
            _ if among(&MADE_UP) => Self::Working,
            Weekday::Sat => Self::Saturday,
            Weekday::Sun => Self::Sunday,
            _ => Self::Working,
        }
    }
}

fn is_solar_holiday(date: NaiveDate) -> bool {
    matches!((date.month(), date.day()), (1, 1) | (5, 1..=3) | (10, 1..=5))
}

/// Days in a row.
struct Span {
    first: (i32, u32, u32),
    days: i64,
}

impl Span {
    fn holds(&self, date: NaiveDate) -> bool {
        let (year, month, day) = self.first;
        let first = NaiveDate::from_ymd_opt(year, month, day);
        first.is_some_and(|first| (0..self.days).contains(&date.signed_duration_since(first).num_days()))
    }
}

const fn span(year: i32, month: u32, day: u32, days: i64) -> Span {
    Span { first: (year, month, day), days }
}

const SPRING_FESTIVALS: [Span; 4] =
    [span(2023, 1, 21, 7), span(2024, 2, 10, 8), span(2025, 1, 28, 8), span(2026, 2, 15, 9)];

const HOLIDAYS: [Span; 22] = [
    span(2023, 1, 1, 2),
    span(2023, 4, 5, 1),
    span(2023, 4, 29, 5),
    span(2023, 6, 22, 3),
    span(2023, 9, 29, 8),
    span(2023, 12, 30, 3),
    span(2024, 4, 4, 3),
    span(2024, 5, 1, 5),
    span(2024, 6, 10, 1),
    span(2024, 9, 15, 3),
    span(2024, 10, 1, 7),
    span(2025, 1, 1, 1),
    span(2025, 4, 4, 3),
    span(2025, 5, 1, 5),
    span(2025, 5, 31, 3),
    span(2025, 10, 1, 8),
    span(2026, 1, 1, 3),
    span(2026, 4, 4, 3),
    span(2026, 5, 1, 5),
    span(2026, 6, 19, 3),
    span(2026, 9, 25, 3),
    span(2026, 10, 1, 7),
];

/// Saturdays and Sundays that are working days.
const MADE_UP: [Span; 24] = [
    span(2023, 1, 28, 2),
    span(2023, 4, 23, 1),
    span(2023, 5, 6, 1),
    span(2023, 6, 25, 1),
    span(2023, 10, 7, 2),
    span(2024, 2, 4, 1),
    span(2024, 2, 18, 1),
    span(2024, 4, 7, 1),
    span(2024, 4, 28, 1),
    span(2024, 5, 11, 1),
    span(2024, 9, 14, 1),
    span(2024, 9, 29, 1),
    span(2024, 10, 12, 1),
    span(2025, 1, 26, 1),
    span(2025, 2, 8, 1),
    span(2025, 4, 27, 1),
    span(2025, 9, 28, 1),
    span(2025, 10, 11, 1),
    span(2026, 1, 4, 1),
    span(2026, 2, 14, 1),
    span(2026, 2, 28, 1),
    span(2026, 5, 9, 1),
    span(2026, 9, 20, 1),
    span(2026, 10, 10, 1),
];
