//! The opening hours of one day.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::CalendarError;

pub(super) const MINUTES_A_DAY: u16 = 24 * 60;

/// The opening hours of one day by the local clock: half-open spans, in order and apart, none where closed.
///
/// A span whose end is not after its start lasts into the next day and belongs to the day it starts on: `22:00-06:00`
/// is a night shift of eight hours.
///
/// ```
/// use parcelgauge::calendar::Hours;
/// let hours: Hours = "13:00-18:00, 09:00-12:00".parse()?;
/// assert_eq!(hours.to_string(), "09:00-12:00, 13:00-18:00");
/// assert!("09:00-12:00, 11:00-18:00".parse::<Hours>().is_err());
/// assert_eq!("all day".parse::<Hours>()?, "00:00-24:00".parse()?);
/// # Ok::<(), parcelgauge::calendar::CalendarError>(())
/// ```
#[doc(alias = "营业时间")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hours(Vec<ClockSpan>); // ascending, no two share a minute

/// A span of the local clock in minutes from midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ClockSpan {
    pub(super) start: u16, // below 24 h
    pub(super) end: u16,   // start < end <= start + 24 h
}

impl Hours {
    /// No hours.
    #[must_use]
    pub fn closed() -> Self {
        Self::default()
    }

    pub(super) const CLOSED: Self = Self(Vec::new());

    /// From midnight to midnight, 23 or 25 hours long where the clocks change.
    #[must_use]
    pub fn all_day() -> Self {
        Self(vec![ClockSpan { start: 0, end: MINUTES_A_DAY }])
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn spans(&self) -> &[ClockSpan] {
        &self.0
    }
}

impl FromStr for Hours {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        match text.trim() {
            "closed" => return Ok(Self::closed()),
            "all day" => return Ok(Self::all_day()),
            _ => {}
        }
        let mut spans = text.split(',').map(|span| ClockSpan::read(span.trim())).collect::<Result<Vec<_>, _>>()?;
        spans.sort_unstable();
        for pair in spans.windows(2) {
            if pair[1].start < pair[0].end {
                return Err(CalendarError::SpansOverlap { first: pair[0].to_string(), second: pair[1].to_string() });
            }
        }
        Ok(Self(spans))
    }
}

impl ClockSpan {
    fn read(text: &str) -> Result<Self, CalendarError> {
        let refuse = |problem| CalendarError::Hours { text: text.to_owned(), problem };
        let (start, end) = text.split_once('-').ok_or_else(|| refuse("no start and end with `-` between them"))?;
        let minutes = |clock: &str| read_clock(clock.trim()).ok_or_else(|| refuse("a time other than 00:00 to 24:00"));
        let (start, end) = (minutes(start)?, minutes(end)?);
        match () {
            () if start == MINUTES_A_DAY => Err(refuse("a start at 24:00")),
            () if start == end => Err(refuse("no time between start and end")),
            () => Ok(Self { start, end: if end < start { end + MINUTES_A_DAY } else { end } }),
        }
    }
}

/// Minutes from midnight of `HH:MM`, from 00:00 to 24:00.
fn read_clock(text: &str) -> Option<u16> {
    let number = |digits: &str| {
        let is_plain = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_plain.then(|| digits.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (number(hour)?, number(minute)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= MINUTES_A_DAY).then_some(total)
}

impl fmt::Display for ClockSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Midnight at the end of the same day is 24:00, any other end after midnight is the clock of the next day.
        let end = if self.end > MINUTES_A_DAY { self.end - MINUTES_A_DAY } else { self.end };
        write!(f, "{:02}:{:02}-{:02}:{:02}", self.start / 60, self.start % 60, end / 60, end % 60)
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_closed() {
            return f.write_str("closed");
        }
        for (place, span) in self.0.iter().enumerate() {
            write!(f, "{}{span}", if place > 0 { ", " } else { "" })?;
        }
        Ok(())
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
