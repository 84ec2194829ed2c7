use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowNativeTypeOp};
use arrow_buffer::{ArrowNativeType, ScalarBuffer};
use arrow_schema::DataType;

use super::Unfit;

/// A dictionary taken apart: its values, and for each row which of them. A row that is null has any key.
#[derive(Debug, Clone)]
pub(super) struct Keyed {
    pub(super) values: ArrayRef,
    pub(super) codes: ScalarBuffer<u32>, // each < values.len() but in null rows
}

impl Keyed {
    /// None where the array is no dictionary.
    pub(super) fn of(array: &dyn Array) -> Result<Option<Self>, Unfit> {
        let DataType::Dictionary(key, _) = array.data_type() else { return Ok(None) };
        let keyed = match **key {
            DataType::Int8 => Self::by::<Int8Type>(array),
            DataType::Int16 => Self::by::<Int16Type>(array),
            DataType::Int32 => Self::by::<Int32Type>(array),
            DataType::Int64 => Self::by::<Int64Type>(array),
            DataType::UInt8 => Self::by::<UInt8Type>(array),
            DataType::UInt16 => Self::by::<UInt16Type>(array),
            DataType::UInt32 => Self::by::<UInt32Type>(array),
            DataType::UInt64 => Self::by::<UInt64Type>(array),
            _ => Err(Unfit::Type),
        };
        keyed.map(Some)
    }

    fn by<K>(array: &dyn Array) -> Result<Self, Unfit>
    where
        K: ArrowDictionaryKeyType,
        K::Native: ArrowNativeTypeOp,
    {
        let dictionary = array.as_dictionary_opt::<K>().ok_or(Unfit::Type)?;
        let (keys, values) = (dictionary.keys(), dictionary.values());
        // A foreign writer's keys are not taken on trust: each is looked at once, here.
        let count = values.len();
        for (row, key) in keys.values().iter().enumerate() {
            if key.to_usize().is_none_or(|key| key >= count) && keys.is_valid(row) {
                return Err(Unfit::Key { key: key.to_i64().unwrap_or(i64::MAX), values: count });
            }
        }
        let codes = match K::DATA_TYPE {
            // The same bits: what is not null is not negative.
            DataType::Int32 | DataType::UInt32 => ScalarBuffer::from(keys.values().inner().clone()),
            _ => keys.values().iter().map(|key| key.to_usize().unwrap_or(0) as u32).collect(),
        };
        Ok(Self { values: values.clone(), codes })
    }
}
