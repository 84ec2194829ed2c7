//! Files in, records out.

mod account;
mod bad_rows;
mod derived;
mod explain;
mod fields;
mod holiday_feed;
mod mapping;
mod olist;
mod operations;
#[cfg(feature = "codes")]
mod published;
#[cfg(feature = "parquet")]
mod stranger;
mod suggest;
mod whose;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use parcelgauge::intake::{Intake, IntakeError, Mapping, Reading, Strictness};
use parcelgauge::record::{RecordKind, Zone};

/// A directory of its own for one test, gone with it.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("parcelgauge-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn with(self, file: &str, contents: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.0.join(file), contents).unwrap();
        self
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn try_read(&self, mapping: &str, strictness: Strictness) -> Result<Reading, IntakeError> {
        Intake::new(Mapping::parse(mapping)?, &self.0).with_zone(Zone::UTC).with_strictness(strictness).read()
    }

    pub fn read(&self, mapping: &str) -> Reading {
        self.try_read(mapping, Strictness::SetAside).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// `(line, column, value, code)` of every row set aside.
pub fn listing(reading: &Reading) -> Vec<(u64, &str, &str, &str)> {
    reading
        .quarantine
        .iter()
        .map(|row| (row.line, row.column.as_deref().unwrap_or(""), row.value.as_str(), row.reason.code()))
        .collect()
}

/// How many rows of a kind were set aside for a reason, by the account.
pub fn set_aside(reading: &Reading, kind: RecordKind, code: &str) -> u64 {
    reading.records.set_aside.get(&kind).and_then(|count| count.quarantined.get(code)).copied().unwrap_or(0)
}

/// The rows of a kind set aside, by the account; checked against the listing.
pub fn refused(reading: &Reading, kind: RecordKind) -> u64 {
    let counted = reading.records.set_aside.get(&kind).map_or(0, |count| count.quarantined_rows());
    let listed = reading.quarantine.iter().filter(|row| row.kind == kind).count() as u64;
    assert_eq!(counted, listed, "account and listing of {kind:?}");
    let rows = reading.records.set_aside.get(&kind).map_or(0, |count| count.rows);
    assert_eq!(rows, counted, "only refused rows are counted by a reader");
    counted
}

pub const WAYBILLS: &str = r#"
[[waybill]]
file = "waybills.csv"
number = "number"
posted_on = "posted_on"
"#;

pub const EVENTS: &str = r#"
[[event]]
file = "events.csv"
waybill = "number"
kind = { column = "status", values = { picked = "collected", signed = "delivered" } }
occurred_at = "at"
"#;
