//! Cubes of the columnar engine are those of the row path, byte for byte, and partitions are replaced one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use arrow_array::RecordBatch;
use chrono::NaiveDate;
use parcelgauge::arrow::engine::Columnar;
use parcelgauge::arrow::{ArrowInputError, BatchIntake, Table, record_batches};
use parcelgauge::cube::{Cube, CubeError, Dimension, Plan, Scorecard, partitions};
use parcelgauge::fact::{Context, History};
use parcelgauge::kpi::catalogue;
use parcelgauge::record::{NodeKind, Records, Window, Zone};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::engine::{by_every_field, untold, valid};
use crate::arbitrary::{case, instant};
use crate::cube::{append, batches as dealt};
use crate::laws::{cases, gauges};
use crate::support::{at, day, scan};

type Batches = Vec<(Table, RecordBatch)>;

fn batches(records: &Records, rows: usize) -> Batches {
    record_batches(records, NonZeroUsize::new(rows).expect("rows")).expect("batches")
}

/// The cube that the row path makes of batches.
fn row_path(batches: &Batches, plan: &Plan, context: &Context) -> Cube {
    let reading = BatchIntake::new().with_zone(context.zone).read(batches.iter().cloned()).expect("rows");
    let history = History::of(&reading.records);
    let mut cube = Cube::new(plan.clone(), context);
    for (day, records) in partitions(&reading.records, context.zone) {
        cube.replace(day, &records, context, Some(&history)).expect("nothing is sealed");
    }
    cube.set_aside(&reading.records);
    cube
}

fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}

#[test]
fn a_cube_of_any_batches_on_any_threads_is_that_of_the_row_path() {
    let circumstances = (case(), 1..8_usize, 1..40_usize, any::<[bool; 3]>());
    TestRunner::new(config(cases()))
        .run(&circumstances, |(case, threads, rows, [by_fields, tells_days, reversed])| {
            let all = gauges().into_iter().filter(|gauge| case.seed % 2 == 0 || !gauge.counts_consignments());
            let mut plan = Plan::new(all).with_evidence(3);
            if by_fields {
                plan = plan.by(by_every_field());
            }
            let mut batches = batches(&valid(case.records), rows);
            if !tells_days {
                batches = untold(batches);
            }
            let ought = row_path(&batches, &plan, &case.context);
            if reversed {
                batches.reverse();
            }
            let mut engine = Columnar::new(&plan, &case.context).with_threads(threads);
            engine.take_all(&batches).expect("columns");
            let folded = engine.finish_cube().expect("a cube");
            prop_assert!(folded.cube.encode() == ought.encode());
            Ok(())
        })
        .expect("the same bytes");
}

/// All records of some source partitions, as far as they lie in tables of their own; of what hangs on waybills all there is.
fn of_days(all: &Records, days: &BTreeSet<NaiveDate>) -> Records {
    let mut records = all.clone();
    records.waybills.retain(|row| days.contains(&row.key.posted_on));
    records.events.retain(|row| days.contains(&row.waybill.posted_on));
    records
}

/// Takes in records and lets the engine fold again what they touch and what no longer holds.
fn feed(
    cube: &mut Cube,
    all: &mut Records,
    arrived: &Records,
    context: &Context,
) -> Result<BTreeSet<NaiveDate>, ArrowInputError> {
    let before = History::of(all);
    append(all, arrived);
    let after = History::of(all);
    let mut days = cube.dirty(arrived, &before, &after)?;
    days.extend(cube.stale(context.as_of));
    let plan = cube.plan().clone();
    let mut engine = Columnar::new(&plan, context).with_threads(2);
    engine.take_all(&batches(&of_days(all, &days), 7))?;
    engine.replace_in(cube, &days, Some(&after))?;
    cube.set_aside(all);
    Ok(days)
}

#[test]
fn any_feed_through_stored_cubes_is_one_fold_of_everything() {
    let circumstances = (case(), prop::collection::vec(instant(), 1..5));
    TestRunner::new(config(cases().div_ceil(2)))
        .run(&circumstances, |(mut case, instants)| {
            let by = [Dimension::DestinationRegion];
            let plan = Plan::new(gauges()).by(by).with_window(Window::ALL_LENGTHS[(case.seed % 6) as usize]);
            case.records = valid(case.records);
            let mut all = Records::supplying(case.records.supplied.iter());
            let mut cube = Cube::new(plan.clone(), &case.context);
            for (arrived, as_of) in dealt(&case, instants.len()).into_iter().zip(instants) {
                let context = case.context.clone().moved_to(as_of);
                feed(&mut cube, &mut all, &arrived, &context).expect("nothing is sealed");
                let bytes = cube.encode();
                cube = kept(cube);
                prop_assert!(cube.encode() == bytes, "stored and loaded, it is another");
                let afresh = Scorecard::measure(&all, &plan, &context).to_json();
                let found = cube.scorecard(&context).map_err(|error| TestCaseError::fail(error.to_string()))?;
                prop_assert_eq!(found.to_json(), afresh);
            }
            Ok(())
        })
        .expect("one fold of everything");
}

