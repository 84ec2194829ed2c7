use crate::arrow::ArrowInputError;
use crate::arrow::column::{Amounts, Codes, Named, Source, read};
use crate::intake::quarantine::{Fault, Reason, Trouble};
use crate::record::{Currency, Money};

/// A column of amounts and the columns that tell their currency.
#[derive(Debug, Clone)]
pub(crate) struct MoneyColumns {
    /// The amounts, in the major unit.
    pub(crate) amount: Named<Amounts>,
    currencies: [Option<Named<Codes<Currency>>>; 2], // the first that is not null holds
}

impl MoneyColumns {
    /// Amounts that may be missing, in the currency of `own`, where there is such a column and it is not null, else of the
    /// column `currency`.
    pub(super) fn optional(
        source: Source<'_>,
        amount: &'static str,
        own: Option<&'static str>,
    ) -> Result<Option<Self>, ArrowInputError> {
        let Some(amount) = source.may(amount)? else { return Ok(None) };
        let own = own.map_or(Ok(None), |own| source.may(own))?;
        Ok(Some(Self { amount, currencies: [own, source.may("currency")?] }))
    }

    /// Amounts in the currency of the column `currency`, neither of which may be missing.
    pub(super) fn needed(source: Source<'_>, amount: &'static str) -> Result<Self, ArrowInputError> {
        Ok(Self { amount: source.need(amount)?, currencies: [None, Some(source.need("currency")?)] })
    }

    /// The amount in a row that must have one.
    pub(crate) fn need(&self, row: usize) -> Result<Money, Fault> {
        self.read(row)?.ok_or_else(|| self.amount.missing(row, Reason::MissingAmount))
    }

    /// The amount in a row; none where it is null.
    pub(crate) fn read(&self, row: usize) -> Result<Option<Money>, Fault> {
        let Some(number) = self.amount.read(row)? else { return Ok(None) };
        for column in &self.currencies {
            if let Some(currency) = read(column.as_ref(), row)? {
                return number.money(currency).map(Some).map_err(|reason| self.amount.fault(row, reason));
            }
        }
        let message = "the amount has no currency; fill in the column `currency`";
        Err(self.amount.trouble(row, Trouble::new(Reason::MissingCurrency, message)))
    }
}
