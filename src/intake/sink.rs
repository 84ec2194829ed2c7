//! Where records and refused rows go, and the account of both.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::iter;

use super::hung::Hung;
use super::quarantine::{Fault, SetAside};
use super::reach::Days;
use super::resolve::WaybillIndex;
use super::{Reading, Strictness};
use crate::casework::{CaseState, steps_of_states};
use crate::record::{
    CaseAction, CaseId, ClaimAction, ClaimId, Instant, Payment, PromiseMove, RecordKind, Records, Step, WaybillKey,
    WaybillNumber,
};

/// How many rows are read between two reports of progress.
const PROGRESS_ROWS: u64 = 1 << 16;

/// What is told how many rows have been read.
pub(crate) type Progress<'a> = Box<dyn FnMut(u64) + Send + 'a>;

/// Moves of promises by waybill.
pub(crate) type Moves = Hung<WaybillKey, PromiseMove>;

/// Everything a run has read so far.
pub(crate) struct Sink<'a> {
    pub(crate) records: Records,
    pub(crate) quarantine: Vec<SetAside>,
    pub(crate) left_out: BTreeMap<RecordKind, u64>,
    pub(crate) days: Days,
    /// Numbers of waybills whose rows could not be read.
    pub(crate) unread: HashSet<WaybillNumber>,
    /// Moves of promises read from files of their own, until the waybills take them up.
    pub(crate) moves: Moves,
    /// Payments read from files of their own, until the claims take them up.
    pub(crate) payments: Hung<ClaimId, Payment>,
    /// Steps of cases, until the cases take them up.
    pub(crate) case_steps: Hung<CaseId, Step<CaseAction>>,
    /// How cases stood, by a log that tells no actions, likewise.
    pub(crate) case_states: Hung<CaseId, Step<CaseState>>,
    /// Steps of claims, until the claims take them up.
    pub(crate) claim_steps: Hung<ClaimId, Step<ClaimAction>>,
    /// The numbers of the waybills' rows, beside the waybills; shorter where no further row has one.
    pub(crate) waybill_rows: Vec<Option<u64>>,
    /// The numbers of the cases' rows, likewise.
    pub(crate) complaint_rows: Vec<Option<u64>>,
    /// The numbers of the claims' rows, likewise.
    pub(crate) claim_rows: Vec<Option<u64>>,
    /// The line the row in work begins on.
    line: u64,
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
    pub(crate) fn new(records: Records, strictness: Strictness, progress: Option<Progress<'a>>) -> Self {
        Self {
            records,
            quarantine: Vec::new(),
            left_out: BTreeMap::new(),
            days: Days::default(),
            unread: HashSet::new(),
            moves: Hung::default(),
            payments: Hung::default(),
            case_steps: Hung::default(),
            case_states: Hung::default(),
            claim_steps: Hung::default(),
            waybill_rows: Vec::new(),
            complaint_rows: Vec::new(),
            claim_rows: Vec::new(),
            line: 0,
            index: None,
            strictness,
            rows: 0,
            progress,
        }
    }

    /// Begins with a file.
    pub(crate) fn enter(&mut self, file: &str) {
        self.days.enter(file);
    }

    /// Begins with a row of the file.
    pub(crate) fn count_row(&mut self, line: u64) {
        self.line = line;
        self.rows += 1;
        if self.rows.is_multiple_of(PROGRESS_ROWS) {
            self.report();
        }
    }

    /// Tells how many rows have been read.
    pub(crate) fn report(&mut self) {
        if let Some(progress) = &mut self.progress {
            progress(self.rows);
        }
    }

    /// Sets a row aside, or stops the run where the caller asked for that.
    pub(crate) fn refuse(
        &mut self,
        kind: RecordKind,
        file: &str,
        line: u64,
        fault: Fault,
    ) -> Result<(), Box<SetAside>> {
        let row = fault.set_aside(kind, file, line);
        if self.strictness == Strictness::Stop {
            return Err(Box::new(row));
        }
        self.records.set_aside.entry(kind).or_default().quarantine(row.reason.code(), 1);
        self.quarantine.push(row);
        Ok(())
    }

    /// Counts a row that the mapping itself leaves out.
    pub(crate) fn leave_out(&mut self, kind: RecordKind) {
        *self.left_out.entry(kind).or_default() += 1;
    }

    /// Makes an entry for each claim read, so that a payment on another one is known for what it is.
    pub(crate) fn expect_payments(&mut self) {
        for claim in &self.records.claims {
            self.payments.expect(claim.id.clone());
        }
    }

    /// Makes an entry for each case read, likewise.
    pub(crate) fn expect_case_steps(&mut self) {
        for case in &self.records.complaints {
            self.case_steps.expect(case.id.clone());
        }
    }

    /// Makes an entry for the steps of each claim read, likewise.
    pub(crate) fn expect_claim_steps(&mut self) {
        for claim in &self.records.claims {
            self.claim_steps.expect(claim.id.clone());
        }
    }

    /// Gives the moves to their waybills: to each row of a waybill, since only the core decides which row holds.
    pub(crate) fn attach_moves(&mut self) {
        if self.moves.is_empty() {
            return;
        }
        let rows = self.waybill_rows.iter().copied().chain(iter::repeat(None));
        for (waybill, row) in self.records.waybills.iter_mut().zip(rows) {
            let moves: Vec<PromiseMove> = self.moves.of(&waybill.key, row).copied().collect();
            waybill.take_moves(moves);
        }
    }

    /// Gives the payments to their claims. Two equal payments of one day are two payments.
    pub(crate) fn attach_payments(&mut self) {
        let rows = self.claim_rows.iter().copied().chain(iter::repeat(None));
        for (claim, row) in self.records.claims.iter_mut().zip(rows) {
            claim.payments.extend(self.payments.of(&claim.id, row));
            claim.payments.sort_unstable();
        }
    }

    /// Gives the steps to their cases.
    pub(crate) fn attach_case_steps(&mut self) {
        let rows = self.complaint_rows.iter().copied().chain(iter::repeat(None));
        for (case, row) in self.records.complaints.iter_mut().zip(rows) {
            case.steps.extend(self.case_steps.of(&case.id, row).cloned());
            case.steps.extend(steps_of_states(self.case_states.of(&case.id, row).cloned()));
            case.steps.sort_unstable();
        }
    }

    /// Gives the steps to their claims.
    pub(crate) fn attach_claim_steps(&mut self) {
        let rows = self.claim_rows.iter().copied().chain(iter::repeat(None));
        for (claim, row) in self.records.claims.iter_mut().zip(rows) {
            claim.steps.extend(self.claim_steps.of(&claim.id, row).cloned());
            claim.steps.sort_unstable();
        }
    }

    /// What was read.
    pub(crate) fn finish(mut self) -> Reading {
        self.report();
        let reach = self.days.reach();
        Reading {
            records: self.records,
            quarantine: self.quarantine,
            left_out: self.left_out,
            latest_instant: reach.as_ref().map(|reach| reach.latest.at),
            reach,
        }
    }

    /// Takes note of the instants of a record.
    pub(crate) fn saw(&mut self, instants: impl IntoIterator<Item = Option<Instant>>) {
        instants.into_iter().flatten().for_each(|at| self.days.take(at, self.line));
    }

    /// Takes note of a waybill that is kept elsewhere.
    #[cfg(feature = "arrow")]
    pub(crate) fn refer_to(&mut self, key: &WaybillKey) {
        self.index.get_or_insert_default().insert(key);
    }

    /// The waybills read, by number. Waybills are read first, so that nothing depends on the order of the sections.
    pub(crate) fn waybills(&mut self) -> &WaybillIndex {
        self.index.get_or_insert_with(|| WaybillIndex::of(&self.records.waybills))
    }
}
