//! Streams of record batches, out of Python objects and into them: the only file with `unsafe` code.
#![allow(unsafe_code, reason = "a PyCapsule hands over a pointer, which only its name vouches for")]

use std::ffi::CStr;
use std::ptr::NonNull;

use arrow_array::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{RecordBatch, RecordBatchIterator};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::error::Refusal;

/// The name by which a capsule vouches for what it points to.
const STREAM: &CStr = c"arrow_array_stream";

/// The stream that an object offers as `table`.
pub(super) fn stream_of(table: &str, object: &Bound<'_, PyAny>) -> PyResult<ArrowArrayStreamReader> {
    let Some(offer) = object.getattr_opt("__arrow_c_stream__")? else {
        return Err(Refusal::no_stream(table, object).into());
    };
    let offered = offer.call0()?;
    let capsule = offered.cast::<PyCapsule>()?;
    let stream: NonNull<FFI_ArrowArrayStream> = capsule.pointer_checked(Some(STREAM))?.cast();
    // SAFETY: a capsule of this name points to an initialised stream, by the PyCapsule interface of Arrow. It is moved out
    // here, which leaves a released one behind, so that the capsule has nothing to free; no Python code runs meanwhile.
    let reader = unsafe { ArrowArrayStreamReader::from_raw(stream.as_ptr()) };
    reader.map_err(|error| Refusal::stream(table, &error).into())
}

/// A stream of one batch, for whoever takes it.
pub(super) fn capsule_of<'py>(py: Python<'py>, batch: RecordBatch) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = batch.schema();
    let batches = RecordBatchIterator::new([Ok(batch)], schema);
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
}
