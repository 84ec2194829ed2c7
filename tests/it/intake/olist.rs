//! The example mapping over the data set it was written for, where that is at hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use parcelgauge::intake::{Intake, Mapping, Reading};
use parcelgauge::record::{NodeKind, Promise, RecordKind, Zone};

fn data() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/olist_dev");
    if !path.is_dir() {
        println!("skipped: the data set is not beside the crate");
        return None;
    }
    Some(path)
}

fn read(zone: &str) -> Option<Reading> {
    let mapping = Mapping::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/mappings/olist.toml")).unwrap();
    Some(Intake::new(mapping, data()?).with_zone(zone.parse().unwrap()).read().unwrap())
}

fn events_by_kind(reading: &Reading) -> BTreeMap<NodeKind, usize> {
    reading.records.events.iter().fold(BTreeMap::new(), |mut counts, event| {
        *counts.entry(event.kind).or_default() += 1;
        counts
    })
}

#[test]
fn the_example_mapping_parses_wherever_it_is() {
    let mapping = Mapping::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/mappings/olist.toml")).unwrap();
    let kinds: Vec<RecordKind> = mapping.supplies().iter().collect();
    assert_eq!(kinds, [RecordKind::Waybill, RecordKind::Event, RecordKind::Rating]);
    assert_eq!(mapping.zone(), None);
}

#[test]
fn every_row_is_accounted_for() {
    let Some(reading) = read(Zone::UTC.name()) else { return };
    let records = &reading.records;
    assert_eq!(records.waybills.len(), 6887);
    let expected = [
        (NodeKind::Ordered, 6887),
        (NodeKind::Collected, 6773),
        (NodeKind::Delivered, 6690),
        (NodeKind::Cancelled, 46),
    ];
    assert_eq!(events_by_kind(&reading), BTreeMap::from(expected));
    assert_eq!(reading.left_out[&RecordKind::Event], 4 * 6887 - (6887 + 6773 + 6690 + 46));
    let fees: i64 = records.waybills.iter().filter_map(|waybill| waybill.fee).map(|fee| fee.minor_units()).sum();
    assert_eq!(fees, 15_647_155);
    assert_eq!(records.ratings.len(), 6866);
    assert!(records.ratings.iter().all(|rating| rating.waybill.is_some()));
    assert!(records.waybills.iter().all(|waybill| waybill.customer.is_some() && waybill.destination_region.is_some()));
    assert!(records.waybills.iter().all(|waybill| matches!(waybill.promise, Some(Promise::On(_)))));
    assert!(reading.quarantine.is_empty() && records.set_aside.is_empty());
    let scores: i64 = records.ratings.iter().map(|rating| i64::from(rating.score.value())).sum();
    assert_eq!(scores, 27_997_000); // a mean of 4.0776
    assert_eq!(reading.latest_instant.map(|at| at.to_string()).as_deref(), Some("2018-10-14T22:35:56Z"));
}

#[test]
fn in_their_own_zone_no_time_falls_into_a_gap() {
    // Midnight to one o'clock did not exist on 16 October 2016 and 15 October 2017; nothing happened then but promised
    // days, which are days and no times.
    let Some(reading) = read("America/Sao_Paulo") else { return };
    assert_eq!(reading.quarantine, []);
    assert_eq!(reading.records.waybills.len(), 6887);
    assert_eq!(reading.records.events.len(), 6887 + 6773 + 6690 + 46);
    assert_eq!(reading.latest_instant.map(|at| at.to_string()).as_deref(), Some("2018-10-15T01:35:56Z"));
}
