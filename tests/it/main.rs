//! All integration tests, one binary.

mod oracle;
mod support;
