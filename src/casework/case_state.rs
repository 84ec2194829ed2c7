//! The life of a complaint, an inquiry or an appeal.

use serde::{Deserialize, Serialize};

use super::LifeCycle;
use crate::record::{Actor, CaseAction};

/// Where a case stands.
///
/// ```text
/// open ─ answer → in_hand ─ ask_customer → awaiting_customer ─ customer_replied → in_hand
/// any of these ─ resolve → resolved ─ close → closed;  ─ escalate → with_regulator ─ resolve → resolved
/// resolved, closed, withdrawn ─ reopen → in_hand
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Opened, not yet answered by a person.
    Open,
    /// Answered, not yet resolved.
    InHand,
    /// The customer was asked for something.
    AwaitingCustomer,
    /// The customer went to the regulator.
    #[doc(alias = "申诉")]
    WithRegulator,
    /// Resolved.
    Resolved,
    /// Resolved, and done with.
    Closed,
    /// Given up by the customer.
    Withdrawn,
}

impl LifeCycle for CaseState {
    type Action = CaseAction;

    const STATES: &'static [Self] = &[
        Self::Open,
        Self::InHand,
        Self::AwaitingCustomer,
        Self::WithRegulator,
        Self::Resolved,
        Self::Closed,
        Self::Withdrawn,
    ];
    const ACTIONS: &'static [CaseAction] = &CaseAction::ALL;

    fn after(state: Option<Self>, action: CaseAction) -> Option<Self> {
        use CaseAction as Do;
        use CaseState::{AwaitingCustomer, Closed, InHand, Open, Resolved, WithRegulator, Withdrawn};
        let Some(state) = state else {
            return (action == Do::Open).then_some(Open);
        };
        match (state, action) {
            (_, Do::Open) => None,
            (_, Do::Contact) => Some(state),
            (Open | InHand | AwaitingCustomer | WithRegulator, Do::Acknowledge | Do::Assign) => Some(state),
            (Open | InHand, Do::Answer) => Some(InHand),
            (AwaitingCustomer | WithRegulator, Do::Answer) => Some(state),
            (Open | InHand, Do::AskCustomer) => Some(AwaitingCustomer),
            (AwaitingCustomer, Do::CustomerReplied) => Some(InHand),
            (Open | InHand | AwaitingCustomer | Resolved | Closed, Do::Escalate) => Some(WithRegulator),
            (Open | InHand | AwaitingCustomer | WithRegulator, Do::Resolve) => Some(Resolved),
            (Open | InHand | AwaitingCustomer | WithRegulator, Do::Withdraw) => Some(Withdrawn),
            (Resolved | Withdrawn, Do::Close) => Some(Closed),
            (Resolved | Closed | Withdrawn, Do::Reopen) => Some(InHand),
            _ => None,
        }
    }

    fn may(actor: Actor, action: CaseAction) -> bool {
        match action {
            CaseAction::Open => true,
            CaseAction::Acknowledge | CaseAction::Assign | CaseAction::Close => actor != Actor::Customer,
            CaseAction::Answer => actor == Actor::Staff,
            CaseAction::Contact => actor != Actor::System,
            CaseAction::AskCustomer | CaseAction::Resolve => matches!(actor, Actor::Staff | Actor::Regulator),
            // Staff write down what a customer says on the telephone.
            CaseAction::CustomerReplied | CaseAction::Withdraw => matches!(actor, Actor::Customer | Actor::Staff),
            CaseAction::Escalate => matches!(actor, Actor::Customer | Actor::Regulator),
            CaseAction::Reopen => actor != Actor::System,
        }
    }

    fn is_end(self) -> bool {
        matches!(self, Self::Resolved | Self::Closed | Self::Withdrawn)
    }

    fn awaits_customer(self) -> bool {
        self == Self::AwaitingCustomer
    }

    fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InHand => "in_hand",
            Self::AwaitingCustomer => "awaiting_customer",
            Self::WithRegulator => "with_regulator",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn action_name(action: CaseAction) -> &'static str {
        action.name()
    }
}
