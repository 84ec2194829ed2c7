//! Parquet files: read back as written, and never read in part.

use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use arrow_array::Array;
use parcelgauge::arrow::{
    ArrowFileError, ArrowInputError, BatchIntake, FurtherColumns, ParquetWriter, Table, TableFile,
};
use parcelgauge::record::Records;

use crate::support::{at, day, scan, waybill};

/// A folder of its own that goes away with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("parcelgauge-arrow-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn write(folder: &Folder, records: &Records) {
    let further = FurtherColumns::of(&records.waybills);
    let mut writer = ParquetWriter::create(&folder.0, Table::ALL, &further).unwrap();
    writer.write_records(records).unwrap();
    writer.finish().unwrap();
}

/// Some waybills and scans, enough for several pages.
fn some() -> Records {
    let mut records = Records::default();
    for number in 0..3_000 {
        let parcel = waybill(&format!("SF{number}"), day(3, 2));
        records.events.push(scan(&parcel.key, parcelgauge::record::NodeKind::Collected, "2026-03-02T08:00:00Z"));
        records.waybills.push(parcel);
    }
    records
}

#[cfg(feature = "simulate")]
#[test]
fn a_network_through_files_gives_the_same_document() {
    let (records, context) = super::simulated::network();
    let folder = Folder::new("network");
    write(&folder, &records);
    let mut told = 0;
    let reading = BatchIntake::new().with_progress(|rows| told = rows).read_parquet(&folder.0).unwrap();
    assert_eq!(reading.quarantine, []);
    let ought = super::simulated::document(&records, &context);
    assert!(super::simulated::document(&reading.records, &context) == ought);
    let payments: usize = records.claims.iter().map(|claim| claim.payments.len()).sum();
    let moves: usize = records.waybills.iter().map(|waybill| waybill.promise_moves.len()).sum();
    assert!(payments > 0 && moves > 0);
    let rows: u64 = TableFile::open_folder(&folder.0).unwrap().iter().map(TableFile::rows).sum();
    assert_eq!(told, rows);
}

#[test]
fn a_file_cut_short_gives_no_records() {
    let folder = Folder::new("cut");
    write(&folder, &some());
    let path = folder.0.join("events.parquet");
    let whole = fs::read(&path).unwrap();
    for length in [0, 3, 4, 11, whole.len() / 3, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        let error = BatchIntake::new().read_parquet(&folder.0).unwrap_err();
        assert!(matches!(&error, ArrowFileError::Broken { path: at, .. } if *at == path), "{length}: {error}");
        assert!(error.to_string().contains("no Parquet file that can be read to its end"), "{error}");
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(BatchIntake::new().read_parquet(&folder.0).unwrap().records.events.len(), 3_000);
}

#[test]
fn a_damaged_page_gives_no_records() {
    let folder = Folder::new("damaged");
    write(&folder, &some());
    let path = folder.0.join("events.parquet");
    let whole = fs::read(&path).unwrap();
    // The first pages are those of the first column; the last eight bytes say where the footer begins.
    for from in [4, 40, 400] {
        let mut damaged = whole.clone();
        damaged[from..from + 64].fill(0xff);
        fs::write(&path, &damaged).unwrap();
        let error = BatchIntake::new().read_parquet(&folder.0).unwrap_err();
        assert!(matches!(error, ArrowFileError::Broken { .. }), "{from}: {error}");
    }
    let mut swapped = whole.clone();
    swapped.truncate(whole.len() - 8);
    swapped.extend([0xff, 0xff, 0xff, 0x7f]);
    swapped.extend(b"PAR1");
    fs::write(&path, &swapped).unwrap();
    assert!(matches!(BatchIntake::new().read_parquet(&folder.0), Err(ArrowFileError::Broken { .. })));
}

#[test]
fn a_renamed_column_is_not_read_as_none() {
    let folder = Folder::new("renamed");
    write(&folder, &some());
    let path = folder.0.join("events.parquet");
    let mut bytes = fs::read(&path).unwrap();
    // In the footer's own list of columns; the schema of Arrow beside it stays as it was.
    let places: Vec<usize> = (0..bytes.len() - 8).filter(|&place| bytes[place..].starts_with(b"facility")).collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place] = b'p';
    }
    fs::write(&path, &bytes).unwrap();
    let error = BatchIntake::new().read_parquet(&folder.0).unwrap_err();
    assert!(matches!(error, ArrowFileError::Broken { .. }), "{error}");
}

