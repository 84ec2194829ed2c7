//! Sections of costs.

use super::IntakeError;
use super::amount::MoneyPlan;
use super::plan::{Plan, Scope, read};
use super::quarantine::{Fault, Reason};
use super::section::{TakeRow, Told};
use super::sink::Sink;
use super::text::Row;
use super::value::{ClosedPlan, DayPlan, IdPlan, TimePlan};
use crate::record::{CostEntry, CostKind, kind};

/// A section of costs tied to a file.
pub(super) struct CostPlan {
    id: IdPlan<kind::Cost>,
    booked_on: DayPlan,
    kind: ClosedPlan<CostKind>,
    amount: MoneyPlan,
    updated_at: Option<TimePlan>,
    recorded_at: Option<TimePlan>,
    facility: Option<IdPlan<kind::Facility>>,
    region: Option<IdPlan<kind::Label>>,
    product: Option<IdPlan<kind::Label>>,
}

impl CostPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: scope.need("id")?,
            booked_on: scope.need("booked_on")?,
            kind: scope.need("kind")?,
            amount: scope.need("amount")?,
            updated_at: scope.may("updated_at")?,
            recorded_at: scope.may("recorded_at")?,
            facility: scope.may("facility")?,
            region: scope.may("region")?,
            product: scope.may("product")?,
        })
    }
}

impl TakeRow for CostPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let mut cost = CostEntry::new(
            self.id.need(row, Reason::MissingId)?,
            self.booked_on.need(row, Reason::MissingDate)?,
            self.kind.need(row, Reason::MissingKind)?,
            self.amount.need(row, Reason::MissingAmount)?,
        );
        cost.updated_at = read(self.updated_at.as_ref(), row)?;
        cost.recorded_at = read(self.recorded_at.as_ref(), row)?;
        cost.facility = read(self.facility.as_ref(), row)?;
        cost.region = read(self.region.as_ref(), row)?;
        cost.product = read(self.product.as_ref(), row)?;
        sink.saw([cost.updated_at, cost.recorded_at]);
        sink.records.costs.push(cost);
        Ok(())
    }
}
