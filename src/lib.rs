#![doc = include_str!("../README.md")]
//! # Module map
//!
//! Imports point one way, from left to right:
//!
//! | room | what it holds |
//! | --- | --- |
//! | [`record`] | what happened: waybills, node events, complaints, claims, ratings; money, time, windows |
//! | [`calendar`] | working time: opening hours, holidays, deadlines, D+n |
//! | [`casework`] | the lives of complaints and claims: states, duties, watch list |
//! | `codes` (feature) | carriers' event vocabularies, and waybill numbers with their check digits |
//! | [`journey`] | the merged history of one waybill |
//! | [`fact`] | what a KPI may look at, as known at one instant |
//! | [`outcome`] | what one fact means for one KPI |
//! | [`stats`] | intervals |
//! | [`state`] | sufficient statistics of whole numbers, and their wire format |
//! | [`kpi`] | the KPIs, one a file, and the catalogue |
//! | [`cube`] | plans, folds, source partitions, the result document |
//! | [`target`] | targets and red lines as data, and the literal judgement of a figure |
//! | `intake` (feature) | CSV files through a mapping |
//! | `simulate` (feature) | a seeded synthetic network |
//! | `report` (feature) | figures for people; the only code that rounds |
//! | `tracking` (feature) | carriers' answers to tracking requests, in JSON and XML |
//! | `pseudonym` (feature) | identifiers of a scorecard replaced by a keyed hash |
//! | `arrow` (feature) | Arrow record batches and Parquet files, by published schemas |
//! | `python` (feature) | the Python module: Arrow tables in, the result document out |
//!
//! # Features
//!
//! `intake` and `simulate` are on by default, so that the main job runs as it stands; `intake` brings `report`,
//! `arrow` brings `intake`, and `parquet` brings `arrow`, and `tracking`
//! brings `codes`. `full` is everything but language bindings. No feature changes a type or a number. The core, without any, does no I/O.
//!
//! # Panics
//!
//! None by design: bad input is an error that names the field, the value, what is allowed and what to do, or a row set
//! aside and counted. Counts are 64-bit and sums 128-bit; the ranges stand in [`state`].

#[cfg(feature = "arrow")]
pub mod arrow;
pub mod calendar;
pub mod casework;
#[cfg(feature = "codes")]
pub mod codes;
pub mod cube;
pub mod fact;
#[cfg(feature = "intake")]
pub mod intake;
pub mod journey;
pub mod kpi;
pub mod outcome;
#[cfg(feature = "pseudonym")]
pub mod pseudonym;
#[cfg(feature = "python")]
pub mod python;
pub mod record;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "simulate")]
pub mod simulate;
pub mod state;
pub mod stats;
pub mod target;
#[cfg(feature = "tracking")]
pub mod tracking;

/// What most programs need, for one `use`.
pub mod prelude {
    pub use crate::calendar::{CalendarName, CalendarRules, WorkingCalendar};
    pub use crate::casework::{CaseState, ClaimState, Duty, Life, Lives, Watch};
    pub use crate::cube::{Cube, Dimension, Fold, Plan, Row, Scorecard};
    pub use crate::fact::{ClaimPayment, Context, Fact, Facts, GivenRating, History, NodeScan, Shipment, StagePassage};
    pub use crate::kpi::{Gauge, Kpi, Observe, Policy, catalogue};
    pub use crate::outcome::{Outcome, Severity, Term};
    pub use crate::record::{
        Actor, CaseAction, CaseClass, CaseId, Claim, ClaimAction, ClaimId, Complaint, Currency, CustomerId, Duration,
        Instant, Label, Money, NodeEvent, NodeKind, PassageKey, Payment, Promise, Rating, RecordKind, Records,
        Responsible, Score, Step, Waybill, WaybillKey, WaybillNumber, Window, Zone,
    };
    pub use crate::state::{Figure, State};
}
