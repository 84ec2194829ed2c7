//! Cubes, stored and loaded after every step: any feed in any order, with refreshes, is one fold of everything; what no
//! longer holds is named; what is sealed stays.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use parcelgauge::cube::{Cube, CubeError, Dimension, Fold, Plan, Scorecard, partitions};
use parcelgauge::fact::{Context, History};
use parcelgauge::journey::RoutePolicy;
use parcelgauge::kpi::{Gauge, LookBack, Maturity, Policy, catalogue};
use parcelgauge::record::{
    CaseClass, CaseId, Complaint, CustomerId, Duration, Instant, Label, NodeEvent, NodeKind, Promise, RecordKind,
    Records, Waybill, Window, Zone,
};
use proptest::prelude::*;

use crate::arbitrary::{Case, case, instant};
use crate::laws::{cases, dimensions, gauges, plan};
use crate::support::{at, data_set, day, key, scan, waybill};

/// A cube with all that was ever handed to it.
struct Kept {
    cube: Cube,
    all: Records,
    history: History,
}

impl Kept {
    fn new(plan: Plan, context: &Context, kinds: impl IntoIterator<Item = RecordKind>) -> Self {
        let all = Records::supplying(kinds);
        Self { cube: Cube::new(plan, context), history: History::of(&all), all }
    }

    /// Takes in records and folds again what they touch and what no longer holds; the partitions replaced.
    fn feed(&mut self, arrived: Records, context: &Context) -> Result<BTreeSet<NaiveDate>, CubeError> {
        let mut all = self.all.clone();
        append(&mut all, &arrived);
        let after = History::of(&all);
        let mut fold_again = self.cube.dirty(&arrived, &self.history, &after)?;
        fold_again.extend(self.cube.stale(context.as_of));
        let parts = partitions(&all, context.zone);
        for &day in &fold_again {
            self.cube.replace(day, &parts[&day], context, Some(&after))?;
        }
        self.cube.set_aside(&all);
        (self.all, self.history) = (all, after);
        self.store_and_load();
        Ok(fold_again)
    }

    /// Goes on with what was stored and loaded: whatever holds for a cube holds for it.
    fn store_and_load(&mut self) {
        let bytes = self.cube.encode();
        self.cube = Cube::decode(&bytes, self.cube.plan()).expect("what was written");
        assert!(self.cube.encode() == bytes, "stored and loaded, it is another");
    }

    fn answers_as_from_nothing(&self, context: &Context) -> bool {
        let afresh = Scorecard::measure(&self.all, self.cube.plan(), context).to_json();
        self.cube.scorecard(context).map(|kept| kept.to_json()) == Ok(afresh)
    }
}

pub fn append(all: &mut Records, arrived: &Records) {
    all.supplied = all.kinds().union(arrived.kinds());
    all.waybills.extend_from_slice(&arrived.waybills);
    all.events.extend_from_slice(&arrived.events);
    all.complaints.extend_from_slice(&arrived.complaints);
    all.claims.extend_from_slice(&arrived.claims);
    all.ratings.extend_from_slice(&arrived.ratings);
    all.costs.extend_from_slice(&arrived.costs);
    all.courier_days.extend_from_slice(&arrived.courier_days);
    all.stock_counts.extend_from_slice(&arrived.stock_counts);
    all.site_shifts.extend_from_slice(&arrived.site_shifts);
    for (kind, count) in &arrived.set_aside {
        all.set_aside.entry(*kind).or_default().merge(count);
    }
}

