//! Figures over consignments: what the pieces of one mean together.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::fact::{Consignment, Context, FactKind, Facts, Shipment};
use crate::outcome::{Outcome, Term};
use crate::record::Instant;
use crate::state::State;

use super::cell_grid::CellGrid;
use super::joined::joined;
use super::look::Look;
use super::reading::{Reading, maturity_of};
use super::{Cohort, FactBatch, Kpi, Observe, RecordVerdict, ShipmentOutcome};

/// A KPI over shipments looking at consignments: each counts as its worst piece.
pub(super) struct EachConsignment<K>(pub(super) K);

type ReadingOf<K> = Reading<<<K as Kpi>::State as State>::Measure>;

impl<K: Observe<Shipment>> EachConsignment<K> {
    fn read(&self, consignment: Consignment<'_>, at: &Context) -> ReadingOf<K> {
        let definition = self.0.definition();
        let mut pieces = consignment.pieces().map(|piece| self.0.outcome(piece, at));
        Reading::of(joined(&mut pieces, definition.direction), maturity_of(definition, self.0.policies()))
    }

    /// The day of the latest of the pieces that were accepted, or where none was, of all; none by completion while one of
    /// them is to be completed yet. One that is left out of the figure in the end, such as a piece sent back for the
    /// customer's reason, is waited for no more. It hangs on records alone: what time makes of a piece must not move the day.
    fn cohort(&self, consignment: Consignment<'_>, at: &Context) -> Option<NaiveDate> {
        let by_completion = self.0.policies().is_some_and(|policies| policies.cohort == Cohort::Completed);
        let some_accepted = consignment.pieces().any(|piece| piece.acceptance().is_ok());
        let mut latest = None;
        for piece in consignment.pieces() {
            if some_accepted && piece.acceptance().is_err() {
                continue;
            }
            let day = self.0.cohort(piece, at);
            if by_completion && day.is_none() && !self.is_left_out_in_the_end(piece, at) {
                return None;
            }
            latest = latest.max(day);
        }
        latest
    }

    fn is_left_out_in_the_end(&self, piece: &Shipment, at: &Context) -> bool {
        matches!(self.0.outcome(piece, &at.clone().moved_to(Instant::MAX)), Outcome::Excluded(_))
    }
}

impl<K: Observe<Shipment>> Look<K::State> for EachConsignment<K> {
    /// Each in the groups of its piece with the least key.
    fn observe(&self, batch: &FactBatch<'_>, at: &Context, grid: &mut CellGrid<K::State>) {
        for consignment in batch.facts.consignments() {
            // A note is on the consignment, however many of its pieces give rise to it.
            let mut notes = BTreeSet::new();
            for piece in consignment.pieces() {
                self.0.notes(piece, at, &mut |note: &Term| {
                    notes.insert(*note);
                });
            }
            for &group in batch.shipments.of(consignment.first_place()) {
                let read = self.read(consignment, at);
                let cell = grid.place(group, self.cohort(consignment, at), read.holds_until);
                for note in &notes {
                    cell.note(note);
                }
                let describe = || (consignment.id().into(), Some(consignment.posted_on()));
                read.count_in(cell, self.0.definition().direction, &describe);
            }
        }
    }

    /// Each under its parent number.
    fn judge(&self, facts: &Facts<'_>, at: &Context, verdicts: &mut Vec<RecordVerdict>) {
        for consignment in facts.consignments() {
            let (id, posted_on) = (consignment.id().into_owned(), Some(consignment.posted_on()));
            let (read, cohort) = (self.read(consignment, at), self.cohort(consignment, at));
            verdicts.push(RecordVerdict::told(FactKind::Shipment, id, posted_on, cohort, read, at));
        }
    }
    /// Each piece what its consignment is.
    fn outcomes(&self, facts: &Facts<'_>, at: &Context) -> Vec<Option<ShipmentOutcome>> {
        let mut all = vec![None; facts.shipments.len()];
        for consignment in facts.consignments() {
            let told = ShipmentOutcome::of(self.read(consignment, at));
            consignment.places().for_each(|place| all[place] = Some(told));
        }
        all
    }
}
