//! Planted defects.
//!
//! What this module does not do: a defect has no beginning and no end. It holds for the whole window.

use serde::Serialize;

/// A fault planted in the network, for a diagnosis to find. Numbers count from 0 in the order of
/// [`Network::regions`](super::Network::regions).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[non_exhaustive]
pub enum Defect {
    /// Every parcel stays longer at one hub.
    SlowHub {
        /// The region whose hub it is.
        region: u16,
        /// By how many hours. // 1..=240
        extra_hours: u32,
    },
    /// One courier fails, damages and loses contents more often on delivery.
    CarelessCourier {
        /// The region where the courier works.
        region: u16,
        /// Which of the region's couriers, over its sites in order. // 0..COURIERS_A_REGION
        courier: u16,
        /// How many times as often. // 2..=1_000
        times: u32,
    },
    /// Recipients of one region complain more often, for the same service.
    ComplaintHotSpot {
        /// The region of the recipients.
        region: u16,
        /// How many times as often. // 2..=1_000
        times: u32,
    },
}

impl Defect {
    /// The region in which it sits.
    #[must_use]
    pub fn region(self) -> u16 {
        match self {
            Self::SlowHub { region, .. }
            | Self::CarelessCourier { region, .. }
            | Self::ComplaintHotSpot { region, .. } => region,
        }
    }
}
