//! The module and its functions.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;
use std::thread::available_parallelism;

use arrow_array::RecordBatchReader;
use arrow_schema::Schema;
use pyo3::exceptions::PyUserWarning;
use pyo3::prelude::*;

use super::capsule::stream_of;
use super::error::Refusal;
use super::measure::{interruptible, take_stream};
use super::request::{Moment, context, plan};
use super::scorecard::PyScorecard;
use crate::arrow::engine::Columnar;
use crate::arrow::{ArrowInputError, ColumnUse, Table};
use crate::cube::{Plan, Scorecard};
use crate::intake::{Reach, Strictness};
use crate::kpi::catalogue;
use crate::record::Instant;
use crate::report::format;

/// Measures the figures of the catalogue, or those named, over all rows of some tables.
///
/// `tables` maps names to tables: `waybills`, `events`, `complaints`, `claims`, `ratings` and the others of the published
/// schemas. A table is whatever offers its rows as an Arrow stream (`__arrow_c_stream__`): a data frame of pandas or Polars, a
/// table or reader of pyarrow, a relation of DuckDB. Its columns are read where they lie. A table that is not handed over
/// is no table without rows: figures that need it have no value, and say so.
///
/// - `kpis`: figures by name, with their argument in parentheses: `within_hours_rate(72)`; the whole catalogue unless said.
/// - `by`: dimensions: fields of the waybill, text columns of your own, or a share whose outcome groups shipments.
/// - `window`: `day`, `week`, `month`, `quarter`, `year` or `all`.
/// - `policies`: choices by `KPI.NAME`, such as `{"on_time_delivery_rate.promise_end": "day_start"}`.
/// - `as_of`: the instant of judgement; the latest of the input unless said, but for a few that look like slips.
/// - `known_from`: since when the data is complete, for figures that look back.
/// - `zone`: the zone that turns instants into days, an IANA name.
/// - `threads`: as many as there are processors unless said. They change no figure.
/// - `memory`: bytes to work within; packed rows beyond half of them go to temporary files.
/// - `evidence`: how many of the worst records are listed behind every figure.
/// - `strict`: stop at the first row that cannot be read, instead of setting it aside.
/// - `progress`: is called now and then with the number of rows read so far.
///
/// Raises `parcelgauge.Error`. Other Python threads run meanwhile, and Ctrl-C stops it.
///
/// ```pycon
/// >>> import datetime, parcelgauge, pyarrow
/// >>> def at(day, hour):
/// ...     return datetime.datetime(2026, 10, day, hour, tzinfo=datetime.timezone.utc)
/// >>> tables = {
/// ...     "waybills": pyarrow.table({
/// ...         "number": ["SF1", "SF2"],
/// ...         "posted_on": [datetime.date(2026, 10, 1)] * 2,
/// ...         "promise_at": [at(3, 10), at(3, 10)],
/// ...     }),
/// ...     "events": pyarrow.table({
/// ...         "waybill": ["SF1", "SF1", "SF2", "SF2"],
/// ...         "kind": ["collected", "delivered", "collected", "delivered"],
/// ...         "occurred_at": [at(1, 2), at(3, 10), at(1, 2), at(3, 11)],
/// ...     }),
/// ... }
/// >>> card = parcelgauge.scorecard(tables, kpis=["on_time_delivery_rate"], as_of=at(6, 0), evidence=1)
/// >>> card
/// <Scorecard of 1 figures by month as of 2026-10-06T00:00:00Z, days of Asia/Shanghai>
/// >>> row = pyarrow.table(card).to_pylist()[0]
/// >>> row["window"], row["hit"], row["miss"], row["value"], row["evidence"]
/// ('2026-10', 1, 1, 0.5, ['SF2'])
///
/// ```
#[pyfunction]
#[pyo3(signature = (
    tables, *, kpis=None, by=None, window="month", policies=None, as_of=None, known_from=None,
    zone="Asia/Shanghai", threads=None, memory=None, evidence=0, strict=false, progress=None,
))]
#[expect(clippy::too_many_arguments, reason = "each is a keyword in Python")]
fn scorecard(
    py: Python<'_>,
    tables: BTreeMap<String, Bound<'_, PyAny>>,
    kpis: Option<Vec<String>>,
    by: Option<Vec<String>>,
    window: &str,
    policies: Option<BTreeMap<String, String>>,
    as_of: Option<Moment>,
    known_from: Option<Moment>,
    zone: &str,
    threads: Option<NonZeroUsize>,
    memory: Option<usize>,
    evidence: u32,
    strict: bool,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<PyScorecard> {
    let policies = policies.iter().flatten().map(|(path, value)| (path.as_str(), value.as_str()));
    let gauges = catalogue().choose(kpis.as_deref(), policies).map_err(Refusal::from)?;
    let plan = plan(gauges, &by.unwrap_or_default(), window, evidence)?;
    let as_of = as_of.map(Moment::instant);
    let context = context(as_of.unwrap_or(Instant::MAX), zone, known_from.map(Moment::instant))?;
    let threads = threads.unwrap_or_else(|| available_parallelism().unwrap_or(NonZeroUsize::MIN)).get();
    let stop = AtomicBool::new(false);
    let mut engine = Columnar::new(&plan, &context).with_threads(threads).with_stop(&stop);
    if strict {
        engine = engine.with_strictness(Strictness::Stop);
    }
    if let Some(bytes) = memory {
        engine = engine.with_memory_limit(bytes);
    }
    let tables = tables.iter().map(|(name, object)| Ok((name.parse()?, object)));
    let tables: BTreeMap<Table, _> = tables.collect::<Result<_, ArrowInputError>>().map_err(Refusal::from)?;
    if !tables.contains_key(&Table::Waybills) {
        check_columns(&plan, &Schema::empty())?;
    }
    let mut rows = 0;
    // One stream at a time: some connections have no more open.
    for (&table, object) in &tables {
        let stream = stream_of(table, object)?;
        let schema = stream.schema();
        if table == Table::Waybills {
            check_columns(&plan, &schema)?;
        }
        warn_of_unread(py, table, &schema)?;
        take_stream(py, &mut engine, table, stream, threads, |more| {
            rows += more;
            progress.as_ref().map_or(Ok(()), |progress| progress.call1((rows,)).map(drop))
        })?;
    }
    let (scorecard, set_aside, reach) = interruptible(py, &stop, || {
        let reach = if as_of.is_none() { engine.reach()? } else { None };
        let at = as_of.or(reach.as_ref().map(|reach| reach.end.at)).ok_or_else(no_instant)?;
        let folded = engine.seen_at(at).finish()?;
        Ok((Scorecard::of(&folded.fold, &plan, &context.clone().moved_to(at)), folded.quarantine, reach))
    })?;
    if let Some(Reach { end, beyond: beyond @ 1.., latest }) = reach {
        let beyond = format::count(beyond);
        let remedy = "give as_of if they are no slips";
        warn(py, format!("as of {end}, but for instants far beyond it, {beyond} of them, up to {latest}; {remedy}"))?;
    }
    Ok(PyScorecard { scorecard, set_aside })
}

/// Makes sure that the waybills have the columns by which they are to be grouped.
fn check_columns(plan: &Plan, waybills: &Schema) -> Result<(), Refusal> {
    let is_own = |name: &str, data_type| Table::Waybills.use_of(name, data_type) == ColumnUse::Attribute;
    let own = waybills.fields().iter().filter(|field| is_own(field.name(), field.data_type()));
    let own = own.map(|field| field.name().strip_prefix("attributes.").unwrap_or(field.name())).collect();
    Ok(plan.dimensions().iter().try_for_each(|dimension| dimension.check_column(&own))?)
}

/// A column that is not read may be one whose name is misspelt. Those that pandas adds for its index are not.
fn warn_of_unread(py: Python<'_>, table: Table, schema: &Schema) -> PyResult<()> {
    let fields = schema.fields().iter().filter(|field| !field.name().starts_with("__index_level_"));
    for field in fields.filter(|field| table.use_of(field.name(), field.data_type()) == ColumnUse::Unread) {
        let name = field.name();
        warn(py, format!("{table}: the column {name:?} is not read; is it spelled as the schema has it?"))?;
    }
    Ok(())
}

fn warn(py: Python<'_>, text: String) -> PyResult<()> {
    let warnings = py.import("warnings")?;
    warnings.call_method1("warn", (text, py.get_type::<PyUserWarning>()))?;
    Ok(())
}

fn no_instant() -> Refusal {
    Refusal::new("no_instant", "the tables hold no instant to judge them at; expected at least one; give as_of")
}

/// What the package `parcelgauge` takes in.
#[pymodule]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::super::error::Error;
    #[pymodule_export]
    use super::super::scorecard::{PyScorecard, PySetAside};
    #[pymodule_export]
    use super::scorecard;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("IS_DEBUG_BUILD", cfg!(debug_assertions))
    }
}
