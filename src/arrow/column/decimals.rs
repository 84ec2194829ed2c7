use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal32Type, Decimal64Type, Decimal128Type, Float64Type};
use arrow_buffer::ScalarBuffer;
use arrow_schema::DataType;
use rust_decimal::Decimal;

use super::integers::Integers;
use super::nulls::Nulls;
use super::{Column, Unfit};
use crate::intake::quarantine::Reason;
use crate::record::{Currency, Money};

/// A decimal number of any scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    digits: i128,
    scale: i8, // the number is digits / 10^scale
}

impl Number {
    /// So many times the number that it is whole by `places` decimal places; none where it is not, or out of range.
    fn scaled(self, places: u32) -> Option<i64> {
        let shift = i64::from(places) - i64::from(self.scale);
        let power = 10_i128.checked_pow(u32::try_from(shift.unsigned_abs()).ok()?);
        let whole = match power {
            _ if self.digits == 0 => 0,
            Some(power) if shift >= 0 => self.digits.checked_mul(power)?,
            Some(power) if self.digits % power == 0 => self.digits / power,
            _ => return None,
        };
        i64::try_from(whole).ok()
    }

    /// As an amount of money; nothing is rounded.
    pub(crate) fn money(self, currency: Currency) -> Result<Money, Reason> {
        let units = self.scaled(currency.decimal_places()).ok_or(Reason::InvalidMoney)?;
        Ok(Money::from_minor_units(units, currency))
    }

    /// As text with up to three decimal places.
    pub(crate) fn text(self) -> Result<String, Reason> {
        let thousandths = self.scaled(3).ok_or(Reason::InvalidScore)?;
        Ok(Decimal::new(thousandths, 3).normalize().to_string())
    }
}

#[derive(Debug, Clone)]
struct Decimals {
    digits: Values,
    scale: i8,
    nulls: Nulls,
}

#[derive(Debug, Clone)]
enum Values {
    Wide(ScalarBuffer<i128>),
    Narrow(Integers),
    /// Each stands for the shortest decimal number that is read as it: 12.3, not what its bits say to the last place.
    Floats(ScalarBuffer<f64>),
}

impl Decimals {
    fn of(array: &dyn Array) -> Option<Self> {
        let (digits, scale) = match *array.data_type() {
            DataType::Decimal128(_, scale) => {
                (Values::Wide(array.as_primitive_opt::<Decimal128Type>()?.values().clone()), scale)
            }
            DataType::Decimal64(_, scale) => {
                let values = array.as_primitive_opt::<Decimal64Type>()?.values().clone();
                (Values::Narrow(Integers::Signed(values)), scale)
            }
            DataType::Decimal32(_, scale) => {
                let values = array.as_primitive_opt::<Decimal32Type>()?.values();
                (Values::Narrow(Integers::Signed(values.iter().map(|&digits| digits.into()).collect())), scale)
            }
            DataType::Float64 => (Values::Floats(array.as_primitive_opt::<Float64Type>()?.values().clone()), 0),
            _ => return None,
        };
        Some(Self { digits, scale, nulls: Nulls::of(array) })
    }

    /// The number in a row; none where it is no number, or has more digits than there are.
    fn number(&self, row: usize) -> Option<Number> {
        let digits = match &self.digits {
            Values::Wide(values) => values[row],
            Values::Narrow(values) => values.at(row),
            Values::Floats(values) => {
                let decimal = Decimal::from_str_exact(&values[row].to_string()).ok()?;
                return Some(Number { digits: decimal.mantissa(), scale: i8::try_from(decimal.scale()).ok()? });
            }
        };
        Some(Number { digits, scale: self.scale })
    }

    fn at(&self, row: usize, unusable: Reason) -> Result<Option<Number>, Reason> {
        if self.nulls.holds(row) {
            return Ok(None);
        }
        self.number(row).map(Some).ok_or(unusable)
    }

    fn shown(&self, row: usize) -> String {
        if let Values::Floats(values) = &self.digits {
            return values[row].to_string();
        }
        let Some(Number { digits, scale }) = self.number(row) else { return String::new() };
        let decimal = u32::try_from(scale).ok().and_then(|scale| Decimal::try_from_i128_with_scale(digits, scale).ok());
        decimal.map_or_else(|| format!("{digits}e{}", -i16::from(scale)), |decimal| decimal.to_string())
    }
}

/// Amounts of money in the major unit of a currency that stands elsewhere.
#[derive(Debug, Clone)]
pub(crate) struct Amounts(Decimals);

impl Column for Amounts {
    type Value<'a> = Number;

    fn of(array: &dyn Array) -> Result<Self, Unfit> {
        Decimals::of(array).map(Self).ok_or(Unfit::Type)
    }

    fn at(&self, row: usize) -> Result<Option<Number>, Reason> {
        self.0.at(row, Reason::InvalidMoney)
    }

    fn shown(&self, row: usize) -> String {
        self.0.shown(row)
    }

    fn expected(&self, _: usize) -> String {
        "expected a decimal number of whole minor units of its currency within ±9.2e18 of them, with the currency beside \
         it; correct it"
            .to_owned()
    }
}

/// Numbers, decimal or whole.
#[derive(Debug, Clone)]
pub(crate) struct Numbers(Decimals);

impl Column for Numbers {
    type Value<'a> = Number;

    fn of(array: &dyn Array) -> Result<Self, Unfit> {
        let whole = |digits| Decimals { digits: Values::Narrow(digits), scale: 0, nulls: Nulls::of(array) };
        Decimals::of(array).or_else(|| Integers::of(array).map(whole)).map(Self).ok_or(Unfit::Type)
    }

    fn at(&self, row: usize) -> Result<Option<Number>, Reason> {
        self.0.at(row, Reason::InvalidScore)
    }

    fn shown(&self, row: usize) -> String {
        self.0.shown(row)
    }

    fn expected(&self, _: usize) -> String {
        "expected a number within ±1,000,000 with up to three decimal places; correct it".to_owned()
    }
}
