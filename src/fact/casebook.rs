//! What hangs on waybills or on none, settled: complaints, claims, payments, ratings, and the rows that run the network.

#[cfg(feature = "arrow")]
use std::collections::BTreeMap;

use crate::casework::Life;
use crate::record::{CaseAction, Claim, Complaint, Instant, Rating, Records, Step};
#[cfg(feature = "arrow")]
use crate::record::{InputCount, RecordKind, RecordSet, WaybillKey};

use super::account::InputAccount;
use super::known::Known;
use super::settle::{Homed, Revised, Settled, latest};
use super::{ClaimPayment, GivenRating};

/// Cases, claims, payments and ratings of which each row holds, as known at one instant, with the account of every row but
/// those of waybills and scans.
///
/// It is settled over *all* rows of a kind, since later rows of one case may name another waybill; what holds can then be
/// [split](Self::split) by waybill.
#[derive(Debug, Default)]
pub(crate) struct Casebook {
    pub(super) complaints: Vec<Complaint>,
    pub(super) claims: Vec<Claim>,
    pub(super) payments: Vec<ClaimPayment>,
    pub(super) ratings: Vec<GivenRating>,
    pub(super) input: InputAccount,
}

impl Casebook {
    /// Settles which rows hold. Rows set aside before are booked for every kind that was supplied.
    pub(crate) fn settle(records: &Records, known: &mut Known) -> Self {
        let mut book = Self::default();
        for kind in records.kinds().iter() {
            let aside = records.set_aside.get(&kind).cloned().unwrap_or_default();
            book.input.by_kind.insert(kind, aside);
        }
        let rows = book.admit(&records.complaints, Complaint::known_at, known, |row| row.validate().is_ok());
        book.complaints = rows.into_iter().map(|row| complaint_as_known(row, known)).collect();
        let rows = book.admit(&records.claims, Claim::known_at, known, |row| row.validate().is_ok());
        for row in rows {
            let claim = claim_as_known(row, known);
            book.payments.extend(claim.payments.iter().map(|payment| ClaimPayment::of(&claim, payment)));
            book.claims.push(claim);
        }
        let rows = book.admit(&records.ratings, Rating::known_at, known, |_| true);
        book.ratings = GivenRating::of(rows);
        book.account_for_operations(records, known);
        book
    }

    pub(super) fn admit<'r, R: Revised + Homed>(
        &mut self,
        records: &'r [R],
        known_at: impl Fn(&R) -> Instant,
        known: &mut Known,
        is_valid: fn(&R) -> bool,
    ) -> Vec<&'r R> {
        let Some(count) = self.input.by_kind.get_mut(&R::RECORD) else { return Vec::new() };
        let mut rows = Vec::with_capacity(records.len());
        for record in records {
            if !known.admits(known_at(record)) {
                count.not_yet_known += u64::from(known.is_here(record));
            } else if is_valid(record) {
                rows.push(record);
            } else if known.is_here(record) {
                count.quarantine("invalid_value", 1);
            }
        }
        let mut settled = Settled::default();
        let mut kept = latest(rows, |row| known.is_here(row), &mut settled);
        kept.retain(|row| known.is_here(*row));
        settled.book(count, kept.len() as u64, &format!("conflicting_{}", R::RECORD.name()));
        kept
    }
}

/// What the columnar engine does with it.
#[cfg(feature = "arrow")]
impl Casebook {
    /// Nothing settled, with an account opened for some kinds.
    pub(crate) fn opened(kinds: RecordSet) -> Self {
        let accounts = kinds.iter().map(|kind| (kind, InputCount::default()));
        Self { input: InputAccount { by_kind: accounts.collect() }, ..Self::default() }
    }

    /// Splits what holds into parts by the waybill it hangs on. The account stays with the first part; the others open one
    /// of their own for the same kinds.
    pub(crate) fn split(self, parts: usize, part_of: impl Fn(Option<&WaybillKey>) -> usize) -> Vec<Self> {
        let kinds = self.input.supplied();
        let mut books = self.split_sparsely(part_of);
        (0..parts.max(1)).map(|part| books.remove(&part).unwrap_or_else(|| Self::opened(kinds))).collect()
    }

    /// [`Casebook::split`] without the parts that nothing falls to, but for the first.
    pub(crate) fn split_sparsely(self, part_of: impl Fn(Option<&WaybillKey>) -> usize) -> BTreeMap<usize, Self> {
        let kinds = self.input.supplied();
        let mut books = BTreeMap::from([(0, Self { input: self.input, ..Self::default() })]);
        for row in self.complaints {
            of(&mut books, part_of(row.waybill.as_ref()), kinds).complaints.push(row);
        }
        for row in self.claims {
            of(&mut books, part_of(row.waybill.as_ref()), kinds).claims.push(row);
        }
        for row in self.payments {
            of(&mut books, part_of(row.waybill.as_ref()), kinds).payments.push(row);
        }
        for row in self.ratings {
            of(&mut books, part_of(row.rating.waybill.as_ref()), kinds).ratings.push(row);
        }
        books
    }

    /// Books a row that was set aside.
    pub(crate) fn set_aside(&mut self, kind: RecordKind, reason: &str) {
        self.input.by_kind.entry(kind).or_default().quarantine(reason, 1);
    }
}

/// The book of a part, opened where there is none yet.
#[cfg(feature = "arrow")]
fn of(books: &mut BTreeMap<usize, Casebook>, part: usize, kinds: RecordSet) -> &mut Casebook {
    books.entry(part).or_insert_with(|| Casebook::opened(kinds))
}

fn complaint_as_known(row: &Complaint, known: &mut Known) -> Complaint {
    let mut case = row.clone();
    known_steps(&mut case.steps, known);
    case.responded_at = case.responded_at.filter(|&at| known.admits(at));
    case.resolved_at = case.resolved_at.filter(|&at| known.admits(at));
    // The finding comes with the answer: while that lies ahead, so does the finding.
    let mut is_found = case.resolved_at.is_some() || row.resolved_at.is_none();
    if let Some(Ok(life)) = Life::of_case(&case) {
        life.write_into(&mut case, known.as_of);
        is_found = life.first(CaseAction::Resolve, known.as_of).is_some();
    }
    case.upheld = case.upheld.filter(|_| is_found);
    case.responsible = case.responsible.filter(|_| is_found);
    case
}

fn claim_as_known(row: &Claim, known: &mut Known) -> Claim {
    let mut claim = row.clone();
    known_steps(&mut claim.steps, known);
    claim.confirmed_at = claim.confirmed_at.filter(|&at| known.admits(at));
    claim.decided_at = claim.decided_at.filter(|&at| known.admits(at));
    claim.decision = claim.decision.filter(|_| claim.decided_at.is_some() || row.decided_at.is_none());
    claim.payments.retain(|payment| known.admits(payment.paid_at));
    claim.payments.sort_unstable();
    if let Some(Ok(life)) = Life::of_claim(&claim) {
        life.write_into(&mut claim, known.as_of);
    }
    claim
}

/// Leaves the steps that are known, in order, each once.
fn known_steps<A: Ord>(steps: &mut Vec<Step<A>>, known: &mut Known) {
    steps.retain(|step| known.admits(step.at));
    steps.sort_unstable();
    steps.dedup();
}
