use crate::record::{Currency, Money};

use super::wire::{Reader, WireError, Writer};
use super::{Amounts, Figure, Measure, MeasureKind, Scale, State, UnlikeStates};

/// What a fact adds to a ratio: a whole number above or below the line, of a currency or of none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RatioPart {
    /// Above the line.
    Numerator(i64, Option<Currency>),
    /// Below the line.
    Denominator(i64, Option<Currency>),
}

impl RatioPart {
    /// Money above the line.
    #[must_use]
    pub fn paid(amount: Money) -> Self {
        Self::Numerator(amount.minor_units(), Some(amount.currency()))
    }
    /// One more below the line.
    #[must_use]
    pub fn one_below() -> Self {
        Self::Denominator(1, None)
    }
}

impl Measure for RatioPart {
    fn kind(&self) -> MeasureKind {
        match self {
            Self::Numerator(..) => MeasureKind::Event,
            Self::Denominator(..) => MeasureKind::Exposure,
        }
    }
    fn quantity(&self) -> Option<i64> {
        match self {
            Self::Numerator(amount, _) | Self::Denominator(amount, _) => Some(*amount),
        }
    }
}

/// A ratio: sum over sum, per currency. A currency's numerator stands over its own denominator if it has one, else over
/// what is no money (parcels, hours).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ratio {
    numerators: Amounts,
    denominators: Amounts,
}

impl State for Ratio {
    fn heap_bytes(&self) -> usize {
        self.numerators.heap_bytes() + self.denominators.heap_bytes()
    }

    type Measure = RatioPart;

    fn observe(&mut self, measure: RatioPart) {
        match measure {
            RatioPart::Numerator(amount, currency) => self.numerators.add(currency, amount.into()),
            RatioPart::Denominator(amount, currency) => self.denominators.add(currency, amount.into()),
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        self.numerators.merge(&other.numerators);
        self.denominators.merge(&other.denominators);
        Ok(())
    }

    fn encode(&self, out: &mut Writer) {
        self.numerators.encode(out);
        self.denominators.encode(out);
    }

    fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(Self { numerators: Amounts::decode(input)?, denominators: Amounts::decode(input)? })
    }

    fn figures(&self, scale: Scale) -> Vec<Figure> {
        let mut currencies: Vec<Option<Currency>> =
            self.numerators.currencies().chain(self.denominators.currencies()).map(Some).collect();
        currencies.sort_unstable();
        currencies.dedup();
        if currencies.is_empty() {
            currencies.push(None);
        }
        let money_below = self.denominators.currencies().next().is_some();
        currencies
            .into_iter()
            .map(|currency| {
                let numerator = self.numerators.of(currency);
                let denominator = self.denominators.of(currency.filter(|_| money_below));
                // Minor units over minor units cancel; over anything else they are brought to whole units.
                let places = currency.filter(|_| !money_below).map_or(0, Currency::decimal_places);
                let value = scale.quotient(numerator, denominator * 10_i128.pow(places));
                Figure::Ratio { numerator, denominator, value, currency }
            })
            .collect()
    }
}
