//! `end_to_end_hours`, `within_hours_rate`, `stage_hours`, `stage_on_time_rate`: how long it took.

use parcelgauge::record::{FacilityId, NodeKind, PassageKey};

use super::choices::{Choices, CohortDate, Storage, Within};
use super::judge::{Judged, Shipment, Verdict};
use super::judge_promise::is_tried_in_vain;
use super::trip::{Read, Scanned, Trip};
use super::watch::{at_most, happens, has_come, if_so};

/// The time between two scans, if it can be told.
pub fn between(start: Scanned, end: Scanned, choices: &Choices) -> Result<i64, Verdict> {
    if choices.keep_anomalies {
        Ok(end.occurred - start.occurred)
    } else if start.anomalous || end.anomalous || if_so("a duration below nought", end.at < start.at) {
        Err(Verdict::Invalid("clock_anomaly"))
    } else {
        Ok(end.at - start.at)
    }
}

/// For `end_to_end_hours`.
pub fn end_to_end(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = end_to_end_verdict(shipment, choices).unwrap_or_else(|verdict| verdict);
    let cohorts = [CohortDate::Completed, CohortDate::Ordered, CohortDate::Accepted];
    shipment.judged(&cohorts, choices.storage, choices, verdict, shipment.end_notes(choices.storage))
}

fn end_to_end_verdict(shipment: &Shipment<'_>, choices: &Choices) -> Result<Verdict, Verdict> {
    let accepted = shipment.unspared_on_the_way(choices.storage, choices)?;
    let trip = &shipment.trip;
    let (start, none) = if choices.from_order { (trip.ordered, "no_order") } else { (trip.collected, "no_collection") };
    let Some(done) = trip.completion(choices.storage) else {
        // Without its start the age since acceptance is a lower bound all the same.
        let since = start.map_or(accepted, |start| start.at);
        return Ok(trip.end().map_or(Verdict::Open(Some(since)), Verdict::Excluded));
    };
    let start = start.ok_or(Verdict::Invalid(none))?;
    between(start, done.scanned, choices).map(Verdict::Lasted)
}

/// The dates that `within_hours_rate` can be had by.
pub const WITHIN_HOURS_COHORTS: [CohortDate; 3] = [CohortDate::Accepted, CohortDate::Ordered, CohortDate::Completed];

/// For `within_hours_rate`.
pub fn within_hours(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = within_hours_verdict(shipment, choices).unwrap_or_else(|verdict| verdict);
    let is_other_trip = other_trip(shipment, choices).is_some();
    let notes = if is_other_trip { Vec::new() } else { shipment.end_notes(choices.storage) };
    shipment.judged(&WITHIN_HOURS_COHORTS, choices.storage, choices, verdict, notes)
}

fn other_trip(shipment: &Shipment<'_>, choices: &Choices) -> Option<&'static str> {
    match (choices.within, &shipment.waybill.origin_city, &shipment.waybill.destination_city) {
        (Within::Hours(_), ..) => None,
        (Within::BetweenCities, Some(from), Some(to)) => (from == to).then_some("same_city"),
        (Within::BetweenCities, ..) => Some("no_city"),
    }
}

fn within_hours_verdict(shipment: &Shipment<'_>, choices: &Choices) -> Result<Verdict, Verdict> {
    shipment.acceptance()?;
    if let Some(reason) = other_trip(shipment, choices) {
        return Err(Verdict::Excluded(reason));
    }
    shipment.unspared_on_the_way(choices.storage, choices)?;
    let collected = shipment.trip.collected.ok_or(Verdict::Invalid("no_collection"))?;
    // Between one instant and itself: whether it can be counted from at all.
    between(collected, collected, choices)?;
    let limit = choices.within.limit();
    let deadline = if choices.keep_anomalies { collected.occurred } else { collected.at } + limit;
    let is_decided = has_come("hours + settle", deadline + choices.settle, choices.as_of);
    let so_far = taken(shipment, collected, deadline, choices).unwrap_or_else(|verdict| verdict);
    let is_due = choices.as_of > deadline;
    Ok(if is_decided || is_due || shipment.has_ended(choices.storage) {
        so_far.once(is_decided)
    } else {
        Verdict::Open(None)
    })
}

/// What the hours come to on what is known.
fn taken(shipment: &Shipment<'_>, collected: Scanned, deadline: i64, choices: &Choices) -> Result<Verdict, Verdict> {
    let done = shipment.trip.completion(choices.storage);
    if let Some(done) = done
        && at_most("hours", between(collected, done.scanned, choices)?, choices.within.limit())
    {
        return Ok(Verdict::Hit);
    }
    if is_tried_in_vain(shipment, choices, |attempt| at_most("hours to the attempt", attempt, deadline)) {
        return Ok(Verdict::Excluded("customer_return"));
    }
    if choices.delivered_only && done.is_none() {
        return Ok(Verdict::Excluded("not_delivered"));
    }
    Ok(Verdict::Miss)
}

/// The scans at which a stage of the standard route begins and ends. Of scans at one instant the first is first and the
/// last is last by their facilities; a completion is taken as the last of its instant.
fn stage_ends<'t>(trip: &'t Trip<'_>, stage: &str) -> (Option<&'t Read<'t>>, Option<&'t Read<'t>>) {
    let scans = |kind: NodeKind| trip.forward().filter(move |scan| scan.event.kind == kind && !scan.scanned.anomalous);
    let collected = scans(NodeKind::Collected).next();
    let left = scans(NodeKind::OriginDeparted).next_back();
    let reached = scans(NodeKind::DestinationArrived).next();
    let out = scans(NodeKind::OutForDelivery).next();
    let done = trip.completion(Storage::Consented).filter(|done| !done.scanned.anomalous);
    let done = done.and_then(|done| {
        let kind = if done.stored { NodeKind::Stored } else { NodeKind::Delivered };
        scans(kind).rfind(|scan| scan.scanned.occurred == done.scanned.occurred)
    });
    match stage {
        "origin_processing" => (collected, left),
        "transport" => (left, reached),
        "destination_processing" => (reached, out),
        "last_mile" => (out, done),
        other => panic!("the standard route has no stage {other}"),
    }
}

