//! Facts of every kind, with the account of the rows behind them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::record::{Claim, Complaint, InputCount, Instant, RecordKind, RecordSet, Records, Waybill};

use super::assembly::Assembly;
use super::{ClaimPayment, Context, FactKind, GivenRating, History, NodeScan, Shipment, StagePassage};

/// Where the input rows of every kind went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct InputAccount {
    /// By kind; a kind that was not supplied has no entry.
    pub by_kind: BTreeMap<RecordKind, InputCount>,
}

impl InputAccount {
    /// The kinds supplied.
    #[must_use]
    pub fn supplied(&self) -> RecordSet {
        self.by_kind.keys().copied().collect()
    }
    /// The kinds of which figures can be made: supplied, and not unreadable to the last row. Scans that wait for their
    /// waybills can be read.
    #[must_use]
    pub fn usable(&self) -> RecordSet {
        let unreadable = |count: &InputCount| count.quarantined.keys().any(|reason| reason != "unknown_waybill");
        let is_usable = |count: &InputCount| count.used > 0 || !unreadable(count);
        self.by_kind.iter().filter(|(_, count)| is_usable(count)).map(|(&kind, _)| kind).collect()
    }
    /// Adds another batch's account.
    pub fn merge(&mut self, other: &Self) {
        for (&kind, count) in &other.by_kind {
            self.by_kind.entry(kind).or_default().merge(count);
        }
    }
}

/// Facts of every kind, as known at one `as_of`, with the account of the rows behind them.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Facts<'a> {
    /// Shipments, ascending by waybill key.
    pub shipments: Vec<Shipment>,
    /// The waybill row behind each shipment.
    pub waybills: Vec<&'a Waybill>,
    /// Scans, each identity once, where a KPI observes them.
    pub scans: Vec<NodeScan>,
    /// Times through stages, along legs and the whole way, side by side by waybill, where a KPI observes them.
    pub passages: Vec<StagePassage>,
    /// Complaints, inquiries and appeals; instants after `as_of` read as absent.
    pub complaints: Vec<Complaint>,
    /// Claims; instants and payments after `as_of` read as absent.
    pub claims: Vec<Claim>,
    /// Payments on claims.
    pub payments: Vec<ClaimPayment>,
    /// Ratings, with what was answered later about their waybills.
    pub ratings: Vec<GivenRating>,
    /// Where the rows went.
    pub input: InputAccount,
    /// The first instant after `as_of` at which one of these records, or an instant inside one, becomes known.
    pub next_change_at: Option<Instant>,
}

impl<'a> Facts<'a> {
    /// Makes facts out of records, as known at the context's `as_of`.
    ///
    /// `history` is the pass over all customers' orders; without it, these records are taken for all there are.
    #[must_use]
    pub fn assemble(records: &'a Records, context: &Context, history: Option<&History>) -> Self {
        let own = history.is_none().then(|| History::of(records));
        Self::assemble_for(&FactKind::ALL, records, context, history.or(own.as_ref()), None)
    }

    /// [`Facts::assemble`], but only with the kinds of fact that somebody observes; shipments are always there. With a
    /// source partition, cases, claims and ratings whose holding row lies elsewhere are left to that partition, and rows
    /// that name another partition to its account.
    #[must_use]
    pub fn assemble_for(
        wanted: &[FactKind],
        records: &'a Records,
        context: &Context,
        history: Option<&History>,
        partition: Option<NaiveDate>,
    ) -> Self {
        let mut facts = Self::default();
        let mut assembly = Assembly::begin(wanted, records, context, history, partition);
        assembly.fill(usize::MAX, &mut facts);
        assembly.finish(&mut facts);
        facts
    }
}
