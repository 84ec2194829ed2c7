//! What a stored cube costs: month-to-date from 31 stored days × 31 regions × 4 products, and loading it.
//!
//! ```text
//! cargo bench --bench cube            # all of it
//! cargo bench --bench cube -- --test  # each once, in seconds
//! ```
//! The goals, of cells loaded: 5 ms for the figures over shipments that keep sums only, 80 ms for all of them.

#![allow(clippy::expect_used, reason = "the network is made here")]

use std::time::Duration as Time;

use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};
use parcelgauge::cube::{Cube, Dimension, Plan, partitions};
use parcelgauge::fact::{Context, FactKind, History};
use parcelgauge::kpi::{FigureKind, Gauge, catalogue};
use parcelgauge::record::{
    CustomerId, Duration, FacilityId, Label, NodeEvent, NodeKind, Promise, Records, Waybill, WaybillKey, WaybillNumber,
    Zone,
};

const DAYS: u64 = 31;
const REGIONS: u64 = 31;
const PRODUCTS: u64 = 4;
/// Parcels of a day, a region and a product.
const PARCELS: u64 = 20;

/// A small fixed generator: the same network in every run, without a dependency.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// A month of parcels of eight scans each, most of them delivered within four days.
fn month() -> Records {
    let (mut numbers, mut records) = (Numbers(7), Records::default());
    let first = NaiveDate::from_ymd_opt(2026, 10, 1).expect("a date");
    let kinds = [
        NodeKind::Ordered,
        NodeKind::Collected,
        NodeKind::OriginArrived,
        NodeKind::OriginDeparted,
        NodeKind::DestinationArrived,
        NodeKind::OutForDelivery,
        NodeKind::AttemptFailed,
        NodeKind::Delivered,
    ];
    for number in 0..DAYS * REGIONS * PRODUCTS * PARCELS {
        let posted_on = first + Days::new(number % DAYS);
        let number_text = WaybillNumber::new(format!("SF{number:010}")).expect("a number");
        let mut waybill = Waybill::new(WaybillKey::new(number_text, posted_on));
        waybill.destination_region = Label::new(format!("R{:02}", number / DAYS % REGIONS)).ok();
        waybill.product = Label::new(format!("P{}", number / DAYS / REGIONS % PRODUCTS)).ok();
        waybill.customer = CustomerId::new(format!("C{}", numbers.below(20_000))).ok();
        waybill.promise = Some(Promise::On(posted_on + Days::new(3)));
        let mut at = Zone::SHANGHAI.start_of(posted_on).saturating_add(Duration::from_hours(8));
        for kind in kinds {
            let is_rare = kind == NodeKind::AttemptFailed;
            at = at.saturating_add(Duration::from_millis(numbers.below(40_000_000) as i64));
            if !is_rare || numbers.below(20) == 0 {
                let mut event = NodeEvent::new(waybill.key.clone(), kind, at);
                event.facility = FacilityId::new(format!("F{}", numbers.below(200))).ok();
                event.recorded_at = Some(at.saturating_add(Duration::from_millis(numbers.below(5_000_000) as i64)));
                records.events.push(event);
            }
        }
        records.waybills.push(waybill);
    }
    records
}

/// The cube of a plan as it is stored, one partition a day.
fn stored(records: &Records, history: &History, plan: &Plan, context: &Context) -> Vec<u8> {
    let mut cube = Cube::new(plan.clone(), context);
    for (day, records) in partitions(records, context.zone) {
        cube.replace(day, &records, context, Some(history)).expect("nothing is sealed");
    }
    cube.encode()
}

fn month_to_date(criterion: &mut Criterion) {
    let records = month();
    let history = History::of(&records);
    let context = Context::at("2026-11-01T00:00:00+08:00".parse().expect("an instant"));
    let of_shipments = |gauge: &Gauge| {
        gauge.observes().iter().any(|kind| matches!(kind, FactKind::Shipment | FactKind::Passage))
            && gauge.observes().iter().all(|kind| matches!(kind, FactKind::Shipment | FactKind::Passage))
    };
    let plan = |keep: fn(&Gauge) -> bool| {
        let gauges = catalogue().iter().filter(|gauge| of_shipments(gauge) && keep(gauge));
        Plan::new(gauges).by([Dimension::DestinationRegion, Dimension::Product])
    };
    let plans = [
        // A figure that looks back keeps every customer of the month under a key: no sums, and a cost of its own.
        (
            "sums only",
            plan(|gauge| gauge.definition().kind != FigureKind::Distribution && !gauge.definition().looks_back),
        ),
        ("sums and quantiles", plan(|gauge| !gauge.definition().looks_back)),
        ("sums, quantiles and keys", plan(|_| true)),
    ];
    let mut group = criterion.benchmark_group("month to date");
    group.sample_size(10).warm_up_time(Time::from_millis(300)).measurement_time(Time::from_secs(3));
    for (name, plan) in plans {
        let bytes = stored(&records, &history, &plan, &context);
        let cube = Cube::decode(&bytes, &plan).expect("a cube");
        group.bench_function(name, |bencher| {
            bencher.iter(|| cube.scorecard(&context).expect("it holds"));
        });
        group.bench_function(format!("load, {name}"), |bencher| {
            bencher.iter(|| Cube::decode(&bytes, &plan).expect("a cube"));
        });
    }
    group.finish();
}

criterion_group!(benches, month_to_date);
criterion_main!(benches);