/// Where the stage ended.
pub fn stage_facility<'t>(shipment: &'t Shipment<'_>, choices: &Choices) -> Option<&'t FacilityId> {
    stage_ends(&shipment.trip, choices.stage).1.and_then(|end| end.event.facility.as_ref())
}

/// The time of a stage of the standard route: none where an end lacks, cannot be right, or comes before its start.
fn stage_time(trip: &Trip<'_>, stage: &str) -> Option<i64> {
    let (start, end) = stage_ends(trip, stage);
    let time = end?.scanned.occurred - start?.scanned.occurred;
    if if_so("stage: it ends before it begins", time < 0) {
        return None;
    }
    happens(match stage {
        "origin_processing" => "stage: origin_processing",
        "transport" => "stage: transport",
        "destination_processing" => "stage: destination_processing",
        _ => "stage: last_mile",
    });
    Some(time)
}

/// For `stage_hours`.
pub fn stage_hours(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = stage_hours_verdict(shipment, choices).unwrap_or_else(|verdict| verdict);
    let cohorts = [CohortDate::Completed, CohortDate::Ordered, CohortDate::Accepted];
    let notes = shipment.trip_notes(Storage::Consented);
    shipment.judged(&cohorts, Storage::Consented, choices, verdict, notes)
}

fn stage_hours_verdict(shipment: &Shipment<'_>, choices: &Choices) -> Result<Verdict, Verdict> {
    shipment.unspared_on_the_way(Storage::Consented, choices)?;
    completed_at(shipment)?;
    stage_time(&shipment.trip, choices.stage).map(Verdict::Lasted).ok_or(Verdict::Invalid("no_stage_time"))
}

/// When an accepted shipment was completed; those under way may not have begun the stage, so that there is no age.
fn completed_at(shipment: &Shipment<'_>) -> Result<i64, Verdict> {
    shipment.acceptance()?;
    let done = shipment.trip.completion(Storage::Consented).map(|done| done.scanned.at);
    done.ok_or_else(|| shipment.trip.end().map_or(Verdict::Open(None), Verdict::Excluded))
}

/// For `stage_on_time_rate`.
pub fn stage_on_time(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = stage_on_time_verdict(shipment, choices).unwrap_or_else(|verdict| verdict);
    let notes = shipment.trip_notes(Storage::Consented);
    shipment.judged(&[CohortDate::Completed], Storage::Consented, choices, verdict, notes)
}

fn stage_on_time_verdict(shipment: &Shipment<'_>, choices: &Choices) -> Result<Verdict, Verdict> {
    shipment.unspared_on_the_way(Storage::Consented, choices)?;
    let name: PassageKey = choices.stage.parse().expect("a stage");
    let plan = shipment.waybill.stage_plans.get(&name).ok_or(Verdict::Excluded("no_plan"))?;
    let completed_at = completed_at(shipment)?;
    let is_decided = has_come("stage: completion + settle", completed_at + choices.settle, choices.as_of);
    let so_far = match stage_time(&shipment.trip, choices.stage) {
        Some(time) if at_most("stage plan", time, plan.as_millis()) => Verdict::Hit,
        Some(_) => Verdict::Miss,
        None => Verdict::Invalid("no_stage_time"),
    };
    Ok(so_far.once(is_decided))
}
