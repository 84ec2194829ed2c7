//! Trips on their lines: a day before collection, five minutes early, half an hour of attempts, storage, cancellation.

use parcelgauge::journey::{Course, Journey, RoutePolicy, Scan};
use parcelgauge::record::{Consent, NodeKind, Records, Window};

use super::choices::{Choices, Storage};
use super::clock::{self, DAY, HOUR, MINUTE};
use super::edges::{millis, row, trip, verdict, windows};
use crate::support::at;

const KPI: &str = "end_to_end_hours";
const COLLECTED: &str = "2026-10-02T08:00:00Z";

fn late() -> Choices {
    Choices::at(millis("2026-12-01T00:00:00Z"))
}

fn course(records: &Records) -> Course {
    let journey = Journey::of(records.events.iter().map(Scan::from));
    Course::of(&journey, &RoutePolicy::standard())
}

#[test]
fn handling_a_day_before_collection_is_sound_and_a_millisecond_more_is_not() {
    let delivered = |offset: i64| {
        let mut records = trip(None, &[(NodeKind::Collected, COLLECTED), (NodeKind::Delivered, COLLECTED)]);
        records.events[1].occurred_at = clock::instant(millis(COLLECTED) - offset);
        records
    };
    assert_eq!(course(&delivered(DAY)).anomalies.before_collection, 0);
    assert_eq!(course(&delivered(DAY + 1)).anomalies.before_collection, 1);
    let keep = Choices { keep_anomalies: true, ..late() };
    for offset in [1, DAY, DAY + 1] {
        assert_eq!(verdict(&delivered(offset), &late(), KPI), "clock_anomaly");
        assert_eq!(verdict(&delivered(offset), &keep, KPI), format!("{} h", -offset as f64 / HOUR as f64));
    }
    assert_eq!(verdict(&delivered(0), &late(), KPI), "0 h");
    // Measured from an order before both, the sound one has its time and the other has none.
    let ordered = |offset| {
        let mut records = delivered(offset);
        let mut order = records.events[0].clone();
        order.kind = NodeKind::Ordered;
        order.occurred_at = clock::instant(millis(COLLECTED) - 2 * DAY);
        records.events.push(order);
        records
    };
    let from_order = Choices { from_order: true, ..late() };
    assert_eq!(verdict(&ordered(DAY), &from_order, KPI), "24 h");
    assert_eq!(verdict(&ordered(DAY + 1), &from_order, KPI), "clock_anomaly");
    assert_eq!(row(&ordered(DAY + 1), &late(), "on_time_delivery_rate").excluded.total(), 1);
}

#[test]
fn recorded_five_minutes_early_is_sound_and_a_millisecond_more_is_not() {
    let recorded = |early: i64| {
        let scans = [(NodeKind::Collected, COLLECTED), (NodeKind::Delivered, "2026-10-03T08:00:00Z")];
        let mut records = trip(None, &scans);
        records.events[1].recorded_at = Some(clock::instant(records.events[1].occurred_at.as_millis() - early));
        records
    };
    assert_eq!(verdict(&recorded(5 * MINUTE), &late(), KPI), "24 h");
    assert_eq!(verdict(&recorded(5 * MINUTE + 1), &late(), KPI), "clock_anomaly");
    // It completes all the same, when it was recorded.
    let day_by_day = Choices { window: Window::Day, ..late() };
    let mut early = recorded(33 * HOUR - DAY);
    assert_eq!(windows(&early, &day_by_day, KPI), ["2026-10-02"]);
    assert_eq!(row(&early, &day_by_day, KPI).notes.iter().collect::<Vec<_>>(), [("anomalous_completion", 1)]);
    early.events[1].recorded_at = None;
    assert_eq!(windows(&early, &day_by_day, KPI), ["2026-10-03"]);
}

#[test]
fn attempts_less_than_half_an_hour_after_the_first_are_one() {
    let attempts = |offsets: &[i64]| {
        let mut records = trip(None, &[(NodeKind::Collected, COLLECTED)]);
        for offset in offsets {
            let mut attempt = records.events[0].clone();
            attempt.kind = NodeKind::AttemptFailed;
            attempt.occurred_at = clock::instant(millis("2026-10-03T08:00:00Z") + offset);
            records.events.push(attempt);
        }
        course(&records).failed_attempts
    };
    assert_eq!(attempts(&[0]), 1);
    assert_eq!(attempts(&[0, 30 * MINUTE - 1]), 1);
    assert_eq!(attempts(&[0, 30 * MINUTE]), 2);
    // The first of a group counts, not the last: the third is 20 minutes after the second.
    assert_eq!(attempts(&[0, 20 * MINUTE, 40 * MINUTE]), 2);
}

