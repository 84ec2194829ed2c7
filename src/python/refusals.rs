//! Every error of the library as the one exception: its kind and its facts by their names in Rust.

use super::error::Refusal;
use crate::arrow::{ArrowInputError, ArrowOutputError};
use crate::cube::DimensionError;
use crate::intake::SetAside;
use crate::kpi::KpiError;
use crate::record::RecordError;

impl From<RecordError> for Refusal {
    fn from(error: RecordError) -> Self {
        Self::new("value", &error)
            .with("field", error.field)
            .with("value", error.value)
            .with("allowed", error.allowed)
            .with("remedy", error.remedy)
    }
}

impl From<KpiError> for Refusal {
    fn from(error: KpiError) -> Self {
        let message = error.to_string();
        match error {
            KpiError::UnknownKpi { id, known } => Self::new("unknown_kpi", message).with("id", id).with("known", known),
            KpiError::Argument { kpi, argument, expected } => {
                Self::new("argument", message).with("kpi", kpi).with("argument", argument).with("expected", expected)
            }
            KpiError::UnknownPolicy { name } => Self::new("unknown_policy", message).with("name", name),
            KpiError::PolicyValue { name, value } => Self::new("policy_value", message)
                .with("name", name.as_str())
                .with("value", value)
                .with("expected", name.values()),
            KpiError::PolicyNotRead { kpi, name, reads } => {
                Self::new("policy_not_read", message).with("kpi", kpi).with("name", name.as_str()).with("reads", reads)
            }
            KpiError::CohortNotPossible { kpi, cohort, possible } => Self::new("cohort_not_possible", message)
                .with("kpi", kpi)
                .with("cohort", cohort)
                .with("possible", possible),
            KpiError::PolicyPath { path } => Self::new("policy_path", message).with("path", path),
            KpiError::NotAskedFor { kpi, path } => {
                Self::new("not_asked_for", message).with("kpi", kpi).with("path", path)
            }
        }
    }
}

impl From<DimensionError> for Refusal {
    fn from(error: DimensionError) -> Self {
        let message = error.to_string();
        match error {
            DimensionError::Name(error) => error.into(),
            DimensionError::Kpi(error) => error.into(),
            DimensionError::NoOutcome { kpi, possible } => {
                Self::new("no_outcome", message).with("kpi", kpi).with("possible", possible)
            }
            DimensionError::UnknownColumn { name, known } => {
                Self::new("unknown_dimension", message).with("name", name).with("known", known)
            }
            DimensionError::NoPolicy { text } => Self::new("no_policy", message).with("text", text),
        }
    }
}

impl From<ArrowInputError> for Refusal {
    fn from(error: ArrowInputError) -> Self {
        let message = error.to_string();
        match error {
            ArrowInputError::UnknownTable { name } => Self::new("unknown_table", message).with("name", name),
            ArrowInputError::MissingColumn { table, field, allowed, known } => Self::new("missing_column", message)
                .with("table", table.name())
                .with("field", field)
                .with("allowed", allowed)
                .with("known", known),
            ArrowInputError::RepeatedColumn { table, field } => {
                Self::new("repeated_column", message).with("table", table.name()).with("field", field)
            }
            ArrowInputError::WrongType { table, field, found, allowed, remedy } => Self::new("wrong_type", message)
                .with("table", table.name())
                .with("field", field)
                .with("found", found)
                .with("allowed", allowed)
                .with("remedy", remedy),
            ArrowInputError::NullsInRequired { table, field, nulls, row } => Self::new("nulls_in_required", message)
                .with("table", table.name())
                .with("field", field)
                .with("nulls", nulls)
                .with("row", row),
            ArrowInputError::BrokenDictionary { table, field, values, key } => Self::new("broken_dictionary", message)
                .with("table", table.name())
                .with("field", field)
                .with("values", values)
                .with("key", key),
            ArrowInputError::WrongName { table, field, problem } => Self::new("wrong_name", message)
                .with("table", table.name())
                .with("field", field)
                .with("problem", problem),
            ArrowInputError::Packed(error) => error.into(),
            ArrowInputError::Spill { folder, problem } => {
                Self::new("spill", message).with("folder", folder.display().to_string()).with("problem", problem)
            }
            ArrowInputError::PlanTooLarge { estimate, room, cells, done, all } => Self::new("plan_too_large", message)
                .with("estimate", estimate)
                .with("room", room)
                .with("cells", cells)
                .with("done", done)
                .with("all", all),
            ArrowInputError::Unlike(_) => Self::new("unlike_states", message),
            ArrowInputError::Cube(_) => Self::new("cube", message),
            ArrowInputError::Refused(row) => of_row(message, *row),
            ArrowInputError::Stopped => Self::new("stopped", message),
        }
    }
}

/// A row that cannot be read, where the caller asked to stop at the first.
fn of_row(message: String, row: SetAside) -> Refusal {
    let refusal = Refusal::new("row_refused", message)
        .with("table", row.file)
        .with("row", row.line)
        .with("value", row.value)
        .with("reason", row.reason.code());
    match row.column {
        Some(column) => refusal.with("field", column),
        None => refusal,
    }
}

impl From<ArrowOutputError> for Refusal {
    fn from(error: ArrowOutputError) -> Self {
        let message = error.to_string();
        match error {
            ArrowOutputError::UnforeseenColumn { waybill, name } => {
                Self::new("unforeseen_column", message).with("waybill", waybill).with("name", name)
            }
            ArrowOutputError::OutOfRange { field, value, most } => {
                Self::new("out_of_range", message).with("field", field).with("value", value).with("most", most)
            }
            ArrowOutputError::Arrow(_) => Self::new("output", message),
        }
    }
}
