//! The time a case has taken: opened, paused, closed, reopened.

use chrono::{Days, NaiveDate};

use super::{Answer, CalendarError, Pause, TimeLimit, Trace, WorkingCalendar};
use crate::record::{Duration, Instant, Span};

/// What becomes of the clock when a case is reopened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum AfterReopening {
    /// It goes on from where it stood when the case was closed.
    #[default]
    Resume,
    /// It starts anew.
    Restart,
    /// It never stopped: a case that is reopened was not closed.
    CountThrough,
}

/// The clock of one case: it runs while the case is open and stands while it is paused. Pauses of several reasons may
/// overlap; time is taken off once.
///
/// What lies after the instant it is read at is not known then: a later end, pause or reopening changes nothing.
///
/// ```
/// use parcelgauge::calendar::{AfterReopening, CalendarRules, Pause, PauseReason, Stopwatch, TimeLimit, Week};
/// use parcelgauge::record::{Duration, Zone};
/// let desk = CalendarRules::new(Zone::UTC, Week::monday_to_friday("09:00-17:00".parse()?)).build()?;
/// let asked = Pause::new(PauseReason::AwaitingCustomer, "2026-06-02T16:00:00Z".parse()?);
/// let case = Stopwatch::opened("2026-06-02T15:00:00Z".parse()?)
///     .paused(asked.with_end("2026-06-03T10:00:00Z".parse()?)?)?
///     .closed("2026-06-03T12:00:00Z".parse()?)?;
/// // An hour on Tuesday, two on Wednesday; the pause took an hour of each.
/// let as_of = "2026-06-30T00:00:00Z".parse()?;
/// assert_eq!(case.working_time(&desk, as_of, AfterReopening::Resume)?.value, Duration::from_hours(3));
/// let due = case.deadline(TimeLimit::WorkingTime(Duration::from_hours(4)), &desk, as_of, AfterReopening::Resume)?;
/// assert_eq!(due.value, "2026-06-03T13:00:00Z".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopwatch {
    turns: Vec<Turn>, // one at least, ascending, only the last may be open
    pauses: Vec<Pause>,
}

/// From opening to closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turn {
    from: Instant,
    until: Option<Instant>, // at or after `from`
}

impl Stopwatch {
    /// A case just opened.
    #[must_use]
    pub fn opened(at: Instant) -> Self {
        Self { turns: vec![Turn { from: at, until: None }], pauses: Vec::new() }
    }

    /// Closes the case; a pause that goes on ends with it.
    ///
    /// # Errors
    /// [`CalendarError::OutOfOrder`] where it is closed already, or was opened, reopened or paused later.
    pub fn closed(mut self, at: Instant) -> Result<Self, CalendarError> {
        let wrong = |problem| Err(CalendarError::OutOfOrder { at, problem });
        if self.pauses.iter().any(|pause| pause.until().unwrap_or(pause.from()) > at) {
            return wrong("closed before a pause has ended; expected pauses inside the case");
        }
        match self.turns.last_mut() {
            Some(turn) if turn.until.is_some() => wrong("closed twice; expected a reopening between"),
            Some(turn) if at < turn.from => wrong("closed before it was opened; check both clocks and their zones"),
            Some(turn) => {
                turn.until = Some(at);
                self.pauses.iter_mut().for_each(|pause| pause.end_by(at));
                Ok(self)
            }
            None => Ok(self),
        }
    }

    /// Opens a closed case again.
    ///
    /// # Errors
    /// [`CalendarError::OutOfOrder`] where it is not closed, or was closed later.
    pub fn reopened(mut self, at: Instant) -> Result<Self, CalendarError> {
        let wrong = |problem| Err(CalendarError::OutOfOrder { at, problem });
        match self.turns.last().and_then(|turn| turn.until) {
            None => wrong("reopened while open; expected an end before"),
            Some(closed) if at < closed => wrong("reopened before it was closed; check both clocks and their zones"),
            Some(_) => {
                self.turns.push(Turn { from: at, until: None });
                Ok(self)
            }
        }
    }

    /// Adds a pause, in any order.
    ///
    /// # Errors
    /// [`CalendarError::OutOfOrder`] where it begins before the case was opened, or lasts beyond its end.
    pub fn paused(mut self, mut pause: Pause) -> Result<Self, CalendarError> {
        let wrong = |at, problem| Err(CalendarError::OutOfOrder { at, problem });
        if pause.from() < self.opened_at() {
            return wrong(pause.from(), "a pause before the case was opened; expected pauses inside the case");
        }
        match self.turns.last().and_then(|turn| turn.until) {
            Some(closed) if pause.until().unwrap_or(pause.from()) > closed => {
                wrong(pause.from(), "a pause beyond the end of the case; expected pauses inside the case")
            }
            closed => {
                closed.into_iter().for_each(|closed| pause.end_by(closed));
                self.pauses.push(pause);
                Ok(self)
            }
        }
    }

