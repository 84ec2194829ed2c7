//! Amounts of money, alone or added up over joined rows, and scores on a scale.

use std::borrow::Cow;

use super::IntakeError;
use super::plan::{Plan, Scope, refuse_options};
use super::quarantine::{Fault, Reason, Trouble, cut};
use super::source::{Combine, Field};
use super::text::{At, Column, Row, Text};
use crate::record::{Currency, Money, Score};

/// A field that is an amount of money.
#[derive(Debug)]
pub(super) struct MoneyPlan {
    text: Text,
    /// The column to add up over all joined rows, instead of `text`.
    sum: Option<Column>,
    currency: Option<Currency>,
    currency_column: Option<Column>,
    decimal_mark: char,
}

impl MoneyPlan {
    fn currency(&self, row: &Row<'_>) -> Result<Currency, Fault> {
        if let Some(column) = &self.currency_column
            && let Some(code) = column.read(row)?
        {
            return Currency::new(code)
                .map_err(|error| column.fault(row, Trouble::of(Reason::InvalidCurrency, &error)));
        }
        self.currency.ok_or_else(|| {
            let message = "the amount has no currency; name one with `currency` in the mapping";
            self.fault(row, Trouble::new(Reason::MissingCurrency, message))
        })
    }

    fn amount(&self, text: &str, currency: Currency) -> Result<Money, Trouble> {
        let text = if self.decimal_mark == '.' {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.replace(self.decimal_mark, "."))
        };
        Money::parse(&text, currency).map_err(|error| Trouble::of(Reason::InvalidMoney, &error))
    }

    /// The exact sum over all joined rows; none where no row has an amount.
    fn add_up(&self, column: &Column, row: &Row<'_>) -> Result<Option<Money>, Fault> {
        let At::Joined { join, slot } = column.at else { return Ok(None) };
        let Some(run) = row.runs.get(join) else { return Ok(None) };
        let mut total: Option<Money> = None;
        for (position, cell) in row.joins.cells(join, slot, run) {
            let fault = |trouble: Trouble| Fault {
                reason: trouble.reason,
                column: Some(column.name.clone()),
                value: cut(cell),
                message: trouble.message,
                place: row.joins.place(join, position),
            };
            let Some(text) = row.nulls.read(cell) else { continue };
            let one = self.amount(text, self.row_currency(row, position)?).map_err(fault)?;
            total = Some(match total {
                None => one,
                Some(sum) if sum.currency() != one.currency() => {
                    let message =
                        format!("{} and {} cannot be added up; give one currency", sum.currency(), one.currency());
                    return Err(fault(Trouble::new(Reason::MixedCurrencies, message)));
                }
                Some(sum) => {
                    let units = sum.minor_units().checked_add(one.minor_units());
                    let units =
                        units.ok_or_else(|| fault(Trouble::new(Reason::InvalidMoney, "the sum is out of range")))?;
                    Money::from_minor_units(units, sum.currency())
                }
            });
        }
        Ok(total)
    }

    /// The currency of one of the rows that are added up.
    fn row_currency(&self, row: &Row<'_>, position: usize) -> Result<Currency, Fault> {
        if let Some(column) = &self.currency_column
            && let At::Joined { join, slot } = column.at
        {
            let one = position..position + 1;
            if let Some((_, code)) = row.joins.cells(join, slot, &one).next()
                && let Some(code) = row.nulls.read(code)
            {
                return Currency::new(code).map_err(|error| {
                    let trouble = Trouble::of(Reason::InvalidCurrency, &error);
                    let place = row.joins.place(join, position);
                    Fault {
                        place,
                        column: Some(column.name.clone()),
                        ..Fault::row(trouble.reason, code, trouble.message)
                    }
                });
            }
            return self.currency.ok_or_else(|| {
                let trouble =
                    Trouble::new(Reason::MissingCurrency, "the amount has no currency; name one with `currency`");
                column.fault(row, trouble)
            });
        }
        self.currency(row)
    }
}

impl Plan for MoneyPlan {
    type Value = Money;