/// A cube through a file, where there are such.
#[cfg(feature = "parquet")]
fn kept(cube: Cube) -> Cube {
    let folder = super::files::Folder::new("kept");
    std::fs::create_dir_all(&folder.0).expect("a folder");
    let path = folder.0.join("cube.parquet");
    parcelgauge::arrow::write_cube(&path, &cube).expect("a file");
    parcelgauge::arrow::read_cube(&path, cube.plan()).expect("a cube")
}

#[cfg(not(feature = "parquet"))]
fn kept(cube: Cube) -> Cube {
    Cube::decode(&cube.encode(), cube.plan()).expect("a cube")
}

fn simulated() -> (Records, Context, Plan) {
    let (records, context) = super::simulated::network();
    let plan = Plan::everything(catalogue()).by([Dimension::DestinationRegion, Dimension::Product]).with_evidence(2);
    (records, context, plan)
}

#[test]
fn a_late_event_costs_its_own_partition() {
    let (mut all, context, plan) = simulated();
    let mut engine = Columnar::new(&plan, &context).with_threads(2);
    engine.take_all(&batches(&all, 1_000)).expect("columns");
    let mut cube = engine.finish_cube().expect("a cube").cube;
    assert!(cube.encode() == row_path(&batches(&all, 1_000), &plan, &context).encode());
    let mut late = Records::default();
    let parcel = all.waybills[all.waybills.len() / 2].key.clone();
    late.events.push(scan(&parcel, NodeKind::Damaged, "2026-01-02T08:00:00+08:00"));
    let days = feed(&mut cube, &mut all, &late, &context).expect("nothing is sealed");
    assert_eq!(days, BTreeSet::from([parcel.posted_on]));
    assert!(cube.encode() == row_path(&batches(&all, 1_000), &plan, &context).encode());
}

#[test]
fn partitions_that_cannot_be_replaced_leave_the_cube_as_it_is() {
    let (all, context, plan) = simulated();
    let mut cube = row_path(&batches(&all, 1_000), &plan, &context);
    let (bytes, days, history) = (cube.encode(), cube.partitions(), History::of(&all));
    let mut replaced = |plan: &Plan, context: &Context, history: Option<&History>| {
        let mut engine = Columnar::new(plan, context);
        engine.take_all(&batches(&all, 1_000)).expect("columns");
        let refused = engine.replace_in(&mut cube, &days, history).expect_err("not to be replaced");
        assert!(cube.encode() == bytes);
        refused
    };
    let other = plan.clone().by([Dimension::Product]);
    let refused = replaced(&other, &context, Some(&history));
    assert!(matches!(refused, ArrowInputError::Cube(CubeError::Unlike(_))), "{refused}");
    let refused = replaced(&plan, &context.clone().with_zone(Zone::UTC), Some(&history));
    assert!(matches!(refused, ArrowInputError::Cube(CubeError::OtherContext { .. })), "{refused}");
    let refused = replaced(&plan, &context, None);
    assert!(matches!(refused, ArrowInputError::Cube(CubeError::HistoryMissing { .. })), "{refused}");
}

#[cfg(feature = "parquet")]
mod stored {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use parcelgauge::arrow::{ArrowFileError, read_cube, write_cube};
    use parcelgauge::state::wire::{Reader, WireError};
    use parcelgauge::state::{Cell, Share};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::super::files::Folder;
    use super::*;

    /// A small cube in a file: rows without values, without waybill and without date among them.
    fn small() -> (Folder, std::path::PathBuf, Cube) {
        let (records, context) = super::super::simulated::network();
        let [shares, complaints] =
            ["on_time_delivery_rate", "complaint_rate"].map(|id| catalogue().find(id).expect("a KPI"));
        let plan = Plan::new([shares, complaints]).by([Dimension::Product, "day".parse().expect("a dimension")]);
        let cube = row_path(&batches(&records, 1_000), &plan, &context);
        let folder = Folder::new(&format!("cube-{:?}", std::thread::current().id()));
        std::fs::create_dir_all(&folder.0).expect("a folder");
        let path = folder.0.join("cube.parquet");
        write_cube(&path, &cube).expect("a file");
        (folder, path, cube)
    }

    #[test]
    fn others_read_it_as_a_table() {
        let (_folder, path, cube) = small();
        let file = std::fs::File::open(&path).expect("a file");
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("a table").build().expect("a table");
        let (mut seen, mut partitions) = (BTreeMap::<String, u64>::new(), BTreeSet::new());
        for batch in reader {
            let batch = batch.expect("a batch");
            let names: Vec<String> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
            let ought = ["partition", "kpi", "version", "params", "group.day", "product", "unassigned", "day", "state"];
            assert_eq!(names, ought);
            let kpis = batch.column(1).as_string::<i32>();
            let states = batch.column(8).as_binary::<i32>();
            for row in 0..batch.num_rows() {
                partitions.insert(batch.column(0).as_primitive::<arrow_array::types::Date32Type>().value(row));
                if kpis.value(row) == "on_time_delivery_rate" {
                    let cell = Cell::<Share>::decode(&mut Reader::new(states.value(row))).expect("a cell");
                    *seen.entry(kpis.value(row).to_owned()).or_default() += cell.seen();
                }
                assert!(batch.column(4).is_null(row), "no waybill has such a column");
            }
        }
        assert_eq!(partitions.len(), cube.partitions().len());
        assert_eq!(seen["on_time_delivery_rate"], 400);
        assert!(read_cube(&path, cube.plan()).expect("a cube").encode() == cube.encode());
    }

