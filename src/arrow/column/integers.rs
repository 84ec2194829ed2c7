use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
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
    values: Integers,
    nulls: Nulls,
}

impl Column for Wholes {
    type Value<'a> = u64;

    fn of(array: &dyn Array) -> Result<Self, Unfit> {
        Ok(Self { values: Integers::of(array).ok_or(Unfit::Type)?, nulls: Nulls::of(array) })
    }

    fn at(&self, row: usize) -> Result<Option<u64>, Reason> {
        if self.nulls.holds(row) {
            return Ok(None);
        }
        u64::try_from(self.values.at(row)).map(Some).map_err(|_| Reason::InvalidNumber)
    }

    fn shown(&self, row: usize) -> String {
        self.values.at(row).to_string()
    }

    fn expected(&self, _: usize) -> String {
        "expected a whole number from 0 to 4294967295; correct it".to_owned()
    }
}
