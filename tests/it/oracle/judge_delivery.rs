//! `first_attempt_delivery_rate`, `unconsented_storage_rate`, `shipment_volume`: how the trip ended.

use parcelgauge::record::{Consent, NodeKind};

use super::choices::{Choices, CohortDate, Volume};
use super::clock::{self, MINUTE};
use super::judge::{Judged, Shipment, Verdict};
use super::trip::{Read, Trip};
use super::watch::{has_come, if_so};

/// The first scan of some kinds before any return: one with a sound clock goes before one without.
fn first_of<'t>(trip: &'t Trip<'_>, kinds: &[NodeKind]) -> Option<&'t Read<'t>> {
    let of_kinds = trip.forward().filter(|scan| kinds.contains(&scan.event.kind));
    of_kinds.min_by_key(|scan| (scan.scanned.anomalous, scan.scanned.at))
}

/// The dates that `first_attempt_delivery_rate` can be had by.
pub const FIRST_ATTEMPT_COHORTS: [CohortDate; 2] = [CohortDate::Accepted, CohortDate::Ordered];

/// For `first_attempt_delivery_rate`.
pub fn first_attempt(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = first_attempt_verdict(shipment, choices).unwrap_or_else(|verdict| verdict);
    shipment.judged(&FIRST_ATTEMPT_COHORTS, choices.storage, choices, verdict, shipment.trip_notes(choices.storage))
}

/// Acts are handing over, putting down, trying in vain and being refused.
fn first_attempt_verdict(shipment: &Shipment<'_>, choices: &Choices) -> Result<Verdict, Verdict> {
    shipment.unspared_on_the_way(choices.storage, choices)?;
    let trip = &shipment.trip;
    let put_down = first_of(trip, &[NodeKind::Delivered, NodeKind::Stored]).map(|scan| scan.scanned.at);
    let completed = trip.completion(choices.storage).map(|done| done.scanned.at);
    let tried = trip.attempts.iter().copied().min();
    let Some(first) = [put_down, completed, tried].into_iter().flatten().min() else {
        return Ok(trip.end().map_or(Verdict::Open(None), |_| Verdict::Excluded("no_attempt")));
    };
    let is_decided = has_come("act + settle", first + choices.settle, choices.as_of);
    if tried == Some(first) {
        // Of one instant an attempt in vain comes before a handing over. A refusal within the half hour is of the attempt.
        let is_of_it = |refused: i64| !has_come("refused half an hour after", first + 30 * MINUTE, refused);
        let is_refused = trip.refused.is_some_and(|refused| is_of_it(refused.at));
        if_so("first attempt: in vain as it is handed over", completed == Some(first));
        return Ok(if is_refused { Verdict::Excluded("refused") } else { Verdict::Miss }.once(is_decided));
    }
    let is_completing = completed == Some(first);
    if_so("first attempt: put down without completing", !is_completing);
    Ok(if is_completing { Verdict::Hit } else { Verdict::Miss }.once(is_decided))
}

/// For `unconsented_storage_rate`.
pub fn unconsented_storage(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let stored = first_of(&shipment.trip, &[NodeKind::Stored]);
    let verdict = match (shipment.outside(), stored.map(|stored| stored.event.consent)) {
        (Some(reason), _) => Verdict::Excluded(reason),
        (None, None) => Verdict::Excluded("not_stored"),
        (None, Some(Consent::No)) => Verdict::Hit,
        (None, Some(Consent::Yes)) => Verdict::Miss,
        (None, Some(Consent::Unknown)) => Verdict::Invalid("consent_unknown"),
    };
    let is_of_population = shipment.outside().is_none() && stored.is_some();
    Judged {
        day: stored.map(|stored| clock::date(choices.zone, stored.scanned.at)),
        verdict,
        notes: if is_of_population { shipment.start_notes() } else { Vec::new() },
    }
}

/// For `shipment_volume`.
pub fn volume(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = volume_verdict(shipment, choices).unwrap_or_else(|verdict| verdict);
    let cohort = match choices.volume {
        Volume::Completed => CohortDate::Completed,
        Volume::Accepted | Volume::InFlight => CohortDate::Accepted,
    };
    let day = shipment.day_by(cohort, choices.storage, choices);
    Judged { day, verdict, notes: if shipment.outside().is_none() { shipment.start_notes() } else { Vec::new() } }
}

fn volume_verdict(shipment: &Shipment<'_>, choices: &Choices) -> Result<Verdict, Verdict> {
    shipment.acceptance()?;
    let is_completed = shipment.trip.completion(choices.storage).is_some();
    Ok(match (choices.volume, is_completed) {
        (Volume::Accepted, _) | (Volume::Completed, true) => Verdict::Counted,
        (Volume::InFlight, true) => Verdict::Excluded("completed"),
        (Volume::Completed, false) => shipment.trip.end().map_or(Verdict::Open(None), Verdict::Excluded),
        (Volume::InFlight, false) => shipment.trip.end().map_or(Verdict::Counted, Verdict::Excluded),
    })
}
