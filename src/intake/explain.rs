//! What a mapping finds: from where each field is read, how often there is nothing, and which figures that can carry.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::condition::all_hold;
use super::join::Joins;
use super::keys::Keys;
use super::origin::Origin;
use super::plan::{Defaults, Scope};
use super::quarantine::cut;
use super::section::{Compiled, Section};
use super::sink::Sink;
use super::table::Table;
use super::text::Row;
use super::{Intake, IntakeError, Mapping, Reach, Reading, SetAside, Strictness};
use crate::cube::{Plan, Scorecard};
use crate::fact::{Context, InputAccount};
use crate::kpi::catalogue;
use crate::record::{Instant, RecordKind, Records, Window, Zone};
use crate::report::format::{count, several};
use crate::report::{Carried, carried};

/// How many unlike texts of a field are shown.
const SAMPLES: usize = 3;

/// One field of a section, and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldFound {
    /// Its key: `posted_on`, `attributes.colour`, `step.occurred_at (delivered)`.
    pub name: String,
    /// The columns it is read from, in words.
    pub source: String,
    /// Rows looked at: those of the section that its conditions, and those of the step, let in.
    pub rows: u64,
    /// Rows in which there is nothing, or nothing in a column that moves its time.
    pub nulls: u64,
    /// Rows in which it has no text that could be read at all: a value not in the table of values, several joined rows.
    pub unread: u64,
    /// The first unlike texts, before they are read as times or numbers, each cut to 200 characters.
    pub samples: Vec<String>, // at most three
}

/// One section of the mapping, and what its files hold.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SectionFound {
    /// Its kind: `waybill`, `event`, `payment` …
    pub kind: &'static str,
    /// Its files, as the mapping names them.
    pub files: Vec<String>,
    /// Rows in them.
    pub rows: u64,
    /// Rows left out by its conditions.
    pub left_out: u64,
    /// Its fields, in the order of the mapping.
    pub fields: Vec<FieldFound>,
}

/// What a mapping makes of the files at hand: to be read before any figure is. Its `Display` is a page of text.
///
/// ```no_run
/// use parcelgauge::intake::{Explanation, Mapping};
/// use parcelgauge::record::Zone;
/// let mapping = Mapping::load("mapping.toml".as_ref())?;
/// print!("{}", Explanation::of(&mapping, "data".as_ref(), Zone::SHANGHAI)?);
/// # Ok::<(), parcelgauge::intake::IntakeError>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Explanation {
    /// The sections, in the order of reading.
    pub sections: Vec<SectionFound>,
    /// What became of the rows, by kind of record: rows = used + duplicate + quarantined.
    pub input: InputAccount,
    /// The first row set aside for each reason and kind, with how many there are.
    pub set_aside: Vec<(SetAside, u64)>,
    /// How far the input reaches in time; figures were tried at its end.
    pub reach: Option<Reach>,
    /// The figures of the catalogue, and whether they have a value.
    pub figures: Vec<Carried>,
}

impl Explanation {
    /// Reads the files that a mapping names, below a directory, and looks at what it finds there. It reads them twice:
    /// once as records, once field by field.
    ///
    /// # Errors
    /// As [`Intake::read`]: a file is missing, has no header or lacks a column that the mapping names. Rows that cannot
    /// be read are no error.
    pub fn of(mapping: &Mapping, directory: &Path, zone: Zone) -> Result<Self, IntakeError> {
        let Reading { records, quarantine, reach, .. } =
            Intake::new(mapping.clone(), directory).with_zone(zone).read()?;
        let defaults = mapping.defaults(zone);
        let sections = mapping.all_sections().iter().map(|section| found(section, directory, &defaults));
        let sections = sections.collect::<Result<_, _>>()?;
        let as_of = reach.as_ref().map_or(Instant::MAX, |reach| reach.end.at);
        let plan = Plan::new(catalogue().iter()).with_window(Window::All);
        let whole = Scorecard::measure(&records, &plan, &Context::at(as_of).with_zone(zone));
        Ok(Self { sections, set_aside: by_reason(quarantine), reach, figures: carried(&whole), input: whole.input })
    }
}

fn by_reason(quarantine: Vec<SetAside>) -> Vec<(SetAside, u64)> {
    let mut reasons: BTreeMap<(RecordKind, super::Reason), (SetAside, u64)> = BTreeMap::new();
    for row in quarantine {
        reasons.entry((row.kind, row.reason)).or_insert((row, 0)).1 += 1;
    }
    reasons.into_values().collect()
}

