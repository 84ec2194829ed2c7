//! Sections of work: courier days and site shifts.

use super::IntakeError;
use super::plan::{Plan, Scope, Typed, fault_of, read};
use super::quarantine::{Fault, Reason};
use super::section::{TakeRow, Told};
use super::sink::Sink;
use super::text::Row;
use super::value::{ClosedPlan, DayPlan, IdPlan, Length, TimePlan, Whole};
use crate::record::{Activity, CourierDay, RosterStanding, SiteShift, kind};

/// A section of courier days tied to a file.
pub(super) struct CourierDayPlan {
    courier: IdPlan<kind::Courier>,
    day: DayPlan,
    standing: Option<ClosedPlan<RosterStanding>>,
    updated_at: Option<TimePlan>,
    recorded_at: Option<TimePlan>,
    facility: Option<IdPlan<kind::Facility>>,
    hours: Option<Typed<Length>>,
}

impl CourierDayPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            courier: scope.need("courier")?,
            day: scope.need("day")?,
            standing: scope.may("standing")?,
            updated_at: scope.may("updated_at")?,
            recorded_at: scope.may("recorded_at")?,
            facility: scope.may("facility")?,
            hours: scope.may("hours")?,
        })
    }
}

impl TakeRow for CourierDayPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let courier = self.courier.need(row, Reason::MissingId)?;
        let day = self.day.need(row, Reason::MissingDate)?;
        // A list of those who worked need not say of each that they did.
        let standing = match &self.standing {
            Some(plan) => plan.need(row, Reason::MissingKind)?,
            None => RosterStanding::OnDuty,
        };
        let mut courier_day = CourierDay::new(courier, day, standing);
        courier_day.updated_at = read(self.updated_at.as_ref(), row)?;
        courier_day.recorded_at = read(self.recorded_at.as_ref(), row)?;
        courier_day.facility = read(self.facility.as_ref(), row)?;
        courier_day.hours = read(self.hours.as_ref(), row)?;
        courier_day.validate().map_err(|error| {
            let reason = if standing.may_work() { Reason::InvalidNumber } else { Reason::ContradictingValues };
            fault_of(self.hours.as_ref(), row, reason, &error)
        })?;
        sink.saw([courier_day.updated_at, courier_day.recorded_at]);
        sink.records.courier_days.push(courier_day);
        Ok(())
    }
}

/// A section of site shifts tied to a file.
pub(super) struct SiteShiftPlan {
    id: IdPlan<kind::Shift>,
    facility: IdPlan<kind::Facility>,
    day: DayPlan,
    activity: ClosedPlan<Activity>,
    units: Typed<Whole>,
    labour_hours: Typed<Length>,
    wrong_units: Option<Typed<Whole>>,
    updated_at: Option<TimePlan>,
    recorded_at: Option<TimePlan>,
}

impl SiteShiftPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: scope.need("id")?,
            facility: scope.need("facility")?,
            day: scope.need("day")?,
            activity: scope.need("activity")?,
            units: scope.need("units")?,
            labour_hours: scope.need("labour_hours")?,
            wrong_units: scope.may("wrong_units")?,
            updated_at: scope.may("updated_at")?,
            recorded_at: scope.may("recorded_at")?,
        })
    }
}

impl TakeRow for SiteShiftPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let mut shift = SiteShift::new(
            self.id.need(row, Reason::MissingId)?,
            self.facility.need(row, Reason::MissingId)?,
            self.day.need(row, Reason::MissingDate)?,
            self.activity.need(row, Reason::MissingKind)?,
            self.units.need(row, Reason::MissingNumber)?.into(),
            self.labour_hours.need(row, Reason::MissingNumber)?,
        );
        shift.wrong_units = read(self.wrong_units.as_ref(), row)?.map(u64::from);
        shift.updated_at = read(self.updated_at.as_ref(), row)?;
        shift.recorded_at = read(self.recorded_at.as_ref(), row)?;
        shift.validate().map_err(|error| match error.field {
            "wrong_units" => fault_of(self.wrong_units.as_ref(), row, Reason::ContradictingValues, &error),
            "labour_hours" => fault_of(Some(&self.labour_hours), row, Reason::InvalidNumber, &error),
            _ => fault_of(Some(&self.units), row, Reason::InvalidNumber, &error),
        })?;
        sink.saw([shift.updated_at, shift.recorded_at]);
        sink.records.site_shifts.push(shift);
        Ok(())
    }
}
