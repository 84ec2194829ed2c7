//! Figures for people: the text table. Built from the same result objects that programs read.
//!
//! What this room does not do: it computes nothing. Rounding happens in `format` and nowhere else in the crate.

pub mod format;
mod table;

pub use table::text_table;
