use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_buffer::ScalarBuffer;
use arrow_schema::{DataType, TimeUnit};

use super::nulls::Nulls;
use super::{Column, Unfit};
use crate::intake::quarantine::Reason;
use crate::record::Instant;

/// Instants. A timestamp of Arrow counts from 1970 in UTC whatever its zone; one without a zone is taken as UTC. Parts of a
/// millisecond are cut off towards the past, as [`Instant`] does.
#[derive(Debug, Clone)]
pub(crate) struct Moments {
    values: ScalarBuffer<i64>,
    unit: TimeUnit,
    nulls: Nulls,
}

impl Column for Moments {
    type Value<'a> = Instant;

    fn of(array: &dyn Array) -> Result<Self, Unfit> {
        let DataType::Timestamp(unit, _) = *array.data_type() else { return Err(Unfit::Type) };
        let values = match unit {
            TimeUnit::Second => array.as_primitive_opt::<TimestampSecondType>().map(|array| array.values()),
            TimeUnit::Millisecond => array.as_primitive_opt::<TimestampMillisecondType>().map(|array| array.values()),
            TimeUnit::Microsecond => array.as_primitive_opt::<TimestampMicrosecondType>().map(|array| array.values()),
            TimeUnit::Nanosecond => array.as_primitive_opt::<TimestampNanosecondType>().map(|array| array.values()),
        };
        Ok(Self { values: values.ok_or(Unfit::Type)?.clone(), unit, nulls: Nulls::of(array) })
    }

    fn at(&self, row: usize) -> Result<Option<Instant>, Reason> {
        if self.nulls.holds(row) {
            return Ok(None);
        }
        let value = self.values[row];
        let millis = match self.unit {
            TimeUnit::Second => value.checked_mul(1_000).ok_or(Reason::InvalidTime)?,
            TimeUnit::Millisecond => value,
            TimeUnit::Microsecond => value.div_euclid(1_000),
            TimeUnit::Nanosecond => value.div_euclid(1_000_000),
        };
        Instant::from_millis(millis).map(Some).map_err(|_| Reason::InvalidTime)
    }

    fn shown(&self, row: usize) -> String {
        let unit = match self.unit {
            TimeUnit::Second => "s",
            TimeUnit::Millisecond => "ms",
            TimeUnit::Microsecond => "us",
            TimeUnit::Nanosecond => "ns",
        };
        format!("{} {unit} after 1970", self.values[row])
    }

    fn expected(&self, _: usize) -> String {
        "expected a time of the years 1 to 9999; correct it, or leave null what stands for none".to_owned()
    }
}
