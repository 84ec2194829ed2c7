//! A file made for another purpose, read step by step as a new user would: flights as if they were parcels.

use std::fmt::Write;
use std::fs::File;
use std::path::Path;

use arrow_array::{Array, Float64Array, Int32Array, Int64Array, LargeStringArray, StringArray, StringViewArray};
use parcelgauge::cube::{Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::intake::{Explanation, Intake, Mapping, suggest_mapping};
use parcelgauge::kpi::catalogue;
use parcelgauge::record::Window;
use parcelgauge::state::Figure;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

use super::Folder;
use crate::support::{at, data_set};

fn cell(column: &dyn Array, row: usize) -> String {
    let any = column.as_any();
    if column.is_null(row) {
        return String::new();
    }
    let text = any.downcast_ref::<StringArray>().map(|column| column.value(row).to_owned());
    let text = text.or_else(|| any.downcast_ref::<StringViewArray>().map(|column| column.value(row).to_owned()));
    let text = text.or_else(|| any.downcast_ref::<LargeStringArray>().map(|column| column.value(row).to_owned()));
    let text = text.or_else(|| any.downcast_ref::<Int64Array>().map(|column| column.value(row).to_string()));
    let text = text.or_else(|| any.downcast_ref::<Int32Array>().map(|column| column.value(row).to_string()));
    let text = text.or_else(|| any.downcast_ref::<Float64Array>().map(|column| column.value(row).to_string()));
    text.unwrap_or_else(|| panic!("a column of {}", column.data_type()))
}

/// The flights as a stranger would export them.
fn flights(folder: Folder) -> Option<Folder> {
    let file = File::open(data_set("nycflights13")?.join("flights.parquet")).unwrap();
    let batches = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let mut csv = String::new();
    for batch in batches {
        let batch = batch.unwrap();
        if csv.is_empty() {
            let names: Vec<_> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
            writeln!(csv, "{}", names.join(",")).unwrap();
        }
        for row in 0..batch.num_rows() {
            let cells: Vec<_> = batch.columns().iter().map(|column| cell(column, row)).collect();
            writeln!(csv, "{}", cells.join(",")).unwrap();
        }
    }
    Some(folder.with("flights.csv", csv))
}

fn answer(name: &str, column: usize) -> u64 {
    let text = std::fs::read_to_string(data_set("nycflights13").unwrap().join("reference.json")).unwrap();
    let reference: Value = serde_json::from_str(&text).unwrap();
    reference["answers"][name]["rows"][0][column].as_f64().unwrap() as u64
}

#[test]
fn flights_by_the_mapping_a_person_made_of_the_draft() {
    let Some(folder) = flights(Folder::new()) else { return };
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/mappings/nycflights13.toml");
    let reading = Intake::new(Mapping::load(&example).unwrap(), folder.path()).read().unwrap();
    assert_eq!((reading.records.waybills.len(), reading.quarantine.len()), (336_776, 0));
    let plan = Plan::new([catalogue().find("on_time_delivery_rate").unwrap()]).with_window(Window::All);
    let context = Context::at(at("2014-02-01T00:00:00Z")).with_zone("America/New_York".parse().unwrap());
    let scorecard = Scorecard::measure(&reading.records, &plan, &context);
    let row = &scorecard.rows[0];
    let Figure::Share { hit, miss, .. } = row.figure else { panic!("{row:?}") };
    // Neither late nor early is on time; a flight that was cancelled or went elsewhere has no arrival to judge.
    assert_eq!((hit, hit + miss), (answer("on_time", 0), answer("overview", 3)), "{row:?}");

    let text = suggest_mapping(&folder.path().join("flights.csv")).unwrap();
    let draft = Mapping::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert!(text.contains("posted_on = { concat = [\"year\", \"month\", \"day\"]"), "{text}");
    let explanation = Explanation::of(&draft, folder.path(), "America/New_York".parse().unwrap()).unwrap();
    assert!(explanation.sections.iter().all(|section| section.rows == 336_776), "{explanation}");
    if let Some(kept) = std::env::var_os("PARCELGAUGE_KEEP_FLIGHTS") {
        std::fs::copy(folder.path().join("flights.csv"), kept).unwrap();
    }
}
