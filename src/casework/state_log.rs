//! Logs that tell how a case stood, not what was done in it.

use super::{CaseState, LifeCycle};
use crate::record::{CaseAction, Step};

/// The steps behind a log of states, in any order: many service desks record only the state a case was put into.
///
/// The first row opens the case. Of the others each is what leads from the state before it to its own: put `in_hand` after
/// `awaiting_customer` the customer has replied, after `resolved` the case was reopened, after `in_hand` it was handed on. A
/// case resolved again while it is, or closed again, was only spoken of. Who did it is who takes such steps as a rule.
///
/// ```
/// use parcelgauge::casework::{CaseState, steps_of_states};
/// use parcelgauge::record::{Actor, CaseAction, Step};
/// let row = |hour: u32, state| Ok(Step::new(format!("2026-11-06T{hour}:00:00Z").parse()?, state, Actor::Staff));
/// let log = [row(10, CaseState::Open), row(11, CaseState::Resolved), row(12, CaseState::InHand)];
/// let log = log.into_iter().collect::<Result<Vec<_>, parcelgauge::record::RecordError>>()?;
/// let actions: Vec<_> = steps_of_states(log).iter().map(|step| step.action).collect();
/// assert_eq!(actions, [CaseAction::Open, CaseAction::Resolve, CaseAction::Reopen]);
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[must_use]
pub fn steps_of_states(log: impl IntoIterator<Item = Step<CaseState>>) -> Vec<Step<CaseAction>> {
    let mut log: Vec<_> = log.into_iter().collect();
    log.sort_unstable();
    log.dedup();
    let (mut state, mut steps): (Option<CaseState>, Vec<Step<CaseAction>>) = (None, Vec::new());
    let mut sequence = 0;
    for row in log {
        let opening = state.is_none().then_some(CaseAction::Open);
        let from = state.unwrap_or(CaseState::Open);
        let actions = opening.into_iter().chain(leading(from, row.action, opening.is_some()).iter().copied());
        for action in actions {
            let mut step = Step::new(row.at, action, action.usual_actor());
            (step.sequence, step.channel) = (sequence, row.channel);
            (step.handler, step.reason) = (row.handler.clone(), row.reason.clone());
            sequence += 1;
            state = CaseState::after(state, action).or(state);
            steps.push(step);
        }
    }
    steps
}

/// What leads from one state to another; of a case just opened nothing need lead to `open`.
fn leading(from: CaseState, to: CaseState, is_new: bool) -> &'static [CaseAction] {
    use CaseAction as Do;
    use CaseState::{AwaitingCustomer, Closed, InHand, Open, Resolved, WithRegulator, Withdrawn};
    match (from, to) {
        (Open, Open) if is_new => &[],
        (Open | InHand | WithRegulator, Open) | (InHand | WithRegulator, InHand) => &[Do::Assign],
        (Open, InHand) => &[Do::Answer],
        (AwaitingCustomer, Open | InHand) => &[Do::CustomerReplied],
        (Resolved | Closed | Withdrawn, Open | InHand) => &[Do::Reopen],
        (Open | InHand, AwaitingCustomer) => &[Do::AskCustomer],
        (AwaitingCustomer | WithRegulator, AwaitingCustomer) | (WithRegulator, WithRegulator) => &[Do::Assign],
        (Resolved | Closed | Withdrawn, AwaitingCustomer) => &[Do::Reopen, Do::AskCustomer],
        (Withdrawn, WithRegulator) => &[Do::Reopen, Do::Escalate],
        (_, WithRegulator) => &[Do::Escalate],
        (Open | InHand | AwaitingCustomer | WithRegulator, Resolved) => &[Do::Resolve],
        (Open | InHand | AwaitingCustomer | WithRegulator, Closed) => &[Do::Resolve, Do::Close],
        (Open | InHand | AwaitingCustomer | WithRegulator, Withdrawn) => &[Do::Withdraw],
        (Resolved | Withdrawn, Closed) => &[Do::Close],
        (Resolved | Closed | Withdrawn, Resolved | Withdrawn) | (Closed, Closed) => &[Do::Contact],
    }
}