/// Deals the rows into so many batches, each row into any of them.
pub fn batches(case: &Case, count: usize) -> Vec<Records> {
    let mut state = case.seed | 1;
    let mut any = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % count
    };
    let mut batches = vec![Records::default(); count];
    let records = &case.records;
    records.waybills.iter().for_each(|row| batches[any()].waybills.push(row.clone()));
    records.events.iter().for_each(|row| batches[any()].events.push(row.clone()));
    records.complaints.iter().for_each(|row| batches[any()].complaints.push(row.clone()));
    records.claims.iter().for_each(|row| batches[any()].claims.push(row.clone()));
    records.ratings.iter().for_each(|row| batches[any()].ratings.push(row.clone()));
    batches[any()].set_aside = records.set_aside.clone();
    batches
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_feed_in_any_order_is_one_fold_of_everything(
        case in case(),
        instants in prop::collection::vec(instant(), 1..6),
        window in prop::sample::select(&Window::ALL_LENGTHS[..]),
    ) {
        let plan = plan(&gauges(), window).by(dimensions(&case));
        let mut kept = Kept::new(plan, &case.context, case.records.supplied.iter());
        for (arrived, as_of) in batches(&case, instants.len()).into_iter().zip(instants) {
            // Instants come in any order too: a question about the past folds again what was folded after it.
            let context = case.context.clone().moved_to(as_of);
            kept.feed(arrived, &context).expect("nothing is sealed");
            prop_assert!(kept.answers_as_from_nothing(&context));
            // Until something stale is named, the same cells answer for later instants.
            for later in [as_of.saturating_add(Duration::from_hours(5)), as_of.saturating_add(Duration::from_days(9))] {
                let later = case.context.clone().moved_to(later);
                let stale = kept.cube.stale(later.as_of);
                match kept.cube.scorecard(&later) {
                    Ok(_) => prop_assert!(stale.is_empty() && kept.answers_as_from_nothing(&later)),
                    Err(CubeError::Stale { at, partitions }) => {
                        prop_assert!(!stale.is_empty() && at == later.as_of && partitions == stale);
                    }
                    Err(other) => return Err(TestCaseError::fail(other.to_string())),
                }
            }
        }
    }
}

fn delivered(number: &str) -> Records {
    let mut records = Records::default();
    let mut row = waybill(number, day(10, 1));
    row.promise = Some(Promise::On(day(10, 2)));
    row.customer = CustomerId::new("ann").ok();
    records.events.push(scan(&row.key, NodeKind::Ordered, "2026-10-01T08:00:00+08:00"));
    records.events.push(scan(&row.key, NodeKind::Collected, "2026-10-01T10:00:00+08:00"));
    records.events.push(scan(&row.key, NodeKind::Delivered, "2026-10-02T10:00:00+08:00"));
    records.waybills.push(row);
    records
}

/// Two figures of which the instants are known to the test: one by a promise, one that looks back.
fn promised_and_repeated() -> Plan {
    let [promised, repeated] =
        ["on_time_delivery_rate", "repeat_order_rate"].map(|figure| catalogue().find(figure).expect("a figure"));
    // Within 90 days it would be open for want of a start of the data, and nothing could ever be sealed.
    Plan::new([promised, repeated.with(Policy::LookBack(LookBack::Ever)).expect("a policy it reads")])
}

#[test]
fn a_partition_that_no_longer_holds_is_named() {
    let noon = Context::at(at("2026-10-02T12:00:00+08:00"));
    let mut kept = Kept::new(promised_and_repeated(), &noon, RecordKind::ALL);
    kept.feed(delivered("A"), &noon).expect("nothing is sealed");
    assert!(kept.answers_as_from_nothing(&noon));
    // Decided at the end of the promised day and 24 hours of settling: exactly then, not a millisecond before.
    let decided = at("2026-10-04T00:00:00+08:00");
    let before = noon.clone().moved_to(decided.saturating_sub(Duration::from_millis(1)));
    assert!(kept.answers_as_from_nothing(&before));
    let then = noon.clone().moved_to(decided);
    let refused = kept.cube.scorecard(&then).map(|_| ());
    assert_eq!(refused, Err(CubeError::Stale { at: decided, partitions: vec![day(10, 1)] }));
    assert_eq!(kept.feed(Records::default(), &then), Ok(BTreeSet::from([day(10, 1)])));
    assert!(kept.answers_as_from_nothing(&then));
}

#[test]
fn a_sealed_partition_refuses_records_and_replacement() {
    let open = Context::at(at("2026-10-02T12:00:00+08:00"));
    let mut kept = Kept::new(promised_and_repeated(), &open, RecordKind::ALL);
    let (partition, decided) = (day(10, 1), at("2026-10-04T00:00:00+08:00"));
    assert_eq!(kept.cube.seal(partition), Err(CubeError::NoPartition { partition }));
    kept.feed(delivered("A"), &open).expect("nothing is sealed");
    assert_eq!(kept.cube.seal(partition), Err(CubeError::StillOpen { partition, open: 1, until: Some(decided) }));
    let context = open.moved_to(decided);
    kept.feed(Records::default(), &context).expect("nothing is sealed");
    kept.cube.seal(partition).expect("nothing is open");
    let sealed = Err(CubeError::Sealed { partition });
    assert_eq!(kept.feed(delivered("B"), &context), sealed);
    let mut late = Records::default();
    late.events.push(scan(&key("A", partition), NodeKind::Delivered, "2026-10-01T12:00:00+08:00"));
    assert_eq!(kept.feed(late, &context), sealed);
    let history = History::default();
    assert_eq!(
        kept.cube.replace(partition, &delivered("A"), &context, Some(&history)).map(|()| BTreeSet::new()),
        sealed
    );
    assert!(kept.answers_as_from_nothing(&context));
}

