//! All integration tests, one binary.

#[cfg(feature = "intake")]
mod intake;
#[cfg(feature = "simulate")]
mod simulate;
mod support;
