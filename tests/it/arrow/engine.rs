//! The columnar engine gives the bytes of the row path, whatever the batches, their order and the number of threads.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

use arrow_array::RecordBatch;
use parcelgauge::arrow::engine::{Columnar, Folded};
use parcelgauge::arrow::{ArrowInputError, BatchIntake, Table, record_batches};
use parcelgauge::cube::{Dimension, Fold, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::intake::{SetAside, Strictness};
use parcelgauge::kpi::catalogue;
use parcelgauge::record::{NodeKind, Records, Window};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::{batch, text_for};
use crate::arbitrary::case;
use crate::laws::{cases, gauges};
use crate::support::{at, day, scan, waybill};

type Batches = Vec<(Table, RecordBatch)>;

fn batches(records: &Records, rows: usize) -> Batches {
    record_batches(records, NonZeroUsize::new(rows).expect("rows")).expect("batches")
}

fn columnar(batches: &Batches, plan: &Plan, context: &Context, threads: usize) -> Result<Folded, ArrowInputError> {
    let mut engine = Columnar::new(plan, context).with_threads(threads);
    engine.take_all(batches)?;
    engine.finish()
}

/// What the row path makes of the same batches.
fn row_path(batches: &Batches, plan: &Plan, context: &Context) -> Result<(Fold, Vec<SetAside>), ArrowInputError> {
    let reading = BatchIntake::new().with_zone(context.zone).read(batches.iter().cloned())?;
    Ok((Fold::of(&reading.records, plan, plan.window(), context, None), reading.quarantine))
}

fn json(fold: &Fold, plan: &Plan, context: &Context) -> String {
    Scorecard::of(fold, plan, context).to_json()
}

/// What tables can hold: rows that no record type refuses.
pub fn valid(mut records: Records) -> Records {
    records.waybills.retain(|waybill| waybill.validate().is_ok());
    records.complaints.retain(|case| case.validate().is_ok());
    records.claims.retain(|claim| claim.validate().is_ok());
    records.set_aside.clear();
    records
}

pub fn by_every_field() -> [Dimension; 7] {
    let names =
        ["destination_region", "product", "carrier", "delivery_courier", "facility", "responsible_facility", "own"];
    names.map(|name| name.parse().expect("a dimension"))
}

/// The batches without the columns by which rows tell the posting day of their waybill.
pub fn untold(batches: Batches) -> Batches {
    let without = |(table, batch): (Table, RecordBatch)| {
        let kept = |place: &usize| table == Table::Waybills || batch.schema().field(*place).name() != "posted_on";
        let places: Vec<usize> = (0..batch.num_columns()).filter(kept).collect();
        (table, batch.project(&places).expect("columns"))
    };
    batches.into_iter().map(without).collect()
}

#[test]
fn any_batches_on_any_threads_are_the_row_path() {
    let config = Config { cases: cases(), failure_persistence: None, ..Config::default() };
    let circumstances = (case(), 1..8_usize, 1..40_usize, any::<[bool; 4]>());
    TestRunner::new(config)
        .run(&circumstances, |(case, threads, rows, [by_fields, tells_days, reversed, spills])| {
            // Figures of consignments are folded in one partition; the others in many.
            let all = gauges().into_iter().filter(|gauge| case.seed % 2 == 0 || !gauge.counts_consignments());
            // Plans of stages are left packed where no figure holds anything against them.
            let all = all.filter(|gauge| case.seed % 3 > 0 || gauge.definition().id != "stage_on_time_rate");
            let mut plan = Plan::new(all).with_window(Window::ALL_LENGTHS[(case.seed % 6) as usize]).with_evidence(3);
            if by_fields {
                plan = plan.by(by_every_field());
            }
            let mut batches = batches(&valid(case.records), rows);
            if !tells_days {
                batches = untold(batches);
            }
            let (fold, quarantine) = row_path(&batches, &plan, &case.context).expect("rows");
            if reversed {
                batches.reverse();
            }
            let mut engine = Columnar::new(&plan, &case.context).with_threads(threads).with_partitions(rows * rows);
            if spills {
                engine = engine.with_rows_limit(0); // every batch finds no room
            }
            engine.take_all(&batches).expect("columns");
            let folded = engine.finish().expect("columns");
            prop_assert_eq!(json(&folded.fold, &plan, &case.context), json(&fold, &plan, &case.context));
            prop_assert_eq!(folded.fold.encode(&plan), fold.encode(&plan));
            // A scan whose waybill is looked up is packed before that is known, and is counted, not listed.
            let listed = quarantine.iter().filter(|row| row.kind.name() != "event");
            prop_assert_eq!(folded.quarantine.len(), listed.count());
            Ok(())
        })
        .expect("the same bytes");
}

/// As most plans are: without consignments and looks back, so that the partitions are many.
fn monthly() -> Plan {
    Plan::everything(catalogue()).by(by_every_field()).with_window(Window::Month).with_evidence(2)
}

#[test]
fn a_simulated_network_is_the_same_at_any_batch_size_and_on_any_threads() {
    let (records, context) = super::simulated::network();
    let plan = monthly();
    let fold = Fold::of(&records, &plan, plan.window(), &context, None);
    let expected = json(&fold, &plan, &context);
    for (threads, rows) in [(1, 1_000_000), (2, 1_000), (7, 1)] {
        let folded = columnar(&batches(&records, rows), &plan, &context, threads).expect("columns");
        assert_eq!(folded.quarantine, []);
        assert!(json(&folded.fold, &plan, &context) == expected, "{threads} threads, {rows} rows");
    }
}

#[cfg(feature = "parquet")]
#[test]
fn a_network_in_files_is_the_same_on_any_threads_and_nothing_where_a_file_is_cut_short() {
    use super::files::{Folder, write};
    use parcelgauge::arrow::{ArrowFileError, TableFile};
    let (records, context) = super::simulated::network();
    let plan = monthly();
    let fold = Fold::of(&records, &plan, plan.window(), &context, None);
    let folder = Folder::new("engine");
    write(&folder, &records);
    let files = TableFile::open_folder(&folder.0).expect("files");
    for threads in [1, 2, 7] {
        let mut engine = Columnar::new(&plan, &context).with_threads(threads);
        engine.take_files(&files).expect("files");
        let folded = engine.finish().expect("a fold");
        assert!(json(&folded.fold, &plan, &context) == json(&fold, &plan, &context), "{threads} threads");
    }
    let path = folder.0.join("events.parquet");
    let bytes = std::fs::read(&path).expect("a file");
    // The end of the file says what is in it; what it says is there no longer is.
    let mut hollow = bytes.clone();
    hollow[4..bytes.len() / 2].fill(0);
    std::fs::write(&path, hollow).expect("a file");
    let refused = Columnar::new(&plan, &context).with_threads(2).take_files(&files).expect_err("a hollow file");
    assert!(matches!(refused, ArrowFileError::Broken { .. }), "{refused}");
}

/// Half of the rows spilled, in stretches of many sizes; and no folder to spill to.
#[test]
fn a_network_that_finds_no_room_is_the_same_or_an_error() {
    let (records, context) = super::simulated::network();
    let plan = monthly();
    let fold = Fold::of(&records, &plan, plan.window(), &context, None);
    let batches = batches(&records, 500);
    for (limit, threads) in [(0, 1), (200_000, 1), (900_000, 2)] {
        let mut engine = Columnar::new(&plan, &context).with_threads(threads).with_rows_limit(limit);
        engine.take_all(&batches).expect("columns");
        let folded = engine.finish().expect("a fold");
        assert!(json(&folded.fold, &plan, &context) == json(&fold, &plan, &context), "{limit} bytes");
    }
    let nowhere = std::env::temp_dir().join("parcelgauge-no-such-folder");
    let refused = Columnar::new(&plan, &context).with_rows_limit(0).with_spill_folder(nowhere).take_all(&batches);
    assert!(matches!(refused, Err(ArrowInputError::Spill { .. })), "{refused:?}");
}

/// Cells that find room by a byte, and those that lack one; by month and by day.
#[test]
fn a_plan_whose_cells_find_no_room_is_refused_with_what_they_would_take() {
    let (records, context) = super::simulated::network();
    let plan = monthly();
    let batches = batches(&records, 500);
    let engine = |bytes: usize| {
        let mut engine = Columnar::new(&plan, &context).with_partitions(1).with_memory_limit(bytes);
        engine.take_all(&batches).expect("columns");
        engine
    };
    let weight = engine(usize::MAX).finish().expect("a fold").fold.bytes();
    engine(2 * weight).finish().expect("room for every cell");
    let refused = engine(2 * weight - 2).finish().expect_err("a byte is missing");
    let ArrowInputError::PlanTooLarge { estimate, room, cells, done: 1, all: 1 } = refused else { panic!("{refused}") };
    assert_eq!((estimate, room), (weight, weight - 1));
    assert!(weight > 150 * cells, "{weight} bytes of {cells} cells");
    let refused = engine(weight / 2).finish_cube().expect_err("days take more than months");
    assert!(refused.to_string().contains("MB of the memory's limit are for them"), "{refused}");
    // After the first of many partitions it is known; what all of them would take is a guess of the right size.
    let mut many = Columnar::new(&plan, &context).with_partitions(64).with_memory_limit(weight / 8);
    many.take_all(&batches).expect("columns");
    let refused = many.finish().expect_err("too little");
    let ArrowInputError::PlanTooLarge { estimate, done, all: 64, .. } = refused else { panic!("{refused}") };
    assert!(done <= 8 && (weight / 2..weight * 8).contains(&estimate), "{estimate} of {weight} after {done}");
}

/// Ids as they come in one column and another: numbers and texts of the same digits name the same waybill, and those that
/// only look alike do not.
#[test]
fn numbers_and_texts_name_the_same_waybills_and_none_is_taken_for_another() {
    let mut records = Records::default();
    // Alike in their low 32 bits; alike but for a leading zero; longer than any whole number; beyond ASCII.
    let numbers = ["1", "4294967297", "8589934593", "01", "123456789012345678901", "18446744073709551615", "件1"];
    for (hours, number) in (1..).zip(numbers) {
        let parcel = waybill(number, day(3, 2));
        for _ in 0..hours {
            records.events.push(scan(&parcel.key, NodeKind::Collected, "2026-03-02T08:00:00Z"));
        }
        let delivered = at("2026-03-02T08:00:00Z").saturating_add(parcelgauge::record::Duration::from_hours(hours));
        records.events.push(parcelgauge::record::NodeEvent::new(parcel.key.clone(), NodeKind::Delivered, delivered));
        records.waybills.push(parcel);
    }
    let context = Context::at(at("2026-04-01T00:00:00Z"));
    let plan = Plan::everything(catalogue()).with_evidence(8);
    let fold = Fold::of(&records, &plan, plan.window(), &context, None);
    for rows in [1, 3, 100] {
        let folded = columnar(&batches(&records, rows), &plan, &context, 2).expect("columns");
        assert_eq!(json(&folded.fold, &plan, &context), json(&fold, &plan, &context));
    }
    let input = fold.input().by_kind[&parcelgauge::record::RecordKind::Event].clone();
    assert_eq!((input.used, input.duplicate), (14, 21));
}

/// One waybill with more scans than all others together, in two batches that repeat one another.
#[test]
fn one_giant_waybill_is_folded_as_any_other() {
    let mut records = Records::default();
    let parcel = waybill("giant", day(3, 2));
    for minute in 0..30_000 {
        let when =
            at("2026-03-02T08:00:00Z").saturating_add(parcelgauge::record::Duration::from_minutes(minute % 20_000));
        records.events.push(parcelgauge::record::NodeEvent::new(parcel.key.clone(), NodeKind::HubArrived, when));
    }
    records.waybills.push(parcel);
    let context = Context::at(at("2026-04-01T00:00:00Z"));
    let plan = Plan::everything(catalogue());
    let fold = Fold::of(&records, &plan, plan.window(), &context, None);
    let folded = columnar(&batches(&records, 4_096), &plan, &context, 3).expect("columns");
    assert_eq!(json(&folded.fold, &plan, &context), json(&fold, &plan, &context));
}

/// Rows that cannot be read, as the row path sets them aside; under `Stop` none of them passes.
#[test]
fn bad_rows_are_set_aside_as_on_the_row_path() {
    use arrow_array::{ArrayRef, Date32Array, DictionaryArray, StringArray, TimestampMillisecondArray};
    use std::sync::Arc;
    let texts = |texts: Vec<&str>| Arc::new(StringArray::from(texts)) as ArrayRef;
    let kinds: DictionaryArray<arrow_array::types::Int8Type> =
        ["delivered", "teleported", "delivered", "delivered", "delivered"].into_iter().collect();
    assert_eq!(text_for(Table::Events, "kind"), "delivered");
    let waybills = batch(vec![
        ("number", texts(vec!["A", "", "B\u{7}", "C"])),
        ("posted_on", Arc::new(Date32Array::from(vec![20_000, 20_000, 20_000, 9_999_999])) as ArrayRef),
    ]);
    let events = batch(vec![
        ("waybill", texts(vec!["A", "A", "", "A", "unknown"])),
        ("posted_on", Arc::new(Date32Array::from(vec![20_000; 5])) as ArrayRef),
        ("kind", Arc::new(kinds) as ArrayRef),
        (
            "occurred_at",
            Arc::new(TimestampMillisecondArray::from(vec![1_728_000_000_000, 0, 0, i64::MAX, 0])) as ArrayRef,
        ),
    ]);
    let batches = vec![(Table::Events, events), (Table::Waybills, waybills)];
    let context = Context::at(at("2026-04-01T00:00:00Z"));
    let plan = Plan::everything(catalogue());
    let (fold, quarantine) = row_path(&batches, &plan, &context).expect("rows");
    let folded = columnar(&batches, &plan, &context, 2).expect("columns");
    assert_eq!(quarantine.len(), 6, "{quarantine:?}");
    assert_eq!(folded.quarantine, quarantine);
    assert_eq!(json(&folded.fold, &plan, &context), json(&fold, &plan, &context));
    let mut strict = Columnar::new(&plan, &context).with_strictness(Strictness::Stop);
    assert!(matches!(strict.take_all(&batches), Err(ArrowInputError::Refused(_))));
}

/// What cannot be read at all is the same error on both ways.
#[test]
fn a_batch_of_another_schema_is_refused() {
    use arrow_array::{ArrayRef, BooleanArray};
    use std::sync::Arc;
    let context = Context::at(at("2026-04-01T00:00:00Z"));
    let plan = Plan::everything(catalogue());
    for table in [Table::Waybills, Table::Events, Table::Ratings] {
        let odd = vec![(table, batch(vec![("odd", Arc::new(BooleanArray::from(vec![true])) as ArrayRef)]))];
        let expected = row_path(&odd, &plan, &context).expect_err("no such columns");
        let refused = columnar(&odd, &plan, &context, 1).expect_err("no such columns");
        assert_eq!(refused, expected);
    }
}

#[test]
fn who_stops_it_gets_no_figures_of_a_part() {
    let mut records = Records::default();
    records.waybills.push(waybill("SF1", day(10, 1)));
    let (plan, context) = (monthly(), Context::at(at("2026-11-01T00:00:00Z")));
    let stop = AtomicBool::new(false);
    let engine = || {
        let mut engine = Columnar::new(&plan, &context).with_stop(&stop);
        engine.take_all(&batches(&records, 1)).expect("columns");
        engine
    };
    assert!(engine().finish().is_ok());
    stop.store(true, Ordering::Relaxed);
    assert_eq!(engine().finish().expect_err("a stop"), ArrowInputError::Stopped);
    assert_eq!(engine().finish_cube().expect_err("a stop"), ArrowInputError::Stopped);
}
