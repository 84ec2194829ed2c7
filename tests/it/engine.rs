//! The columnar engine gives the bytes of the row path.

use std::num::NonZeroUsize;

use parcelgauge::arrow::engine::Columnar;
use parcelgauge::arrow::record_batches;
use parcelgauge::cube::{Dimension, Fold, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::catalogue;
use parcelgauge::record::{Records, Window};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::arbitrary::case;
use crate::laws::{cases, gauges};

fn columnar(records: &Records, plan: &Plan, context: &Context, threads: usize, rows: usize) -> Fold {
    let batches = record_batches(records, NonZeroUsize::new(rows).expect("rows")).expect("batches");
    let mut engine = Columnar::new(plan, context).with_threads(threads);
    engine.take_all(&batches).expect("batches of the schemas");
    let folded = engine.finish().expect("a fold");
    assert_eq!(folded.quarantine, []);
    folded.fold
}

/// What tables can hold: rows that no record type refuses.
fn valid(mut records: Records) -> Records {
    records.waybills.retain(|waybill| waybill.validate().is_ok());
    records.complaints.retain(|case| case.validate().is_ok());
    records.claims.retain(|claim| claim.validate().is_ok());
    records.set_aside.clear();
    records
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
            let records = valid(case.records.clone());
            // Figures of consignments are folded in one partition; the others in many.
            let all = gauges().into_iter().filter(|gauge| case.seed % 2 == 0 || !gauge.counts_consignments());
            let mut plan = Plan::new(all).with_window(Window::ALL_LENGTHS[(case.seed % 6) as usize]).with_evidence(3);
            if by_fields {
                plan = plan.by(by_every_field());
            }
            let row_path = Fold::of(&records, &plan, plan.window(), &case.context, None);
            let engine = columnar(&records, &plan, &case.context, threads, rows);
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
