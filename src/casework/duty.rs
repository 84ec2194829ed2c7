//! Deadlines as data.

use super::{Life, LifeCycle};
use crate::calendar::{
    AfterReopening, Answer, CalendarError, LimitHistory, Stopwatch, TimeLimit, UnderWay, WorkingCalendar,
};
use crate::record::{Actor, Duration, Instant};

/// What is owed in a life: from which step on, met by which, within what time. The ready ones have their policies at
/// their defaults; whoever agreed otherwise changes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty<S: LifeCycle> {
    pub(super) name: &'static str,
    pub(super) source: &'static str,
    pub(super) owed_by: Actor,
    pub(super) begins_with: S::Action,
    pub(super) met_by: &'static [S::Action],
    pub(super) undone_by: Option<S::Action>,
    pub(super) limit: LimitHistory,
    pub(super) reopening: AfterReopening,
    pub(super) under_way: UnderWay,
}

/// How a life stands to a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// Done in time: at or before the deadline.
    Met {
        /// When.
        at: Instant,
        /// By when it had to be.
        due: Answer<Instant>,
    },
    /// Done too late.
    MetLate {
        /// When.
        at: Instant,
        /// By when it had to be.
        due: Answer<Instant>,
        /// Working time from the deadline.
        by: Answer<Duration>,
    },
    /// Not done, and in time yet.
    Pending {
        /// By when it has to be.
        due: Answer<Instant>,
        /// Working time to the deadline.
        left: Answer<Duration>,
    },
    /// Not done, and too late.
    Overdue {
        /// By when it had to be.
        due: Answer<Instant>,
        /// Working time from the deadline.
        by: Answer<Duration>,
    },
    /// Not done, and nobody waits for it any more: the life has ended.
    Lapsed,
}

impl<S: LifeCycle> Duty<S> {
    /// The name in watch lists: `first_response`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Where its default limit comes from.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Who owes it.
    #[must_use]
    pub fn owed_by(&self) -> Actor {
        self.owed_by
    }

    /// The limit with its changes.
    #[must_use]
    pub fn limit(&self) -> &LimitHistory {
        &self.limit
    }

    /// Another limit that never changed.
    #[must_use]
    pub fn with_limit(self, limit: TimeLimit) -> Self {
        self.with_limits(LimitHistory::new(limit), UnderWay::default())
    }

    /// Limits that change, and what that means for what is under way.
    #[must_use]
    pub fn with_limits(mut self, limits: LimitHistory, under_way: UnderWay) -> Self {
        (self.limit, self.under_way) = (limits, under_way);
        self
    }

    /// What becomes of the clock at a reopening.
    #[must_use]
    pub fn with_reopening(mut self, reopening: AfterReopening) -> Self {
        self.reopening = reopening;
        self
    }

    /// How a life stands to it; none where it has not begun. A duty that begins anew is judged from its last beginning.
    ///
    /// # Errors
    /// [`CalendarError::Unknown`] where a deadline leads outside the days known.
    pub fn standing(
        &self,
        life: &Life<S>,
        calendar: &WorkingCalendar,
        as_of: Instant,
    ) -> Result<Option<Standing>, CalendarError> {
        let steps = life.steps(as_of);
        let Some(begun) = steps.iter().rposition(|step| step.action == self.begins_with) else {
            return Ok(None);
        };
        let met_at = self.met_at(life, begun, as_of);
        // What is done is held against the deadline as it was known then: a pause begun later moves nothing.
        let due = self.due(&life.stopwatch_from(begun)?, calendar, met_at.unwrap_or(as_of))?;
        Ok(Some(match met_at {
            Some(at) if at <= due.value => Standing::Met { at, due },
            Some(at) => Standing::MetLate { at, due, by: calendar.working_time(due.value, at)? },
            None if life.state(as_of).is_some_and(LifeCycle::is_end) => Standing::Lapsed,
            None if as_of <= due.value => Standing::Pending { due, left: calendar.working_time(as_of, due.value)? },
            None => Standing::Overdue { due, by: calendar.working_time(due.value, as_of)? },
        }))
    }

    fn due(
        &self,
        watch: &Stopwatch,
        calendar: &WorkingCalendar,
        as_of: Instant,
    ) -> Result<Answer<Instant>, CalendarError> {
        self.limit.deadline(watch, calendar, as_of, self.reopening, self.under_way)
    }

    /// When it was met: the first time, or where it can be undone the first time after it was last undone.
    fn met_at(&self, life: &Life<S>, begun: usize, as_of: Instant) -> Option<Instant> {
        let since = &life.steps(as_of)[begun..];
        let undone = since.iter().rposition(|step| Some(step.action) == self.undone_by).map_or(0, |last| last + 1);
        since[undone..].iter().find(|step| self.met_by.contains(&step.action)).map(|step| step.at)
    }
}
