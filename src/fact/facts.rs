//! Facts of every kind, with the account of the rows behind them.

use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::record::{Claim, Complaint, Instant, Records, Waybill};

use super::assembly::Assembly;
use super::consignment::Grouping;
use super::{ClaimPayment, Context, FactKind, GivenRating, History, InputAccount, NodeScan, Shipment, StagePassage};

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
    pub(super) scan_ends: Vec<usize>,        // where the scans of each shipment end
    pub(super) passage_ends: Vec<usize>,     // where the passages of each shipment end
    pub(super) grouping: OnceLock<Grouping>, // of the shipments, made when it is first asked for
}

/// What stands side by side by shipment, of the one at a place.
fn beside<'f, F>(all: &'f [F], ends: &[usize], place: usize) -> &'f [F] {
    let end = |place: usize| ends.get(place).copied();
    let start = place.checked_sub(1).map_or(Some(0), end);
    start.zip(end(place)).and_then(|(start, end)| all.get(start..end)).unwrap_or_default()
}

impl<'a> Facts<'a> {
    /// The scans of the shipment at a place; none beyond the last.
    #[must_use]
    pub fn scans_of(&self, place: usize) -> &[NodeScan] {
        beside(&self.scans, &self.scan_ends, place)
    }

    /// The passages of the shipment at a place; none beyond the last.
    #[must_use]
    pub fn passages_of(&self, place: usize) -> &[StagePassage] {
        beside(&self.passages, &self.passage_ends, place)
    }

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
