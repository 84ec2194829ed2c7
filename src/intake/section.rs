//! What all sections have in common: their rows, the conditions on them, and the joins.

use super::IntakeError;
use super::join::{Joins, Run};
use super::mapping::{Condition, JoinSpec, Rows, Take};
use super::plan::{Defaults, Scope};
use super::quarantine::Fault;
use super::sink::Sink;
use super::source::ColumnName;
use super::table::Header;
use super::text::{Column, Row};

/// A section of the mapping.
pub(super) trait Section {
    /// Its fields tied to columns.
    type Plan: TakeRow;

    /// Which rows it reads.
    fn rows(&self) -> Rows<'_>;

    /// Ties its fields to the columns of a file.
    fn plan(&self, scope: &mut Scope<'_>) -> Result<Self::Plan, IntakeError>;
}

/// Turns rows into records.
pub(super) trait TakeRow {
    /// Puts what a row tells into the sink. One row may tell of several events, each of which may be at fault.
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, told: &mut Told) -> Result<(), Fault>;
}

/// What else a row tells, besides the record or the fault that [`TakeRow::take`] ends with.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) faults: Vec<Fault>,
}

/// One condition tied to its column.
#[derive(Debug)]
pub(super) struct Test {
    column: Column,
    values: Vec<String>, // null is the empty text
    wanted: bool,
}

impl Test {
    pub(super) fn compile(scope: &mut Scope<'_>, condition: &Condition) -> Result<Self, IntakeError> {
        let nulls = scope.defaults.nulls.clone();
        let text = |literal: &super::source::Literal| nulls.read(&literal.0).unwrap_or_default().to_owned();
        let null = condition.null.map(|null| (vec![String::new()], null));
        let tests = [
            condition.equals.as_ref().map(|one| (vec![text(one)], true)),
            condition.not_equals.as_ref().map(|one| (vec![text(one)], false)),
            condition.one_of.as_ref().map(|many| (many.iter().map(text).collect(), true)),
            condition.none_of.as_ref().map(|many| (many.iter().map(text).collect(), false)),
            null,
        ];
        let mut tests = tests.into_iter().flatten();
        let (Some((values, wanted)), None) = (tests.next(), tests.next()) else {
            let problem = format!("the condition on `{}` has no test, or more than one", condition.column);
            return Err(scope.rule("where", problem, "give one of equals, not_equals, in, not_in, null"));
        };
        let name = ColumnName { join: condition.join.clone(), column: condition.column.clone() };
        Ok(Self { column: Column::compile(scope, "where", &name)?, values, wanted })
    }

    fn holds(&self, row: &Row<'_>) -> Result<bool, Fault> {
        let text = self.column.read(row)?.unwrap_or_default();
        Ok(self.values.iter().any(|value| value == text) == self.wanted)
    }
}

/// Conditions tied to their columns.
pub(super) fn compile_tests(scope: &mut Scope<'_>, conditions: &[Condition]) -> Result<Vec<Test>, IntakeError> {
    conditions.iter().map(|condition| Test::compile(scope, condition)).collect()
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

/// A section tied to one file.
pub(super) struct Compiled<P> {
    pub(super) plan: P,
    pub(super) tests: Vec<Test>,
    keys: Vec<Column>, // of each join
}

impl<P> Compiled<P> {
    /// Ties a section to a file, or only checks it where there is no header.
    pub(super) fn new<S: Section<Plan = P>>(
        section: &S,
        defaults: &Defaults<'_>,
        file: &str,
        header: Option<&Header>,
        joins: &mut Joins,
    ) -> Result<Self, IntakeError> {
        let rows = section.rows();
        let mut scope = Scope { defaults, section: rows.section, file, header, joins };
        let mut keys = Vec::with_capacity(rows.joins.len());
        for (index, join) in rows.joins.iter().enumerate() {
            check_join(&scope, join, &rows.joins[..index])?;
            keys.push(Column::compile(&mut scope, "on", &join.on)?);
        }
        Ok(Self { tests: compile_tests(&mut scope, rows.conditions)?, plan: section.plan(&mut scope)?, keys })
    }

    /// Looks up the joined rows of a row, join by join, so that a later one may take its key from an earlier one.
    pub(super) fn join(&self, row: &Row<'_>, runs: &mut Vec<Run>) -> Result<(), Fault> {
        runs.clear();
        for (index, key) in self.keys.iter().enumerate() {
            let run = {
                let so_far = Row { cells: row.cells, joins: row.joins, runs, nulls: row.nulls };
                row.joins.run(index, key.read(&so_far)?)
            };
            runs.push(run);
        }
        Ok(())
    }
}

fn check_join(scope: &Scope<'_>, join: &JoinSpec, before: &[JoinSpec]) -> Result<(), IntakeError> {
    let named = |name: &str| before.iter().any(|other| other.name == name);
    let rule = |problem: String, remedy: &str| Err(scope.rule("join", problem, remedy));
    if named(&join.name) {
        return rule(format!("two joins are named `{}`", join.name), "give each its own name");
    }
    if let Some(other) = join.on.join.as_deref().filter(|other| !named(other)) {
        return rule(format!("`{}` takes its key from `{other}`, which is not above it", join.name), "order them so");
    }
    match (join.take, join.order_by.is_empty()) {
        (Take::First | Take::Last, true) => {
            rule(format!("`{}` takes one of several rows, by no order", join.name), "name the columns in `order_by`")
        }
        (Take::Only, false) => rule(
            format!("`{}` has an order, and nothing is taken by it", join.name),
            "add take = \"first\" or \"last\"",
        ),
        _ => Ok(()),
    }
}
