use crate::outcome::Term;
use crate::record::{Claim, ClaimId, Instant, Money, Payment, WaybillKey};

use super::{Acceptance, Shipment};

/// One payment on a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimPayment {
    /// On which claim.
    pub claim: ClaimId,
    /// About which waybill.
    pub waybill: Option<WaybillKey>,
    /// When its waybill was accepted; else why that is none of the population: [`Term::UNASSIGNED`] where the waybill is
    /// not known, or what [`Shipment::acceptance`] says.
    pub accepted: Result<Acceptance, Term>,
    /// When it was paid.
    pub paid_at: Instant,
    /// How much.
    pub amount: Money,
}

impl ClaimPayment {
    pub(super) fn of(claim: &Claim, payment: &Payment, shipment: Option<&Shipment>) -> Self {
        Self {
            claim: claim.id.clone(),
            waybill: claim.waybill.clone(),
            accepted: shipment.map_or(Err(Term::UNASSIGNED), Shipment::acceptance),
            paid_at: payment.paid_at,
            amount: payment.amount,
        }
    }
}
