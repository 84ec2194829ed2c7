//! The raw answers against the form that others brought the same answers to.

use std::fs;

use parcelgauge::tracking::{TrackedScan, TrackedShipment, read_answers};
use serde_json::Value;

use super::shipments;
use crate::support::data_set;

/// What both forms tell of a scan: code, text with single blanks, day, place.
fn told(scan: &TrackedScan) -> [Option<String>; 4] {
    let blanks = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        scan.code.clone(),
        scan.text.as_ref().map(blanks),
        scan.at.map(|at| at.to_string()),
        scan.place.as_ref().map(blanks),
    ]
}

#[test]
fn raw_answers_say_what_the_collected_ones_say() {
    let Some(folder) = data_set("carrier_tracking") else { return };
    let lines = fs::read_to_string(folder.join("carrier_responses_normalised.jsonl")).expect("a text");
    let collected = shipments(&folder.join("carrier_responses_normalised.jsonl"));
    let sources = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let mut compared = 0;
    let (mut wrong, mut left_out) = (Vec::new(), Vec::new());
    for (source, theirs) in sources.zip(&collected) {
        let file = source["source"].as_str().expect("a file");
        let raw: Vec<TrackedShipment> = shipments(&folder.join("raw").join(file));
        let Some(ours) = raw.iter().find(|one| one.number == theirs.number) else {
            wrong.push(format!("{file}: no shipment {:?} among {}", theirs.number, raw.len()));
            continue;
        };
        let (timed, timeless): (Vec<_>, Vec<_>) = ours.scans.iter().partition(|scan| scan.at.is_some());
        left_out.extend(timeless.iter().filter_map(|scan| scan.text.clone()));
        let (a, b): (Vec<_>, Vec<_>) = (timed.into_iter().map(told).collect(), theirs.scans.iter().map(told).collect());
        if a != b {
            let at = a.iter().zip(&b).position(|(a, b)| a != b);
            wrong.push(format!("{file}: {} against {} scans, {:?}", a.len(), b.len(), at.map(|at| (&a[at], &b[at]))));
        }
        let promise = (ours.promise.map(|at| at.to_string()), theirs.promise.map(|at| at.to_string()));
        if promise.0 != promise.1
            || (theirs.original_promise.is_some() && ours.original_promise != theirs.original_promise)
        {
            wrong.push(format!("{file}: {promise:?} {:?} {:?}", ours.original_promise, theirs.original_promise));
        }
        compared += a.len();
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(compared, 246);
    // A scan without a time, which they left out and we keep, to be set aside by name.
    assert_eq!(left_out, ["Origin Post is Preparing Shipment"]);
}

/// Errors of carriers are answers that tell of no shipment, or of one without scans; broken files are refused.
#[test]
fn every_raw_answer_is_read_or_refused_by_name() {
    let Some(folder) = data_set("carrier_tracking") else { return };
    let mut refused = Vec::new();
    for maker in ["shipit", "active_shipping"] {
        for file in fs::read_dir(folder.join("raw").join(maker)).expect("a folder") {
            let path = file.expect("a file").path();
            let text = fs::read_to_string(&path).expect("a text");
            if read_answers(&text).is_err() {
                refused.push(path.file_name().expect("a name").to_string_lossy().into_owned());
            }
        }
    }
    refused.sort_unstable();
    // All four are messages of errors.
    assert_eq!(
        refused,
        [
            "a1_error.xml",
            "canadapost_pws__tracking_details_en_error.xml",
            "usps__invalid_xml_tracking_response_error.xml",
            "usps__tracking_response_test_error.xml"
        ]
    );
}
