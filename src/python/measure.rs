//! Rows through the columnar engine, without holding Python up.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use arrow_array::ffi_stream::ArrowArrayStreamReader;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Schema};
use pyo3::prelude::*;

use super::error::Refusal;
use crate::arrow::engine::Columnar;
use crate::arrow::{FieldKind, Table};

/// Rows handed to a thread at once. A data frame is one batch, and threads share batches.
const ROWS_AT_ONCE: usize = 1 << 17;
/// So that threads end a step together.
const PIECES_A_THREAD: usize = 4;
/// How long Ctrl-C may wait.
const HEARTBEAT: Duration = Duration::from_millis(50);

/// Takes in all rows of a stream as a table, with other Python threads running; `tell` is told the rows of each step.
pub(super) fn take_stream(
    py: Python<'_>,
    engine: &mut Columnar<'_>,
    table: Table,
    reader: ArrowArrayStreamReader,
    threads: usize,
    mut tell: impl FnMut(usize) -> PyResult<()>,
) -> PyResult<()> {
    let schema = reader.schema();
    if let Some(field) = naive_instant(table, &schema) {
        return Err(Refusal::naive(table, field).into());
    }
    // A table without rows counts as handed over.
    engine.take(table, &RecordBatch::new_empty(schema)).map_err(Refusal::from)?;
    let mut pieces = reader.flat_map(in_pieces).map(|piece| piece.map(|batch| (table, batch)));
    loop {
        let rows = py.detach(|| -> Result<Option<usize>, Refusal> {
            let some = pieces.by_ref().take(threads * PIECES_A_THREAD).collect::<Result<Vec<_>, _>>();
            let some = some.map_err(|error| Refusal::stream(table, &error))?;
            engine.take_all(&some)?;
            Ok((!some.is_empty()).then(|| some.iter().map(|(_, batch)| batch.num_rows()).sum()))
        })?;
        let Some(rows) = rows else { return Ok(()) };
        py.check_signals()?;
        tell(rows)?;
    }
}

/// A column that holds local times.
fn naive_instant(table: Table, schema: &Schema) -> Option<&str> {
    let is_instant = |name: &str| table.field(name).is_some_and(|field| field.kind == FieldKind::Instant);
    let mut fields = schema.fields().iter().filter(|field| is_instant(field.name()));
    let naive = fields.find(|field| matches!(field.data_type(), DataType::Timestamp(_, None)));
    naive.map(|field| field.name().as_str())
}

/// A batch as batches of few enough rows, without copying.
fn in_pieces(batch: Result<RecordBatch, ArrowError>) -> impl Iterator<Item = Result<RecordBatch, ArrowError>> {
    let rows = batch.as_ref().map_or(1, RecordBatch::num_rows);
    (0..rows).step_by(ROWS_AT_ONCE).map(move |first| match &batch {
        Ok(batch) => Ok(batch.slice(first, ROWS_AT_ONCE.min(rows - first))),
        Err(error) => Err(ArrowError::CDataInterface(error.to_string())),
    })
}

/// Does some work in a thread of its own, with other Python threads running. On Ctrl-C it sets `stop`, for the work to end
/// early, and raises what Python raises.
pub(super) fn interruptible<R: Send>(
    py: Python<'_>,
    stop: &AtomicBool,
    work: impl FnOnce() -> Result<R, Refusal> + Send,
) -> PyResult<R> {
    thread::scope(|scope| {
        let (alive, mut end) = channel::<()>();
        let worker = scope.spawn(move || {
            let _alive = alive; // dropped at the end, also by a panic
            work()
        });
        let mut interrupted = None;
        loop {
            let end = &mut end;
            if py.detach(move || end.recv_timeout(HEARTBEAT)) == Err(RecvTimeoutError::Disconnected) {
                break;
            }
            if let Err(raised) = py.check_signals() {
                stop.store(true, Ordering::Relaxed);
                interrupted.get_or_insert(raised);
            }
        }
        let done = py.detach(|| worker.join()).unwrap_or_else(|panic| resume_unwind(panic));
        interrupted.map_or_else(|| Ok(done?), Err)
    })
}
