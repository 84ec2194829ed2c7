//! The run: sections in a fixed order, files and rows in theirs.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::condition::all_hold;
use super::join::Joins;
use super::plan::Defaults;
use super::section::{Compiled, Section, SectionKind, Told};
use super::sink::{Progress, Sink};
use super::table::Table;
use super::text::Row;
use super::{IntakeError, Mapping, Reach, SetAside};
use crate::record::{Instant, RecordKind, Records, Zone};

/// What becomes of a run that meets a row it cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Strictness {
    /// The row is counted and listed, and the run goes on.
    #[default]
    SetAside,
    /// The run ends with the first such row as its error.
    Stop,
}

/// A reading to be made: a mapping, the directory its files are in, and how to go about it.
///
/// ```no_run
/// use parcelgauge::intake::{Intake, Mapping};
/// use parcelgauge::record::Zone;
/// let mapping = Mapping::load("mapping.toml".as_ref())?;
/// let reading = Intake::new(mapping, "data").with_zone(Zone::SHANGHAI).read()?;
/// for row in &reading.quarantine {
///     eprintln!("{row}");
/// }
/// # Ok::<(), parcelgauge::intake::IntakeError>(())
/// ```
#[must_use]
pub struct Intake<'a> {
    mapping: Mapping,
    directory: PathBuf,
    zone: Zone,
    strictness: Strictness,
    progress: Option<Progress<'a>>,
}

impl fmt::Debug for Intake<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intake")
            .field("mapping", &self.mapping)
            .field("directory", &self.directory)
            .field("zone", &self.zone)
            .field("strictness", &self.strictness)
            .finish_non_exhaustive()
    }
}

impl<'a> Intake<'a> {
    /// Reads the files that `mapping` names, below `directory`, in the zone [`Zone::SHANGHAI`] where the mapping names
    /// none, setting aside what cannot be read.
    pub fn new(mapping: Mapping, directory: impl Into<PathBuf>) -> Self {
        Self {
            mapping,
            directory: directory.into(),
            zone: Zone::default(),
            strictness: Strictness::default(),
            progress: None,
        }
    }

    /// The reporting zone: local times are read in it where the mapping names no zone of its own.
    pub fn with_zone(mut self, zone: Zone) -> Self {
        self.zone = zone;
        self
    }

    /// What becomes of a run that meets a row it cannot read.
    pub fn with_strictness(mut self, strictness: Strictness) -> Self {
        self.strictness = strictness;
        self
    }

    /// Is told the number of rows read so far, of all files together: every 65,536 rows and at the end.
    pub fn with_progress(mut self, progress: impl FnMut(u64) + Send + 'a) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Reads everything.
    ///
    /// # Errors
    /// An [`IntakeError`] where a file is missing, has no header or lacks a column that the mapping names; under
    /// [`Strictness::Stop`] also for the first row that cannot be read. "First" is in the order of reading: waybills,
    /// moved promises, events, complaints and their steps, claims, payments on them and their steps, ratings, costs, courier
    /// days, site shifts, stock counts; within
    /// them sections, files and rows as they stand, joined files before the file they are joined to.
    pub fn read(self) -> Result<Reading, IntakeError> {
        let defaults = self.mapping.defaults(self.zone);
        let records = Records::supplying(self.mapping.supplies().iter());
        let mut sink = Sink::new(records, self.strictness, self.progress);
        for kind in SectionKind::ALL {
            let mut sections = self.mapping.sections(kind).peekable();
            if sections.peek().is_some() {
                match kind {
                    SectionKind::CaseStep => sink.expect_case_steps(),
                    SectionKind::Payment => sink.expect_payments(),
                    SectionKind::ClaimStep => sink.expect_claim_steps(),
                    _ => {}
                }
            }
            sections.try_for_each(|section| read_section(section, &self.directory, &defaults, &mut sink))?;
            match kind {
                SectionKind::PromiseMove => sink.attach_moves(),
                SectionKind::CaseStep => sink.attach_case_steps(),
                SectionKind::Payment => sink.attach_payments(),
                SectionKind::ClaimStep => sink.attach_claim_steps(),
                _ => {}
            }
        }
        Ok(sink.finish())
    }
}

/// What a run has read.
///
/// For every kind, and every file of its sections, rows = records + set aside + left out.
#[derive(Debug, Clone, Default)]
#[must_use]
#[non_exhaustive]
pub struct Reading {
    /// The records, repeats included, with the counts of the rows that were set aside.
    pub records: Records,
    /// The rows that were set aside, in the order of reading.
    pub quarantine: Vec<SetAside>,
    /// Rows that the mapping itself leaves out, by kind: its conditions do not hold, or an event of a wide table did not
    /// happen. They are no rows of the input's account. Each step of a wide table counts as a row of its own.
    pub left_out: BTreeMap<RecordKind, u64>,
    /// The latest instant at which anything was recorded or happened. Promises do not count: they lie ahead.
    pub latest_instant: Option<Instant>,
    /// How far such instants reach without those that look like slips, and the rows that say so; none where there are none.
    pub reach: Option<Reach>,
}

fn read_section(
    section: &Section,
    directory: &Path,
    defaults: &Defaults<'_>,
    sink: &mut Sink<'_>,
) -> Result<(), IntakeError> {
    let kind = section.kind.record();
    let delimiter = section.delimiter.unwrap_or(defaults.delimiter);
    let mut joins = Joins::open(section, Some(directory), defaults)?;
    let mut runs = Vec::with_capacity(section.joins.len());
    for file in &section.files {
        let mut table = Table::open(directory, file, delimiter, section.kind.name())?;
        let compiled = Compiled::new(section, defaults, file, Some(&table.header), &mut joins)?;
        joins.read(kind, defaults.nulls, sink)?;
        let mut told = Told::default();
        sink.enter(file);
        while let Some(line) = table.next_line()? {
            sink.count_row(line.number);
            let outcome = line.cells.and_then(|cells| {
                let bare = Row { cells, joins: &joins, runs: &[], nulls: defaults.nulls };
                compiled.join(&bare, &mut runs)?;
                let row = Row { runs: &runs, ..bare };
                if all_hold(&compiled.tests, &row)? {
                    compiled.plan.take(&row, sink, &mut told)
                } else {
                    sink.leave_out(kind);
                    Ok(())
                }
            });
            for fault in told.faults.drain(..).chain(outcome.err()) {
                sink.refuse(kind, file, line.number, fault)?;
            }
        }
    }
    Ok(())
}
