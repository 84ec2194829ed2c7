//! What each shipment comes to for a KPI: what groups by its outcome are made of.

use crate::outcome::Outcome;
use crate::record::Instant;
use crate::state::{Measure, MeasureKind};

use super::reading::Reading;

/// What one shipment comes to for a KPI, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShipmentOutcome {
    /// `hit`, `miss`, `open`, `excluded` or `invalid`; for figures that are no shares also what their measures are called.
    pub name: &'static str,
    /// Whether it is undecided, one that a provisional figure counts as what it leans to included.
    pub is_open: bool,
    /// When it would be read otherwise if no further record came; none if only a record can change it.
    pub until: Option<Instant>,
}

impl ShipmentOutcome {
    pub(super) fn of<M: Measure>(read: Reading<M>) -> Self {
        let (name, is_open) = match read.outcome {
            Outcome::Measured { measure, .. } => (measure.kind().name(), measure.kind() == MeasureKind::Open),
            Outcome::Open { .. } => (MeasureKind::Open.name(), true),
            Outcome::Excluded(_) => ("excluded", false),
            Outcome::Invalid(_) => ("invalid", false),
        };
        Self { name, is_open: is_open || read.provisional, until: read.holds_until }
    }
}
