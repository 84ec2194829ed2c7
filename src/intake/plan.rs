//! Plans: fields of the mapping tied to the columns of the files at hand, once before the rows are read.

use super::IntakeError;
use super::column::{At, Column, ColumnName};
use super::condition::{Condition, Test};
use super::join::Joins;
use super::keys::Keys;
use super::moment::Format;
use super::quarantine::{Fault, Reason, Trouble};
use super::table::Header;
use super::text::{Nulls, Row, Text};
use super::written::Table;
use crate::record::{Currency, RecordError, Zone};

/// What the mapping says for all sections.
#[derive(Debug)]
pub(super) struct Defaults<'m> {
    pub(super) zone: Zone,
    pub(super) nulls: &'m Nulls,
    pub(super) delimiter: u8,
    pub(super) formats: &'m [Format],
    pub(super) currency: Option<Currency>,
    pub(super) vocabulary: Option<&'m Table>,
}

/// What the fields of a section may name: the columns of its file and of its joins.
pub(super) struct Scope<'s> {
    pub(super) defaults: &'s Defaults<'s>,
    pub(super) file: &'s str,
    /// None while only the mapping is checked: then every column is taken to be there.
    pub(super) header: Option<&'s Header>,
    pub(super) joins: &'s mut Joins,
    /// The table whose fields are being tied.
    pub(super) keys: Keys<'s>,
}

impl<'s> Scope<'s> {
    pub(super) fn locate(&mut self, field: &str, name: &ColumnName) -> Result<At, IntakeError> {
        let section = self.keys.section();
        match (&name.join, self.header) {
            (Some(join), _) => match self.joins.position(join) {
                Some(position) => {
                    let slot = self.joins.want(position, section, field, &name.column)?;
                    Ok(At::Joined { join: position, slot })
                }
                None => {
                    let remedy = format!("name one of the section's joins: {}", self.joins.names());
                    Err(self.keys.rule_at(name.spot, field, format!("there is no join named `{join}`"), &remedy))
                }
            },
            (None, Some(header)) => Ok(At::Own(header.find(self.file, section, field, &name.column)?)),
            (None, None) => Ok(At::Own(0)),
        }
    }

    /// The field of a name, which has to be there.
    pub(super) fn need<P: Plan>(&mut self, name: &'static str) -> Result<P, IntakeError> {
        let node = self.keys.need(name)?;
        let field = self.keys.field(name, node)?;
        P::compile(self, field)
    }

    /// The field of a name, if it is there.
    pub(super) fn may<P: Plan>(&mut self, name: &'static str) -> Result<Option<P>, IntakeError> {
        match self.keys.may(name) {
            None => Ok(None),
            Some(node) => P::compile(self, self.keys.field(name, node)?).map(Some),
        }
    }

