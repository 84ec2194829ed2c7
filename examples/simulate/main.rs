//! Writes a synthetic courier network as CSV files, with the truth beside them.
//!
//! ```text
//! cargo run --release --example simulate -- --out network --shipments 100000 --slow-hub 1:9
//! ```
//!
//! Columns bear the names of the records' fields; `examples/mappings/simulated.toml` reads them back.

// A program speaks on its own streams; a library does not.
#![allow(clippy::print_stdout, clippy::print_stderr, unreachable_pub)]

mod arguments;
mod operations;
mod tables;

use std::error::Error;
use std::fs;
use std::process::ExitCode;

use parcelgauge::simulate::NetworkTruth;

use arguments::{Arguments, HELP};
use tables::Tables;

type Outcome<T> = Result<T, Box<dyn Error>>;

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
    let mut tables = Tables::create(&arguments.out)?;
    let mut truth = NetworkTruth::new(network);
    if arguments.by_recording_time {
        for record in network.by_recording_time() {
            tables.write(record)?;
        }
        for shipment in network.shipments() {
            tables.write_truth(&shipment.truth)?;
            truth.observe(&shipment.truth);
        }
    } else {
        for shipment in network.shipments() {
            truth.observe(&shipment.truth);
            tables.write_shipment(&shipment)?;
        }
        for day in network.operating_days() {
            tables.operations.write_day(&day)?;
        }
    }
    tables.flush()?;
    fs::write(arguments.out.join("truth.txt"), truth.to_string())?;
    fs::write(arguments.out.join("truth.json"), serde_json::to_string_pretty(&truth)? + "\n")?;
    print!("{truth}");
    Ok(())
}
