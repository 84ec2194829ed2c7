//! KPIs: one a file, one shape for all. A reader who knows one knows them all.
//!
//! A KPI says what one fact means ([`Observe::outcome`]) and on which day it counts ([`Observe::cohort`]); everything
//! else follows: the five numbers, windows and roll-ups, evidence, the verdict column. [`catalogue`] is the only list.
//! A caller's own KPI enters by the same door: implement [`Kpi`] and [`Observe`], hand a [`Gauge`] to a plan; the
//! example `own_kpi` shows it.
//!
//! What this room does not do: it reads no records and forms no groups; it compares with no target.

#![deny(clippy::float_arithmetic)]

mod argument;
mod case_clock;
pub mod cases;
mod catalogue;
mod cell_grid;
mod choice;
pub mod claims;
mod consignment;
mod definition;
mod elapsed;
mod error;
pub mod experience;
mod gauge;
mod group_slots;
mod harm;
mod in_groups;
pub mod integrity;
mod joined;
mod look;
mod params;
mod policies;
mod policy;
mod policy_choices;
mod policy_name;
mod policy_text;
mod population;
mod promise;
mod rating;
mod reading;
mod shipment_outcome;
mod stage;
mod table;
pub mod timeliness;
pub mod tracking;
mod trip;
mod verdict;
pub mod volume;
mod working;

pub use argument::Counted;
pub use catalogue::{Catalogue, Listed, catalogue};
pub use definition::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Unit};
pub use error::KpiError;
pub use gauge::{Gauge, GaugeOf, Observable};
pub use in_groups::InGroups;
pub use params::{Param, Params};
pub use policies::Policies;
pub use policy::Policy;
pub use policy_choices::{
    Adjustment, Anomalies, Basis, CaseBase, Clock, Comparison, Contact, CustomerRole, DayEnd, Denominator,
    LastCollection, LookBack, Maturity, Pauses, Per, PromiseChoice, Resolution, ScaleFrom, ScaleMapping, ShipmentUnit,
    StartsFrom,
};
pub use policy_name::PolicyName;
pub use promise::Deadline;
pub use shipment_outcome::ShipmentOutcome;
pub use table::{CellPlace, Cells, FactBatch, RowSource};
pub use verdict::RecordVerdict;
