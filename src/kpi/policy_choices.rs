//! What the policies choose between, the default first.

use crate::record::Duration;

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
