//! Cases: complaints, inquiries, and appeals to the regulator.

use serde::{Deserialize, Serialize};

use super::{CaseAction, CaseId, CustomerId, Instant, Label, RecordError, Responsible, Step, WaybillKey};

/// What kind of case it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseClass {
    /// To the firm.
    #[doc(alias = "投诉")]
    Complaint,
    /// A question to the firm.
    #[doc(alias = "查询")]
    Inquiry,
    /// To the regulator, after the firm's answer or silence.
    #[doc(alias = "申诉")]
    Appeal,
}

impl CaseClass {
    /// All classes, in their order.
    pub const ALL: [Self; 3] = [Self::Complaint, Self::Inquiry, Self::Appeal];

    /// The name in files and results: `complaint`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Inquiry => "inquiry",
            Self::Appeal => "appeal",
        }
    }
}

/// A complaint, inquiry or appeal. Reopened, it stays the same case.
#[doc(alias = "投诉")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Complaint {
    /// Its identity.
    pub id: CaseId,
    /// When this state of the row was written: of two unlike rows of one case the later one holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Instant>,
    /// When the row became known; without it the row is known from `opened_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Instant>,
    /// What kind of case.
    pub class: CaseClass,
    /// When it was opened.
    pub opened_at: Instant,
    /// About which waybill; none leaves it in the group `unassigned`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<WaybillKey>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// What kind of customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_segment: Option<Label>,
    /// About what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Label>,
    /// When a person first answered; automatic receipts do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responded_at: Option<Instant>,
    /// When it was last resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<Instant>,
    /// Whether the firm was found responsible; none while undecided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upheld: Option<bool>,
    /// Who answers for what went wrong, once that is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Responsible>,
    /// What was done in it, in any order. Where there are steps, they tell when it was answered and resolved, and the
    /// row's own `responded_at` and `resolved_at` are not read. A step after `as_of` reads as absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step<CaseAction>>,
}

impl Complaint {
    /// A case just opened.
    #[must_use]
    pub fn new(id: CaseId, class: CaseClass, opened_at: Instant) -> Self {
        Self {
            id,
            updated_at: None,
            recorded_at: None,
            class,
            opened_at,
            waybill: None,
            customer: None,
            customer_segment: None,
            cause: None,
            responded_at: None,
            resolved_at: None,
            upheld: None,
            responsible: None,
            steps: Vec::new(),
        }
    }

    /// From when on the row is known.
    #[must_use]
    pub fn known_at(&self) -> Instant {
        self.recorded_at.unwrap_or(self.opened_at)
    }

    /// Checks the order of its instants.
    ///
    /// # Errors
    /// [`RecordError`] where the case was answered or resolved before it was opened.
    pub fn validate(&self) -> Result<(), RecordError> {
        for (field, at) in [("responded_at", self.responded_at), ("resolved_at", self.resolved_at)] {
            if let Some(at) = at.filter(|&at| at < self.opened_at) {
                return Err(RecordError::new(
                    field,
                    at,
                    "an instant at or after `opened_at`",
                    "check both clocks and their zones",
                ));
            }
        }
        Ok(())
    }
}
