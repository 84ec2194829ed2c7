//! Tracking answers: read or refused, never a panic; no scan vanishes, and the form is read back to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parcelgauge::tracking::{TrackedShipment, TrackingIntake, read_answers};

fuzz_target!(|text: &str| {
    let Ok(shipments) = read_answers(text) else { return };
    let lines: Vec<String> = shipments.iter().map(TrackedShipment::to_json).collect();
    assert_eq!(read_answers(&lines.join("\n")).ok().as_ref(), Some(&shipments));
    if let Ok(read) = TrackingIntake::default().take(&shipments) {
        let placed = read.records.events.len() as u64 + read.set_aside.len() as u64 + read.without_node;
        assert_eq!(read.scans, placed);
    }
});