    /// The field of a name, else that of the section around this table.
    pub(super) fn may_or<P: Plan>(
        &mut self,
        name: &'static str,
        section: &mut Keys<'s>,
    ) -> Result<Option<P>, IntakeError> {
        let around = section.may(name);
        match (self.keys.may(name), around) {
            (Some(node), _) => P::compile(self, self.keys.field(name, node)?).map(Some),
            (None, Some(node)) => P::compile(self, section.field(name, node)?).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// The fields of a table whose keys are the caller's own, by their names.
    pub(super) fn own<P: Plan>(&mut self, name: &'static str) -> Result<Vec<(&'s str, P)>, IntakeError> {
        let Some(table) = self.keys.table(name)? else { return Ok(Vec::new()) };
        let keys = self.keys.below(name, table);
        let mut plans = Vec::with_capacity(table.entries.len());
        for entry in &table.entries {
            plans.push((entry.key.as_str(), P::compile(self, keys.field(&entry.key, &entry.node)?)?));
        }
        Ok(plans)
    }

    /// The conditions on a row.
    pub(super) fn tests(&mut self) -> Result<Vec<Test>, IntakeError> {
        let mut keys = self.keys.clone();
        let tests = self.tests_of(&mut keys)?;
        self.keys = keys;
        Ok(tests)
    }

    /// The conditions that a table says.
    pub(super) fn tests_of(&mut self, keys: &mut Keys<'_>) -> Result<Vec<Test>, IntakeError> {
        let tables = keys.tables("where")?;
        let test = |table| {
            let keys = keys.below("where", table);
            let path = keys.path().to_owned();
            let condition = Condition::read(keys)?;
            let column = Column::compile(self, &path, &condition.name)?;
            Ok(Test::new(condition, column, self.defaults.nulls))
        };
        tables.into_iter().map(test).collect()
    }
}

/// A field ready to be read from rows.
pub(super) trait Plan: Sized {
    type Value;

    /// Ties the field to its columns and checks its options and constants.
    fn compile(scope: &mut Scope<'_>, field: Keys<'_>) -> Result<Self, IntakeError>;

    /// The value in a row; none where it is null.
    fn read(&self, row: &Row<'_>) -> Result<Option<Self::Value>, Fault>;

    /// A fault of what this field was read from.
    fn fault(&self, row: &Row<'_>, trouble: Trouble) -> Fault;

    /// The value in a row that must have one.
    fn need(&self, row: &Row<'_>, missing: Reason) -> Result<Self::Value, Fault> {
        match self.read(row)? {
            Some(value) => Ok(value),
            None => {
                let message = "a value is needed here; correct the row, or leave such rows out with `where`";
                Err(self.fault(row, Trouble::new(missing, message)))
            }
        }
    }
}

/// The value of a field that the mapping may leave out.
pub(super) fn read<P: Plan>(plan: Option<&P>, row: &Row<'_>) -> Result<Option<P::Value>, Fault> {
    plan.map_or(Ok(None), |plan| plan.read(row))
}

/// A fault of what a record refuses: of the column the value was read from, where the mapping has one.
pub(super) fn fault_of<P: Plan>(plan: Option<&P>, row: &Row<'_>, reason: Reason, error: &RecordError) -> Fault {
    plan.map_or_else(|| Fault::of(reason, error), |plan| plan.fault(row, Trouble::of(reason, error)))
}

/// A type of value that is read from one text.
pub(super) trait Parse: Sized {
    type Value;
    /// What the mapping calls such a value.
    const TYPE: &'static str;

    /// Takes the options that this type of value has.
    fn compile(scope: &mut Scope<'_>, field: &mut Keys<'_>) -> Result<Self, IntakeError>;

    /// The value that a text says.
    fn parse(&self, text: &str) -> Result<Self::Value, Trouble>;

    /// What other columns of the row make of it.
    fn finish(&self, value: Self::Value, _row: &Row<'_>) -> Result<Option<Self::Value>, Fault> {
        Ok(Some(value))
    }
}

/// A text and what it is parsed as.
#[derive(Debug)]
pub(super) struct Typed<P> {
    pub(super) text: Text,
    pub(super) parse: P,
}

impl<P: Parse> Plan for Typed<P> {
    type Value = P::Value;

    fn compile(scope: &mut Scope<'_>, mut field: Keys<'_>) -> Result<Self, IntakeError> {
        let text = Text::compile(scope, &mut field)?;
        let parse = P::compile(scope, &mut field)?;
        text.check(&field, P::TYPE, &|literal| parse.parse(literal).err())?;
        Ok(Self { text, parse })
    }

    fn read(&self, row: &Row<'_>) -> Result<Option<P::Value>, Fault> {
        let Some(text) = self.text.read(row)? else { return Ok(None) };
        let value = self.parse.parse(&text).map_err(|trouble| self.text.fault(row, trouble))?;
        self.parse.finish(value, row)
    }

    fn fault(&self, row: &Row<'_>, trouble: Trouble) -> Fault {
        self.text.fault(row, trouble)
    }
}
