//! Whom the figures over shipments are about.

use crate::fact::{Acceptance, Shipment};
use crate::outcome::Term;

use super::{Adjustment, Policies};

impl Policies {
    /// The acceptance of a shipment that the figure is about.
    ///
    /// # Errors
    /// Those of [`Shipment::acceptance`], then the one of [`Policies::spared`].
    pub(super) fn accepted(&self, shipment: &Shipment) -> Result<Acceptance, Term> {
        let acceptance = shipment.acceptance()?;
        self.spared(shipment).map_or(Ok(acceptance), Err)
    }

    /// Why a shipment of the population is left out by policy, good or bad, if it is.
    ///
    /// Asked after what makes a population, so that raw and adjusted figures differ in this reason alone.
    pub(super) fn spared(&self, shipment: &Shipment) -> Option<Term> {
        let adjusted = self.force_majeure == Adjustment::Adjusted;
        (adjusted && shipment.course.force_majeure).then_some(Term::FORCE_MAJEURE)
    }
}
