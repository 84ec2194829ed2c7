//! How well the way of a parcel is recorded.

mod recording_delay_hours;
mod tracking_accuracy_rate;
mod tracking_completeness_rate;
mod tracking_freshness_rate;

pub use recording_delay_hours::RecordingDelayHours;
pub use tracking_accuracy_rate::TrackingAccuracyRate;
pub use tracking_completeness_rate::TrackingCompletenessRate;
pub use tracking_freshness_rate::TrackingFreshnessRate;
