#![doc = include_str!("../README.md")]

#[cfg(feature = "intake")]
pub mod intake;
pub mod record;
