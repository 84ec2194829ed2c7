//! Claims for compensation.

mod compensation_per_10k;

pub use compensation_per_10k::CompensationPer10k;
