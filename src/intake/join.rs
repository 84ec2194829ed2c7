//! Joined files: held in memory by key, only the columns that some field reads.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use rust_decimal::Decimal;

use super::column::{At, Column, ColumnName};
use super::condition::{Condition, Test, all_hold};
use super::keys::Keys;
use super::plan::Defaults;
use super::quarantine::{Fault, Place};
use super::section::{Section, delimiter};
use super::sink::Sink;
use super::table::Table;
use super::text::{Nulls, Row};
use super::{IntakeError, Reason};
use crate::record::RecordKind;

/// Which of several rows of a joined file for one key is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Take {
    /// There must be one, or all alike.
    Only,
    /// The first by `order_by`.
    First,
    /// The last by `order_by`.
    Last,
}

/// A file whose rows are looked up by a key, as the mapping says it.
#[derive(Debug, Clone)]
pub(super) struct JoinSpec {
    name: String, // what fields call it
    file: String,
    delimiter: Option<u8>,
    /// The column that holds the key on this side: of the section's file, or of an earlier join.
    pub(super) on: ColumnName,
    key: String, // the column that holds it in the joined file
    take: Take,
    order_by: Vec<String>,
    conditions: Vec<Condition>, // on its own rows
}

impl JoinSpec {
    /// Reads a join that stands below others of its section.
    pub(super) fn read(mut keys: Keys<'_>, before: &[Self]) -> Result<Self, IntakeError> {
        let named = |name: &str| before.iter().any(|other| other.name == name);
        let name = keys.need_text("name")?;
        if named(name) {
            return Err(keys.rule("name", format!("two joins are named `{name}`"), "give each its own name"));
        }
        let on = keys.need("on")?;
        let on = ColumnName::read(&keys, "on", on)?;
        if let Some(other) = on.join.as_deref().filter(|other| !named(other)) {
            let problem = format!("`{name}` takes its key from `{other}`, which is not above it");
            return Err(keys.rule("on", problem, "order them so"));
        }
        let take = keys.choice("take", &[("first", Take::First), ("last", Take::Last)])?.unwrap_or(Take::Only);
        let order_by = keys.texts("order_by")?.unwrap_or_default();
        match (take, order_by.is_empty()) {
            (Take::First | Take::Last, true) => {
                let problem = format!("`{name}` takes one of several rows, by no order");
                return Err(keys.rule("take", problem, "name the columns in `order_by`"));
            }
            (Take::Only, false) => {
                let problem = format!("`{name}` has an order, and nothing is taken by it");
                return Err(keys.rule("order_by", problem, "add take = \"first\" or \"last\""));
            }
            _ => {}
        }
        let key = keys.text("key")?.unwrap_or(&on.column).to_owned();
        let conditions = keys.tables("where")?.into_iter().map(|table| Condition::read(keys.below("where", table)));
        let conditions = conditions.collect::<Result<Vec<_>, _>>()?;
        if let Some(condition) = conditions.iter().find(|condition| condition.name.join.is_some()) {
            let problem = "a join's condition is on its own file";
            return Err(keys.rule_at(condition.name.spot, "where.join", problem, "take `join` out"));
        }
        let (file, delimiter) = (keys.need_text("file")?.to_owned(), delimiter(&mut keys)?);
        keys.done("a join")?;
        Ok(Self { name: name.to_owned(), file, delimiter, on, key, take, order_by, conditions })
    }
}

/// The joined rows that belong to one row; empty where the key is null or finds none.
pub(super) type Run = Range<usize>;

/// The joins of one section.
#[derive(Debug, Default)]
pub(super) struct Joins {
    joins: Vec<Join>,
}

#[derive(Debug)]
struct Join {
    name: String,
    take: Take,
    file: String,
    source: Option<Table>,  // none while only the mapping is checked, and once it was read
    order: Vec<usize>,      // among `wanted`
    wanted: Vec<Wanted>,    // the columns kept, in this order
    tests: Vec<Test>,       // on its rows
    contents: Option<Rows>, // none until it was read
}

#[derive(Debug)]
struct Wanted {
    column: String,
    index: usize,
}

/// The rows of a joined file, sorted by key, order and cells, so that the order of the file never matters.
#[derive(Debug, Default)]
struct Rows {
    text: String,
    ends: Vec<usize>, // of each cell in `text`, row by row
    lines: Vec<u64>,
    sorted: Vec<u32>,
    groups: HashMap<Box<str>, u32>,
    runs: Vec<Run>, // of each group in `sorted`
}

