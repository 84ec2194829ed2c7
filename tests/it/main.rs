//! All integration tests, one binary.

#[cfg(feature = "simulate")]
mod simulate;
mod support;
