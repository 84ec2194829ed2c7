//! What holds a case up without being the firm's time.

use super::CalendarError;
use crate::record::{Instant, Text};

/// Why the clock stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PauseReason {
    /// The customer was asked for something: a photograph, a receipt, an account.
    #[doc(alias = "等待客户")]
    AwaitingCustomer,
    /// Customs hold the parcel. Needs evidence.
    #[doc(alias = "海关")]
    Customs,
    /// Weather, closed roads, orders of an authority. Needs evidence.
    #[doc(alias = "不可抗力")]
    ForceMajeure,
}

impl PauseReason {
    /// All reasons, in their order.
    pub const ALL: [Self; 3] = [Self::AwaitingCustomer, Self::Customs, Self::ForceMajeure];

    /// The name in files and results: `awaiting_customer`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AwaitingCustomer => "awaiting_customer",
            Self::Customs => "customs",
            Self::ForceMajeure => "force_majeure",
        }
    }

    /// Whether only a pause with evidence stops the clock.
    #[must_use]
    pub fn needs_evidence(self) -> bool {
        match self {
            Self::AwaitingCustomer => false,
            Self::Customs | Self::ForceMajeure => true,
        }
    }
}

/// A span for which a case was held up, perhaps not over yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    reason: PauseReason,
    from: Instant,
    until: Option<Instant>, // at or after `from`
    evidence: Option<Text>,
}

impl Pause {
    /// A pause that goes on.
    #[must_use]
    pub fn new(reason: PauseReason, from: Instant) -> Self {
        Self { reason, from, until: None, evidence: None }
    }

    /// Ends it.
    ///
    /// # Errors
    /// [`CalendarError::EndBeforeStart`].
    pub fn with_end(mut self, until: Instant) -> Result<Self, CalendarError> {
        if until < self.from {
            return Err(CalendarError::EndBeforeStart { start: self.from.to_string(), end: until.to_string() });
        }
        self.until = Some(until);
        Ok(self)
    }

    /// Ends it where it goes on.
    pub(super) fn end_by(&mut self, until: Instant) {
        self.until.get_or_insert(until);
    }

    /// What proves it: the number of a customs notice, of a weather warning.
    #[must_use]
    pub fn with_evidence(mut self, evidence: impl Into<Text>) -> Self {
        self.evidence = Some(evidence.into());
        self
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> PauseReason {
        self.reason
    }

    /// Since when.
    #[must_use]
    pub fn from(&self) -> Instant {
        self.from
    }

    /// Until when, not included; none while it goes on.
    #[must_use]
    pub fn until(&self) -> Option<Instant> {
        self.until
    }

    /// What proves it.
    #[must_use]
    pub fn evidence(&self) -> Option<&str> {
        self.evidence.as_deref()
    }

    /// Whether it has the evidence that its reason needs. A pause without does not stop the clock.
    #[must_use]
    pub fn stops_the_clock(&self) -> bool {
        self.evidence.is_some() || !self.reason.needs_evidence()
    }
}
