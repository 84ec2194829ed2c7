//! What the policies choose between, the default first.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveTime;

use crate::record::{Duration, RecordError};

/// Which shipments stand below the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Denominator {
    /// All whose deadline has passed, delivered or not.
    #[default]
    Matured,
    /// Delivered ones only, as many dashboards do: undelivered parcels flatter the figure.
    DeliveredOnly,
}

/// When a promised day ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayEnd {
    /// At its end, midnight excluded.
    #[default]
    DayEnd,
    /// At its first instant, as where a midnight stands for the day.
    DayStart,
    /// Days are compared, for a promise by the instant too.
    CalendarDay,
}

/// Whether the deadline itself is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Comparison {
    /// Yes.
    #[default]
    AtOrBefore,
    /// No.
    StrictlyBefore,
}

/// Which promise is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PromiseChoice {
    /// The original one, or the customer's own later request.
    #[default]
    Original,
    /// The last one, whoever moved it.
    Current,
}

/// What becomes of shipments that force majeure affected.
#[doc(alias = "不可抗力")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Adjustment {
    /// They are judged like any other.
    #[default]
    Raw,
    /// They are left out, good and bad alike, so that the figure is not flattered. Of figures of time only what befell them
    /// before they were completed counts (under the figure's `storage_completes`, the completing scan included); of loss and
    /// harm whatever befell them on the way there.
    Adjusted,
}

/// Whether a figure waits until its facts are decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Maturity {
    /// Open facts are counted as open and nothing else, so that a young month is not flattered.
    #[default]
    Matured,
    /// Open facts that lean one way on what is known are counted so, and noted as `provisional`.
    /// What is done in time speaks first, so that shares of a young month by its promises run high.
    Provisional,
}

/// Which payments stand over which shipments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// Those of a window over the shipments accepted in it, whichever shipments they are about.
    #[default]
    Period,
    /// Those about the shipments accepted in a window, whenever they came within the horizon.
    Shipment,
}

/// What a figure over shipments counts.
///
/// The shares of delivery read it: who waits for a consignment waits for the last of its pieces. Durations, loss and damage
/// stay with the piece: no piece takes as long as its consignment does, and it is pieces that are lost and paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShipmentUnit {
    /// Every waybill for itself.
    #[default]
    Piece,
    /// The pieces that were sent together as one, see [`Consignment`](crate::fact::Consignment). It counts as its worst
    /// piece does: complete when the last of them is, a hit if all of them are. Pieces that are left out drop out; one that
    /// is open keeps it open. It falls into the window of its latest accepted piece (by completion, into none before all of
    /// these are completed, but for those that are left out in the end) and into the group of the piece with the least key; evidence shows its parent number.
    #[doc(alias = "票")]
    Consignment,
}

/// Where a duration starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StartsFrom {
    /// At collection.
    #[default]
    Collected,
    /// At the order.
    Ordered,
}

/// What becomes of durations that start or end at an anomalous scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anomalies {
    /// They are invalid.
    #[default]
    Exclude,
    /// They are used as they stand, negative ones included.
    Keep,
}

/// Whose orders are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CustomerRole {
    /// The sender's.
    #[default]
    Sender,
    /// The recipient's.
    Recipient,
}

/// Which ratings of one waybill count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Per {
    /// Every one.
    #[default]
    Rating,
    /// The latest of each waybill; ratings without a waybill each for itself.
    Waybill,
}

/// Which end of a scale is nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScaleFrom {
    /// Its lower end: (rating − min) / (max − min).
    #[default]
    Min,
    /// Nought itself: rating / max.
    Zero,
}

/// How a scale that is not 0 to 10 is read as promoters, passives and detractors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScaleMapping {
    /// Not at all: such answers are invalid.
    #[default]
    None,
    /// A scale of 1 to 5: 5 promotes, 4 is passive, 1 to 3 detract. It opens the answers to `csat` too.
    FivePoint54123,
}

/// How far back an earlier order may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookBack {
    /// At most so long ago.
    Within(Duration),
    /// Anywhere in the data at hand.
    Ever,
}

impl Default for LookBack {
    fn default() -> Self {
        Self::Within(Duration::from_days(90))
    }
}

/// Which time a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// That of the clock on the wall, nights and holidays included.
    #[default]
    Elapsed,
    /// That of the opening hours of a calendar.
    #[doc(alias = "工作时间")]
    Working,
}

/// The time of the last collection of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastCollection(Option<NaiveTime>); // of whole minutes; none is the end of the day

impl LastCollection {
    /// The end of the day: whatever is collected on a day was collected in time for it.
    pub const NONE: Self = Self(None);

    /// The time by the clock of the calendar's zone; the last instant of the day where there is none.
    #[must_use]
    pub fn time(self) -> NaiveTime {
        self.0.unwrap_or_else(|| NaiveTime::MIN - chrono::TimeDelta::nanoseconds(1))
    }
}

impl FromStr for LastCollection {
    type Err = RecordError;

    fn from_str(text: &str) -> Result<Self, RecordError> {
        if text == "24:00" {
            return Ok(Self::NONE);
        }
        let time = NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| {
            RecordError::new("last_collection", text, "a time of day from 00:00 to 24:00", "write it such as 17:00")
        })?;
        Ok(Self(Some(time)))
    }
}

impl fmt::Display for LastCollection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(time) => write!(f, "{}", time.format("%H:%M")),
            None => f.write_str("24:00"),
        }
    }
}

/// Whether the clock of a case stands while the customer is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pauses {
    /// It stands, and also from an end to a reopening.
    #[default]
    Apart,
    /// It runs through.
    Counted,
}

/// Which resolving of a case that was reopened counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Resolution {
    /// The last one; while the case is reopened there is none.
    #[default]
    Last,
    /// The first one, whatever came after it.
    First,
}

/// Which cases stand below the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CaseBase {
    /// All whose limit has passed, resolved or not.
    #[default]
    Matured,
    /// Resolved ones only, as many dashboards do: cases left lying flatter the figure.
    ResolvedOnly,
}

/// What is one contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Contact {
    /// One exchange with the customer.
    #[default]
    Contact,
    /// One person or group that has the case in hand, however often the customer was spoken to.
    Handler,
}
