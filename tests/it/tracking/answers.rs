//! Small answers by hand: times, zones, promises, what is missing.

use parcelgauge::record::{Mover, NodeKind, Promise, RecordKind, Zone};
use parcelgauge::tracking::{
    MissingTime, ScanFault, ToldTime, TrackingError, TrackingIntake, TrackingReading, read_answers,
};

fn reading(answer: &str) -> TrackingReading {
    let shipments = read_answers(answer).expect("an answer");
    TrackingIntake::default().take(&shipments).expect("known systems")
}

fn instants(reading: &TrackingReading) -> Vec<String> {
    reading.records.events.iter().map(|event| event.occurred_at.to_string()).collect()
}

#[test]
fn kuaidi100_and_kdniao_are_read_as_they_come() {
    let kdniao = r#"{"EBusinessID": "1", "ShipperCode": "ZTO", "LogisticCode": "Z1", "State": "3", "StateEx": "301", "Traces": [
        {"AcceptTime": "2026-10-01 10:00:00", "AcceptStation": "【上海】已揽收", "Action": "1", "Location": "上海市"},
        {"AcceptTime": "2026-10-02 11:00:00", "AcceptStation": "已签收", "Action": "301", "Location": "苏州市"}]}"#;
    let read = reading(kdniao);
    let event = &read.records.events[0];
    assert_eq!((event.kind, event.raw_code.as_ref().map(|code| code.as_str())), (NodeKind::Collected, Some("1")));
    assert_eq!(event.facility.as_ref().map(|place| place.as_str()), Some("上海市"));
    assert_eq!(event.waybill.to_string(), "ZTO/Z1 of 2026-10-01");
    assert_eq!(instants(&read), ["2026-10-01T02:00:00Z", "2026-10-02T03:00:00Z"], "local times of Shanghai");
}

#[test]
fn times_keep_what_was_told_of_them() {
    let parts = |day: &str, clock: &str| ToldTime::of_parts(day, Some(clock)).map(|told| told.to_string());
    let iso = Some("2014-02-13T12:24:00".to_owned());
    assert_eq!(parts("February 13, 2014", "12:24 pm"), iso);
    assert_eq!(parts("02/13/2014", "12:24 PM"), iso);
    assert_eq!(parts("20140213", "122400"), iso);
    assert_eq!(parts("2014-02-13", "14:30 PM"), Some("2014-02-13T14:30:00".to_owned()), "past noon already");
    assert_eq!(parts("2014-02-13", "soon"), None);
    assert_eq!(parts("2014-02-30", "12:00"), None);
    let same = |text: &str| text.parse::<ToldTime>().map(|told| told.to_string());
    for text in ["2014-02-13", "2014-02-13T12:24:00", "2014-02-13T12:24:00-05:30", "2014-02-13T12:24:00.250Z"] {
        assert_eq!(same(text), Ok(text.to_owned()));
    }
    assert_eq!(same("2019-02-04 23:59:00 GMT-08:00"), Ok("2019-02-04T23:59:00-08:00".to_owned()));
    assert!(same("").is_err());
}

/// A line of the form with one scan.
fn one(at: &str) -> String {
    format!("{{\"number\": \"N1\", \"carrier\": \"x\", \"scans\": [{{{at}, \"text\": \"Delivered\"}}]}}")
}

