//! Figures for people: the summary that is read first, and the table of everything. Both are built from the same result
//! objects that programs read.
//!
//! What this room does not do: it computes no figure, it lays out, compares and words those there are. Rounding happens
//! in `format` and nowhere else in the crate.

mod carried;
pub mod format;
mod grid;
mod groups;
mod matrix;
mod places;
mod series;
mod summary;
mod table;
mod words;
mod worst;

pub use carried::{Carried, carried};
pub use summary::summary;
pub use table::text_table;
