//! Freshness and delay of recording.

use parcelgauge::kpi::{KpiError, catalogue};
use parcelgauge::record::{Flow, Records, Window};
use parcelgauge::state::Figure;

use super::{add_scan, figure, gauge, holds_at_the_edges, parcel, records, rows, time, told, worst};
use crate::support::{day, key};

const FRESH: &str = "tracking_freshness_rate";
const DELAY: &str = "recording_delay_hours";

/// One parcel, scanned at ten o'clock of 1 October, each scan recorded when told.
fn recorded(times: &[&str]) -> Records {
    let mut records = records();
    parcel(&mut records, "A", &[]);
    for (kind, recorded_at) in ["inspected", "collected", "origin_arrived", "held"].into_iter().zip(times) {
        add_scan(&mut records, &key("A", day(10, 1)), kind, "10-01 10:00").recorded_at = Some(time(recorded_at));
    }
    records
}

#[test]
fn recorded_within_the_limit() {
    let records = recorded(&["10-01 10:59:59.999", "10-01 11:00", "10-01 11:00:00.001"]);
    assert_eq!(told(&records, FRESH, "10-02 11:00"), "2 of 3");
    assert_eq!(told(&records, "tracking_freshness_rate(1h)", "10-02 11:00"), "2 of 3");
    assert_eq!(told(&records, "tracking_freshness_rate(59m)", "10-02 11:00"), "0 of 3");
    assert_eq!(told(&records, "tracking_freshness_rate(3600001ms)", "10-02 11:00:00.001"), "3 of 3");
    holds_at_the_edges(FRESH, &records, "10-02 11:00");
    holds_at_the_edges(DELAY, &records, "10-02 11:00");
    assert!(gauge(FRESH).definition().clustered);
}

#[test]
fn scans_in_time_wait_for_the_others() {
    let records = recorded(&["10-01 10:01", "10-01 20:00"]);
    assert_eq!(told(&records, FRESH, "10-02 10:59:59.999"), "0 of 0, open 2");
    assert_eq!(told(&records, FRESH, "10-02 11:00"), "1 of 2");
    assert_eq!(told(&records, &format!("{FRESH} settle=0h"), "10-01 11:00"), "1 of 1", "the other is not yet known");
    assert_eq!(told(&records, DELAY, "10-01 10:01"), "1", "a delay is told as soon as it is known");
}

#[test]
fn clocks_that_are_missing_or_cannot_be_right() {
    let mut records = recorded(&["10-01 09:55", "10-01 09:54:59.999"]);
    let key = key("A", day(10, 1));
    add_scan(&mut records, &key, "origin_arrived", "10-01 10:00");
    for (name, excluded, kept) in [(FRESH, "1 of 1", "2 of 2"), (DELAY, "1", "2")] {
        let both = "invalid clock_anomaly 1, invalid no_recording_clock 1";
        assert_eq!(told(&records, name, "10-03 00:00"), format!("{excluded}, {both}"));
        let as_they_stand = format!("{name} anomalies=keep");
        assert_eq!(told(&records, &as_they_stand, "10-03 00:00"), format!("{kept}, invalid no_recording_clock 1"));
    }
    let Figure::Distribution { mean, max, .. } = figure(&records, DELAY, "10-03 00:00") else { panic!("no delay") };
    assert_eq!((mean, max), (Some(-5.0 / 60.0), Some(-5.0 / 60.0)), "five minutes early is within the tolerance");
}

#[test]
fn anomalies_of_the_journey_are_anomalies_of_the_scan() {
    let mut records = records();
    let scans = [
        ("collected", "10-05 10:00"),
        ("inspected", "10-04 09:59:59.999"),
        ("delivered", "10-06 10:00"),
        ("hub_arrived", "10-06 10:00:00.001"),
    ];
    parcel(&mut records, "A", &scans);
    records.events.iter_mut().for_each(|scan| scan.recorded_at = Some(scan.occurred_at));
    assert_eq!(told(&records, DELAY, "10-10 00:00"), "2, invalid clock_anomaly 2");
    assert_eq!(told(&records, &format!("{DELAY} anomalies=keep"), "10-10 00:00"), "4");
}

#[test]
fn other_flows_and_the_way_back_are_left_out() {
    let mut records = recorded(&["10-01 10:30"]);
    let known = |scan: &mut parcelgauge::record::NodeEvent| scan.recorded_at = Some(scan.occurred_at);
    let forward = key("A", day(10, 1));
    known(add_scan(&mut records, &forward, "returned", "10-02 10:00"));
    known(add_scan(&mut records, &forward, "hub_arrived", "10-02 10:00:00.001"));
    parcel(&mut records, "B", &[]).flow = Flow::Reverse;
    known(add_scan(&mut records, &key("B", day(10, 1)), "collected", "10-01 10:00"));
    known(add_scan(&mut records, &key("nobody's", day(10, 1)), "collected", "10-01 10:00"));
    assert_eq!(told(&records, FRESH, "10-10 00:00"), "2 of 2, excluded not_forward 2");
    assert_eq!(told(&records, DELAY, "10-10 00:00"), "2, excluded not_forward 2");
}

#[test]
fn of_repeats_the_one_recorded_first_counts() {
    let mut records = recorded(&["10-01 12:00"]);
    add_scan(&mut records, &key("A", day(10, 1)), "inspected", "10-01 10:00").recorded_at = Some(time("10-01 10:10"));
    assert_eq!(told(&records, FRESH, "10-10 00:00"), "1 of 1");
    assert_eq!(figure(&records, DELAY, "10-10 00:00").value(), Some(1.0 / 6.0));
}

#[test]
fn delays_by_the_day_of_the_scan() {
    let mut records = recorded(&["10-01 10:30", "10-01 11:30", "10-01 14:00"]);
    let later = add_scan(&mut records, &key("A", day(10, 1)), "delivered", "10-02 10:00");
    later.recorded_at = Some(time("10-02 10:06"));
    let days = rows(&records, DELAY, Window::Day, "10-10 00:00");
    let means: Vec<_> = days.iter().map(|row| (row.window.as_str(), row.figure.value())).collect();
    assert_eq!(means, [("2026-10-01", Some(2.0)), ("2026-10-02", Some(0.1))]);
    let Figure::Distribution { p50, p95, max, .. } = days[0].figure else { panic!("no delay") };
    // 0.5, 1.5 and 4 h: p95 stands at position 1.9.
    assert_eq!((p50, p95, max), (Some(1.5), Some(3.75), Some(4.0)));
    assert_eq!(worst(&records, DELAY, "10-10 00:00")[0], "A origin_arrived 2026-10-01T02:00:00Z");
    assert_eq!(worst(&records, FRESH, "10-10 00:00").len(), 2);
    let one = figure(&records, &format!("{DELAY} exact_up_to=0"), "10-10 00:00");
    assert_eq!(one.value(), Some(6.1 / 4.0), "the mean is exact in buckets too");
}

#[test]
fn limits_that_are_none() {
    for name in ["tracking_freshness_rate", "response_within_rate", "resolution_rate"] {
        for argument in ["0h", "-1h", "1", "soon", "", "24 h"] {
            let refused = catalogue().find(&format!("{name}({argument})"));
            let Err(KpiError::Argument { kpi, argument: given, expected }) = refused else {
                panic!("{argument} taken")
            };
            assert_eq!((kpi.as_str(), expected), (name, "a duration above 0 such as 24h"));
            assert!(given == argument || given == "0h" || given == "-1h");
        }
        assert!(catalogue().find(&format!("{name}(1ms)")).is_ok());
    }
}
