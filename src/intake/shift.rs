//! Lengths of time and how far a field moves its time by them: files often write what was planned and how late it was.

use chrono::{Datelike, NaiveDate, TimeDelta};
use rust_decimal::Decimal;

use super::IntakeError;
use super::column::{Column, ColumnName};
use super::join::Joins;
use super::keys::Keys;
use super::plan::Scope;
use super::quarantine::{Fault, Reason, Trouble};
use super::text::Row;
use super::written::{Node, Value};
use crate::record::{Duration, Instant};

/// The length of time under the key `unit`, in milliseconds.
pub(super) fn unit(keys: &mut Keys<'_>) -> Result<Option<i64>, IntakeError> {
    keys.choice("unit", &[("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)])
}

/// A length of time: a whole number with its unit behind it, or a number of the unit given.
pub(super) fn length(text: &str, unit: Option<i64>) -> Option<Duration> {
    text.parse().ok().or_else(|| unit.and_then(|unit| bare_length(text, unit)))
}

/// A number of units that comes to whole milliseconds.
fn bare_length(text: &str, unit: i64) -> Option<Duration> {
    let millis = Decimal::from_str_exact(text).ok()?.checked_mul(unit.into())?;
    let whole = i64::try_from(millis.trunc()).ok().filter(|_| millis.fract().is_zero())?;
    // The range of a length that is written with its unit.
    format!("{whole}ms").parse().ok()
}

/// A length of time that is added to a time, or taken from it.
#[derive(Debug)]
struct Shift {
    amount: Amount,
    backwards: bool,
}

#[derive(Debug)]
enum Amount {
    Always(Duration),
    Of(Column, Option<i64>), // milliseconds a unit
}

/// What a field adds to its time and takes from it.
#[derive(Debug, Default)]
pub(super) struct Shifts(Vec<Shift>);

impl Shifts {
    /// Takes `plus` and `minus` of a field: each a length, a column of lengths, or a list of such.
    pub(super) fn read(scope: &mut Scope<'_>, field: &mut Keys<'_>) -> Result<Self, IntakeError> {
        let mut shifts = Vec::new();
        for (key, backwards) in [("plus", false), ("minus", true)] {
            for node in field.nodes(key) {
                shifts.push(Shift { amount: Amount::read(scope, field, key, node)?, backwards });
            }
        }
        Ok(Self(shifts))
    }

    fn total(&self, row: &Row<'_>) -> Result<Option<i128>, Fault> {
        let mut millis = 0;
        for shift in &self.0 {
            let Some(length) = shift.amount.in_row(row)? else { return Ok(None) };
            millis += i128::from(if shift.backwards { -length.as_millis() } else { length.as_millis() });
        }
        Ok(Some(millis))
    }

    /// Whether one of their columns is null in a row, or holds no length.
    pub(super) fn lead_nowhere(&self, row: &Row<'_>) -> bool {
        !matches!(self.total(row), Ok(Some(_)))
    }

    /// What they add and take, in words: `, plus dep_delay, minus 30m`.
    pub(super) fn told(&self, joins: &Joins) -> String {
        let told = |shift: &Shift| {
            let sign = if shift.backwards { "minus" } else { "plus" };
            match &shift.amount {
                Amount::Always(length) => format!(", {sign} {length}"),
                Amount::Of(column, _) => format!(", {sign} {}", column.told(joins)),
            }
        };
        self.0.iter().map(told).collect()
    }

    /// The time after all shifts; none where one of their columns is null.
    pub(super) fn move_time(&self, at: Instant, row: &Row<'_>) -> Result<Option<Instant>, Fault> {
        let Some(total) = self.total(row)? else { return Ok(None) };
        let moved = i64::try_from(i128::from(at.as_millis()) + total).ok();
        match moved.and_then(|millis| Instant::from_millis(millis).ok()) {
            Some(at) => Ok(Some(at)),
            None => {
                Err(unmoved(&at, "with what `plus` and `minus` say it is no time of the years 1 to 9999; correct them"))
            }
        }
    }

    /// The day after all shifts, which have to come to whole days.
    pub(super) fn move_day(&self, day: NaiveDate, row: &Row<'_>) -> Result<Option<NaiveDate>, Fault> {
        let Some(total) = self.total(row)? else { return Ok(None) };
        let whole = (total % MILLIS_A_DAY == 0).then_some(total / MILLIS_A_DAY);
        let days = whole.and_then(|days| i64::try_from(days).ok()).and_then(TimeDelta::try_days);
        match days.and_then(|days| day.checked_add_signed(days)).filter(|day| (1..=9999).contains(&day.year())) {
            Some(day) => Ok(Some(day)),
            None => Err(unmoved(&day, "`plus` and `minus` move a day by whole days only, within the years 1 to 9999")),
        }
    }
}

const MILLIS_A_DAY: i128 = 86_400_000;

fn unmoved(what: &dyn std::fmt::Display, message: &str) -> Fault {
    Fault::row(Reason::InvalidTime, &what.to_string(), message)
}

impl Amount {
    fn read(scope: &mut Scope<'_>, field: &Keys<'_>, key: &str, node: &Node) -> Result<Self, IntakeError> {
        let remedy = "write a length such as \"90m\", or { column = …, unit = \"m\" }";
        match &node.value {
            Value::Text(text) => match length(text, None) {
                Some(length) => Ok(Self::Always(length)),
                None => Err(field.rule_at(node.spot, key, format!("`{text}` is no length of time"), remedy)),
            },
            Value::Table(table) => {
                let mut keys = field.below(key, table);
                let (name, unit) = (ColumnName::of(&mut keys)?, unit(&mut keys)?);
                keys.done("a column of lengths")?;
                Ok(Self::Of(Column::compile(scope, keys.path(), &name)?, unit))
            }
            other => Err(field.rule_at(node.spot, key, format!("{other} is no length of time"), remedy)),
        }
    }

    fn in_row(&self, row: &Row<'_>) -> Result<Option<Duration>, Fault> {
        match self {
            Self::Always(length) => Ok(Some(*length)),
            Self::Of(column, unit) => match column.read(row)? {
                None => Ok(None),
                Some(text) => match length(text, *unit) {
                    Some(length) => Ok(Some(length)),
                    None => {
                        let message = "expected a length of time to add or take away, such as 90m, or for bare numbers \
                                       such as -7.5 their `unit` in the mapping; correct it";
                        Err(column.fault(row, Trouble::new(Reason::InvalidNumber, message)))
                    }
                },
            },
        }
    }
}
