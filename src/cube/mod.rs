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
//! What this room does not do: it reads and writes no files, judges no figure and rounds nothing.

mod cubes;
mod dimension;
mod fold;
mod json;
mod plan;
mod scorecard;
mod slots;
mod source;

pub use crate::fact::source_partition;
pub use cubes::{Cube, CubeError};
pub use dimension::{Dimension, GroupKey, GroupValue};
pub use fold::Fold;
pub use plan::Plan;
pub use scorecard::{Row, SCORECARD_SCHEMA, Scorecard};
pub use source::partitions;
