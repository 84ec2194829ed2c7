//! What can happen to a shipment, and how often. One table: the truth that is written beside the data counts the same
//! names.
//!
//! What this module does not do: it keeps no correlations. Those are in the bases: a claim needs harm, harm a parcel.

use std::fmt;
use std::str::FromStr;

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::SimulateError;
use super::draws::{Draws, MILLION};

/// Something that happens to a share of the shipments. [`Rate::base`] says to a share of which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
#[repr(u8)]
pub enum Rate {
    /// The waybill runs from a recipient back to a merchant.
    Reverse,
    /// The sender declared a value.
    ValueDeclared,
    /// No promise was given.
    PromiseMissing,
    /// The sender cancelled before collection.
    CancelledBeforeCollection,
    /// The sender cancelled in transit.
    CancelledAfterCollection,
    /// The parcel vanished.
    Lost,
    /// A `lost` scan tells of it.
    LossDeclared,
    /// The parcel went back.
    Returned,
    /// A hub sent it the wrong way.
    Missorted,
    /// It was held up at one stage until its promise was broken.
    Delayed,
    /// The carrier moved the promise of a delayed parcel.
    PromiseMovedByCarrier,
    /// The customer asked for a later day.
    PromiseMovedByCustomer,
    /// A reading out of band.
    TemperatureAlarm,
    /// It was damaged.
    Damaged,
    /// Contents went missing.
    ShortOfContents,
    /// The first attempt failed.
    FirstAttemptFailed,
    /// The second attempt failed too.
    SecondAttemptFailed,
    /// It was put into a locker or station.
    Stored,
    /// It was stored though the recipient did not agree.
    StoredWithoutConsent,
    /// Whether the recipient agreed was not recorded.
    ConsentUnknown,
    /// Nobody fetched it.
    LeftInStorage,
    /// The scan `inspected` is missing.
    InspectionUnscanned,
    /// The scan `collected` is missing.
    CollectionUnscanned,
    /// Another mandatory scan is missing.
    ScanMissing,
    /// Two scans that follow each other have each other's time.
    ScansSwapped,
    /// A scanner's clock ran 10 minutes to 6 hours ahead: recorded before it occurred.
    ClockAhead,
    /// A scanner's clock was days behind: handled more than a day before collection.
    ClockDaysBehind,
    /// A hub scanned it days after completion.
    HandledAfterCompletion,
    /// A scan was recorded hours late.
    ScanLate,
    /// A scan came twice.
    ScanRepeated,
    /// The customer asked where the parcel is.
    Inquiry,
    /// The customer complained of something that did happen.
    ComplaintOfTrouble,
    /// The customer complained though nothing was wrong with the parcel.
    ComplaintWithoutTrouble,
    /// The first answer took more than 24 hours.
    AnsweredLate,
    /// The complaint was never resolved.
    Unresolved,
    /// The firm was found responsible.
    Upheld,
    /// The customer complained again.
    ComplainedAgain,
    /// The customer went to the regulator.
    Appealed,
    /// A claim for loss, damage or shortage.
    ClaimForHarm,
    /// A claim for delay.
    ClaimForDelay,
    /// The claim was never decided.
    ClaimUndecided,
    /// The claim was refused.
    ClaimRefused,
    /// Paid five days or more after confirmation.
    PaidLate,
    /// Paid in two parts.
    PaidInParts,
    /// The customer rated.
    Rated,
    /// The system filled in a rating.
    RatedByDefault,
    /// The customer rated the handling of the complaint.
    HandlingRated,
}

impl Rate {
    /// All rates, in their order.
    pub const ALL: [Self; 47] = [
        Self::Reverse,
        Self::ValueDeclared,
        Self::PromiseMissing,
        Self::CancelledBeforeCollection,
        Self::CancelledAfterCollection,
        Self::Lost,
        Self::LossDeclared,
        Self::Returned,
        Self::Missorted,
        Self::Delayed,
        Self::PromiseMovedByCarrier,
        Self::PromiseMovedByCustomer,
        Self::TemperatureAlarm,
        Self::Damaged,
        Self::ShortOfContents,
        Self::FirstAttemptFailed,
        Self::SecondAttemptFailed,
        Self::Stored,
        Self::StoredWithoutConsent,
        Self::ConsentUnknown,
        Self::LeftInStorage,
        Self::InspectionUnscanned,
        Self::CollectionUnscanned,
        Self::ScanMissing,
        Self::ScansSwapped,
        Self::ClockAhead,
        Self::ClockDaysBehind,
        Self::HandledAfterCompletion,
        Self::ScanLate,
        Self::ScanRepeated,
        Self::Inquiry,
        Self::ComplaintOfTrouble,
        Self::ComplaintWithoutTrouble,
        Self::AnsweredLate,
        Self::Unresolved,
        Self::Upheld,
        Self::ComplainedAgain,
        Self::Appealed,
        Self::ClaimForHarm,
        Self::ClaimForDelay,
        Self::ClaimUndecided,
        Self::ClaimRefused,
        Self::PaidLate,
        Self::PaidInParts,
        Self::Rated,
        Self::RatedByDefault,
        Self::HandlingRated,
    ];

