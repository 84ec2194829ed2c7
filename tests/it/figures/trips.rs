//! Completeness and accuracy of tracking.

use parcelgauge::cube::{Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::journey::RoutePolicy;
use parcelgauge::record::{Consent, Flow, NodeKind, Records, Window};

use super::{add_scan, figure, gauge, holds_at_the_edges, parcel, records, rows, time, told, worst};
use crate::support::{day, key};

const COMPLETE: &str = "tracking_completeness_rate";
const ACCURATE: &str = "tracking_accuracy_rate";

const NODES: [(&str, &str); 6] = [
    ("collected", "10-01 10:00"),
    ("origin_arrived", "10-01 11:00"),
    ("origin_departed", "10-01 12:00"),
    ("destination_arrived", "10-02 08:00"),
    ("out_for_delivery", "10-02 09:00"),
    ("delivered", "10-02 10:00"),
];

/// The normal trip without one of its nodes.
fn without(kind: &str) -> Vec<(&'static str, &'static str)> {
    NODES.into_iter().filter(|node| node.0 != kind).collect()
}

#[test]
fn a_completed_trip_is_judged_when_it_has_settled() {
    for name in [COMPLETE, ACCURATE] {
        let mut records = records();
        parcel(&mut records, "A", &NODES);
        assert_eq!(told(&records, name, "10-03 09:59:59.999"), "0 of 0, open 1");
        assert_eq!(told(&records, name, "10-03 10:00"), "1 of 1");
        assert_eq!(told(&records, name, "10-03 10:00:00.001"), "1 of 1");
        assert_eq!(told(&records, &format!("{name} settle=0h"), "10-02 10:00"), "1 of 1");
        holds_at_the_edges(name, &records, "10-03 10:00");
    }
}

#[test]
fn an_uncompleted_trip_is_judged_at_the_horizon() {
    let mut records = records();
    parcel(&mut records, "A", &NODES[..5]);
    // 45 days after 1 October, ten o'clock.
    for (name, judged) in [(COMPLETE, "0 of 1"), (ACCURATE, "1 of 1")] {
        assert_eq!(told(&records, name, "11-15 09:59:59.999"), "0 of 0, open 1");
        assert_eq!(told(&records, name, "11-15 10:00"), judged);
        assert_eq!(told(&records, &format!("{name} horizon=2d"), "10-03 10:00"), judged);
    }
    // Completed after all: judged afresh, once that has settled.
    add_scan(&mut records, &key("A", day(10, 1)), "delivered", "11-20 10:00");
    assert_eq!(told(&records, COMPLETE, "11-20 09:00"), "0 of 1", "not yet known");
    assert_eq!(told(&records, COMPLETE, "11-21 09:59:59.999"), "0 of 0, open 1");
    assert_eq!(told(&records, COMPLETE, "11-21 10:00"), "1 of 1");
}

#[test]
fn every_mandatory_node_is_needed_and_no_other() {
    for (missing, _) in NODES {
        let mut records = records();
        parcel(&mut records, "A", &without(missing));
        let inferred = if missing == "collected" { ", noted inferred_acceptance 1" } else { "" };
        assert_eq!(told(&records, COMPLETE, "12-01 00:00"), format!("0 of 1{inferred}"), "{missing}");
        assert_eq!(told(&records, ACCURATE, "12-01 00:00"), format!("1 of 1{inferred}"), "{missing}");
    }
    let mut records = records();
    parcel(&mut records, "A", &without("origin_arrived"));
    let plan = Plan::new([gauge(COMPLETE)]).with_window(Window::All);
    let route = RoutePolicy::standard().with_mandatory([NodeKind::Collected, NodeKind::Delivered]);
    let short = Context::at(time("12-01 00:00")).with_route(route);
    assert_eq!(Scorecard::measure(&records, &plan, &short).rows[0].figure.value(), Some(1.0), "another route");
}

fn stored(consent: Consent) -> Records {
    let mut records = records();
    parcel(&mut records, "A", &NODES[..5]);
    add_scan(&mut records, &key("A", day(10, 1)), "stored", "10-02 10:00").consent = consent;
    records
}

#[test]
fn storing_that_completes_stands_for_delivery() {
    let cases = [
        (Consent::Yes, "", "1 of 1"),
        (Consent::Unknown, "", "1 of 1, noted consent_unknown 1"),
        (Consent::No, "", "0 of 1"),
        (Consent::No, " storage_completes=always", "1 of 1"),
        (Consent::Yes, " storage_completes=never", "0 of 1"),
    ];
    for (consent, policy, expected) in cases {
        assert_eq!(told(&stored(consent), &format!("{COMPLETE}{policy}"), "12-01 00:00"), expected, "{consent:?}");
    }
    // What does not complete leaves the trip open until the horizon.
    assert_eq!(told(&stored(Consent::No), COMPLETE, "11-15 09:59:59.999"), "0 of 0, open 1");
}

#[test]
fn ends_without_completion_are_judged_and_noted() {
    for (kind, note) in [("lost", "lost"), ("returned", "returned"), ("cancelled", "cancelled")] {
        let mut records = records();
        parcel(&mut records, "A", &NODES[..5]);
        let key = key("A", day(10, 1));
        add_scan(&mut records, &key, kind, "10-03 10:00");
        assert_eq!(told(&records, COMPLETE, "12-01 00:00"), format!("0 of 1, noted {note} 1"));
        assert_eq!(told(&records, ACCURATE, "12-01 00:00"), format!("1 of 1, noted {note} 1"));
        assert_eq!(told(&records, COMPLETE, "10-10 00:00"), format!("0 of 0, open 1, noted {note} 1"));
    }
}

#[test]
fn the_way_back_is_another_trip() {
    let mut records = records();
    // Nobody took it out, so it was returned; on its way back it was, and was delivered to the sender.
    let back = [
        ("returned", "10-03 10:00"),
        ("origin_arrived", "10-04 10:00"),
        ("out_for_delivery", "10-05 09:00"),
        ("delivered", "10-05 10:00"),
    ];
    parcel(&mut records, "A", &[&NODES[..4], &back].concat());
    assert_eq!(told(&records, COMPLETE, "12-01 00:00"), "0 of 1, noted returned 1");
    assert_eq!(told(&records, ACCURATE, "12-01 00:00"), "1 of 1, noted returned 1");
    // A wrong clock on the way back is none of the forward trip's.
    add_scan(&mut records, &key("A", day(10, 1)), "held", "10-04 12:00").recorded_at = Some(time("10-04 11:00"));
    assert_eq!(told(&records, ACCURATE, "12-01 00:00"), "1 of 1, noted returned 1");
}

#[test]
fn what_was_not_accepted_is_no_trip() {
    let mut records = records();
    parcel(&mut records, "never", &[("ordered", "10-01 09:00")]);
    parcel(&mut records, "cancelled", &[("ordered", "10-01 09:00"), ("cancelled", "10-01 09:30")]);
    parcel(&mut records, "reverse", &NODES).flow = Flow::Reverse;
    for name in [COMPLETE, ACCURATE] {
        let expected = "0 of 0, excluded cancelled 1, excluded never_collected 1, excluded not_forward 1";
        assert_eq!(told(&records, name, "12-01 00:00"), expected);
    }
}

#[test]
fn disorder_and_clocks_that_cannot_be_right() {
    let accurate = |scans: &[(&str, &str)]| {
        let mut records = records();
        parcel(&mut records, "A", scans);
        told(&records, ACCURATE, "12-01 00:00")
    };
    let with = |kind: &str, occurred_at: &'static str| {
        NODES.into_iter().map(|node| if node.0 == kind { (node.0, occurred_at) } else { node }).collect::<Vec<_>>()
    };
    assert_eq!(accurate(&NODES), "1 of 1");
    // One instant is no disorder, an earlier one is.
    assert_eq!(accurate(&with("origin_departed", "10-01 11:00")), "1 of 1");
    assert_eq!(accurate(&with("origin_departed", "10-01 10:59:59.999")), "0 of 1");
    // Handled more than a day before collection; a day exactly is no anomaly, but out of order for an arrival.
    let inspected = |at| [&[("inspected", at)], &NODES[..]].concat();
    assert_eq!(accurate(&inspected("09-30 10:00")), "1 of 1");
    assert_eq!(accurate(&inspected("09-30 09:59:59.999")), "0 of 1");
    // Handled after completion, but not by one who reports what was found inside.
    assert_eq!(accurate(&[&NODES[..], &[("held", "10-02 10:00:00.001")]].concat()), "0 of 1");
    assert_eq!(accurate(&[&NODES[..], &[("damaged", "10-02 11:00")]].concat()), "1 of 1");
    for (recorded_at, expected) in [("10-01 10:55", "1 of 1"), ("10-01 10:54:59.999", "0 of 1")] {
        let mut records = records();
        parcel(&mut records, "A", &without("origin_arrived"));
        add_scan(&mut records, &key("A", day(10, 1)), "origin_arrived", "10-01 11:00").recorded_at =
            Some(time(recorded_at));
        assert_eq!(told(&records, ACCURATE, "12-01 00:00"), expected, "recorded at {recorded_at}");
    }
}

#[test]
fn evidence_ranks_the_uncompleted_first_then_the_most_faults() {
    let mut records = records();
    parcel(&mut records, "gap", &without("origin_arrived"));
    parcel(&mut records, "gaps", &[NODES[0], NODES[5]]);
    parcel(&mut records, "young", &[("collected", "10-02 10:00")]);
    parcel(&mut records, "old", &[("collected", "10-01 10:00")]);
    parcel(&mut records, "good", &NODES);
    assert_eq!(worst(&records, COMPLETE, "12-01 00:00"), ["old", "young", "gaps", "gap"]);
}

#[test]
fn other_dates_make_other_windows() {
    let mut records = records();
    parcel(&mut records, "A", &[&[("ordered", "09-30 10:00")], &NODES[..]].concat());
    for (policy, days) in [("", "2026-10-01"), (" cohort=ordered", "2026-09-30"), (" cohort=completed", "2026-10-02")] {
        let found = rows(&records, &format!("{COMPLETE}{policy}"), Window::Day, "12-01 00:00");
        assert_eq!(found.iter().map(|row| row.window.as_str()).collect::<Vec<_>>(), [days]);
    }
    assert!(figure(&records, ACCURATE, "12-01 00:00").interval().is_some());
}