impl Joins {
    /// Opens the joined files of a section, or none of them while only the mapping is checked.
    pub(super) fn open(
        section: &Section,
        directory: Option<&Path>,
        defaults: &Defaults<'_>,
    ) -> Result<Self, IntakeError> {
        let name = section.kind.name();
        let mut joins = Vec::with_capacity(section.joins.len());
        for spec in &section.joins {
            let delimiter = spec.delimiter.unwrap_or(defaults.delimiter);
            let source = directory.map(|directory| Table::open(directory, &spec.file, delimiter, name)).transpose()?;
            let mut join = Join {
                name: spec.name.clone(),
                take: spec.take,
                file: spec.file.clone(),
                source,
                order: Vec::new(),
                wanted: Vec::new(),
                tests: Vec::new(),
                contents: None,
            };
            join.want(name, "key", &spec.key)?;
            for column in &spec.order_by {
                let slot = join.want(name, "order_by", column)?;
                join.order.push(slot);
            }
            for condition in &spec.conditions {
                let column = &condition.name.column;
                let at = At::Own(join.place(name, "where", column)?);
                let column = Column { at, name: column.clone() };
                join.tests.push(Test::new(condition.clone(), column, defaults.nulls));
            }
            joins.push(join);
        }
        Ok(Self { joins })
    }

