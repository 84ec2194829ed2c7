//! Arrow: record batches of published schemas in and out.
//!
//! [`Table`] is the schema, [`BatchIntake`] turns batches into [`Records`](crate::record::Records), with the same account of
//! rows set aside as [`intake`](crate::intake) keeps, and [`record_batches`] makes batches of them. [`scorecard_batch`] is
//! a scorecard for whoever works in tables. With the feature `parquet`, `BatchIntake::read_parquet` reads a folder of
//! files, a file a table, and `ParquetWriter` writes one; `write_cube` and `read_cube` keep a cube in one file.
//!
//! # Waybills
//!
//! Of the records' nested data, a promise is one of two columns, `promise_at` for an instant and `promise_on` for a day; its
//! moves are a table of their own. The plan of a stage is a column `stage_plans.STAGE`, where STAGE is written as a
//! [`PassageKey`](crate::record::PassageKey). Every further column of text, or of a dictionary of text, is an attribute
//! bearing the column's name; one whose name would be taken for another column is written `attributes.NAME`. Further
//! columns of other types are not read.
//!
//! # Money
//!
//! Amounts are decimals of the major unit, in the currency of the column `currency`. Nothing is rounded: a part smaller than
//! the minor unit sets the row aside. A `Float64` stands for the shortest decimal number that is read as it, as it would be
//! written in a CSV file: 0.1 is ten fen, and the sum 0.1 + 0.2 is set aside. Integers are refused as amounts, since 12 could be yuan or fen.
//!
//! # Nulls
//!
//! A null in a required column is an error of the batch. An empty text reads as null, as in CSV files: in an optional column
//! it is no value, in a required one it sets its row aside.
//!
//! # Moves, payments and steps
//!
//! The moves of promises, the payments on claims and the steps of cases and claims are tables of their own. As a rule one
//! hangs on every row of its waybill, case or claim, since only the core decides which row holds. Where rows of one key are
//! to be told apart, each has a number in the column `row`, and what hangs on it names it: so this crate writes them.
//!
//! What this room does not do: it guesses no types, converts no text to times or numbers, and drops no repeats.
//!
//! # Schemas
//!
#![doc = include_str!("schema/schemas.md")]

pub(crate) mod column;
pub mod engine;
mod error;
#[cfg(feature = "parquet")]
mod files;
mod reading;
mod results;
mod schema;
pub(crate) mod table;
mod write;

pub use error::ArrowInputError;
#[cfg(feature = "parquet")]
pub use files::{ArrowFileError, ParquetWriter, TableBatches, TableFile, read_cube, write_cube};
pub use reading::BatchIntake;
pub use results::{input_batch, scorecard_batch};
pub use schema::{ColumnUse, Field, FieldKind, Presence, Table};
pub use write::{ArrowOutputError, FurtherColumns, record_batches};
