//! How often the engine asks for memory, by a counting allocator: a binary of its own, since that counts for the whole
//! process.

#![allow(clippy::unwrap_used, clippy::print_stdout, unreachable_pub)]

use std::num::NonZeroUsize;

use allocation_counter::measure;
use parcelgauge::arrow::engine::Columnar;
use parcelgauge::arrow::{Table, record_batches};
use parcelgauge::cube::{Dimension, Plan};
use parcelgauge::fact::Context;
use parcelgauge::kpi::catalogue;
use parcelgauge::record::Window;
use parcelgauge::simulate::Network;

/// What is asked for once an engine, batch, partition or cell does not grow with the events: the difference of two runs is
/// what they cost.
fn allocations(shipments: u64) -> (u64, u64) {
    let network = Network::new(7).unwrap().with_shipments(shipments);
    let mut records = network.records();
    // A waybill with plans of its own for its stages, or columns of the caller's own, holds maps.
    for waybill in &mut records.waybills {
        waybill.stage_plans.clear();
        waybill.attributes.clear();
    }
    let events = records.events.len() as u64;
    let tables = [Table::Waybills, Table::Events];
    let batches = record_batches(&records, NonZeroUsize::new(1 << 16).unwrap()).unwrap();
    let batches: Vec<_> = batches.into_iter().filter(|(table, _)| tables.contains(table)).collect();
    let context = Context::at("2026-12-01T00:00:00Z".parse().unwrap());
    let looks_back = |gauge: &parcelgauge::kpi::Gauge| gauge.definition().looks_back;
    let plan = Plan::new(catalogue().iter().filter(|gauge| !looks_back(gauge)))
        .by([Dimension::Product])
        .with_window(Window::Month);
    let counted = measure(|| {
        // A few thousand waybills a partition, as of a large input.
        let mut engine = Columnar::new(&plan, &context).with_partitions(16);
        engine.take_all(&batches).unwrap();
        let folded = engine.finish().unwrap();
        assert!(folded.quarantine.is_empty());
    });
    (events, counted.count_total)
}

#[test]
fn memory_is_asked_for_less_than_once_in_a_hundred_events() {
    let (few, few_asked) = allocations(20_000);
    let (many, many_asked) = allocations(60_000);
    let (events, asked) = (many - few, many_asked - few_asked);
    println!("{asked} allocations for {events} events more ({few_asked} for the first {few})");
    assert!(asked * 100 < events, "{asked} allocations for {events} events");
}
