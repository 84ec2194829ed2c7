//! All integration tests, one binary.

mod arbitrary;
mod cube;
mod laws;
mod support;
