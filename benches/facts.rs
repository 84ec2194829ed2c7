//! What the row path costs, as a whole and in parts: making facts out of events, observing facts, merging cells, asking
//! the zone.
//!
//! ```text
//! cargo bench --bench facts              # all of it
//! cargo bench --bench facts -- observe   # one part
//! cargo bench --bench facts -- --test    # each once, in seconds
//! ```
//! Throughput is per element: an event of `row path` and of `assemble`, a fact × KPI of `observe`, a cell of `merge`, an instant of `zone`.

#![allow(clippy::expect_used, reason = "the network is made here")]

use std::hint::black_box;
use std::time::Duration as Time;

use chrono::NaiveDate;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use parcelgauge::cube::{Fold, Plan};
use parcelgauge::fact::{Context, FactKind, Facts, History};
use parcelgauge::kpi::{Cells, FactBatch, Gauge, InGroups, Param, catalogue};
use parcelgauge::record::{
    CaseClass, CaseId, Claim, ClaimId, Complaint, Currency, CustomerId, Duration, Instant, Money, NodeEvent, NodeKind,
    Payment, Promise, Records, Waybill, WaybillKey, WaybillNumber, Window, Zone,
};
use parcelgauge::simulate::Network;

const WAYBILLS: u64 = 120_000;
const DAYS: u64 = 124;
const REGIONS: u32 = 31; // 124 days × 31 regions = 3,844 cells; × 31 origins = 119,164

/// A small fixed generator: the same network in every run, without a dependency.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn context() -> Context {
    Context::at("2026-07-01T00:00:00Z".parse().expect("an instant"))
}

/// A KPI by its name, with the argument that tells it from another of that name.
fn told(gauge: &Gauge) -> String {
    let params = gauge.params();
    let arguments = ["hours", "trips", "stage", "of"].into_iter().filter_map(|name| params.get(name));
    let words = arguments.map(|value| match value {
        Param::Number(number) => format!(" {number}"),
        Param::Word(word) => format!(" {word}"),
    });
    words.fold(gauge.definition().id.to_owned(), |told, word| told + &word)
}

/// Parcels of four scans each over four months, every fiftieth with a case and a claim.
fn network(waybills: u64) -> Records {
    let mut numbers = Numbers(7);
    let mut records = Records::default();
    let start: Instant = "2026-01-01T00:00:00+08:00".parse().expect("an instant");
    let first_day = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
    for number in 0..waybills {
        let day = numbers.below(DAYS);
        let ordered =
            start.saturating_add(Duration::from_millis((day * 86_400_000 + numbers.below(60_000_000)) as i64));
        let posted_on = first_day + chrono::Days::new(day);
        let key = WaybillKey::new(WaybillNumber::new(format!("SF{number:010}")).expect("a number"), posted_on);
        let mut waybill = Waybill::new(key.clone());
        waybill.customer = CustomerId::new(format!("C{}", numbers.below(waybills / 8 + 1))).ok();
        waybill.promise = Some(Promise::On(posted_on + chrono::Days::new(3)));
        records.waybills.push(waybill);
        let mut at = ordered;
        for kind in [NodeKind::Ordered, NodeKind::Collected, NodeKind::OutForDelivery, NodeKind::Delivered] {
            records.events.push(NodeEvent::new(key.clone(), kind, at));
            at = at.saturating_add(Duration::from_millis(numbers.below(90_000_000) as i64));
        }
        if number % 50 == 0 {
            let mut case = Complaint::new(CaseId::new(number.to_string()).expect("an id"), CaseClass::Complaint, at);
            case.waybill = Some(key.clone());
            records.complaints.push(case);
            let mut claim = Claim::new(ClaimId::new(number.to_string()).expect("an id"), at);
            claim.waybill = Some(key);
            let amount = Money::from_minor_units(numbers.below(9_000) as i64, Currency::CNY);
            claim.payments.push(Payment { paid_at: at, amount });
            records.claims.push(claim);
        }
    }
    records
}