    /// Which of the joins has a name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.joins.iter().position(|join| join.name == name)
    }

    /// The name of a join, and its file.
    pub(super) fn name(&self, join: usize) -> Option<(&str, &str)> {
        self.joins.get(join).map(|join| (join.name.as_str(), join.file.as_str()))
    }

    /// The names of the joins, for a message.
    pub(super) fn names(&self) -> String {
        self.joins.iter().map(|join| join.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Where a column of a joined file will be kept.
    pub(super) fn want(
        &mut self,
        join: usize,
        section: &'static str,
        field: &str,
        column: &str,
    ) -> Result<usize, IntakeError> {
        self.joins.get_mut(join).map_or(Ok(0), |join| join.want(section, field, column))
    }

    /// Reads the files, once all the columns that are wanted are known.
    pub(super) fn read(&mut self, kind: RecordKind, nulls: &Nulls, sink: &mut Sink<'_>) -> Result<(), IntakeError> {
        for join in &mut self.joins {
            if let Some(mut source) = join.source.take() {
                join.contents = Some(join.read(&mut source, kind, nulls, sink)?);
            }
        }
        Ok(())
    }

    /// The rows of one join that have a key.
    pub(super) fn run(&self, join: usize, key: Option<&str>) -> Run {
        let find = || {
            let rows = self.joins.get(join)?.contents.as_ref()?;
            rows.runs.get(*rows.groups.get(key?)? as usize).cloned()
        };
        find().unwrap_or(0..0)
    }

    /// The one cell of a run that its join's rule takes, and the row in which it stands.
    pub(super) fn cell(&self, join: usize, slot: usize, run: &Run) -> Result<Option<&str>, Fault> {
        let Some(at) = self.joins.get(join) else { return Ok(None) };
        let Some(rows) = at.contents.as_ref().filter(|_| !run.is_empty()) else { return Ok(None) };
        let cell = |position: usize| rows.cell(position, slot, at.wanted.len());
        match at.take {
            Take::First => Ok(Some(cell(run.start))),
            Take::Last => Ok(Some(cell(run.end - 1))),
            Take::Only => {
                let first = cell(run.start);
                match (run.start + 1..run.end).find(|&position| cell(position) != first) {
                    None => Ok(Some(first)),
                    Some(other) => Err(Fault {
                        reason: Reason::SeveralJoinedRows,
                        column: Some(at.wanted[slot].column.clone()),
                        value: super::quarantine::cut(cell(other)),
                        message: format!(
                            "{} has several rows for this key; say which one in the join: take = \"first\" or \"last\", \
                             and order_by",
                            at.file
                        ),
                        place: self.place(join, other),
                    }),
                }
            }
        }
    }

    /// The cells of all rows of a run, each with its position for [`Joins::place`].
    pub(super) fn cells<'j>(
        &'j self,
        join: usize,
        slot: usize,
        run: &Run,
    ) -> impl Iterator<Item = (usize, &'j str)> + use<'j> {
        let found = self.joins.get(join).and_then(|at| at.contents.as_ref().map(|rows| (rows, at.wanted.len())));
        let run = run.clone();
        found.into_iter().flat_map(move |(rows, width)| {
            run.clone().map(move |position| (position, rows.cell(position, slot, width)))
        })
    }

    /// The position of the row that [`Joins::cell`] takes.
    pub(super) fn taken(&self, join: usize, run: &Run) -> usize {
        match self.joins.get(join).map(|at| at.take) {
            Some(Take::Last) => run.end.saturating_sub(1),
            _ => run.start,
        }
    }

    /// File and line of a joined row.
    pub(super) fn place(&self, join: usize, position: usize) -> Option<Place> {
        let at = self.joins.get(join)?;
        let rows = at.contents.as_ref()?;
        let line = *rows.lines.get(*rows.sorted.get(position)? as usize)?;
        Some(Place { file: at.file.clone(), line })
    }
}

impl Join {
    /// Where a column stands in the file.
    fn place(&self, section: &'static str, field: &str, column: &str) -> Result<usize, IntakeError> {
        self.source.as_ref().map_or(Ok(0), |table| table.header.find(&self.file, section, field, column))
    }

    fn want(&mut self, section: &'static str, field: &str, column: &str) -> Result<usize, IntakeError> {
        if let Some(slot) = self.wanted.iter().position(|wanted| wanted.column == column) {
            return Ok(slot);
        }
        let index = self.place(section, field, column)?;
        self.wanted.push(Wanted { column: column.to_owned(), index });
        Ok(self.wanted.len() - 1)
    }

    fn read(
        &self,
        source: &mut Table,
        kind: RecordKind,
        nulls: &Nulls,
        sink: &mut Sink<'_>,
    ) -> Result<Rows, IntakeError> {
        let mut rows = Rows::default();
        let mut group_of: Vec<u32> = Vec::new();
        while let Some(line) = source.next_line()? {
            sink.count_row(line.number);
            let cells = match line.cells {
                Ok(cells) => cells,
                Err(fault) => {
                    sink.refuse(kind, &self.file, line.number, fault)?;
                    continue;
                }
            };
            // Conditions of a join are on its own columns, so none can fail.
            let row = Row { cells, joins: &Joins::default(), runs: &[], nulls };
            if !all_hold(&self.tests, &row).unwrap_or_default() {
                continue;
            }
            let cell = |wanted: &Wanted| cells.get(wanted.index).unwrap_or_default();
            let Some(key) = self.wanted.first().and_then(|key| nulls.read(cell(key))) else { continue };
            let count = rows.groups.len() as u32;
            let group = match rows.groups.get(key) {
                Some(&group) => group,
                None => *rows.groups.entry(key.into()).or_insert(count),
            };
            group_of.push(group);
            rows.lines.push(line.number);
            for wanted in &self.wanted {
                rows.text.push_str(cell(wanted));
                rows.ends.push(rows.text.len());
            }
        }
        rows.sort(&group_of, &self.order, self.wanted.len());
        Ok(rows)
    }
}

impl Rows {
    fn sort(&mut self, group_of: &[u32], order: &[usize], width: usize) {
        let mut sorted: Vec<u32> = (0..group_of.len() as u32).collect();
        let group = |row: u32| group_of.get(row as usize).copied().unwrap_or_default();
        sorted.sort_unstable_by(|&a, &b| {
            group(a)
                .cmp(&group(b))
                .then_with(|| {
                    order
                        .iter()
                        .map(|&slot| rank(self.at(a, slot, width)).cmp(&rank(self.at(b, slot, width))))
                        .find(|ordering| ordering.is_ne())
                        .unwrap_or(std::cmp::Ordering::Equal)
                })
                .then_with(|| {
                    (0..width).map(|slot| self.at(a, slot, width)).cmp((0..width).map(|slot| self.at(b, slot, width)))
                })
        });
        let mut runs: Vec<Run> = Vec::with_capacity(self.groups.len());
        for (position, &row) in sorted.iter().enumerate() {
            // Groups are numbered from 0 without a gap, so each begins a run when it is first met.
            match runs.get_mut(group(row) as usize) {
                Some(run) => run.end = position + 1,
                None => runs.push(position..position + 1),
            }
        }
        self.sorted = sorted;
        self.runs = runs;
    }

    fn at(&self, row: u32, slot: usize, width: usize) -> &str {
        let index = row as usize * width + slot;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(index).and_then(|&end| self.text.get(start..end)).unwrap_or_default()
    }

    fn cell(&self, position: usize, slot: usize, width: usize) -> &str {
        self.sorted.get(position).map_or("", |&row| self.at(row, slot, width))
    }
}

/// The order of `order_by`: numbers by value, then everything else byte by byte, then what is empty.
fn rank(text: &str) -> (u8, Option<Decimal>, &str) {
    match Decimal::from_str_exact(text) {
        Ok(number) => (0, Some(number), ""),
        Err(_) => (1 + u8::from(text.is_empty()), None, text),
    }
}