    /// The name in files and results: `first_attempt_failed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// How often it happens unless told otherwise, in parts per million of the base.
    #[must_use]
    pub fn default_parts(self) -> u32 {
        self.row().1
    }

    /// Which shipments it can happen to.
    #[must_use]
    pub fn base(self) -> &'static str {
        self.row().2
    }

    /// Name, default, base: of the size one would expect of a Chinese express network, taken from no one firm.
    fn row(self) -> (&'static str, u32, &'static str) {
        match self {
            Self::Reverse => ("reverse", 15_000, "all"),
            Self::ValueDeclared => ("value_declared", 80_000, "all"),
            Self::PromiseMissing => ("promise_missing", 2_000, "all"),
            Self::CancelledBeforeCollection => ("cancelled_before_collection", 12_000, "all"),
            Self::CancelledAfterCollection => ("cancelled_after_collection", 3_000, "collected"),
            Self::Lost => ("lost", 300, "collected, not cancelled"),
            Self::LossDeclared => ("loss_declared", 700_000, "lost"),
            Self::Returned => ("returned", 8_000, "collected, neither cancelled nor lost"),
            Self::Missorted => ("missorted", 2_000, "collected and passing a hub, in a network of two regions or more"),
            Self::Delayed => ("delayed", 15_000, "bound for delivery"),
            Self::PromiseMovedByCarrier => ("promise_moved_by_carrier", 400_000, "delayed, with a promise"),
            Self::PromiseMovedByCustomer => {
                ("promise_moved_by_customer", 8_000, "bound for delivery, not delayed, with a promise")
            }
            Self::TemperatureAlarm => ("temperature_alarm", 15_000, "fresh, at the destination"),
            Self::Damaged => ("damaged", 400, "at the destination"),
            Self::ShortOfContents => ("short_of_contents", 150, "at the destination"),
            Self::FirstAttemptFailed => ("first_attempt_failed", 25_000, "bound for delivery"),
            Self::SecondAttemptFailed => ("second_attempt_failed", 150_000, "first attempt failed"),
            Self::Stored => ("stored", 550_000, "bound for delivery"),
            Self::StoredWithoutConsent => ("stored_without_consent", 20_000, "stored"),
            Self::ConsentUnknown => ("consent_unknown", 40_000, "stored, not against the recipient's word"),
            Self::LeftInStorage => ("left_in_storage", 10_000, "stored, not against the recipient's word"),
            Self::InspectionUnscanned => ("inspection_unscanned", 5_000, "collected"),
            Self::CollectionUnscanned => ("collection_unscanned", 4_000, "collected"),
            Self::ScanMissing => ("scan_missing", 6_000, "with a scan at the origin or destination site"),
            Self::ScansSwapped => ("scans_swapped", 2_000, "with two sound scans in a row between the sites"),
            Self::ClockAhead => ("clock_ahead", 1_500, "with a sound scan from the origin site on"),
            Self::ClockDaysBehind => {
                ("clock_days_behind", 500, "with `collected` and a sound scan after it on the line")
            }
            Self::HandledAfterCompletion => ("handled_after_completion", 700, "completed"),
            Self::ScanLate => ("scan_late", 15_000, "with a sound scan from the origin site on"),
            Self::ScanRepeated => ("scan_repeated", 20_000, "with a sound scan from the origin site on"),
            Self::Inquiry => ("inquiry", 8_000, "collected, not cancelled"),
            Self::ComplaintOfTrouble => {
                ("complaint_of_trouble", 250_000, "lost, damaged, short of contents, late, or stored without consent")
            }
            Self::ComplaintWithoutTrouble => ("complaint_without_trouble", 800, "collected, not cancelled, no trouble"),
            Self::AnsweredLate => ("answered_late", 50_000, "complained"),
            Self::Unresolved => ("unresolved", 20_000, "complained"),
            Self::Upheld => ("upheld", 850_000, "complained of trouble, resolved"),
            Self::ComplainedAgain => ("complained_again", 40_000, "complained"),
            Self::Appealed => ("appealed", 60_000, "complained, not upheld"),
            Self::ClaimForHarm => ("claim_for_harm", 600_000, "lost, damaged or short of contents"),
            Self::ClaimForDelay => ("claim_for_delay", 30_000, "late, not otherwise harmed"),
            Self::ClaimUndecided => ("claim_undecided", 40_000, "claimed"),
            Self::ClaimRefused => ("claim_refused", 150_000, "claimed, decided"),
            Self::PaidLate => ("paid_late", 80_000, "claimed, approved"),
            Self::PaidInParts => ("paid_in_parts", 50_000, "claimed, approved"),
            Self::Rated => ("rated", 120_000, "completed"),
            Self::RatedByDefault => ("rated_by_default", 100_000, "completed, not rated"),
            Self::HandlingRated => ("handling_rated", 200_000, "complained, resolved"),
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Rate {
    type Err = SimulateError;
    fn from_str(name: &str) -> Result<Self, SimulateError> {
        Self::ALL
            .into_iter()
            .find(|rate| rate.name() == name)
            .ok_or_else(|| SimulateError::UnknownRate { name: name.chars().take(200).collect() })
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// How often each thing happens, in parts per million of its base.
///
/// ```
/// use parcelgauge::simulate::{Rate, Rates};
/// let rates = Rates::default().with(Rate::Lost, 2_000)?;
/// assert_eq!(rates.of(Rate::Lost), 2_000);
/// assert!(rates.with(Rate::Lost, 1_000_001).is_err());
/// # Ok::<(), parcelgauge::simulate::SimulateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates([u32; Rate::ALL.len()]); // each 0..=1_000_000

impl Rates {
    /// Nothing ever happens: every parcel is collected, scanned, and delivered to the door in time.
    #[must_use]
    pub fn none() -> Self {
        Self([0; Rate::ALL.len()])
    }

    /// One rate changed.
    ///
    /// # Errors
    /// [`SimulateError::OutOfRange`] above 1,000,000 parts per million.
    pub fn with(mut self, rate: Rate, parts: u32) -> Result<Self, SimulateError> {
        let range = (0, u64::from(MILLION));
        SimulateError::within(rate.name(), u64::from(parts), range, "give the rate in parts per million")?;
        self.0[rate as usize] = parts;
        Ok(self)
    }

    /// One rate in parts per million.
    #[must_use]
    pub fn of(&self, rate: Rate) -> u32 {
        self.0[rate as usize]
    }
}

impl Default for Rates {
    fn default() -> Self {
        Self(Rate::ALL.map(Rate::default_parts))
    }
}

/// A set of rates: what happened to a shipment, or what could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RateSet(u64);

impl RateSet {
    /// The set with one more.
    #[must_use]
    pub fn with(self, rate: Rate) -> Self {
        Self(self.0 | 1 << rate as u8)
    }
    /// Whether a rate is in it.
    #[must_use]
    pub fn contains(self, rate: Rate) -> bool {
        self.0 & (1 << rate as u8) != 0
    }
    /// The rates in it, in order.
    pub fn iter(self) -> impl Iterator<Item = Rate> {
        Rate::ALL.into_iter().filter(move |&rate| self.contains(rate))
    }
}

impl Serialize for RateSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for rate in self.iter() {
            list.serialize_element(&rate)?;
        }
        list.end()
    }
}

/// Draws what happens, and keeps the account.
#[derive(Debug)]
pub(super) struct Ledger<'n> {
    rates: &'n Rates,
    pub(super) possible: RateSet,
    pub(super) happened: RateSet, // a subset of `possible`
}

impl<'n> Ledger<'n> {
    pub(super) fn new(rates: &'n Rates) -> Self {
        Self { rates, possible: RateSet::default(), happened: RateSet::default() }
    }

    /// Draws whether it happens to this shipment, which is of its base.
    pub(super) fn draw(&mut self, rate: Rate, draws: &mut Draws) -> bool {
        self.draw_times(rate, 1_000, draws)
    }

    /// As [`Ledger::draw`], at `thousandths` of the rate.
    pub(super) fn draw_times(&mut self, rate: Rate, thousandths: u32, draws: &mut Draws) -> bool {
        let parts = u64::from(self.rates.of(rate)) * u64::from(thousandths) / 1_000;
        self.possible = self.possible.with(rate);
        let happens = draws.chance(parts.min(u64::from(MILLION)) as u32);
        if happens {
            self.happened = self.happened.with(rate);
        }
        happens
    }

    pub(super) fn has(&self, rate: Rate) -> bool {
        self.happened.contains(rate)
    }
}