/// Group slots for every fact of a kind, as a plan by region or by lane would number them.
struct Slots {
    of: Vec<u32>,
}

impl Slots {
    fn new(groups: u32) -> Self {
        let mut numbers = Numbers(11);
        Self { of: (0..5 * WAYBILLS).map(|_| numbers.below(groups.into()) as u32).collect() }
    }

    fn batch<'a>(&'a self, facts: &'a Facts<'a>) -> FactBatch<'a> {
        FactBatch {
            facts,
            shipments: InGroups::One(&self.of[..facts.shipments.len()]),
            scans: InGroups::One(&self.of[..facts.scans.len()]),
            passages: InGroups::One(&self.of[..facts.passages.len()]),
            complaints: InGroups::One(&self.of[..facts.complaints.len()]),
            claims: InGroups::One(&self.of[..facts.claims.len()]),
            payments: InGroups::One(&self.of[..facts.payments.len()]),
            ratings: InGroups::One(&self.of[..facts.ratings.len()]),
        }
    }
}

fn sized<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).warm_up_time(Time::from_millis(300)).measurement_time(Time::from_secs(2));
    group
}

fn facts_seen(gauge: &Gauge, facts: &Facts<'_>) -> u64 {
    let count = |kind: &FactKind| match kind {
        FactKind::Shipment => facts.shipments.len(),
        FactKind::Complaint => facts.complaints.len(),
        FactKind::Claim => facts.claims.len(),
        FactKind::Payment => facts.payments.len(),
        FactKind::Rating => facts.ratings.len(),
        FactKind::Scan => facts.scans.len(),
        // One of each stage a shipment.
        FactKind::Passage => facts.shipments.len(),
        _ => 0,
    };
    gauge.observes().iter().map(count).sum::<usize>() as u64
}

fn observed(gauge: &Gauge, batch: &FactBatch<'_>, context: &Context) -> Box<dyn Cells> {
    let mut cells = gauge.cells(Window::Day, 0);
    cells.observe(batch, context);
    cells
}

fn observe(criterion: &mut Criterion) {
    let (records, context) = (network(WAYBILLS), context());
    let facts = Facts::assemble(&records, &context, Some(&History::of(&records)));
    for (size, groups) in [("4k cells", REGIONS), ("120k cells", REGIONS * REGIONS)] {
        let slots = Slots::new(groups);
        let batch = slots.batch(&facts);
        let mut group = sized(criterion, &format!("observe in {size}"));
        let gauges: Vec<Gauge> = catalogue().iter().collect();
        group.throughput(Throughput::Elements(gauges.iter().map(|gauge| facts_seen(gauge, &facts)).sum()));
        group.bench_function("whole catalogue", |bencher| {
            bencher.iter(|| gauges.iter().for_each(|gauge| drop(black_box(observed(gauge, &batch, &context)))));
        });
        for gauge in &gauges {
            group.throughput(Throughput::Elements(facts_seen(gauge, &facts)));
            let name = told(gauge);
            group.bench_function(name, |bencher| bencher.iter(|| observed(gauge, &batch, &context)));
        }
        group.finish();
    }
}

fn merge(criterion: &mut Criterion) {
    let (records, context) = (network(WAYBILLS), context());
    let facts = Facts::assemble(&records, &context, Some(&History::of(&records)));
    let slots = Slots::new(REGIONS);
    let batch = slots.batch(&facts);
    let groups: Vec<u32> = (0..REGIONS).collect();
    let mut group = sized(criterion, "merge");
    for gauge in catalogue().iter() {
        let other = observed(&gauge, &batch, &context);
        let mut cells = gauge.cells(Window::Day, 0);
        cells.absorb(other.as_ref(), &groups).expect("of one gauge");
        group.throughput(Throughput::Elements(cells.rows(context.as_of).len() as u64));
        group.bench_function(format!("{} ({})", told(&gauge), gauge.definition().kind.name()), |bencher| {
            bencher.iter(|| cells.absorb(other.as_ref(), &groups).expect("of one gauge"));
        });
    }
    group.finish();
}

