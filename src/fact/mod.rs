//! Facts: what a KPI may look at. The set is closed; a KPI observes one kind or several.
//!
//! [`Facts::assemble`] is the only way from records to facts: it leaves out what is not yet known at `as_of`, settles
//! repeats and conflicts, joins scans to journeys, and accounts for every row.
//!
//! What this room does not do: it judges nothing. Policies that change a figure are applied by the KPIs.

mod account;
mod assembly;
mod casebook;
mod consignment;
mod context;
mod facts;
mod history;
mod kinds;
mod known;
mod operations;
mod order_rows;
mod passage;
mod payment;
mod rating;
mod roles;
mod scan;
mod scans_by_waybill;
mod settle;
mod shipment;

pub use account::InputAccount;
pub(crate) use assembly::Assembly;
#[cfg(feature = "arrow")]
pub(crate) use casebook::Casebook;
pub use consignment::Consignment;
pub use context::Context;
pub use facts::Facts;
pub use history::History;
pub use kinds::{Fact, FactKind};
#[cfg(feature = "arrow")]
pub(crate) use known::Known;
#[cfg(feature = "arrow")]
pub(crate) use order_rows::{OrderRows, OrderScan};
pub use passage::{StagePassage, Standing};
pub use payment::ClaimPayment;
pub use rating::GivenRating;
pub use scan::NodeScan;
pub(crate) use scans_by_waybill::EventRow;
#[cfg(feature = "arrow")]
pub(crate) use scans_by_waybill::ScansByWaybill;
pub use settle::{Hanging, Home, Homed, source_partition};
pub use shipment::{Acceptance, HangingCase, HangingClaim, Roles, Shipment};
