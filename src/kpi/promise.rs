//! Deadlines: what a promise means under the policies on promises.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::journey::StorageCompletes;
use crate::outcome::Term;
use crate::record::{Duration, Instant, Promise};

use super::{Cohort, Comparison, DayEnd, Policies, PromiseChoice};

/// The line between in time and late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The line, grace included.
    pub at: Instant,
    /// Whether the line itself is in time.
    pub inclusive: bool,
}

impl Deadline {
    /// The deadline of a promise under policies.
    #[must_use]
    pub fn of(promise: Promise, shipment: &Shipment, policies: &Policies, at: &Context) -> Self {
        let zone = shipment.destination_zone.unwrap_or(at.zone);
        let inclusive = policies.comparison == Comparison::AtOrBefore;
        let (line, inclusive) = match (promise, policies.promise_end) {
            (Promise::By(instant), DayEnd::DayEnd | DayEnd::DayStart) => (instant, inclusive),
            (Promise::By(instant), DayEnd::CalendarDay) => (zone.end_of(zone.date_of(instant)), false),
            (Promise::On(day), DayEnd::DayEnd | DayEnd::CalendarDay) => (zone.end_of(day), false),
            (Promise::On(day), DayEnd::DayStart) => (zone.start_of(day), inclusive),
        };
        Self { at: line.saturating_add(policies.grace), inclusive }
    }

    /// Whether an instant is in time.
    #[must_use]
    pub fn is_met_by(self, instant: Instant) -> bool {
        instant < self.at || (self.inclusive && instant == self.at)
    }

    /// The first instant that is late.
    #[must_use]
    pub fn passed_at(self) -> Instant {
        if self.inclusive { self.at.saturating_add(Duration::from_millis(1)) } else { self.at }
    }

    /// By how much an instant is late.
    #[must_use]
    pub fn lateness(self, instant: Instant) -> Duration {
        instant.since(self.at)
    }

    /// When it is decided whether it was met: late scans are waited for.
    pub(super) fn decided_at(self, policies: &Policies) -> Instant {
        self.at.saturating_add(policies.settle)
    }

    /// Whether what is not done could still be done in time: that it is not says nothing yet.
    pub(super) fn lies_ahead(self, policies: &Policies, at: &Context) -> bool {
        at.as_of < self.passed_at().min(self.decided_at(policies))
    }

    /// Whether a delivery was tried in time and the shipment then left on the customer's account: no lateness of the
    /// carrier's, even where it was never completed.
    pub(super) fn was_tried_in_vain(self, shipment: &Shipment, storage: StorageCompletes) -> bool {
        let tried = shipment.course.first_attempt_at.is_some_and(|attempt| self.is_met_by(attempt));
        tried && shipment.left_on_customers_account(storage)
    }
}

impl Policies {
    /// The promise that these policies judge.
    pub(super) fn promise_of(&self, shipment: &Shipment) -> Option<Promise> {
        match self.promise {
            PromiseChoice::Original => shipment.promise_judged,
            PromiseChoice::Current => shipment.promise_current,
        }
    }

    /// The day by the cohort chosen, that of the promise judged included.
    pub(super) fn date_of(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        match self.cohort {
            Cohort::Due => self.promise_of(shipment).map(|promise| due_date(promise, at)),
            other => shipment.date_by(other, self.storage_completes, at),
        }
    }

    /// Notes what is to be known of a shipment judged by its promise.
    pub(super) fn note_promise(&self, shipment: &Shipment, at: &Context, note: &mut dyn FnMut(&Term)) {
        let Ok(acceptance) = shipment.acceptance() else { return };
        let Some(promise) = self.promise_of(shipment) else { return };
        if acceptance.inferred {
            note(&Term::INFERRED_ACCEPTANCE);
        }
        let deadline = Deadline::of(promise, shipment, self, at);
        if deadline.at.saturating_sub(self.grace) < acceptance.at {
            note(&Term::PROMISE_BEFORE_COLLECTION);
        }
        shipment.note_promise_moves(note);
        shipment.note_completion(self.storage_completes, note);
    }
}

/// The promised date itself for a day, whatever the zone; the local date of an instant.
fn due_date(promise: Promise, at: &Context) -> NaiveDate {
    match promise {
        Promise::By(instant) => at.zone.date_of(instant),
        Promise::On(day) => day,
    }
}
