//! What is done in the life of a complaint, an inquiry or an appeal.

use serde::{Deserialize, Serialize};

use super::Actor;

/// What is done in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseAction {
    /// It begins.
    Open,
    /// An automatic receipt, which is no answer.
    Acknowledge,
    /// It is given to somebody.
    Assign,
    /// A person answers.
    Answer,
    /// Another contact, by either side, that changes nothing.
    Contact,
    /// A person asks the customer for something.
    AskCustomer,
    /// The customer has given it.
    CustomerReplied,
    /// The customer goes to the regulator, after the firm's answer or its silence.
    Escalate,
    /// A resolving answer.
    Resolve,
    /// It is filed away.
    Close,
    /// It was not resolved after all. The case stays the same.
    Reopen,
    /// The customer gives it up.
    Withdraw,
}

impl CaseAction {
    /// All actions, in their order.
    pub const ALL: [Self; 12] = [
        Self::Open,
        Self::Acknowledge,
        Self::Assign,
        Self::Answer,
        Self::Contact,
        Self::AskCustomer,
        Self::CustomerReplied,
        Self::Escalate,
        Self::Resolve,
        Self::Close,
        Self::Reopen,
        Self::Withdraw,
    ];

    /// The name in files and results: `acknowledge`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Acknowledge => "acknowledge",
            Self::Assign => "assign",
            Self::Answer => "answer",
            Self::Contact => "contact",
            Self::AskCustomer => "ask_customer",
            Self::CustomerReplied => "customer_replied",
            Self::Escalate => "escalate",
            Self::Resolve => "resolve",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::Withdraw => "withdraw",
        }
    }

    /// Who takes it as a rule: read where a source does not say.
    #[must_use]
    pub fn usual_actor(self) -> Actor {
        match self {
            Self::Open | Self::CustomerReplied | Self::Escalate | Self::Reopen | Self::Withdraw => Actor::Customer,
            Self::Acknowledge => Actor::System,
            Self::Assign | Self::Answer | Self::Contact | Self::AskCustomer | Self::Resolve | Self::Close => {
                Actor::Staff
            }
        }
    }
}
