//! Facts: what a KPI may look at. The set is closed; a KPI observes one kind or several.
//!
//! [`Facts::assemble`] is the only way from records to facts: it leaves out what is not yet known at `as_of`, settles
//! repeats and conflicts, joins scans to journeys, and accounts for every row.
//!
//! What this room does not do: it judges nothing. Policies that change a figure are applied by the KPIs.

mod assemble;
mod context;
mod history;
mod rating;
mod roles;
mod settle;
mod shipment;

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::journey::{Course, Scan};
use crate::record::{
    Claim, ClaimId, Complaint, CourierId, FacilityId, Flow, Instant, Money, NodeKind, RecordKind, Waybill, WaybillKey,
};

pub use assemble::{Facts, InputAccount};
pub use context::Context;
pub use history::History;
pub use rating::GivenRating;
pub use settle::{Hanging, source_partition};
pub use shipment::{Acceptance, HangingCase, HangingClaim, Roles, Shipment};

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
}

impl FactKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Shipment, Self::Complaint, Self::Claim, Self::Payment, Self::Rating, Self::Scan];

    /// The record kind without which there are no facts of this kind.
    #[must_use]
    pub fn record(self) -> RecordKind {
        match self {
            Self::Shipment => RecordKind::Waybill,
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
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Shipment {}
    impl Sealed for super::Complaint {}
    impl Sealed for super::Claim {}
    impl Sealed for super::ClaimPayment {}
    impl Sealed for super::GivenRating {}
    impl Sealed for super::NodeScan {}
}

/// One scan, repeats merged.
#[doc(alias = "扫描")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NodeScan {
    /// Whose scan it is.
    pub waybill: WaybillKey,
    /// What happened.
    pub kind: NodeKind,
    /// When it happened.
    pub occurred_at: Instant,
    /// When it was recorded.
    pub recorded_at: Option<Instant>,
    /// Where.
    pub facility: Option<FacilityId>,
    /// By whose hand.
    pub courier: Option<CourierId>,
    /// Which way the parcel ran: after its return it is on the return leg, whatever its waybill says.
    pub flow: Flow,
    /// Whether it is a clock anomaly of its journey.
    pub anomalous: bool,
}

impl NodeScan {
    fn of(waybill: &Waybill, course: &Course, scan: &Scan<'_>) -> Self {
        let on_the_way_back = course.returned.is_some_and(|back| scan.occurred_at > back.at);
        Self {
            waybill: waybill.key.clone(),
            kind: scan.kind,
            occurred_at: scan.occurred_at,
            recorded_at: scan.recorded_at,
            facility: scan.facility.cloned(),
            courier: scan.courier.cloned(),
            flow: if on_the_way_back { Flow::ReturnLeg } else { waybill.flow },
            anomalous: course.is_anomalous(scan),
        }
    }
}

/// One payment on a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimPayment {
    /// On which claim.
    pub claim: ClaimId,
    /// About which waybill.
    pub waybill: Option<WaybillKey>,
    /// When it was paid.
    pub paid_at: Instant,
    /// How much.
    pub amount: Money,
}

impl Fact for Shipment {
    const KIND: FactKind = FactKind::Shipment;
    fn id(&self) -> Cow<'_, str> {
        match &self.key.carrier {
            None => Cow::Borrowed(self.key.number.as_str()),
            Some(carrier) => Cow::Owned(format!("{carrier}/{}", self.key.number)),
        }
    }
    fn posted_on(&self) -> Option<NaiveDate> {
        Some(self.key.posted_on)
    }
    fn waybill(&self) -> Option<&WaybillKey> {
        Some(&self.key)
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
}

impl Fact for Complaint {
    const KIND: FactKind = FactKind::Complaint;
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.id.as_str())
    }
    fn waybill(&self) -> Option<&WaybillKey> {
        self.waybill.as_ref()
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
}

impl Fact for ClaimPayment {
    const KIND: FactKind = FactKind::Payment;
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.claim.as_str())
    }
    fn waybill(&self) -> Option<&WaybillKey> {
        self.waybill.as_ref()
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
}
