//! Claims for compensation and what was paid on them.

use serde::{Deserialize, Serialize};

use super::waybill::not_negative;
use super::{ClaimAction, ClaimId, Instant, Money, RecordError, Step, WaybillKey};

/// What went wrong, in the closed set that compensation rules speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LossKind {
    /// Delivered late.
    #[doc(alias = "延误")]
    Delay,
    /// So late that it counts as lost.
    #[doc(alias = "彻底延误")]
    CompleteDelay,
    /// Lost.
    #[doc(alias = "丢失")]
    Loss,
    /// Delivered to somebody else.
    Misdelivery,
    /// Worthless.
    #[doc(alias = "全部损毁")]
    TotalDamage,
    /// Damaged.
    #[doc(alias = "部分损毁")]
    PartialDamage,
    /// Contents missing.
    #[doc(alias = "内件短少")]
    Shortage,
    /// Other contents than sent.
    #[doc(alias = "内件不符")]
    WrongContents,
    /// Cash on delivery not handed over.
    #[doc(alias = "代收货款")]
    CodNotRemitted,
    /// Charged too much.
    Overcharge,
    /// So late that the content lost its value.
    DelayDestroyingValue,
}

impl LossKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 11] = [
        Self::Delay,
        Self::CompleteDelay,
        Self::Loss,
        Self::Misdelivery,
        Self::TotalDamage,
        Self::PartialDamage,
        Self::Shortage,
        Self::WrongContents,
        Self::CodNotRemitted,
        Self::Overcharge,
        Self::DelayDestroyingValue,
    ];

    /// The name in files and results: `partial_damage`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Delay => "delay",
            Self::CompleteDelay => "complete_delay",
            Self::Loss => "loss",
            Self::Misdelivery => "misdelivery",
            Self::TotalDamage => "total_damage",
            Self::PartialDamage => "partial_damage",
            Self::Shortage => "shortage",
            Self::WrongContents => "wrong_contents",
            Self::CodNotRemitted => "cod_not_remitted",
            Self::Overcharge => "overcharge",
            Self::DelayDestroyingValue => "delay_destroying_value",
        }
    }
}

/// Money paid to the claimant. A claim may be paid in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// When it was paid. A payment after `as_of` reads as absent.
    pub paid_at: Instant,
    /// How much. // amount >= 0
    pub amount: Money,
}

/// The decision on a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// To be paid, in full or in part.
    Approved,
    /// Not to be paid.
    Refused,
}

impl Decision {
    /// All decisions, in their order.
    pub const ALL: [Self; 2] = [Self::Approved, Self::Refused];

    /// The name in files and results: `approved`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Refused => "refused",
        }
    }
}

/// A claim for compensation.
#[doc(alias = "理赔")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Claim {
    /// Its identity.
    pub id: ClaimId,
    /// When this state of the row was written: of two unlike rows of one claim the later one holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Instant>,
    /// When the row became known; without it the row is known from `filed_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Instant>,
    /// When it was filed.
    pub filed_at: Instant,
    /// About which waybill; none leaves it in the group `unassigned`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<WaybillKey>,
    /// What went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss_kind: Option<LossKind>,
    /// How much is asked for. // claimed >= 0
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Money>,
    /// When the obligation to pay was confirmed: payout deadlines start here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Instant>,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Instant>,
    /// How it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// What was paid, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<Payment>,
    /// What was done with it, in any order. Where there are steps, they tell when it was confirmed and how it was decided,
    /// and the row's own `confirmed_at`, `decided_at` and `decision` are not read. A step after `as_of` reads as absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step<ClaimAction>>,
}

impl Claim {
    /// A claim just filed.
    #[must_use]
    pub fn new(id: ClaimId, filed_at: Instant) -> Self {
        Self {
            id,
            updated_at: None,
            recorded_at: None,
            filed_at,
            waybill: None,
            loss_kind: None,
            claimed: None,
            confirmed_at: None,
            decided_at: None,
            decision: None,
            payments: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// From when on the row is known.
    #[must_use]
    pub fn known_at(&self) -> Instant {
        self.recorded_at.unwrap_or(self.filed_at)
    }

    /// Checks what the types cannot: amounts of at least zero.
    ///
    /// # Errors
    /// [`RecordError`] naming the field.
    pub fn validate(&self) -> Result<(), RecordError> {
        not_negative("claimed", self.claimed)?;
        self.payments.iter().try_for_each(|payment| not_negative("payment amount", Some(payment.amount)))
    }
}
