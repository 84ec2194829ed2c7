//! Working time between instants, and the way back.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::hours::MINUTES_A_DAY;
use super::rules::Day;
use super::{Answer, CalendarError, CalendarRules, Certainty, DayKind};
use crate::record::{Duration, Instant, Span, Text, Zone};

/// A clock that runs during opening hours only.
///
/// Made of [`CalendarRules`]; laid out once, it answers from prefix sums in O(log n). Openings are half-open: the
/// instant of closing is closed. Instants are UTC, so the zone they were written in changes nothing.
///
/// By the clock of the zone: an opening or closing that the clocks jump over is at the first instant after the jump;
/// one that occurs twice is the earlier. A night shift belongs to the day it starts on, and is worked to its end though
/// the next day be a holiday.
///
/// ```
/// use parcelgauge::calendar::{CalendarRules, Holidays, Week};
/// use parcelgauge::record::{Duration, Zone};
/// let week = Week::monday_to_friday("09:00-12:00, 13:00-18:00".parse()?);
/// let desk = CalendarRules::new(Zone::SHANGHAI, week).with_holidays(Holidays::china().clone()).build()?;
/// // The eve of National Day, 16:00: two hours are left that day, and the next working day is the 8th.
/// let asked = "2026-09-30T16:00:00+08:00".parse()?;
/// let due = desk.add_working_time(asked, Duration::from_hours(4))?.value;
/// assert_eq!(due, "2026-10-08T11:00:00+08:00".parse()?);
/// assert_eq!(desk.working_time(asked, due)?.value, Duration::from_hours(4));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "工作日历")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingCalendar {
    pub(super) zone: Zone,
    pub(super) first: NaiveDate,
    pub(super) known_until: NaiveDate, // first <= known_until <= last
    pub(super) last: NaiveDate,
    pub(super) days: Vec<LaidDay>, // one a day, and one more for the sums at the end
    pub(super) names: BTreeMap<NaiveDate, Text>,
    pub(super) working_days: Vec<u32>, // their places in `days`, ascending
    starts: Vec<i64>,                  // of the openings, ascending, milliseconds since 1970
    openings: Vec<Opening>,            // as many
    begins: Instant,
    known_end: Instant,
    ends: Instant,
}

/// One day laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LaidDay {
    pub(super) kind: DayKind,
    pub(super) openings_before: u32,
    pub(super) working_days_before: u32,
}

/// From a start in `starts` to `end`, without time in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Opening {
    end: i64,    // after its start, at or before the next start
    before: i64, // working time before its start
}

impl WorkingCalendar {
    pub(super) fn lay_out(
        rules: &CalendarRules,
        first: NaiveDate,
        known_until: NaiveDate,
        last: NaiveDate,
    ) -> Result<Self, CalendarError> {
        let zone = rules.zone();
        let mut laid = Self {
            zone,
            first,
            known_until,
            last,
            days: Vec::new(),
            names: BTreeMap::new(),
            working_days: Vec::new(),
            starts: Vec::new(),
            openings: Vec::new(),
            begins: zone.start_of(first),
            known_end: zone.end_of(known_until),
            ends: zone.end_of(last),
        };
        for date in first.iter_days().take_while(|&date| date <= last) {
            let Day { kind, name, hours } = rules.day(date);
            if let Some(name) = name {
                laid.names.insert(date, name.into());
            }
            laid.close_sums(kind);
            let opened_before = laid.starts.len();
            for span in hours.spans() {
                laid.open(date, clock_at(zone, date, span.start), clock_at(zone, date, span.end))?;
            }
            if laid.starts.len() > opened_before {
                laid.working_days.push(laid.days.len() as u32 - 1);
            }
        }
        laid.close_sums(DayKind::Rest);
        Ok(laid)
    }

    /// Begins a day with what was counted before it.
    fn close_sums(&mut self, kind: DayKind) {
        self.days.push(LaidDay {
            kind,
            openings_before: self.starts.len() as u32,
            working_days_before: self.working_days.len() as u32,
        });
    }

    /// Adds an opening after all others; one that the clocks jump over is none.
    fn open(&mut self, date: NaiveDate, start: Instant, end: Instant) -> Result<(), CalendarError> {
        let last = self.openings.last().map_or(i64::MIN, |opening| opening.end);
        if start.as_millis() < last {
            return Err(CalendarError::NightsOverlap { date });
        }
        if start < end {
            self.openings.push(Opening { end: end.as_millis(), before: self.total() });
            self.starts.push(start.as_millis());
        }
        Ok(())
    }

    fn total(&self) -> i64 {
        let last = self.starts.last().zip(self.openings.last());
        last.map_or(0, |(&start, opening)| opening.before + opening.end - start)
    }

    /// Working time from the first opening to an instant.
    fn worked_before(&self, millis: i64) -> i64 {
        let begun = self.starts.partition_point(|&start| start <= millis);
        match begun.checked_sub(1) {
            None => 0,
            Some(place) => {
                let opening = self.openings[place];
                opening.before + millis.min(opening.end) - self.starts[place]
            }
        }
    }

    /// The zone whose clock the hours are of.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// The first day known.
    #[must_use]
    pub fn known_from(&self) -> NaiveDate {
        self.first
    }

    /// The last day known; beyond it an answer is provisional where the rules allow it, else an error.
    #[must_use]
    pub fn known_until(&self) -> NaiveDate {
        self.known_until
    }

