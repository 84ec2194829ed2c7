//! All integration tests, one binary.

// Tests may stop on what cannot be, and say what they skip; their modules are seen by each other only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, unreachable_pub)]

mod arbitrary;
#[cfg(feature = "arrow")]
mod arrow;
mod calendar;
mod casework;
mod closed_sets;
#[cfg(feature = "codes")]
mod codes;
#[cfg(feature = "simulate")]
mod coverage;
mod crowds;
mod cube;
mod data;
mod edges;
mod figures;
mod golden;
#[cfg(feature = "report")]
mod groups;
#[cfg(feature = "intake")]
mod intake;
#[cfg(all(feature = "intake", feature = "simulate"))]
mod kpis;
mod laws;
mod notices;
#[cfg(feature = "intake")]
mod olist;
mod operations;
mod oracle;
mod passages;
#[cfg(all(feature = "pseudonym", feature = "report", feature = "simulate"))]
mod pseudonyms;
#[cfg(all(feature = "parquet", feature = "simulate"))]
mod python;
mod readme;
#[cfg(feature = "report")]
mod report;
#[cfg(feature = "codes")]
mod robustness;
#[cfg(feature = "simulate")]
mod schema;
#[cfg(feature = "simulate")]
mod simulate;
#[cfg(feature = "simulate")]
mod simulated_operations;
mod structure;
mod support;
mod target;
#[cfg(feature = "tracking")]
mod tracking;
