//! All integration tests, one binary.

mod arbitrary;
mod cube;
mod edges;
mod golden;
mod laws;
mod structure;
mod support;
