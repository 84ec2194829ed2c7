//! Whose waybill a row is about, and what hangs on waybills and claims from files of their own.

use parcelgauge::record::{Promise, RecordKind};

use super::{EVENTS, Folder, WAYBILLS, listing, refused};

const COMPLAINTS: &str = r#"
[[complaint]]
file = "complaints.csv"
id = "id"
waybill = "number"
opened_at = "opened"
"#;

#[test]
fn a_number_used_again_means_the_latest_waybill_posted_by_then() {
    let reading = Folder::new()
        .with("waybills.csv", "number,posted_on\nA,2026-01-01\nA,2026-03-01\nA,2026-02-01\nB,2026-10-01\n")
        .with(
            "complaints.csv",
            "id,number,opened\n\
             1,A,2026-01-31 12:00\n\
             2,A,2026-02-01 00:00\n\
             3,A,2026-12-01 00:00\n\
             4,A,2025-12-31 23:59\n\
             5,B,2026-09-01 00:00\n\
             6,Z,2026-09-01 00:00\n\
             7,,2026-09-01 00:00\n",
        )
        .with("events.csv", "number,status,at\nA,picked,2025-12-31 23:59\nB,picked,2026-09-01 00:00\n")
        .read(&format!("{COMPLAINTS}{EVENTS}{WAYBILLS}"));
    let found: Vec<Option<String>> =
        reading.records.complaints.iter().map(|case| case.waybill.as_ref().map(ToString::to_string)).collect();
    let expected = [
        Some("A of 2026-01-01"),
        Some("A of 2026-02-01"),
        Some("A of 2026-03-01"),
        None,
        Some("B of 2026-10-01"), // the only one of its number, whatever the day
        None,
        None,
    ];
    assert_eq!(found, expected.map(|text| text.map(str::to_owned)));
    assert_eq!(listing(&reading), [(2, "number", "A", "unknown_waybill")]);
    assert_eq!((refused(&reading, RecordKind::Complaint), reading.records.events.len()), (0, 1));
}

#[test]
fn the_day_is_the_local_one() {
    let folder = Folder::new()
        .with("waybills.csv", "number,posted_on\nA,2026-01-01\nA,2026-02-01\n")
        .with("complaints.csv", "id,number,opened\n1,A,2026-01-31T17:00:00Z\n");
    let day = |zone: &str| {
        let reading = folder.read(&format!("zone = \"{zone}\"{WAYBILLS}{COMPLAINTS}"));
        reading.records.complaints[0].waybill.clone().unwrap().posted_on.to_string()
    };
    assert_eq!(day("UTC"), "2026-01-01");
    assert_eq!(day("Asia/Shanghai"), "2026-02-01");
}

#[test]
fn carriers_keep_their_numbers_apart() {
    let waybills = format!("{WAYBILLS}carrier = \"carrier\"\n");
    let folder = Folder::new()
        .with("waybills.csv", "number,posted_on,carrier\nA,2026-01-01,X\nA,2026-01-01,Y\nB,2026-01-01,X\n")
        .with(
            "events.csv",
            "number,carrier,status,at\nA,Y,picked,2026-01-02 00:00\nA,,picked,2026-01-02 00:00\nB,,picked,2026-01-02 00:00\nB,Y,picked,2026-01-02 00:00\n",
        );
    let reading = folder.read(&format!("{waybills}{EVENTS}carrier = \"carrier\""));
    let keys: Vec<String> = reading.records.events.iter().map(|event| event.waybill.to_string()).collect();
    assert_eq!(keys, ["Y/A of 2026-01-01", "X/B of 2026-01-01"]);
    assert_eq!(listing(&reading), [(3, "number", "A", "ambiguous_waybill"), (5, "number", "B", "unknown_waybill")]);
}

#[test]
fn a_full_key_is_taken_as_it_is() {
    // The core quarantines an event without a waybill, and takes it up when the waybill comes in a later batch.
    let reading = Folder::new()
        .with("events.csv", "number,day,status,at\nA,2026-01-01,picked,2026-01-02 00:00\n")
        .read(&format!("{EVENTS}posted_on = \"day\""));
    assert_eq!(reading.records.events[0].waybill.to_string(), "A of 2026-01-01");
    assert!(!reading.records.supplied.contains(RecordKind::Waybill));
}

