//! One case or claim from beginning to end.

use std::collections::BTreeSet;

use super::{IllegalHistory, IllegalReason, LifeCycle};
use crate::calendar::{CalendarError, Pause, PauseReason, Stopwatch};
use crate::record::{Instant, Label, Step, Text};

/// The history of one case or claim, lawful from step to step.
///
/// Every question is asked as of an instant: steps after it are not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life<S: LifeCycle> {
    id: Text,
    steps: Vec<Step<S::Action>>, // one at least, by instant and sequence
    states: Vec<S>,              // the state after each step
}

impl<S: LifeCycle> Life<S> {
    /// Replays steps given in any order, by instant and then by sequence.
    ///
    /// # Errors
    /// [`IllegalHistory`] with the first step that the life cycle does not allow.
    pub fn replay(
        id: impl Into<Text>,
        steps: impl IntoIterator<Item = Step<S::Action>>,
    ) -> Result<Self, IllegalHistory> {
        let id = id.into();
        let mut steps: Vec<_> = steps.into_iter().collect();
        steps.sort_by_key(|step| (step.at, step.sequence));
        let mut states: Vec<S> = Vec::with_capacity(steps.len());
        for step in &steps {
            let wrong = |reason| IllegalHistory { id: id.clone(), at: Some(step.at), reason };
            let (before, action) = (states.last().copied(), S::action_name(step.action));
            let Some(state) = S::after(before, step.action) else {
                return Err(wrong(match before {
                    None => IllegalReason::NotBegun { action },
                    Some(state) => IllegalReason::NotFrom { state: state.name(), action },
                }));
            };
            if !S::may(step.actor, step.action) {
                return Err(wrong(IllegalReason::NotBy { actor: step.actor, action }));
            }
            states.push(state);
        }
        if states.is_empty() {
            return Err(IllegalHistory { id, at: None, reason: IllegalReason::Empty });
        }
        Ok(Self { id, steps, states })
    }

    /// Its identity.
    #[must_use]
    pub fn id(&self) -> &Text {
        &self.id
    }

    /// The steps known at an instant, in order.
    #[must_use]
    pub fn steps(&self, as_of: Instant) -> &[Step<S::Action>] {
        &self.steps[..self.known(as_of)]
    }

    /// Where it stands; none before it began.
    #[must_use]
    pub fn state(&self, as_of: Instant) -> Option<S> {
        self.known(as_of).checked_sub(1).map(|last| self.states[last])
    }

    /// Who has it in hand.
    #[must_use]
    pub fn handler(&self, as_of: Instant) -> Option<&Label> {
        self.steps(as_of).iter().rev().find_map(|step| step.handler.as_ref())
    }

    /// Everybody who has had it in hand.
    #[must_use]
    pub fn handlers(&self, as_of: Instant) -> BTreeSet<&Label> {
        self.steps(as_of).iter().filter_map(|step| step.handler.as_ref()).collect()
    }

    /// When an action was first taken.
    #[must_use]
    pub fn first(&self, action: S::Action, as_of: Instant) -> Option<Instant> {
        self.steps(as_of).iter().find(|step| step.action == action).map(|step| step.at)
    }

    /// When an action was last taken.
    #[must_use]
    pub fn last(&self, action: S::Action, as_of: Instant) -> Option<Instant> {
        self.steps(as_of).iter().rfind(|step| step.action == action).map(|step| step.at)
    }

    /// How often an action was taken.
    #[must_use]
    pub fn count(&self, action: S::Action, as_of: Instant) -> usize {
        self.steps(as_of).iter().filter(|step| step.action == action).count()
    }

    /// The clock of the whole life: it stands while the customer is waited for, and from an end to a reopening.
    ///
    /// # Errors
    /// None for a history that was replayed; the clock checks the order of instants once more.
    pub fn stopwatch(&self) -> Result<Stopwatch, CalendarError> {
        self.stopwatch_from(0)
    }

    /// The same from a step on.
    pub(super) fn stopwatch_from(&self, first: usize) -> Result<Stopwatch, CalendarError> {
        let life = self.steps.iter().zip(&self.states).skip(first);
        let begun = self.steps.get(first).map_or(Instant::MIN, |step| step.at);
        let mut watch = Stopwatch::opened(begun);
        let (mut has_ended, mut waits_since) = (false, None);
        for (step, &state) in life {
            if let Some(since) = waits_since.take_if(|_| !state.awaits_customer()) {
                watch = watch.paused(Pause::new(PauseReason::AwaitingCustomer, since).with_end(step.at)?)?;
            }
            match (has_ended, state.is_end()) {
                (false, true) => watch = watch.closed(step.at)?,
                (true, false) => watch = watch.reopened(step.at)?,
                _ => {}
            }
            has_ended = state.is_end();
            if state.awaits_customer() {
                waits_since.get_or_insert(step.at);
            }
        }
        match waits_since {
            Some(since) => watch.paused(Pause::new(PauseReason::AwaitingCustomer, since)),
            None => Ok(watch),
        }
    }

    fn known(&self, as_of: Instant) -> usize {
        self.steps.partition_point(|step| step.at <= as_of)
    }
}
