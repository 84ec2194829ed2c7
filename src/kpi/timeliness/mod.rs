//! How fast, and how fast against the promise.

mod delivered_by_day_rate;
mod end_to_end_hours;
mod first_attempt_delivery_rate;
mod lateness_hours;
mod on_time_delivery_rate;
mod stage_hours;
mod stage_on_time_rate;
mod within_hours_rate;

pub use delivered_by_day_rate::DeliveredByDayRate;
pub use end_to_end_hours::EndToEndHours;
pub use first_attempt_delivery_rate::FirstAttemptDeliveryRate;
pub use lateness_hours::LatenessHours;
pub use on_time_delivery_rate::OnTimeDeliveryRate;
pub use stage_hours::StageHours;
pub use stage_on_time_rate::StageOnTimeRate;
pub use within_hours_rate::{Trips, WithinHoursRate};
