use std::path::PathBuf;

use thiserror::Error;

use super::Table;
use crate::cube::CubeError;
use crate::intake::SetAside;
use crate::record::RecordError;
use crate::state::UnlikeStates;

/// Why a batch cannot be read at all. A value that cannot be used is no such error: its row is set aside.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ArrowInputError {
    /// No table has this name.
    #[error(
        "`{name}` is no table of records; expected one of {}; name the table, or the file, so",
        Table::ALL.map(Table::name).join(", ")
    )]
    UnknownTable {
        /// The name given.
        name: String,
    },
    /// A column that the table cannot do without is missing.
    #[error(
        "{table}: no column `{field}`; expected {allowed}, without nulls; add it, or rename the column that it is; the \
         columns are: {}",
        known.join(", ")
    )]
    MissingColumn {
        /// The table.
        table: Table,
        /// The column's name.
        field: &'static str,
        /// The types that it may have.
        allowed: &'static str,
        /// The columns that are there.
        known: Vec<String>,
    },
    /// More than one column has the name of a field.
    #[error("{table}: more than one column is named `{field}`; rename all but one")]
    RepeatedColumn {
        /// The table.
        table: Table,
        /// The column's name.
        field: String,
    },
    /// A column has a type that its field cannot have.
    #[error("{table}: the column `{field}` is of type {found}; expected {allowed}; {remedy}")]
    WrongType {
        /// The table.
        table: Table,
        /// The column's name.
        field: String,
        /// Its type.
        found: String,
        /// The types that it may have.
        allowed: &'static str,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A column that may hold no null holds some.
    #[error(
        "{table}: the column `{field}` holds {nulls} nulls, the first in row {row} of the batch; expected a value in \
         every row; fill them in, or leave those rows out"
    )]
    NullsInRequired {
        /// The table.
        table: Table,
        /// The column's name.
        field: &'static str,
        /// How many.
        nulls: usize,
        /// The first row that has one, counted from 0.
        row: usize,
    },
    /// A dictionary whose keys point beyond its values.
    #[error(
        "{table}: the dictionary of the column `{field}` has {values} values and a key {key}; expected keys from 0 to \
         one less than the number of values; write the batch anew"
    )]
    BrokenDictionary {
        /// The table.
        table: Table,
        /// The column's name.
        field: String,
        /// How many values the dictionary has.
        values: usize,
        /// A key that points to none of them.
        key: i64,
    },
    /// The name of a waybill's further column cannot be that of an attribute or a stage.
    #[error("{table}: the column `{field}` cannot be read: {problem}; rename it")]
    WrongName {
        /// The table.
        table: Table,
        /// The column's name.
        field: String,
        /// What is wrong with the name.
        problem: String,
    },
    /// Rows that were packed cannot be read back.
    #[error("packed rows cannot be read back: {0}; this is a fault of the machine or of this crate")]
    Packed(#[from] RecordError),
    /// Packed rows could not be kept in a temporary file, or read back.
    #[error("packed rows could not be kept in a temporary file in {}: {problem}; name another folder, or set a higher limit of memory", folder.display())]
    Spill {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        problem: String,
    },
    /// The cells of a plan take more memory than there is for them.
    #[error(
        "the plan takes about {} MB for its cells, and {} MB of the memory's limit are for them: after {done} of {all} \
         partitions there are {cells} cells; set a higher limit, ask for fewer figures, dimensions or less evidence, or \
         for a longer window",
        estimate.div_ceil(1_000_000),
        room.div_ceil(1_000_000)
    )]
    PlanTooLarge {
        /// Bytes that all cells are estimated to take in the end.
        estimate: usize,
        /// Bytes there are for them.
        room: usize,
        /// Cells there are so far.
        cells: usize,
        /// Partitions folded so far.
        done: usize,
        /// Partitions there are.
        all: usize,
    },
    /// Folds of one plan that cannot be merged.
    #[error("{0}; this is a fault of this crate")]
    Unlike(#[from] UnlikeStates),
    /// A cube that does not take these partitions.
    #[error(transparent)]
    Cube(#[from] CubeError),
    /// The caller wanted no more.
    #[error("stopped before all partitions were folded, as was asked for; there are no figures of a part")]
    Stopped,
    /// A row cannot be read, and the caller asked to stop at the first
    /// ([`Strictness::Stop`](crate::intake::Strictness::Stop)).
    #[error("stopped at the first row that cannot be read: {0}")]
    Refused(Box<SetAside>),
}

impl From<Box<SetAside>> for ArrowInputError {
    fn from(row: Box<SetAside>) -> Self {
        Self::Refused(row)
    }
}
