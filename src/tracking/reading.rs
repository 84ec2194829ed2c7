//! What a reading of tracking answers brings, and where every scan went.

use std::collections::BTreeMap;

use crate::record::Records;

/// Records out of tracking answers, with the account of every scan:
/// `scans = records.events + set_aside + without_node`.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct TrackingReading {
    /// Waybills and events. Scans set aside stand in its account, by reason.
    pub records: Records,
    /// Shipments told of, those without a number included.
    pub shipments: u64,
    /// Scans told of.
    pub scans: u64,
    /// Scans that tell of no node, such as "in transit".
    pub without_node: u64,
    /// Scans set aside, in the order they came.
    pub set_aside: Vec<ScanSetAside>,
    /// What was read with a reservation, by its name: `missing_time`, `unknown_zone`.
    pub notes: BTreeMap<&'static str, u64>,
    /// Codes that no vocabulary knows, by system, then code.
    pub unknown: Vec<UnknownTold>,
}

/// A scan that became no event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScanSetAside {
    /// The shipment's number, where it has one.
    pub number: Option<String>,
    /// Its place among the shipment's scans as they were told, from 0.
    pub place: usize,
    /// Why.
    pub fault: ScanFault,
    /// What was told: the time, the code, or the text.
    pub value: String,
}

/// Why a scan became no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ScanFault {
    /// Its shipment has no number, or one that no waybill may have.
    MissingNumber,
    /// Nothing was told of its time.
    MissingOccurredAt,
    /// A day without a time, where those are set aside.
    MissingTime,
    /// The time cannot be read.
    InvalidTime,
    /// The clocks jumped over the time.
    NonexistentLocalTime,
    /// Neither code nor text is known.
    UnknownCode,
    /// An arrival or departure, and nothing tells of which site.
    Unplaced,
}

impl ScanFault {
    /// The name in results: `unknown_code`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MissingNumber => "missing_number",
            Self::MissingOccurredAt => "missing_occurred_at",
            Self::MissingTime => "missing_time",
            Self::InvalidTime => "invalid_time",
            Self::NonexistentLocalTime => "nonexistent_local_time",
            Self::UnknownCode => "unknown_code",
            Self::Unplaced => "unplaced",
        }
    }
}

/// A code that no vocabulary knows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownTold {
    /// Whose code; none where only texts are read.
    pub system: Option<String>,
    /// The code, or the text where there was none.
    pub code: String,
    /// How often it came.
    pub count: u64,
    /// What it may be; never applied.
    pub suggestion: Option<String>,
}
