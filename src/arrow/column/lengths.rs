use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType,
};
use arrow_buffer::ScalarBuffer;
use arrow_schema::{DataType, TimeUnit};

use super::nulls::Nulls;
use super::{Codes, Column, Meaning, Unfit};
use crate::intake::quarantine::Reason;
use crate::record::Duration;

/// The range of a length that is written as text.
const LONGEST: Duration = Duration::from_days(100_000);

/// Lengths of time that are not negative: counted, or written with their unit, in which case each text is read once.
#[derive(Debug, Clone)]
pub(crate) enum Lengths {
    Counted { values: ScalarBuffer<i64>, unit: TimeUnit, nulls: Nulls },
    Written(Box<Codes<Duration>>),
}

/// So many units, where they come to whole milliseconds.
fn counted(value: i64, unit: TimeUnit) -> Option<Duration> {
    let whole = |part: i64| (value % part == 0).then_some(value / part);
    let millis = match unit {
        TimeUnit::Second => value.checked_mul(1_000),
        TimeUnit::Millisecond => Some(value),
        TimeUnit::Microsecond => whole(1_000),
        TimeUnit::Nanosecond => whole(1_000_000),
    };
    millis.map(Duration::from_millis)
}

fn in_range(length: &Duration) -> bool {
    (Duration::ZERO..=LONGEST).contains(length)
}

impl Column for Lengths {
    type Value<'a> = Duration;

    fn of(array: &dyn Array) -> Result<Self, Unfit> {
        let DataType::Duration(unit) = *array.data_type() else {
            return Codes::parsed(array, |text| text.parse().ok().filter(in_range))
                .map(|codes| Self::Written(Box::new(codes)));
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
        match self {
            Self::Counted { nulls, .. } if nulls.holds(row) => Ok(None),
            Self::Counted { values, unit, .. } => {
                counted(values[row], *unit).filter(in_range).map(Some).ok_or(Reason::InvalidNumber)
            }
            Self::Written(codes) => match codes.meaning_at(row) {
                Meaning::Known(length) => Ok(Some(length)),
                Meaning::Nothing => Ok(None),
                Meaning::Unknown => Err(Reason::InvalidNumber),
            },
        }
    }

    fn shown(&self, row: usize) -> String {
        match self {
            Self::Counted { values, unit, .. } => format!("{} {unit:?}", values[row]),
            Self::Written(codes) => codes.name_at(row),
        }
    }

    fn expected(&self, _: usize) -> String {
        "expected whole milliseconds from 0 to 100,000 days, as text a whole number with d, h, m, s or ms behind it such \
         as 36h; correct it"
            .to_owned()
    }
}
