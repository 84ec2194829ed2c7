use std::io;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;
use thiserror::Error;

use crate::arrow::{ArrowInputError, ArrowOutputError, Table};
use crate::state::wire::WireError;

/// Why Parquet files cannot be read or written.
///
/// No figure comes of a file that cannot be read to its end.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ArrowFileError {
    /// A file or folder cannot be opened.
    #[error("{}: {source}; check the path and its permissions", path.display())]
    Unread {
        /// The path as it was given.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file is no Parquet file, or cut short, or damaged.
    #[error(
        "{}: no Parquet file that can be read to its end: {source}; nothing of it counts, fetch or write it anew",
        path.display()
    )]
    Broken {
        /// The path as it was given.
        path: PathBuf,
        /// What is wrong with it.
        source: ParquetError,
    },
    /// A folder holds no table of records.
    #[error(
        "{}: no table of records in it; expected files such as waybills.parquet and events.parquet, or folders \
         `waybills`, `events` of such files",
        path.display()
    )]
    NoTables {
        /// The folder as it was given.
        path: PathBuf,
    },
    /// Something in a table's folder that would not be read.
    #[error(
        "{}: it lies among the files of {table}, and would not be read; the folder of a table holds files ending in \
         .parquet, and besides them only names that begin with `_` or `.`; move it, or rename it",
        path.display()
    )]
    Stray {
        /// The path of the file or folder.
        path: PathBuf,
        /// The table.
        table: Table,
    },
    /// A table's folder without files.
    #[error("{}: no file ending in .parquet in it; leave out the folder where there is no such table", path.display())]
    NoParts {
        /// The folder.
        path: PathBuf,
    },
    /// A file's columns or rows are not those of its table.
    #[error("{}: {source}", path.display())]
    Input {
        /// The path as it was given.
        path: PathBuf,
        /// What is wrong with them.
        source: ArrowInputError,
    },
    /// A column was asked for that the file does not have.
    #[error("{}: no column `{column}`; the columns are: {}", path.display(), known.join(", "))]
    UnknownColumn {
        /// The path as it was given.
        path: PathBuf,
        /// The column.
        column: String,
        /// The columns that are there.
        known: Vec<String>,
    },
    /// A record of a table for which the writer has no file.
    #[error("there is no file for {table}; name the table when the writer is made")]
    TableNotOpen {
        /// The table.
        table: Table,
    },
    /// Records cannot be made rows.
    #[error(transparent)]
    Output(#[from] ArrowOutputError),
    /// A file holds no cube, though it may be a good file of something else.
    #[error("{}: no cube in it; expected a file that this crate wrote as one and nobody else wrote again", path.display())]
    NoCube {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A file holds a cube of another plan, of another format, or a damaged one.
    #[error("{}: {source}", path.display())]
    Cube {
        /// The path as it was given.
        path: PathBuf,
        /// What is wrong with it.
        source: WireError,
    },
    /// A file cannot be written.
    #[error("{}: {source}; check the path, its permissions and the room on the disk", path.display())]
    Unwritten {
        /// The path as it was given.
        path: PathBuf,
        /// What the system or the format says.
        source: ParquetError,
    },
}

impl ArrowFileError {
    pub(super) fn unread(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Unread { path, source }
    }

    pub(super) fn broken(path: &Path) -> impl FnOnce(ParquetError) -> Self {
        let path = path.to_owned();
        move |source| Self::Broken { path, source }
    }

    pub(super) fn unwritten<E: Into<ParquetError>>(path: &Path) -> impl FnOnce(E) -> Self {
        let path = path.to_owned();
        move |source| Self::Unwritten { path, source: source.into() }
    }
}
