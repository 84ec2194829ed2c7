//! What customers say and do.

mod repeat_order_rate;

pub use repeat_order_rate::RepeatOrderRate;
