//! Integration tests, one module an area.

#[cfg(feature = "simulate")]
mod simulate;
