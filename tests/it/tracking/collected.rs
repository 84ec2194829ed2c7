//! 88 real shipments with 495 events, collected by others in two forms.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use parcelgauge::cube::{Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::{Policy, catalogue};
use parcelgauge::record::{NodeKind, Window, Zone};
use parcelgauge::state::Figure;
use parcelgauge::tracking::{TrackedShipment, TrackingIntake, read_answers};

use super::{assert_nothing_vanished, shipments, taken};
use crate::support::{at, data_set};

const CARRIERS: &str = "carrier_responses_normalised.jsonl";
const KARRIO: &str = "karrio_parsed_tracking.jsonl";

fn of_file(name: &str) -> Option<Vec<TrackedShipment>> {
    Some(shipments(&data_set("carrier_tracking")?.join(name)))
}

fn scans(shipments: &[TrackedShipment]) -> usize {
    shipments.iter().map(|shipment| shipment.scans.len()).sum()
}

#[test]
fn all_88_shipments_with_their_495_events_are_read() {
    let (Some(carriers), Some(karrio)) = (of_file(CARRIERS), of_file(KARRIO)) else { return };
    let promised = |shipments: &[TrackedShipment]| shipments.iter().filter(|one| one.promise.is_some()).count();
    assert_eq!((carriers.len(), scans(&carriers), promised(&carriers)), (42, 246, 22));
    assert_eq!((karrio.len(), scans(&karrio), promised(&karrio)), (46, 249, 13));
    let mut of_carrier: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for shipment in &carriers {
        let counts = of_carrier.entry(shipment.carrier.as_deref().expect("a carrier")).or_default();
        *counts = (counts.0 + 1, counts.1 + shipment.scans.len());
    }
    let by_carrier = [
        ("a1", (2, 6)),
        ("canada_post", (10, 59)),
        ("dhl_express", (3, 43)),
        ("fedex", (8, 60)),
        ("lasership", (3, 11)),
        ("prestige", (1, 4)),
        ("stamps_usps", (1, 3)),
        ("ups", (6, 15)),
        ("usps", (8, 45)),
    ];
    assert_eq!(of_carrier, by_carrier.into());
    let statuses = |status: Option<&str>| karrio.iter().filter(|one| one.status.as_deref() == status).count();
    let told =
        [Some("delivered"), Some("in_transit"), Some("pending"), Some("picked_up"), Some("out_for_delivery"), None];
    assert_eq!(told.map(statuses), [20, 11, 6, 3, 2, 2]);
}

#[test]
fn every_event_has_its_place_in_the_account() {
    for file in [CARRIERS, KARRIO] {
        let Some(all) = of_file(file) else { return };
        let reading = TrackingIntake::default().with_zone(Zone::UTC).take(&all).expect("known systems");
        assert_nothing_vanished(&reading);
        let quarantined: u64 = reading.records.set_aside.values().map(|count| count.quarantined_rows()).sum();
        assert!(quarantined >= reading.set_aside.len() as u64);
        let told = (reading.records.events.len(), reading.without_node, reading.set_aside.len());
        assert_eq!(told, if file == CARRIERS { (173, 41, 32) } else { (149, 73, 27) }, "{file}: {:?}", reading.unknown);
    }
}

#[test]
fn the_form_is_written_and_read_back_to_the_same() {
    for file in [CARRIERS, KARRIO] {
        let Some(all) = of_file(file) else { return };
        let lines: Vec<String> = all.iter().map(TrackedShipment::to_json).collect();
        assert_eq!(read_answers(&lines.join("\n")).expect("the form"), all);
    }
}

/// Ten were delivered with a promise; by days the current promise was kept by eight, and the two late ones are named.
#[test]
fn the_promise_was_kept_by_eight_of_ten() {
    let Some(carriers) = of_file(CARRIERS) else { return };
    // The local day is what was promised: most times come without a zone.
    let zone: Zone = "America/New_York".parse().expect("a zone");
    let intake = TrackingIntake::default().with_zone(zone);
    // A parcel that waits at a post office is not delivered yet.
    let policies = [("promise", "current"), ("storage_completes", "never")];
    let gauge =
        policies.into_iter().fold(catalogue().find("on_time_delivery_rate").expect("a KPI"), |gauge, (name, value)| {
            gauge.with(Policy::parse(name, value).expect("a policy")).expect("one of its own")
        });
    let plan = Plan::new([gauge]).with_window(Window::All);
    // Files are counted, and one holds two shipments.
    let lines = fs::read_to_string(data_set("carrier_tracking").expect("it was there").join(CARRIERS)).expect("a text");
    let sources = lines.lines().map(|line| line.split("\"carrier\"").next().expect("a source"));
    let (mut delivered, mut late) = (BTreeSet::new(), Vec::new());
    for (shipment, source) in carriers.iter().zip(sources).filter(|(shipment, _)| shipment.promise.is_some()) {
        let records = taken(&intake, shipment).records;
        if !records.events.iter().any(|event| event.kind == NodeKind::Delivered) {
            continue;
        }
        let context = Context::at(at("2026-01-01T00:00:00Z")).with_zone(zone);
        let scorecard = Scorecard::measure(&records, &plan, &context);
        let Some(Figure::Share { hit, miss, .. }) = scorecard.rows.first().map(|row| row.figure.clone()) else {
            panic!("{shipment:?}")
        };
        assert_eq!(hit + miss, 1, "{shipment:?}");
        delivered.insert(source);
        if miss == 1 {
            late.push(shipment.number.as_deref().expect("a number"));
        }
    }
    assert_eq!(delivered.len(), 10);
    assert_eq!(late, ["1680678172650919", "AZI1000521088"]);
}

/// Newest first is the rule, and six break it; in the records all are in order of time.
#[test]
fn answers_out_of_order_are_put_in_order() {
    let Some(carriers) = of_file(CARRIERS) else { return };
    let local = |shipment: &TrackedShipment| {
        let times = shipment.scans.iter().filter_map(|scan| scan.at).map(|at| at.to_string());
        times.map(|time| time.chars().take(19).collect::<String>()).collect::<Vec<_>>()
    };
    let disordered = carriers.iter().filter(|shipment| !local(shipment).is_sorted_by(|one, next| one >= next)).count();
    assert_eq!(disordered, 6);
    for shipment in &carriers {
        let events = taken(&TrackingIntake::default(), shipment).records.events;
        assert!(events.is_sorted_by_key(|event| event.occurred_at), "{shipment:?}");
    }
}

/// What karrio says of a shipment is what its events say, also where a connector calls every event delivered.
#[test]
fn delivered_shipments_have_one_delivery() {
    let Some(karrio) = of_file(KARRIO) else { return };
    for shipment in karrio.iter().filter(|shipment| shipment.status.as_deref() == Some("delivered")) {
        let records = taken(&TrackingIntake::default(), shipment).records;
        let deliveries = records.events.iter().filter(|event| event.kind == NodeKind::Delivered).count();
        assert_eq!(deliveries, 1, "{:?} {:?}", shipment.carrier, shipment.number);
    }
}
