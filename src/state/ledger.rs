use std::collections::BTreeMap;

use crate::record::Currency;

use super::monoid::tree_bytes;
use super::wire::{Reader, WireError, Writer};

/// Sums of whole numbers by currency; numbers that are no money stand under none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Amounts {
    sums: BTreeMap<Option<Currency>, i128>,
}

impl Amounts {
    /// Bytes of memory it takes besides its own size.
    pub(super) fn heap_bytes(&self) -> usize {
        tree_bytes::<Option<Currency>, i128>(self.sums.len())
    }

    /// Adds an amount. A sum of zero is kept: the currency was seen.
    pub fn add(&mut self, currency: Option<Currency>, amount: i128) {
        *self.sums.entry(currency).or_default() += amount;
    }

    /// Adds other sums.
    pub fn merge(&mut self, other: &Self) {
        for (&currency, &sum) in &other.sums {
            self.add(currency, sum);
        }
    }

    /// The sum of a currency, zero where it was not seen.
    #[must_use]
    pub fn of(&self, currency: Option<Currency>) -> i128 {
        self.sums.get(&currency).copied().unwrap_or(0)
    }

    /// The currencies seen.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.sums.keys().copied().flatten()
    }

    /// Writes them.
    pub fn encode(&self, out: &mut Writer) {
        out.length(self.sums.len());
        for (currency, sum) in &self.sums {
            out.option(currency.as_ref(), |out, currency| out.text(currency.as_str()));
            out.signed(*sum);
        }
    }

    /// Reads them.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        let mut sums = BTreeMap::new();
        for _ in 0..input.length()? {
            let currency = input.option(|input| {
                let code = input.text()?;
                Currency::new(code).map_err(|_| input.malformed("a currency that is no code"))
            })?;
            let sum = input.sum()?;
            if sums.last_key_value().is_some_and(|(last, _)| *last >= currency) {
                return Err(input.malformed("currencies out of order"));
            }
            sums.insert(currency, sum);
        }
        Ok(Self { sums })
    }
}
