//! Groups: what rows are broken down by.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::fact::{NodeScan, Shipment, StagePassage};
use crate::kpi::KpiError;
use crate::record::{Complaint, Flow, Label, RecordError, Responsible, Waybill};

use super::{ByOutcome, GroupValue};

/// What facts are grouped by: a field of the waybill they belong to, or what became of its shipment.
///
/// ```
/// use parcelgauge::cube::Dimension;
/// let by: Dimension = "on_time_delivery_rate:settle=36h".parse()?;
/// assert!(matches!(&by, Dimension::Outcome(by) if by.gauge().definition().id == "on_time_delivery_rate"));
/// assert_eq!(by.name(), "on_time_delivery_rate:settle=36h");
/// assert!(matches!("route".parse()?, Dimension::Attribute(_)), "a column of one's own");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "维度")]
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Dimension {
    /// Carrier.
    Carrier,
    /// Where it was sent from.
    OriginRegion,
    /// Where it was sent to.
    DestinationRegion,
    /// The city it was sent from.
    OriginCity,
    /// The city it was sent to.
    DestinationCity,
    /// Origin and destination: `Zhejiang → Guangdong`.
    Lane,
    /// Product.
    Product,
    /// Cargo category.
    CargoCategory,
    /// Channel.
    Channel,
    /// Sender.
    Customer,
    /// Kind of customer.
    CustomerSegment,
    /// Which way it runs.
    Flow,
    /// Where the parcel was collected.
    OriginFacility,
    /// Which site delivers it.
    DestinationFacility,
    /// Who delivers it.
    DeliveryCourier,
    /// Where a scan was made, or a stage ended; other facts have none.
    Facility,
    /// By whose hand a scan was made; facts that are no scan have none.
    Courier,
    /// The site that a case was decided against; other facts, and cases decided otherwise or not yet, have none.
    #[doc(alias = "责任网点")]
    ResponsibleFacility,
    /// On which leg a scan was made, or which a stage belongs to; other facts have none.
    Leg,
    /// Every facility the parcel passed: each that a handling scan of it names, on the way there or back. These groups
    /// overlap. A shipment, its scans and what hangs on it count once in each; one that no facility handled is in the group
    /// without. A consignment is where its piece with the least key is. So rows do not add up, and no roll-up merges them.
    #[doc(alias = "经手网点")]
    HandledBy,
    /// What the shipment comes to for a KPI: `hit`, `miss`, `open`, `excluded` or `invalid`.
    Outcome(ByOutcome),
    /// A column of the caller's own.
    Attribute(Label),
}

/// What is wrong with a dimension as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DimensionError {
    /// No name of a column.
    #[error(transparent)]
    Name(#[from] RecordError),
    /// A KPI, an argument or a policy that there is not.
    #[error(transparent)]
    Kpi(#[from] KpiError),
    /// A KPI that tells no shipment hit from miss.
    #[error(
        "`{kpi}` tells no shipment hit from miss, so none can be grouped by it; name a share over shipments: {possible}"
    )]
    NoOutcome {
        /// The KPI.
        kpi: &'static str,
        /// Those of the catalogue that do.
        possible: String,
    },
    /// A column of the caller's own that no waybill has: as a rule another name misspelt.
    #[error("there is no dimension `{name}`, and no waybill has such a column; known are {known}")]
    UnknownColumn {
        /// What was given.
        name: String,
        /// What there is.
        known: String,
    },
    /// What stands behind a KPI's name is no policy.
    #[error("`{text}` is no policy; give its name and value, as in on_time_delivery_rate:promise_end=day_start")]
    NoPolicy {
        /// What was given.
        text: String,
    },
}

impl Dimension {
    /// Those that need no more than their name.
    pub const FIELDS: [Self; 20] = [
        Self::Carrier,
        Self::OriginRegion,
        Self::DestinationRegion,
        Self::OriginCity,
        Self::DestinationCity,
        Self::Lane,
        Self::Product,
        Self::CargoCategory,
        Self::Channel,
        Self::Customer,
        Self::CustomerSegment,
        Self::Flow,
        Self::OriginFacility,
        Self::DestinationFacility,
        Self::DeliveryCourier,
        Self::Facility,
        Self::Courier,
        Self::ResponsibleFacility,
        Self::Leg,
        Self::HandledBy,
    ];