fn assemble(criterion: &mut Criterion) {
    let (records, context) = (network(WAYBILLS / 4), context());
    let history = History::of(&records);
    let mut shuffled = records.clone();
    let mut numbers = Numbers(3);
    for place in (1..shuffled.events.len()).rev() {
        shuffled.events.swap(place, numbers.below(place as u64 + 1) as usize);
    }
    let mut group = sized(criterion, "assemble");
    group.throughput(Throughput::Elements(records.events.len() as u64));
    group.bench_function("events by waybill", |bencher| {
        bencher.iter(|| Facts::assemble_for(&[], &records, &context, None, None))
    });
    group.bench_function("events in any order", |bencher| {
        bencher.iter(|| Facts::assemble_for(&[], &shuffled, &context, None, None))
    });
    group.bench_function("with the order history", |bencher| {
        bencher.iter(|| Facts::assemble(&records, &context, Some(&history)));
    });
    group.bench_function("the order history itself", |bencher| bencher.iter(|| History::of(&records)));
    group.finish();
}

/// From typed records to cells of months, for all KPIs over shipments and their stages: the simulated network, with the
/// history of its orders and without making it.
fn row_path(criterion: &mut Criterion) {
    let network = Network::new(1).and_then(|network| network.with_shipments(30_000).with_days(92)).expect("a network");
    let records = network.records();
    let end = network.start() + chrono::Days::new(network.days().into());
    let start = Zone::SHANGHAI.start_of(network.start());
    let context = Context::at(Zone::SHANGHAI.start_of(end)).with_known_from(start);
    let of_shipments =
        |gauge: &Gauge| gauge.observes().iter().any(|kind| matches!(kind, FactKind::Shipment | FactKind::Passage));
    let plan = Plan::new(catalogue().iter().filter(of_shipments));
    let history = History::of(&records);
    let mut group = sized(criterion, "row path");
    group.throughput(Throughput::Elements(records.events.len() as u64));
    group.bench_function("all KPIs over shipments", |bencher| {
        bencher.iter(|| Fold::of(&records, &plan, Window::Month, &context, Some(&history)));
    });
    group.bench_function("with the order history", |bencher| {
        bencher.iter(|| Fold::of(&records, &plan, Window::Month, &context, None));
    });
    group.finish();
}

fn zone(criterion: &mut Criterion) {
    let start: Instant = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let mut numbers = Numbers(5);
    let anywhere = |_| start.saturating_add(Duration::from_millis(numbers.below(365 * 86_400_000) as i64));
    let instants: Vec<Instant> = (0..4_096).map(anywhere).collect();
    let mut group = sized(criterion, "zone");
    group.throughput(Throughput::Elements(instants.len() as u64));
    for name in ["UTC", "Asia/Shanghai", "America/Sao_Paulo", "America/New_York"] {
        let zone: Zone = name.parse().expect("a zone");
        group.bench_function(format!("day of an instant, {name}"), |bencher| {
            bencher.iter(|| instants.iter().map(|&at| zone.date_of(black_box(at))).max());
        });
        group.bench_function(format!("local clock by the database, {name}"), |bencher| {
            bencher.iter(|| instants.iter().map(|&at| zone.local(black_box(at)).date()).max());
        });
        let days: Vec<NaiveDate> = instants.iter().map(|&at| zone.date_of(at)).collect();
        group.bench_function(format!("start of a day, {name}"), |bencher| {
            bencher.iter(|| days.iter().map(|&day| zone.start_of(black_box(day))).max());
        });
    }
    group.finish();
}

criterion_group!(benches, row_path, observe, merge, assemble, zone);
criterion_main!(benches);