    /// When the case was first opened.
    #[must_use]
    pub fn opened_at(&self) -> Instant {
        self.turns.first().map_or(Instant::MIN, |turn| turn.from)
    }

    /// Its pauses, as they were added.
    #[must_use]
    pub fn pauses(&self) -> &[Pause] {
        &self.pauses
    }

    /// Time taken by the clock on the wall, pauses apart.
    ///
    /// # Errors
    /// [`CalendarError::EndBeforeStart`] where `as_of` is before the case was opened.
    pub fn elapsed(&self, as_of: Instant, reopening: AfterReopening) -> Result<Duration, CalendarError> {
        let reading = self.read(as_of, reopening)?;
        let length = |from: Instant, to: Instant| to.since(from);
        Ok(reading.running(reading.from, reading.until, length))
    }

    /// Working time taken, pauses apart.
    ///
    /// # Errors
    /// [`CalendarError::EndBeforeStart`] where `as_of` is before the case was opened, and [`CalendarError::Unknown`]
    /// outside the days known.
    pub fn working_time(
        &self,
        calendar: &WorkingCalendar,
        as_of: Instant,
        reopening: AfterReopening,
    ) -> Result<Answer<Duration>, CalendarError> {
        let reading = self.read(as_of, reopening)?;
        let whole = calendar.working_time(reading.from, reading.until)?;
        let length = |from, to| calendar.worked_between(from, to);
        Ok(whole.map(|_| reading.running(reading.from, reading.until, length)))
    }

    /// The last instant in time. A pause that goes on is taken to end at `as_of`, so while it does the deadline moves
    /// on; a case that was closed is taken to be open still, so that its end can be held against it.
    ///
    /// Working days and calendar days count unless the clock stood for the whole of them.
    ///
    /// # Errors
    /// As [`Self::working_time`] and [`TimeLimit::deadline`].
    pub fn deadline(
        &self,
        limit: TimeLimit,
        calendar: &WorkingCalendar,
        as_of: Instant,
        reopening: AfterReopening,
    ) -> Result<Answer<Instant>, CalendarError> {
        let reading = self.read(as_of, reopening)?;
        if reading.stops.is_empty() {
            return limit.deadline(calendar, reading.from);
        }
        match limit {
            TimeLimit::Elapsed(_) => reading.reach(limit, calendar, |from, to| Ok(to.since(from))),
            TimeLimit::WorkingTime(_) => {
                reading.reach(limit, calendar, |from, to| calendar.working_time(from, to).map(|time| time.value))
            }
            TimeLimit::WorkingDays { count, closing } => {
                let day = reading.nth_day(calendar, count, |day| Ok(reading.counts(calendar, day)?.is_working_day))?;
                Ok(calendar.closing_of(day, closing))
            }
            TimeLimit::CalendarDays { count, closing } => {
                let day = reading.nth_day(calendar, count, |day| Ok(reading.counts(calendar, day)?.is_calendar_day))?;
                let worked = calendar.working_day_from(day.value)?;
                Ok(calendar.closing_of(worked, closing))
            }
        }
    }

    /// The count day by day, as it can be checked by hand.
    ///
    /// # Errors
    /// As [`Self::working_time`].
    pub fn trace(
        &self,
        calendar: &WorkingCalendar,
        as_of: Instant,
        reopening: AfterReopening,
    ) -> Result<Answer<Trace>, CalendarError> {
        let reading = self.read(as_of, reopening)?;
        Trace::of(calendar, &reading)
    }

    /// What is known at an instant.
    fn read(&self, as_of: Instant, reopening: AfterReopening) -> Result<Reading, CalendarError> {
        let opened = self.opened_at();
        if as_of < opened {
            return Err(CalendarError::EndBeforeStart { start: opened.to_string(), end: as_of.to_string() });
        }
        let turns: Vec<_> = self.turns.iter().filter(|turn| turn.from <= as_of).collect();
        let last = turns.last().map_or(Turn { from: opened, until: None }, |&&turn| turn);
        let from = if reopening == AfterReopening::Restart { last.from } else { opened };
        let until = last.until.filter(|&until| until <= as_of).unwrap_or(as_of);
        let between = turns.windows(2).filter_map(|pair| Span::new(pair[0].until?, pair[1].from).ok());
        let between = between.filter(|_| reopening == AfterReopening::Resume);
        let pauses = self.pauses.iter().filter(|pause| pause.stops_the_clock());
        let paused = pauses.filter_map(|pause| Span::new(pause.from(), pause.until().unwrap_or(until).min(until)).ok());
        Ok(Reading { from, until, stops: joined(paused.chain(between).filter_map(|span| cut(span, from, until))) })
    }
}

