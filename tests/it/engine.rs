//! The columnar engine gives the bytes of the row path.

use parcelgauge::arrow::engine::Columnar;
use parcelgauge::cube::{Dimension, Fold, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::catalogue;
use parcelgauge::record::{Records, Window};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::arbitrary::case;
use crate::laws::{cases, gauges, window};

/// Splits records into batches of so many rows of each kind.
fn batches(records: &Records, rows: usize) -> Vec<Records> {
    let mut batches = vec![Records::supplying(records.kinds().iter())];
    batches[0].set_aside.clone_from(&records.set_aside);
    batches[0].costs.clone_from(&records.costs);
    batches[0].courier_days.clone_from(&records.courier_days);
    batches[0].stock_counts.clone_from(&records.stock_counts);
    batches[0].site_shifts.clone_from(&records.site_shifts);
    let add = |batches: &mut Vec<Records>, change: &dyn Fn(&mut Records)| {
        let mut batch = Records::default();
        change(&mut batch);
        batches.push(batch);
    };
    // The events first: nothing says that a waybill comes before its scans.
    records.events.chunks(rows).for_each(|rows| add(&mut batches, &|batch| batch.events = rows.to_vec()));
    records.ratings.chunks(rows).for_each(|rows| add(&mut batches, &|batch| batch.ratings = rows.to_vec()));
    records.waybills.chunks(rows).for_each(|rows| add(&mut batches, &|batch| batch.waybills = rows.to_vec()));
    records.claims.chunks(rows).for_each(|rows| add(&mut batches, &|batch| batch.claims = rows.to_vec()));
    records.complaints.chunks(rows).for_each(|rows| add(&mut batches, &|batch| batch.complaints = rows.to_vec()));
    batches
}

fn columnar(records: &Records, plan: &Plan, context: &Context, threads: usize, rows: usize) -> Fold {
    let mut engine = Columnar::new(plan, context).with_threads(threads);
    batches(records, rows).into_iter().for_each(|batch| engine.take(batch).expect("records"));
    engine.finish().expect("a fold")
}

fn by_every_field() -> [Dimension; 6] {
    let names = ["destination_region", "product", "carrier", "delivery_courier", "facility", "own"];
    names.map(|name| name.parse().expect("a dimension"))
}

#[test]
fn any_batches_on_any_threads_are_the_row_path() {
    let config = Config { cases: cases(), failure_persistence: None, ..Config::default() };
    let circumstances = (case(), 1..8_usize, 1..40_usize, any::<bool>());
    TestRunner::new(config)
        .run(&circumstances, |(case, threads, rows, by_fields)| {
            let mut plan = Plan::new(gauges()).with_window(window(&case)).with_evidence(3);
            if by_fields {
                plan = plan.by(by_every_field());
            }
            let row_path = Fold::of(&case.records, &plan, plan.window(), &case.context, None);
            let engine = columnar(&case.records, &plan, &case.context, threads, rows);
            prop_assert_eq!(engine.holds_until(), row_path.holds_until());
            let json = |fold: &Fold| Scorecard::of(fold, &plan, &case.context).to_json();
            prop_assert_eq!(json(&engine), json(&row_path));
            prop_assert_eq!(engine.encode(&plan), row_path.encode(&plan));
            Ok(())
        })
        .expect("the same bytes");
}

/// The catalogue without consignments and looks back, as most plans are: the partitions are many then.
#[test]
fn a_simulated_network_is_the_same_on_many_partitions() {
    let network = crate::simulate::network().with_shipments(3_000);
    let records = network.records();
    let context = Context::at("2026-12-01T00:00:00Z".parse().expect("an instant"));
    let plan = Plan::everything(catalogue()).by(by_every_field()).with_window(Window::Month).with_evidence(2);
    let row_path = Fold::of(&records, &plan, plan.window(), &context, None);
    let json = |fold: &Fold| Scorecard::of(fold, &plan, &context).to_json();
    let expected = json(&row_path);
    for (threads, rows) in [(1, 1_000_000), (2, 1_000), (7, 1)] {
        assert!(
            json(&columnar(&records, &plan, &context, threads, rows)) == expected,
            "{threads} threads, {rows} rows"
        );
    }
}