/// Three days of one delivered parcel each, the second of them still open.
fn two_of_three_sealed() -> (Kept, Context) {
    let context = Context::at(at("2026-10-20T00:00:00+08:00"));
    let mut kept = Kept::new(promised_and_repeated(), &context, RecordKind::ALL);
    for (number, date) in [("A", day(10, 1)), ("B", day(10, 2)), ("C", day(10, 3))] {
        let mut records = delivered(number);
        records.waybills[0].key.posted_on = date;
        records.waybills[0].customer = CustomerId::new(number).ok();
        records.events.iter_mut().for_each(|event| event.waybill.posted_on = date);
        if number == "B" {
            records.waybills[0].promise = Some(Promise::On(day(11, 1)));
        }
        kept.feed(records, &context).expect("nothing is sealed");
    }
    for date in [day(10, 1), day(10, 3)] {
        kept.cube.seal(date).expect("nothing is open");
    }
    (kept, context)
}

#[test]
fn sealed_partitions_made_one_answer_and_refuse_as_before() {
    let (mut kept, context) = two_of_three_sealed();
    let days = kept.cube.partitions();
    let (earlier, apart) = (context.as_of.saturating_sub(Duration::from_millis(1)), kept.cube.encode());
    for _ in 0..2 {
        kept.cube.compact().expect("partitions of one cube");
        kept.store_and_load();
        assert!(kept.cube.encode().len() < apart.len(), "one takes less room than two");
        assert_eq!(kept.cube.partitions(), days);
        assert!(kept.answers_as_from_nothing(&context));
        // What was folded later than the instant asked for is named, whatever it was made one with.
        assert_eq!(kept.cube.stale(earlier), days.iter().copied().collect::<Vec<_>>());
        for partition in [day(10, 1), day(10, 3)] {
            assert_eq!(kept.cube.seal(partition), Ok(()), "it is");
            let mut late = Records::default();
            late.events.push(scan(&key("A", partition), NodeKind::Delivered, "2026-10-01T12:00:00+08:00"));
            assert_eq!(kept.feed(late, &context), Err(CubeError::Sealed { partition }));
        }
    }
    // The one in between is decided, sealed and taken in as well.
    let end = context.moved_to(at("2026-11-20T00:00:00+08:00"));
    assert_eq!(kept.feed(Records::default(), &end), Ok(BTreeSet::from([day(10, 2)])));
    kept.cube.seal(day(10, 2)).expect("nothing is open");
    kept.cube.compact().expect("partitions of one cube");
    kept.store_and_load();
    assert_eq!(kept.cube.partitions(), days);
    assert!(kept.answers_as_from_nothing(&end));
    // Only the last of them was folded later than the first question.
    assert_eq!(kept.cube.stale(at("2026-10-21T00:00:00+08:00")), [day(10, 2)]);
}

