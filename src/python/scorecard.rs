//! The result as a Python object.

use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::capsule::capsule_of;
use super::error::Refusal;
use crate::arrow::scorecard_batch;
use crate::cube::Scorecard;

/// The figures of a plan at one instant.
#[pyclass(frozen, module = "parcelgauge", name = "Scorecard")]
#[derive(Debug)]
pub(super) struct PyScorecard(pub(super) Scorecard);

#[pymethods]
impl PyScorecard {
    /// The result document as one line of JSON: equal results are equal texts, in Rust as in Python.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.to_json())
    }

    /// A row a figure, for whatever reads Arrow.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema); // a wish that the interface allows to be left unmet
        capsule_of(py, scorecard_batch(&self.0).map_err(Refusal::from)?)
    }
}
