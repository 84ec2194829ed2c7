//! Working time and working days, by the calendar that the policy names.

use crate::calendar::{Answer, CalendarError, Certainty, WorkingCalendar};
use crate::fact::Context;
use crate::outcome::Term;

use super::Policies;

impl Policies {
    /// The calendar that the policy names.
    ///
    /// # Errors
    /// [`Term::NO_CALENDAR`] where the context has none of that name.
    pub(super) fn calendar<'c>(&self, at: &'c Context) -> Result<&'c WorkingCalendar, Term> {
        at.calendars.named(self.calendar).ok_or(Term::NO_CALENDAR)
    }
}

/// What a calendar answers about a fact.
///
/// # Errors
/// [`Term::OUTSIDE_CALENDAR`] where the days that count are not known to it.
pub(super) fn answered<T>(answer: Result<Answer<T>, CalendarError>) -> Result<Answer<T>, Term> {
    answer.map_err(|_| Term::OUTSIDE_CALENDAR)
}

/// Notes that a calendar answered provisionally.
pub(super) fn note_certainty<T>(answer: &Result<Answer<T>, Term>, note: &mut dyn FnMut(&Term)) {
    if answer.as_ref().is_ok_and(|answer| answer.certainty == Certainty::Provisional) {
        note(&Term::PROVISIONAL_CALENDAR);
    }
}
