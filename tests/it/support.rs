//! What several tests need: records by hand, and where the real data lies.

use std::path::PathBuf;

use chrono::NaiveDate;
use parcelgauge::record::{Instant, NodeEvent, NodeKind, Waybill, WaybillKey, WaybillNumber};

/// A day of 2026.
pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

/// An instant, from RFC 3339.
pub fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

/// A key by number and posting day.
pub fn key(number: &str, posted_on: NaiveDate) -> WaybillKey {
    WaybillKey::new(WaybillNumber::new(number).expect("a number"), posted_on)
}

/// A waybill of which nothing but its key is known.
pub fn waybill(number: &str, posted_on: NaiveDate) -> Waybill {
    Waybill::new(key(number, posted_on))
}

/// A scan.
pub fn scan(key: &WaybillKey, kind: NodeKind, occurred_at: &str) -> NodeEvent {
    NodeEvent::new(key.clone(), kind, at(occurred_at))
}

/// A real data set beside the project, or none: then a line says so and the test has nothing to do.
pub fn data_set(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the data set {name} is not beside this project");
    None
}
