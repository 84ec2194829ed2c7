//! How fast, and how fast against the promise.

mod end_to_end_hours;
mod on_time_delivery_rate;

pub use end_to_end_hours::EndToEndHours;
pub use on_time_delivery_rate::OnTimeDeliveryRate;
