use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType,
};
use arrow_buffer::ScalarBuffer;
use arrow_schema::{DataType, TimeUnit};

use super::nulls::Nulls;
use super::words::Words;
use super::{Column, Unfit};
use crate::intake::quarantine::Reason;
use crate::record::Duration;

/// The range of a length that is written as text.
const LONGEST: Duration = Duration::from_days(100_000);

/// Lengths of time that are not negative.
#[derive(Debug, Clone)]
pub(crate) enum Lengths {
    Counted { values: ScalarBuffer<i64>, unit: TimeUnit, nulls: Nulls },
    Written(Words),
}

impl Lengths {
    fn length(&self, row: usize) -> Option<Duration> {
        match self {
            Self::Counted { values, unit, .. } => {
                let value = values[row];
                let whole = |part: i64| (value % part == 0).then_some(value / part);
                let millis = match unit {
                    TimeUnit::Second => value.checked_mul(1_000),
                    TimeUnit::Millisecond => Some(value),
                    TimeUnit::Microsecond => whole(1_000),
                    TimeUnit::Nanosecond => whole(1_000_000),
                };
                millis.map(Duration::from_millis)
            }
            Self::Written(words) => words.shown(row).parse().ok(),
        }
    }

    fn is_null(&self, row: usize) -> bool {
        match self {
            Self::Counted { nulls, .. } => nulls.holds(row),
            Self::Written(words) => words.key_at(row).is_none(),
        }
    }
}

impl Column for Lengths {
    type Value<'a> = Duration;

    fn of(array: &dyn Array) -> Result<Self, Unfit> {
        let DataType::Duration(unit) = *array.data_type() else {
            let words = Words::of(array)?;
            return if words.is_text() { Ok(Self::Written(words)) } else { Err(Unfit::Type) };
        };
        let values = match unit {
            TimeUnit::Second => array.as_primitive_opt::<DurationSecondType>().map(|array| array.values()),
            TimeUnit::Millisecond => array.as_primitive_opt::<DurationMillisecondType>().map(|array| array.values()),
            TimeUnit::Microsecond => array.as_primitive_opt::<DurationMicrosecondType>().map(|array| array.values()),
            TimeUnit::Nanosecond => array.as_primitive_opt::<DurationNanosecondType>().map(|array| array.values()),
        };
        Ok(Self::Counted { values: values.ok_or(Unfit::Type)?.clone(), unit, nulls: Nulls::of(array) })
    }

    fn at(&self, row: usize) -> Result<Option<Duration>, Reason> {
        if self.is_null(row) {
            return Ok(None);
        }
        let length = self.length(row).filter(|length| (Duration::ZERO..=LONGEST).contains(length));
        length.map(Some).ok_or(Reason::InvalidNumber)
    }

    fn shown(&self, row: usize) -> String {
        match self {
            Self::Counted { values, unit, .. } => format!("{} {unit:?}", values[row]),
            Self::Written(words) => words.shown(row),
        }
    }

    fn expected(&self, _: usize) -> String {
        "expected whole milliseconds from 0 to 100,000 days, as text a whole number with d, h, m, s or ms behind it such \
         as 36h; correct it"
            .to_owned()
    }
}
