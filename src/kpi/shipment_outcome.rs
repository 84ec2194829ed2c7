//! What each shipment comes to for a KPI: what groups by its outcome are made of.

use crate::fact::{Context, Facts, Shipment};
use crate::outcome::Outcome;
use crate::record::Instant;
use crate::state::{Measure, MeasureKind};

use super::consignment;
use super::reading::{Reading, maturity_of, unit_of};
use super::{Observe, ShipmentUnit};

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
    fn of<M: Measure>(read: Reading<M>) -> Self {
        let (name, is_open) = match read.outcome {
            Outcome::Measured { measure, .. } => (measure.kind().name(), measure.kind() == MeasureKind::Open),
            Outcome::Open { .. } => (MeasureKind::Open.name(), true),
            Outcome::Excluded(_) => ("excluded", false),
            Outcome::Invalid(_) => ("invalid", false),
        };
        Self { name, is_open: is_open || read.provisional, until: read.holds_until }
    }
}

/// What each of some shipments comes to, in their order; none for one that the KPI is not about. A piece comes to what its
/// consignment does where these are counted.
pub(super) fn outcomes<K: Observe<Shipment>>(kpi: &K, facts: &Facts<'_>, at: &Context) -> Vec<Option<ShipmentOutcome>> {
    let maturity = maturity_of(kpi);
    if unit_of(kpi) == ShipmentUnit::Piece {
        let told = |shipment| ShipmentOutcome::of(Reading::of(kpi.outcome(shipment, at), maturity));
        return facts.shipments.iter().map(|shipment| kpi.is_about(shipment, at).then(|| told(shipment))).collect();
    }
    let mut all = vec![None; facts.shipments.len()];
    for consignment in facts.consignments() {
        let told = ShipmentOutcome::of(Reading::of(consignment::outcome(kpi, consignment, at), maturity));
        consignment.places().for_each(|place| all[place] = Some(told));
    }
    all
}
