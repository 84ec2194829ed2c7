//! Sections of costs.

use serde::Deserialize;

use super::IntakeError;
use super::amount::MoneyPlan;
use super::mapping::{Condition, JoinSpec, Rows};
use super::plan::{Plan, Scope, read};
use super::quarantine::{Fault, Reason};
use super::section::{Section, TakeRow, Told};
use super::sink::Sink;
use super::source::{Field, one_or_many};
use super::text::Row;
use super::value::{ClosedPlan, DayPlan, IdPlan, TimePlan};
use crate::record::{CostEntry, CostKind, RecordKind, kind};

/// A section of costs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CostSection {
    #[serde(deserialize_with = "one_or_many")]
    file: Vec<String>,
    delimiter: Option<char>,
    #[serde(default, rename = "where", deserialize_with = "one_or_many")]
    conditions: Vec<Condition>,
    #[serde(default, deserialize_with = "one_or_many")]
    join: Vec<JoinSpec>,
    id: Field,
    booked_on: Field,
    kind: Field,
    amount: Field,
    updated_at: Option<Field>,
    recorded_at: Option<Field>,
    facility: Option<Field>,
    region: Option<Field>,
    product: Option<Field>,
}

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

impl Section for CostSection {
    type Plan = CostPlan;

    fn rows(&self) -> Rows<'_> {
        Rows {
            section: "cost",
            kind: RecordKind::Cost,
            files: &self.file,
            delimiter: self.delimiter,
            conditions: &self.conditions,
            joins: &self.join,
        }
    }

    fn plan(&self, scope: &mut Scope<'_>) -> Result<CostPlan, IntakeError> {
        Ok(CostPlan {
            id: scope.need("id", &self.id)?,
            booked_on: scope.need("booked_on", &self.booked_on)?,
            kind: scope.need("kind", &self.kind)?,
            amount: scope.need("amount", &self.amount)?,
            updated_at: scope.may("updated_at", self.updated_at.as_ref())?,
            recorded_at: scope.may("recorded_at", self.recorded_at.as_ref())?,
            facility: scope.may("facility", self.facility.as_ref())?,
            region: scope.may("region", self.region.as_ref())?,
            product: scope.may("product", self.product.as_ref())?,
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
