//! Days off: weekends, holidays, and the weekend days that are worked to make up for them.
//!
//! What this module does not do: beyond the years that [`Holidays::china`] knows it has the holidays of the solar calendar,
//! no lunar festival and no make-up working day.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::calendar::{DayMark, Holidays};

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
        let china = Holidays::china();
        let is_known = china.years().is_some_and(|years| years.contains(&date.year()));
        match (china.mark(date), date.weekday()) {
            (Some(DayMark::Off { name }), _) if name.contains("春节") => Self::SpringFestival,
            (Some(DayMark::Off { .. }), _) => Self::Holiday,
            _ if !is_known && is_solar_holiday(date) => Self::Holiday,
            (Some(DayMark::MakeUp), _) => Self::Working,
            (None, Weekday::Sat) => Self::Saturday,
            (None, Weekday::Sun) => Self::Sunday,
            (None, _) => Self::Working,
        }
    }
}

fn is_solar_holiday(date: NaiveDate) -> bool {
    matches!((date.month(), date.day()), (1, 1) | (5, 1..=3) | (10, 1..=5))
}
