//! Plans: fields of the mapping tied to the columns of the files at hand, once before the rows are read.

use std::collections::BTreeMap;

use super::IntakeError;
use super::join::Joins;
use super::moment::Format;
use super::quarantine::{Fault, Reason, Trouble};
use super::source::{ColumnName, Field, Literal};
use super::table::Header;
use super::text::{At, Nulls, Row, Text};
use crate::record::{Currency, RecordError, Zone};

/// What the mapping says for all sections.
#[derive(Debug)]
pub(super) struct Defaults<'m> {
    pub(super) zone: Zone,
    pub(super) nulls: Nulls,
    pub(super) delimiter: u8,
    pub(super) formats: Vec<Format>,
    pub(super) currency: Option<Currency>,
    pub(super) vocabularies: &'m BTreeMap<String, BTreeMap<String, Literal>>,
}

/// What the fields of a section may name: the columns of its file and of its joins.
pub(super) struct Scope<'s> {
    pub(super) defaults: &'s Defaults<'s>,
    pub(super) section: &'static str,
    pub(super) file: &'s str,
    /// None while only the mapping is checked: then every column is taken to be there.
    pub(super) header: Option<&'s Header>,
    pub(super) joins: &'s mut Joins,
}

impl<'s> Scope<'s> {
    pub(super) fn locate(&mut self, field: &str, name: &ColumnName) -> Result<At, IntakeError> {
        match (&name.join, self.header) {
            (Some(join), _) => {
                let (join, slot) = self.joins.slot(self.section, field, join, &name.column)?;
                Ok(At::Joined { join, slot })
            }
            (None, Some(header)) => Ok(At::Own(header.find(self.file, self.section, field, &name.column)?)),
            (None, None) => Ok(At::Own(0)),
        }
    }

    pub(super) fn vocabulary(&self, field: &str, name: &str) -> Result<&'s BTreeMap<String, Literal>, IntakeError> {
        self.defaults.vocabularies.get(name).ok_or_else(|| {
            self.rule(field, format!("there is no table [vocabulary.{name}]"), "add it, or write the values inline")
        })
    }

    pub(super) fn rule(&self, field: &str, problem: String, remedy: &str) -> IntakeError {
        IntakeError::MappingRule { section: self.section, field: field.to_owned(), problem, remedy: remedy.to_owned() }
    }

    pub(super) fn need<P: Plan>(&mut self, name: &str, field: &Field) -> Result<P, IntakeError> {
        P::compile(self, name, field)
    }

    pub(super) fn may<P: Plan>(&mut self, name: &str, field: Option<&Field>) -> Result<Option<P>, IntakeError> {
        field.map(|field| P::compile(self, name, field)).transpose()
    }
}

/// A field ready to be read from rows.
pub(super) trait Plan: Sized {
    type Value;

    /// Ties the field to its columns and checks its options and constants.
    fn compile(scope: &mut Scope<'_>, name: &str, field: &Field) -> Result<Self, IntakeError>;

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
    /// The options that only some types have, of which this one has these.
    const OPTIONS: &'static [&'static str];

    fn compile(scope: &Scope<'_>, name: &str, field: &Field) -> Result<Self, IntakeError>;
    fn parse(&self, text: &str) -> Result<Self::Value, Trouble>;
}

/// A text and what it is parsed as.
#[derive(Debug)]
pub(super) struct Typed<P> {
    pub(super) text: Text,
    pub(super) parse: P,
}

impl<P: Parse> Plan for Typed<P> {
    type Value = P::Value;

    fn compile(scope: &mut Scope<'_>, name: &str, field: &Field) -> Result<Self, IntakeError> {
        refuse_options(scope, name, field, P::TYPE, P::OPTIONS)?;
        let parse = P::compile(scope, name, field)?;
        let text = Text::compile(scope, name, field)?;
        check_literals(scope, name, field, &text, P::TYPE, &|literal| parse.parse(literal).err())?;
        Ok(Self { text, parse })
    }

    fn read(&self, row: &Row<'_>) -> Result<Option<P::Value>, Fault> {
        match self.text.read(row)? {
            None => Ok(None),
            Some(text) => self.parse.parse(&text).map(Some).map_err(|trouble| self.text.fault(row, trouble)),
        }
    }

    fn fault(&self, row: &Row<'_>, trouble: Trouble) -> Fault {
        self.text.fault(row, trouble)
    }
}

/// Refuses what the mapping itself gives as a value where it cannot be parsed: constants, defaults and tables of values.
fn check_literals(
    scope: &Scope<'_>,
    name: &str,
    field: &Field,
    text: &Text,
    kind: &str,
    trouble: &dyn Fn(&str) -> Option<Trouble>, // what is wrong with a literal
) -> Result<(), IntakeError> {
    let mapped = field.values.iter().flat_map(BTreeMap::values).map(|literal| literal.0.as_str());
    let shared = match &field.vocabulary {
        Some(vocabulary) => Some(scope.vocabulary(name, vocabulary)?),
        None => None,
    };
    let shared = shared.into_iter().flat_map(BTreeMap::values).map(|literal| literal.0.as_str());
    for literal in text.literals().chain(mapped).chain(shared) {
        if let Some(trouble) = trouble(literal) {
            return Err(scope.rule(name, format!("`{literal}` is not {kind}"), &trouble.message));
        }
    }
    Ok(())
}

/// Refuses options that a type of value does not have: they would do nothing, and nobody would notice.
pub(super) fn refuse_options(
    scope: &Scope<'_>,
    name: &str,
    field: &Field,
    kind: &str,
    allowed: &[&str],
) -> Result<(), IntakeError> {
    match field.special_options().find(|option| !allowed.contains(option)) {
        None => Ok(()),
        Some(option) => Err(scope.rule(name, format!("`{option}` means nothing for {kind}"), "take it out")),
    }
}
