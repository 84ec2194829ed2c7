//! This library's part of the comparison: one job in a process of its own, its seconds on standard output.
//!
//! ```text
//! compare scorecard FOLDER [--threads N] [--out FILE]
//! ```
//! Jobs: `scorecard`, `everything` and `day-cube` from Parquet files; `memory`, the scorecard from batches already in memory;
//! `read`, which decodes the columns that the scorecard needs and does nothing with them.

// A program speaks on its own streams and reads the clock; a library does not.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)]

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant as Clock;

use arrow_array::RecordBatch;
use lexopt::Arg::{Long, Value};
use lexopt::ValueExt;
use parcelgauge::arrow::engine::Columnar;
use parcelgauge::arrow::{Table, TableFile};
use parcelgauge::cube::{Dimension, Fold, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::{KpiError, catalogue};
use parcelgauge::record::Window;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The KPIs of the scorecard that is compared.
const SCORECARD: [&str; 21] = [
    "shipment_volume(accepted)",
    "shipment_volume(completed)",
    "on_time_delivery_rate",
    "within_hours_rate(72)",
    "end_to_end_hours",
    "stage_hours(origin_processing)",
    "stage_hours(transport)",
    "stage_hours(destination_processing)",
    "stage_hours(last_mile)",
    "first_attempt_delivery_rate",
    "loss_rate",
    "damage_rate",
    "tracking_completeness_rate",
    "tracking_accuracy_rate",
    "tracking_freshness_rate(1h)",
    "complaint_rate",
    "response_within_rate(24h)",
    "satisfaction_score",
    "nps",
    "claim_rate",
    "compensation_per_10k",
];

/// The columns without which the scorecard cannot be had, whoever makes it.
const NEEDED: [(Table, &[&str]); 7] = [
    (Table::Waybills, &["number", "recorded_at", "flow", "destination_region", "product", "promise_at", "promise_on"]),
    (Table::PromiseMoves, &["waybill", "moved_at", "by", "to_at", "to_on"]),
    (Table::Events, &["waybill", "kind", "occurred_at", "recorded_at", "facility", "consent", "party"]),
    (
        Table::Complaints,
        &["waybill", "recorded_at", "class", "cause", "opened_at", "responded_at", "resolved_at", "upheld"],
    ),
    (Table::Claims, &["id", "waybill", "recorded_at", "filed_at", "loss_kind", "decided_at", "decision"]),
    (Table::Payments, &["claim", "paid_at", "amount"]),
    (
        Table::Ratings,
        &["waybill", "recorded_at", "rated_at", "score", "scale_min", "scale_max", "question", "system_default"],
    ),
];

struct Arguments {
    job: String,
    folder: PathBuf,
    threads: usize,
    as_of: String,
    out: Option<PathBuf>,
}

impl Arguments {
    fn parse() -> Outcome<Self> {
        let mut parser = lexopt::Parser::from_env();
        let (mut places, mut threads, mut out) = (Vec::new(), thread::available_parallelism()?.get(), None);
        let mut as_of = "2026-12-01T00:00:00+08:00".to_owned();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("threads") => threads = parser.value()?.parse()?,
                Long("as-of") => as_of = parser.value()?.string()?,
                Long("out") => out = Some(PathBuf::from(parser.value()?)),
                Value(place) => places.push(place.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        let [job, folder] = <[String; 2]>::try_from(places).map_err(|_| "a job and a folder are needed")?;
        Ok(Self { job, folder: folder.into(), threads, as_of, out })
    }
}

/// Seconds of the clock and of all processors, counted from a point in time.
struct Seconds {
    clock: Clock,
    cpu: f64,
}

impl Seconds {
    fn now() -> Outcome<Self> {
        Ok(Self { clock: Clock::now(), cpu: cpu_seconds()? })
    }

    fn print(&self) -> Outcome<()> {
        let (wall, cpu) = (self.clock.elapsed().as_secs_f64(), cpu_seconds()? - self.cpu);
        println!("{{\"wall\": {wall}, \"cpu\": {cpu}}}");
        Ok(())
    }
}

/// Seconds that all threads of this process have had so far, in the kernel and out of it, to the hundredth.
fn cpu_seconds() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The program's name may hold blanks; what comes after its parenthesis is numbers.
    let (_, numbers) = stat.rsplit_once(')').ok_or("no process")?;
    let ticks: Vec<u64> = numbers.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
    Ok(ticks.iter().sum::<u64>() as f64 / 100.0)
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("compare: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<()> {
    let arguments = Arguments::parse()?;
    let context = Context::at(arguments.as_of.parse()?);
    let scorecard = SCORECARD.iter().map(|kpi| catalogue().find(kpi)).collect::<Result<Vec<_>, KpiError>>()?;
    let dimensions = [Dimension::DestinationRegion, Dimension::Product];
    let scorecard = Plan::new(scorecard).by(dimensions.clone());
    let everything = Plan::everything(catalogue()).by(dimensions);
    let job = Job { arguments: &arguments, context: &context };
    match arguments.job.as_str() {
        "scorecard" => job.scorecard(&scorecard),
        "everything" => job.scorecard(&everything),
        "memory" => job.in_memory(&scorecard),
        "day-cube" => job.day_cube(&everything.with_window(Window::Day)),
        "read" => job.read(),
        other => Err(format!("there is no job `{other}`").into()),
    }
}

struct Job<'a> {
    arguments: &'a Arguments,
    context: &'a Context,
}

impl Job<'_> {
    /// From Parquet files to the result document.
    fn scorecard(&self, plan: &Plan) -> Outcome<()> {
        let start = Seconds::now()?;
        let fold = self.fold_files(plan)?;
        let json = Scorecard::of(&fold, plan, self.context).to_json();
        start.print()?;
        self.keep(json.as_bytes())
    }

    /// The same from record batches that are in memory before the clock starts.
    fn in_memory(&self, plan: &Plan) -> Outcome<()> {
        let mut batches = Vec::new();
        for file in tables_of_shipments(&self.arguments.folder)? {
            // A table without rows is handed over all the same.
            batches.push((file.table(), RecordBatch::new_empty(Arc::clone(file.schema()))));
            for batch in file.batches(0..file.row_groups())? {
                batches.push((file.table(), batch?));
            }
        }
        let start = Seconds::now()?;
        let mut engine = Columnar::new(plan, self.context).with_threads(self.arguments.threads);
        engine.take_all(&batches)?;
        let json = Scorecard::of(&engine.finish()?.fold, plan, self.context).to_json();
        start.print()?;
        self.keep(json.as_bytes())
    }

    /// From Parquet files to cells a day, as they would be stored.
    fn day_cube(&self, plan: &Plan) -> Outcome<()> {
        let start = Seconds::now()?;
        let bytes = self.fold_files(plan)?.encode(plan);
        start.print()?;
        self.keep(&bytes)
    }

    /// Decodes the needed columns and forgets them.
    fn read(&self) -> Outcome<()> {
        let start = Seconds::now()?;
        let files = self.needed_files()?;
        let groups = files.iter().flat_map(|file| (0..file.row_groups()).map(move |group| (file, group)));
        let groups: Mutex<Vec<(&TableFile, usize)>> = Mutex::new(groups.collect());
        let next = || groups.lock().ok().and_then(|mut groups| groups.pop());
        let work = || -> Result<(), String> {
            while let Some((file, group)) = next() {
                for batch in file.batches([group]).map_err(|error| error.to_string())? {
                    black_box(batch.map_err(|error| error.to_string())?);
                }
            }
            Ok(())
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..self.arguments.threads).map(|_| scope.spawn(work)).collect();
            threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread broke off".to_owned())?)
        })?;
        start.print()
    }

    fn fold_files(&self, plan: &Plan) -> Outcome<Fold> {
        let mut engine = Columnar::new(plan, self.context).with_threads(self.arguments.threads);
        engine.take_files(&tables_of_shipments(&self.arguments.folder)?)?;
        Ok(engine.finish()?.fold)
    }

    fn needed_files(&self) -> Outcome<Vec<TableFile>> {
        let mut files = Vec::new();
        for file in tables_of_shipments(&self.arguments.folder)? {
            if let Some((_, columns)) = NEEDED.iter().find(|(table, _)| *table == file.table()) {
                files.push(file.with_columns(columns)?);
            }
        }
        Ok(files)
    }

    fn keep(&self, result: &[u8]) -> Outcome<()> {
        self.arguments.out.as_ref().map_or(Ok(()), |path| Ok(fs::write(path, result)?))
    }
}

/// The files that speak of shipments; rosters, costs and stock stand behind no figure of the catalogue.
fn tables_of_shipments(folder: &Path) -> Outcome<Vec<TableFile>> {
    let mut files = TableFile::open_folder(folder)?;
    files.retain(|file| NEEDED.iter().any(|(table, _)| *table == file.table()));
    Ok(files)
}
