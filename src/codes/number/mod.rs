//! Waybill numbers: formats, check digits, one way of writing.
//!
//! What they mean stands in the [documentation of the room](super).

mod check;
mod countries;
mod format;
mod formats;
mod shape;

pub use check::CheckDigit;
pub use format::{Certainty, NumberError, NumberFormat, NumberReading, normalised_number, number_readings};
