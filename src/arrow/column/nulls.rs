use arrow_array::Array;
use arrow_buffer::NullBuffer;

/// Which rows of a column are null, those of a dictionary's null values included.
#[derive(Debug, Clone)]
pub(crate) struct Nulls(Option<NullBuffer>);

impl Nulls {
    pub(super) fn of(array: &dyn Array) -> Self {
        Self(array.logical_nulls().filter(|nulls| nulls.null_count() > 0))
    }

    pub(super) fn holds(&self, row: usize) -> bool {
        self.0.as_ref().is_some_and(|nulls| nulls.is_null(row))
    }
}
