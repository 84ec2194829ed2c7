//! From files to figures: one test a group of figures.

use parcelgauge::record::{RecordKind, Records};

use super::{figure, told};
use crate::intake::Folder;

const MAPPING: &str = r#"
format = "parcelgauge.mapping/1"
zone = "Asia/Shanghai"
currency = "CNY"

[waybill]
file = "waybills.csv"
number = "number"
posted_on = "posted_on"

[event]
file = "events.csv"
waybill = "number"
kind = { column = "status", values = { picked = "collected", in = "origin_arrived", out = "origin_departed", there = "destination_arrived", van = "out_for_delivery", locker = "stored", signed = "delivered" } }
occurred_at = "at"
recorded_at = "seen"
consent = "consent"

[complaint]
file = "cases.csv"
id = "id"
class = "class"
opened_at = "opened"
responded_at = "answered"
resolved_at = "resolved"

[claim]
file = "claims.csv"
id = "id"
waybill = "number"
filed_at = "filed"
claimed = "claimed"

[rating]
file = "ratings.csv"
id = "id"
waybill = "number"
rated_at = "at"
score = "score"
scale_min = "min"
scale_max = "max"
question = "question"
system_default = "auto"
"#;

const WAYBILLS: &str = "number,posted_on\nA,2026-10-01\nB,2026-10-01\nC,2026-10-01\n";

/// A is complete, B lacks a node and was recorded late once, C stays in its locker, unasked.
const EVENTS: &str = "\
number,status,at,seen,consent
A,picked,2026-10-01 10:00,2026-10-01 10:01,
A,in,2026-10-01 11:00,2026-10-01 11:01,
A,out,2026-10-01 12:00,2026-10-01 12:01,
A,there,2026-10-02 08:00,2026-10-02 08:01,
A,van,2026-10-02 09:00,2026-10-02 09:01,
A,locker,2026-10-02 10:00,2026-10-02 10:01,yes
B,picked,2026-10-01 10:00,2026-10-01 10:01,
B,there,2026-10-02 08:00,2026-10-02 09:00:01,
B,van,2026-10-02 07:00,2026-10-02 07:01,
B,signed,2026-10-02 10:00,2026-10-02 10:01,
C,picked,2026-10-01 10:00,2026-10-01 10:01,
C,locker,2026-10-02 10:00,2026-10-02 10:01,no
";

fn read() -> Records {
    let folder = Folder::new()
        .with("waybills.csv", WAYBILLS)
        .with("events.csv", EVENTS)
        .with("cases.csv", "id,class,opened,answered,resolved\n1,complaint,2026-10-03 10:00,2026-10-04 10:00,2026-10-05 10:00\n2,inquiry,2026-10-03 10:00,2026-10-04 10:01,\n3,appeal,2026-10-03 10:00,,\n4,complaint,2026-10-03 10:00,,\n")
        .with("claims.csv", "id,number,filed,claimed\nK1,B,2026-10-06 10:00,80.00\n")
        .with("ratings.csv", "id,number,at,score,min,max,question,auto\nR1,A,2026-10-03 10:00,4,1,5,csat,0\nR2,A,2026-10-04 10:00,2,1,5,csat,0\nR3,B,2026-10-03 10:00,5,1,5,csat,1\nR4,B,2026-10-03 11:00,9,0,10,nps,0\nR5,C,2026-10-03 11:00,6,0,10,nps,0\n");
    let reading = folder.read(MAPPING);
    assert!(reading.quarantine.is_empty(), "{:?}", reading.quarantine);
    assert!(RecordKind::OF_SHIPMENTS.into_iter().all(|kind| reading.records.kinds().contains(kind)));
    reading.records
}

/// Long enough for everything to be decided.
const LATER: &str = "12-31 00:00";

#[test]
fn tracking() {
    let records = read();
    assert_eq!(told(&records, "tracking_completeness_rate", LATER), "1 of 3");
    assert_eq!(told(&records, "tracking_accuracy_rate", LATER), "2 of 3");
    assert_eq!(told(&records, "tracking_freshness_rate", LATER), "11 of 12");
    assert_eq!(told(&records, "recording_delay_hours", LATER), "12");
    // Eleven of a minute, one of an hour and a second.
    let mean = figure(&records, "recording_delay_hours", LATER).value().unwrap();
    assert_eq!(mean, (11.0 * 60.0 + 3_601.0) / 12.0 / 3_600.0);
}

#[test]
fn cases() {
    let records = read();
    assert_eq!(told(&records, "response_within_rate", LATER), "1 of 3, excluded other_class 1");
    assert_eq!(told(&records, "response_within_rate(1441m)", LATER), "2 of 3, excluded other_class 1");
    assert_eq!(told(&records, "resolution_rate", LATER), "1 of 3, excluded other_class 1");
}

#[test]
fn claims() {
    assert_eq!(told(&read(), "claim_rate", LATER), "1 over 3");
}

#[test]
fn experience() {
    let records = read();
    let aside = "excluded other_question 2, excluded system_default 1";
    assert_eq!(told(&records, "satisfaction_rate", LATER), format!("1 of 2, {aside}"));
    assert_eq!(
        told(&records, "satisfaction_rate per=waybill", LATER),
        "0 of 1, excluded not_latest 1, excluded other_question 2, excluded system_default 1"
    );
    assert_eq!(told(&records, "negative_rating_rate", LATER), format!("1 of 2, {aside}"));
    assert_eq!(figure(&records, "satisfaction_score", LATER).value(), Some(50.0));
    let nps = "1 promote, 0 pass, 1 detract, excluded other_question 2, excluded system_default 1";
    assert_eq!(told(&records, "nps", LATER), nps);
    assert_eq!(told(&records, "unconsented_storage_rate", LATER), "1 of 2, excluded not_stored 1");
}

#[test]
fn volume() {
    let records = read();
    assert_eq!(told(&records, "shipment_volume", LATER), "3");
    assert_eq!(told(&records, "shipment_volume(completed)", LATER), "2, open 1");
    assert_eq!(told(&records, "shipment_volume(in_flight)", LATER), "1, excluded completed 2");
}
