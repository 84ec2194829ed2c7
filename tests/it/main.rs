//! Integration tests: one program, so that they are linked once.

#[cfg(feature = "intake")]
mod intake;
