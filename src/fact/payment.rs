use crate::outcome::Term;
use crate::record::{Claim, ClaimId, Instant, Money, Payment, WaybillKey};

use super::Acceptance;

/// One payment on a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimPayment {
    /// On which claim.
    pub claim: ClaimId,
    /// About which waybill.
    pub waybill: Option<WaybillKey>,
    /// When its waybill was accepted; else why that is none of the population: [`Term::UNASSIGNED`] where the waybill is
    /// not known, or what [`Shipment::acceptance`](super::Shipment::acceptance) says.
    pub accepted: Result<Acceptance, Term>,
    /// When it was paid.
    pub paid_at: Instant,
    /// How much.
    pub amount: Money,
}

impl ClaimPayment {
    /// A payment whose waybill is not known as yet.
    pub(super) fn of(claim: &Claim, payment: &Payment) -> Self {
        Self {
            claim: claim.id.clone(),
            waybill: claim.waybill.clone(),
            accepted: Err(Term::UNASSIGNED),
            paid_at: payment.paid_at,
            amount: payment.amount,
        }
    }
}
