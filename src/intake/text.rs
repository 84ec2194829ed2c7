//! One field's text: from which cells it comes, and what the table of values makes of it.

use std::borrow::Cow;
use std::collections::HashMap;

use csv::StringRecord;

use super::IntakeError;
use super::join::{Joins, Run};
use super::plan::Scope;
use super::quarantine::{Fault, Reason, Trouble, cut};
use super::source::{ColumnName, Field, Origin, Unlisted};

/// What a file writes where there is nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Nulls {
    pub(super) spellings: Vec<String>,
    pub(super) trim: bool,
}

impl Nulls {
    pub(super) fn read<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text = if self.trim { text.trim() } else { text };
        (!self.spellings.iter().any(|null| null == text)).then_some(text)
    }
}

/// A delimiter as the byte that the CSV reader wants.
pub(super) fn delimiter_byte(section: &'static str, delimiter: char) -> Result<u8, IntakeError> {
    u8::try_from(delimiter).ok().filter(|byte| byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n')).ok_or_else(
        || IntakeError::MappingRule {
            section,
            field: "delimiter".to_owned(),
            problem: format!("{delimiter:?} cannot part cells"),
            remedy: "give one ASCII character, such as \",\", \";\" or \"\\t\"".to_owned(),
        },
    )
}

/// A row of the section's own file with what is joined to it.
pub(super) struct Row<'r> {
    pub(super) cells: &'r StringRecord,
    pub(super) joins: &'r Joins,
    pub(super) runs: &'r [Run],
    pub(super) nulls: &'r Nulls,
}

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

#[derive(Debug)]
enum How {
    FirstOf(Vec<Column>),
    Concat(Vec<Column>, String),
    Constant(String),
}

/// How a field's text is read.
#[derive(Debug)]
pub(super) struct Text {
    how: How,
    default: Option<String>,
    table: Option<HashMap<String, String>>,
    unlisted: Unlisted,
    /// The reason given where a value is not in the table.
    unknown: Reason,
}

impl Text {
    pub(super) fn compile(scope: &mut Scope<'_>, name: &str, field: &Field) -> Result<Self, IntakeError> {
        let how = match &field.origin {
            Origin::FirstOf(columns) => How::FirstOf(Self::columns(scope, name, columns)?),
            Origin::Concat(columns, separator) => How::Concat(Self::columns(scope, name, columns)?, separator.clone()),
            Origin::Constant(text) => How::Constant(text.clone()),
        };
        let table = match &field.vocabulary {
            Some(vocabulary) => Some(scope.vocabulary(name, vocabulary)?),
            None => field.values.as_ref(),
        };
        let table = table.map(|table| table.iter().map(|(from, to)| (from.clone(), to.0.clone())).collect());
        let unknown = if name == "kind" { Reason::UnknownStatus } else { Reason::UnknownValue };
        Ok(Self { how, default: field.default.clone(), table, unlisted: field.unlisted, unknown })
    }

    fn columns(scope: &mut Scope<'_>, name: &str, columns: &[ColumnName]) -> Result<Vec<Column>, IntakeError> {
        columns.iter().map(|column| Column::compile(scope, name, column)).collect()
    }

    /// All texts that come from the mapping and not from a file: they are checked before any row is read.
    pub(super) fn literals(&self) -> impl Iterator<Item = &str> {
        let constant = match &self.how {
            How::Constant(text) if self.table.is_none() => Some(text.as_str()),
            _ => None,
        };
        constant.into_iter().chain(self.default.as_deref())
    }

    /// Whether every row has the same.
    pub(super) fn is_constant(&self) -> bool {
        matches!(self.how, How::Constant(_))
    }

    /// The one joined column that this is, and nothing besides.
    pub(super) fn single_joined_column(&self) -> Option<&Column> {
        match (&self.how, &self.table, &self.default) {
            (How::FirstOf(columns), None, None) if columns.len() == 1 => {
                columns.first().filter(|column| matches!(column.at, At::Joined { .. }))
            }
            _ => None,
        }
    }

    /// The text; none where it is null and has no default.
    pub(super) fn read<'t>(&'t self, row: &Row<'t>) -> Result<Option<Cow<'t, str>>, Fault> {
        let found = match &self.how {
            How::Constant(text) => Some(Cow::Borrowed(text.as_str())),
            How::FirstOf(columns) => Self::first(columns, row)?.map(|(text, _)| Cow::Borrowed(text)),
            How::Concat(columns, separator) => {
                let mut whole = String::new();
                for (index, column) in columns.iter().enumerate() {
                    let Some(part) = column.read(row)? else { return Ok(self.default.as_deref().map(Cow::Borrowed)) };
                    if index > 0 {
                        whole.push_str(separator);
                    }
                    whole.push_str(part);
                }
                Some(Cow::Owned(whole))
            }
        };
        let found = match (found, &self.table) {
            (Some(text), Some(table)) => match (table.get(text.as_ref()), self.unlisted) {
                (Some(to), _) => Some(Cow::Borrowed(to.as_str())),
                (None, Unlisted::Keep) => Some(text),
                (None, Unlisted::Null) => None,
                (None, Unlisted::SetAside) => {
                    let message = "the mapping's table of values does not list it; add it there, or say what becomes of \
                                   others with unlisted = \"keep\" or \"null\"";
                    return Err(self.fault(row, Trouble::new(self.unknown, message)));
                }
            },
            (found, _) => found,
        };
        Ok(found.or(self.default.as_deref().map(Cow::Borrowed)))
    }

    fn first<'t, 'c>(columns: &'c [Column], row: &Row<'t>) -> Result<Option<(&'t str, &'c Column)>, Fault> {
        for column in columns {
            if let Some(text) = column.read(row)? {
                return Ok(Some((text, column)));
            }
        }
        Ok(None)
    }

    /// A fault of what this text was read from.
    pub(super) fn fault(&self, row: &Row<'_>, trouble: Trouble) -> Fault {
        match &self.how {
            How::Constant(text) => Fault::row(trouble.reason, text, trouble.message),
            How::FirstOf(columns) => {
                let column = Self::first(columns, row).ok().flatten().map(|(_, column)| column).or(columns.first());
                match column {
                    Some(column) => column.fault(row, trouble),
                    None => Fault::row(trouble.reason, "", trouble.message),
                }
            }
            How::Concat(columns, separator) => {
                let mut names = String::new();
                let mut values = String::new();
                for (index, column) in columns.iter().enumerate() {
                    if index > 0 {
                        names.push_str(separator);
                        values.push_str(separator);
                    }
                    names.push_str(&column.name);
                    values.push_str(column.read(row).ok().flatten().unwrap_or_default());
                }
                Fault { column: Some(names), ..Fault::row(trouble.reason, &values, trouble.message) }
            }
        }
    }
}
