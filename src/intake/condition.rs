//! Conditions on rows: which of a file's rows are meant at all.

use super::IntakeError;
use super::keys::Keys;
use super::plan::Scope;
use super::quarantine::Fault;
use super::text::{Column, ColumnName, Row};

/// One condition tied to its column.
#[derive(Debug)]
pub(super) struct Test {
    column: Column,
    values: Vec<String>, // null is the empty text
    wanted: bool,
}

impl Test {
    pub(super) fn compile(scope: &mut Scope<'_>, mut keys: Keys<'_>) -> Result<Self, IntakeError> {
        let name = ColumnName::of(&mut keys)?;
        let nulls = scope.defaults.nulls;
        let text = |literal: &str| nulls.read(literal).unwrap_or_default().to_owned();
        let mut tests = Vec::new();
        for (key, wanted) in [("equals", true), ("not_equals", false)] {
            tests.extend(keys.literal(key)?.map(|one| (vec![text(one)], wanted)));
        }
        for (key, wanted) in [("in", true), ("not_in", false)] {
            tests.extend(keys.literals(key)?.map(|many| (many.into_iter().map(text).collect(), wanted)));
        }
        tests.extend(keys.truth("null")?.map(|null| (vec![String::new()], null)));
        keys.done("a condition")?;
        match <[_; 1]>::try_from(tests) {
            Ok([(values, wanted)]) => Ok(Self { column: Column::compile(scope, keys.path(), &name)?, values, wanted }),
            Err(_) => {
                let problem = format!("the condition on `{}` has no test, or more than one", name.column);
                Err(keys.rule("", problem, "give one of equals, not_equals, in, not_in, null"))
            }
        }
    }

    fn holds(&self, row: &Row<'_>) -> Result<bool, Fault> {
        let text = self.column.read(row)?.unwrap_or_default();
        Ok(self.values.iter().any(|value| value == text) == self.wanted)
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
