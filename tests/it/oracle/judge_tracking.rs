//! `tracking_completeness_rate`, `tracking_accuracy_rate` over trips; `tracking_freshness_rate`, `recording_delay_hours`
//! over scans.

use parcelgauge::record::{Flow, NodeKind};

use super::choices::{Choices, CohortDate};
use super::clock;
use super::judge::{Judged, Shipment, Verdict};
use super::trip::Read;
use super::watch::{at_most, has_come, if_so};

const MANDATORY: [NodeKind; 6] = [
    NodeKind::Collected,
    NodeKind::OriginArrived,
    NodeKind::OriginDeparted,
    NodeKind::DestinationArrived,
    NodeKind::OutForDelivery,
    NodeKind::Delivered,
];

/// For `tracking_completeness_rate`.
pub fn completeness(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let is_complete = MANDATORY.into_iter().all(|node| {
        let is_scanned = shipment.trip.forward().any(|scan| scan.event.kind == node);
        let is_completed = shipment.trip.completion(choices.storage).is_some(); // storing may stand for handing over
        is_scanned || if_so("tracking: stored for delivered", node == NodeKind::Delivered && is_completed)
    });
    let once_judged = good(is_complete);
    // What is lacking of one under way may still come.
    let until_then = if shipment.has_ended(choices.storage) { once_judged.once(false) } else { Verdict::Open(None) };
    judged_once(shipment, choices, once_judged, until_then)
}

/// For `tracking_accuracy_rate`.
pub fn accuracy(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let is_sound = shipment.trip.forward().all(|scan| !scan.scanned.anomalous);
    let once_judged = good(is_sound && is_in_order(shipment));
    judged_once(shipment, choices, once_judged, once_judged.once(false))
}

fn good(is_good: bool) -> Verdict {
    if is_good { Verdict::Hit } else { Verdict::Miss }
}

/// At completion + settle, else at acceptance + horizon.
fn judged_once(shipment: &Shipment<'_>, choices: &Choices, once_judged: Verdict, until_then: Verdict) -> Judged {
    let done = shipment.trip.completion(choices.storage).map(|done| done.scanned.at);
    let verdict = match (shipment.acceptance(), done) {
        (Err(outside), _) => outside,
        (_, Some(done)) if !has_come("tracking: completion + settle", done + choices.settle, choices.as_of) => {
            until_then
        }
        (Ok(accepted), None) if !has_come("tracking: horizon", accepted + choices.horizon, choices.as_of) => until_then,
        _ => once_judged,
    };
    let mut notes = shipment.trip_notes(choices.storage);
    if done.is_none() {
        notes.extend(shipment.trip.end());
    }
    let cohorts = [CohortDate::Accepted, CohortDate::Ordered, CohortDate::Completed];
    shipment.judged(&cohorts, choices.storage, choices, verdict, notes)
}

/// The order of a normal trip: each place may follow itself and those before it; after an attempt or storing the parcel may
/// pass the destination again. Inspection and collection stand at one place, hubs and customs at another.
fn is_in_order(shipment: &Shipment<'_>) -> bool {
    const PLACES: [&[NodeKind]; 10] = [
        &[NodeKind::Ordered],
        &[NodeKind::Inspected, NodeKind::Collected],
        &[NodeKind::OriginArrived],
        &[NodeKind::OriginDeparted],
        &[NodeKind::HubArrived, NodeKind::HubDeparted, NodeKind::CustomsIn, NodeKind::CustomsOut],
        &[NodeKind::DestinationArrived],
        &[NodeKind::DestinationDeparted],
        &[NodeKind::OutForDelivery],
        &[NodeKind::AttemptFailed, NodeKind::Stored],
        &[NodeKind::Delivered],
    ];
    let place_of = |kind: NodeKind| PLACES.iter().position(|place| place.contains(&kind));
    let passed: Vec<(NodeKind, usize)> =
        shipment.trip.forward().filter_map(|scan| Some((scan.event.kind, place_of(scan.event.kind)?))).collect();
    passed.windows(2).all(|pair| {
        let [(before, from), (after, to)] = [pair[0], pair[1]];
        let is_tried = matches!(before, NodeKind::AttemptFailed | NodeKind::Stored);
        let is_again = is_tried && PLACES[5..].iter().any(|place| place.contains(&after));
        from <= to || if_so("tracking: again", is_again) || !if_so("tracking: disorder", true)
    })
}

/// How long after it happened a scan was recorded, if that can be told.
fn delay(shipment: &Shipment<'_>, scan: &Read<'_>, choices: &Choices) -> Result<i64, Verdict> {
    if shipment.waybill.flow != Flow::Forward || !scan.forward {
        return Err(Verdict::Excluded("not_forward"));
    }
    let recorded = scan.event.recorded_at.ok_or(Verdict::Invalid("no_recording_clock"))?;
    if scan.scanned.anomalous && !choices.keep_anomalies {
        return Err(Verdict::Invalid("clock_anomaly"));
    }
    Ok(recorded.as_millis() - scan.scanned.occurred)
}

fn judged_scan(scan: &Read<'_>, choices: &Choices, verdict: Verdict) -> Judged {
    Judged { day: Some(clock::date(choices.zone, scan.scanned.occurred)), verdict, notes: Vec::new() }
}

/// For `tracking_freshness_rate`.
pub fn freshness(shipment: &Shipment<'_>, scan: &Read<'_>, choices: &Choices) -> Judged {
    let limit = choices.recorded_within;
    let verdict = match delay(shipment, scan, choices) {
        Err(verdict) => verdict,
        Ok(delay) => {
            let decided_at = scan.scanned.occurred + limit + choices.settle;
            let is_decided = has_come("scan limit + settle", decided_at, choices.as_of);
            good(at_most("scan limit", delay, limit)).once(is_decided)
        }
    };
    judged_scan(scan, choices, verdict)
}

/// For `recording_delay_hours`.
pub fn recording_delay(shipment: &Shipment<'_>, scan: &Read<'_>, choices: &Choices) -> Judged {
    let verdict = delay(shipment, scan, choices).map_or_else(|verdict| verdict, Verdict::Lasted);
    judged_scan(scan, choices, verdict)
}
