//! Instants, durations and half-open spans. Everything is whole milliseconds; no clock is read.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::RecordError;

const MILLIS_A_HOUR: i64 = 3_600_000;
const MILLIS_A_DAY: i64 = 24 * MILLIS_A_HOUR;

/// An instant of UTC, in whole milliseconds, from the year 1 to the end of 9999.
///
/// Finer parts are cut off towards the past when a `DateTime` is taken in. Serialised as RFC 3339 text with `Z`.
///
/// ```
/// use parcelgauge::record::Instant;
/// let instant: Instant = "2026-10-01T08:00:00+08:00".parse()?;
/// assert_eq!(instant.to_string(), "2026-10-01T00:00:00Z");
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(i64); // MIN..=MAX, milliseconds since 1970-01-01T00:00:00Z

impl Instant {
    /// 0001-01-01T00:00:00Z.
    pub const MIN: Self = Self(-62_135_596_800_000);
    /// 9999-12-31T23:59:59.999Z.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// Takes milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// [`RecordError`] outside the years 1 to 9999.
    pub fn from_millis(millis: i64) -> Result<Self, RecordError> {
        if (Self::MIN.0..=Self::MAX.0).contains(&millis) { Ok(Self(millis)) } else { Err(Self::refuse(millis)) }
    }

    fn refuse(value: impl ToString) -> RecordError {
        RecordError::new(
            "instant",
            value,
            "an instant of the years 1 to 9999, written as RFC 3339 with its offset",
            "write it such as 2026-10-01T08:00:00+08:00",
        )
    }

    /// The nearest instant to so many milliseconds since 1970-01-01T00:00:00Z.
    pub(crate) fn clamped(millis: i64) -> Self {
        Self(millis.clamp(Self::MIN.0, Self::MAX.0))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// The same instant for `chrono`.
    #[must_use]
    pub fn to_datetime(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// Time from `earlier` to here; negative when `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration(self.0 - earlier.0)
    }

    /// This instant moved by a duration, held within [`Instant::MIN`] and [`Instant::MAX`].
    #[must_use]
    pub fn saturating_add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration.0).clamp(Self::MIN.0, Self::MAX.0))
    }

    /// This instant moved back by a duration, held within [`Instant::MIN`] and [`Instant::MAX`].
    #[must_use]
    pub fn saturating_sub(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(duration.0).clamp(Self::MIN.0, Self::MAX.0))
    }
}

impl TryFrom<DateTime<Utc>> for Instant {
    type Error = RecordError;
    fn try_from(value: DateTime<Utc>) -> Result<Self, RecordError> {
        Self::from_millis(value.timestamp_millis())
    }
}

impl FromStr for Instant {
    type Err = RecordError;
    fn from_str(text: &str) -> Result<Self, RecordError> {
        let parsed = DateTime::parse_from_rfc3339(text).map_err(|_| Self::refuse(text))?;
        Self::from_millis(parsed.timestamp_millis()).map_err(|_| Self::refuse(text))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.to_datetime();
        if at.nanosecond() == 0 {
            write!(f, "{}", at.format("%Y-%m-%dT%H:%M:%SZ"))
        } else {
            write!(f, "{}", at.format("%Y-%m-%dT%H:%M:%S%.3fZ"))
        }
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A length of elapsed time in whole milliseconds; may be negative.
///
/// Written as a whole number and one unit: `45d`, `24h`, `90m`, `5s`, `1ms`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Duration(i64);

impl Duration {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// Whole milliseconds.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }
    /// Whole minutes.
    #[must_use]
    pub const fn from_minutes(minutes: i32) -> Self {
        Self(minutes as i64 * 60_000)
    }
    /// Whole hours.
    #[must_use]
    pub const fn from_hours(hours: i32) -> Self {
        Self(hours as i64 * MILLIS_A_HOUR)
    }
    /// Days of 24 hours.
    #[must_use]
    pub const fn from_days(days: i32) -> Self {
        Self(days as i64 * MILLIS_A_DAY)
    }
    /// Milliseconds.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }
}

impl FromStr for Duration {
    type Err = RecordError;
    fn from_str(text: &str) -> Result<Self, RecordError> {
        let refuse = || {
            RecordError::new(
                "duration",
                text,
                "a whole number with d, h, m, s or ms behind it, within ±100,000 days",
                "write it such as 24h",
            )
        };
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let scale = match &text[digits.len()..] {
            "d" => MILLIS_A_DAY,
            "h" => MILLIS_A_HOUR,
            "m" => 60_000,
            "s" => 1_000,
            "ms" => 1,
            _ => return Err(refuse()),
        };
        let count: i64 = digits.parse().map_err(|_| refuse())?;
        let millis = count.checked_mul(scale).ok_or_else(refuse)?;
        if millis.unsigned_abs() > 100_000 * MILLIS_A_DAY as u64 {
            return Err(refuse());
        }
        Ok(Self(millis))
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self.0 {
            0 => (0, "h"),
            n if n % MILLIS_A_DAY == 0 && n / MILLIS_A_DAY > 1 => (n / MILLIS_A_DAY, "d"),
            n if n % MILLIS_A_HOUR == 0 => (n / MILLIS_A_HOUR, "h"),
            n if n % 60_000 == 0 => (n / 60_000, "m"),
            n if n % 1_000 == 0 => (n / 1_000, "s"),
            n => (n, "ms"),
        };
        write!(f, "{count}{unit}")
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A half-open span of time: it holds its start, not its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Span {
    start: Instant, // start <= end
    end: Instant,
}

impl Span {
    /// From `start` up to, not including, `end`.
    ///
    /// # Errors
    /// [`RecordError`] where `end` is before `start`.
    pub fn new(start: Instant, end: Instant) -> Result<Self, RecordError> {
        if end < start {
            return Err(RecordError::new(
                "span",
                format!("{start} .. {end}"),
                "an end at or after the start",
                "swap them, or leave the span out",
            ));
        }
        Ok(Self { start, end })
    }
    /// The first instant inside.
    #[must_use]
    pub fn start(self) -> Instant {
        self.start
    }
    /// The first instant after.
    #[must_use]
    pub fn end(self) -> Instant {
        self.end
    }
    /// Whether an instant lies inside.
    #[must_use]
    pub fn contains(self, instant: Instant) -> bool {
        self.start <= instant && instant < self.end
    }
    /// Its length.
    #[must_use]
    pub fn duration(self) -> Duration {
        self.end.since(self.start)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Ends {
            start: Instant,
            end: Instant,
        }
        let ends = Ends::deserialize(deserializer)?;
        Self::new(ends.start, ends.end).map_err(serde::de::Error::custom)
    }
}
