//! Claims for compensation.

mod claim_rate;
mod compensation_per_10k;
mod payout_within_rate;

pub use claim_rate::ClaimRate;
pub use compensation_per_10k::CompensationPer10k;
pub use payout_within_rate::PayoutWithinRate;
