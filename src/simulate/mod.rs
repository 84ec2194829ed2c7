//! A seeded synthetic courier network, for examples, benches and tests: regions with hubs and sites, couriers of known
//! skill, products with plans, weekends, holidays and sales, promises and their moves, faulty scans, losses, lockers,
//! returns, complaints, claims and ratings; what it takes to run it: rosters, shifts, stock counts and costs; and beside
//! the records the truth that was planted.
//!
//! The same settings give the same records on every platform: there are integers only, no clock and no hash order.
//! Shipment *n* follows from the settings and *n* alone, so millions are streamed without being held, in any order and
//! in any number of parts. Day *d* of running the network likewise: who scans a parcel is on the roster of that day, though
//! neither is looked up in the other. Orders do not depend on the end of the window: every parcel comes with its whole
//! later history, and the reader's `as_of` hides what is not yet known.
//!
//! ```
//! use parcelgauge::simulate::{Defect, Network, Rate, Rates};
//! let network = Network::new(2026)?
//!     .with_shipments(500)
//!     .with_rates(Rates::default().with(Rate::Lost, 5_000)?)
//!     .with_defect(Defect::ComplaintHotSpot { region: 2, times: 10 })?;
//! let records = network.records();
//! assert_eq!(records.waybills.len(), 500);
//! let truth = network.truth();
//! assert_eq!(truth.shipments, 500);
//! println!("{truth}");
//! # Ok::<(), parcelgauge::simulate::SimulateError>(())
//! ```
//!
//! What this module does not do: it lets no stock move; it simulates no customs, no parcels of several pieces, no return
//! legs with a waybill of their own, no full trucks or queues, and no lunar festival beyond 2023 to 2026. Its rates are of
//! a plausible size and measured on no one: it shows that figures are computed rightly, not what they are.

mod calendar;
mod cases;
mod claims;
mod costs;
mod defect;
mod draws;
mod error;
mod geography;
mod holidays;
mod last_mile;
mod names;
mod network;
mod operations;
mod operations_truth;
mod order;
mod product;
mod rates;
mod ratings;
mod region;
mod roster;
mod scans;
mod shipment;
mod stream;
mod trip;
mod truth;
mod volume;
mod warehouse;

pub use defect::Defect;
pub use error::SimulateError;
pub use network::Network;
pub use operations::OperatingDay;
pub use operations_truth::{ActivityTruth, OperationsTruth};
pub use product::Product;
pub use rates::{Rate, RateSet, Rates};
pub use region::{COURIERS_A_REGION, COURIERS_A_SITE, Courier, Region, SITES_A_REGION, Site};
pub use shipment::Shipment;
pub use stream::Record;
pub use truth::{DefectTruth, DelayStage, NetworkTruth, RateTruth, ShipmentTruth};
