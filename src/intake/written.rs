//! The mapping as it is written: tables of keys, each with its place in the file, before anything is known of their
//! meaning.

use std::fmt;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::IntakeError;

/// A place in the mapping file, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) line: u32,
    pub(super) column: u32, // in characters
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) spot: Spot,
    pub(super) value: Value,
}

#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    /// A whole number or a truth value, written without quotes.
    Bare(String),
    /// A number with a fraction, or a date without quotes: mappings have no use for them.
    Other(String),
    List(Vec<Node>),
    Table(Table),
}

impl fmt::Display for Value {
    /// As a message speaks of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "the text {text:?}"),
            Self::Bare(text) | Self::Other(text) => write!(f, "{text}"),
            Self::List(_) => f.write_str("a list"),
            Self::Table(_) => f.write_str("a table"),
        }
    }
}

/// A table of the mapping, its keys in the order of the file.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) file: Arc<str>, // of the mapping
    pub(super) spot: Spot,
    pub(super) entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) spot: Spot,
    pub(super) node: Node,
}

impl Table {
    /// Takes a TOML text apart.
    pub(super) fn parse(file: &str, text: &str) -> Result<Self, IntakeError> {
        let document = DeTable::parse(text)
            .map_err(|error| IntakeError::MappingSyntax { file: file.to_owned(), message: error.to_string() })?;
        let reader = Reader { file: file.into(), text, lines: line_starts(text) };
        Ok(reader.table(document.into_inner(), Spot { line: 1, column: 1 }))
    }

    pub(super) fn find(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(at, _)| at + 1)).collect()
}

struct Reader<'t> {
    file: Arc<str>,
    text: &'t str,
    lines: Vec<usize>, // where each begins
}

impl Reader<'_> {
    fn spot(&self, byte: usize) -> Spot {
        let line = self.lines.partition_point(|&start| start <= byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(start..byte).unwrap_or_default();
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        Spot { line: count(line), column: count(before.chars().count() + 1) }
    }

    fn table(&self, table: DeTable<'_>, spot: Spot) -> Table {
        let mut entries: Vec<Entry> = Vec::with_capacity(table.len());
        for (key, value) in table {
            let (spot, at) = (self.spot(key.span().start), self.spot(value.span().start));
            let node = Node { spot: at, value: self.value(value.into_inner(), at) };
            entries.push(Entry { key: key.into_inner().into_owned(), spot, node });
        }
        // The parser hands keys over in the order of the alphabet.
        entries.sort_by_key(|entry| entry.spot);
        Table { file: Arc::clone(&self.file), spot, entries }
    }

    fn value(&self, value: DeValue<'_>, spot: Spot) -> Value {
        match value {
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(whole) => Value::Bare(whole.to_string()),
                Err(_) => Value::Other(number.to_string()),
            },
            DeValue::Boolean(truth) => Value::Bare(truth.to_string()),
            DeValue::Float(number) => Value::Other(number.to_string()),
            DeValue::Datetime(at) => Value::Other(at.to_string()),
            DeValue::Table(table) => Value::Table(self.table(table, spot)),
            DeValue::Array(list) => Value::List(
                list.into_iter()
                    .map(|one| {
                        let spot = self.spot(one.span().start);
                        Node { spot, value: self.value(one.into_inner(), spot) }
                    })
                    .collect(),
            ),
        }
    }
}
