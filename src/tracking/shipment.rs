//! The tracking form: one shipment as a carrier or a tracking system tells of it.

use serde::{Deserialize, Serialize};

use super::ToldTime;

/// A shipment as it was told. Every field but the scans may be missing; what it says is not checked here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TrackedShipment {
    /// Whose shipment: `ups`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// Its number. The records of a shipment without one cannot be told apart, and are set aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Whose codes the scans bear, by [`System::name`](crate::codes::System::name); without one the texts are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The service that was booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// What was promised first, where a later promise differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_promise: Option<ToldTime>,
    /// What is promised now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<ToldTime>,
    /// The status of the whole, as it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The scans, in the order they were told.
    pub scans: Vec<TrackedScan>,
}

/// A scan as it was told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TrackedScan {
    /// When; none where nothing was told, or nothing that could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<ToldTime>,
    /// What was told of the time, where it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread_at: Option<String>,
    /// The zone told with a local time: `EST`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The carrier's own code, where the code is that of a tracking system above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier_code: Option<String>,
    /// The text. May hold names and telephone numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The reason told with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

impl TrackedShipment {
    /// The shipment as one line of JSON, which [`read_answers`](super::read_answers) reads back to the same.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() // fields of texts only: nothing that JSON cannot hold
    }
}
