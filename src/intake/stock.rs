//! Sections of stock counts.

use serde::Deserialize;

use super::IntakeError;
use super::mapping::{Condition, JoinSpec, Rows};
use super::plan::{Plan, Scope, Typed, fault_of, read};
use super::quarantine::{Fault, Reason};
use super::section::{Section, TakeRow, Told};
use super::sink::Sink;
use super::source::{Field, one_or_many};
use super::text::Row;
use super::value::{IdPlan, TimePlan, Whole};
use crate::record::{RecordKind, StockCount, kind};

/// A section of stock counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StockCountSection {
    #[serde(deserialize_with = "one_or_many")]
    file: Vec<String>,
    delimiter: Option<char>,
    #[serde(default, rename = "where", deserialize_with = "one_or_many")]
    conditions: Vec<Condition>,
    #[serde(default, deserialize_with = "one_or_many")]
    join: Vec<JoinSpec>,
    id: Field,
    facility: Field,
    location: Field,
    counted_at: Field,
    expected_units: Field,
    counted_units: Field,
    updated_at: Option<Field>,
    recorded_at: Option<Field>,
}

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

impl Section for StockCountSection {
    type Plan = StockCountPlan;

    fn rows(&self) -> Rows<'_> {
        Rows {
            section: "stock_count",
            kind: RecordKind::StockCount,
            files: &self.file,
            delimiter: self.delimiter,
            conditions: &self.conditions,
            joins: &self.join,
        }
    }

    fn plan(&self, scope: &mut Scope<'_>) -> Result<StockCountPlan, IntakeError> {
        Ok(StockCountPlan {
            id: scope.need("id", &self.id)?,
            facility: scope.need("facility", &self.facility)?,
            location: scope.need("location", &self.location)?,
            counted_at: scope.need("counted_at", &self.counted_at)?,
            expected_units: scope.need("expected_units", &self.expected_units)?,
            counted_units: scope.need("counted_units", &self.counted_units)?,
            updated_at: scope.may("updated_at", self.updated_at.as_ref())?,
            recorded_at: scope.may("recorded_at", self.recorded_at.as_ref())?,
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
