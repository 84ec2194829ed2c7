//! What is done in the life of a claim.

use serde::{Deserialize, Serialize};

use super::Actor;

/// What is done with a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimAction {
    /// It begins.
    File,
    /// It is taken up.
    Accept,
    /// It is not taken up.
    Reject,
    /// Somebody looks into it.
    Review,
    /// The claimant is asked for evidence.
    AskEvidence,
    /// The claimant has handed it in.
    ReceiveEvidence,
    /// The obligation to pay is confirmed.
    Confirm,
    /// It is refused.
    Refuse,
    /// A part is paid.
    PayPart,
    /// It is paid in full.
    Pay,
    /// The claimant does not agree.
    Dispute,
    /// It goes to mediation.
    Mediate,
    /// It goes to the regulator.
    Escalate,
    /// The parcel is found: offered back, or set off.
    Recover,
    /// It is filed away.
    Close,
    /// It is looked into again.
    Reopen,
    /// The claimant gives it up.
    Withdraw,
}

impl ClaimAction {
    /// All actions, in their order.
    pub const ALL: [Self; 17] = [
        Self::File,
        Self::Accept,
        Self::Reject,
        Self::Review,
        Self::AskEvidence,
        Self::ReceiveEvidence,
        Self::Confirm,
        Self::Refuse,
        Self::PayPart,
        Self::Pay,
        Self::Dispute,
        Self::Mediate,
        Self::Escalate,
        Self::Recover,
        Self::Close,
        Self::Reopen,
        Self::Withdraw,
    ];

    /// The name in files and results: `accept`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Review => "review",
            Self::AskEvidence => "ask_evidence",
            Self::ReceiveEvidence => "receive_evidence",
            Self::Confirm => "confirm",
            Self::Refuse => "refuse",
            Self::PayPart => "pay_part",
            Self::Pay => "pay",
            Self::Dispute => "dispute",
            Self::Mediate => "mediate",
            Self::Escalate => "escalate",
            Self::Recover => "recover",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::Withdraw => "withdraw",
        }
    }

    /// Who takes it as a rule: read where a source does not say.
    #[must_use]
    pub fn usual_actor(self) -> Actor {
        match self {
            Self::File | Self::ReceiveEvidence | Self::Dispute | Self::Escalate | Self::Reopen | Self::Withdraw => {
                Actor::Customer
            }
            _ => Actor::Staff,
        }
    }
}
