use std::io;

use thiserror::Error;

use super::SetAside;

/// Why a run could not be made: the mapping or a file is not what it has to be.
///
/// A row that cannot be read is no such error; it is a [`SetAside`], unless the caller asked to stop there.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// The mapping file cannot be read.
    #[error("mapping {file}: {source}; expected a TOML file in UTF-8, check the path and its permissions")]
    MappingUnread {
        /// The path as it was given.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// The mapping is not TOML.
    #[error("mapping {file}: {message}")]
    MappingSyntax {
        /// The path as it was given, or `(text)`.
        file: String,
        /// Line, column, what stands there and what could stand there.
        message: String,
    },
    /// The mapping is TOML and says something that a mapping cannot say: a key that there is not, one that is missing, a
    /// value that means nothing.
    #[error("mapping {file}, line {line}, column {column}: section `{section}`, `{field}`: {problem}; {remedy}")]
    MappingRule {
        /// The path as it was given, or `(text)`.
        file: Box<str>,
        /// The line of the mapping, counted from 1: of the key, or of its section where the key is missing.
        line: u32,
        /// The character of the line, counted from 1.
        column: u32,
        /// The kind of section: `waybill`, `event`, … or `mapping` for what stands above the sections.
        section: &'static str,
        /// The key, with those of the tables it is in: `fee.currency_column`.
        field: String,
        /// What is wrong, with the value.
        problem: String,
        /// What to do about it.
        remedy: String,
    },
    /// A file that the mapping names cannot be opened.
    #[error("{path}: {source}; section `{section}` of the mapping names it, check `file` and the data directory")]
    FileUnread {
        /// The data directory and the name in the mapping.
        path: String,
        /// The kind of section that names it.
        section: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// The system failed in the middle of a file.
    #[error("{file}: reading failed after line {line}: {source}")]
    ReadFailed {
        /// The name in the mapping.
        file: String,
        /// The line reached.
        line: u64,
        /// What the system says.
        source: io::Error,
    },
    /// A file has no line of column names.
    #[error("{file}: {problem}; expected a first line with the names of the columns, in UTF-8")]
    Header {
        /// The name in the mapping.
        file: String,
        /// What stands there instead.
        problem: String,
    },
    /// The mapping names a column that the file does not have.
    #[error(
        "{file}: no column `{column}`, which `{field}` of section `{section}` is to be read from{}; the columns are: {}",
        nearest.as_ref().map(|name| format!(" (`{name}` is spelled alike)")).unwrap_or_default(),
        known.join(", ")
    )]
    UnknownColumn {
        /// The name of the file in the mapping.
        file: String,
        /// The kind of section.
        section: &'static str,
        /// The key in the section.
        field: String,
        /// The column that is not there.
        column: String,
        /// A column spelled much like it.
        nearest: Option<String>,
        /// The columns that are there, in their order.
        known: Vec<String>,
    },
    /// The mapping names a column that the file has more than once.
    #[error(
        "{file}: more than one column is named `{column}`, which section `{section}` reads; rename all but one in the file"
    )]
    RepeatedColumn {
        /// The name of the file in the mapping.
        file: String,
        /// The kind of section.
        section: &'static str,
        /// The column.
        column: String,
    },
    /// A row cannot be read, and the caller asked to stop at the first ([`Strictness::Stop`](super::Strictness::Stop)).
    #[error("stopped at the first row that cannot be read: {0}")]
    Refused(Box<SetAside>),
}

impl From<Box<SetAside>> for IntakeError {
    fn from(row: Box<SetAside>) -> Self {
        Self::Refused(row)
    }
}
