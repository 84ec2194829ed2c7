//! Record batches in and out.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Int64Array, RecordBatch, StringArray,
    TimestampMillisecondArray,
};
use parcelgauge::arrow::{ArrowInputError, BatchIntake, Field, FieldKind, Presence, Table};
use parcelgauge::intake::Reading;

mod as_from_csv;
mod bad_batches;
mod bad_rows;
#[cfg(feature = "simulate")]
mod cubes;
mod engine;
#[cfg(feature = "parquet")]
pub mod files;
mod published;
mod results;
mod round_trip;
#[cfg(feature = "simulate")]
pub mod simulated;
mod types;

/// A batch of named columns.
fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

/// What a reading makes of one batch.
fn read(table: Table, batch: RecordBatch) -> Result<Reading, ArrowInputError> {
    BatchIntake::new().read([(table, batch)])
}

/// A text for a field that is a word or a code.
fn text_for(table: Table, field: &str) -> &'static str {
    match (table, field) {
        (Table::Events, "kind") => "delivered",
        (Table::Costs, "kind") => "fuel",
        (_, "flow") => "reverse",
        (_, "consent") => "yes",
        (_, "party") => "recipient",
        (_, "by") => "customer",
        (_, "class") => "inquiry",
        (_, "loss_kind") => "loss",
        (_, "decision") => "refused",
        (_, "question") => "nps",
        (_, "aspect") => "delivery",
        (_, "standing") => "stand_by",
        (_, "activity") => "picking",
        (Table::CaseSteps, "action") => "resolve",
        (Table::ClaimSteps, "action") => "confirm",
        (_, "actor") => "regulator",
        (Table::CaseSteps | Table::ClaimSteps, "channel") => "app",
        (_, "responsible") => "carrier/courier/17",
        (_, "destination_zone") => "Asia/Urumqi",
        (_, "currency" | "declared_value_currency") => "CNY",
        _ => "17",
    }
}

/// One row of a field, of the canonical type.
fn cell(table: Table, field: &Field) -> ArrayRef {
    let text = text_for(table, field.name);
    match field.kind {
        FieldKind::Identifier => Arc::new(StringArray::from(vec![text])),
        FieldKind::Label | FieldKind::Code => Arc::new(DictionaryArray::<Int32Type>::from_iter([text])),
        FieldKind::Instant => Arc::new(TimestampMillisecondArray::from(vec![1_790_000_000_000]).with_timezone("UTC")),
        FieldKind::Day => Arc::new(Date32Array::from(vec![20_700])),
        FieldKind::Amount => Arc::new(Decimal128Array::from(vec![12_300]).with_precision_and_scale(22, 3).unwrap()),
        FieldKind::Number => {
            let number =
                if field.name == "scale_max" { 20_000 } else { 5_000 - 1_000 * i128::from(field.name == "scale_min") };
            Arc::new(Decimal128Array::from(vec![number]).with_precision_and_scale(10, 3).unwrap())
        }
        FieldKind::Whole => Arc::new(Int64Array::from(vec![if field.name == "units" { 18 } else { 17 }])),
        FieldKind::Truth => Arc::new(BooleanArray::from(vec![true])),
        FieldKind::Length => Arc::new(DictionaryArray::<Int32Type>::from_iter(["1h"])),
        other => panic!("no cell of kind {other}"),
    }
}

/// One row of every field of a table, but that of a promise only the day is there.
fn full_row(table: Table) -> Vec<(&'static str, ArrayRef)> {
    let fields = table.fields().iter().filter(|field| !["promise_at", "to_at"].contains(&field.name));
    fields.map(|field| (field.name, cell(table, field))).collect()
}

/// One row of the fields that a table cannot do without.
fn least_row(table: Table) -> Vec<(&'static str, ArrayRef)> {
    let fields = table.fields().iter().filter(|field| field.presence == Presence::Required);
    fields.map(|field| (field.name, cell(table, field))).collect()
}

/// The row with one column changed.
fn with(mut row: Vec<(&'static str, ArrayRef)>, name: &'static str, array: ArrayRef) -> RecordBatch {
    row.retain(|(column, _)| *column != name);
    row.push((name, array));
    batch(row)
}