fn found(section: &Section, directory: &Path, defaults: &Defaults<'_>) -> Result<SectionFound, IntakeError> {
    let (kind, name) = (section.kind.record(), section.kind.name());
    let mut found = SectionFound { kind: name, files: section.files.clone(), rows: 0, left_out: 0, fields: Vec::new() };
    // Rows of joined files that cannot be read are in the account already.
    let mut sink = Sink::new(Records::default(), Strictness::SetAside, None);
    let mut joins = Joins::open(section, Some(directory), defaults)?;
    let mut runs = Vec::new();
    for file in &section.files {
        let delimiter = section.delimiter.unwrap_or(defaults.delimiter);
        let mut table = Table::open(directory, file, delimiter, name)?;
        let compiled = Compiled::new(section, defaults, file, Some(&table.header), &mut joins)?;
        let keys = Keys::new(name, &section.table);
        let mut scope = Scope { defaults, file, header: Some(&table.header), joins: &mut joins, keys };
        let origins = Origin::all(&mut scope, &section.table)?;
        joins.read(kind, defaults.nulls, &mut sink)?;
        if found.fields.is_empty() {
            found.fields = origins.iter().map(|origin| FieldFound::nothing(origin, &joins)).collect();
        }
        while let Some(line) = table.next_line()? {
            found.rows += 1;
            let Ok(cells) = line.cells else { continue };
            let bare = Row { cells, joins: &joins, runs: &[], nulls: defaults.nulls };
            if compiled.join(&bare, &mut runs).is_err() {
                continue;
            }
            let row = Row { runs: &runs, ..bare };
            match all_hold(&compiled.tests, &row) {
                Ok(true) => {
                    let fields = found.fields.iter_mut().zip(&origins);
                    fields.for_each(|(field, origin)| field.look(origin, &row));
                }
                Ok(false) => found.left_out += 1,
                Err(_) => {}
            }
        }
    }
    Ok(found)
}

impl FieldFound {
    fn nothing(origin: &Origin, joins: &Joins) -> Self {
        let (name, source) = (origin.name.clone(), origin.text.source(joins) + &origin.shifts.told(joins));
        Self { name, source, rows: 0, nulls: 0, unread: 0, samples: Vec::new() }
    }

    fn look(&mut self, origin: &Origin, row: &Row<'_>) {
        if !all_hold(&origin.tests, row).unwrap_or_default() {
            return;
        }
        self.rows += 1;
        match origin.text.read(row) {
            Err(_) => self.unread += 1,
            Ok(None) => self.nulls += 1,
            Ok(Some(_)) if origin.shifts.lead_nowhere(row) => self.nulls += 1,
            Ok(Some(text)) => {
                if self.samples.len() < SAMPLES && !self.samples.iter().any(|sample| *sample == *text) {
                    self.samples.push(cut(&text));
                }
            }
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for section in &self.sections {
            writeln!(f, "{section}")?;
        }
        writeln!(f, "Records")?;
        for (kind, account) in &self.input.by_kind {
            let others = [
                (account.duplicate, "duplicate"),
                (account.quarantined_rows(), "set aside"),
                (account.not_yet_known, "not yet known"),
            ];
            write!(f, "  {}: {} used", kind.plural(), count(account.used))?;
            for (rows, what) in others.into_iter().filter(|&(rows, _)| rows > 0) {
                write!(f, ", {} {what}", count(rows))?;
            }
            writeln!(f)?;
        }
        if !self.set_aside.is_empty() {
            writeln!(f, "\nSet aside, the first of each reason")?;
            for (row, rows) in &self.set_aside {
                writeln!(f, "  {}: {row}", several(usize::try_from(*rows).unwrap_or(usize::MAX), "row"))?;
            }
        }
        match &self.reach {
            Some(reach) => writeln!(f, "\nFigures as of {}, over all time", reach.end)?,
            None => writeln!(f, "\nFigures: no record holds an instant")?,
        }
        let (with, without): (Vec<_>, Vec<_>) = self.figures.iter().partition(|figure| figure.why_not.is_none());
        for figure in with {
            writeln!(f, "  yes  {}: {} decided, {} open", figure.name, count(figure.decided), count(figure.open))?;
        }
        for figure in without {
            writeln!(f, "  no   {}: {}", figure.name, figure.why_not.as_deref().unwrap_or_default())?;
        }
        Ok(())
    }
}

impl fmt::Display for SectionFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] of {}: {} rows", self.kind, self.files.join(", "), count(self.rows))?;
        if self.left_out > 0 {
            write!(f, ", {} left out by its conditions", count(self.left_out))?;
        }
        writeln!(f)?;
        for field in &self.fields {
            write!(f, "  {} ← {}", field.name, field.source)?;
            for (rows, what) in [(field.nulls, "empty"), (field.unread, "not to be read")] {
                if rows > 0 {
                    write!(f, "; {} of {} {what}", count(rows), count(field.rows))?;
                }
            }
            match field.samples.as_slice() {
                [] => writeln!(f)?,
                samples => writeln!(f, "; such as {}", samples.join(" | "))?,
            }
        }
        Ok(())
    }
}