    /// Working time between two instants.
    ///
    /// # Errors
    /// [`CalendarError::EndBeforeStart`], and [`CalendarError::Unknown`] outside the days known.
    pub fn working_time(&self, from: Instant, to: Instant) -> Result<Answer<Duration>, CalendarError> {
        if to < from {
            return Err(CalendarError::EndBeforeStart { start: from.to_string(), end: to.to_string() });
        }
        self.check(from)?;
        self.check(to)?;
        Ok(self.sure_until(to, self.worked_between(from, to)))
    }

    /// Working time between two instants known to lie inside, in order.
    pub(super) fn worked_between(&self, from: Instant, to: Instant) -> Duration {
        Duration::from_millis(self.worked_before(to.as_millis()) - self.worked_before(from.as_millis()))
    }

    /// The earliest instant by which so much working time has passed: the end of a day rather than the start of the
    /// next. No time at all leads to `from` itself.
    ///
    /// # Errors
    /// [`CalendarError::NegativeLength`], and [`CalendarError::Unknown`] where it leads outside the days known.
    pub fn add_working_time(&self, from: Instant, length: Duration) -> Result<Answer<Instant>, CalendarError> {
        self.check(from)?;
        match length.as_millis() {
            ..0 => return Err(CalendarError::NegativeLength { length }),
            0 => return Ok(self.sure_until(from, from)),
            _ => {}
        }
        let wanted = self.worked_before(from.as_millis()).saturating_add(length.as_millis());
        if wanted > self.total() {
            return Err(self.unknown(format!("{length} of working time from {from}")));
        }
        // The opening in which the sum is reached is the last that begins with less.
        let place = self.openings.partition_point(|opening| opening.before < wanted).saturating_sub(1);
        let due = Instant::clamped(self.starts[place] + wanted - self.openings[place].before);
        Ok(self.sure_until(due, due))
    }

    /// The instant itself where open, else when it opens next.
    ///
    /// # Errors
    /// [`CalendarError::Unknown`] where that is outside the days known.
    pub fn next_opening(&self, at: Instant) -> Result<Answer<Instant>, CalendarError> {
        if self.is_open(at)?.value {
            return Ok(self.sure_until(at, at));
        }
        let next = self.starts.partition_point(|&start| start <= at.as_millis());
        let start = self.starts.get(next).map(|&start| Instant::clamped(start));
        start.map(|start| self.sure_until(start, start)).ok_or_else(|| self.unknown(format!("an opening after {at}")))
    }

    /// Whether it is open.
    ///
    /// # Errors
    /// [`CalendarError::Unknown`] outside the days known.
    pub fn is_open(&self, at: Instant) -> Result<Answer<bool>, CalendarError> {
        self.check(at)?;
        let begun = self.starts.partition_point(|&start| start <= at.as_millis());
        let is_open = begun.checked_sub(1).is_some_and(|place| at.as_millis() < self.openings[place].end);
        Ok(self.sure_until(at, is_open))
    }

    /// The openings that touch a span, cut to it.
    pub(super) fn openings_within(&self, from: Instant, to: Instant) -> impl Iterator<Item = Span> {
        let begun = self.starts.partition_point(|&start| start <= from.as_millis()).saturating_sub(1);
        let openings = self.starts[begun..].iter().zip(&self.openings[begun..]);
        let cut = openings.take_while(move |&(&start, _)| start < to.as_millis());
        cut.filter_map(move |(&start, opening)| {
            let (start, end) = (Instant::clamped(start).max(from), Instant::clamped(opening.end).min(to));
            Span::new(start, end).ok().filter(|span| span.start() < span.end())
        })
    }

    /// When the last opening that starts on a day ends; none where none does.
    pub(super) fn close_of(&self, place: usize) -> Option<Instant> {
        let [day, next] = self.days.get(place..place + 2)? else { return None };
        let last = next.openings_before.checked_sub(1).filter(|&last| last >= day.openings_before)?;
        self.openings.get(last as usize).map(|opening| Instant::clamped(opening.end))
    }

    pub(super) fn check(&self, at: Instant) -> Result<(), CalendarError> {
        if (self.begins..=self.ends).contains(&at) { Ok(()) } else { Err(self.unknown(at)) }
    }

    pub(super) fn unknown(&self, asked: impl ToString) -> CalendarError {
        CalendarError::Unknown { asked: asked.to_string(), known_from: self.first, known_until: self.last }
    }

    /// An answer into which the days up to an instant went.
    pub(super) fn sure_until<T>(&self, to: Instant, value: T) -> Answer<T> {
        Answer { value, certainty: if to <= self.known_end { Certainty::Known } else { Certainty::Provisional } }
    }
}

/// The instant of a clock reading, in minutes from the midnight a day begins with.
fn clock_at(zone: Zone, date: NaiveDate, minutes: u16) -> Instant {
    match minutes {
        0 => return zone.start_of(date),
        MINUTES_A_DAY => return zone.end_of(date),
        _ => {}
    }
    // Of a reading that the clocks jump over, the first that exists; no jump is longer than a day.
    let readings = (0..=MINUTES_A_DAY).map(|later| TimeDelta::minutes(i64::from(minutes + later)));
    let midnight = date.and_time(chrono::NaiveTime::MIN);
    let mut instants = readings.filter_map(|after| zone.instant_of(midnight.checked_add_signed(after)?));
    instants.next().unwrap_or(Instant::MAX)
}
