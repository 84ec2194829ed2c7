//! Pieces sent together, judged as one by the rates over pieces.

use std::collections::{BTreeMap, BTreeSet};

use parcelgauge::record::Instant;

use super::choices::{Choices, CohortDate};
use super::judge::{Judged, Lean, Shipment, Verdict};
use super::watch::if_so;

/// How one piece is judged.
pub type Judge = fn(&Shipment<'_>, &Choices) -> Judged;

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

/// What the pieces come to together, on the latest day of the accepted ones, if there are any, else of all; by completion
/// on none before all of them are completed that are not left out in the end. What is to be known of any piece is to be known of the whole, once.
pub fn judged(pieces: &[&Shipment<'_>], possible: &[CohortDate], judge: Judge, choices: &Choices) -> Judged {
    let each: Vec<Judged> = pieces.iter().map(|piece| judge(piece, choices)).collect();
    let has_accepted = pieces.iter().any(|piece| piece.outside().is_none());
    let mut of_accepted = pieces.iter().zip(&each).filter(|(piece, _)| !has_accepted || piece.outside().is_none());
    let days: Vec<_> = of_accepted.clone().map(|(_, judged)| judged.day).collect();
    let in_the_end = Choices { as_of: Instant::MAX.as_millis(), ..choices.clone() };
    let is_awaited = |(piece, judged): (&&Shipment<'_>, &Judged)| {
        let is_left_out = || matches!(judge(piece, &in_the_end).verdict, Verdict::Excluded(_));
        judged.day.is_none() && !if_so("consignment: without a piece left out", is_left_out())
    };
    let is_unfinished = choices.cohort_of(possible) == CohortDate::Completed && of_accepted.any(is_awaited);
    let notes: BTreeSet<&str> = each.iter().flat_map(|judged| judged.notes.iter().copied()).collect();
    Judged {
        day: if is_unfinished { None } else { days.into_iter().flatten().max() },
        verdict: whole(&each.iter().map(|judged| judged.verdict).collect::<Vec<_>>()),
        notes: notes.into_iter().collect(),
    }
}

/// Hit where all hit that are not left out, invalid where one of them is, open while one is. While it is open, a miss of one
/// is a miss of the whole, and it hits so far if each does; of one that is invalid nothing is known so far.
fn whole(verdicts: &[Verdict]) -> Verdict {
    let reasons = |which: fn(&Verdict) -> Option<&'static str>| verdicts.iter().filter_map(which).min();
    let invalid = reasons(|verdict| if let Verdict::Invalid(reason) = verdict { Some(reason) } else { None });
    let excluded = reasons(|verdict| if let Verdict::Excluded(reason) = verdict { Some(reason) } else { None });
    let has = |counted: Verdict, lean: Lean| verdicts.contains(&counted) || verdicts.contains(&Verdict::Leans(lean));
    let (has_missed, has_hit) = (has(Verdict::Miss, Lean::Miss), has(Verdict::Hit, Lean::Hit));
    let some_wait = verdicts.contains(&Verdict::Open(None));
    let is_open = some_wait || verdicts.iter().any(|verdict| matches!(verdict, Verdict::Leans(_)));
    if_so("consignment: open, though a piece has missed", is_open && verdicts.contains(&Verdict::Miss));
    if_so("consignment: a miss among hits", has_missed && has_hit);
    match (invalid, excluded) {
        (Some(_), _) if is_open => Verdict::Open(None),
        (Some(reason), _) => Verdict::Invalid(reason),
        _ if has_missed => Verdict::Miss.once(!is_open),
        _ if some_wait => Verdict::Open(None),
        _ if has_hit => Verdict::Hit.once(!is_open),
        (None, Some(reason)) => Verdict::Excluded(reason),
        (None, None) => panic!("no consignment without a piece"),
    }
}
