use std::path::Path;

use parcelgauge::simulate::{Rate, ShipmentTruth};
use serde::Serialize;

use super::Outcome;
use super::tables::{Table, key, promise, text};

const TRUTH_COLUMNS: [&str; 9] =
    ["index", "waybill", "posted_on", "promise", "completed_at", "late", "delay", "happened", "defects"];

/// What is true of each shipment.
pub struct TruthTable(Table);

impl TruthTable {
    pub fn create(directory: &Path) -> Outcome<Self> {
        Ok(Self(Table::create(directory, "truth_by_shipment.csv", &TRUTH_COLUMNS)?))
    }

    pub fn write(&mut self, truth: &ShipmentTruth) -> Outcome<()> {
        let [number, posted_on] = key(&truth.waybill);
        let happened: Vec<&str> = truth.happened.iter().map(Rate::name).collect();
        let defects: Vec<String> = truth.defects.iter().map(usize::to_string).collect();
        self.0.row([
            truth.index.to_string(),
            number,
            posted_on,
            truth.promise.map_or_else(String::new, promise),
            text(truth.completed_at),
            text(truth.late),
            truth.delay.as_ref().map_or(Ok(String::new()), name)?,
            happened.join(" "),
            defects.join(" "),
        ])
    }

    pub fn flush(&mut self) -> Outcome<()> {
        self.0.flush()
    }
}

/// The name by which a record serialises a closed set's value.
fn name(value: &impl Serialize) -> Outcome<String> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(name) => Ok(name),
        other => Err(format!("`{other}` is no name").into()),
    }
}
