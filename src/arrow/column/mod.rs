//! Typed readers of one column each. A reader is built once a batch, which checks everything that can be checked of the
//! column as a whole; a cell is then read without allocation.
//!
//! An empty text reads as null, as on the way in from CSV files: no identifier, label or name is empty.

mod codes;
mod dates;
mod decimals;
mod integers;
mod keys;
mod lengths;
mod moments;
mod named;
mod nulls;
mod read;
mod source;
mod truths;
mod words;

pub(crate) use codes::{Closed, Codes, Meaning};
pub(crate) use dates::Dates;
pub(crate) use decimals::{Amounts, Numbers};
pub(crate) use integers::Wholes;
pub(crate) use lengths::Lengths;
pub(crate) use moments::Moments;
pub(crate) use named::{Named, read, read_id};
pub(crate) use read::{Column, Unfit};
pub(crate) use source::Source;
pub(crate) use truths::Truths;
pub(crate) use words::Key;
pub(crate) use words::Words;
