//! A bad row has the same reason, column and count by a batch as by a CSV file.

use std::fs;
use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use parcelgauge::arrow::{FieldKind, Presence, Table};
use parcelgauge::intake::{Intake, Mapping, Reading};

use super::{full_row, read, text_for, with};

/// What stands in a cell of a CSV file for the value of [`super::cell`].
fn written(table: Table, name: &str, kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Identifier | FieldKind::Label | FieldKind::Code => text_for(table, name),
        FieldKind::Instant => "2026-09-21T14:13:20Z",
        FieldKind::Day => "2026-09-04",
        FieldKind::Amount => "12.300",
        FieldKind::Truth => "true",
        FieldKind::Length => "1h",
        FieldKind::Whole if name == "units" => "18",
        FieldKind::Whole => "17",
        FieldKind::Number => match name {
            "scale_min" => "4",
            "scale_max" => "20",
            _ => "5",
        },
        other => panic!("no text of kind {other}"),
    }
}

/// Reads one row by a CSV file whose columns bear the names of the fields, with one cell changed.
fn by_csv(table: Table, changed: &str, text: &str) -> Reading {
    let folder = std::env::temp_dir().join(format!("parcelgauge-as-from-csv-{}-{table}-{changed}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let left_out = ["row", "promise_at", "to_at", "currency", "declared_value_currency"];
    let fields: Vec<_> = table.fields().iter().filter(|field| !left_out.contains(&field.name)).collect();
    let mut mapping = format!("currency = \"CNY\"\n[{}]\nfile = \"rows.csv\"\n", table.record_kind().name());
    let (mut header, mut cells) = (Vec::new(), Vec::new());
    for field in fields {
        let key = if field.name == "promise_on" { "promise" } else { field.name };
        mapping += &format!("{key} = \"{}\"\n", field.name);
        header.push(field.name);
        cells.push(if field.name == changed { text } else { written(table, field.name, field.kind) });
    }
    let mut rows = csv::Writer::from_path(folder.join("rows.csv")).unwrap();
    rows.write_record(header).unwrap();
    rows.write_record(cells).unwrap();
    drop(rows);
    let reading = Intake::new(Mapping::parse(&mapping).unwrap(), &folder).read().unwrap();
    fs::remove_dir_all(&folder).unwrap();
    reading
}

#[test]
fn texts_that_cannot_be_used_are_set_aside_alike() {
    let tables = Table::ALL.into_iter().filter(|table| table.hangs_on().is_none());
    let long = "x".repeat(257);
    for table in tables {
        for field in table.fields().iter().filter(|field| !field.name.ends_with("currency")) {
            if !matches!(field.kind, FieldKind::Identifier | FieldKind::Label | FieldKind::Code) {
                continue;
            }
            for text in ["", "no such thing", "a\nb", long.as_str()] {
                let array: ArrayRef = Arc::new(StringArray::from(vec![text]));
                let [ours, theirs] =
                    [read(table, with(full_row(table), field.name, array)).unwrap(), by_csv(table, field.name, text)];
                let told = |reading: &Reading| {
                    let rows = reading.quarantine.iter();
                    rows.map(|row| (row.kind, row.reason, row.column.clone(), row.value.clone())).collect::<Vec<_>>()
                };
                assert_eq!(told(&ours), told(&theirs), "{table}.{} = {text:?}", field.name);
                assert_eq!(ours.records.set_aside, theirs.records.set_aside);
                if ours.quarantine.is_empty() {
                    assert_eq!(
                        format!("{:?}", ours.records),
                        format!("{:?}", theirs.records),
                        "{table}.{}",
                        field.name
                    );
                }
                assert!(!text.is_empty() || field.presence == Presence::Optional || !ours.quarantine.is_empty());
            }
        }
    }
}
