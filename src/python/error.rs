//! The one exception.

use arrow_schema::ArrowError;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pyo3::{create_exception, intern};

use crate::arrow::{ArrowInputError, ArrowOutputError, Table};
use crate::cube::DimensionError;
use crate::kpi::KpiError;
use crate::record::RecordError;

create_exception!(
    parcelgauge,
    Error,
    PyException,
    "What cannot be measured, and why: the text says what was found, what is allowed and what to do.\n\n\
     `kind` names what is wrong, such as `missing_column`; `fields` holds the facts by name."
);

/// What is to be raised.
pub(super) struct Refusal {
    kind: &'static str,
    message: String,
    fields: Vec<(&'static str, Fact)>,
}

/// A fact of an error.
#[derive(IntoPyObject)]
pub(super) enum Fact {
    Text(String),
    Number(i128),
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<usize> for Fact {
    fn from(number: usize) -> Self {
        Self::Number(number as i128)
    }
}

impl Refusal {
    pub(super) fn new(kind: &'static str, message: impl ToString) -> Self {
        Self { kind, message: message.to_string(), fields: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.fields.push((name, fact.into()));
        self
    }

    /// What was handed over as a table is none.
    pub(super) fn no_stream(table: &str, object: &Bound<'_, PyAny>) -> Self {
        let found = object.get_type().to_string();
        let message = format!(
            "{table}: {found} does not speak the stream interface of Arrow; expected an object with \
             __arrow_c_stream__; hand over a data frame, a table or a reader of pyarrow, pandas, Polars or DuckDB"
        );
        Self::new("no_stream", message).with("table", table).with("found", &*found)
    }

    /// The other side gives no rows.
    pub(super) fn stream(table: &str, error: &ArrowError) -> Self {
        let message =
            format!("{table}: the stream of rows breaks off: {error}; hand over a stream that was not read yet");
        Self::new("broken_stream", message).with("table", table).with("problem", &*error.to_string())
    }

    /// A column of local times, of nobody knows where.
    pub(super) fn naive(table: Table, field: &str) -> Self {
        let message = format!(
            "{table}: the column `{field}` holds timestamps without a zone; expected instants; say of where they are, as \
             in pandas by .dt.tz_localize(\"Asia/Shanghai\") or in Polars by .dt.replace_time_zone(\"Asia/Shanghai\")"
        );
        Self::new("naive_instant", message).with("table", table.name()).with("field", field)
    }
}

impl From<Refusal> for PyErr {
    fn from(refusal: Refusal) -> Self {
        let error = Error::new_err(refusal.message);
        Python::attach(|py| {
            let value = error.value(py);
            let fields = PyDict::new(py);
            let filled = refusal.fields.into_iter().try_for_each(|(name, fact)| fields.set_item(name, fact));
            let told = filled
                .and_then(|()| value.setattr(intern!(py, "kind"), refusal.kind))
                .and_then(|()| value.setattr(intern!(py, "fields"), fields));
            told.map_or_else(|other| other, |()| error.clone_ref(py))
        })
    }
}

impl From<ArrowInputError> for Refusal {
    fn from(error: ArrowInputError) -> Self {
        Self::new("input", error)
    }
}

impl From<ArrowOutputError> for Refusal {
    fn from(error: ArrowOutputError) -> Self {
        Self::new("output", error)
    }
}

impl From<KpiError> for Refusal {
    fn from(error: KpiError) -> Self {
        Self::new("kpi", error)
    }
}

impl From<DimensionError> for Refusal {
    fn from(error: DimensionError) -> Self {
        Self::new("dimension", error)
    }
}

impl From<RecordError> for Refusal {
    fn from(error: RecordError) -> Self {
        Self::new("value", &error)
            .with("field", error.field)
            .with("value", &*error.value)
            .with("allowed", error.allowed)
            .with("remedy", error.remedy)
    }
}
