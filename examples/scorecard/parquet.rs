//! Parquet files through the columnar engine: rows are packed as they are read, and never all held as records.

use std::collections::BTreeSet;
use std::error::Error;
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread::available_parallelism;

use parcelgauge::arrow::engine::{Columnar, Folded};
use parcelgauge::arrow::{ColumnUse, TableFile};
use parcelgauge::cube::Plan;
use parcelgauge::fact::Context;
use parcelgauge::record::Instant;

use crate::arguments::Arguments;
use crate::job::Measured;
use crate::progress::Progress;
use crate::{as_of, check_columns, tell_set_aside};

/// Measures what a directory of Parquet files holds.
pub fn measured(arguments: &Arguments, data: &Path, plan: &Plan) -> Result<Measured, Box<dyn Error>> {
    let files = TableFile::open_folder(data)?;
    let mut own = BTreeSet::new();
    for file in &files {
        for column in file.unread_columns() {
            eprintln!(
                "{}: the column {column:?} is not read; is it spelled as the schema has it?",
                file.path().display()
            );
        }
        let fields = file.schema().fields().iter();
        let is_own = |name: &str, data_type| file.table().use_of(name, data_type) == ColumnUse::Attribute;
        own.extend(fields.filter(|field| is_own(field.name(), field.data_type())).map(|field| {
            let name = field.name();
            name.strip_prefix("attributes.").unwrap_or(name)
        }));
    }
    check_columns(&arguments.by, &own)?;
    let (folded, context) = fold(arguments, &files, plan, arguments.as_of)?;
    tell_set_aside(&folded.quarantine);
    let once_more = |whole: &Plan| Ok(fold(arguments, &files, whole, Some(context.as_of))?.0.fold);
    Measured::of(&folded.fold, plan, &context, once_more)
}

/// Folds all rows of the files, as of the end of what they hold unless another instant is asked for.
fn fold(
    arguments: &Arguments,
    files: &[TableFile],
    plan: &Plan,
    at: Option<Instant>,
) -> Result<(Folded, Context), Box<dyn Error>> {
    let progress = Progress::of_rows("reading", Some(files.iter().map(TableFile::rows).sum()));
    let processors = || available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let threads = arguments.threads.unwrap_or_else(processors);
    let mut engine = Columnar::new(plan, &arguments.context(at.unwrap_or(Instant::MAX)))
        .with_threads(threads.get())
        .with_strictness(arguments.strictness)
        .with_progress(|rows| progress.rows(rows));
    if let Some(bytes) = arguments.memory {
        engine = engine.with_memory_limit(bytes);
    }
    engine.take_files(files)?;
    let reach = engine.reach()?;
    let at = match at {
        Some(at) => at,
        None => progress.aside(|| as_of(None, reach.as_ref()))?,
    };
    progress.turn_to(&format!("measuring {} figures", plan.gauges().len()));
    let folded = engine.seen_at(at).finish()?;
    Ok((folded, arguments.context(at)))
}