/// The part of a span within two instants; none where there is none.
fn cut(span: Span, from: Instant, to: Instant) -> Option<Span> {
    Span::new(span.start().max(from), span.end().min(to)).ok().filter(|span| span.start() < span.end())
}

/// Spans in order, those that meet made one.
fn joined(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<_> = spans.collect();
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::new();
    for span in spans {
        match apart.last_mut() {
            Some(last) if span.start() <= last.end() => {
                *last = Span::new(last.start(), last.end().max(span.end())).unwrap_or(*last);
            }
            _ => apart.push(span),
        }
    }
    apart
}

/// A stopwatch as it is read at an instant.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) from: Instant,
    pub(super) until: Instant,   // from <= until
    pub(super) stops: Vec<Span>, // ascending, apart, within
}

/// What a day counts as.
pub(super) struct DayCount {
    pub(super) is_calendar_day: bool,
    pub(super) is_working_day: bool,
}

impl Reading {
    /// Without a stop.
    pub(super) fn running_through(from: Instant, until: Instant) -> Self {
        Self { from, until, stops: Vec::new() }
    }

    /// The length of a stretch, stops taken off.
    pub(super) fn running(
        &self,
        from: Instant,
        to: Instant,
        length: impl Fn(Instant, Instant) -> Duration,
    ) -> Duration {
        Duration::from_millis(length(from, to).as_millis() - self.stopped(from, to, length).as_millis())
    }

    /// The length of the stops within a stretch.
    pub(super) fn stopped(
        &self,
        from: Instant,
        to: Instant,
        length: impl Fn(Instant, Instant) -> Duration,
    ) -> Duration {
        let within = self.stops.iter().filter_map(|&stop| cut(stop, from, to));
        Duration::from_millis(within.map(|stop| length(stop.start(), stop.end()).as_millis()).sum())
    }

    /// Where a length is used up, from stop to stop.
    fn reach(
        &self,
        limit: TimeLimit,
        calendar: &WorkingCalendar,
        length: impl Fn(Instant, Instant) -> Result<Duration, CalendarError>,
    ) -> Result<Answer<Instant>, CalendarError> {
        let (mut left, remaining): (Duration, fn(Duration) -> TimeLimit) = match limit {
            TimeLimit::Elapsed(left) => (left, TimeLimit::Elapsed),
            TimeLimit::WorkingTime(left) => (left, TimeLimit::WorkingTime),
            days => return days.deadline(calendar, self.from),
        };
        let mut at = self.from;
        for stop in &self.stops {
            let run = length(at, stop.start())?;
            if run >= left {
                break;
            }
            left = Duration::from_millis(left.as_millis() - run.as_millis());
            at = stop.end();
        }
        remaining(left).deadline(calendar, at)
    }

    /// The n-th day that counts, after the day of the start.
    fn nth_day(
        &self,
        calendar: &WorkingCalendar,
        count: u32,
        counts: impl Fn(NaiveDate) -> Result<bool, CalendarError>,
    ) -> Result<Answer<NaiveDate>, CalendarError> {
        let mut day = calendar.zone().date_of(self.from);
        let mut left = count;
        while left > 0 {
            day = day.checked_add_days(Days::new(1)).ok_or_else(|| calendar.unknown(day))?;
            left -= u32::from(counts(day)?);
        }
        calendar.day_kind(day).map(|kind| kind.map(|_| day))
    }

    /// Whether a day counts: unless the clock stood for the whole of it.
    pub(super) fn counts(&self, calendar: &WorkingCalendar, day: NaiveDate) -> Result<DayCount, CalendarError> {
        let is_worked = calendar.is_working_day(day)?.value;
        let (start, end) = (calendar.zone().start_of(day), calendar.zone().end_of(day));
        let elapsed = self.running(start, end, |from, to| to.since(from));
        let worked = self.running(start, end, |from, to| calendar.worked_between(from, to));
        Ok(DayCount { is_calendar_day: elapsed > Duration::ZERO, is_working_day: is_worked && worked > Duration::ZERO })
    }
}
