//! Reporting zones: which day an instant falls on, and when a day starts.

use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use chrono::{Datelike, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::dates::{EPOCH_FROM_CE, date_from_ce};
use super::{Instant, RecordError};

const MILLIS_A_DAY: i64 = 86_400_000;

/// The zone that turns instants into days: an IANA name, never an offset, so that daylight saving is kept.
///
/// ```
/// use parcelgauge::record::Zone;
/// let zone: Zone = "America/Sao_Paulo".parse()?;
/// // Midnight of 15 October 2017 did not exist there: the day began at one o'clock.
/// let day = chrono::NaiveDate::from_ymd_opt(2017, 10, 15).unwrap();
/// assert_eq!(zone.start_of(day).to_string(), "2017-10-15T03:00:00Z");
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(Tz::UTC);
    /// The default of this crate: China has one zone and no daylight saving since 1992.
    pub const SHANGHAI: Self = Self(Tz::Asia__Shanghai);

    /// The IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The local day an instant falls on.
    #[must_use]
    pub fn date_of(self, instant: Instant) -> NaiveDate {
        let offset = Offsets::of(self.0).from(instant.as_millis()).first().map(|run| run.offset);
        let local =
            offset.map(|offset| (instant.as_millis() + offset).div_euclid(MILLIS_A_DAY) + i64::from(EPOCH_FROM_CE));
        let date = local.and_then(|day| date_from_ce(day as i32));
        date.unwrap_or_else(|| self.local(instant).date())
    }

    /// The local clock reading at an instant.
    #[must_use]
    pub fn local(self, instant: Instant) -> NaiveDateTime {
        let utc = instant.to_datetime().naive_utc();
        if self.0 == Tz::UTC { utc } else { self.0.from_utc_datetime(&utc).naive_local() }
    }

    /// The first instant of a local day, held within the range of [`Instant`].
    #[must_use]
    pub fn start_of(self, date: NaiveDate) -> Instant {
        // No zone is two days off UTC: more than that beyond 0001-01-01 (day 1) and 9999-12-31 (day 3,652,059) the answer
        // is the end of the range, and no clock reading can overflow on the way to it.
        let day = date.num_days_from_ce();
        if !(-1..=3_652_061).contains(&day) {
            return if day < 0 { Instant::MIN } else { Instant::MAX };
        }
        if let Some(start) = Offsets::of(self.0).start_of(i64::from(day)) {
            return start;
        }
        let mut local = date.and_time(NaiveTime::MIN);
        // Where the clock jumps over midnight the day starts at the first reading that exists (gaps end on a minute).
        loop {
            match self.0.from_local_datetime(&local) {
                MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => {
                    return Instant::clamped(at.timestamp_millis());
                }
                MappedLocalTime::None => local += TimeDelta::minutes(1),
            }
        }
    }

    /// The first instant after a local day.
    #[must_use]
    pub fn end_of(self, date: NaiveDate) -> Instant {
        date.succ_opt().map_or(Instant::MAX, |next| self.start_of(next))
    }

    /// The instant of a local clock reading: the earlier one where the reading occurs twice, none where it never occurs
    /// (or lies outside the range of [`Instant`]).
    #[must_use]
    pub fn instant_of(self, local: NaiveDateTime) -> Option<Instant> {
        let at = match self.0.from_local_datetime(&local) {
            MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => at,
            MappedLocalTime::None => return None,
        };
        Instant::from_millis(at.timestamp_millis()).ok()
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::SHANGHAI
    }
}

