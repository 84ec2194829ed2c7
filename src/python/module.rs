//! The module and its functions.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use pyo3::prelude::*;

use super::capsule::stream_of;
use super::error::Refusal;
use super::measure::take_stream;
use super::request::{Moment, context, gauges, plan};
use super::scorecard::PyScorecard;
use crate::arrow::Table;
use crate::arrow::engine::Columnar;
use crate::cube::Scorecard;
use crate::record::Instant;

/// Measures tables: the figures of the catalogue, or those named, over all rows of `tables`.
#[pyfunction]
#[pyo3(signature = (
    tables, *, kpis=None, by=Vec::new(), window="month", policies=BTreeMap::new(), as_of=None, known_from=None,
    zone="Asia/Shanghai", threads=None, evidence=0,
))]
#[expect(clippy::too_many_arguments, reason = "each is a keyword in Python")]
fn scorecard(
    py: Python<'_>,
    tables: BTreeMap<String, Bound<'_, PyAny>>,
    kpis: Option<Vec<String>>,
    by: Vec<String>,
    window: &str,
    policies: BTreeMap<String, String>,
    as_of: Option<Moment>,
    known_from: Option<Moment>,
    zone: &str,
    threads: Option<NonZeroUsize>,
    evidence: u32,
) -> PyResult<PyScorecard> {
    let plan = plan(gauges(kpis.as_deref(), &policies)?, &by, window, evidence)?;
    let as_of = as_of.map(Moment::instant);
    let context = context(as_of.unwrap_or(Instant::MAX), zone, known_from.map(Moment::instant))?;
    let threads = threads.unwrap_or_else(|| available_parallelism().unwrap_or(NonZeroUsize::MIN)).get();
    let mut engine = Columnar::new(&plan, &context).with_threads(threads);
    for (name, object) in &tables {
        let table: Table = name.parse().map_err(Refusal::from)?;
        take_stream(py, &mut engine, table, stream_of(name, object)?, threads)?;
    }
    let measured = py.detach(|| -> Result<Scorecard, Refusal> {
        let at = match as_of {
            Some(at) => at,
            None => engine.reach()?.ok_or_else(no_instant)?.end.at,
        };
        let folded = engine.seen_at(at).finish()?;
        Ok(Scorecard::of(&folded.fold, &plan, &context.clone().moved_to(at)))
    })?;
    Ok(PyScorecard(measured))
}

fn no_instant() -> Refusal {
    Refusal::new("no_instant", "the tables hold no instant; expected at least one; give as_of")
}

/// What the package `parcelgauge` takes in.
#[pymodule]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::super::error::Error;
    #[pymodule_export]
    use super::super::scorecard::PyScorecard;
    #[pymodule_export]
    use super::scorecard;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
