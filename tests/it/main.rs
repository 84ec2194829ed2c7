//! All integration tests, one binary.

mod arbitrary;
mod laws;
mod support;
