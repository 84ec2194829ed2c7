//! Every way a row can be bad, and what is said about it.

use parcelgauge::intake::{IntakeError, MAX_ROW_BYTES, Strictness};
use parcelgauge::record::RecordKind;

use super::{EVENTS, Folder, WAYBILLS, listing, refused, set_aside};

const TWO_WAYBILLS: &str = "number,posted_on\nA,2026-10-01\nB,2026-10-01\n";

fn events(contents: impl AsRef<[u8]>) -> parcelgauge::intake::Reading {
    let mapping = format!("{WAYBILLS}{EVENTS}");
    Folder::new().with("waybills.csv", TWO_WAYBILLS).with("events.csv", contents).read(&mapping)
}

#[test]
fn each_bad_cell_is_named_and_the_run_goes_on() {
    let reading = events(
        "number,status,at\n\
         A,picked,2026-10-01 08:00:00\n\
         A,sniffed,2026-10-01 09:00:00\n\
         A,picked,\n\
         A,picked,yesterday\n\
         ,picked,2026-10-01 08:00:00\n\
         A,,2026-10-01 08:00:00\n\
         C,picked,2026-10-01 08:00:00\n\
         A,picked\n\
         A,picked,2026-10-01 08:00:00,more\n\
         A,picked,2026-10-01\n\
         A,picked,0000-10-01 08:00:00\n\
         \"A\x07\",picked,2026-10-01 08:00:00\n\
         B,signed,2026-10-02 08:00\n",
    );
    assert_eq!(
        listing(&reading),
        [
            (3, "status", "sniffed", "unknown_status"),
            (4, "at", "", "missing_occurred_at"),
            (5, "at", "yesterday", "invalid_time"),
            (6, "number", "", "missing_waybill"),
            (7, "status", "", "missing_kind"),
            (8, "number", "C", "unknown_waybill"),
            (9, "", "A | picked", "wrong_cell_count"),
            (10, "", "A | picked | 2026-10-01 08:00:00 | more", "wrong_cell_count"),
            (11, "at", "2026-10-01", "invalid_time"),
            (12, "at", "0000-10-01 08:00:00", "invalid_time"),
            (13, "number", "A\u{7}", "invalid_id"),
        ]
    );
    assert_eq!((reading.records.events.len(), refused(&reading, RecordKind::Event)), (2, 11));
    assert_eq!(set_aside(&reading, RecordKind::Event, "wrong_cell_count"), 2);
    assert_eq!(reading.latest_instant.unwrap().to_string(), "2026-10-02T08:00:00Z");
    let shown = reading.quarantine[10].to_string();
    assert!(
        shown.starts_with(r#"events.csv:13: event set aside, invalid_id, column "number", value "A\u{7}": "#),
        "{shown}"
    );
}

#[test]
fn bytes_that_are_not_text() {
    let reading = events(b"number,status,at\nA,pick\xffed,2026-10-01 08:00\nA,picked,2026-10-01 08:00\nA,\xc3,\xa9\n");
    assert_eq!(
        listing(&reading),
        [(2, "status", "pick\u{fffd}ed", "invalid_utf8"), (4, "status", "\u{fffd}", "invalid_utf8")]
    );
    assert_eq!(reading.records.events.len(), 1);
}

#[test]
fn rows_too_long() {
    for length in [MAX_ROW_BYTES + 1, MAX_ROW_BYTES + (1 << 17), 10 << 20] {
        let long = "x".repeat(length);
        let reading =
            events(format!("number,status,at\nA,picked,2026-10-01 08:00\n{long},picked,\nA,signed,2026-10-01 09:00\n"));
        let rows = listing(&reading);
        assert_eq!((rows.len(), rows[0].0, rows[0].3), (1, 3, "row_too_long"), "{length}");
        assert!(rows[0].2.starts_with("xxx") && rows[0].2.chars().count() == 200);
        assert_eq!(reading.records.events.len(), 2, "{length}: the rows around it are read");
    }
    let longest = "x".repeat(MAX_ROW_BYTES - "picked2026-10-01 08:00".len());
    let reading = events(format!("number,status,at\n{longest},picked,2026-10-01 08:00\n"));
    assert_eq!(listing(&reading)[0].3, "invalid_id", "a row of exactly the limit is split into cells");
}

#[test]
fn a_quote_that_is_never_closed_swallows_no_more_than_it_must() {
    let row = "A,picked,2026-10-01 08:00\n";
    let many = row.repeat(100_000);
    let reading = events(format!("number,status,at\n{row}\"A,picked,2026-10-01 08:00\n{many}"));
    let rows = listing(&reading);
    assert_eq!((rows.len(), rows[0].0, rows[0].3), (1, 3, "row_too_long"));
    let read = reading.records.events.len();
    assert!((50_000..70_000).contains(&read), "{read}");
    // Lines are counted on through the gap.
    let last = format!("number,status,at\n\"{many}A,oops,2026-10-01 08:00\n");
    let reading = events(last);
    assert_eq!(listing(&reading).last().unwrap().0, 100_002);
}

#[test]
fn line_numbers_with_every_kind_of_line_end() {
    let body = "number,status,at\nA,picked,2026-10-01 08:00\n\nA,bad,2026-10-01 08:00\n\"A\",\"two\nlines\",2026-10-01 08:00\nA,worse,2026-10-01 08:00";
    for text in [body.to_owned(), format!("{body}\n"), body.replace('\n', "\r\n"), format!("\u{feff}{body}")] {
        let reading = events(&text);
        let lines: Vec<u64> = reading.quarantine.iter().map(|row| row.line).collect();
        assert_eq!(lines, [4, 5, 7], "{text:?}");
        assert_eq!(reading.records.events.len(), 1);
    }
}

#[test]
fn no_rows_and_no_header() {
    let reading = events("number,status,at\n");
    assert!(reading.records.supplied.contains(RecordKind::Event) && reading.records.events.is_empty());
    assert!(!reading.records.supplied.contains(RecordKind::Claim));
    let folder = Folder::new().with("waybills.csv", "");
    let error = folder.try_read(WAYBILLS, Strictness::SetAside).unwrap_err();
    assert!(matches!(error, IntakeError::Header { .. }));
    assert!(error.to_string().contains("waybills.csv: the file is empty"), "{error}");
    let folder = Folder::new().with("waybills.csv", b"number,posted\xff_on\n");
    assert!(matches!(folder.try_read(WAYBILLS, Strictness::SetAside), Err(IntakeError::Header { .. })));
    let folder = Folder::new().with("waybills.csv", "x".repeat(3 << 20));
    assert!(matches!(folder.try_read(WAYBILLS, Strictness::SetAside), Err(IntakeError::Header { .. })));
}

#[test]
fn stop_ends_with_the_first_bad_row() {
    let folder = Folder::new()
        .with("waybills.csv", "number,posted_on\nA,2026-10-01\nB,when\nC,never\n")
        .with("events.csv", "number,status,at\nA,bad,x\n");
    let error = folder.try_read(&format!("{EVENTS}{WAYBILLS}"), Strictness::Stop).unwrap_err();
    let IntakeError::Refused(row) = error else { panic!("{error}") };
    assert_eq!((row.file.as_str(), row.line, row.reason.code()), ("waybills.csv", 3, "invalid_date"));
}

#[test]
fn amounts_and_orders_that_records_refuse() {
    let mapping = r#"
        currency = "CNY"
        [waybill]
        file = "waybills.csv"
        number = "number"
        posted_on = "posted_on"
        fee = "fee"
        weight_grams = "weight"
        destination_zone = "zone"
        flow = "flow"
        [complaint]
        file = "complaints.csv"
        id = "id"
        opened_at = "opened"
        resolved_at = "resolved"
        upheld = "upheld"
    "#;
    let reading = Folder::new()
        .with(
            "waybills.csv",
            "number,posted_on,fee,weight,zone,flow\n\
             A,2026-10-01,-1.00,,,\n\
             B,2026-10-01,1.005,,,\n\
             C,2026-10-01,1e3,,,\n\
             D,2026-10-01,,-5,,\n\
             E,2026-10-01,,,Mars/Olympus,\n\
             F,2026-10-01,,,,sideways\n\
             G,2026-10-01,99999999999999999999,,,\n\
             H,2026-10-01,1.50,300.0,Asia/Tokyo,reverse\n",
        )
        .with(
            "complaints.csv",
            "id,opened,resolved,upheld\n1,2026-10-02 00:00,2026-10-01 00:00,\n2,2026-10-02 00:00,2026-10-02 00:00,yes\n3,2026-10-02 00:00,,maybe\n",
        )
        .read(mapping);
    assert_eq!(
        listing(&reading),
        [
            (2, "fee", "-1.00", "negative_amount"),
            (3, "fee", "1.005", "invalid_money"),
            (4, "fee", "1e3", "invalid_money"),
            (5, "weight", "-5", "invalid_number"),
            (6, "zone", "Mars/Olympus", "unknown_zone"),
            (7, "flow", "sideways", "unknown_value"),
            (8, "fee", "99999999999999999999", "invalid_money"),
            (2, "resolved", "2026-10-01 00:00", "instants_out_of_order"),
            (4, "upheld", "maybe", "unknown_value"),
        ]
    );
    assert_eq!((refused(&reading, RecordKind::Waybill), refused(&reading, RecordKind::Complaint)), (7, 2));
    let waybill = &reading.records.waybills[0];
    assert_eq!((waybill.weight_grams, waybill.fee.unwrap().minor_units()), (Some(300), 150));
}

#[test]
fn a_date_in_the_wrong_year_does_not_end_the_input() {
    let mut rows = "number,status,at\n".to_owned();
    for hour in 0..200 {
        rows += &format!("A,picked,2026-10-{:02} {:02}:00\n", 1 + hour / 24, hour % 24);
    }
    let reach = events(&rows).reach.unwrap();
    assert_eq!((reach.end.to_string().as_str(), reach.beyond), ("2026-10-09T07:00:00Z (events.csv:201)", 0));
    assert_eq!(reach.latest, reach.end);
    let slipped = events(rows + "A,signed,2062-10-02 08:00\nB,picked,2026-10-01 08:00\n");
    let reach = slipped.reach.unwrap();
    assert_eq!((reach.end.to_string().as_str(), reach.beyond), ("2026-10-09T07:00:00Z (events.csv:201)", 1));
    assert_eq!(reach.latest.to_string(), "2062-10-02T08:00:00Z (events.csv:202)");
    assert_eq!(slipped.latest_instant, Some(reach.latest.at));
    assert_eq!(events("number,status,at\n").reach, None);
}
