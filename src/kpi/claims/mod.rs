//! Claims for compensation.

mod claim_rate;
mod compensation_per_10k;

pub use claim_rate::ClaimRate;
pub use compensation_per_10k::CompensationPer10k;
