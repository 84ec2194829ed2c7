//! The main job: a scorecard of a small simulated network, or of the files a mapping names.
//!
//! ```text
//! cargo run --release --example scorecard
//! cargo run --release --example scorecard -- --data DIR --mapping FILE --zone UTC --by destination_region --json
//! cargo run --release --features parquet --example scorecard -- --data DIR
//! ```

// A program speaks on its own streams; a library does not.
#![allow(clippy::print_stdout, clippy::print_stderr, unreachable_pub)]

mod arguments;
mod job;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(not(feature = "parquet"))]
#[path = "no_parquet.rs"]
mod parquet;
mod progress;

use std::error::Error;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use parcelgauge::cube::Plan;
use parcelgauge::fact::Context;
use parcelgauge::intake::{Explanation, Intake, Mapping, Reach, SetAside, suggest_mapping};
use parcelgauge::kpi::{PolicyName, catalogue};
use parcelgauge::record::{Instant, Label, Records};
use parcelgauge::report::text_table;

use arguments::{Arguments, Output};
use job::Measured;
use progress::Progress;

const HELP: &str = include_str!("help.txt");

/// Rows set aside that are listed; the counts are complete all the same.
const LISTED_AT_MOST: usize = 20;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // Who reads no further, such as `head`, has what was wanted.
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("scorecard: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = Arguments::parse()?;
    if let Some(file) = &arguments.suggest {
        return Ok(io::stdout().write_all(suggest_mapping(file)?.as_bytes())?);
    }
    match arguments.output {
        Output::Help => return Ok(io::stdout().write_all(HELP.as_bytes())?),
        Output::List => return Ok(list()?),
        Output::Explanation => return explain(&arguments),
        Output::Page | Output::Details | Output::Json => {}
    }
    if arguments.by.is_empty() && arguments.data.is_none() {
        arguments.by.push(job::BY);
    }
    let plan = Plan::new(arguments.gauges()?)
        .by(arguments.by.iter().cloned())
        .with_window(arguments.window)
        .with_evidence(arguments.evidence);
    let measured = match (&arguments.data, &arguments.mapping) {
        (Some(_), _) if arguments.shipments.is_some() => {
            return Err("--shipments is of the simulated network; leave it out beside --data".into());
        }
        (Some(data), Some(mapping)) => measured(read(&arguments, data, mapping)?, &plan, &arguments)?,
        (Some(data), None) => parquet::measured(&arguments, data, &plan)?,
        (None, None) => measured(simulated(&arguments)?, &plan, &arguments)?,
        (None, Some(_)) => return Err("--mapping says where fields are in the files of --data; see --help".into()),
    };
    let asked_for = measured.parts.as_ref().unwrap_or(&measured.whole);
    let mut out = io::stdout().lock();
    match arguments.output {
        Output::Json => writeln!(out, "{}", asked_for.to_json())?,
        Output::Details => write!(out, "{}\n{}", measured.page(), text_table(asked_for))?,
        _ => out.write_all(measured.page().as_bytes())?,
    }
    Ok(())
}

/// Measures records, by themselves and in groups.
fn measured(
    (records, context): (Records, Context),
    plan: &Plan,
    arguments: &Arguments,
) -> Result<Measured, Box<dyn Error>> {
    if !records.waybills.is_empty() {
        let own = records.waybills.iter().flat_map(|waybill| waybill.attributes.keys());
        let own = own.map(Label::as_str).collect();
        arguments.by.iter().try_for_each(|dimension| dimension.check_column(&own))?;
    }
    let _progress = Progress::of_step(&format!("measuring {} figures", plan.gauges().len()));
    Ok(Measured::of_records(&records, plan, &context)?)
}

fn explain(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (Some(data), Some(mapping)) = (&arguments.data, &arguments.mapping) else {
        return Err("--explain-mapping tells what a mapping finds: give --data and --mapping".into());
    };
    let explanation = Explanation::of(&Mapping::load(mapping)?, data, arguments.zone)?;
    Ok(write!(io::stdout(), "{explanation}")?)
}

fn read(arguments: &Arguments, data: &Path, mapping: &Path) -> Result<(Records, Context), Box<dyn Error>> {
    let progress = Progress::of_rows("reading", None);
    let reading = Intake::new(Mapping::load(mapping)?, data)
        .with_zone(arguments.zone)
        .with_strictness(arguments.strictness)
        .with_progress(|rows| progress.rows(rows))
        .read()?;
    drop(progress);
    tell_set_aside(&reading.quarantine);
    let as_of = as_of(arguments.as_of, reading.reach.as_ref())?;
    Ok((reading.records, arguments.context(as_of)))
}

/// Lists the rows that could not be read, but for those that are too many to read about.
fn tell_set_aside(rows: &[SetAside]) {
    for row in rows.iter().take(LISTED_AT_MOST) {
        eprintln!("set aside: {row}");
    }
    if rows.len() > LISTED_AT_MOST {
        eprintln!("set aside: {} rows in all, {LISTED_AT_MOST} shown", rows.len());
    }
}

/// The instant asked for, else the end of the input.
fn as_of(asked_for: Option<Instant>, reach: Option<&Reach>) -> Result<Instant, Box<dyn Error>> {
    let reach = match (asked_for, reach) {
        (Some(as_of), _) => return Ok(as_of),
        (None, Some(reach)) => reach,
        (None, None) => return Err("the input holds no instant; give --as-of".into()),
    };
    eprintln!("as of {}, the latest instant in the input", reach.end);
    if reach.beyond > 0 {
        let (beyond, latest) = (reach.beyond, &reach.latest);
        eprintln!(
            "but for {beyond} far beyond it, up to {latest}, that look like slips; give --as-of if they are none"
        );
    }
    Ok(reach.end.at)
}

fn simulated(arguments: &Arguments) -> Result<(Records, Context), Box<dyn Error>> {
    let network = job::network(arguments.shipments.unwrap_or(job::SHIPMENTS))?;
    let mut context = job::context(&network).with_zone(arguments.zone);
    context.as_of = arguments.as_of.unwrap_or(context.as_of);
    context.known_from = arguments.known_from.or(context.known_from);
    eprintln!("a simulated network of {} shipments; --help says how to read your own", network.shipment_count());
    let _progress = Progress::of_step(&format!("simulating {} shipments", network.shipment_count()));
    Ok((network.records(), context))
}

fn list() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut gauges: Vec<_> = catalogue().iter().collect();
    gauges.dedup_by_key(|gauge| gauge.definition().id); // several arguments, one definition
    for gauge in gauges {
        let definition = gauge.definition();
        writeln!(
            out,
            "{} {} ({}, {})",
            definition.id,
            definition.direction.sign(),
            definition.name_en,
            definition.name_zh
        )?;
        writeln!(out, "    {}", definition.formula)?;
        let cohorts = definition.cohorts.iter().map(|cohort| cohort.name()).collect::<Vec<_>>().join(", ");
        for (policy, value) in gauge.policies() {
            let values = if policy == PolicyName::Cohort { &cohorts } else { policy.values() };
            writeln!(out, "    {policy}={value}: {values}")?;
        }
        if !definition.policies.contains(&PolicyName::Cohort) {
            writeln!(out, "    by {cohorts}")?;
        }
    }
    Ok(())
}
