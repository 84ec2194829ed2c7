//! Rows through the columnar engine, without holding Python up.

use arrow_array::ffi_stream::ArrowArrayStreamReader;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType};
use pyo3::prelude::*;

use super::error::Refusal;
use crate::arrow::engine::Columnar;
use crate::arrow::{FieldKind, Table};

/// Rows handed to a thread at once. A data frame is one batch, and threads share batches.
const ROWS_AT_ONCE: usize = 1 << 17;

/// Takes in all rows of a stream as a table, with other Python threads running.
pub(super) fn take_stream(
    py: Python<'_>,
    engine: &mut Columnar<'_>,
    table: Table,
    reader: ArrowArrayStreamReader,
    threads: usize,
) -> PyResult<()> {
    let schema = reader.schema();
    let is_naive = |name: &str, data_type: &DataType| {
        let is_instant = table.field(name).is_some_and(|field| field.kind == FieldKind::Instant);
        is_instant && matches!(data_type, DataType::Timestamp(_, None))
    };
    if let Some(field) = schema.fields().iter().find(|field| is_naive(field.name(), field.data_type())) {
        return Err(Refusal::naive(table, field.name()).into());
    }
    let mut pieces = reader.flat_map(in_pieces).map(|piece| piece.map(|batch| (table, batch)));
    // A table without rows counts as handed over.
    engine.take(table, &RecordBatch::new_empty(schema)).map_err(Refusal::from)?;
    loop {
        let taken = py.detach(|| -> Result<usize, Refusal> {
            let some = pieces.by_ref().take(threads).collect::<Result<Vec<_>, _>>();
            let some = some.map_err(|error| Refusal::stream(table.name(), &error))?;
            engine.take_all(&some)?;
            Ok(some.len())
        })?;
        if taken == 0 {
            return Ok(());
        }
        py.check_signals()?;
    }
}

/// A batch as batches of few enough rows, without copying.
fn in_pieces(batch: Result<RecordBatch, ArrowError>) -> impl Iterator<Item = Result<RecordBatch, ArrowError>> {
    let rows = batch.as_ref().map_or(1, RecordBatch::num_rows);
    (0..rows).step_by(ROWS_AT_ONCE).map(move |first| match &batch {
        Ok(batch) => Ok(batch.slice(first, ROWS_AT_ONCE.min(rows - first))),
        Err(error) => Err(ArrowError::CDataInterface(error.to_string())),
    })
}
