//! Three real traces in kuaidi100's and kdniao's words.

use parcelgauge::codes::{CodePolicies, LockerDeposit};
use parcelgauge::cube::{Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::{Policy, catalogue};
use parcelgauge::record::{NodeKind, Window};
use parcelgauge::state::Figure;
use parcelgauge::tracking::{ScanFault, TrackedShipment, TrackingIntake};

use super::{assert_nothing_vanished, shipments, taken};
use crate::support::{at, data_set};

fn traces() -> Option<Vec<TrackedShipment>> {
    Some(shipments(&data_set("cn_traces")?.join("cn_traces.jsonl")))
}

/// Hours from collection to completion of each trace, by a policy of storage.
fn hours(traces: &[TrackedShipment], intake: &TrackingIntake, storage: Option<&str>) -> Vec<Option<f64>> {
    let mut gauge = catalogue().find("end_to_end_hours").expect("a KPI");
    if let Some(storage) = storage {
        gauge = gauge.with(Policy::parse("storage_completes", storage).expect("a policy")).expect("its policy");
    }
    let plan = Plan::new([gauge]).with_window(Window::All);
    let of_one = |trace| {
        let records = taken(intake, trace).records;
        let scorecard = Scorecard::measure(&records, &plan, &Context::at(at("2023-01-01T00:00:00Z")));
        scorecard.rows.iter().find_map(|row| match row.figure {
            Figure::Distribution { mean, .. } => mean,
            _ => None,
        })
    };
    traces.iter().map(of_one).collect()
}

fn rounded(hours: &[Option<f64>]) -> Vec<f64> {
    hours.iter().map(|hours| (hours.expect("a value") * 1e6).round() / 1e6).collect()
}

#[test]
fn the_hours_to_signature_and_to_the_locker_are_those_of_the_reference() {
    let Some(traces) = traces() else { return };
    let intake = TrackingIntake::default();
    assert_eq!(rounded(&hours(&traces, &intake, Some("never"))), [28.470833, 22.531389, 44.890833]);
    assert_eq!(rounded(&hours(&traces, &intake, None)), [24.832222, 16.039444, 44.890833]);
    // A deposit that is read as a delivery completes whatever the policy of storage.
    let delivered = CodePolicies::default().with_locker_deposit(LockerDeposit::Delivered);
    let intake = intake.with_policies(delivered);
    assert_eq!(rounded(&hours(&traces, &intake, Some("never"))), [24.832222, 16.039444, 44.890833]);
}

#[test]
fn every_scan_of_the_traces_is_an_event_but_one_out_of_order() {
    let Some(traces) = traces() else { return };
    assert_eq!(traces.iter().map(|trace| trace.scans.len()).collect::<Vec<_>>(), [9, 10, 10]);
    let reading = TrackingIntake::default().take(&traces).expect("known systems");
    assert_nothing_vanished(&reading);
    assert_eq!((reading.shipments, reading.scans, reading.records.events.len()), (3, 29, 28));
    // Taken in at a site half an hour after it was taken out for delivery: the journey does not tell which site.
    assert_eq!(reading.set_aside.len(), 1);
    assert_eq!((reading.set_aside[0].fault, reading.set_aside[0].place), (ScanFault::Unplaced, 2));
    assert_eq!(reading.unknown, []);
    let kinds = |number: usize| {
        let key = &reading.records.waybills[number].key;
        let events = reading.records.events.iter().filter(move |event| event.waybill == *key);
        events.map(|event| event.kind.name()).collect::<Vec<_>>()
    };
    let yto = ["collected", "hub_arrived", "hub_departed", "hub_arrived", "hub_departed", "out_for_delivery"];
    assert_eq!(kinds(0)[..6], yto);
    assert_eq!(kinds(0)[6..], ["stored", "delivered"]);
    assert_eq!(
        kinds(1),
        [
            "collected",
            "origin_departed",
            "hub_arrived",
            "hub_departed",
            "hub_arrived",
            "hub_departed",
            "destination_arrived",
            "out_for_delivery",
            "stored",
            "delivered"
        ]
    );
    assert_eq!(kinds(2).first(), Some(&"collected"));
    assert_eq!(kinds(2).last(), Some(&NodeKind::Delivered.name()));
}
