//! A waybill: what was accepted, from whom, to where, with which promise.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    CarrierId, CustomerId, Duration, Instant, Label, Money, PassageKey, Promise, PromiseMove, RecordError,
    WaybillNumber, Zone,
};

/// What identifies a waybill: carriers use their numbers again, so a number alone is no key.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaybillKey {
    /// The number on the parcel.
    pub number: WaybillNumber,
    /// The day it was posted: a field of the waybill's row that never changes, and the cube's source partition.
    pub posted_on: NaiveDate,
    /// Whose number it is; none where all waybills are one carrier's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<CarrierId>,
}

impl WaybillKey {
    /// A key without a carrier.
    #[must_use]
    pub fn new(number: WaybillNumber, posted_on: NaiveDate) -> Self {
        Self { number, posted_on, carrier: None }
    }

    /// The same number at a carrier.
    #[must_use]
    pub fn with_carrier(mut self, carrier: CarrierId) -> Self {
        self.carrier = Some(carrier);
        self
    }
}

impl fmt::Debug for WaybillKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for WaybillKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(carrier) = &self.carrier {
            write!(f, "{carrier}/")?;
        }
        write!(f, "{} of {}", self.number, self.posted_on)
    }
}

/// Which way a waybill runs. Default figures are over forward waybills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// From sender to recipient.
    #[default]
    Forward,
    /// A recipient's own shipment back to the sender, with its own waybill.
    #[doc(alias = "逆向件")]
    Reverse,
    /// The carrier's way back of an undelivered parcel, with its own waybill.
    ReturnLeg,
}

impl Flow {
    /// All flows, in their order.
    pub const ALL: [Self; 3] = [Self::Forward, Self::Reverse, Self::ReturnLeg];

    /// The name in files and results: `return_leg`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Reverse => "reverse",
            Self::ReturnLeg => "return_leg",
        }
    }
}

/// One waybill: one piece. All fields but the key are optional.
///
/// ```
/// use parcelgauge::record::{Promise, Waybill, WaybillKey, WaybillNumber};
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut waybill = Waybill::new(WaybillKey::new(WaybillNumber::new("SF1234")?, day));
/// waybill.promise = Some(Promise::On(day.succ_opt().unwrap()));
/// waybill.validate()?;
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[doc(alias = "运单")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Waybill {
    /// Its identity.
    pub key: WaybillKey,
    /// When this state of the row was written: of two unlike rows of one waybill the later one holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Instant>,
    /// When the row became known; without it the row is known from the start of `posted_on`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Instant>,
    /// Which way it runs.
    #[serde(default)]
    pub flow: Flow,
    /// The consignment this piece belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<WaybillNumber>,
    /// Where it was sent from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_region: Option<Label>,
    /// Where it was sent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination_region: Option<Label>,
    /// The city it was sent from, within its region.
    #[doc(alias = "寄出城市")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_city: Option<Label>,
    /// The city it was sent to, within its region.
    #[doc(alias = "寄达城市")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination_city: Option<Label>,
    /// The zone a promised day ends in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination_zone: Option<Zone>,
    /// The product or service level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Label>,
    /// What kind of goods: document, parcel, fresh, medicine, high value …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cargo_category: Option<Label>,
    /// The sales channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Label>,
    /// The sender.
    #[doc(alias = "寄件人")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// What kind of customer: consumer, merchant, enterprise …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_segment: Option<Label>,
    /// The recipient.
    #[doc(alias = "收件人")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<CustomerId>,
    /// The promise first given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// Its moves, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promise_moves: Vec<PromiseMove>,
    /// How long each stage of the route is planned to take, time by time and leg by leg: see [`PassageKey`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stage_plans: BTreeMap<PassageKey, Duration>,
    /// The fee for the service, without insurance and packing. // fee >= 0
    #[doc(alias = "运费")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
    /// The insured or declared value. // declared_value >= 0
    #[doc(alias = "保价金额")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_value: Option<Money>,
    /// Weight in grams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_grams: Option<u32>,
    /// The caller's own columns, as dimensions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<Label, Label>,
}

impl Waybill {
    /// A waybill of which nothing but its key is known.
    #[must_use]
    pub fn new(key: WaybillKey) -> Self {
        Self {
            key,
            updated_at: None,
            recorded_at: None,
            flow: Flow::Forward,
            parent: None,
            origin_region: None,
            destination_region: None,
            origin_city: None,
            destination_city: None,
            destination_zone: None,
            product: None,
            cargo_category: None,
            channel: None,
            customer: None,
            customer_segment: None,
            recipient: None,
            promise: None,
            promise_moves: Vec::new(),
            stage_plans: BTreeMap::new(),
            fee: None,
            declared_value: None,
            weight_grams: None,
            attributes: BTreeMap::new(),
        }
    }

    /// Adds moves of the promise told elsewhere. Sorted, so that their order leaves no trace; told twice, a move is one move.
    #[cfg(feature = "intake")]
    pub(crate) fn take_moves(&mut self, moves: impl IntoIterator<Item = PromiseMove>) {
        self.promise_moves.extend(moves);
        self.promise_moves.sort_unstable();
        self.promise_moves.dedup();
    }

    /// Checks what the types cannot: dates of the years 1 to 9999, amounts of at least zero.
    ///
    /// # Errors
    /// [`RecordError`] naming the field.
    pub fn validate(&self) -> Result<(), RecordError> {
        within_range("posted_on", Some(self.key.posted_on))?;
        for promise in self.promise.iter().chain(self.promise_moves.iter().map(|moved| &moved.to)) {
            within_range("promise", promise.date())?;
        }
        for (field, amount) in [("fee", self.fee), ("declared_value", self.declared_value)] {
            not_negative(field, amount)?;
        }
        Ok(())
    }
}

/// The years of [`Instant`], so that a date and an instant on it can stand for one another.
pub(super) fn within_range(field: &'static str, date: Option<NaiveDate>) -> Result<(), RecordError> {
    match date {
        Some(date) if !(1..=9999).contains(&date.year()) => Err(RecordError::new(
            field,
            date,
            "a date of the years 1 to 9999",
            "correct the date, or leave it out where it only stands for none",
        )),
        _ => Ok(()),
    }
}

pub(super) fn not_negative(field: &'static str, amount: Option<Money>) -> Result<(), RecordError> {
    match amount {
        Some(amount) if amount.minor_units() < 0 => Err(RecordError::new(
            field,
            amount,
            "an amount of at least 0",
            "correct the sign, or leave the amount out and book the refund as a cost of its own",
        )),
        _ => Ok(()),
    }
}
