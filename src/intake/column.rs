//! Columns as the mapping names them, tied to the files at hand.

use super::IntakeError;
use super::join::Joins;
use super::keys::Keys;
use super::plan::Scope;
use super::quarantine::{Fault, Trouble, cut};
use super::text::Row;
use super::written::{Node, Spot, Value};

/// Where a cell is found, its column looked up once.
#[derive(Debug, Clone, Copy)]
pub(super) enum At {
    /// In the row itself.
    Own(usize),
    /// In a joined row.
    Joined {
        /// Which of the section's joins.
        join: usize,
        /// Which of the columns kept of it.
        slot: usize,
    },
}

/// A column of the section's own file, or of a joined one, as the mapping names it.
#[derive(Debug, Clone)]
pub(super) struct ColumnName {
    pub(super) join: Option<String>,
    pub(super) column: String,
    pub(super) spot: Spot, // in the mapping
}

impl ColumnName {
    /// Reads `"x"` or `{ join = "j", column = "x" }`.
    pub(super) fn read(keys: &Keys<'_>, key: &str, node: &Node) -> Result<Self, IntakeError> {
        match &node.value {
            Value::Text(text) => Ok(Self { join: None, column: text.clone(), spot: node.spot }),
            Value::Table(table) => {
                let mut keys = keys.below(key, table);
                let name = Self::of(&mut keys)?;
                keys.done("a column")?;
                Ok(name)
            }
            other => {
                let problem = format!("{other} is no column");
                Err(keys.rule_at(node.spot, key, problem, "write its name, or { join = …, column = … }"))
            }
        }
    }

    /// Reads `join` and `column` of a table that has other keys besides.
    pub(super) fn of(keys: &mut Keys<'_>) -> Result<Self, IntakeError> {
        let (join, column) = (keys.text("join")?, keys.need_text("column")?);
        Ok(Self { join: join.map(str::to_owned), column: column.to_owned(), spot: keys.spot() })
    }
}

/// A column and its name.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) at: At,
    pub(super) name: String,
}

impl Column {
    pub(super) fn compile(scope: &mut Scope<'_>, field: &str, name: &ColumnName) -> Result<Self, IntakeError> {
        Ok(Self { at: scope.locate(field, name)?, name: name.column.clone() })
    }

    /// Its name, with its file where that is a joined one.
    pub(super) fn told(&self, joins: &Joins) -> String {
        match self.at {
            At::Joined { join, .. } if let Some((name, file)) = joins.name(join) => {
                format!("{} of {file} (join {name})", self.name)
            }
            _ => self.name.clone(),
        }
    }

    /// The text of the cell; none where it is null.
    pub(super) fn read<'r>(&self, row: &Row<'r>) -> Result<Option<&'r str>, Fault> {
        let text = match self.at {
            At::Own(index) => row.cells.get(index),
            At::Joined { join, slot } => match row.runs.get(join) {
                Some(run) => row.joins.cell(join, slot, run)?,
                None => None,
            },
        };
        Ok(text.and_then(|text| row.nulls.read(text)))
    }

    /// A fault of what stands in this column.
    pub(super) fn fault(&self, row: &Row<'_>, trouble: Trouble) -> Fault {
        let raw = match self.at {
            At::Own(index) => row.cells.get(index),
            At::Joined { join, slot } => row.runs.get(join).and_then(|run| row.joins.cell(join, slot, run).ok()?),
        };
        let place = match self.at {
            At::Own(_) => None,
            At::Joined { join, .. } => row
                .runs
                .get(join)
                .filter(|run| !run.is_empty())
                .and_then(|run| row.joins.place(join, row.joins.taken(join, run))),
        };
        Fault {
            reason: trouble.reason,
            column: Some(self.name.clone()),
            value: cut(raw.unwrap_or_default()),
            message: trouble.message,
            place,
        }
    }
}
