//! The clock of a case: from its opening to an answer or a resolution, by the policies on time.

use crate::calendar::{
    AfterReopening, Answer, CalendarError, CalendarName, Certainty, Stopwatch, TimeLimit, WorkingCalendar,
};
use crate::casework::{CaseState, Life, LifeCycle};
use crate::fact::Context;
use crate::outcome::Term;
use crate::record::{CaseAction, Complaint, Duration, Instant};

use super::working::answered;
use super::{Clock, Pauses, Policies, Resolution};

/// A case as its figures read it.
pub(super) struct CaseClock<'c> {
    case: &'c Complaint,
    /// What its steps tell; none for a case without steps.
    pub(super) life: Option<Life<CaseState>>,
}

impl<'c> CaseClock<'c> {
    /// Reads the steps of a case.
    ///
    /// # Errors
    /// [`Term::ILLEGAL_HISTORY`] where they cannot be.
    pub(super) fn of(case: &'c Complaint) -> Result<Self, Term> {
        let life = Life::of_case(case).transpose().map_err(|_| Term::ILLEGAL_HISTORY)?;
        Ok(Self { case, life })
    }

    /// What the steps of a case tell, for a figure that cannot do without.
    ///
    /// # Errors
    /// [`Term::NO_STEPS`] and [`Term::ILLEGAL_HISTORY`].
    pub(super) fn life_of(case: &Complaint) -> Result<Life<CaseState>, Term> {
        CaseClock::of(case)?.life.ok_or(Term::NO_STEPS)
    }

    /// When it was resolved, by the policy.
    pub(super) fn resolved_at(&self, policies: &Policies, as_of: Instant) -> Option<Instant> {
        match (policies.resolution, &self.life) {
            (Resolution::First, Some(life)) => life.first(CaseAction::Resolve, as_of),
            _ => self.case.resolved_at,
        }
    }

    /// Whether the customer gave it up.
    pub(super) fn is_withdrawn(&self, as_of: Instant) -> bool {
        self.life.as_ref().is_some_and(|life| life.is_withdrawn(as_of))
    }

    /// Whether its clock stands, so that no deadline comes nearer.
    pub(super) fn is_paused(&self, policies: &Policies, as_of: Instant) -> bool {
        let state = self.life.as_ref().and_then(|life| life.state(as_of));
        policies.pauses == Pauses::Apart && state.is_some_and(LifeCycle::awaits_customer)
    }

    fn stopwatch(&self, policies: &Policies) -> Result<Stopwatch, CalendarError> {
        match (&self.life, policies.pauses) {
            (Some(life), Pauses::Apart) => life.stopwatch(),
            _ => Ok(Stopwatch::opened(self.case.opened_at)),
        }
    }

    /// The last instant in time, as known at an instant.
    ///
    /// # Errors
    /// [`Term::NO_CALENDAR`] and [`Term::OUTSIDE_CALENDAR`].
    pub(super) fn due(
        &self,
        limit: Duration,
        policies: &Policies,
        known_at: Instant,
        at: &Context,
    ) -> Result<Answer<Instant>, Term> {
        let calendar = calendar_of(policies, at)?;
        let limit = match policies.clock {
            Clock::Elapsed => TimeLimit::Elapsed(limit),
            Clock::Working => TimeLimit::WorkingTime(limit),
        };
        let due = |watch: Stopwatch| {
            // A case may be told of before it is opened.
            let known_at = known_at.max(watch.opened_at());
            watch.deadline(limit, calendar, known_at, AfterReopening::Resume)
        };
        answered(self.stopwatch(policies).and_then(due))
    }

    /// The time taken up to an instant.
    ///
    /// # Errors
    /// [`Term::NO_CALENDAR`] and [`Term::OUTSIDE_CALENDAR`].
    pub(super) fn taken(&self, policies: &Policies, until: Instant, at: &Context) -> Result<Answer<Duration>, Term> {
        let calendar = calendar_of(policies, at)?;
        let taken = |watch: Stopwatch| match policies.clock {
            Clock::Elapsed => {
                let value = watch.elapsed(until, AfterReopening::Resume)?;
                Ok(Answer { value, certainty: Certainty::Known })
            }
            Clock::Working => watch.working_time(calendar, until, AfterReopening::Resume),
        };
        answered(self.stopwatch(policies).and_then(taken))
    }
}

/// The calendar of working time; elapsed time asks nothing of whichever it is.
fn calendar_of<'c>(policies: &Policies, at: &'c Context) -> Result<&'c WorkingCalendar, Term> {
    match policies.clock {
        Clock::Elapsed => at.calendars.named(CalendarName::CHINA).ok_or(Term::NO_CALENDAR),
        Clock::Working => policies.calendar(at),
    }
}
