//! The synthetic network: the same everywhere, as planted, and never the same for two seeds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use parcelgauge::record::{
    CaseClass, Consent, Flow, Mover, NodeEvent, NodeKind, Promise, RatingQuestion, RecordKind, WaybillKey, Zone,
};
use parcelgauge::simulate::{
    COURIERS_A_REGION, Courier, Defect, DelayStage, Network, NetworkTruth, Rate, RateSet, Rates, Record, Shipment,
    SimulateError,
};

pub const SEED: u64 = 20_260_801;

pub fn network() -> Network {
    Network::new(SEED).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Every record and the truth as JSON, a line each.
fn canonical(shipment: &Shipment) -> String {
    let mut lines = vec![serde_json::to_string(&shipment.waybill).unwrap()];
    lines.extend(shipment.events.iter().map(|event| serde_json::to_string(event).unwrap()));
    lines.extend(shipment.complaints.iter().map(|case| serde_json::to_string(case).unwrap()));
    lines.extend(shipment.claims.iter().map(|claim| serde_json::to_string(claim).unwrap()));
    lines.extend(shipment.ratings.iter().map(|rating| serde_json::to_string(rating).unwrap()));
    lines.push(serde_json::to_string(&shipment.truth).unwrap());
    lines.join("\n") + "\n"
}

/// FNV-1a in 64 bits.
pub fn digest(texts: impl Iterator<Item = String>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for text in texts {
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

fn first_300(network: &Network) -> u64 {
    digest(network.shipments_in(0..300).map(|shipment| canonical(&shipment)))
}

/// The pinned digest changes only when the generator or the records' serialisation is changed on purpose.
#[test]
fn same_seed_same_records_on_every_platform() {
    let defects = [
        Defect::SlowHub { region: 0, extra_hours: 9 },
        Defect::CarelessCourier { region: 1, courier: 3, times: 8 },
        Defect::ComplaintHotSpot { region: 2, times: 10 },
    ];
    let planted = defects.into_iter().try_fold(network(), Network::with_defect).unwrap();
    assert_eq!(format!("{:016x}", first_300(&network())), "4f592fd17cfff92d");
    assert_eq!(format!("{:016x}", first_300(&planted)), "0021b497f910f617");
    assert_ne!(first_300(&network()), first_300(&Network::new(SEED + 1).unwrap()));
}

#[test]
fn a_shipment_depends_on_its_number_alone() {
    let (small, large) = (network().with_shipments(10), network().with_shipments(10_000_000_000));
    let forward: Vec<Shipment> = (0..50).map(|index| small.shipment(index)).collect();
    let mut backward: Vec<Shipment> = (0..50).rev().map(|index| large.shipment(index)).collect();
    backward.reverse();
    assert_eq!(forward, backward);
    assert_eq!(small.shipments().collect::<Vec<_>>(), forward[..10]);
    assert_eq!(large.shipments_in(20..30).collect::<Vec<_>>(), forward[20..30]);
    assert_eq!(large.shipment(u64::MAX).truth.index, u64::MAX);
}

#[test]
fn records_hold_what_records_may_hold() {
    let network = network();
    let mut ids = BTreeSet::new();
    for shipment in network.shipments_in(0..20_000) {
        let key = &shipment.waybill.key;
        shipment.waybill.validate().unwrap();
        assert_eq!(key.posted_on, Zone::SHANGHAI.date_of(shipment.events[0].occurred_at), "{key}");
        assert!((0..92).contains(&(key.posted_on - network.start()).num_days()));
        assert!(shipment.events.iter().all(|event| event.waybill == *key && event.recorded_at.is_some()));
        for case in &shipment.complaints {
            case.validate().unwrap();
            assert!(case.known_at() >= case.opened_at && case.waybill.as_ref() == Some(key));
            assert!(ids.insert(case.id.to_string()));
        }
        for claim in &shipment.claims {
            claim.validate().unwrap();
            assert!(claim.decided_at >= claim.confirmed_at || claim.decided_at.is_none());
            assert!(claim.payments.iter().all(|payment| Some(payment.paid_at) > claim.decided_at));
            assert!(ids.insert(claim.id.to_string()));
        }
        for rating in &shipment.ratings {
            assert!(Some(rating.rated_at) > shipment.truth.completed_at || rating.question != RatingQuestion::Csat);
            assert!(ids.insert(rating.id.to_string()));
        }
        for change in &shipment.waybill.promise_moves {
            assert!(change.moved_at > shipment.events[0].occurred_at);
            assert!(change.moved_at < shipment.truth.completed_at.unwrap());
        }
    }
}

/// Without rates and defects every trip is orderly, complete, and in time: lateness is only what is planted.
#[test]
fn a_network_without_faults_is_without_fault() {
    let network = network().with_rates(Rates::none()).with_regions(31).unwrap();
    let line = [NodeKind::Ordered, NodeKind::Inspected, NodeKind::Collected, NodeKind::OriginArrived];
    for shipment in network.shipments_in(0..20_000) {
        let (truth, events) = (&shipment.truth, &shipment.events);
        assert_eq!((truth.late, truth.happened), (Some(false), RateSet::default()), "{:?}", shipment.waybill);
        assert!(events.is_sorted_by(|a, b| a.occurred_at < b.occurred_at), "{events:#?}");
        assert!(events.iter().map(|event| event.kind).take(4).eq(line));
        assert_eq!(events.last().unwrap().kind, NodeKind::Delivered);
        assert!(events.iter().all(|event| event.recorded_at.unwrap() > event.occurred_at));
        let hour = Zone::SHANGHAI.local(events.last().unwrap().occurred_at).format("%H").to_string();
        assert!(("08".."20").contains(&hour.as_str()), "delivered at {hour}");
        assert!(shipment.complaints.is_empty() && shipment.claims.is_empty() && shipment.ratings.is_empty());
    }
}

#[test]
fn nobody_is_late_by_accident_when_only_delays_are_planted() {
    let rates = Rates::none().with(Rate::Delayed, 100_000).unwrap();
    let mut stages = BTreeMap::new();
    for shipment in network().with_rates(rates).shipments_in(0..20_000) {
        let truth = &shipment.truth;
        assert_eq!(truth.late, Some(truth.happened.contains(Rate::Delayed)), "{shipment:#?}");
        assert_eq!(truth.delay.is_some(), truth.happened.contains(Rate::Delayed));
        *stages.entry(truth.delay).or_insert(0_u32) += 1;
        assert!(shipment.events.is_sorted_by_key(|event| event.occurred_at));
    }
    for stage in [DelayStage::Collection, DelayStage::Origin, DelayStage::Transport, DelayStage::LastMile] {
        assert!(stages[&Some(stage)] > 100, "{stages:?}");
    }
}

/// Five standard deviations of a binomial: with some 50 rates, one seed in 30,000 would fail by chance; this one is fixed.
#[test]
fn planted_rates_are_met() {
    let truth = network().with_shipments(50_000).truth();
    assert_eq!(truth.rates.len(), Rate::ALL.len());
    for rate in &truth.rates {
        let (n, parts) = (i128::from(rate.possible), i128::from(rate.planted_parts));
        // (happened - n p)² <= 25 n p (1 - p), both sides times a million squared.
        let off = i128::from(rate.happened) * 1_000_000 - n * parts;
        assert!(n > 0, "{} could never happen", rate.rate);
        assert!(off * off <= 25 * n * parts * (1_000_000 - parts), "{rate:?}");
    }
    // 96 to 99 of 100 in time.
    assert!(truth.late * 100 >= truth.judged && truth.late * 100 <= 4 * truth.judged, "{truth}");
}

#[test]
fn truths_of_parts_add_up() {
    let network = network().with_shipments(2_000);
    let part = |range| {
        let mut truth = NetworkTruth::new(&network);
        network.shipments_in(range).for_each(|shipment| truth.observe(&shipment.truth));
        truth
    };
    let (mut first, second) = (part(0..700), part(700..2_000));
    first.merge(&second).unwrap();
    assert_eq!(first, network.truth());
    let other = NetworkTruth::new(&Network::new(SEED + 1).unwrap());
    assert_eq!(first.merge(&other), Err(SimulateError::UnlikeNetworks));
    assert_eq!(first, network.truth());
}

/// Every rate at a third: each kind of fault must show in the records of shipments whose truth has it, and only there.
#[test]
fn every_fault_shows_in_the_records() {
    let rates = Rate::ALL.into_iter().try_fold(Rates::none(), |rates, rate| rates.with(rate, 330_000)).unwrap();
    let mut seen = RateSet::default();
    for shipment in network().with_rates(rates).shipments_in(0..20_000) {
        let truth = &shipment.truth;
        assert!(truth.happened.iter().all(|rate| truth.possible.contains(rate)));
        truth.happened.iter().for_each(|rate| seen = seen.with(rate));
        let (events, waybill) = (&shipment.events, &shipment.waybill);
        let has = |kind| events.iter().any(|event| event.kind == kind);
        let shows = [
            (Rate::Reverse, waybill.flow == Flow::Reverse),
            (Rate::ValueDeclared, waybill.declared_value.is_some()),
            (Rate::PromiseMissing, waybill.promise.is_none()),
            (Rate::PromiseMovedByCarrier, waybill.promise_moves.iter().any(|change| change.by == Mover::Carrier)),
            (Rate::PromiseMovedByCustomer, waybill.promise_moves.iter().any(|change| change.by == Mover::Customer)),
            (Rate::LossDeclared, has(NodeKind::Lost)),
            (Rate::Returned, has(NodeKind::Returned)),
            (Rate::Damaged, has(NodeKind::Damaged)),
            (Rate::ShortOfContents, has(NodeKind::Shortage)),
            (Rate::TemperatureAlarm, has(NodeKind::TemperatureAlarm)),
            (Rate::Stored, has(NodeKind::Stored)),
            (Rate::StoredWithoutConsent, events.iter().any(|event| event.consent == Consent::No)),
            (Rate::ClockAhead, events.iter().any(is_recorded_before)),
            (Rate::ClockDaysBehind, is_handled_days_before_collection(events)),
            (Rate::ScanRepeated, has_repeat(events)),
            (Rate::Inquiry, shipment.complaints.iter().any(|case| case.class == CaseClass::Inquiry)),
            (Rate::Appealed, shipment.complaints.iter().any(|case| case.class == CaseClass::Appeal)),
            (Rate::Unresolved, shipment.complaints.iter().any(|case| case.resolved_at.is_none())),
            (Rate::PaidInParts, shipment.claims.iter().any(|claim| claim.payments.len() == 2)),
            (Rate::RatedByDefault, shipment.ratings.iter().any(|rating| rating.system_default)),
            (Rate::HandlingRated, shipment.ratings.iter().any(|rating| rating.question == RatingQuestion::Handling)),
        ];
        for (rate, shown) in shows {
            assert_eq!(truth.happened.contains(rate), shown, "{rate}: {shipment:#?}");
        }
        // Swapped scans, repeats and clocks days behind look late as well.
        let look_alikes = [Rate::ScansSwapped, Rate::ScanRepeated, Rate::ClockDaysBehind];
        let is_plain = !look_alikes.iter().any(|&rate| truth.happened.contains(rate));
        let is_late = events.iter().any(is_recorded_hours_late);
        assert!(is_late || !truth.happened.contains(Rate::ScanLate));
        assert!(!is_late || !is_plain || truth.happened.contains(Rate::ScanLate), "{shipment:#?}");
        if truth.happened.contains(Rate::ScansSwapped) {
            assert!(!line_is_sorted(events), "{shipment:#?}");
        }
        if truth.happened.contains(Rate::HandledAfterCompletion) {
            let last = events.last().unwrap();
            assert!(last.kind == NodeKind::HubArrived && Some(last.occurred_at) > truth.completed_at);
        }
        let cancelled = [Rate::CancelledBeforeCollection, Rate::CancelledAfterCollection];
        assert_eq!(cancelled.iter().any(|&rate| truth.happened.contains(rate)), has(NodeKind::Cancelled));
        if truth.happened.contains(Rate::Lost) || has(NodeKind::Cancelled) {
            assert!(!has(NodeKind::Delivered) && truth.completed_at.is_none());
        }
    }
    assert_eq!(seen.iter().count(), Rate::ALL.len());
}

fn is_recorded_before(event: &NodeEvent) -> bool {
    event.recorded_at.unwrap().since(event.occurred_at).as_millis() < -5 * 60_000
}

fn is_recorded_hours_late(event: &NodeEvent) -> bool {
    event.recorded_at.unwrap().since(event.occurred_at).as_millis() >= 2 * 3_600_000
}

fn is_handled_days_before_collection(events: &[NodeEvent]) -> bool {
    let Some(collected) = events.iter().find(|event| event.kind == NodeKind::Collected) else { return false };
    let is_early = |event: &NodeEvent| collected.occurred_at.since(event.occurred_at).as_millis() > 86_400_000;
    events.iter().any(|event| event.kind.is_handling() && is_early(event))
}

fn identity(event: &NodeEvent) -> (&WaybillKey, NodeKind, i64, Option<&str>) {
    let facility = event.facility.as_ref().map(|facility| facility.as_str());
    (&event.waybill, event.kind, event.occurred_at.as_millis(), facility)
}

fn has_repeat(events: &[NodeEvent]) -> bool {
    events.iter().map(identity).collect::<BTreeSet<_>>().len() < events.len()
}

/// Whether the scans between the sites stand in the order of their times.
fn line_is_sorted(events: &[NodeEvent]) -> bool {
    let between = |event: &&NodeEvent| (NodeKind::OriginArrived..=NodeKind::DestinationArrived).contains(&event.kind);
    events.iter().filter(between).is_sorted_by_key(|event| event.occurred_at)
}

#[test]
fn a_defect_touches_only_those_who_meet_it() {
    let sound = network();
    let hot_spot = network().with_defect(Defect::ComplaintHotSpot { region: 1, times: 50 }).unwrap();
    let slow_hub = network().with_defect(Defect::SlowHub { region: 0, extra_hours: 30 }).unwrap();
    let careless = network().with_defect(Defect::CarelessCourier { region: 0, courier: 5, times: 40 }).unwrap();
    let mut complaints = [0_usize; 2];
    let mut failed = [0_u32; 2];
    let (mut met_slow, mut late) = (0_u32, [0_u32; 2]);
    for index in 0..20_000 {
        let [sound, hot, slow, careless] = [&sound, &hot_spot, &slow_hub, &careless].map(|from| from.shipment(index));
        assert_eq!((&sound.waybill, &sound.events), (&hot.waybill, &hot.events));
        for other in [&hot, &slow, &careless] {
            assert!(!other.truth.defects.is_empty() || *other == sound);
        }
        if !hot.truth.defects.is_empty() {
            assert_eq!(hot.waybill.destination_region.as_ref().unwrap().as_str(), "Zhejiang");
            complaints = [complaints[0] + sound.complaints.len(), complaints[1] + hot.complaints.len()];
        }
        if !slow.truth.defects.is_empty() {
            met_slow += 1;
            late[0] += u32::from(sound.truth.late == Some(true));
            late[1] += u32::from(slow.truth.late == Some(true));
        }
        if !careless.truth.defects.is_empty() {
            let hit = |shipment: &Shipment| u32::from(shipment.truth.happened.contains(Rate::FirstAttemptFailed));
            failed = [failed[0] + hit(&sound), failed[1] + hit(&careless)];
        }
    }
    assert!(complaints[1] > 3 * complaints[0], "{complaints:?}");
    assert!(met_slow > 1_000 && late[1] > 5 * late[0], "{met_slow}: {late:?}");
    assert!(failed[1] > 10 * failed[0].max(1), "{failed:?}");
}

#[test]
fn customers_come_again_and_weekends_are_quiet() {
    let (mut orders, mut by_day) = (BTreeMap::<String, u32>::new(), BTreeMap::<NaiveDate, u32>::new());
    let network = network().with_start(day("2026-10-26")).unwrap().with_days(28).unwrap();
    for shipment in network.shipments_in(0..20_000) {
        *orders.entry(shipment.waybill.customer.unwrap().to_string()).or_default() += 1;
        *by_day.entry(shipment.waybill.key.posted_on).or_default() += 1;
        let express = shipment.waybill.product.unwrap().as_str() == "express";
        assert!(shipment.waybill.promise.is_none_or(|promise| matches!(promise, Promise::By(_)) == express));
    }
    assert!(orders.values().filter(|&&count| count > 1).count() > 2_000);
    assert_eq!(by_day.len(), 28);
    let [monday, sunday, eleventh] = ["2026-10-26", "2026-11-08", "2026-11-11"].map(|date| by_day[&day(date)]);
    assert!(sunday < monday * 85 / 100 && eleventh > 2 * monday, "{by_day:?}");
}

#[test]
fn emission_by_recording_time_is_the_same_records_in_their_order() {
    let network = network().with_shipments(3_000);
    let stream: Vec<Record> = network.by_recording_time().collect();
    assert!(stream.is_sorted_by_key(Record::known_at));
    let mut live = parcelgauge::record::Records::supplying(RecordKind::ALL);
    stream.into_iter().for_each(|record| record.add_to(&mut live));
    let mut whole = network.records();
    assert_eq!(whole.supplied, live.supplied);
    for records in [&mut whole, &mut live] {
        records.costs.sort();
        records.courier_days.sort();
        records.stock_counts.sort();
        records.site_shifts.sort();
        records.waybills.sort();
        records.events.sort();
        records.complaints.sort();
        records.claims.sort();
        records.ratings.sort();
    }
    assert_eq!((&whole.waybills, &whole.events), (&live.waybills, &live.events));
    assert_eq!((whole.complaints, whole.claims, whole.ratings), (live.complaints, live.claims, live.ratings));
    assert_eq!((whole.costs, whole.courier_days), (live.costs, live.courier_days));
    assert_eq!((whole.stock_counts, whole.site_shifts), (live.stock_counts, live.site_shifts));
}

#[test]
fn settings_out_of_range_are_refused() {
    let range = |result: Result<Network, SimulateError>| match result.unwrap_err() {
        SimulateError::OutOfRange { field, value, least, most, .. } => (field, value, least, most),
        other => panic!("{other}"),
    };
    assert_eq!(range(network().with_days(0)), ("days", 0, 1, 3_660));
    assert_eq!(range(network().with_days(3_661)), ("days", 3_661, 1, 3_660));
    assert_eq!(range(network().with_regions(0)), ("regions", 0, 1, 31));
    assert_eq!(range(network().with_regions(32)), ("regions", 32, 1, 31));
    assert_eq!(range(network().with_customers(99)), ("customers", 99, 100, 90_000_000));
    let defect = |defect| range(network().with_defect(defect));
    assert_eq!(defect(Defect::SlowHub { region: 16, extra_hours: 1 }), ("region", 16, 0, 15));
    assert_eq!(defect(Defect::SlowHub { region: 0, extra_hours: 241 }), ("extra_hours", 241, 1, 240));
    let courier = COURIERS_A_REGION;
    assert_eq!(defect(Defect::CarelessCourier { region: 0, courier, times: 2 }), ("courier", 24, 0, 23));
    assert_eq!(defect(Defect::ComplaintHotSpot { region: 0, times: 1 }), ("times", 1, 2, 1_000));
    let planted = network().with_defect(Defect::SlowHub { region: 15, extra_hours: 1 }).unwrap();
    assert_eq!(range(planted.with_regions(15)), ("region", 15, 0, 14));
    assert!(network().with_start(day("1999-12-31")).is_err() && network().with_start(day("2000-01-01")).is_ok());
    assert!(network().with_start(day("2100-01-02")).is_err() && network().with_start(day("2100-01-01")).is_ok());
    assert_eq!(
        Rates::default().with(Rate::Lost, 1_000_001).unwrap_err().to_string(),
        "lost: 1000001 is out of range; expected 0 to 1000000; give the rate in parts per million"
    );
    assert!(Rates::default().with(Rate::Lost, 1_000_000).is_ok());
    assert!("lots".parse::<Rate>().is_err());
}

#[test]
fn extreme_settings_hold() {
    let always = Rate::ALL.into_iter().try_fold(Rates::none(), |rates, rate| rates.with(rate, 1_000_000)).unwrap();
    let small = network().with_regions(1).unwrap().with_customers(100).unwrap().with_days(1).unwrap();
    let far = network().with_start(day("2100-01-01")).unwrap().with_days(3_660).unwrap().with_regions(31).unwrap();
    for network in [small.clone().with_rates(always), small, far] {
        for shipment in network.shipments_in(0..2_000) {
            shipment.waybill.validate().unwrap();
            assert_eq!(shipment.waybill.key.number, shipment.truth.waybill.number);
        }
    }
    let of_no_shipment = |record: Record| !RecordKind::OF_SHIPMENTS.contains(&record.kind());
    assert!(network().with_shipments(0).by_recording_time().all(of_no_shipment));
}

#[test]
fn rates_are_named_once() {
    let names: BTreeSet<&str> = Rate::ALL.into_iter().map(Rate::name).collect();
    assert_eq!(names.len(), Rate::ALL.len());
    for (position, rate) in Rate::ALL.into_iter().enumerate() {
        assert_eq!((rate as usize, rate.name().parse::<Rate>().unwrap()), (position, rate));
    }
}

#[test]
fn skills_are_average_over_every_site() {
    for region in network().regions() {
        for site in &region.sites {
            let all = 1_000 * site.couriers.len();
            let sum = |of: fn(&Courier) -> u32| site.couriers.iter().map(of).sum::<u32>() as usize;
            assert_eq!((sum(|courier| courier.trouble), sum(|courier| courier.pace)), (all, all));
            // Quick hands are no more careful than slow ones, in all.
            assert_eq!(sum(|courier| courier.trouble * courier.pace), 1_000 * all);
            assert!(site.couriers.iter().all(|courier| (600..=1_400).contains(&courier.trouble)));
            assert!(site.couriers.iter().all(|courier| (700..=1_300).contains(&courier.pace)));
        }
    }
}

#[test]
fn holidays_are_quiet_and_make_up_days_are_not() {
    let orders = |start: &str, days| {
        let network = network().with_start(day(start)).unwrap().with_days(days).unwrap();
        let mut by_day = BTreeMap::<NaiveDate, u32>::new();
        for shipment in network.shipments_in(0..100_000) {
            *by_day.entry(shipment.waybill.key.posted_on).or_default() += 1;
        }
        by_day
    };
    // 2026: Spring Festival from 15 to 23 February; the Saturday after it is worked, the one before is not.
    let february = orders("2026-02-01", 28);
    let [festival, worked, saturday, tuesday] =
        ["2026-02-17", "2026-02-28", "2026-02-07", "2026-02-10"].map(|date| february[&day(date)]);
    assert!(festival * 100 < tuesday * 32 && festival * 100 > tuesday * 18, "{february:?}");
    assert!(worked * 100 > tuesday * 93 && saturday * 100 < tuesday * 93, "{february:?}");
    // The week of the national day, and a year of which only the solar holidays are known.
    let october = orders("2026-10-01", 14);
    assert!(october[&day("2026-10-07")] * 100 < october[&day("2026-10-08")] * 65, "{october:?}");
    let later = orders("2031-10-01", 14);
    assert!(later[&day("2031-10-03")] * 100 < later[&day("2031-10-08")] * 65, "{later:?}");
    assert!(later[&day("2031-10-07")] * 100 > later[&day("2031-10-08")] * 90, "{later:?}");
}

/// Every parcel has its product's plan for transport, and keeps it where nothing was planted.
#[test]
fn transport_keeps_its_plan_where_nothing_is_planted() {
    let mut close = 0;
    for shipment in network().with_rates(Rates::none()).shipments_in(0..5_000) {
        let plan = shipment.waybill.stage_plans[&"transport".parse().unwrap()];
        let at = |kind| shipment.events.iter().find(|event| event.kind == kind).unwrap().occurred_at;
        let took = at(NodeKind::DestinationArrived).since(at(NodeKind::OriginDeparted));
        assert!(took <= plan, "{took} of {plan}");
        close += u32::from(took.as_millis() * 2 > plan.as_millis());
    }
    // No plan for everything: most take more than half of it. Within a site there is no hub on the way.
    assert!(close > 4_000, "{close}");
}

/// Nothing is kept: 200,000 shipments pass through the memory of one.
#[test]
fn shipments_stream() {
    let events: usize = network().with_shipments(200_000).shipments().map(|shipment| shipment.events.len()).sum();
    assert!(events > 2_000_000, "{events}");
}
