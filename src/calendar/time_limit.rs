//! Time limits as data.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Answer, CalendarError, Certainty, Closing, WorkingCalendar};
use crate::record::{Duration, Instant, RecordError};

/// How long something may take, and how that is counted.
///
/// Written `24h`, `8h working time`, `3 working days`, `7 calendar days`; days end at 24:00 unless `until close` is
/// added.
///
/// ```
/// use parcelgauge::calendar::{Closing, TimeLimit};
/// let payout: TimeLimit = "3 working days".parse()?;
/// assert_eq!(payout, TimeLimit::WorkingDays { count: 3, closing: Closing::Midnight });
/// assert_eq!("8h working time".parse::<TimeLimit>()?.to_string(), "8h working time");
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[doc(alias = "时限")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeLimit {
    /// By the clock on the wall, nights and holidays included.
    Elapsed(Duration), // >= 0
    /// By the opening hours.
    WorkingTime(Duration), // >= 0
    /// To the end of a working day; the day of the start is not counted.
    WorkingDays {
        /// How many.
        count: u32,
        /// When the last one ends.
        closing: Closing,
    },
    /// To the end of a calendar day, by the [rule of the Civil Code](WorkingCalendar::end_of_calendar_days).
    CalendarDays {
        /// How many.
        count: u32,
        /// When the last one ends.
        closing: Closing,
    },
}

impl TimeLimit {
    /// So many working days, the last of them to 24:00.
    #[must_use]
    pub const fn working_days(count: u32) -> Self {
        Self::WorkingDays { count, closing: Closing::Midnight }
    }

    /// So many calendar days, the last of them to 24:00.
    #[must_use]
    pub const fn calendar_days(count: u32) -> Self {
        Self::CalendarDays { count, closing: Closing::Midnight }
    }

    /// The last instant in time, for what began at `from` and was never paused. Where days end at 24:00 it is the
    /// midnight after them.
    ///
    /// # Errors
    /// [`CalendarError::NegativeLength`], and [`CalendarError::Unknown`] where it leads outside the days known. Elapsed
    /// time asks nothing of the calendar.
    pub fn deadline(self, calendar: &WorkingCalendar, from: Instant) -> Result<Answer<Instant>, CalendarError> {
        match self {
            Self::Elapsed(length) if length < Duration::ZERO => Err(CalendarError::NegativeLength { length }),
            Self::Elapsed(length) => Ok(Answer { value: from.saturating_add(length), certainty: Certainty::Known }),
            Self::WorkingTime(length) => calendar.add_working_time(from, length),
            Self::WorkingDays { count, closing } => calendar.end_of_working_days(from, count, closing),
            Self::CalendarDays { count, closing } => calendar.end_of_calendar_days(from, count, closing),
        }
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit, closing) = match *self {
            Self::Elapsed(length) => return length.fmt(f),
            Self::WorkingTime(length) => return write!(f, "{length} working time"),
            Self::WorkingDays { count, closing } => (count, "working", closing),
            Self::CalendarDays { count, closing } => (count, "calendar", closing),
        };
        let until = match closing {
            Closing::Midnight => "",
            Closing::CloseOfBusiness => " until close",
        };
        write!(f, "{count} {unit} day{}{until}", if count == 1 { "" } else { "s" })
    }
}

impl FromStr for TimeLimit {
    type Err = RecordError;

    fn from_str(text: &str) -> Result<Self, RecordError> {
        let refuse = || {
            RecordError::new(
                "time limit",
                text,
                "a length of zero or more, with `working time` behind it or nothing, or a number of `working days` or `calendar days`",
                "write it such as 24h, 8h working time, 3 working days or 7 calendar days until close",
            )
        };
        let (limit, closing) = match text.strip_suffix(" until close") {
            Some(days) => (days, Closing::CloseOfBusiness),
            None => (text, Closing::Midnight),
        };
        let (number, unit) = limit.split_once(' ').unwrap_or((limit, ""));
        let length = || number.parse().ok().filter(|&length| length >= Duration::ZERO).ok_or_else(refuse);
        let count = || number.parse().map_err(|_| refuse());
        match (unit, closing) {
            ("", Closing::Midnight) => Ok(Self::Elapsed(length()?)),
            ("working time", Closing::Midnight) => Ok(Self::WorkingTime(length()?)),
            ("working day" | "working days", closing) => Ok(Self::WorkingDays { count: count()?, closing }),
            ("calendar day" | "calendar days", closing) => Ok(Self::CalendarDays { count: count()?, closing }),
            _ => Err(refuse()),
        }
    }
}

impl Serialize for TimeLimit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeLimit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