#[test]
fn zones_are_those_told_else_that_of_the_intake() {
    let at = |at: &str| instants(&reading(&one(at))).join(" ");
    assert_eq!(at(r#""at": "2026-10-01T08:00:00""#), "2026-10-01T00:00:00Z");
    assert_eq!(at(r#""at": "2026-10-01T08:00:00", "zone": "EST""#), "2026-10-01T13:00:00Z");
    assert_eq!(at(r#""at": "2026-07-01T08:00:00", "zone": "America/New_York""#), "2026-07-01T12:00:00Z");
    assert_eq!(at(r#""at": "2026-10-01T08:00:00+01:00", "zone": "EST""#), "2026-10-01T07:00:00Z", "an offset holds");
    let odd = reading(&one(r#""at": "2026-10-01T08:00:00", "zone": "CSTNO""#));
    assert_eq!((instants(&odd).len(), odd.notes.get("unknown_zone")), (1, Some(&1)));
}

#[test]
fn clocks_that_jump_are_told() {
    let zone: Zone = "America/New_York".parse().expect("a zone");
    let take = |at: &str| {
        let shipments = read_answers(&one(at)).expect("the form");
        TrackingIntake::default().with_zone(zone).take(&shipments).expect("known systems")
    };
    // 2026-03-08 02:30 did not exist in New York; 2026-11-01 01:30 came twice, and the earlier is meant.
    let none = take(r#""at": "2026-03-08T02:30:00""#);
    assert_eq!(none.set_aside[0].fault, ScanFault::NonexistentLocalTime);
    assert_eq!(none.records.set_aside[&RecordKind::Event].quarantined["nonexistent_local_time"], 1);
    assert_eq!(instants(&take(r#""at": "2026-11-01T01:30:00""#)), ["2026-11-01T05:30:00Z"]);
}

#[test]
fn a_day_without_a_time_is_its_start_unless_set_aside() {
    let answer = one(r#""at": "2026-10-01""#);
    let read = reading(&answer);
    assert_eq!((instants(&read), read.notes["missing_time"]), (vec!["2026-09-30T16:00:00Z".to_owned()], 1));
    let shipments = read_answers(&answer).expect("the form");
    let strict = TrackingIntake::default().with_missing_time(MissingTime::SetAside).take(&shipments).expect("read");
    assert_eq!((strict.records.events.len(), strict.set_aside[0].fault), (0, ScanFault::MissingTime));
    assert_eq!(strict.records.set_aside[&RecordKind::Waybill].quarantined["missing_posted_on"], 1);
}

#[test]
fn nothing_vanishes_where_something_is_missing() {
    let read = reading(
        r#"{"scans": [{"at": "2026-10-01", "text": "Delivered"}]}
           {"number": "N2", "scans": [{"text": "Delivered"}, {"unread_at": "soon", "text": "Delivered"},
             {"at": "2026-10-01T08:00:00Z", "text": "Hocus pocus"}, {"at": "2026-10-01T09:00:00Z", "text": "Arrived"},
             {"at": "2026-10-01T10:00:00Z", "text": "In transit"}, {"at": "2026-10-01T11:00:00Z", "text": "Delivered"},
             {"at": "2026-10-01T11:00:00Z", "text": "Delivered"}]}"#,
    );
    super::assert_nothing_vanished(&read);
    let faults: Vec<_> = read.set_aside.iter().map(|scan| scan.fault.name()).collect();
    assert_eq!(faults, ["missing_number", "missing_occurred_at", "invalid_time", "unknown_code", "unplaced"]);
    assert_eq!(
        (read.shipments, read.scans, read.without_node, read.records.events.len()),
        (2, 8, 1, 2),
        "repeats stay"
    );
    assert_eq!(
        read.unknown.iter().map(|code| (code.code.as_str(), code.count)).collect::<Vec<_>>(),
        [("Hocus pocus", 1)]
    );
}

#[test]
fn the_original_promise_is_judged_and_the_move_is_the_carriers() {
    let read = reading(
        r#"{"number": "N1", "original_promise": "2026-10-03", "promise": "2026-10-05",
            "scans": [{"at": "2026-10-01T08:00:00Z", "text": "Picked up"}, {"at": "2026-10-04T08:00:00Z", "text": "Delivered"}]}"#,
    );
    let waybill = &read.records.waybills[0];
    let day = |day| Promise::On(crate::support::day(10, day));
    assert_eq!(waybill.promise, Some(day(3)));
    assert_eq!(waybill.promise_moves.len(), 1);
    assert_eq!((waybill.promise_moves[0].by, waybill.promise_moves[0].to), (Mover::Carrier, day(5)));
    assert_eq!(waybill.promise_moves[0].moved_at.to_string(), "2026-10-04T08:00:00Z");
}

#[test]
fn what_is_no_answer_is_refused() {
    assert!(matches!(read_answers("{"), Err(TrackingError::Syntax { .. })));
    assert!(matches!(read_answers("<a><b></a>"), Err(TrackingError::Syntax { .. })));
    assert!(matches!(read_answers("<a>"), Err(TrackingError::Syntax { .. })));
    assert!(matches!(read_answers(&"<a>".repeat(1_000)), Err(TrackingError::Syntax { .. })));
    assert!(read_answers("{\"x\": 1}").is_err_and(|error| error.to_string().contains("kuaidi100, kdniao")));
    let own = read_answers(r#"{"number": "1", "system": "hermes", "scans": []}"#).expect("the form");
    assert!(TrackingIntake::default().take(&own).is_err_and(|error| error.to_string().contains("`hermes`")));
    assert_eq!(read_answers("").expect("no answer at all"), []);
}
