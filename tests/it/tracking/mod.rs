//! Tracking answers: real ones beside the project, and small ones by hand.

use std::fs;
use std::path::Path;

use parcelgauge::tracking::{TrackedShipment, TrackingIntake, TrackingReading, read_answers};

mod answers;
mod chinese;
mod collected;
mod raw;

/// The shipments of a file.
fn shipments(file: &Path) -> Vec<TrackedShipment> {
    let text = fs::read_to_string(file).expect("a text");
    read_answers(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The records of one shipment alone.
fn taken(intake: &TrackingIntake, shipment: &TrackedShipment) -> TrackingReading {
    intake.take(std::slice::from_ref(shipment)).expect("known systems")
}

/// Every scan is an event, set aside, or without a node.
fn assert_nothing_vanished(reading: &TrackingReading) {
    let events = reading.records.events.len() as u64;
    assert_eq!(reading.scans, events + reading.set_aside.len() as u64 + reading.without_node);
}
