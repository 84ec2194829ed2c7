//! All integration tests, one binary.

// Tests may stop on what cannot be, and say what they skip; their modules are seen by each other only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, unreachable_pub)]

mod figures;
#[cfg(feature = "intake")]
mod intake;
#[cfg(feature = "intake")]
mod olist;
mod readme;
#[cfg(feature = "simulate")]
mod simulate;
mod support;
