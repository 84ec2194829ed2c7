//! Nothing vanishes and order leaves no trace, whatever the files hold.

use parcelgauge::intake::{Reading, Strictness};
use parcelgauge::record::{RecordKind, Records};
use proptest::prelude::*;

use super::{EVENTS, Folder, refused};

const MAPPING: &str = r#"
currency = "CNY"
[[waybill]]
file = "waybills.csv"
number = "number"
posted_on = "day"
fee = { join = "lines", column = "amount", combine = "sum" }
product = { join = "lines", column = "product" }
join = { name = "lines", file = "lines.csv", on = "number", take = "first", order_by = "position" }
[[complaint]]
file = "complaints.csv"
id = "id"
waybill = "number"
opened_at = "at"
[[promise_move]]
file = "moves.csv"
waybill = "number"
moved_at = "at"
by = "by"
to = "to"
"#;

fn sorted(mut records: Records) -> String {
    records.waybills.sort();
    records.events.sort();
    records.complaints.sort();
    records.claims.sort();
    records.ratings.sort();
    records.costs.sort();
    records.courier_days.sort();
    records.site_shifts.sort();
    records.stock_counts.sort();
    format!("{records:?}")
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("A".to_owned()),
        Just("B".to_owned()),
        Just("2026-01-01".to_owned()),
        Just("2026-02-01".to_owned()),
        Just("2026-01-05 10:00".to_owned()),
        Just("2026-02-05 10:00".to_owned()),
        Just("picked".to_owned()),
        Just("signed".to_owned()),
        Just("customer".to_owned()),
        Just("1.50".to_owned()),
        Just("2".to_owned()),
        Just("10".to_owned()),
        Just(String::new()),
        "[ -~é]{0,6}".prop_map(|text| text.replace(['"', ','], "")),
    ]
}

fn rows(width: usize) -> impl Strategy<Value = Vec<String>> {
    let row = proptest::collection::vec(cell(), width).prop_map(|cells| cells.join(","));
    // A line of nothing is no row for a CSV reader; a width of two or more keeps rows apart from it.
    proptest::collection::vec(row, 0..12)
}

/// Rows that are likelier to be read than those of `rows`.
fn likely(first: &'static [&'static str], rest: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    let row = (proptest::sample::select(first), proptest::collection::vec(proptest::sample::select(rest), 2))
        .prop_map(|(first, rest)| format!("{first},{}", rest.join(",")));
    proptest::collection::vec(row, 0..12)
}

fn read(files: &[(&str, &str, &[String])]) -> Reading {
    let folder = files.iter().fold(Folder::new(), |folder, (name, header, rows)| {
        folder.with(name, format!("{header}\n{}\n", rows.join("\n")))
    });
    folder.read(&format!("{MAPPING}{EVENTS}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_leaves_no_trace(
        waybills in likely(&["A", "B", "C"], &["2026-01-01", "2026-02-01", "2026-03-01"]),
        lines in rows(4),
        events in rows(3),
        signed in likely(&["A", "B", "Z"], &["picked", "signed", "2026-01-05 10:00", "2026-02-05 10:00"]),
        complaints in rows(3),
        moves in rows(4),
        turn in 0_usize..12,
    ) {
        let mut events = events;
        events.extend(signed);
        let files = |waybills: &[String], lines: &[String], events: &[String], complaints: &[String], moves: &[String]| {
            read(&[
                ("waybills.csv", "number,day,other", waybills),
                ("lines.csv", "number,position,amount,product", lines),
                ("events.csv", "number,status,at", events),
                ("complaints.csv", "id,number,at", complaints),
                ("moves.csv", "number,at,by,to", moves),
            ])
        };
        let turned = |rows: &[String]| {
            let mut rows: Vec<String> = rows.iter().rev().cloned().collect();
            let middle = turn.min(rows.len());
            rows.rotate_left(middle);
            rows
        };
        let one = files(&waybills, &lines, &events, &complaints, &moves);
        let other =
            files(&turned(&waybills), &turned(&lines), &turned(&events), &turned(&complaints), &turned(&moves));
        prop_assert_eq!(refused(&one, RecordKind::Event) + one.records.events.len() as u64, events.len() as u64);
        prop_assert_eq!(refused(&one, RecordKind::Complaint) + one.records.complaints.len() as u64, complaints.len() as u64);
        prop_assert_eq!(&one.records.set_aside, &other.records.set_aside);
        prop_assert_eq!(one.latest_instant, other.latest_instant);
        prop_assert_eq!(sorted(one.records), sorted(other.records));
    }

    #[test]
    fn any_bytes_are_read_or_set_aside(
        waybills in proptest::collection::vec(any::<u8>(), 0..400),
        events in proptest::collection::vec(proptest::sample::select(&b"A,,\"\n\r picked2026-01 :\xff\xc3"[..]), 0..400),
    ) {
        let mut file = b"number,posted_on\n".to_vec();
        file.extend_from_slice(&waybills);
        let mut long = b"number,status,at\n".to_vec();
        long.extend_from_slice(&events);
        let rows = |bytes: &[u8]| {
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
            reader.byte_records().count() as u64
        };
        let folder = Folder::new().with("waybills.csv", &file).with("events.csv", &long);
        let mapping = format!("{}{EVENTS}where = {{ column = \"status\", not_in = [\"pi\", \"\"] }}", super::WAYBILLS);
        let reading = folder.read(&mapping);
        let left_out = reading.left_out.get(&RecordKind::Event).copied().unwrap_or(0);
        prop_assert_eq!(reading.records.waybills.len() as u64 + refused(&reading, RecordKind::Waybill), rows(&file));
        prop_assert_eq!(reading.records.events.len() as u64 + refused(&reading, RecordKind::Event) + left_out, rows(&long));
        // To stop at the first bad row is to stop where the listing begins.
        match (folder.try_read(&mapping, Strictness::Stop), reading.quarantine.first()) {
            (Err(parcelgauge::intake::IntakeError::Refused(row)), Some(first)) => prop_assert_eq!(&*row, first),
            (Ok(_), None) => {}
            (other, first) => prop_assert!(false, "{:?} against {:?}", other, first),
        }
        // Headers of any bytes are either read or refused by name.
        let _ = Folder::new().with("waybills.csv", &waybills).try_read(super::WAYBILLS, Strictness::SetAside);
        let _ = parcelgauge::intake::Mapping::parse(&String::from_utf8_lossy(&waybills));
    }
}
