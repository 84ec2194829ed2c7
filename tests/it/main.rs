//! All integration tests, one binary.

mod arbitrary;
mod cube;
mod edges;
mod laws;
mod support;
