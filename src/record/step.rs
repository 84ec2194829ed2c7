//! Steps in the life of a case or a claim.

use serde::{Deserialize, Serialize};

use super::{Instant, Label};

/// Who took a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The sender or recipient, who complains or claims.
    Customer,
    /// A person of the firm.
    Staff,
    /// The firm's software: receipts, assignments, closing after a time.
    System,
    /// The postal authority.
    #[doc(alias = "邮政管理部门")]
    Regulator,
}

impl Actor {
    /// All actors, in their order.
    pub const ALL: [Self; 4] = [Self::Customer, Self::Staff, Self::System, Self::Regulator];

    /// The name in files and results: `customer`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Staff => "staff",
            Self::System => "system",
            Self::Regulator => "regulator",
        }
    }
}

/// By which way a step came in or went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Channel {
    /// A telephone call.
    #[doc(alias = "电话")]
    Phone,
    /// The firm's app or a mini-programme.
    App,
    /// A form on a web site.
    Web,
    /// A chat with a person or a bot.
    Chat,
    /// A letter, fax or e-mail.
    Letter,
    /// At a counter or the door.
    InPerson,
    /// A shopping platform.
    #[doc(alias = "电商平台")]
    Marketplace,
    /// The regulator's hotline or site.
    #[doc(alias = "12305")]
    Regulator,
}

impl Channel {
    /// All channels, in their order.
    pub const ALL: [Self; 8] = [
        Self::Phone,
        Self::App,
        Self::Web,
        Self::Chat,
        Self::Letter,
        Self::InPerson,
        Self::Marketplace,
        Self::Regulator,
    ];

    /// The name in files and results: `in_person`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::App => "app",
            Self::Web => "web",
            Self::Chat => "chat",
            Self::Letter => "letter",
            Self::InPerson => "in_person",
            Self::Marketplace => "marketplace",
            Self::Regulator => "regulator",
        }
    }
}

/// One step: who did what, when. Steps at one instant are ordered by `sequence`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Step<A> {
    /// When.
    pub at: Instant,
    /// Its place among steps at the same instant.
    #[serde(default)]
    pub sequence: u32,
    /// What was done.
    pub action: A,
    /// Who did it.
    pub actor: Actor,
    /// By which way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Who has it in hand from here on: a person or a group. None leaves it where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<Label>,
    /// Why, in the words of the source: why it was rejected, what was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Label>,
}

impl<A> Step<A> {
    /// A step of which no more is known.
    #[must_use]
    pub fn new(at: Instant, action: A, actor: Actor) -> Self {
        Self { at, sequence: 0, action, actor, channel: None, handler: None, reason: None }
    }
}
