//! Whom the figures over shipments are about.

use crate::fact::{Acceptance, Shipment};
use crate::outcome::Term;

use super::{Adjustment, Policies};

impl Policies {
    /// The acceptance of a shipment that a figure of time is about.
    ///
    /// # Errors
    /// Those of [`Shipment::acceptance`], then the one of [`Policies::spared_in_time`].
    pub(super) fn accepted_in_time(&self, shipment: &Shipment) -> Result<Acceptance, Term> {
        let acceptance = shipment.acceptance()?;
        self.spared_in_time(shipment).map_or(Ok(acceptance), Err)
    }

    /// The acceptance of a shipment that a figure of loss or harm is about. These come to light when they do: force majeure
    /// spares the carrier whenever on the way there it is recorded.
    ///
    /// # Errors
    /// Those of [`Shipment::acceptance`], then the one of [`Policies::spared`].
    pub(super) fn accepted_for_harm(&self, shipment: &Shipment) -> Result<Acceptance, Term> {
        let acceptance = shipment.acceptance()?;
        self.spared(shipment.course.force_majeure_at.is_some()).map_or(Ok(acceptance), Err)
    }

    /// Why a shipment is left out of a figure of time, if force majeure held it up before it was completed.
    pub(super) fn spared_in_time(&self, shipment: &Shipment) -> Option<Term> {
        self.spared(shipment.was_held_up_by_force_majeure(self.storage_completes))
    }

    /// Why a shipment of the population that force majeure affected, or not, is left out by policy, good or bad, if it is.
    ///
    /// Asked after what makes a population, so that raw and adjusted figures differ in this reason alone.
    pub(super) fn spared(&self, by_force_majeure: bool) -> Option<Term> {
        let adjusted = self.force_majeure == Adjustment::Adjusted;
        (adjusted && by_force_majeure).then_some(Term::FORCE_MAJEURE)
    }
}
