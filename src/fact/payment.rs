use crate::record::{ClaimId, Instant, Money, WaybillKey};

/// One payment on a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimPayment {
    /// On which claim.
    pub claim: ClaimId,
    /// About which waybill.
    pub waybill: Option<WaybillKey>,
    /// When it was paid.
    pub paid_at: Instant,
    /// How much.
    pub amount: Money,
}
