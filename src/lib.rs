#![doc = include_str!("../README.md")]

pub mod record;
#[cfg(feature = "simulate")]
pub mod simulate;
