#![doc = include_str!("../README.md")]

pub mod cube;
pub mod fact;
#[cfg(feature = "intake")]
pub mod intake;
pub mod journey;
pub mod kpi;
pub mod outcome;
pub mod record;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "simulate")]
pub mod simulate;
pub mod state;
pub mod stats;

/// What most programs need, for one `use`.
pub mod prelude {
    pub use crate::cube::{Cube, Dimension, Fold, Plan, Row, Scorecard};
    pub use crate::fact::{ClaimPayment, Context, Fact, Facts, OrderHistory, Shipment};
    pub use crate::kpi::{Gauge, Kpi, Observe, Policy, catalogue};
    pub use crate::outcome::{Outcome, Severity, Term};
    pub use crate::record::{
        CaseClass, CaseId, Claim, ClaimId, Complaint, Currency, CustomerId, Duration, Instant, Label, Money, NodeEvent,
        NodeKind, Payment, Promise, Rating, RecordKind, Records, Score, Waybill, WaybillKey, WaybillNumber, Window,
        Zone,
    };
    pub use crate::state::{Figure, State};
}
