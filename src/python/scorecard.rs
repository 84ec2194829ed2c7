//! The result as Python objects.

use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

use super::capsule::capsule_of;
use super::error::Refusal;
use super::html;
use crate::arrow::scorecard_batch;
use crate::cube::Scorecard;
use crate::intake::SetAside;

/// The figures of one measuring: a row a figure, window and group.
///
/// It offers its rows as an Arrow stream: `pyarrow.table(scorecard)`, `polars.DataFrame(scorecard)` and whatever else reads
/// `__arrow_c_stream__` take it as it is. Counts and sums there are exact; nothing is rounded.
#[pyclass(frozen, module = "parcelgauge", name = "Scorecard")]
#[derive(Debug)]
pub(super) struct PyScorecard {
    pub(super) scorecard: Scorecard,
    pub(super) set_aside: Vec<SetAside>,
}

#[pymethods]
impl PyScorecard {
    /// The instant of judgement, as RFC 3339.
    #[getter]
    fn as_of(&self) -> String {
        self.scorecard.as_of.to_string()
    }

    /// The reporting zone.
    #[getter]
    fn zone(&self) -> &str {
        self.scorecard.zone.name()
    }

    /// The window: day, week, month, quarter, year or all.
    #[getter]
    fn window(&self) -> &str {
        self.scorecard.window.name()
    }

    /// The dimensions, in the order of every group.
    #[getter]
    fn by(&self) -> Vec<&str> {
        self.scorecard.dimensions.iter().map(|dimension| dimension.name()).collect()
    }

    /// The rows that could not be read, by table and row; how many there are of each reason stands in the document.
    #[getter]
    fn set_aside(&self) -> Vec<PySetAside> {
        self.set_aside.iter().cloned().map(PySetAside).collect()
    }

    /// The result document as one line of JSON: equal results are equal texts, in Rust as in Python.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.scorecard.to_json())
    }

    /// A data frame of pandas, a row a figure; needs pandas and pyarrow.
    fn to_pandas<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = this.py();
        let table = py.import("pyarrow")?.call_method1("table", (this,))?;
        let options = PyDict::new(py);
        options.set_item("maps_as_pydicts", "strict")?;
        table.call_method("to_pandas", (), Some(&options))
    }

    /// A data frame of Polars, a row a figure; needs Polars.
    fn to_polars<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        this.py().import("polars")?.call_method1("DataFrame", (this,))
    }

    /// A row a figure, for whatever reads Arrow.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema); // a wish that the interface allows to be left unmet
        capsule_of(py, scorecard_batch(&self.scorecard).map_err(Refusal::from)?)
    }

    /// How many figures there are.
    fn __len__(&self) -> usize {
        self.scorecard.rows.len()
    }

    fn __repr__(&self) -> String {
        let Scorecard { as_of, zone, window, rows, .. } = &self.scorecard;
        format!("<Scorecard of {} figures by {window} as of {as_of}, days of {zone}>", rows.len())
    }

    /// The first rows as a table, for notebooks.
    fn _repr_html_(&self) -> String {
        html::table(&self.scorecard)
    }
}

/// A row that could not be read.
#[pyclass(frozen, module = "parcelgauge", name = "SetAside")]
#[derive(Debug)]
pub(super) struct PySetAside(SetAside);

#[pymethods]
impl PySetAside {
    /// Its table.
    #[getter]
    fn table(&self) -> &str {
        &self.0.file
    }

    /// Its number, counted from 1 over the rows of its table.
    #[getter]
    fn row(&self) -> u64 {
        self.0.line
    }

    /// The column at fault, where one is.
    #[getter]
    fn column(&self) -> Option<&str> {
        self.0.column.as_deref()
    }

    /// What stands there, cut to 200 characters.
    #[getter]
    fn value(&self) -> &str {
        &self.0.value
    }

    /// Why it was set aside: a stable code such as `invalid_id`.
    #[getter]
    fn reason(&self) -> &'static str {
        self.0.reason.code()
    }

    /// What was expected, and what to do.
    #[getter]
    fn message(&self) -> &str {
        &self.0.message
    }

    fn __repr__(&self) -> String {
        format!("<SetAside {}>", self.0)
    }
}
