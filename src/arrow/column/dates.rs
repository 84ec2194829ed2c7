use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Date64Type};
use arrow_buffer::ScalarBuffer;
use arrow_schema::DataType;
use chrono::NaiveDate;

use super::nulls::Nulls;
use super::{Column, Unfit};
use crate::intake::quarantine::Reason;
use crate::record::EPOCH_FROM_CE;

const MILLIS_A_DAY: i64 = 86_400_000;
/// The last day of 9999, in days from 1970.
const LAST: i64 = 2_932_896;

/// Calendar days.
#[derive(Debug, Clone)]
pub(crate) struct Dates {
    values: Values,
    nulls: Nulls,
}

#[derive(Debug, Clone)]
enum Values {
    Days(ScalarBuffer<i32>),
    Millis(ScalarBuffer<i64>),
}

impl Dates {
    fn day(&self, row: usize) -> i64 {
        match &self.values {
            Values::Days(days) => days[row].into(),
            Values::Millis(millis) => millis[row].div_euclid(MILLIS_A_DAY),
        }
    }

    /// The day in a row, counted from 1970-01-01.
    pub(crate) fn day_at(&self, row: usize) -> Result<Option<i32>, Reason> {
        if self.nulls.holds(row) {
            return Ok(None);
        }
        let day = self.day(row);
        if (1 - i64::from(EPOCH_FROM_CE)..=LAST).contains(&day) {
            Ok(Some(day as i32))
        } else {
            Err(Reason::InvalidDate)
        }
    }
}

impl Column for Dates {
    type Value<'a> = NaiveDate;

    fn of(array: &dyn Array) -> Result<Self, Unfit> {
        let values = match array.data_type() {
            DataType::Date32 => array.as_primitive_opt::<Date32Type>().map(|days| Values::Days(days.values().clone())),
            DataType::Date64 => {
                array.as_primitive_opt::<Date64Type>().map(|millis| Values::Millis(millis.values().clone()))
            }
            _ => None,
        };
        Ok(Self { values: values.ok_or(Unfit::Type)?, nulls: Nulls::of(array) })
    }

    fn at(&self, row: usize) -> Result<Option<NaiveDate>, Reason> {
        let Some(day) = self.day_at(row)? else { return Ok(None) };
        NaiveDate::from_num_days_from_ce_opt(day + EPOCH_FROM_CE).map(Some).ok_or(Reason::InvalidDate)
    }

    fn shown(&self, row: usize) -> String {
        format!("{} days after 1970-01-01", self.day(row))
    }

    fn expected(&self, _: usize) -> String {
        "expected a date of the years 1 to 9999; correct it, or leave null what stands for none".to_owned()
    }
}
