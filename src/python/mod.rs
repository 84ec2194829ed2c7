//! The Python module: Arrow tables in, the figures of the Rust library out, to the same byte.
//!
//! What speaks the stream interface of Arrow's PyCapsules (`__arrow_c_stream__`) is a table: data frames of pandas and
//! Polars, tables and readers of pyarrow, relations of DuckDB. Their columns are read where they lie, by the schemas of
//! [`arrow`](crate::arrow), and folded by its [engine](crate::arrow::engine); nothing is computed here. While rows are read
//! and folded, other Python threads run.
//!
//! The module is built as a shared library by `cargo rustc --lib --crate-type cdylib --features python`, so that Rust
//! programs link no Python. The package in the folder `python` takes it in under the name `_native`.
//!
//! # Instants
//! A timestamp without a zone is refused here, though elsewhere it is taken as UTC: a data frame mostly has local times in
//! such columns, and only its owner knows of where.
//!
//! # Errors
//! What Rust returns as an error is raised as one class, `parcelgauge.Error`: its text is Rust's, `kind` names what is
//! wrong, `fields` holds the facts. An argument of a wrong Python type is a `TypeError`, as everywhere in Python.
//!
//! What this room does not do: it keeps no second implementation of anything, and core types know nothing of it.

mod capsule;
mod error;
mod measure;
mod module;
mod request;
mod scorecard;
