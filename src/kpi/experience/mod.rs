//! What customers say and do.

mod negative_rating_rate;
mod nps;
mod repeat_order_rate;
mod satisfaction_rate;
mod satisfaction_score;
mod unconsented_storage_rate;

pub use negative_rating_rate::NegativeRatingRate;
pub use nps::NetPromoterScore;
pub use repeat_order_rate::RepeatOrderRate;
pub use satisfaction_rate::SatisfactionRate;
pub use satisfaction_score::SatisfactionScore;
pub use unconsented_storage_rate::UnconsentedStorageRate;