#[test]
fn damage_anywhere_is_an_error_or_changes_nothing() {
    let folder = Folder::new("flipped");
    let records = some();
    write(&folder, &records);
    let path = folder.0.join("events.parquet");
    let whole = fs::read(&path).unwrap();
    let mut refused = 0;
    for place in (0..whole.len()).step_by(whole.len() / 400) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x55;
        fs::write(&path, &damaged).unwrap();
        match BatchIntake::new().read_parquet(&folder.0) {
            // Statistics, and what tells of pages, may be damaged without harm.
            Ok(reading) => {
                assert_eq!(reading.quarantine, [], "at {place}");
                assert!(reading.records.events == records.events, "at {place}");
            }
            Err(_) => refused += 1,
        }
    }
    println!("{refused} of some 400 damages refused");
    assert!(refused > 200, "{refused} of some 400");
}

#[test]
fn an_empty_column_as_some_libraries_write_it_stands_for_none() {
    let folder = Folder::new("of-nothing");
    fs::create_dir_all(&folder.0).unwrap();
    let row = super::batch(super::least_row(Table::Waybills));
    let keys = arrow_array::Int8Array::from(vec![None]);
    let nothing = arrow_array::DictionaryArray::new(keys, std::sync::Arc::new(arrow_array::NullArray::new(0)));
    let mut columns = super::least_row(Table::Waybills);
    columns.push(("product", std::sync::Arc::new(nothing)));
    columns.push(("channel", std::sync::Arc::new(arrow_array::NullArray::new(1))));
    let batch = super::batch(columns);
    let file = fs::File::create(folder.0.join("waybills.parquet")).unwrap();
    let mut writer = parquet::arrow::ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let [ours, bare] = [
        BatchIntake::new().read_parquet(&folder.0).unwrap(),
        BatchIntake::new().read([(Table::Waybills, row)]).unwrap(),
    ];
    assert_eq!(ours.records.waybills, bare.records.waybills);
}

#[test]
fn a_writer_that_does_not_finish_leaves_nothing_to_read() {
    let folder = Folder::new("unfinished");
    let mut writer = ParquetWriter::create(&folder.0, Table::ALL, &FurtherColumns::default()).unwrap();
    writer.write_records(&some()).unwrap();
    drop(writer);
    assert!(matches!(BatchIntake::new().read_parquet(&folder.0), Err(ArrowFileError::Broken { .. })));
}

#[test]
fn a_table_under_the_name_of_another_is_refused() {
    let folder = Folder::new("misnamed");
    write(&folder, &some());
    fs::copy(folder.0.join("waybills.parquet"), folder.0.join("events.parquet")).unwrap();
    let error = BatchIntake::new().read_parquet(&folder.0).unwrap_err();
    let named = |error: &ArrowFileError| match error {
        ArrowFileError::Input { source: ArrowInputError::MissingColumn { table, field, .. }, .. } => {
            *table == Table::Events && *field == "waybill"
        }
        _ => false,
    };
    assert!(named(&error), "{error}");
}

#[test]
fn folders_without_tables_are_told_apart_from_none() {
    let folder = Folder::new("empty");
    assert!(matches!(BatchIntake::new().read_parquet(&folder.0), Err(ArrowFileError::Unread { .. })));
    fs::create_dir_all(&folder.0).unwrap();
    assert!(matches!(BatchIntake::new().read_parquet(&folder.0), Err(ArrowFileError::NoTables { .. })));
}

#[test]
fn a_table_may_lie_in_several_files() {
    let folder = Folder::new("parts");
    let records = some();
    write(&folder, &records);
    let parts = folder.0.join("events");
    fs::create_dir_all(&parts).unwrap();
    fs::copy(folder.0.join("events.parquet"), parts.join("b.parquet")).unwrap();
    fs::rename(folder.0.join("events.parquet"), parts.join("a.parquet")).unwrap();
    fs::write(parts.join("_SUCCESS"), "").unwrap();
    let reading = BatchIntake::new().read_parquet(&folder.0).unwrap();
    assert_eq!(reading.records.events, [records.events.clone(), records.events].concat());
}

