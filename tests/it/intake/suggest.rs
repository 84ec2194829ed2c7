//! Drafts of mappings for files nobody has described.

use parcelgauge::intake::{Explanation, Intake, Mapping, suggest_mapping};
use parcelgauge::record::{NodeKind, Promise, Zone};
use proptest::prelude::*;

use super::Folder;

fn draft(file: &str) -> (Folder, String) {
    let folder = Folder::new().with("f.csv", file);
    let text = suggest_mapping(&folder.path().join("f.csv")).unwrap();
    (folder, text)
}

fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
    Mapping::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
}

#[test]
fn a_wide_table_of_orders() {
    let (folder, text) = draft(
        "order_id;order_purchase;handed_to_carrier;order_delivered;estimated_delivery;customer_id;customer_state;freight;note\n\
         a1;31/01/2026 10:00;01/02/2026 09:30;NA;05/02/2026;c1;SP;12.50;x\n\
         a2;01/02/2026 11:00;02/02/2026 08:00;03/02/2026 12:15;06/02/2026;c2;RJ;8;y\n",
    );
    holds(
        &text,
        &[
            "delimiter = \";\"\nnulls = [\"\", \"NA\"]\n",
            "number = \"order_id\"\n",
            "posted_on = { column = \"order_purchase\", formats = \"%d/%m/%Y %H:%M\" }\n",
            "promise = { column = \"estimated_delivery\", formats = \"%d/%m/%Y\" }\n",
            "destination_region = \"customer_state\"\n",
            "fee = { column = \"freight\", currency = \"CNY\" }\n",
            "kind = \"collected\"\noccurred_at = { column = \"handed_to_carrier\", formats = \"%d/%m/%Y %H:%M\" }",
            "kind = \"delivered\"\n",
            "#   \"note\": texts, 2 unlike, such as \"x | y\"\n",
        ],
    );
    let reading = Intake::new(Mapping::parse(&text).unwrap(), folder.path()).with_zone(Zone::UTC).read().unwrap();
    assert_eq!((reading.records.waybills.len(), reading.records.events.len(), reading.quarantine.len()), (2, 5, 0));
    let promised = Promise::On(chrono::NaiveDate::from_ymd_opt(2026, 2, 5).unwrap());
    assert_eq!(reading.records.waybills[0].promise, Some(promised), "the 31st of one column tells how all are written");
}

#[test]
fn days_that_could_be_months_are_said_to_be_uncertain() {
    let (_, text) = draft("order_id,delivered\n1,01/02/2026\n2,03/02/2026\n");
    holds(&text, &["# Uncertain: \"%d/%m/%Y\" fits every row as well", "formats = \"%m/%d/%Y\""]);
    let (_, text) = draft("order_id,delivered\n1,01/02/2026\n2,03/13/2026\n");
    holds(&text, &["formats = \"%m/%d/%Y\""]);
    assert!(!text.contains("fits every row as well"), "{text}");
}

#[test]
fn a_promise_at_midnight_is_a_day() {
    let table = |hour: &str| {
        format!(
            "order_id,created,estimated\n1,2026-01-01 10:00,2026-01-03 00:00\n2,2026-01-02 10:00,2026-01-04 {hour}:00\n"
        )
    };
    holds(&draft(&table("00")).1, &["promise = { column = \"estimated\", as = \"date\" }\n"]);
    holds(&draft(&table("18")).1, &["promise = \"estimated\"\n"]);
}

#[test]
fn a_number_of_thirteen_digits_is_no_time() {
    let (_, text) = draft("order_no,created\n1767225600000,2026-01-01 10:00\n1767225600001,2026-01-02 10:00\n");
    holds(&text, &["number = \"order_no\"\n", "posted_on = \"created\"\n"]);
    assert!(!text.contains("unix_ms"), "{text}");
}

#[test]
fn a_long_table_of_scans() {
    let (folder, text) = draft(
        "waybill_no,scan_time,status,site\n\
         W1,2026-01-01 10:00:00,PICKED UP,A\nW1,2026-01-02 10:00:00,Signed,B\n\
         W2,2026-01-02 11:00:00,PICKED UP,A\nW2,2026-01-02 12:00:00,X-17,A\nW2,2026-01-02 13:00:00,hub_departed,A\n",
    );
    holds(
        &text,
        &[
            "number = \"waybill_no\"\n",
            "kind = { column = \"status\", vocabulary = \"status\" }\noccurred_at = \"scan_time\"\nfacility = \"site\"\n",
            "\"PICKED UP\" = \"collected\"\n\"Signed\" = \"delivered\"\n# \"X-17\" = \"…\"\n\"hub_departed\" = \"hub_departed\"\n",
        ],
    );
    let reading = Intake::new(Mapping::parse(&text).unwrap(), folder.path()).with_zone(Zone::UTC).read().unwrap();
    let kinds: Vec<_> = reading.records.events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [NodeKind::Collected, NodeKind::Delivered, NodeKind::Collected, NodeKind::HubDeparted]);
    assert_eq!(reading.quarantine.len(), 1);
    let explanation = Explanation::of(&Mapping::parse(&text).unwrap(), folder.path(), Zone::UTC).unwrap();
    let waybills = &explanation.input.by_kind[&parcelgauge::record::RecordKind::Waybill];
    assert_eq!((waybills.used, waybills.duplicate), (2, 3), "scans of one number are one shipment");
}

#[test]
fn rows_that_no_column_tells_apart_and_days_in_three_columns() {
    let (_, text) = draft(
        "year,month,day,line,run,delay\n2026,1,1,A,1,5\n2026,1,1,A,2,6\n2026,1,1,B,1,7\n2026,1,1,B,2,8\n2026,1,2,A,1,9\n",
    );
    holds(
        &text,
        &[
            "posted_on = { concat = [\"year\", \"month\", \"day\"], separator = \"-\", formats = \"%Y-%m-%d\" }\n",
            "no column alone tells rows apart",
            "number = { concat = [",
            "no column is named as a time",
        ],
    );
    assert!(!text.contains("\"delay\","), "how late it was is no name:\n{text}");
}

#[test]
fn names_are_written_as_toml_has_them() {
    let (_, text) = draft("\"运单号 \"\"a\\b\"\"\",下单时间,签收时间\n1,2026-01-01,2026-01-02\n");
    holds(&text, &["number = \"运单号 \\\"a\\\\b\\\"\"\n", "time_of_day = \"12:00\"", "kind = \"delivered\""]);
    assert!(suggest_mapping("/nowhere/at/all.csv".as_ref()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever the file holds, its draft loads and can be tried.
    #[test]
    fn any_draft_loads(
        names in prop::collection::vec("[a-z_]{1,6}|order_id|status|delivered_at|estimated|carrier|[运单号\"\\\\ ]{1,3}", 1..6),
        cells in prop::collection::vec("[0-9]{1,3}|2026-0[1-9]-1[0-9]|20260101|NA||a|\"|[\\\\é\t]{1,2}|0[1-9]/0[1-9]/2026", 0..40),
    ) {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        let unlike: std::collections::BTreeSet<&String> = names.iter().collect();
        writer.write_record(&unlike).unwrap();
        for row in cells.chunks_exact(unlike.len()) {
            writer.write_record(row).unwrap();
        }
        let folder = Folder::new().with("f.csv", writer.into_inner().unwrap());
        let text = suggest_mapping(&folder.path().join("f.csv")).unwrap();
        let mapping = Mapping::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        // A file of one empty-named column, or of names alike once trimmed, is refused when it is read, by name.
        let _ = Explanation::of(&mapping, folder.path(), Zone::UTC);
    }
}