#[test]
fn damaged_bytes_of_a_cube_are_an_error_and_never_figures() {
    let (kept, _) = two_of_three_sealed();
    let (bytes, plan) = (kept.cube.encode(), kept.cube.plan());
    for length in 0..bytes.len() {
        assert!(Cube::decode(&bytes[..length], plan).is_err(), "cut to {length}");
    }
    for place in 0..bytes.len() {
        for damage in [1, 0x40, 0x80, 0xff] {
            let mut damaged = bytes.clone();
            damaged[place] ^= damage;
            assert!(Cube::decode(&damaged, plan).is_err(), "byte {place} changed");
        }
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(Cube::decode(&longer, plan).is_err());
}

/// Whoever can make a checksum can write anything: it is refused or is a cube, and nothing stops.
#[test]
fn bytes_under_a_right_checksum_are_read_with_care_all_the_same() {
    let (kept, _) = two_of_three_sealed();
    let (bytes, plan) = (kept.cube.encode(), kept.cube.plan());
    for place in 0..bytes.len() - 8 {
        for damage in [1, 2, 0x80, 0xff] {
            let mut forged = bytes[..bytes.len() - 8].to_vec();
            forged[place] ^= damage;
            forged.extend(parcelgauge::state::wire::checksum(&forged).to_le_bytes());
            if let Ok(read) = Cube::decode(&forged, plan) {
                assert!(read.encode() == forged, "byte {place} was read as another");
            }
        }
    }
}

#[test]
fn a_cube_of_another_plan_or_format_is_refused_by_name() {
    let (kept, context) = two_of_three_sealed();
    let bytes = kept.cube.encode();
    let refused = |plan: &Plan| Cube::decode(&bytes, plan).map(|_| ()).expect_err("another plan").to_string();
    let plan = kept.cube.plan();
    assert!(refused(&plan.clone().by([Dimension::Product])).contains("expected `product`"));
    assert!(refused(&plan.clone().with_evidence(3)).contains("the evidence of the states are `0`, expected `3`"));
    let promised = catalogue().find("on_time_delivery_rate").expect("a figure");
    let strict = promised.with(Policy::parse("comparison", "strictly_before").expect("a policy")).expect("it reads it");
    let other = Plan::new(plan.gauges().iter().skip(1).cloned().chain([strict]));
    let told = refused(&other);
    assert!(told.contains("at_or_before") && told.contains("strictly_before") && !told.contains("look_back"), "{told}");
    // The window is how to ask, not what is kept.
    for window in Window::ALL_LENGTHS {
        let plan = plan.clone().with_window(window);
        let read = Cube::decode(&bytes, &plan).expect("the same cells");
        let afresh = Scorecard::measure(&kept.all, &plan, &context).to_json();
        assert_eq!(read.scorecard(&context).map(|scorecard| scorecard.to_json()), Ok(afresh));
    }
    let mut newer = bytes.clone();
    newer[3] = 2;
    let told = Cube::decode(&newer, plan).map(|_| ()).expect_err("a newer format").to_string();
    assert!(told.contains("[80, 71, 67, 2], expected [80, 71, 67, 1]"), "{told}");
}

#[test]
fn what_waits_for_a_record_is_open_too() {
    let under_way = Context::at(at("2026-10-20T00:00:00+08:00"));
    let hours = Plan::new([catalogue().find("end_to_end_hours").unwrap()]);
    let mut kept = Kept::new(hours, &under_way, RecordKind::ALL);
    let mut collected = delivered("A");
    collected.events.retain(|event| event.kind != NodeKind::Delivered);
    kept.feed(collected, &under_way).expect("nothing is sealed");
    let partition = day(10, 1);
    assert_eq!(kept.cube.seal(partition), Err(CubeError::StillOpen { partition, open: 1, until: None }));
    kept.feed(delivered("A"), &under_way).expect("nothing is sealed");
    kept.cube.seal(partition).expect("nothing is open");
}

#[test]
fn a_note_of_loss_by_silence_waits_for_the_figure_it_stands_beside() {
    let soon = Context::at(at("2026-10-10T00:00:00+08:00"));
    let intact = Plan::new([catalogue().find("intact_rate").unwrap()]);
    let mut records = delivered("A");
    records.events.retain(|event| event.kind != NodeKind::Delivered);
    let mut case = Complaint::new(CaseId::new("1").unwrap(), CaseClass::Complaint, at("2026-10-02T00:00:00+08:00"));
    (case.waybill, case.cause) = (Some(records.waybills[0].key.clone()), Label::new("damage").ok());
    records.complaints.push(case);
    let fold = |context: &Context| Fold::of(&records, &intact, Window::All, context, None);
    // The case waits for a record, so nothing changes by itself, however long ago the parcel was heard of last.
    let years_later = soon.clone().moved_to(at("2028-10-10T00:00:00+08:00"));
    assert_eq!(fold(&soon).holds_until(), None);
    assert_eq!(fold(&soon).encode(&intact), fold(&years_later).encode(&intact));
}

#[test]
fn a_record_that_reaches_into_a_sealed_partition_by_looking_back_is_refused_before_anything_is_replaced() {
    let context = Context::at(at("2026-10-20T00:00:00+08:00"));
    let mut kept = Kept::new(promised_and_repeated(), &context, RecordKind::ALL);
    kept.feed(delivered("A"), &context).expect("nothing is sealed");
    kept.cube.seal(day(10, 1)).expect("nothing is open");
    // An earlier order of the same customer comes late, in a partition of its own.
    let mut earlier = Records::default();
    let mut row = waybill("Z", day(9, 30));
    row.customer = CustomerId::new("ann").ok();
    earlier.events.push(scan(&row.key, NodeKind::Ordered, "2026-09-30T08:00:00+08:00"));
    earlier.waybills.push(row);
    assert_eq!(kept.feed(earlier, &context), Err(CubeError::Sealed { partition: day(10, 1) }));
    assert!(kept.answers_as_from_nothing(&context));
}

#[test]
fn another_zone_start_of_data_or_route_is_refused() {
    let context = Context::at(at("2026-10-20T00:00:00+08:00"));
    let mut kept = Kept::new(promised_and_repeated(), &context, RecordKind::ALL);
    kept.feed(delivered("A"), &context).expect("nothing is sealed");
    let others = [
        context.clone().with_zone(Zone::UTC),
        context.clone().with_known_from(at("2026-01-01T00:00:00Z")),
        context.clone().with_route(RoutePolicy::standard().with_mandatory([NodeKind::Collected])),
    ];
    for other in others {
        assert!(matches!(kept.cube.scorecard(&other), Err(CubeError::OtherContext { .. })));
        let refused = kept.cube.replace(day(10, 1), &Records::default(), &other, None);
        assert!(matches!(refused, Err(CubeError::OtherContext { .. })));
    }
    assert!(kept.answers_as_from_nothing(&context));
}

/// Real orders: posted and ordered at purchase, collected by the carrier, delivered, promised by a date.
fn olist() -> Option<(Records, Context)> {
    let folder = data_set("olist_dev")?;
    let zone: Zone = "America/Sao_Paulo".parse().expect("a zone");
    let table = |name: &str| -> Vec<csv::StringRecord> {
        let mut reader = csv::Reader::from_path(folder.join(name)).expect("a file");
        reader.records().collect::<Result<_, _>>().expect("rows")
    };
    let customers: BTreeMap<String, (String, String)> =
        table("customers.csv").iter().map(|row| (row[0].to_owned(), (row[1].to_owned(), row[4].to_owned()))).collect();
    let mut records = Records::supplying([RecordKind::Waybill, RecordKind::Event]);
    for row in &table("orders.csv") {
        let local = |column: usize| NaiveDateTime::parse_from_str(&row[column], "%Y-%m-%d %H:%M:%S").ok();
        let bought = local(3).expect("a time");
        let mut waybill = Waybill::new(key(&row[0], bought.date()));
        let (person, state) = &customers[&row[1]];
        waybill.customer = CustomerId::new(person).ok();
        waybill.destination_region = Label::new(state).ok();
        waybill.promise = local(7).map(|promised| Promise::On(promised.date()));
        for (kind, column) in [(NodeKind::Ordered, 3), (NodeKind::Collected, 5), (NodeKind::Delivered, 6)] {
            let occurred_at = local(column).and_then(|local| zone.instant_of(local));
            records.events.extend(occurred_at.map(|at| NodeEvent::new(waybill.key.clone(), kind, at)));
        }
        records.waybills.push(waybill);
    }
    let context = Context::at(Instant::MIN).with_zone(zone).with_known_from(at("2016-10-04T00:00:00-03:00"));
    Some((records, context))
}

/// The first and the last posting day of a set of records.
fn days(records: &Records) -> (NaiveDate, NaiveDate) {
    let days = || records.waybills.iter().map(|waybill| waybill.key.posted_on);
    (days().min().expect("waybills"), days().max().expect("waybills"))
}

#[test]
fn real_orders_fed_day_by_day_are_one_fold_at_every_refresh() {
    let Some((orders, context)) = olist() else { return };
    let (first, last) = days(&orders);
    let plan = Plan::everything(catalogue()).by([Dimension::DestinationRegion]).with_evidence(3);
    let mut kept = Kept::new(plan, &context, [RecordKind::Waybill, RecordKind::Event]);
    let (mut arrived, mut refreshes, mut partitions) = (Records::default(), 0, 0);
    let mut waybills = orders.waybills.iter().collect::<Vec<_>>();
    let mut events = orders.events.iter().collect::<Vec<_>>();
    waybills.sort_by_key(|row| std::cmp::Reverse(row.key.posted_on));
    events.sort_by_key(|row| std::cmp::Reverse(row.known_at()));
    let end = last + chrono::Days::new(60);
    let span = (end - first).num_days();
    for (number, date) in first.iter_days().take_while(|&date| date <= end).enumerate() {
        let night = context.zone.end_of(date);
        while waybills.last().is_some_and(|row| row.key.posted_on <= date) {
            arrived.waybills.extend(waybills.pop().cloned());
        }
        while events.last().is_some_and(|row| row.known_at() < night) {
            arrived.events.extend(events.pop().cloned());
        }
        if (number as i64 + 1) * 20 / (span + 1) > refreshes {
            refreshes += 1;
            let context = context.clone().moved_to(night);
            partitions += kept.feed(std::mem::take(&mut arrived), &context).expect("nothing is sealed").len();
            assert!(kept.answers_as_from_nothing(&context), "at {night}");
        }
    }
    assert_eq!((refreshes, kept.all.waybills.len(), kept.all.events.len()), (20, 6_887, orders.events.len()));
    println!("{partitions} source partitions folded in {refreshes} refreshes");
}

/// Why the unit of replacement is a source partition with its `holds_until`, not the due day of a touched order: an
/// order that is simply never delivered is touched by no record on the day it becomes a miss, and early finishers are
/// still open when their last record comes.
#[test]
fn replacing_the_due_days_of_touched_orders_would_leave_days_wrong() {
    let Some((orders, context)) = olist() else { return };
    let (_, last) = days(&orders);
    let end = context.zone.end_of(last + chrono::Days::new(60));
    let plan = Plan::new([catalogue().find("on_time_delivery_rate").expect("a KPI")]).with_window(Window::Day);
    let mut due: BTreeMap<NaiveDate, Records> = BTreeMap::new();
    let mut of_key = BTreeMap::new();
    for waybill in &orders.waybills {
        let Some(Promise::On(date)) = waybill.promise else { continue };
        due.entry(date).or_default().waybills.push(waybill.clone());
        of_key.insert(&waybill.key, date);
    }
    for event in &orders.events {
        due.entry(of_key[&event.waybill]).or_default().events.push(event.clone());
    }
    let is_wrong = |records: &&Records| {
        let touched = records.events.iter().map(NodeEvent::known_at).max().expect("every order has its event");
        let last_replaced = context.zone.end_of(context.zone.date_of(touched));
        let [kept, right] = [last_replaced, end].map(|as_of| {
            let scorecard = Scorecard::measure(records, &plan, &context.clone().moved_to(as_of));
            scorecard.rows.into_iter().map(|row| (row.figure, row.open)).collect::<Vec<_>>()
        });
        kept != right
    };
    let wrong = due.values().filter(is_wrong).count();
    println!("{wrong} of {} due days would be wrong", due.len());
    assert!(wrong * 3 > due.len());
}

/// Without the orders that came before, every customer would read as new.
#[test]
fn a_plan_that_looks_back_asks_for_the_history() {
    let context = Context::at(at("2026-10-20T00:00:00+08:00"));
    let mut cube = Cube::new(promised_and_repeated(), &context);
    let refused = cube.replace(day(10, 1), &delivered("A"), &context, None);
    assert_eq!(refused, Err(CubeError::HistoryMissing { kpi: "repeat_order_rate" }));
}

/// Cells of two KPIs may hold states of one type; what they are of is known all the same.
#[test]
fn cells_take_in_those_of_their_own_kpi_and_parameters_only() {
    let provisional = |gauge: Gauge| gauge.with(Policy::Maturity(Maturity::Provisional)).ok();
    let gauges: Vec<Gauge> = catalogue().iter().chain(catalogue().iter().filter_map(provisional)).collect();
    for ours in &gauges {
        for theirs in &gauges {
            let like = ours.definition() == theirs.definition() && ours.params() == theirs.params();
            let taken = ours.cells(Window::Day, 0).absorb(theirs.cells(Window::Day, 0).as_ref(), &[]);
            assert_eq!(taken.is_ok(), like, "{ours:?} and {theirs:?}: {taken:?}");
        }
    }
}
