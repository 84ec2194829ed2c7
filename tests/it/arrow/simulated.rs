//! A simulated network with all its anomalies: the same document by tables as by records.

use std::num::NonZeroUsize;

use parcelgauge::arrow::{BatchIntake, record_batches};
use parcelgauge::cube::{Dimension, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::catalogue;
use parcelgauge::record::{Records, Zone};
use parcelgauge::simulate::Network;

/// A small network, some of whose parcels are still under way at the instant of judgement.
pub fn network() -> (Records, Context) {
    let network = Network::new(7).unwrap().with_shipments(400).with_days(12).unwrap();
    let start = Zone::SHANGHAI.start_of(network.start());
    let as_of = Zone::SHANGHAI.start_of(network.start() + chrono::Days::new(13));
    (network.records(), Context::at(as_of).with_known_from(start))
}

/// The document of everything the catalogue has.
pub fn document(records: &Records, context: &Context) -> String {
    let by = [Dimension::DestinationRegion, Dimension::Product];
    let plan = Plan::new(catalogue().iter()).by(by).with_evidence(3);
    Scorecard::measure(records, &plan, context).to_json()
}

#[test]
fn batches_of_any_size_give_the_same_document() {
    let (records, context) = network();
    let ought = document(&records, &context);
    for rows in [1, 1_000, 1_000_000] {
        let batches = record_batches(&records, NonZeroUsize::new(rows).unwrap()).unwrap();
        let reading = BatchIntake::new().read(batches).unwrap();
        assert_eq!(reading.quarantine, []);
        assert!(document(&reading.records, &context) == ought, "batches of {rows}");
    }
}

#[test]
fn batches_come_in_any_order() {
    let (records, context) = network();
    let mut batches = record_batches(&records, NonZeroUsize::new(97).unwrap()).unwrap();
    batches.reverse();
    let reading = BatchIntake::new().read(batches).unwrap();
    assert!(document(&reading.records, &context) == document(&records, &context));
}

#[test]
fn without_posting_dates_waybills_are_found_by_number() {
    let (records, context) = network();
    let batches = record_batches(&records, NonZeroUsize::new(1_000).unwrap()).unwrap().into_iter();
    let bare = batches.map(|(table, mut batch)| {
        if table != parcelgauge::arrow::Table::Waybills
            && let Ok(place) = batch.schema().index_of("posted_on")
        {
            batch.remove_column(place);
        }
        (table, batch)
    });
    let reading = BatchIntake::new().read(bare).unwrap();
    assert_eq!(reading.quarantine, []);
    assert!(document(&reading.records, &context) == document(&records, &context));
}
