//! Money: whole minor units and a currency. Decimals live at the edges, sums are integers.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

use super::RecordError;

/// An ISO 4217 code, or `XDR` for special drawing rights: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]); // b'A'..=b'Z'

impl Currency {
    /// Chinese yuan.
    #[doc(alias = "人民币")]
    pub const CNY: Self = Self(*b"CNY");

    /// Takes a code.
    ///
    /// # Errors
    /// [`RecordError`] where the code is not three capital letters.
    pub fn new(code: &str) -> Result<Self, RecordError> {
        match code.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(RecordError::new(
                "currency",
                code,
                "three capital letters of ISO 4217",
                "write the code, such as CNY",
            )),
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Decimal places of the minor unit: 2 for most, 0 for yen and won, 3 for some dinars (ISO 4217, table A.1).
    #[must_use]
    pub fn decimal_places(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// An exact amount: minor units (fen, cents) and their currency.
///
/// Serialised as `{"amount": "12.30", "currency": "CNY"}`, the amount as a string with all its decimal places.
///
/// ```
/// use parcelgauge::record::{Currency, Money};
/// let fee = Money::parse("12.30", Currency::CNY)?;
/// assert_eq!(fee.minor_units(), 1230);
/// assert_eq!(fee.to_string(), "12.30 CNY");
/// assert!(Money::parse("12.305", Currency::CNY).is_err()); // half a fen is not money
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Money {
    currency: Currency,
    minor_units: i64,
}

impl Money {
    /// An amount in whole minor units.
    #[must_use]
    pub fn from_minor_units(minor_units: i64, currency: Currency) -> Self {
        Self { currency, minor_units }
    }

    /// Reads a plain decimal number such as `-1234.50`.
    ///
    /// # Errors
    /// [`RecordError`] where the text is no decimal number, has a part smaller than the minor unit, or is out of range.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, RecordError> {
        // `1_000` is a number to a programmer, and to nobody else.
        let plain = Some(amount).filter(|amount| !amount.contains('_')).ok_or_else(|| Self::refuse(amount))?;
        let decimal = Decimal::from_str_exact(plain).map_err(|_| Self::refuse(amount))?;
        Self::from_decimal(decimal, currency)
    }

    /// Takes a decimal amount; nothing is rounded.
    ///
    /// # Errors
    /// [`RecordError`] where the amount has a part smaller than the minor unit, or is out of range.
    pub fn from_decimal(amount: Decimal, currency: Currency) -> Result<Self, RecordError> {
        let scale = Decimal::from(10_i64.pow(currency.decimal_places()));
        let units = amount.checked_mul(scale).ok_or_else(|| Self::refuse(amount))?;
        if !units.fract().is_zero() {
            return Err(Self::refuse(amount));
        }
        let minor_units = i64::try_from(units.trunc()).map_err(|_| Self::refuse(amount))?;
        Ok(Self { currency, minor_units })
    }

    fn refuse(amount: impl ToString) -> RecordError {
        RecordError::new(
            "amount",
            amount,
            "a decimal number of whole minor units within ±9.2e18 of them",
            "write it as digits with a decimal point, and no smaller part than the currency has",
        )
    }

    /// The amount in minor units.
    #[must_use]
    pub fn minor_units(self) -> i64 {
        self.minor_units
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The amount as a decimal with the currency's places.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor_units, self.currency.decimal_places())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MoneyText {
    amount: String,
    currency: Currency,
}

impl Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        MoneyText { amount: self.to_decimal().to_string(), currency: self.currency }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = MoneyText::deserialize(deserializer)?;
        Self::parse(&text.amount, text.currency).map_err(serde::de::Error::custom)
    }
}
