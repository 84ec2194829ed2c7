//! Rosters: which courier was to work on which day, and how long it was.
//!
//! What this module does not do: no KPI observes rosters yet; they are settled and accounted for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::waybill::within_range;
use super::{CourierId, Duration, FacilityId, Instant, RecordError, Zone};

/// How a courier stands on the roster of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RosterStanding {
    /// At work.
    #[doc(alias = "出勤")]
    OnDuty,
    /// To come when called.
    #[doc(alias = "待命")]
    StandBy,
    /// On leave or off.
    #[doc(alias = "休假")]
    Leave,
    /// Expected, and did not come.
    #[doc(alias = "缺勤")]
    Absent,
}

impl RosterStanding {
    /// All standings, in their order.
    pub const ALL: [Self; 4] = [Self::OnDuty, Self::StandBy, Self::Leave, Self::Absent];

    /// The name in files and results: `on_duty`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OnDuty => "on_duty",
            Self::StandBy => "stand_by",
            Self::Leave => "leave",
            Self::Absent => "absent",
        }
    }

    /// Whether somebody who stands so can have worked.
    #[must_use]
    pub fn may_work(self) -> bool {
        matches!(self, Self::OnDuty | Self::StandBy)
    }
}

/// One courier's day on the roster. Courier and day are its identity: a second row of them is no second day.
///
/// ```
/// use parcelgauge::record::{CourierDay, CourierId, Duration, RosterStanding};
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default();
/// let mut row = CourierDay::new(CourierId::new("K-17")?, day, RosterStanding::OnDuty);
/// row.hours = Some(Duration::from_minutes(9 * 60 + 30));
/// row.validate()?;
/// row.standing = RosterStanding::Leave;
/// assert!(row.validate().is_err()); // on leave, nobody works nine hours
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[doc(alias = "排班")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CourierDay {
    /// Whose day.
    pub courier: CourierId,
    /// Which day, in the reporting zone.
    pub day: NaiveDate, // of the years 1 to 9999
    /// When this state of the row was written: of two unlike rows of one courier's day the later one holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Instant>,
    /// When the row became known; without it the row is known once the day is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Instant>,
    /// From which facility.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<FacilityId>,
    /// How the courier stood on the roster.
    pub standing: RosterStanding,
    /// How long the courier worked; none where nobody took the time. // 0h..=25h, the longest day of a zone
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Duration>,
}

impl CourierDay {
    /// The longest time one courier can have worked on one day: a day on which the clocks go back.
    pub const MAX_HOURS: Duration = Duration::from_hours(25);

    /// A day of which no more than the standing is known.
    #[must_use]
    pub fn new(courier: CourierId, day: NaiveDate, standing: RosterStanding) -> Self {
        Self { courier, day, updated_at: None, recorded_at: None, facility: None, standing, hours: None }
    }

    /// From when on the row is known, where days are those of a zone.
    #[must_use]
    pub fn known_at(&self, zone: Zone) -> Instant {
        self.recorded_at.unwrap_or_else(|| zone.end_of(self.day))
    }

    /// Checks the day, the hours, and that nobody worked who was not there.
    ///
    /// # Errors
    /// [`RecordError`] naming the field.
    pub fn validate(&self) -> Result<(), RecordError> {
        within_range("day", Some(self.day))?;
        let Some(hours) = self.hours else { return Ok(()) };
        if !(Duration::ZERO..=Self::MAX_HOURS).contains(&hours) {
            return Err(RecordError::new("hours", hours, "0h to 25h", "give one courier's hours of one day"));
        }
        if hours > Duration::ZERO && !self.standing.may_work() {
            return Err(RecordError::new(
                "hours",
                hours,
                "0h or none on a day of leave or absence",
                "correct the standing to `on_duty`, or leave the hours out",
            ));
        }
        Ok(())
    }
}
