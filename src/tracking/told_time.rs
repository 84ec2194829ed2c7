//! A time as it was told: perhaps without a time of day, perhaps without an offset.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day, perhaps with a time of day and that with an offset: `2011-01-27T14:02:29-05:00`, `2011-01-27T14:02:29`,
/// `2011-01-27`. Fractions of a second below the millisecond are cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ToldTime {
    pub(super) day: NaiveDate,
    pub(super) time: Option<NaiveTime>,
    pub(super) offset: Option<i32>, // seconds east of UTC, only with a time, |offset| < 86,400
}

/// How carriers write a day with its time.
const MOMENTS: [&str; 6] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y%m%d%H%M%S",
];
/// How they write a day. American days have the month first; no shape read here has it second.
const DAYS: [&str; 5] = ["%Y-%m-%d", "%Y%m%d", "%B %d, %Y", "%m/%d/%Y", "%Y/%m/%d"];
/// How they write a time of day.
const CLOCKS: [&str; 5] = ["%H:%M:%S%.f", "%H:%M", "%I:%M %p", "%H%M%S", "%I:%M:%S %p"];

impl ToldTime {
    /// A day and a time of day told apart; none where either cannot be read. A time told with the day holds.
    #[must_use]
    pub fn of_parts(day: &str, clock: Option<&str>) -> Option<Self> {
        let mut told = Self::read(day)?;
        if told.time.is_none()
            && let Some(clock) = clock.map(str::trim).filter(|clock| !clock.is_empty())
        {
            // "14:30 PM" is written by some: the letters add nothing to what is past noon already.
            let bare = clock.trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim_end();
            let read = |text: &str| CLOCKS.iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok());
            told.time = Some(read(clock).or_else(|| read(bare))?);
        }
        Some(told)
    }

    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Some(Self::of(at.naive_local()).with_offset(at.offset().local_minus_utc()));
        }
        if let Ok(at) = DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S GMT%:z") {
            return Some(Self::of(at.naive_local()).with_offset(at.offset().local_minus_utc()));
        }
        if let Some(at) = MOMENTS.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok()) {
            return Some(Self::of(at));
        }
        let day = DAYS.iter().find_map(|format| NaiveDate::parse_from_str(text, format).ok())?;
        Some(Self { day, time: None, offset: None })
    }

    fn of(local: NaiveDateTime) -> Self {
        let time = local.time();
        let whole = time.with_nanosecond(time.nanosecond() / 1_000_000 % 1_000 * 1_000_000);
        Self { day: local.date(), time: Some(whole.unwrap_or(time)), offset: None }
    }

    /// The day.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        self.day
    }

    /// Whether a time of day was told.
    #[must_use]
    pub fn has_time(self) -> bool {
        self.time.is_some()
    }

    /// Whether an offset from UTC was told.
    #[must_use]
    pub fn has_offset(self) -> bool {
        self.offset.is_some()
    }

    pub(super) fn with_offset(mut self, seconds: i32) -> Self {
        self.offset = self.time.map(|_| seconds);
        self
    }

    /// The same without a time of day.
    pub(super) fn day_only(self) -> Self {
        Self { time: None, offset: None, ..self }
    }

    /// The distance of this local time from the same moment in UTC, where it is whole minutes of less than a day.
    pub(super) fn offset_from(self, utc: Self) -> Option<i32> {
        let seconds = (self.day.and_time(self.time?) - utc.day.and_time(utc.time?)).num_seconds();
        i32::try_from(seconds).ok().filter(|seconds| seconds.abs() < 86_400 && seconds % 60 == 0)
    }
}

impl FromStr for ToldTime {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::read(text).ok_or_else(|| format!("`{text}` is no time; write it such as 2026-10-01T08:00:00+08:00"))
    }
}

impl fmt::Display for ToldTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{}", time.format("%H:%M:%S%.f"))?;
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

impl Serialize for ToldTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ToldTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