    #[test]
    fn damaged_files_are_errors_and_never_figures() {
        let (_folder, path, cube) = small();
        let bytes = std::fs::read(&path).expect("a file");
        let right = cube.encode();
        let never_others = |damaged: &[u8], how: &str| {
            std::fs::write(&path, damaged).expect("a file");
            if let Ok(read) = read_cube(&path, cube.plan()) {
                assert!(read.encode() == right, "{how}: other figures");
                return false;
            }
            true
        };
        for length in (0..bytes.len()).step_by(bytes.len() / 60) {
            assert!(never_others(&bytes[..length], &format!("cut to {length}")));
        }
        let mut refused = 0;
        let places: Vec<usize> = (0..bytes.len()).step_by(1 + bytes.len() / 400).collect();
        for &place in &places {
            let mut damaged = bytes.clone();
            damaged[place] ^= 0x41;
            refused += usize::from(never_others(&damaged, &format!("byte {place}")));
        }
        // What is not refused lies in what nobody reads, such as statistics.
        assert!(refused * 10 > places.len() * 9, "{refused} of {}", places.len());
    }

    #[test]
    fn files_of_something_else_are_told_apart() {
        let (folder, path, cube) = small();
        let refused =
            |path: &std::path::Path, plan: &Plan| read_cube(path, plan).map(|_| ()).expect_err("no such cube");
        let other = refused(&path, &cube.plan().clone().by([Dimension::Product]));
        assert!(
            matches!(&other, ArrowFileError::Cube { source: WireError::OtherPlan { part: "dimensions", .. }, .. }),
            "{other}"
        );
        let other = refused(&path, &Plan::everything(catalogue()).by(cube.plan().dimensions().iter().cloned()));
        assert!(
            matches!(&other, ArrowFileError::Cube { source: WireError::OtherPlan { part: "KPIs", .. }, .. }),
            "{other}"
        );
        assert!(matches!(refused(&folder.0.join("none"), cube.plan()), ArrowFileError::Unread { .. }));
        std::fs::write(folder.0.join("text"), "no table at all").expect("a file");
        assert!(matches!(refused(&folder.0.join("text"), cube.plan()), ArrowFileError::Broken { .. }));
        // A table of records, though this crate wrote it.
        super::super::files::write(&folder, &Records::default());
        let waybills = folder.0.join("waybills.parquet");
        assert!(matches!(refused(&waybills, cube.plan()), ArrowFileError::NoCube { .. }));
        // A newer format: its head begins otherwise, in hexadecimal digits.
        let bytes = std::fs::read(&path).expect("a file");
        let place = bytes.windows(8).position(|window| window == b"50474301").expect("a head");
        let mut newer = bytes.clone();
        newer[place + 7] = b'2';
        std::fs::write(&path, &newer).expect("a file");
        let told = refused(&path, cube.plan());
        assert!(matches!(&told, ArrowFileError::Cube { source: WireError::Format { .. }, .. }), "{told}");
    }

    #[test]
    fn what_stood_there_stays_until_the_new_file_is_whole() {
        let (folder, path, cube) = small();
        let nowhere = folder.0.join("none").join("cube.parquet");
        assert!(matches!(write_cube(&nowhere, &cube), Err(ArrowFileError::Unwritten { .. })));
        write_cube(&path, &cube).expect("a file");
        let names: Vec<_> =
            std::fs::read_dir(&folder.0).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
        assert_eq!(names, ["cube.parquet"]);
    }
}

#[test]
fn scans_that_find_no_waybill_are_kept_beside_the_partitions() {
    let mut records = Records::default();
    records.waybills.push(crate::support::waybill("A", day(3, 2)));
    let unknown = crate::support::key("X", day(3, 2));
    for key in [&records.waybills[0].key.clone(), &unknown] {
        records.events.push(scan(key, NodeKind::Collected, "2026-03-02T08:00:00Z"));
    }
    let context = Context::at(at("2026-04-01T00:00:00Z"));
    let plan = Plan::everything(catalogue());
    let batches = untold(batches(&records, 10));
    let mut engine = Columnar::new(&plan, &context);
    engine.take_all(&batches).expect("columns");
    let cube = engine.finish_cube().expect("a cube").cube;
    assert!(cube.encode() == row_path(&batches, &plan, &context).encode());
    let events =
        cube.scorecard(&context).expect("it holds").input.by_kind[&parcelgauge::record::RecordKind::Event].clone();
    assert_eq!((events.rows, events.used, events.quarantined.get("unknown_waybill")), (2, 1, Some(&1)));
}
