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
    let score: i64 = records.ratings.iter().map(|rating| i64::from(rating.score.value())).sum();
    println!("mean score {score} / 6866 thousandths, latest {:?}", reading.latest_instant);
}

#[test]
fn local_times_that_the_clocks_jumped_over() {
    let Some(reading) = read("America/Sao_Paulo") else { return };
    assert!(reading.quarantine.iter().all(|row| row.reason.code() == "nonexistent_local_time"));
    for row in &reading.quarantine {
        println!("{row}");
    }
    assert_eq!(reading.records.waybills.len(), 6887);
    let refused = reading.quarantine.iter().filter(|row| row.kind == RecordKind::Event).count();
    assert_eq!(reading.records.events.len() + refused, 6887 + 6773 + 6690 + 46);
}
