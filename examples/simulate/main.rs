//! Writes a synthetic courier network as CSV or Parquet files, with the truth beside them.
//!
//! ```text
//! cargo run --release --example simulate -- --out network --shipments 100000 --slow-hub 1:9
//! ```
//!
//! Columns bear the names of the records' fields; `examples/mappings/simulated.toml` reads the CSV files back. Parquet files
//! (`--features parquet`, then `--format parquet`) need no mapping.

// A program speaks on its own streams; a library does not.
#![allow(clippy::print_stdout, clippy::print_stderr, unreachable_pub)]

mod arguments;
mod operations;
#[cfg(feature = "parquet")]
mod parquet;
mod settings;
mod tables;
mod truth;

use std::error::Error;
use std::fs;
use std::process::ExitCode;

use parcelgauge::simulate::{NetworkTruth, Record};

use arguments::{Arguments, Format, HELP};
use tables::Tables;
use truth::TruthTable;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Where the records go.
trait Target {
    /// Writes a record.
    fn write(&mut self, record: Record) -> Outcome<()>;

    /// Writes what is held.
    fn finish(self: Box<Self>) -> Outcome<()>;
}

fn target(arguments: &Arguments) -> Outcome<Box<dyn Target>> {
    fs::create_dir_all(&arguments.out)?;
    match arguments.format {
        Format::Csv => Ok(Box::new(Tables::create(&arguments.out)?)),
        #[cfg(feature = "parquet")]
        Format::Parquet => Ok(Box::new(parquet::ParquetTables::create(&arguments.out)?)),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => Err("--format parquet: run with `--features parquet`".into()),
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("simulate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<()> {
    let Some(arguments) = Arguments::parse()? else {
        print!("{HELP}");
        return Ok(());
    };
    let network = &arguments.network;
    let mut target = target(&arguments)?;
    let mut truth_by_shipment = TruthTable::create(&arguments.out)?;
    let mut truth = NetworkTruth::new(network);
    if arguments.by_recording_time {
        for record in network.by_recording_time() {
            target.write(record)?;
        }
        for shipment in network.shipments() {
            truth_by_shipment.write(&shipment.truth)?;
            truth.observe(&shipment.truth);
        }
    } else {
        for shipment in network.shipments() {
            truth.observe(&shipment.truth);
            truth_by_shipment.write(&shipment.truth)?;
            shipment.into_records().try_for_each(|record| target.write(record))?;
        }
        for day in network.operating_days() {
            day.into_records().try_for_each(|record| target.write(record))?;
        }
    }
    target.finish()?;
    truth_by_shipment.flush()?;
    settings::write(network, &arguments.out)?;
    fs::write(arguments.out.join("truth.txt"), truth.to_string())?;
    fs::write(arguments.out.join("truth.json"), serde_json::to_string_pretty(&truth)? + "\n")?;
    print!("{truth}");
    Ok(())
}
