//! The life of a claim for compensation.

use serde::{Deserialize, Serialize};

use super::LifeCycle;
use crate::record::{Actor, ClaimAction};

/// Where a claim stands.
///
/// ```text
/// filed ─ accept → accepted ─ review → under_review ─ confirm → confirmed ─ pay → paid ─ close → closed
/// filed ─ reject → rejected;  under_review ─ refuse → refused
/// accepted ─ confirm → confirmed (the fast lane)
/// accepted, under_review ─ ask_evidence → awaiting_evidence ─ receive_evidence → under_review
/// rejected, confirmed, refused, partly_paid, paid ─ dispute → disputed ─ mediate → in_mediation
/// disputed, in_mediation ─ confirm, refuse, or escalate → with_regulator ─ confirm, refuse
/// partly_paid, paid, closed ─ recover → recovered ─ close → closed
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// Handed in.
    Filed,
    /// Taken up, with an acceptance number.
    #[doc(alias = "受理")]
    Accepted,
    /// Not taken up: too late, not the sender's, not this carrier's.
    Rejected,
    /// Evidence was asked for.
    AwaitingEvidence,
    /// Being looked into.
    UnderReview,
    /// The firm owes something: the payout deadline runs.
    #[doc(alias = "定责")]
    Confirmed,
    /// The firm owes nothing.
    Refused,
    /// Paid in part.
    PartlyPaid,
    /// Paid.
    Paid,
    /// The claimant does not agree.
    Disputed,
    /// A third party mediates.
    #[doc(alias = "调解")]
    InMediation,
    /// Before the regulator.
    WithRegulator,
    /// The parcel was found after it was paid for.
    Recovered,
    /// Done with.
    Closed,
    /// Given up by the claimant.
    Withdrawn,
}

impl LifeCycle for ClaimState {
    type Action = ClaimAction;

    const STATES: &'static [Self] = &[
        Self::Filed,
        Self::Accepted,
        Self::Rejected,
        Self::AwaitingEvidence,
        Self::UnderReview,
        Self::Confirmed,
        Self::Refused,
        Self::PartlyPaid,
        Self::Paid,
        Self::Disputed,
        Self::InMediation,
        Self::WithRegulator,
        Self::Recovered,
        Self::Closed,
        Self::Withdrawn,
    ];
    const ACTIONS: &'static [ClaimAction] = &ClaimAction::ALL;

    fn after(state: Option<Self>, action: ClaimAction) -> Option<Self> {
        use ClaimAction as Do;
        use ClaimState::{
            Accepted, AwaitingEvidence, Closed, Confirmed, Disputed, Filed, InMediation, Paid, PartlyPaid, Recovered,
            Refused, Rejected, UnderReview, WithRegulator, Withdrawn,
        };
        let Some(state) = state else {
            return (action == Do::File).then_some(Filed);
        };
        match (state, action) {
            (Filed, Do::Accept) => Some(Accepted),
            (Filed, Do::Reject) => Some(Rejected),
            (Accepted, Do::Review) => Some(UnderReview),
            (Accepted | UnderReview, Do::AskEvidence) => Some(AwaitingEvidence),
            (AwaitingEvidence, Do::ReceiveEvidence) => Some(UnderReview),
            (Accepted | UnderReview | Disputed | InMediation | WithRegulator, Do::Confirm) => Some(Confirmed),
            (AwaitingEvidence | UnderReview | Disputed | InMediation | WithRegulator, Do::Refuse) => Some(Refused),
            (Confirmed | PartlyPaid, Do::PayPart) => Some(PartlyPaid),
            (Confirmed | PartlyPaid, Do::Pay) => Some(Paid),
            (Rejected | Confirmed | Refused | PartlyPaid | Paid, Do::Dispute) => Some(Disputed),
            (Disputed, Do::Mediate) => Some(InMediation),
            (Disputed | InMediation, Do::Escalate) => Some(WithRegulator),
            (PartlyPaid | Paid | Closed, Do::Recover) => Some(Recovered),
            (Rejected | Refused | Paid | Recovered | Withdrawn, Do::Close) => Some(Closed),
            (Rejected | Refused | Closed | Withdrawn, Do::Reopen) => Some(UnderReview),
            (Filed | Accepted | AwaitingEvidence | UnderReview | Disputed | InMediation, Do::Withdraw) => {
                Some(Withdrawn)
            }
            _ => None,
        }
    }

    fn may(actor: Actor, action: ClaimAction) -> bool {
        match action {
            ClaimAction::File => true,
            // The fast lane decides without a person.
            ClaimAction::Accept | ClaimAction::Confirm | ClaimAction::Close => actor != Actor::Customer,
            ClaimAction::PayPart | ClaimAction::Pay => matches!(actor, Actor::Staff | Actor::System),
            // No claim is refused without a person.
            ClaimAction::Reject | ClaimAction::Review | ClaimAction::Refuse => {
                matches!(actor, Actor::Staff | Actor::Regulator)
            }
            ClaimAction::AskEvidence => actor != Actor::Customer,
            ClaimAction::ReceiveEvidence | ClaimAction::Dispute | ClaimAction::Withdraw => {
                matches!(actor, Actor::Customer | Actor::Staff)
            }
            ClaimAction::Mediate | ClaimAction::Escalate | ClaimAction::Reopen => actor != Actor::System,
            ClaimAction::Recover => matches!(actor, Actor::Staff | Actor::System),
        }
    }

    fn is_end(self) -> bool {
        matches!(self, Self::Rejected | Self::Refused | Self::Paid | Self::Closed | Self::Withdrawn)
    }

    fn awaits_customer(self) -> bool {
        self == Self::AwaitingEvidence
    }

    fn name(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::AwaitingEvidence => "awaiting_evidence",
            Self::UnderReview => "under_review",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::PartlyPaid => "partly_paid",
            Self::Paid => "paid",
            Self::Disputed => "disputed",
            Self::InMediation => "in_mediation",
            Self::WithRegulator => "with_regulator",
            Self::Recovered => "recovered",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn action_name(action: ClaimAction) -> &'static str {
        action.name()
    }
}
