//! Where records and refused rows go, and the account of both.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;

use super::quarantine::{Fault, SetAside};
use super::reach::Days;
use super::resolve::WaybillIndex;
use super::{IntakeError, Strictness};
use crate::record::{ClaimId, Instant, Payment, PromiseMove, RecordKind, Records, WaybillKey, WaybillNumber};

/// How many rows are read between two reports of progress.
const PROGRESS_ROWS: u64 = 1 << 16;

/// What is told how many rows have been read.
pub(super) type Progress<'a> = Box<dyn FnMut(u64) + 'a>;

/// Everything a run has read so far.
pub(super) struct Sink<'a> {
    pub(super) records: Records,
    pub(super) quarantine: Vec<SetAside>,
    pub(super) left_out: BTreeMap<RecordKind, u64>,
    pub(super) days: Days,
    /// Numbers of waybills whose rows could not be read.
    pub(super) unread: HashSet<WaybillNumber>,
    /// Moves of promises read from files of their own, until the waybills take them up.
    pub(super) moves: BTreeMap<WaybillKey, Vec<PromiseMove>>,
    /// Payments read from files of their own, until the claims take them up.
    pub(super) payments: BTreeMap<ClaimId, Vec<Payment>>,
    /// Where the row in work stands.
    here: (Arc<str>, u64),
    index: Option<WaybillIndex>,
    strictness: Strictness,
    rows: u64,
    progress: Option<Progress<'a>>,
}

impl fmt::Debug for Sink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sink").field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl<'a> Sink<'a> {
    pub(super) fn new(records: Records, strictness: Strictness, progress: Option<Progress<'a>>) -> Self {
        Self {
            records,
            quarantine: Vec::new(),
            left_out: BTreeMap::new(),
            days: Days::default(),
            unread: HashSet::new(),
            moves: BTreeMap::new(),
            payments: BTreeMap::new(),
            here: (Arc::from(""), 0),
            index: None,
            strictness,
            rows: 0,
            progress,
        }
    }

    /// Begins with a file.
    pub(super) fn enter(&mut self, file: &str) {
        self.here = (Arc::from(file), 0);
    }

    /// Begins with a row of the file.
    pub(super) fn count_row(&mut self, line: u64) {
        self.here.1 = line;
        self.rows += 1;
        if self.rows.is_multiple_of(PROGRESS_ROWS) {
            self.report();
        }
    }

    /// Tells how many rows have been read.
    pub(super) fn report(&mut self) {
        if let Some(progress) = &mut self.progress {
            progress(self.rows);
        }
    }

    /// Sets a row aside, or stops the run where the caller asked for that.
    pub(super) fn refuse(&mut self, kind: RecordKind, file: &str, line: u64, fault: Fault) -> Result<(), IntakeError> {
        let row = fault.set_aside(kind, file, line);
        if self.strictness == Strictness::Stop {
            return Err(IntakeError::Refused(Box::new(row)));
        }
        self.records.set_aside.entry(kind).or_default().quarantine(row.reason.code(), 1);
        self.quarantine.push(row);
        Ok(())
    }

    /// Counts a row that the mapping itself leaves out.
    pub(super) fn leave_out(&mut self, kind: RecordKind) {
        *self.left_out.entry(kind).or_default() += 1;
    }

    /// Takes note of the instants of a record.
    pub(super) fn saw(&mut self, instants: impl IntoIterator<Item = Option<Instant>>) {
        let (file, line) = &self.here;
        instants.into_iter().flatten().for_each(|at| self.days.take(at, file, *line));
    }

    /// The waybills read, by number. Waybills are read first, so that nothing depends on the order of the sections.
    pub(super) fn waybills(&mut self) -> &WaybillIndex {
        self.index.get_or_insert_with(|| WaybillIndex::of(&self.records.waybills))
    }
}
