//! Arrow.

pub mod engine;
