//! Stock counts: what the books say lies at a location, and what was found there.
//!
//! What this module does not do: no KPI observes counts yet; they are settled and accounted for.

use serde::{Deserialize, Serialize};

use super::{FacilityId, Instant, Label, RecordError, StockCountId};

/// The most units that one row may speak of. A trade number scanned into the field of the quantity is far above it.
pub const MAX_UNITS: u64 = 1_000_000_000;

/// One count of one location.
///
/// ```
/// use parcelgauge::record::{FacilityId, Label, StockCount, StockCountId};
/// let [id, counted_at] = ["SC-1", "2026-10-01T20:00:00+08:00"];
/// let (facility, location) = (FacilityId::new("Zhejiang-hub")?, Label::new("A-07-3")?);
/// let count = StockCount::new(StockCountId::new(id)?, facility, location, counted_at.parse()?, 40, 39);
/// assert!(count.validate().is_ok() && !count.matches());
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[doc(alias = "盘点")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StockCount {
    /// Its identity.
    pub id: StockCountId,
    /// When this state of the row was written: of two unlike rows of one count the later one holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Instant>,
    /// When the row became known; without it the row is known from `counted_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Instant>,
    /// In which warehouse.
    pub facility: FacilityId,
    /// At which location of it.
    pub location: Label,
    /// When it was counted.
    pub counted_at: Instant,
    /// Units that the books say lie there. // 0..=MAX_UNITS
    pub expected_units: u64,
    /// Units found. // 0..=MAX_UNITS
    pub counted_units: u64,
}

impl StockCount {
    /// A count of a location.
    #[must_use]
    pub fn new(
        id: StockCountId,
        facility: FacilityId,
        location: Label,
        counted_at: Instant,
        expected_units: u64,
        counted_units: u64,
    ) -> Self {
        Self { id, updated_at: None, recorded_at: None, facility, location, counted_at, expected_units, counted_units }
    }

    /// Whether what was found is what the books say: to the unit, no tolerance.
    #[must_use]
    pub fn matches(&self) -> bool {
        self.expected_units == self.counted_units
    }

    /// From when on the row is known.
    #[must_use]
    pub fn known_at(&self) -> Instant {
        self.recorded_at.unwrap_or(self.counted_at)
    }

    /// Checks that the units are quantities.
    ///
    /// # Errors
    /// [`RecordError`] naming the field.
    pub fn validate(&self) -> Result<(), RecordError> {
        is_quantity("expected_units", self.expected_units)?;
        is_quantity("counted_units", self.counted_units)
    }
}

pub(super) fn is_quantity(field: &'static str, units: u64) -> Result<(), RecordError> {
    if units > MAX_UNITS {
        return Err(RecordError::new(
            field,
            units,
            "0 to 1,000,000,000 units",
            "check that no barcode was scanned into the field of the quantity",
        ));
    }
    Ok(())
}
