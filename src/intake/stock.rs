//! Sections of stock counts.

use super::IntakeError;
use super::plan::{Plan, Scope, Typed, fault_of, read};
use super::quarantine::{Fault, Reason};
use super::section::{TakeRow, Told};
use super::sink::Sink;
use super::text::Row;
use super::value::{IdPlan, TimePlan, Whole};
use crate::record::{StockCount, kind};

/// A section of stock counts tied to a file.
pub(super) struct StockCountPlan {
    id: IdPlan<kind::StockCount>,
    facility: IdPlan<kind::Facility>,
    location: IdPlan<kind::Label>,
    counted_at: TimePlan,
    expected_units: Typed<Whole>,
    counted_units: Typed<Whole>,
    updated_at: Option<TimePlan>,
    recorded_at: Option<TimePlan>,
}

impl StockCountPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: scope.need("id")?,
            facility: scope.need("facility")?,
            location: scope.need("location")?,
            counted_at: scope.need("counted_at")?,
            expected_units: scope.need("expected_units")?,
            counted_units: scope.need("counted_units")?,
            updated_at: scope.may("updated_at")?,
            recorded_at: scope.may("recorded_at")?,
        })
    }
}

impl TakeRow for StockCountPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let mut count = StockCount::new(
            self.id.need(row, Reason::MissingId)?,
            self.facility.need(row, Reason::MissingId)?,
            self.location.need(row, Reason::MissingId)?,
            self.counted_at.need(row, Reason::MissingTime)?,
            self.expected_units.need(row, Reason::MissingNumber)?.into(),
            self.counted_units.need(row, Reason::MissingNumber)?.into(),
        );
        count.updated_at = read(self.updated_at.as_ref(), row)?;
        count.recorded_at = read(self.recorded_at.as_ref(), row)?;
        count.validate().map_err(|error| {
            let plan = if error.field == "expected_units" { &self.expected_units } else { &self.counted_units };
            fault_of(Some(plan), row, Reason::InvalidNumber, &error)
        })?;
        sink.saw([Some(count.counted_at), count.updated_at, count.recorded_at]);
        sink.records.stock_counts.push(count);
        Ok(())
    }
}