#[test]
fn promises_move_and_claims_are_paid_from_files_of_their_own() {
    let mapping = r#"
        currency = "CNY"
        [[waybill]]
        file = "waybills.csv"
        number = "number"
        posted_on = "posted_on"
        [[promise_move]]
        file = "moves.csv"
        waybill = "number"
        moved_at = "at"
        by = { column = "by", values = { kunde = "customer", wir = "carrier" } }
        to = "to"
        [[claim]]
        file = "claims.csv"
        id = "id"
        filed_at = "filed"
        loss_kind = "loss"
        claimed = "asked"
        paid_at = "paid_at"
        paid = "paid"
        [[payment]]
        file = "payments.csv"
        claim = "claim"
        paid_at = { column = "day", time_of_day = "18:00" }
        amount = "amount"
    "#;
    let reading = Folder::new()
        .with("waybills.csv", "number,posted_on\nA,2026-01-01\nA,2026-01-01\nB,2026-01-01\n")
        .with(
            "moves.csv",
            "number,at,by,to\n\
             A,2026-01-03 00:00,wir,2026-01-09 18:00\n\
             A,2026-01-02 00:00,kunde,2026-01-08\n\
             A,2026-01-02 00:00,kunde,2026-01-08\n\
             C,2026-01-02 00:00,kunde,2026-01-08\n\
             A,2026-01-02 00:00,niemand,2026-01-08\n\
             A,2026-01-02 00:00,kunde,\n",
        )
        .with(
            "claims.csv",
            "id,filed,loss,asked,paid_at,paid\n\
             1,2026-01-05 00:00,partial_damage,10.00,2026-01-06 00:00,4.00\n\
             2,2026-01-05 00:00,loss,,,0.00\n\
             3,2026-01-05 00:00,loss,,,1.00\n\
             4,2026-01-05 00:00,loss,,2026-01-06 00:00,\n",
        )
        .with(
            "payments.csv",
            "claim,day,amount\n1,2026-01-07,1.00\n1,2026-01-07,1.00\n2,2026-01-07,-1.00\n9,2026-01-07,1.00\n",
        )
        .read(mapping);
    for waybill in &reading.records.waybills[..2] {
        let moves: Vec<_> = waybill.promise_moves.iter().map(|moved| moved.to).collect();
        assert!(matches!(moves[..], [Promise::On(_), Promise::By(_)]), "{moves:?}");
    }
    assert!(reading.records.waybills[2].promise_moves.is_empty());
    let paid: Vec<String> =
        reading.records.claims[0].payments.iter().map(|p| format!("{} {}", p.paid_at, p.amount)).collect();
    assert_eq!(
        paid,
        ["2026-01-06T00:00:00Z 4.00 CNY", "2026-01-07T18:00:00Z 1.00 CNY", "2026-01-07T18:00:00Z 1.00 CNY"]
    );
    assert_eq!(
        listing(&reading),
        [
            (5, "number", "C", "unknown_waybill"),
            (6, "by", "niemand", "unknown_value"),
            (7, "to", "", "missing_promise"),
            (4, "paid_at", "", "missing_time"),
            (5, "paid", "", "missing_amount"),
            (4, "amount", "-1.00", "negative_amount"),
            (5, "claim", "9", "unknown_claim"),
        ]
    );
    assert_eq!((refused(&reading, RecordKind::Waybill), refused(&reading, RecordKind::Claim)), (3, 4));
    // The promised days lie ahead and do not count.
    assert_eq!(reading.latest_instant.unwrap().to_string(), "2026-01-07T18:00:00Z");
}

#[test]
fn a_row_whose_waybill_was_set_aside_is_told_so() {
    let reading = Folder::new()
        .with("waybills.csv", "number,posted_on\nA,soon\nB,2026-01-01\n")
        .with("events.csv", "number,status,at\nA,picked,2026-01-02 08:00\nC,picked,2026-01-02 08:00\n")
        .read(&format!("{WAYBILLS}{EVENTS}"));
    let unknown = [(2, "number", "A", "unknown_waybill"), (3, "number", "C", "unknown_waybill")];
    assert_eq!(listing(&reading)[1..], unknown);
    let messages: Vec<&str> = reading.quarantine[1..].iter().map(|row| row.message.as_str()).collect();
    assert!(messages[0].contains("was set aside itself; correct its row first"), "{messages:?}");
    assert!(messages[1].contains("hand over its waybill too"), "{messages:?}");
}
