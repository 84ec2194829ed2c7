//! Parquet files in and out: a file a table, in a folder; a file a cube.

mod checksum;
mod cube_columns;
mod cube_file;
mod error;
mod folder;
mod table_file;
mod writer;

pub use cube_file::{read_cube, write_cube};
pub use error::ArrowFileError;
pub use table_file::{TableBatches, TableFile};
pub use writer::ParquetWriter;
