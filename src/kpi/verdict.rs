//! The verdict column: what each fact means, one by one.

use chrono::NaiveDate;

use crate::fact::{Context, FactKind};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{Duration, Instant};
use crate::state::Measure;

use super::reading::Reading;

/// What one record's fact means for one KPI: a row of the verdict column.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RecordVerdict {
    /// What kind of fact.
    pub fact: FactKind,
    /// Its identifier.
    pub id: String,
    /// The posting date that tells waybills of one number apart.
    pub posted_on: Option<NaiveDate>,
    /// The day it counts on.
    pub cohort: Option<NaiveDate>,
    /// `hit`, `miss`, `event`, `exposure`, `quantity`, `open`, `excluded` or `invalid`.
    pub outcome: &'static str,
    /// Why it is excluded or invalid.
    pub reason: Option<Term>,
    /// The number it adds, where it adds one: milliseconds, minor units, pieces.
    pub quantity: Option<i64>,
    /// By how much it is adverse, at the instant asked for.
    pub by: Option<Duration>,
    /// When an open one would be decided, or a provisional one change, without a further record.
    pub until: Option<Instant>,
    /// Whether it is still open, and counted as what it leans to.
    pub provisional: bool,
}

impl RecordVerdict {
    /// What has been read of a fact, told of its identifier.
    pub(super) fn told<M: Measure>(
        fact: FactKind,
        id: String,
        posted_on: Option<NaiveDate>,
        cohort: Option<NaiveDate>,
        read: Reading<M>,
        at: &Context,
    ) -> Self {
        let mut verdict = Self {
            fact,
            id,
            posted_on,
            cohort,
            outcome: "open",
            reason: None,
            quantity: None,
            by: None,
            until: read.holds_until,
            provisional: read.provisional,
        };
        match read.outcome {
            Outcome::Measured { measure, severity } => {
                verdict.outcome = measure.kind().name();
                verdict.quantity = measure.quantity();
                verdict.by = match severity {
                    Severity::Unfinished { due } => Some(at.as_of.since(due)),
                    Severity::By(excess) => Some(excess),
                    Severity::Amount(_) | Severity::Unranked => None,
                };
            }
            Outcome::Open { .. } => {}
            Outcome::Excluded(reason) => (verdict.outcome, verdict.reason) = ("excluded", Some(reason)),
            Outcome::Invalid(reason) => (verdict.outcome, verdict.reason) = ("invalid", Some(reason)),
        }
        verdict
    }
}