#[test]
fn only_the_columns_asked_for_are_read() {
    let folder = Folder::new("columns");
    write(&folder, &some());
    let file = TableFile::open(Table::Events, &folder.0.join("events.parquet")).unwrap();
    assert_eq!((file.rows(), file.row_groups(), file.table()), (3_000, 1, Table::Events));
    let few =
        file.clone().with_columns(&["occurred_at", "kind"]).unwrap().with_batch_rows(NonZeroUsize::new(700).unwrap());
    let batches: Vec<_> = few.batches(0..1).unwrap().map(Result::unwrap).collect();
    assert_eq!(batches.iter().map(arrow_array::RecordBatch::num_rows).collect::<Vec<_>>(), [700, 700, 700, 700, 200]);
    let names: Vec<_> = batches[0].schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(names, ["kind", "occurred_at"]);
    assert!(matches!(batches[0].column(0).data_type(), arrow_schema::DataType::Dictionary(..)));
    let error = file.clone().with_columns(&["kin"]).unwrap_err();
    assert!(matches!(&error, ArrowFileError::UnknownColumn { column, .. } if column == "kin"), "{error}");
    assert!(matches!(file.batches([1]), Err(ArrowFileError::Broken { .. })));
}

#[test]
fn a_record_without_its_table_or_column_is_not_dropped() {
    let folder = Folder::new("unforeseen");
    let mut writer = ParquetWriter::create(&folder.0, [Table::Waybills], &FurtherColumns::default()).unwrap();
    let mut parcel = waybill("SF1", day(3, 2));
    let event = scan(&parcel.key, parcelgauge::record::NodeKind::Collected, "2026-03-02T08:00:00Z");
    assert!(matches!(writer.write_event(&event), Err(ArrowFileError::TableNotOpen { table: Table::Events })));
    let label = |text| parcelgauge::record::Label::new(text).unwrap();
    parcel.attributes.insert(label("lane"), label("north"));
    let error = writer.write_waybill(&parcel).unwrap_err();
    assert!(error.to_string().contains("the waybill SF1 of 2026-03-02 has `lane`"), "{error}");
    assert!(at("2026-03-02T08:00:00Z") == event.occurred_at);
}

/// What would be passed over in silence is refused: partitions in folders, other endings, a folder without files.
#[test]
fn nothing_among_a_tables_files_is_left_unread() {
    let folder = Folder::new("strays");
    write(&folder, &some());
    let parts = folder.0.join("events");
    fs::create_dir_all(parts.join(".staging")).unwrap();
    fs::write(parts.join("_SUCCESS"), "").unwrap();
    let none = TableFile::open_folder(&folder.0).expect_err("no file in it");
    assert!(matches!(&none, ArrowFileError::NoParts { path } if *path == parts), "{none}");
    fs::rename(folder.0.join("events.parquet"), parts.join("a.parquet")).unwrap();
    assert_eq!(TableFile::open_folder(&folder.0).unwrap().len(), Table::ALL.len());
    for stray in ["b.PARQUET", "c.pq", "day=2026-10-01"] {
        let path = parts.join(stray);
        match stray.split_once('=') {
            Some(_) => fs::create_dir(&path).unwrap(),
            None => fs::write(&path, "").unwrap(),
        }
        let refused = TableFile::open_folder(&folder.0).expect_err(stray);
        assert!(matches!(&refused, ArrowFileError::Stray { path: found, table: Table::Events } if *found == path));
        let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir(&path));
    }
}

/// Of two columns of one name neither is taken for the one that is meant.
#[test]
fn a_file_with_two_columns_of_one_name_is_refused() {
    use std::sync::Arc;

    use arrow_array::{RecordBatch, StringArray};
    use arrow_schema::{DataType, Field, Schema};
    let folder = Folder::new("twice");
    fs::create_dir_all(&folder.0).unwrap();
    let path = folder.0.join("events.parquet");
    let names = ["waybill", "kind", "kind"];
    let schema = Arc::new(Schema::new(names.map(|name| Field::new(name, DataType::Utf8, false)).to_vec()));
    let columns = ["SF1", "lost", "collected"].map(|text| Arc::new(StringArray::from(vec![text])) as _);
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns.to_vec()).unwrap();
    let file = fs::File::create(&path).unwrap();
    let mut writer = parquet::arrow::ArrowWriter::try_new(file, schema, None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let refused = TableFile::open(Table::Events, &path).expect_err("two kinds");
    let named = |source: &ArrowInputError| {
        *source == ArrowInputError::RepeatedColumn { table: Table::Events, field: "kind".to_owned() }
    };
    assert!(matches!(&refused, ArrowFileError::Input { source, .. } if named(source)), "{refused}");
}
