//! Volume: accepted, completed, under way.

use parcelgauge::kpi::{KpiError, catalogue};
use parcelgauge::record::{Consent, Flow, RecordKind, Records, Window};
use parcelgauge::state::Figure;

use super::{add_scan, figure, holds_at_the_edges, parcel, records, rows, told, worst};
use crate::support::{day, key};

const OF: [&str; 3] = ["shipment_volume(accepted)", "shipment_volume(completed)", "shipment_volume(in_flight)"];
const LATER: &str = "10-20 00:00";

fn network() -> Records {
    let mut records = records();
    parcel(&mut records, "delivered", &[("collected", "10-01 10:00"), ("delivered", "10-03 10:00")]);
    parcel(&mut records, "under way", &[("collected", "10-01 10:00")]);
    parcel(&mut records, "inferred", &[("origin_arrived", "10-02 10:00")]);
    parcel(&mut records, "returned", &[("collected", "10-01 10:00"), ("returned", "10-02 10:00")]);
    parcel(&mut records, "lost", &[("collected", "10-01 10:00"), ("lost", "10-02 10:00")]);
    parcel(&mut records, "found", &[("collected", "10-01 10:00"), ("lost", "10-02 10:00"), ("held", "10-03 10:00")]);
    parcel(&mut records, "stopped", &[("collected", "10-01 10:00"), ("cancelled", "10-02 10:00")]);
    parcel(&mut records, "cancelled", &[("ordered", "10-01 10:00"), ("cancelled", "10-01 10:01")]);
    parcel(&mut records, "never", &[("ordered", "10-01 10:00")]);
    parcel(&mut records, "reverse", &[("collected", "10-01 10:00")]).flow = Flow::Reverse;
    records
}

const NOT_ACCEPTED: &str = "excluded never_collected 1, excluded not_forward 1";

#[test]
fn three_ways_to_count() {
    let records = network();
    let inferred = "noted inferred_acceptance 1";
    assert_eq!(told(&records, OF[0], LATER), format!("7, excluded cancelled 1, {NOT_ACCEPTED}, {inferred}"));
    assert_eq!(told(&records, "shipment_volume", LATER), told(&records, OF[0], LATER), "the default");
    let ended = "excluded lost 1, excluded never_collected 1, excluded not_forward 1, excluded returned 1";
    assert_eq!(told(&records, OF[1], LATER), format!("1, open 3, excluded cancelled 2, {ended}, {inferred}"));
    assert_eq!(
        told(&records, OF[2], LATER),
        format!("3, excluded cancelled 2, excluded completed 1, {ended}, {inferred}")
    );
    for name in OF {
        holds_at_the_edges(name, &records, LATER);
        assert!(worst(&records, name, LATER).is_empty());
    }
}

#[test]
fn by_the_day_of_what_is_counted() {
    let days = |name: &str| -> Vec<(String, Option<f64>)> {
        rows(&network(), name, Window::Day, LATER).into_iter().map(|row| (row.window, row.figure.value())).collect()
    };
    let day = |day: &str, count: f64| (format!("2026-10-0{day}"), Some(count));
    let undated = || ("undated".to_owned(), Some(0.0));
    assert_eq!(days(OF[0]), [day("1", 6.0), day("2", 1.0), undated()]);
    assert_eq!(days(OF[1]), [day("3", 1.0), undated()]);
    assert_eq!(days(OF[2]), [day("1", 2.0), day("2", 1.0), undated()]);
}

/// What is under way is decided by what is known, not by a clock.
#[test]
fn under_way_until_a_record_says_otherwise() {
    let records = network();
    for (as_of, count) in [("10-01 09:59:59.999", None), ("10-01 10:00", Some(6.0)), ("10-02 09:59:59.999", Some(6.0))]
    {
        assert_eq!(figure(&records, OF[2], as_of).value().filter(|&count| count > 0.0), count, "{as_of}");
    }
    assert_eq!(figure(&records, OF[2], "10-02 10:00").value(), Some(3.0), "three ended, one more was taken in");
    assert_eq!(figure(&records, OF[2], "12-31 00:00").value(), Some(3.0), "however long ago");
}

#[test]
fn storing_by_policy() {
    let mut records = records();
    parcel(&mut records, "A", &[("collected", "10-01 10:00")]);
    add_scan(&mut records, &key("A", day(10, 1)), "stored", "10-02 10:00").consent = Consent::No;
    for (policy, completed) in [("consented", "0, open 1"), ("always", "1"), ("never", "0, open 1")] {
        assert_eq!(told(&records, &format!("{} storage_completes={policy}", OF[1]), LATER), completed);
    }
    let in_flight = |policy: &str| told(&records, &format!("{} storage_completes={policy}", OF[2]), LATER);
    assert_eq!((in_flight("consented"), in_flight("always")), ("1".to_owned(), "0, excluded completed 1".to_owned()));
}

#[test]
fn a_count_without_its_records_is_none() {
    let without = Records::supplying([RecordKind::Waybill]);
    assert_eq!(figure(&without, "shipment_volume", LATER), Figure::Count { count: None });
    assert_eq!(figure(&records(), "shipment_volume", LATER), Figure::Count { count: Some(0) });
}

#[test]
fn arguments_that_are_none() {
    for argument in ["sent", "", "Accepted", "24h"] {
        let refused = catalogue().find(&format!("shipment_volume({argument})"));
        let Err(KpiError::Argument { expected, .. }) = refused else { panic!("{argument} taken") };
        assert_eq!(expected, "accepted, completed or in_flight");
    }
}
