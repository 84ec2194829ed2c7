//! Pieces sent together, judged as one by `on_time_delivery_rate`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::choices::{Choices, CohortDate};
use super::judge::{Shipment, Verdict};

/// The pieces of each consignment, in the order of their keys: of one carrier, posted on one day, under one number, which
/// is the parent's or a piece's own.
pub fn consignments<'s, 'a>(shipments: &'s [Shipment<'a>]) -> Vec<Vec<&'s Shipment<'a>>> {
    let mut together: BTreeMap<_, Vec<&Shipment<'a>>> = BTreeMap::new();
    for shipment in shipments {
        let key = &shipment.waybill.key;
        let number = shipment.waybill.parent.as_ref().unwrap_or(&key.number);
        together.entry((&key.carrier, number, key.posted_on)).or_default().push(shipment);
    }
    together.into_values().collect()
}

fn is_open(pieces: &[&Shipment<'_>], choices: &Choices) -> bool {
    let matured = Choices { provisional: false, ..choices.clone() };
    pieces.iter().any(|piece| matches!(piece.on_time(&matured), Verdict::Open(_)))
}

/// Hit where all hit that are not left out; open while one is, unless it is asked what is known, and that is a miss.
pub fn on_time(pieces: &[&Shipment<'_>], choices: &Choices) -> Verdict {
    let verdicts: Vec<Verdict> = pieces.iter().map(|piece| piece.on_time(choices)).collect();
    let has_missed = verdicts.contains(&Verdict::Miss);
    let waits = if choices.provisional { verdicts.contains(&Verdict::Open(None)) } else { is_open(pieces, choices) };
    if waits && !(choices.provisional && has_missed) {
        return Verdict::Open(None);
    }
    if has_missed {
        return Verdict::Miss;
    }
    if verdicts.contains(&Verdict::Hit) {
        return Verdict::Hit;
    }
    let reasons = verdicts.iter().filter_map(|verdict| match verdict {
        Verdict::Excluded(reason) => Some(*reason),
        _ => None,
    });
    Verdict::Excluded(reasons.min().expect("neither hit, miss nor open"))
}

/// What is to be known of any piece, once.
pub fn notes(pieces: &[&Shipment<'_>], choices: &Choices) -> Vec<&'static str> {
    let mut notes = BTreeSet::new();
    for piece in pieces {
        if piece.outside().is_none() && piece.on_time(choices) != Verdict::Excluded("no_promise") {
            notes.extend(piece.on_time_notes(choices));
        }
    }
    notes.remove("provisional");
    if matches!(on_time(pieces, choices), Verdict::Hit | Verdict::Miss) && is_open(pieces, choices) {
        notes.insert("provisional");
    }
    notes.into_iter().collect()
}

/// The latest day of the accepted pieces, if there are any; by completion none before all of them are completed.
pub fn day(pieces: &[&Shipment<'_>], choices: &Choices) -> Option<NaiveDate> {
    let accepted: Vec<_> = pieces.iter().filter(|piece| piece.outside().is_none()).copied().collect();
    let counted = if accepted.is_empty() { pieces.to_vec() } else { accepted };
    let days: Vec<_> = counted.iter().map(|piece| piece.day_by(choices.on_time_cohort, choices)).collect();
    if choices.on_time_cohort == CohortDate::Completed && days.contains(&None) {
        return None;
    }
    days.into_iter().flatten().max()
}
