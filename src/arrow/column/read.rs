use arrow_array::Array;

use crate::intake::quarantine::Reason;

/// A reader of the cells of one column.
pub(crate) trait Column: Sized {
    /// What a cell holds.
    type Value<'a>
    where
        Self: 'a;

    /// Takes a column, if it is of a type that can be read.
    fn of(array: &dyn Array) -> Result<Self, Unfit>;

    /// The value in a row below the number of rows; none where it is null, a reason where it cannot be used.
    fn at(&self, row: usize) -> Result<Option<Self::Value<'_>>, Reason>;

    /// What stands in a row, for people.
    fn shown(&self, row: usize) -> String;

    /// What should stand there instead.
    fn expected(&self, row: usize) -> String;
}

/// Why a column cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It is of another type.
    Type,
    /// Its dictionary has fewer values than a key says.
    Key { key: i64, values: usize },
}
