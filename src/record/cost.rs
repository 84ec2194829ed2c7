//! Costs: what it took to run the network, entry by entry.
//!
//! What this module does not do: no KPI observes costs yet; they are settled and accounted for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::waybill::within_range;
use super::{CostId, FacilityId, Instant, Label, Money, RecordError, Zone};

/// What the money went on, in a closed set: shares of the total need one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CostKind {
    /// Wages and what comes with them, of one's own people and of hired ones.
    #[doc(alias = "人力成本")]
    Labour,
    /// Vehicles: lease, depreciation, repair, insurance, tolls.
    #[doc(alias = "车辆成本")]
    Vehicle,
    /// Fuel and charging.
    #[doc(alias = "燃料成本")]
    Fuel,
    /// Rent of sites, hubs and warehouses, with power and water.
    #[doc(alias = "场地租金")]
    Rent,
    /// Packaging.
    #[doc(alias = "包装成本")]
    Packaging,
    /// Everything else.
    Other,
}

impl CostKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 6] = [Self::Labour, Self::Vehicle, Self::Fuel, Self::Rent, Self::Packaging, Self::Other];

    /// The name in files and results: `labour`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Labour => "labour",
            Self::Vehicle => "vehicle",
            Self::Fuel => "fuel",
            Self::Rent => "rent",
            Self::Packaging => "packaging",
            Self::Other => "other",
        }
    }
}

/// One entry of the cost account.
///
/// An entry carries the keys it was booked with. A cost without the key of a group is not spread over groups by anyone:
/// it stays unallocated.
///
/// ```
/// use parcelgauge::record::{CostEntry, CostId, CostKind, Currency, FacilityId, Money};
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default();
/// let wages = Money::parse("4180.00", Currency::CNY)?;
/// let mut entry = CostEntry::new(CostId::new("CO-1")?, day, CostKind::Labour, wages);
/// entry.facility = Some(FacilityId::new("Zhejiang-site-1")?);
/// entry.validate()?;
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[doc(alias = "成本")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CostEntry {
    /// Its identity.
    pub id: CostId,
    /// When this state of the row was written: of two unlike rows of one entry the later one holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Instant>,
    /// When the row became known; without it the row is known once the day of booking is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Instant>,
    /// The day it counts on, in the reporting zone.
    pub booked_on: NaiveDate, // of the years 1 to 9999
    /// What the money went on.
    pub kind: CostKind,
    /// How much. Below zero it is a credit: a refund, or the reversal of another entry.
    pub amount: Money,
    /// At which facility.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<FacilityId>,
    /// In which region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Label>,
    /// For which product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Label>,
}

impl CostEntry {
    /// An entry without the key of any group.
    #[must_use]
    pub fn new(id: CostId, booked_on: NaiveDate, kind: CostKind, amount: Money) -> Self {
        Self {
            id,
            updated_at: None,
            recorded_at: None,
            booked_on,
            kind,
            amount,
            facility: None,
            region: None,
            product: None,
        }
    }

    /// From when on the row is known, where days are those of a zone.
    #[must_use]
    pub fn known_at(&self, zone: Zone) -> Instant {
        self.recorded_at.unwrap_or_else(|| zone.end_of(self.booked_on))
    }

    /// Checks what the types cannot: a day within the years of [`Instant`].
    ///
    /// # Errors
    /// [`RecordError`] naming the field.
    pub fn validate(&self) -> Result<(), RecordError> {
        within_range("booked_on", Some(self.booked_on))
    }
}
