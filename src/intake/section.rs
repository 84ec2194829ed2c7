//! What all sections have in common: their files, the conditions on their rows, and the joins.

use super::column::Column;
use super::condition::Test;
use super::join::{JoinSpec, Joins, Run};
use super::keys::Keys;
use super::plan::{Defaults, Scope};
use super::quarantine::Fault;
use super::sink::Sink;
use super::table::Header;
use super::text::Row;
use super::written::Table;
use super::{IntakeError, case, claim, cost, event, step, stock, waybill, work};
use crate::record::RecordKind;

/// The kinds of section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SectionKind {
    Waybill,
    PromiseMove,
    Event,
    Complaint,
    CaseStep,
    Claim,
    Payment,
    ClaimStep,
    Rating,
    Cost,
    CourierDay,
    SiteShift,
    StockCount,
}

impl SectionKind {
    /// All kinds, in the order of reading: what others hang on comes before them.
    pub(super) const ALL: [Self; 13] = [
        Self::Waybill,
        Self::PromiseMove,
        Self::Event,
        Self::Complaint,
        Self::CaseStep,
        Self::Claim,
        Self::Payment,
        Self::ClaimStep,
        Self::Rating,
        Self::Cost,
        Self::CourierDay,
        Self::SiteShift,
        Self::StockCount,
    ];

    /// The key of its sections in the mapping.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::PromiseMove => "promise_move",
            Self::Payment => "payment",
            Self::CaseStep => "case_step",
            Self::ClaimStep => "claim_step",
            _ => self.record().name(),
        }
    }

    /// The kind of record in whose account its rows are.
    pub(super) fn record(self) -> RecordKind {
        match self {
            Self::Waybill | Self::PromiseMove => RecordKind::Waybill,
            Self::Event => RecordKind::Event,
            Self::Complaint | Self::CaseStep => RecordKind::Complaint,
            Self::Claim | Self::Payment | Self::ClaimStep => RecordKind::Claim,
            Self::Rating => RecordKind::Rating,
            Self::Cost => RecordKind::Cost,
            Self::CourierDay => RecordKind::CourierDay,
            Self::SiteShift => RecordKind::SiteShift,
            Self::StockCount => RecordKind::StockCount,
        }
    }

    /// The kind of section on whose records its own hang, so that they are none by themselves.
    pub(super) fn hangs_on(self) -> Option<Self> {
        match self {
            Self::PromiseMove => Some(Self::Waybill),
            Self::CaseStep => Some(Self::Complaint),
            Self::Payment | Self::ClaimStep => Some(Self::Claim),
            _ => None,
        }
    }

    fn plan(self, scope: &mut Scope<'_>) -> Result<Box<dyn TakeRow>, IntakeError> {
        Ok(match self {
            Self::Waybill => Box::new(waybill::WaybillPlan::compile(scope)?),
            Self::PromiseMove => Box::new(waybill::PromiseMovePlan::compile(scope)?),
            Self::Event => Box::new(event::EventPlan::compile(scope)?),
            Self::Complaint => Box::new(case::ComplaintPlan::compile(scope)?),
            Self::CaseStep => Box::new(step::CaseStepPlan::compile(scope)?),
            Self::Claim => Box::new(claim::ClaimPlan::compile(scope)?),
            Self::Payment => Box::new(claim::PaymentPlan::compile(scope)?),
            Self::ClaimStep => Box::new(step::ClaimStepPlan::compile(scope)?),
            Self::Rating => Box::new(case::RatingPlan::compile(scope)?),
            Self::Cost => Box::new(cost::CostPlan::compile(scope)?),
            Self::CourierDay => Box::new(work::CourierDayPlan::compile(scope)?),
            Self::SiteShift => Box::new(work::SiteShiftPlan::compile(scope)?),
            Self::StockCount => Box::new(stock::StockCountPlan::compile(scope)?),
        })
    }
}

/// A section of the mapping: which rows it reads, and its table, where its plan finds the fields.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) kind: SectionKind,
    pub(super) files: Vec<String>,
    pub(super) delimiter: Option<u8>,
    pub(super) joins: Vec<JoinSpec>,
    pub(super) table: Table,
}

impl Section {
    pub(super) fn read(kind: SectionKind, table: &Table) -> Result<Self, IntakeError> {
        let mut keys = Keys::new(kind.name(), table);
        keys.need("file")?;
        let files = keys.texts("file")?.unwrap_or_default();
        if files.is_empty() {
            return Err(keys.rule("file", "the section names no file", "name one or more"));
        }
        let mut joins = Vec::new();
        for join in keys.tables("join")? {
            joins.push(JoinSpec::read(keys.below("join", join), &joins)?);
        }
        Ok(Self { kind, files, delimiter: delimiter(&mut keys)?, joins, table: table.clone() })
    }

    /// Whether a field is mapped.
    pub(super) fn has(&self, field: &str) -> bool {
        self.table.find(field).is_some()
    }

    /// What is wrong with one of its keys.
    pub(super) fn rule(&self, key: &str, problem: &str, remedy: &str) -> IntakeError {
        Keys::new(self.kind.name(), &self.table).rule(key, problem, remedy)
    }
}

/// The delimiter of a table's files, as the byte that the CSV reader wants.
pub(super) fn delimiter(keys: &mut Keys<'_>) -> Result<Option<u8>, IntakeError> {
    let Some(text) = keys.text("delimiter")? else { return Ok(None) };
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n') => Ok(Some(*byte)),
        _ => {
            let remedy = "give one ASCII character, such as \",\", \";\" or \"\\t\"";
            Err(keys.rule("delimiter", format!("{text:?} cannot part cells"), remedy))
        }
    }
}

/// Turns rows into records.
pub(super) trait TakeRow {
    /// Puts what a row tells into the sink. One row may tell of several events, each of which may be at fault.
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, told: &mut Told) -> Result<(), Fault>;
}

/// What else a row tells, besides the record or the fault that [`TakeRow::take`] ends with.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) faults: Vec<Fault>,
}

/// A section tied to one file.
pub(super) struct Compiled {
    pub(super) plan: Box<dyn TakeRow>,
    pub(super) tests: Vec<Test>,
    keys: Vec<Column>, // of each join
}

impl Compiled {
    /// Ties a section to a file, or only checks it where there is no header.
    pub(super) fn new(
        section: &Section,
        defaults: &Defaults<'_>,
        file: &str,
        header: Option<&Header>,
        joins: &mut Joins,
    ) -> Result<Self, IntakeError> {
        let mut keys = Keys::new(section.kind.name(), &section.table);
        for read_before in ["file", "delimiter", "join"] {
            keys.may(read_before);
        }
        let mut scope = Scope { defaults, file, header, joins, keys };
        let keys = section.joins.iter().map(|join| Column::compile(&mut scope, "join.on", &join.on));
        let keys = keys.collect::<Result<_, _>>()?;
        let (tests, plan) = (scope.tests()?, section.kind.plan(&mut scope)?);
        scope.keys.done("such a section")?;
        Ok(Self { plan, tests, keys })
    }

    /// Looks up the joined rows of a row, join by join, so that a later one may take its key from an earlier one.
    pub(super) fn join(&self, row: &Row<'_>, runs: &mut Vec<Run>) -> Result<(), Fault> {
        runs.clear();
        for (index, key) in self.keys.iter().enumerate() {
            let run = {
                let so_far = Row { cells: row.cells, joins: row.joins, runs, nulls: row.nulls };
                row.joins.run(index, key.read(&so_far)?)
            };
            runs.push(run);
        }
        Ok(())
    }
}
