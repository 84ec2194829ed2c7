//! Scorecards as batches.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, UInt64Type};
use arrow_array::{Array, RecordBatch};
use parcelgauge::arrow::{input_batch, scorecard_batch};
use parcelgauge::cube::{Dimension, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::catalogue;
use parcelgauge::record::{Label, NodeKind, Promise, RecordKind, Records};
use parcelgauge::state::Figure;

use crate::support::{at, day, scan, waybill};

fn texts<'a>(batch: &'a RecordBatch, name: &str) -> Vec<Option<&'a str>> {
    batch.column_by_name(name).unwrap().as_string::<i32>().iter().collect()
}

fn numbers(batch: &RecordBatch, name: &str) -> Vec<Option<f64>> {
    batch.column_by_name(name).unwrap().as_primitive::<Float64Type>().iter().collect()
}

fn counts(batch: &RecordBatch, name: &str) -> Vec<Option<u64>> {
    batch.column_by_name(name).unwrap().as_primitive::<UInt64Type>().iter().collect()
}

/// Two parcels, one late, in two regions, by everything the catalogue has.
fn scorecard() -> Scorecard {
    let mut records = Records::supplying([RecordKind::Waybill, RecordKind::Event]);
    for (number, region, delivered_at) in [("1", "N", "2026-03-03T08:00:00Z"), ("2", "S", "2026-03-09T08:00:00Z")] {
        let mut parcel = waybill(number, day(3, 2));
        parcel.destination_region = Some(Label::new(region).unwrap());
        parcel.promise = Some(Promise::On(day(3, 4)));
        records.events.push(scan(&parcel.key, NodeKind::Collected, "2026-03-02T08:00:00Z"));
        records.events.push(scan(&parcel.key, NodeKind::Delivered, delivered_at));
        records.waybills.push(parcel);
    }
    records.events.push(records.events[0].clone());
    let own = Dimension::Attribute(Label::new("kpi").unwrap());
    let plan = Plan::new(catalogue().iter()).by([Dimension::DestinationRegion, own]).with_evidence(1);
    Scorecard::measure(&records, &plan, &Context::at(at("2026-06-01T00:00:00Z")))
}

#[test]
fn every_row_says_what_its_figure_says() {
    let scorecard = scorecard();
    let batch = scorecard_batch(&scorecard).unwrap();
    assert_eq!(batch.num_rows(), scorecard.rows.len());
    let (kpis, regions, own) = (texts(&batch, "kpi"), texts(&batch, "destination_region"), texts(&batch, "group.kpi"));
    let (values, hits, lows) = (numbers(&batch, "value"), counts(&batch, "hit"), numbers(&batch, "low"));
    let (opens, seen, windows) = (counts(&batch, "open"), counts(&batch, "seen"), texts(&batch, "window"));
    for (place, row) in scorecard.rows.iter().enumerate() {
        assert_eq!(kpis[place], Some(row.definition.id));
        // A figure without any fact is of no group.
        let group = |place: usize| row.group.get(place).and_then(|value| value.text());
        assert_eq!((regions[place], own[place]), (group(0), group(1)));
        assert_eq!(values[place], row.figure.value());
        assert_eq!(lows[place], row.figure.interval().map(|interval| interval.low));
        assert_eq!(hits[place], if let Figure::Share { hit, .. } = row.figure { Some(hit) } else { None });
        assert_eq!((opens[place], seen[place]), (Some(row.open), Some(row.seen)));
        assert_eq!(windows[place], Some(row.window.as_str()));
    }
    let late =
        (0..batch.num_rows()).find(|&row| kpis[row] == Some("on_time_delivery_rate") && regions[row] == Some("S"));
    let late = late.unwrap();
    assert_eq!((values[late], hits[late]), (Some(0.0), Some(0)));
    let evidence = batch.column_by_name("evidence").unwrap().as_list::<i32>().value(late);
    assert_eq!(evidence.as_string::<i32>().value(0), scorecard.rows[late].evidence.as_ref().unwrap()[0].id.to_string());
    let params = batch.column_by_name("params").unwrap().as_map().value(late);
    let [names, settings] =
        [0, 1].map(|column| params.column(column).as_string::<i32>().iter().flatten().collect::<Vec<_>>());
    assert_eq!(names.len(), scorecard.rows[late].params.iter().count());
    assert!(names.iter().zip(settings).any(|(name, setting)| (*name, setting) == ("evidence", "1")));
}

#[test]
fn the_account_is_a_batch_too() {
    let scorecard = scorecard();
    let batch = input_batch(&scorecard).unwrap();
    let kinds = texts(&batch, "kind");
    let events = kinds.iter().position(|kind| *kind == Some("events")).unwrap();
    let of = |name: &str| counts(&batch, name)[events];
    assert_eq!((of("rows"), of("used"), of("duplicate"), of("quarantined")), (Some(5), Some(4), Some(1), Some(0)));
}

#[test]
fn no_figures_are_an_empty_batch() {
    let plan = Plan::new(catalogue().iter());
    let nothing = Scorecard::measure(&Records::default(), &plan, &Context::at(at("2026-06-01T00:00:00Z")));
    let batch = scorecard_batch(&nothing).unwrap();
    assert_eq!(batch.num_rows(), nothing.rows.len());
    assert!(batch.column_by_name("value").unwrap().null_count() == batch.num_rows());
}
