//! Shifts: what a facility got done in one activity, and with how much labour.
//!
//! What this module does not do: no KPI observes shifts yet; they are settled and accounted for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::stock_count::is_quantity;
use super::waybill::within_range;
use super::{Duration, FacilityId, Instant, RecordError, ShiftId, Zone};

/// What people did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Sorted pieces.
    #[doc(alias = "分拣")]
    Sorting,
    /// Put units away that came in.
    #[doc(alias = "入库")]
    Inbound,
    /// Handed units out.
    #[doc(alias = "出库")]
    Outbound,
    /// Picked order lines.
    #[doc(alias = "拣货")]
    Picking,
}

impl Activity {
    /// All activities, in their order.
    pub const ALL: [Self; 4] = [Self::Sorting, Self::Inbound, Self::Outbound, Self::Picking];

    /// The name in files and results: `sorting`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sorting => "sorting",
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Picking => "picking",
        }
    }
}

/// One shift of one activity at one facility.
///
/// ```
/// use parcelgauge::record::{Activity, Duration, FacilityId, ShiftId, SiteShift};
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default();
/// let (id, facility) = (ShiftId::new("SH-1")?, FacilityId::new("Zhejiang-hub")?);
/// let mut shift = SiteShift::new(id, facility, day, Activity::Picking, 1_200, Duration::from_hours(16));
/// shift.wrong_units = Some(3);
/// shift.validate()?;
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[doc(alias = "班次")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SiteShift {
    /// Its identity: a facility may have several shifts a day.
    pub id: ShiftId,
    /// When this state of the row was written: of two unlike rows of one shift the later one holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Instant>,
    /// When the row became known; without it the row is known once the day is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Instant>,
    /// Where.
    pub facility: FacilityId,
    /// The day it counts on, in the reporting zone: for a night shift, the one its facility books it on.
    pub day: NaiveDate, // of the years 1 to 9999
    /// What was done.
    pub activity: Activity,
    /// How much: pieces sorted, units put away or handed out, order lines picked. // 0..=MAX_UNITS
    pub units: u64,
    /// How much of it was wrong; none where nobody checked, which is not the same as none wrong. // 0..=units
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_units: Option<u64>,
    /// The hours of all who worked on it, added up. // 0h..=MAX_LABOUR_HOURS
    pub labour_hours: Duration,
}

impl SiteShift {
    /// The most labour of one shift: 40,000 people for 25 hours.
    pub const MAX_LABOUR_HOURS: Duration = Duration::from_hours(1_000_000);

    /// A shift of which nobody checked what was wrong.
    #[must_use]
    pub fn new(
        id: ShiftId,
        facility: FacilityId,
        day: NaiveDate,
        activity: Activity,
        units: u64,
        labour_hours: Duration,
    ) -> Self {
        Self {
            id,
            updated_at: None,
            recorded_at: None,
            facility,
            day,
            activity,
            units,
            wrong_units: None,
            labour_hours,
        }
    }

    /// From when on the row is known, where days are those of a zone.
    #[must_use]
    pub fn known_at(&self, zone: Zone) -> Instant {
        self.recorded_at.unwrap_or_else(|| zone.end_of(self.day))
    }

    /// Checks day, quantities and hours, and that no more was wrong than was done.
    ///
    /// # Errors
    /// [`RecordError`] naming the field.
    pub fn validate(&self) -> Result<(), RecordError> {
        within_range("day", Some(self.day))?;
        is_quantity("units", self.units)?;
        if let Some(wrong) = self.wrong_units.filter(|&wrong| wrong > self.units) {
            let remedy = "count wrong units among those done, and leave them out where nobody checked";
            return Err(RecordError::new("wrong_units", wrong, "0 to `units`", remedy));
        }
        if !(Duration::ZERO..=Self::MAX_LABOUR_HOURS).contains(&self.labour_hours) {
            let remedy = "give the hours of one shift, added up over those who worked";
            return Err(RecordError::new("labour_hours", self.labour_hours, "0h to 1,000,000h", remedy));
        }
        Ok(())
    }
}
