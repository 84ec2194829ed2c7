//! Amounts of money, alone or added up over joined rows, and scores on a scale.

use std::borrow::Cow;

use super::IntakeError;
use super::column::{At, Column, ColumnName};
use super::keys::Keys;
use super::plan::{Plan, Scope};
use super::quarantine::{Fault, Reason, Trouble, cut};
use super::text::{Row, Text};
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

    fn compile(scope: &mut Scope<'_>, mut field: Keys<'_>) -> Result<Self, IntakeError> {
        let text = Text::compile(scope, &mut field)?;
        let sum = match field.choice("combine", &[("sum", ())])? {
            None => None,
            Some(()) => Some(text.single_joined_column().cloned().ok_or_else(|| {
                let problem = "it adds up one column of a joined file, and this is something else";
                let remedy = "write { join = …, column = …, combine = \"sum\" } without default and values";
                field.rule("combine", problem, remedy)
            })?),
        };
        let currency_column = match field.may("currency_column") {
            None => None,
            Some(node) => {
                let name = ColumnName::read(&field, "currency_column", node)?;
                Some(Column::compile(scope, field.path(), &name)?)
            }
        };
        if let (Some(sum), Some(column)) = (&sum, &currency_column)
            && let (At::Joined { join: amounts, .. }, At::Joined { join: currencies, .. }) = (sum.at, column.at)
            && amounts != currencies
        {
            let problem = "the amounts that are added up and their currencies are of two joins";
            return Err(field.rule("currency_column", problem, "take both from one file"));
        }
        let currency = currency(&mut field)?.or(scope.defaults.currency);
        if currency.is_none() && currency_column.is_none() {
            let remedy = "write currency = \"CNY\" in the field or at the top of the mapping, or currency_column = …";
            return Err(field.rule("", "the amount has no currency", remedy));
        }
        let decimal_mark = field.choice("decimal_mark", &[(".", '.'), (",", ',')])?.unwrap_or('.');
        let plan = Self { text, sum, currency, currency_column, decimal_mark };
        let any = currency.unwrap_or(Currency::CNY);
        plan.text.check(&field, "an amount of money", &|literal| plan.amount(literal, any).err())?;
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

/// The currency under the key of that name.
pub(super) fn currency(keys: &mut Keys<'_>) -> Result<Option<Currency>, IntakeError> {
    let Some(code) = keys.text("currency")? else { return Ok(None) };
    Currency::new(code).map(Some).map_err(|error| {
        keys.rule("currency", format!("`{code}` is no currency"), &format!("expected {}", error.allowed))
    })
}

/// A number that is read together with others.
#[derive(Debug)]
struct Number(Text);

impl Plan for Number {
    type Value = String;

    fn compile(scope: &mut Scope<'_>, mut field: Keys<'_>) -> Result<Self, IntakeError> {
        let text = Text::compile(scope, &mut field)?;
        text.check(&field, "a number", &|_| None)?;
        Ok(Self(text))
    }

    fn read(&self, row: &Row<'_>) -> Result<Option<String>, Fault> {
        Ok(self.0.read(row)?.map(Cow::into_owned))
    }

    fn fault(&self, row: &Row<'_>, trouble: Trouble) -> Fault {
        self.0.fault(row, trouble)
    }
}

/// An answer and the ends of its scale.
#[derive(Debug)]
pub(super) struct ScorePlan {
    value: Number,
    min: Number,
    max: Number,
}

impl ScorePlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self { value: scope.need("score")?, min: scope.need("scale_min")?, max: scope.need("scale_max")? })
    }

    /// The score of a row.
    pub(super) fn need(&self, row: &Row<'_>) -> Result<Score, Fault> {
        let part = |number: &Number| {
            let missing = || Trouble::new(Reason::MissingScore, "a rating needs its answer and both ends of its scale");
            number.read(row)?.ok_or_else(|| number.fault(row, missing()))
        };
        let (value, min, max) = (part(&self.value)?, part(&self.min)?, part(&self.max)?);
        Score::parse(&value, &min, &max)
            .map_err(|error| self.value.fault(row, Trouble::of(Reason::InvalidScore, &error)))
    }
}
