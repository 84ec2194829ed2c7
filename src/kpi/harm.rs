//! What damage and shortage have in common: a scan, an upheld case or an approved claim tells of them.

use crate::fact::{Context, Shipment};
use crate::outcome::Outcome;
use crate::record::{CaseClass, Decision, LossKind, NodeKind};
use crate::state::Verdict;

use super::Policies;

/// A kind of harm, and what tells of it.
pub(super) struct Harm {
    pub(super) node: NodeKind,
    pub(super) causes: &'static [&'static str],
    pub(super) loss_kinds: &'static [LossKind],
}

impl Harm {
    /// Hit where the harm is found, miss where it is not; open before the horizon, and while a case or claim that could
    /// find it is undecided.
    pub(super) fn outcome(&self, policies: &Policies, shipment: &Shipment, at: &Context) -> Outcome<Verdict> {
        let acceptance = match policies.accepted_for_harm(shipment) {
            Ok(acceptance) => acceptance,
            Err(reason) => return Outcome::Excluded(reason),
        };
        let verdict = match self.is_found(shipment) {
            Some(true) => Verdict::Hit,
            Some(false) => Verdict::Miss,
            // No harm so far: provisional figures take it so.
            None => return Outcome::measured(Verdict::Miss).undecided(None),
        };
        Outcome::measured(verdict).settling(acceptance.at.saturating_add(policies.horizon), at.as_of)
    }

    /// Whether the harm was done; none while undecided.
    fn is_found(&self, shipment: &Shipment) -> Option<bool> {
        if shipment.has(self.node) {
            return Some(true);
        }
        // Nobody decides an inquiry.
        let cases = shipment.cases.iter().filter(|case| case.class != CaseClass::Inquiry);
        let of_cause =
            cases.filter(|case| case.cause.as_ref().is_some_and(|cause| self.causes.contains(&cause.as_str())));
        let claims = shipment.claims.iter();
        let of_kind = claims.filter(|claim| claim.loss_kind.is_some_and(|kind| self.loss_kinds.contains(&kind)));
        let approved = |decision| decision == Decision::Approved;
        let findings = of_cause.map(|case| case.upheld).chain(of_kind.map(|claim| claim.decision.map(approved)));
        let mut so_far = Some(false);
        for finding in findings {
            match finding {
                Some(true) => return finding,
                Some(false) => {}
                None => so_far = None,
            }
        }
        so_far
    }
}
