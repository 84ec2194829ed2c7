//! Storage without consent.

use parcelgauge::record::{Consent, Flow, Window};

use super::{add_scan, figure, holds_at_the_edges, parcel, records, rows, time, told, worst};
use crate::support::{day, key};

const UNCONSENTED: &str = "unconsented_storage_rate";
const LATER: &str = "10-20 00:00";

#[test]
fn by_consent() {
    let mut records = records();
    for (number, consent) in [("no", Consent::No), ("yes", Consent::Yes), ("unknown", Consent::Unknown)] {
        parcel(&mut records, number, &[("collected", "10-01 10:00")]);
        add_scan(&mut records, &key(number, day(10, 1)), "stored", "10-02 10:00").consent = consent;
    }
    parcel(&mut records, "door", &[("collected", "10-01 10:00"), ("delivered", "10-02 10:00")]);
    parcel(&mut records, "under way", &[("out_for_delivery", "10-02 10:00")]);
    parcel(&mut records, "never", &[]);
    let expected = "1 of 2, excluded never_collected 1, excluded not_stored 2, invalid consent_unknown 1";
    assert_eq!(told(&records, UNCONSENTED, LATER), expected);
    assert_eq!(figure(&records, UNCONSENTED, LATER).value(), Some(0.5));
    assert_eq!(worst(&records, UNCONSENTED, LATER), ["no"]);
    let days: Vec<String> = rows(&records, UNCONSENTED, Window::Day, LATER).into_iter().map(|row| row.window).collect();
    assert_eq!(days, ["2026-10-02", "undated"]);
    holds_at_the_edges(UNCONSENTED, &records, LATER);
    // Nothing but unknown consents: nothing to divide by.
    records.events.retain(|scan| scan.waybill.number.as_str() == "unknown");
    assert_eq!(figure(&records, UNCONSENTED, LATER).value(), None);
}

#[test]
fn the_first_storing_counts() {
    let stored = |scans: &[(&str, Consent)]| {
        let mut records = records();
        parcel(&mut records, "A", &[]);
        for &(stored_at, consent) in scans {
            add_scan(&mut records, &key("A", day(10, 1)), "stored", stored_at).consent = consent;
        }
        records
    };
    let told_of = |scans: &[(&str, Consent)]| told(&stored(scans), UNCONSENTED, LATER);
    let note = "noted inferred_acceptance 1";
    assert_eq!(
        told_of(&[("10-02 10:00", Consent::No), ("10-02 10:00:00.001", Consent::Yes)]),
        format!("1 of 1, {note}")
    );
    assert_eq!(
        told_of(&[("10-02 10:00:00.001", Consent::No), ("10-02 10:00", Consent::Yes)]),
        format!("0 of 1, {note}")
    );
    // A sound clock before a wrong one.
    let mut records = stored(&[("10-02 10:00", Consent::No), ("10-03 10:00", Consent::Yes)]);
    records.events[0].recorded_at = Some(time("10-02 09:00"));
    assert_eq!(told(&records, UNCONSENTED, LATER), format!("0 of 1, {note}"));
}

#[test]
fn the_way_back_and_other_flows_are_left_out() {
    let mut records = records();
    parcel(&mut records, "back", &[("collected", "10-01 10:00"), ("returned", "10-02 10:00")]);
    add_scan(&mut records, &key("back", day(10, 1)), "stored", "10-03 10:00").consent = Consent::No;
    parcel(&mut records, "reverse", &[("stored", "10-02 10:00")]).flow = Flow::Reverse;
    parcel(&mut records, "cancelled", &[("cancelled", "10-01 10:00")]);
    let expected = "0 of 0, excluded cancelled 1, excluded not_forward 1, excluded not_stored 1";
    assert_eq!(told(&records, UNCONSENTED, LATER), expected);
}
