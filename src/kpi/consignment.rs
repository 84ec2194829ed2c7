//! Figures over consignments: what the pieces of one mean together.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::fact::{Consignment, Context, FactKind, Facts, Shipment};
use crate::outcome::{Outcome, Term};
use crate::record::Instant;
use crate::state::{Measure, State};

use super::joined::joined;
use super::reading::{Reading, maturity_of};
use super::table::{FactBatch, Table, is_adverse};
use super::{Cohort, Kpi, Observe, RecordVerdict};

type MeasureOf<K> = <<K as Kpi>::State as State>::Measure;

/// What the pieces mean together: the consignment counts as its worst piece.
pub(super) fn outcome<K: Observe<Shipment>>(
    kpi: &K,
    consignment: Consignment<'_>,
    at: &Context,
) -> Outcome<MeasureOf<K>> {
    let direction = kpi.definition().direction;
    let pieces = consignment.pieces().map(|piece| kpi.outcome(piece, at));
    joined(pieces, |measure| is_adverse(measure.kind(), direction))
}

/// The day of the latest of the pieces that were accepted, or where none was, of all; none by completion while one of them
/// is to be completed yet. One that is left out of the figure in the end, such as a piece sent back for the customer's
/// reason, is waited for no more. It hangs on records alone: what time makes of a piece must not move the day.
fn cohort<K: Observe<Shipment>>(kpi: &K, consignment: Consignment<'_>, at: &Context) -> Option<NaiveDate> {
    let some_accepted = consignment.pieces().any(|piece| piece.acceptance().is_ok());
    let counted = consignment.pieces().filter(|piece| !some_accepted || piece.acceptance().is_ok());
    let by_completion = kpi.policies().is_some_and(|policies| policies.cohort == Cohort::Completed);
    let unfinished = |piece: &&Shipment| by_completion && kpi.cohort(piece, at).is_none();
    if counted.clone().any(|piece| unfinished(&piece)) {
        let in_the_end = at.clone().moved_to(Instant::MAX);
        let left_out = |piece: &Shipment| matches!(kpi.outcome(piece, &in_the_end), Outcome::Excluded(_));
        if !counted.clone().filter(unfinished).all(left_out) {
            return None;
        }
    }
    counted.filter_map(|piece| kpi.cohort(piece, at)).max()
}

/// Takes consignments into a table, each in the groups of its piece with the least key.
pub(super) fn observe_consignments<K: Observe<Shipment>>(table: &mut Table<K>, batch: &FactBatch<'_>, at: &Context) {
    let kpi = table.kpi().clone();
    let maturity = maturity_of(&kpi);
    for consignment in batch.facts.consignments() {
        // A note is on the consignment, however many of its pieces give rise to it.
        let mut notes = BTreeSet::new();
        for piece in consignment.pieces() {
            kpi.notes(piece, at, &mut |note: &Term| {
                notes.insert(*note);
            });
        }
        for &group in batch.shipments.of(consignment.first_place()) {
            let read = Reading::of(outcome(&kpi, consignment, at), maturity);
            let cell = table.place(group, cohort(&kpi, consignment, at), read.holds_until);
            notes.iter().for_each(|note| cell.note(note));
            let described = || (consignment.id().into(), Some(consignment.posted_on()));
            read.count_in(cell, kpi.definition().direction, described);
        }
    }
}

/// The verdict column by consignment, each under its parent number.
pub(super) fn judge_consignments<K: Observe<Shipment>>(
    kpi: &K,
    facts: &Facts<'_>,
    at: &Context,
    verdicts: &mut Vec<RecordVerdict>,
) {
    let told = |consignment: Consignment<'_>| {
        let read = Reading::of(outcome(kpi, consignment, at), maturity_of(kpi));
        let (id, posted_on) = (consignment.id().into_owned(), Some(consignment.posted_on()));
        RecordVerdict::told(FactKind::Shipment, id, posted_on, cohort(kpi, consignment, at), read, at)
    };
    verdicts.extend(facts.consignments().map(told));
}