impl FromStr for Zone {
    type Err = RecordError;
    fn from_str(name: &str) -> Result<Self, RecordError> {
        name.parse::<Tz>().map(Self).map_err(|_| {
            RecordError::new("zone", name, "a name of the IANA time zone database", "write it such as Asia/Shanghai")
        })
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Zone {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.name().cmp(other.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A stretch of time through which a zone keeps one distance from UTC.
#[derive(Debug, Clone, Copy)]
struct Run {
    from: i64,   // milliseconds since 1970
    until: i64,  // from < until
    offset: i64, // milliseconds east of UTC
}

/// The distances of a zone from UTC from 1970 to 2099, found once: every fact asks for its day, and the database takes
/// three times as long. Outside these years the database is asked.
#[derive(Debug)]
struct Offsets {
    runs: Vec<Run>,    // ascending, without gap, the first from 1970
    first: Vec<usize>, // first[n] is the run that the n-th stretch of 2^STRETCH milliseconds begins in
}

/// 199 days: a stretch holds one change of clocks, rarely two.
const STRETCH: u32 = 34;

impl Offsets {
    const DAYS: i64 = 47_481; // to the end of 2099

    fn of(zone: Tz) -> &'static Self {
        static FOUND: [OnceLock<Offsets>; TZ_VARIANTS.len()] = [const { OnceLock::new() }; TZ_VARIANTS.len()];
        FOUND[zone as usize].get_or_init(|| Self::find(zone))
    }

    /// Looks at every half day, and between two that differ for the millisecond of the change: no zone has changed its
    /// clocks twice within twelve hours.
    fn find(zone: Tz) -> Self {
        let offset_at = |millis: i64| {
            let utc = Instant::clamped(millis).to_datetime().naive_utc();
            i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * 1_000
        };
        let mut runs = vec![Run { from: 0, until: 0, offset: offset_at(0) }];
        for step in 1..=2 * Self::DAYS {
            let (mut same, mut other) = ((step - 1) * MILLIS_A_DAY / 2, step * MILLIS_A_DAY / 2);
            let (before, after) = (runs[runs.len() - 1].offset, offset_at(other));
            if before != after {
                while other - same > 1 {
                    let middle = same + (other - same) / 2;
                    if offset_at(middle) == before { same = middle } else { other = middle }
                }
                runs.push(Run { from: other, until: other, offset: after });
            }
            let last = runs.len() - 1;
            runs[last].until = step * MILLIS_A_DAY / 2;
            if last > 0 {
                runs[last - 1].until = runs[last].from;
            }
        }
        let stretches = 0..=(2 * Self::DAYS * MILLIS_A_DAY / 2) >> STRETCH;
        let first = stretches.map(|number| runs.partition_point(|run| run.until <= number << STRETCH)).collect();
        Self { runs, first }
    }

    /// The run an instant lies in, and those after it.
    fn from(&self, millis: i64) -> &[Run] {
        let stretch = usize::try_from(millis >> STRETCH).ok();
        let mut runs = stretch.and_then(|number| self.first.get(number)).map_or(&[][..], |&first| &self.runs[first..]);
        while let [run, rest @ ..] = runs
            && run.until <= millis
        {
            runs = rest;
        }
        runs
    }

    /// The start of a day, by its number from 0001-01-01: the first instant that the local clock shows that day or, where
    /// it jumps over it, a later one.
    fn start_of(&self, day: i64) -> Option<Instant> {
        let local = (day - i64::from(EPOCH_FROM_CE)) * MILLIS_A_DAY;
        let mut starts =
            self.from(local - 2 * MILLIS_A_DAY).iter().map(|run| (run.from.max(local - run.offset), run.until));
        starts.find(|&(start, until)| start < until).map(|(start, _)| Instant::clamped(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offsets_found_say_what_the_database_says() {
        let asked = |zone: Tz, instant: Instant| {
            zone.from_utc_datetime(&instant.to_datetime().naive_utc()).naive_local().date()
        };
        for (place, zone) in TZ_VARIANTS.into_iter().enumerate() {
            assert_eq!(zone as usize, place, "{zone}");
            // Every change of clocks, and a day now and then, other ones for each zone.
            let edges =
                Offsets::of(zone).runs.iter().flat_map(|run| [run.from - 1, run.from, run.from + 1, run.until - 1]);
            let steps = (0..2_000).map(|step| step * 3 * MILLIS_A_DAY * 8 + place as i64 * 3_571_113);
            for millis in edges.chain(steps).chain([-1, -MILLIS_A_DAY, i64::MIN / 2, i64::MAX / 2]) {
                let instant = Instant::clamped(millis);
                let date = asked(zone, instant);
                assert_eq!(Zone(zone).date_of(instant), date, "{zone} at {instant}");
                let start = Zone(zone).start_of(date);
                assert!(start == Instant::MIN || asked(zone, start) == date, "{zone}: {date} starts at {start}");
                let before = Instant::clamped(start.as_millis() - 1);
                assert!(start == Instant::MIN || asked(zone, before) < date, "{zone}: {date} starts before {start}");
            }
        }
    }
}
