//! The closed set of facts, and what all of them can tell.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::record::{CarrierId, Claim, Complaint, RecordKind, WaybillKey, WaybillNumber};

use super::{ClaimPayment, Facts, GivenRating, NodeScan, Shipment, StagePassage};

/// The kinds of fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FactKind {
    /// [`Shipment`].
    Shipment,
    /// [`Complaint`].
    Complaint,
    /// [`Claim`].
    Claim,
    /// [`ClaimPayment`].
    Payment,
    /// [`GivenRating`].
    Rating,
    /// [`NodeScan`].
    Scan,
    /// [`StagePassage`].
    Passage,
}

impl FactKind {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Shipment, Self::Complaint, Self::Claim, Self::Payment, Self::Rating, Self::Scan, Self::Passage];

    /// The record kind without which there are no facts of this kind.
    #[must_use]
    pub fn record(self) -> RecordKind {
        match self {
            Self::Shipment | Self::Passage => RecordKind::Waybill,
            Self::Complaint => RecordKind::Complaint,
            Self::Claim | Self::Payment => RecordKind::Claim,
            Self::Rating => RecordKind::Rating,
            Self::Scan => RecordKind::Event,
        }
    }
}

/// What KPIs observe. Sealed: the set of facts is closed, the set of KPIs is open.
pub trait Fact: sealed::Sealed + Sized + 'static {
    /// Which kind.
    const KIND: FactKind;
    /// The identifier shown in evidence and verdict columns.
    fn id(&self) -> Cow<'_, str>;
    /// The posting date that tells waybills of one number apart.
    fn posted_on(&self) -> Option<NaiveDate> {
        None
    }
    /// The waybill it belongs to, if any.
    fn waybill(&self) -> Option<&WaybillKey>;
    /// The facts of this kind.
    fn among<'f>(facts: &'f Facts<'_>) -> &'f [Self];
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Shipment {}
    impl Sealed for super::Complaint {}
    impl Sealed for super::Claim {}
    impl Sealed for super::ClaimPayment {}
    impl Sealed for super::GivenRating {}
    impl Sealed for super::NodeScan {}
    impl Sealed for super::StagePassage {}
}

/// A waybill number as evidence and verdict columns show it.
pub(super) fn shown<'n>(number: &'n WaybillNumber, carrier: Option<&CarrierId>) -> Cow<'n, str> {
    match carrier {
        None => Cow::Borrowed(number.as_str()),
        Some(carrier) => Cow::Owned(format!("{carrier}/{number}")),
    }
}

impl Fact for Shipment {
    const KIND: FactKind = FactKind::Shipment;
    fn id(&self) -> Cow<'_, str> {
        shown(&self.key.number, self.key.carrier.as_ref())
    }
    fn posted_on(&self) -> Option<NaiveDate> {
        Some(self.key.posted_on)
    }
    fn waybill(&self) -> Option<&WaybillKey> {
        Some(&self.key)
    }
    fn among<'f>(facts: &'f Facts<'_>) -> &'f [Self] {
        &facts.shipments
    }
}

impl Fact for NodeScan {
    const KIND: FactKind = FactKind::Scan;
    fn id(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{} {} {}", self.waybill.number, self.kind.name(), self.occurred_at))
    }
    fn posted_on(&self) -> Option<NaiveDate> {
        Some(self.waybill.posted_on)
    }
    fn waybill(&self) -> Option<&WaybillKey> {
        Some(&self.waybill)
    }
    fn among<'f>(facts: &'f Facts<'_>) -> &'f [Self] {
        &facts.scans
    }
}

impl Fact for StagePassage {
    const KIND: FactKind = FactKind::Passage;
    /// The waybill's, with the leg behind it where there is one, and `#` and the time from the second on.
    fn id(&self) -> Cow<'_, str> {
        let waybill = shown(&self.shipment.key.number, self.shipment.key.carrier.as_ref());
        match (&self.leg, self.occurrence) {
            (None, 1) => waybill,
            (None, time) => Cow::Owned(format!("{waybill}#{time}")),
            (Some(leg), 1) => Cow::Owned(format!("{waybill} {leg}")),
            (Some(leg), time) => Cow::Owned(format!("{waybill} {leg}#{time}")),
        }
    }
    fn posted_on(&self) -> Option<NaiveDate> {
        Some(self.shipment.key.posted_on)
    }
    fn waybill(&self) -> Option<&WaybillKey> {
        Some(&self.shipment.key)
    }
    fn among<'f>(facts: &'f Facts<'_>) -> &'f [Self] {
        &facts.passages
    }
}

impl Fact for Complaint {
    const KIND: FactKind = FactKind::Complaint;
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.id.as_str())
    }
    fn waybill(&self) -> Option<&WaybillKey> {
        self.waybill.as_ref()
    }
    fn among<'f>(facts: &'f Facts<'_>) -> &'f [Self] {
        &facts.complaints
    }
}

impl Fact for Claim {
    const KIND: FactKind = FactKind::Claim;
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.id.as_str())
    }
    fn waybill(&self) -> Option<&WaybillKey> {
        self.waybill.as_ref()
    }
    fn among<'f>(facts: &'f Facts<'_>) -> &'f [Self] {
        &facts.claims
    }
}

impl Fact for ClaimPayment {
    const KIND: FactKind = FactKind::Payment;
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.claim.as_str())
    }
    fn waybill(&self) -> Option<&WaybillKey> {
        self.waybill.as_ref()
    }
    fn among<'f>(facts: &'f Facts<'_>) -> &'f [Self] {
        &facts.payments
    }
}

impl Fact for GivenRating {
    const KIND: FactKind = FactKind::Rating;
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.rating.id.as_str())
    }
    fn waybill(&self) -> Option<&WaybillKey> {
        self.rating.waybill.as_ref()
    }
    fn among<'f>(facts: &'f Facts<'_>) -> &'f [Self] {
        &facts.ratings
    }
}