#[test]
fn storage_completes_by_consent_always_or_never() {
    let stored = |consent| {
        let scans = [
            (NodeKind::Collected, COLLECTED),
            (NodeKind::Stored, "2026-10-03T08:00:00Z"),
            (NodeKind::Delivered, "2026-10-04T08:00:00Z"),
        ];
        let mut records = trip(None, &scans);
        records.events[1].consent = consent;
        [Storage::Consented, Storage::Always, Storage::Never]
            .map(|storage| verdict(&records, &Choices { storage, ..late() }, KPI))
    };
    assert_eq!(stored(Consent::Yes), ["24 h", "24 h", "48 h"]);
    assert_eq!(stored(Consent::Unknown), ["24 h", "24 h", "48 h"]);
    assert_eq!(stored(Consent::No), ["48 h", "24 h", "48 h"]);
}

#[test]
fn cancelled_at_collection_is_cancelled_in_transit() {
    let cancelled = |offset: i64| {
        let mut records = trip(None, &[(NodeKind::Collected, COLLECTED), (NodeKind::Cancelled, COLLECTED)]);
        records.events[1].occurred_at = clock::instant(millis(COLLECTED) + offset);
        row(&records, &late(), "complaint_rate").excluded.total()
    };
    assert_eq!([-1, 0, 1].map(cancelled), [1, 0, 0]);
}

#[test]
fn what_is_scanned_after_the_return_belongs_to_the_way_back() {
    let delivered = |offset: i64| {
        let scans = [(NodeKind::Collected, COLLECTED), (NodeKind::Returned, "2026-10-03T08:00:00Z")];
        let mut records = trip(None, &scans);
        let mut delivery = records.events[1].clone();
        delivery.kind = NodeKind::Delivered;
        delivery.occurred_at = clock::instant(millis("2026-10-03T08:00:00Z") + offset);
        records.events.push(delivery);
        verdict(&records, &late(), KPI)
    };
    assert_eq!(delivered(0), "24 h");
    assert_eq!(delivered(1), "returned");
    // Collected on the way back is no collection of the trip.
    let scans =
        [(NodeKind::DestinationArrived, COLLECTED), (NodeKind::Returned, COLLECTED), (NodeKind::Collected, COLLECTED)];
    let mut records = trip(None, &scans);
    records.events[2].occurred_at = clock::instant(millis(COLLECTED) + 1);
    let notes = row(&records, &late(), "complaint_rate").notes;
    assert_eq!(notes.iter().collect::<Vec<_>>(), [("inferred_acceptance", 1)]);
}

#[test]
fn a_parcel_declared_lost_twice_is_lost() {
    let lost = [(NodeKind::Collected, COLLECTED), (NodeKind::Lost, "2026-10-03T08:00:00Z")];
    let found = (NodeKind::HubArrived, "2026-10-04T08:00:00Z");
    let again = (NodeKind::Lost, "2026-10-05T08:00:00Z");
    assert_eq!(verdict(&trip(None, &lost), &late(), KPI), "lost");
    assert_eq!(verdict(&trip(None, &[lost[0], lost[1], found]), &late(), KPI), "open");
    assert_eq!(verdict(&trip(None, &[lost[0], lost[1], found, again]), &late(), KPI), "lost");
}

#[test]
fn the_age_of_what_is_under_way_is_shown() {
    let records = trip(None, &[(NodeKind::Collected, COLLECTED)]);
    let row = row(&records, &Choices::at(millis("2026-10-03T20:00:00Z")), KPI);
    assert_eq!((row.window.as_str(), row.open, row.open_mean_age), ("undated", 1, Some(36.0)));
}

#[test]
fn of_repeats_the_sound_clock_then_the_first_recorded_is_kept() {
    let repeated = |recorded: [Option<&str>; 2]| {
        let scans = [(NodeKind::Collected, COLLECTED), (NodeKind::Stored, "2026-10-03T08:00:00Z")];
        let mut records = trip(None, &[scans[0], scans[1], scans[1]]);
        records.events[1].consent = Consent::No;
        records.events[2].consent = Consent::Yes;
        for (event, recorded) in records.events[1..].iter_mut().zip(recorded) {
            event.recorded_at = recorded.map(at);
        }
        verdict(&records, &late(), KPI)
    };
    // "open" says that the one without consent was kept.
    assert_eq!(repeated([Some("2026-10-03T09:00:00Z"), Some("2026-10-03T10:00:00Z")]), "open");
    assert_eq!(repeated([Some("2026-10-03T10:00:00Z"), Some("2026-10-03T09:00:00Z")]), "24 h");
    assert_eq!(repeated([None, Some("2026-10-03T09:00:00Z")]), "24 h");
    assert_eq!(repeated([Some("2026-10-03T07:00:00Z"), Some("2026-10-03T09:00:00Z")]), "24 h");
    assert_eq!(repeated([Some("2026-10-03T07:55:00Z"), Some("2026-10-03T09:00:00Z")]), "open");
}
