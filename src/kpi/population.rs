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
        self.spared(shipment.course.force_majeure).map_or(Ok(acceptance), Err)
    }

    /// Why a shipment of the population that force majeure affected, or not, is left out by policy, good or bad, if it is.
    ///
    /// Asked after what makes a population, so that raw and adjusted figures differ in this reason alone.
    pub(super) fn spared(&self, by_force_majeure: bool) -> Option<Term> {
        let adjusted = self.force_majeure == Adjustment::Adjusted;
        (adjusted && by_force_majeure).then_some(Term::FORCE_MAJEURE)
    }
}
