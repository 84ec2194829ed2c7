//! Tracking: carriers' answers to tracking requests in, [`Records`](crate::record::Records) out.
//!
//! [`read_answers`] takes an answer as it came, JSON, lines of JSON or XML, and brings it to one form,
//! [`TrackedShipment`], which is written and read as a line of JSON ([`TrackedShipment::to_json`]). Nothing is judged in
//! it: codes and texts stay as they came, times keep what was told of them ([`ToldTime`]). [`TrackingIntake`] makes records
//! of it, through the vocabularies of [`codes`](crate::codes), and keeps account of every scan.
//!
//! ```
//! use parcelgauge::record::{NodeKind, Zone};
//! use parcelgauge::tracking::{TrackingIntake, read_answers};
//! let answer = r#"{"nu": "YT1", "com": "yuantong", "state": "3", "data": [
//!     {"time": "2026-10-02 17:31:57", "context": "已签收", "statusCode": "301"},
//!     {"time": "2026-10-01 13:03:42", "context": "已揽收", "statusCode": "103"}]}"#;
//! let shipments = read_answers(answer)?;
//! let reading = TrackingIntake::default().with_zone(Zone::SHANGHAI).take(&shipments)?;
//! let kinds: Vec<_> = reading.records.events.iter().map(|event| event.kind).collect();
//! assert_eq!(kinds, [NodeKind::Collected, NodeKind::Delivered]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Shapes read
//!
//! kuaidi100 and kdniao; karrio; UPS, FedEx (v5 to v7), USPS, Canada Post, DHL Express, Stamps.com, Amazon, LaserShip and
//! Prestige; lines of collected answers with `tracking_number` and `events` of `ts`, `desc`; and the form above. A shape is
//! a row of paths, told from the others by what it alone has.
//!
//! # Choices
//!
//! - A local time is read in the zone told with it, else in the zone of [`TrackingIntake::with_zone`]. Zone words are those
//!   of RFC 5322 §4.3 (`EST`, `PDT` …) and IANA names; another word is counted as `unknown_zone`.
//! - A day without a time is the start of the day by default ([`MissingTime`]), counted as `missing_time`.
//! - The promise judged is the original one; where the current one differs, that is a move by the carrier, made no later
//!   than the last scan told. Nobody says who asked for it, and a carrier's own moves never help it.
//! - A waybill is posted on the local day of its first scan. Carriers tell the whole journey every time: of several
//!   answers about a waybill take the newest, since more scans place arrivals and departures better.
//! - Repeats are records here, and the core tells them apart.
//!
//! # The account
//!
//! Scans = events + set aside + without a node. Set aside are scans without a time or with one that cannot be, of a code
//! nobody knows, arrivals and departures of no place, and scans of a shipment without a number.
//!
//! What this room does not do: it asks no carrier, follows no address, and keeps no names or telephone numbers: a text
//! stays in the tracking form, and reaches no record.

mod answer;
mod error;
mod intake;
mod path;
mod reading;
mod scan_time;
mod shape;
mod shapes;
mod shipment;
mod told_time;
mod xml;

pub use answer::read_answers;
pub use error::TrackingError;
pub use intake::{MissingTime, TrackingIntake};
pub use reading::{ScanFault, ScanSetAside, TrackingReading, UnknownTold};
pub use shipment::{TrackedScan, TrackedShipment};
pub use told_time::ToldTime;