    /// The name in results; a column of the caller's own keeps its name, a KPI's outcome has that of the KPI and the
    /// policies that are not the defaults.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Carrier => "carrier",
            Self::OriginRegion => "origin_region",
            Self::DestinationRegion => "destination_region",
            Self::OriginCity => "origin_city",
            Self::DestinationCity => "destination_city",
            Self::Lane => "lane",
            Self::Product => "product",
            Self::CargoCategory => "cargo_category",
            Self::Channel => "channel",
            Self::Customer => "customer",
            Self::CustomerSegment => "customer_segment",
            Self::Flow => "flow",
            Self::OriginFacility => "origin_facility",
            Self::DestinationFacility => "destination_facility",
            Self::DeliveryCourier => "delivery_courier",
            Self::Facility => "facility",
            Self::Courier => "courier",
            Self::ResponsibleFacility => "responsible_facility",
            Self::Leg => "leg",
            Self::HandledBy => "handled_by",
            Self::Outcome(by) => by.name(),
            Self::Attribute(name) => name.as_str(),
        }
    }

    /// Makes sure that a column of the caller's own is one of those that waybills have.
    ///
    /// # Errors
    /// [`DimensionError::UnknownColumn`]: a misspelt name is read as such a column, which then no waybill has.
    pub fn check_column(&self, own: &BTreeSet<&str>) -> Result<(), DimensionError> {
        match self {
            Self::Attribute(name) if !own.contains(name.as_str()) => {
                let fields = Self::FIELDS.iter().map(Self::name);
                let known: Vec<&str> = fields.chain(ByOutcome::possible()).chain(own.iter().copied()).collect();
                Err(DimensionError::UnknownColumn { name: name.to_string(), known: known.join(", ") })
            }
            _ => Ok(()),
        }
    }

    /// Whether a fact may lie in several of its groups, so that they do not add up.
    #[must_use]
    pub fn is_overlapping(&self) -> bool {
        matches!(self, Self::HandledBy)
    }

    /// What it is, to the last parameter.
    pub(super) fn identity(&self) -> Cow<'_, str> {
        match self {
            Self::Outcome(by) => Cow::Owned(by.identity()),
            other => Cow::Borrowed(other.name()),
        }
    }

    /// The value of a scan, where it is the scan's own and not its waybill's.
    pub(super) fn of_scan(&self, scan: &NodeScan) -> Option<GroupValue> {
        let value = match self {
            Self::Facility => scan.facility.as_ref().map(|id| id.to_text()),
            Self::Courier => scan.courier.as_ref().map(|id| id.to_text()),
            Self::Leg => scan.leg.as_ref().map(Label::to_text),
            _ => return None,
        };
        Some(value.map_or(GroupValue::Missing, GroupValue::Is))
    }

    /// The value of a case, where it is the case's own.
    pub(super) fn of_case(&self, case: &Complaint) -> Option<GroupValue> {
        if *self != Self::ResponsibleFacility {
            return None;
        }
        let facility = case.responsible.as_ref().and_then(Responsible::facility);
        Some(facility.map_or(GroupValue::Missing, |id| GroupValue::Is(id.to_text())))
    }

    /// The value of a passage, where it is the passage's own.
    pub(super) fn of_passage(&self, passage: &StagePassage) -> Option<GroupValue> {
        let value = match self {
            Self::Facility => passage.facility.as_ref().map(|id| id.to_text()),
            Self::Leg => passage.leg.as_ref().map(Label::to_text),
            _ => return None,
        };
        Some(value.map_or(GroupValue::Missing, GroupValue::Is))
    }

    pub(super) fn value(&self, waybill: &Waybill, shipment: &Shipment) -> GroupValue {
        let of = |label: &Option<Label>| label.as_ref().map(Label::to_text);
        let value = match self {
            Self::Carrier => waybill.key.carrier.as_ref().map(|id| id.to_text()),
            Self::OriginRegion => of(&waybill.origin_region),
            Self::DestinationRegion => of(&waybill.destination_region),
            Self::OriginCity => of(&waybill.origin_city),
            Self::DestinationCity => of(&waybill.destination_city),
            Self::Lane => match (&waybill.origin_region, &waybill.destination_region) {
                (Some(from), Some(to)) => Some(format!("{from} → {to}").into()),
                _ => None,
            },
            Self::Product => of(&waybill.product),
            Self::CargoCategory => of(&waybill.cargo_category),
            Self::Channel => of(&waybill.channel),
            Self::Customer => waybill.customer.as_ref().map(|id| id.to_text()),
            Self::CustomerSegment => of(&waybill.customer_segment),
            Self::Flow => Some(
                match waybill.flow {
                    Flow::Forward => "forward",
                    Flow::Reverse => "reverse",
                    Flow::ReturnLeg => "return_leg",
                }
                .into(),
            ),
            Self::OriginFacility => shipment.roles.origin_facility.as_ref().map(|id| id.to_text()),
            Self::DestinationFacility => shipment.roles.destination_facility.as_ref().map(|id| id.to_text()),
            Self::DeliveryCourier => shipment.roles.delivery_courier.as_ref().map(|id| id.to_text()),
            // Of scans, of cases, of several at once, of all shipments of a block together.
            Self::Facility
            | Self::Courier
            | Self::ResponsibleFacility
            | Self::Leg
            | Self::HandledBy
            | Self::Outcome(_) => None,
            Self::Attribute(name) => waybill.attributes.get(name).map(Label::to_text),
        };
        value.map_or(GroupValue::Missing, GroupValue::Is)
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Dimension {
    type Err = DimensionError;

    /// Reads a dimension by its name; [`ByOutcome`] says how the outcome of a KPI is named. What is neither is a column of
    /// the caller's own.
    fn from_str(name: &str) -> Result<Self, DimensionError> {
        if let Some(field) = Self::FIELDS.into_iter().find(|field| field.name() == name) {
            return Ok(field);
        }
        match name.parse::<ByOutcome>() {
            Err(DimensionError::Kpi(KpiError::UnknownKpi { .. })) => Ok(Self::Attribute(Label::new(name)?)),
            by => by.map(Self::Outcome),
        }
    }
}
