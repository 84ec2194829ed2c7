//! Fields as texts, whatever they are read as: for telling what a mapping finds where.

use super::IntakeError;
use super::condition::Test;
use super::keys::Keys;
use super::plan::Scope;
use super::shift::Shifts;
use super::text::Text;
use super::written::{Entry, Node, Table, Value};

/// A field of a section, read as text only.
pub(super) struct Origin {
    /// Its key, with those of the tables it is in: `attributes.colour`, `step.occurred_at (delivered)`.
    pub(super) name: String,
    /// Conditions beside those of the section.
    pub(super) tests: Vec<Test>,
    pub(super) text: Text,
    /// What is added to it, if it is a time.
    pub(super) shifts: Shifts,
}

impl Origin {
    /// All fields of the table that the scope is at, in the order of the mapping.
    pub(super) fn all(scope: &mut Scope<'_>, table: &Table) -> Result<Vec<Self>, IntakeError> {
        let section = scope.keys.section();
        let mut origins = Vec::new();
        for entry in &table.entries {
            match (entry.key.as_str(), &entry.node.value) {
                ("file" | "delimiter" | "where" | "join", _) => {}
                ("step", Value::Table(step)) => Self::step(scope, step, &mut origins)?,
                ("step", Value::List(steps)) => {
                    for step in steps {
                        if let Value::Table(step) = &step.value {
                            Self::step(scope, step, &mut origins)?;
                        }
                    }
                }
                ("attributes" | "stage_plans", Value::Table(own)) => {
                    for field in &own.entries {
                        origins.push(Self::field(scope, Keys::new(section, own), field, &entry.key, "")?);
                    }
                }
                _ => origins.push(Self::field(scope, Keys::new(section, table), entry, "", "")?),
            }
        }
        Ok(origins)
    }

    fn step(scope: &mut Scope<'_>, step: &Table, origins: &mut Vec<Self>) -> Result<(), IntakeError> {
        let section = scope.keys.section();
        let kind = match step.find("kind") {
            Some(Entry { node: Node { value: Value::Text(kind), .. }, .. }) => kind.as_str(),
            _ => "",
        };
        for entry in &step.entries {
            if !matches!(entry.key.as_str(), "kind" | "where") {
                let mut keys = Keys::new(section, step);
                let tests = scope.tests_of(&mut keys)?;
                let origin = Self::field(scope, keys, entry, "step", kind)?;
                origins.push(Self { tests, ..origin });
            }
        }
        Ok(())
    }

    fn field(
        scope: &mut Scope<'_>,
        keys: Keys<'_>,
        entry: &Entry,
        within: &str,
        of: &str,
    ) -> Result<Self, IntakeError> {
        let mut field = keys.field(&entry.key, &entry.node)?;
        let (text, shifts) = (Text::compile(scope, &mut field)?, Shifts::read(scope, &mut field)?);
        let within = if within.is_empty() { String::new() } else { format!("{within}.") };
        let of = if of.is_empty() { String::new() } else { format!(" ({of})") };
        Ok(Self { name: format!("{within}{}{of}", entry.key), tests: Vec::new(), text, shifts })
    }
}
