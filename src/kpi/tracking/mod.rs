//! How well the way of a parcel is recorded.

mod decided;
mod tracking_accuracy_rate;
mod tracking_completeness_rate;

pub use tracking_accuracy_rate::TrackingAccuracyRate;
pub use tracking_completeness_rate::TrackingCompletenessRate;
