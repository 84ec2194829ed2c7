use arrow_array::RecordBatch;

use super::TakeRows;
use crate::arrow::column::{Codes, Dates, Lengths, Moments, Named, Source, Wholes, Words, read, read_id};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::quarantine::{Fault, Reason};
use crate::intake::sink::Sink;
use crate::record::{Activity, CourierDay, RosterStanding, SiteShift, Zone};

/// The columns of a batch of courier days.
#[derive(Debug, Clone)]
pub(crate) struct CourierDayColumns {
    courier: Named<Words>,
    day: Named<Dates>,
    standing: Option<Named<Codes<RosterStanding>>>,
    updated_at: Option<Named<Moments>>,
    recorded_at: Option<Named<Moments>>,
    facility: Option<Named<Words>>,
    hours: Option<Named<Lengths>>,
}

impl CourierDayColumns {
    /// The courier's day of a row.
    pub(crate) fn record(&self, row: usize) -> Result<CourierDay, Fault> {
        let courier = self.courier.need_id(row, Reason::MissingId)?;
        let day = self.day.need(row, Reason::MissingDate)?;
        // A list of those who worked need not say of each that they did.
        let standing = match &self.standing {
            Some(column) => column.need(row, Reason::MissingKind)?,
            None => RosterStanding::OnDuty,
        };
        let mut courier_day = CourierDay::new(courier, day, standing);
        courier_day.updated_at = read(self.updated_at.as_ref(), row)?;
        courier_day.recorded_at = read(self.recorded_at.as_ref(), row)?;
        courier_day.facility = read_id(self.facility.as_ref(), row)?;
        courier_day.hours = read(self.hours.as_ref(), row)?;
        courier_day.validate().map_err(|error| {
            let reason = if standing.may_work() { Reason::InvalidNumber } else { Reason::ContradictingValues };
            match &self.hours {
                Some(column) => column.refused(row, reason, &error),
                None => Fault::of(reason, &error),
            }
        })?;
        Ok(courier_day)
    }
}

impl TakeRows for CourierDayColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::CourierDays, batch);
        Ok(Self {
            courier: source.need("courier")?,
            day: source.need("day")?,
            standing: source.may("standing")?,
            updated_at: source.may("updated_at")?,
            recorded_at: source.may("recorded_at")?,
            facility: source.may("facility")?,
            hours: source.may("hours")?,
        })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, _: Zone) -> Result<(), Fault> {
        let courier_day = self.record(row)?;
        sink.saw([courier_day.updated_at, courier_day.recorded_at]);
        sink.records.courier_days.push(courier_day);
        Ok(())
    }
}

/// The columns of a batch of site shifts.
#[derive(Debug, Clone)]
pub(crate) struct SiteShiftColumns {
    id: Named<Words>,
    facility: Named<Words>,
    day: Named<Dates>,
    activity: Named<Codes<Activity>>,
    units: Named<Wholes>,
    labour_hours: Named<Lengths>,
    wrong_units: Option<Named<Wholes>>,
    updated_at: Option<Named<Moments>>,
    recorded_at: Option<Named<Moments>>,
}

impl SiteShiftColumns {
    /// The shift of a row.
    pub(crate) fn record(&self, row: usize) -> Result<SiteShift, Fault> {
        let mut shift = SiteShift::new(
            self.id.need_id(row, Reason::MissingId)?,
            self.facility.need_id(row, Reason::MissingId)?,
            self.day.need(row, Reason::MissingDate)?,
            self.activity.need(row, Reason::MissingKind)?,
            self.units.need(row, Reason::MissingNumber)?,
            self.labour_hours.need(row, Reason::MissingNumber)?,
        );
        shift.wrong_units = read(self.wrong_units.as_ref(), row)?;
        shift.updated_at = read(self.updated_at.as_ref(), row)?;
        shift.recorded_at = read(self.recorded_at.as_ref(), row)?;
        shift.validate().map_err(|error| match (error.field, &self.wrong_units) {
            ("wrong_units", Some(column)) => column.refused(row, Reason::ContradictingValues, &error),
            ("labour_hours", _) => self.labour_hours.refused(row, Reason::InvalidNumber, &error),
            _ => self.units.refused(row, Reason::InvalidNumber, &error),
        })?;
        Ok(shift)
    }
}

impl TakeRows for SiteShiftColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::SiteShifts, batch);
        Ok(Self {
            id: source.need("id")?,
            facility: source.need("facility")?,
            day: source.need("day")?,
            activity: source.need("activity")?,
            units: source.need("units")?,
            labour_hours: source.need("labour_hours")?,
            wrong_units: source.may("wrong_units")?,
            updated_at: source.may("updated_at")?,
            recorded_at: source.may("recorded_at")?,
        })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, _: Zone) -> Result<(), Fault> {
        let shift = self.record(row)?;
        sink.saw([shift.updated_at, shift.recorded_at]);
        sink.records.site_shifts.push(shift);
        Ok(())
    }
}
