//! Conditions on rows: which of a file's rows are meant at all.

use super::IntakeError;
use super::column::{Column, ColumnName};
use super::keys::Keys;
use super::quarantine::Fault;
use super::text::{Nulls, Row};

/// A condition as the mapping says it.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) name: ColumnName,
    values: Vec<String>, // null is the empty text
    wanted: bool,
}

impl Condition {
    pub(super) fn read(mut keys: Keys<'_>) -> Result<Self, IntakeError> {
        let name = ColumnName::of(&mut keys)?;
        let mut tests = Vec::new();
        for (key, wanted) in [("equals", true), ("not_equals", false)] {
            tests.extend(keys.literal(key)?.map(|one| (vec![one], wanted)));
        }
        for (key, wanted) in [("in", true), ("not_in", false)] {
            tests.extend(keys.literals(key)?.map(|many| (many, wanted)));
        }
        tests.extend(keys.truth("null")?.map(|null| (vec![""], null)));
        keys.done("a condition")?;
        match <[_; 1]>::try_from(tests) {
            Ok([(values, wanted)]) => {
                Ok(Self { name, values: values.into_iter().map(str::to_owned).collect(), wanted })
            }
            Err(_) => {
                let problem = format!("the condition on `{}` has no test, or more than one", name.column);
                Err(keys.rule("", problem, "give one of equals, not_equals, in, not_in, null"))
            }
        }
    }
}

/// One condition tied to its column.
#[derive(Debug)]
pub(super) struct Test {
    column: Column,
    condition: Condition,
}

impl Test {
    /// Ties a condition to its column; what the mapping writes for null means null.
    pub(super) fn new(mut condition: Condition, column: Column, nulls: &Nulls) -> Self {
        for value in &mut condition.values {
            *value = nulls.read(value).unwrap_or_default().to_owned();
        }
        Self { column, condition }
    }

    fn holds(&self, row: &Row<'_>) -> Result<bool, Fault> {
        let text = self.column.read(row)?.unwrap_or_default();
        Ok(self.condition.values.iter().any(|value| value == text) == self.condition.wanted)
    }
}

/// Whether all conditions hold.
pub(super) fn all_hold(tests: &[Test], row: &Row<'_>) -> Result<bool, Fault> {
    for test in tests {
        if !test.holds(row)? {
            return Ok(false);
        }
    }
    Ok(true)
}
