//! `on_time_delivery_rate` and `lateness_hours`: what became of a promise.

use parcelgauge::record::{Mover, Party};

use super::choices::{Choices, CohortDate};
use super::judge::{Judged, Shipment, Verdict};
use super::promise::{Judged as Promised, judged, moves};
use super::trip::{Completion, Exit};
use super::watch::has_come;

/// The dates that both can be had by.
pub const COHORTS: [CohortDate; 4] =
    [CohortDate::Due, CohortDate::Ordered, CohortDate::Accepted, CohortDate::Completed];

/// For `on_time_delivery_rate`.
pub fn on_time(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = on_time_verdict(shipment, choices).unwrap_or_else(|verdict| verdict);
    shipment.judged(&COHORTS, choices.storage, choices, verdict, notes(shipment, choices))
}

fn on_time_verdict(shipment: &Shipment<'_>, choices: &Choices) -> Result<Verdict, Verdict> {
    let promise = promise(shipment, choices)?;
    let completed_at = shipment.trip.completion(choices.storage).map(|done| done.scanned.at);
    let is_kept = completed_at.is_some_and(|at| promise.is_kept_at(at, choices));
    let so_far = if is_kept {
        Verdict::Hit
    } else if is_tried_in_vain(shipment, choices, |attempt| promise.is_kept_at(attempt, choices)) {
        Verdict::Excluded("customer_return")
    } else if choices.delivered_only && completed_at.is_none() {
        Verdict::Excluded("not_delivered")
    } else {
        Verdict::Miss
    };
    let is_due = !promise.is_kept_at(choices.as_of, choices);
    Ok(if has_matured(promise, choices) {
        so_far
    } else if is_due || shipment.has_ended(choices.storage) {
        so_far.once(false)
    } else {
        Verdict::Open(None)
    })
}

/// For `lateness_hours`: late are the misses of the rate; how late counts from the promise itself.
pub fn lateness(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = lateness_verdict(shipment, choices).unwrap_or_else(|verdict| verdict);
    shipment.judged(&COHORTS, choices.storage, choices, verdict, notes(shipment, choices))
}

fn lateness_verdict(shipment: &Shipment<'_>, choices: &Choices) -> Result<Verdict, Verdict> {
    let promise = promise(shipment, choices)?;
    Ok(so_late(promise, shipment, choices).once(has_matured(promise, choices)))
}

fn so_late(promise: Promised, shipment: &Shipment<'_>, choices: &Choices) -> Verdict {
    let promised = promise.line(choices) - choices.grace;
    let completed = shipment.trip.completion(choices.storage).map(|done| done.scanned);
    if completed.is_some_and(|done| promise.is_kept_at(done.at, choices)) {
        return Verdict::Excluded("on_time");
    }
    if is_tried_in_vain(shipment, choices, |attempt| promise.is_kept_at(attempt, choices)) {
        return Verdict::Excluded("customer_return");
    }
    match completed {
        Some(done) if choices.keep_anomalies => Verdict::Lasted(done.occurred - promised),
        Some(done) if done.anomalous => Verdict::Invalid("clock_anomaly"),
        Some(done) => Verdict::Lasted(done.at - promised),
        None => shipment.trip.end().map_or(Verdict::Open(Some(promised)), Verdict::Excluded),
    }
}

/// The promise judged.
fn promise(shipment: &Shipment<'_>, choices: &Choices) -> Result<Promised, Verdict> {
    shipment.acceptance()?;
    let promise = judged(shipment.waybill, choices).ok_or(Verdict::Excluded("no_promise"))?;
    shipment.unspared_on_the_way(choices.storage, choices).map(|_| promise)
}

/// Whether its deadline and `settle` have passed.
fn has_matured(promise: Promised, choices: &Choices) -> bool {
    has_come("promise + settle", promise.line(choices) + choices.settle, choices.as_of)
}

/// Whether a delivery was tried in time before the trip ended on the customer's account.
pub fn is_tried_in_vain(shipment: &Shipment<'_>, choices: &Choices, in_time: impl Fn(i64) -> bool) -> bool {
    is_on_the_customers_account(shipment, choices) && shipment.trip.attempts.iter().any(|&attempt| in_time(attempt))
}

/// Cancelled, redirected or refused in transit, unless the carrier or force majeure did it, or returned for a sender's or recipient's
/// reason; a return without a reason is the recipient's after a refusal or a failure on the recipient's account.
fn is_on_the_customers_account(shipment: &Shipment<'_>, choices: &Choices) -> bool {
    let trip = &shipment.trip;
    let completed_at = trip.completion(choices.storage).map(|Completion { scanned, .. }| scanned.at);
    let in_transit = |exit: &Exit| completed_at.is_none_or(|completed_at| exit.at < completed_at);
    if let Some(returned) = trip.returned.filter(in_transit) {
        return match returned.party {
            Some(Party::Sender | Party::Recipient) => true,
            Some(Party::Carrier | Party::ForceMajeure) => false,
            None => trip.refused.is_some() || trip.first_failure == Some(Party::Recipient),
        };
    }
    let exits = [trip.cancelled, trip.redirected, trip.refused];
    exits
        .into_iter()
        .flatten()
        .filter(in_transit)
        .any(|exit| !matches!(exit.party, Some(Party::Carrier | Party::ForceMajeure)))
}

/// What is to be known beside the verdict on a promise, where there is one.
fn notes(shipment: &Shipment<'_>, choices: &Choices) -> Vec<&'static str> {
    let Some(promise) = judged(shipment.waybill, choices) else { return Vec::new() };
    let mut notes = shipment.trip_notes(choices.storage);
    let moved_by = |mover| moves(shipment.waybill, choices).iter().any(|step| step.by == mover);
    if moved_by(Mover::Customer) {
        notes.push("promise_moved_by_customer");
    }
    if moved_by(Mover::Carrier) {
        notes.push("promise_moved_by_carrier");
    }
    if shipment.trip.accepted.is_some_and(|accepted| promise.line(choices) - choices.grace < accepted) {
        notes.push("promise_before_collection");
    }
    notes
}
