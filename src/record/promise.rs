//! What the customer was promised, and how the promise moved.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Instant;

/// A delivery promise: by an instant, or on a calendar day of the destination.
#[doc(alias = "承诺时限")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// By this instant.
    By(Instant),
    /// On or before this day, in the zone of the destination, else in the reporting zone.
    On(NaiveDate),
}

impl Promise {
    /// The day, where a day was promised.
    pub(super) fn date(self) -> Option<NaiveDate> {
        match self {
            Self::By(_) => None,
            Self::On(day) => Some(day),
        }
    }
}

/// Who moved a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mover {
    /// The sender or recipient asked for it: the new promise is judged.
    Customer,
    /// The carrier moved it: the old promise stays the one that is judged.
    Carrier,
}

impl Mover {
    /// All movers, in their order.
    pub const ALL: [Self; 2] = [Self::Customer, Self::Carrier];

    /// The name in files and results: `customer`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Carrier => "carrier",
        }
    }
}

/// One move of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromiseMove {
    /// When it was moved. A move after `as_of` reads as absent.
    pub moved_at: Instant,
    /// By whom.
    pub by: Mover,
    /// The promise from then on.
    pub to: Promise,
}
