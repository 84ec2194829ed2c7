//! States by (source partition, KPI, group key, cohort day), and what is made of them.
//!
//! A [`Plan`] says what is asked for; a [`Fold`] holds its cells over some records; a [`Cube`] holds one fold of days a
//! source partition, so that partitions are replaced one by one and any window is a merge; a [`Scorecard`] is the
//! finished document.
//!
//! # Increment
//! The unit of replacement is a source partition: all records of the waybills with one `posted_on`, and records without
//! a waybill by their own date. New records dirty the partitions of their waybills, and those of that customer's later
//! orders where a KPI looks back ([`Cube::dirty`]). The caller hands over *all* records of a dirty partition, and its
//! cells are replaced together. A partition holds until the first instant at which an open outcome would be decided or a
//! record becomes known; a window asked for after that names the stale partitions instead of answering.
//!
//! # Keeping
//! [`Cube::encode`] writes a cube with all that decides whether it may be merged and asked: plan, zone, `known_from`, route,
//! and of every partition its `as_of`, when it ceases to hold, and whether it is sealed. [`Cube::decode`] reads it for the
//! same plan and refuses any other. Partitions with nothing open may be sealed ([`Cube::seal`]) and made one
//! ([`Cube::compact`]).
//!
//! # Groups
//! A fact lies in the group of its waybill: by a field of it, by who handled it in which role, or by what it comes to for
//! another KPI ([`ByOutcome`]). Groups by an outcome change as time decides it: the fold names the instant. By
//! [`Dimension::HandledBy`] a fact lies in several groups; these do not add up, are never rolled up, and the document says so.
//!
//! What this room does not do: it reads and writes no files, judges no figure and rounds nothing.

mod by_outcome;
mod cubes;
mod dimension;
mod fold;
mod fold_wire;
mod groups;
mod json;
mod plan;
mod route_wire;
mod scorecard;
mod slots;
mod source;
mod stored;

pub use crate::fact::source_partition;
pub use by_outcome::ByOutcome;
pub use cubes::{Cube, CubeError};
pub use dimension::{Dimension, DimensionError};
pub use fold::Fold;
pub use groups::{GroupKey, GroupValue};
#[cfg(feature = "parquet")]
pub(crate) use json::params_text;
pub use plan::Plan;
pub use scorecard::{Row, SCORECARD_SCHEMA, Scorecard};
pub use source::partitions;
#[cfg(feature = "parquet")]
pub(crate) use stored::{Loading, StoredCell};
