use arrow_array::cast::AsArray;
use arrow_array::{Array, BooleanArray};

use super::{Column, Unfit};
use crate::intake::quarantine::Reason;

/// Truth values.
#[derive(Debug, Clone)]
pub(crate) struct Truths(BooleanArray);

impl Column for Truths {
    type Value<'a> = bool;

    fn of(array: &dyn Array) -> Result<Self, Unfit> {
        array.as_boolean_opt().cloned().map(Self).ok_or(Unfit::Type)
    }

    fn at(&self, row: usize) -> Result<Option<bool>, Reason> {
        Ok(self.0.is_valid(row).then(|| self.0.value(row)))
    }

    fn shown(&self, row: usize) -> String {
        self.0.value(row).to_string()
    }

    fn expected(&self, _: usize) -> String {
        "expected true or false".to_owned()
    }
}