    fn compile(scope: &mut Scope<'_>, name: &str, field: &Field) -> Result<Self, IntakeError> {
        let options = ["currency", "currency_column", "decimal_mark", "combine"];
        refuse_options(scope, name, field, "an amount of money", &options)?;
        let text = Text::compile(scope, name, field)?;
        let sum = match field.combine {
            None => None,
            Some(Combine::Sum) => Some(text.single_joined_column().cloned().ok_or_else(|| {
                let problem = "`combine` adds up one column of a joined file, and this is something else".to_owned();
                scope.rule(
                    name,
                    problem,
                    "write { join = …, column = …, combine = \"sum\" } without default and values",
                )
            })?),
        };
        let currency_column =
            field.currency_column.as_ref().map(|column| Column::compile(scope, name, column)).transpose()?;
        if let (Some(sum), Some(column)) = (&sum, &currency_column)
            && let (At::Joined { join: amounts, .. }, At::Joined { join: currencies, .. }) = (sum.at, column.at)
            && amounts != currencies
        {
            let problem = "the amounts that are added up and their currencies are of two joins".to_owned();
            return Err(scope.rule(name, problem, "take both from one file"));
        }
        let currency = match &field.currency {
            None => scope.defaults.currency,
            Some(code) => Some(Currency::new(code).map_err(|error| {
                scope.rule(name, format!("`{code}` is no currency"), &format!("expected {}", error.allowed))
            })?),
        };
        if currency.is_none() && currency_column.is_none() {
            let remedy = "write currency = \"CNY\" in the field or at the top of the mapping, or currency_column = …";
            return Err(scope.rule(name, "the amount has no currency".to_owned(), remedy));
        }
        let decimal_mark = match field.decimal_mark {
            None => '.',
            Some(mark @ ('.' | ',')) => mark,
            Some(other) => {
                let problem = format!("`{other}` is no decimal mark");
                return Err(scope.rule(name, problem, "write decimal_mark = \".\" or decimal_mark = \",\""));
            }
        };
        let plan = Self { text, sum, currency, currency_column, decimal_mark };
        for literal in plan.text.literals() {
            if let Err(trouble) = plan.amount(literal, currency.unwrap_or(Currency::CNY)) {
                return Err(scope.rule(name, format!("`{literal}` is not an amount of money"), &trouble.message));
            }
        }
        Ok(plan)
    }

    fn read(&self, row: &Row<'_>) -> Result<Option<Money>, Fault> {
        if let Some(column) = &self.sum {
            return self.add_up(column, row);
        }
        let Some(text) = self.text.read(row)? else { return Ok(None) };
        self.amount(&text, self.currency(row)?).map(Some).map_err(|trouble| self.text.fault(row, trouble))
    }

    fn fault(&self, row: &Row<'_>, trouble: Trouble) -> Fault {
        self.text.fault(row, trouble)
    }
}

/// An answer and the ends of its scale.
#[derive(Debug)]
pub(super) struct ScorePlan {
    value: Text,
    min: Text,
    max: Text,
}

impl ScorePlan {
    pub(super) fn compile(
        scope: &mut Scope<'_>,
        score: &Field,
        scale_min: &Field,
        scale_max: &Field,
    ) -> Result<Self, IntakeError> {
        let mut text = |name, field| {
            refuse_options(scope, name, field, "a number", &[])?;
            Text::compile(scope, name, field)
        };
        Ok(Self {
            value: text("score", score)?,
            min: text("scale_min", scale_min)?,
            max: text("scale_max", scale_max)?,
        })
    }

    /// The score of a row.
    pub(super) fn need(&self, row: &Row<'_>) -> Result<Score, Fault> {
        let part = |text: &Text| {
            let missing = || Trouble::new(Reason::MissingScore, "a rating needs its answer and both ends of its scale");
            text.read(row)?.map(Cow::into_owned).ok_or_else(|| text.fault(row, missing()))
        };
        let (value, min, max) = (part(&self.value)?, part(&self.min)?, part(&self.max)?);
        Score::parse(&value, &min, &max)
            .map_err(|error| self.value.fault(row, Trouble::of(Reason::InvalidScore, &error)))
    }
}
