//! One field's text: from which cells it comes, and what the table of values makes of it.

use std::borrow::Cow;
use std::collections::HashMap;

use csv::StringRecord;

use super::IntakeError;
use super::column::{At, Column, ColumnName};
use super::join::{Joins, Run};
use super::keys::Keys;
use super::listed::Values;
use super::plan::Scope;
use super::quarantine::{Fault, Reason, Trouble};
use super::shape::Shape;
use super::written::{Node, Spot, Value};

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

/// A row of the section's own file with what is joined to it.
pub(super) struct Row<'r> {
    pub(super) cells: &'r StringRecord,
    pub(super) joins: &'r Joins,
    pub(super) runs: &'r [Run],
    pub(super) nulls: &'r Nulls,
}

/// Where the text of a field comes from.
#[derive(Debug)]
enum How {
    /// The first of these columns that is not null.
    FirstOf(Vec<Column>),
    /// All of these columns with the separator between; null where one of them is.
    Concat(Vec<Column>, String),
    /// The same for every row.
    Constant(String),
}

const EXACTLY_ONE: &str = "give exactly one of `column`, `first_of`, `concat`, `constant`";

/// What becomes of a value that the table of values does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unlisted {
    /// The row is set aside.
    SetAside,
    /// The value is kept as it is.
    Keep,
    /// The value reads as null.
    Null,
}

/// How a field's text is read.
#[derive(Debug)]
pub(super) struct Text {
    how: How,
    shape: Option<Shape>,
    default: Option<String>,
    table: Option<HashMap<String, String>>,
    unlisted: Unlisted,
    /// The reason given where a value is not in the table.
    unknown: Reason,
    /// What the mapping itself gives as a value: constant, default, table of values.
    literals: Vec<Literal>,
}

#[derive(Debug)]
struct Literal {
    text: String,
    spot: Spot, // in the mapping
}

impl Text {
    /// Takes those options of a field that are of its text; its type of value may have others.
    pub(super) fn compile(scope: &mut Scope<'_>, field: &mut Keys<'_>) -> Result<Self, IntakeError> {
        let how = Self::how(scope, field)?;
        let shape = Shape::read(field)?;
        let mut literals = Vec::new();
        let mut listed = |text: &str, spot| {
            literals.push(Literal { text: text.to_owned(), spot });
            text.to_owned()
        };
        let default = field.literal("default")?.map(|text| listed(text, field.spot()));
        let table = Values::of(scope, field)?;
        let unlisted = field.choice(
            "unlisted",
            &[("set_aside", Unlisted::SetAside), ("keep", Unlisted::Keep), ("null", Unlisted::Null)],
        )?;
        let table = match table {
            Some(Values::Published(values)) => Some(values),
            Some(Values::Own(table)) => {
                let mut values = HashMap::with_capacity(table.entries.len());
                for entry in &table.entries {
                    let text = field.literal_of(&entry.key, &entry.node)?;
                    values.insert(entry.key.clone(), listed(text, entry.node.spot));
                }
                Some(values)
            }
            None if unlisted.is_some() => {
                return Err(field.rule("unlisted", "`unlisted` needs `values` or `vocabulary`", "add one of them"));
            }
            None => None,
        };
        if let (How::Constant(text), None) = (&how, &table) {
            listed(text, field.spot());
        }
        let unknown = if field.path() == "kind" { Reason::UnknownStatus } else { Reason::UnknownValue };
        Ok(Self { how, shape, default, table, unlisted: unlisted.unwrap_or(Unlisted::SetAside), unknown, literals })
    }

    fn how(scope: &mut Scope<'_>, field: &mut Keys<'_>) -> Result<How, IntakeError> {
        let [column, join, first_of, concat, constant] =
            ["column", "join", "first_of", "concat", "constant"].map(|key| field.may(key));
        let separator = field.text("separator")?;
        if join.is_some() && column.is_none() {
            let remedy = "in a list write { join = …, column = … }";
            return Err(field.rule("join", "`join` belongs to `column`", remedy));
        }
        if separator.is_some() && concat.is_none() {
            return Err(field.rule("separator", "`separator` belongs to `concat` only", "take it out"));
        }
        match (column, first_of, concat, constant) {
            (Some(_), None, None, None) => {
                let name = ColumnName::of(field)?;
                Ok(How::FirstOf(vec![Column::compile(scope, field.path(), &name)?]))
            }
            (None, Some(list), None, None) => Ok(How::FirstOf(Self::columns(scope, field, "first_of", list)?)),
            (None, None, Some(list), None) => {
                let columns = Self::columns(scope, field, "concat", list)?;
                Ok(How::Concat(columns, separator.unwrap_or("/").to_owned()))
            }
            (None, None, None, Some(constant)) => Ok(How::Constant(field.literal_of("constant", constant)?.to_owned())),
            (None, None, None, None) => Err(field.missing("column", EXACTLY_ONE)),
            _ => Err(field.rule("", "it is said twice where the value comes from", EXACTLY_ONE)),
        }
    }

    fn columns(scope: &mut Scope<'_>, field: &Keys<'_>, key: &str, list: &Node) -> Result<Vec<Column>, IntakeError> {
        match &list.value {
            Value::List(many) if !many.is_empty() => many
                .iter()
                .map(|one| Column::compile(scope, field.path(), &ColumnName::read(field, key, one)?))
                .collect(),
            other => {
                let problem = format!("{other} stands where a list of columns has to be, and no empty list");
                Err(field.rule_at(list.spot, key, problem, "write one such as [\"a\", \"b\"]"))
            }
        }
    }

    /// Refuses what the mapping itself gives as a value where it is none of its type, `kind`, and keys that neither
    /// this text nor its type know. It is done last.
    pub(super) fn check(
        &self,
        field: &Keys<'_>,
        kind: &str,
        trouble: &dyn Fn(&str) -> Option<Trouble>, // what is wrong with a literal
    ) -> Result<(), IntakeError> {
        for literal in &self.literals {
            if let Some(trouble) = trouble(&literal.text) {
                let problem = format!("`{}` is not {kind}", literal.text);
                return Err(field.rule_at(literal.spot, "", problem, &trouble.message));
            }
        }
        field.done(kind)
    }

    /// Whether every row has the same.
    pub(super) fn is_constant(&self) -> bool {
        matches!(self.how, How::Constant(_))
    }

    /// The one joined column that this is, and nothing besides.
    pub(super) fn single_joined_column(&self) -> Option<&Column> {
        match (&self.how, &self.shape, &self.table, &self.default) {
            (How::FirstOf(columns), None, None, None) if columns.len() == 1 => {
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
        let found = match (found, &self.shape) {
            (Some(text), Some(shape)) => shape.of(text),
            (found, _) => found,
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

    /// Where it comes from, in words.
    pub(super) fn source(&self, joins: &Joins) -> String {
        let columns = |columns: &[Column], between: &str| {
            columns.iter().map(|column| column.told(joins)).collect::<Vec<_>>().join(between)
        };
        match &self.how {
            How::Constant(text) => format!("always {text:?}"),
            How::FirstOf(one) => columns(one, ", else "),
            How::Concat(many, separator) => columns(many, &format!(" + {separator:?} + ")),
        }
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
