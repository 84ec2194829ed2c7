use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_buffer::ScalarBuffer;
use arrow_schema::DataType;

use super::nulls::Nulls;
use super::{Column, Unfit};
use crate::intake::quarantine::Reason;

/// Whole numbers of any width.
#[derive(Debug, Clone)]
pub(super) enum Integers {
    Signed(ScalarBuffer<i64>),
    Unsigned(ScalarBuffer<u64>),
}

impl Integers {
    pub(super) fn of(array: &dyn Array) -> Option<Self> {
        fn widened<T: ArrowPrimitiveType>(array: &dyn Array) -> Option<Integers>
        where
            T::Native: Into<i64>,
        {
            let values = array.as_primitive_opt::<T>()?.values();
            Some(Integers::Signed(values.iter().map(|&value| value.into()).collect()))
        }
        match array.data_type() {
            DataType::Int8 => widened::<Int8Type>(array),
            DataType::Int16 => widened::<Int16Type>(array),
            DataType::Int32 => widened::<Int32Type>(array),
            DataType::Int64 => Some(Self::Signed(array.as_primitive_opt::<Int64Type>()?.values().clone())),
            DataType::UInt8 => widened::<UInt8Type>(array),
            DataType::UInt16 => widened::<UInt16Type>(array),
            DataType::UInt32 => widened::<UInt32Type>(array),
            DataType::UInt64 => Some(Self::Unsigned(array.as_primitive_opt::<UInt64Type>()?.values().clone())),
            _ => None,
        }
    }

    pub(super) fn at(&self, row: usize) -> i128 {
        match self {
            Self::Signed(values) => values[row].into(),
            Self::Unsigned(values) => values[row].into(),
        }
    }
}

/// Whole numbers of at least 0.
#[derive(Debug, Clone)]
pub(crate) struct Wholes {
    values: Values,
    nulls: Nulls,
}

#[derive(Debug, Clone)]
enum Values {
    Integers(Integers),
    /// What a table library makes of whole numbers in a column with gaps.
    Floats(ScalarBuffer<f64>),
}

/// The greatest number up to which a `f64` holds every whole number.
const EXACT_UP_TO: f64 = 9_007_199_254_740_992.0;

impl Column for Wholes {
    type Value<'a> = u64;

    fn of(array: &dyn Array) -> Result<Self, Unfit> {
        let floats = || array.as_primitive_opt::<Float64Type>().map(|floats| Values::Floats(floats.values().clone()));
        let values = Integers::of(array).map(Values::Integers).or_else(floats).ok_or(Unfit::Type)?;
        Ok(Self { values, nulls: Nulls::of(array) })
    }

    fn at(&self, row: usize) -> Result<Option<u64>, Reason> {
        if self.nulls.holds(row) {
            return Ok(None);
        }
        let whole = match &self.values {
            Values::Integers(integers) => u64::try_from(integers.at(row)).ok(),
            Values::Floats(floats) => {
                let value = floats[row];
                ((0.0..=EXACT_UP_TO).contains(&value) && value.fract() == 0.0).then_some(value as u64)
            }
        };
        whole.map(Some).ok_or(Reason::InvalidNumber)
    }

    fn shown(&self, row: usize) -> String {
        match &self.values {
            Values::Integers(integers) => integers.at(row).to_string(),
            Values::Floats(floats) => floats[row].to_string(),
        }
    }

    fn expected(&self, _: usize) -> String {
        "expected a whole number from 0 to 4294967295; correct it".to_owned()
    }
}
