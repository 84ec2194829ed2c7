//! Parquet files in and out: a file a table, in a folder.

mod checksum;
mod error;
mod folder;
mod table_file;
mod writer;

pub use error::ArrowFileError;
pub use table_file::{TableBatches, TableFile};
pub use writer::ParquetWriter;
