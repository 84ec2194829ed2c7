//! Stages, legs and forks of the caller's own: by hand, case by case.

use parcelgauge::cube::Dimension;
use parcelgauge::fact::StagePassage;
use parcelgauge::journey::{Boundary, Pick, RoutePolicy, Stage};
use parcelgauge::kpi::timeliness::{StageHours, StageOnTimeRate};
use parcelgauge::record::{FacilityId, Label, NodeKind};

use super::*;
use NodeKind::{Collected, Delivered, HubArrived as In, HubDeparted as Out, OutForDelivery};

fn label(name: &str) -> Label {
    Label::new(name).unwrap()
}

fn first(kind: NodeKind) -> Boundary {
    Boundary::Node(kind, Pick::First)
}

/// To the first hub, any number of halts and hops, and from the last hub to the door.
fn stages() -> [Stage; 4] {
    [
        Stage::once(label("start"), first(Collected), first(In)),
        Stage::repeatable(label("halt"), In, Out),
        Stage::repeatable(label("hop"), Out, In),
        Stage::once(label("end"), Boundary::Node(In, Pick::Last), Boundary::Completion),
    ]
}

fn plain() -> Context {
    context(LATER).with_route(RoutePolicy::new(stages()).unwrap())
}

/// The same stages on `a` and `b` side by side, then on `c`.
fn forked() -> Context {
    let route = RoutePolicy::new(stages()).unwrap().with_fork(["a", "b"].map(label)).unwrap();
    context(LATER).with_route(route.with_leg(label("c")).unwrap())
}

fn hours(stage: &str) -> Gauge {
    Gauge::of(StageHours::of(label(stage))).over::<StagePassage>().erased()
}

fn on_time(stage: &str) -> Gauge {
    Gauge::of(StageOnTimeRate::of(label(stage))).over::<StagePassage>().erased()
}

/// A trip over three hubs: 2 h to the first, halts of 1 and 3 h, hops of 4 and 5 h, 6 h to the door.
const TRIP: [(NodeKind, i64); 6] =
    [(In, 2 * HOUR), (Out, 3 * HOUR), (In, 7 * HOUR), (Out, 10 * HOUR), (In, 15 * HOUR), (Delivered, 21 * HOUR)];

fn plan(records: &mut Records, plans: &[(&str, i64)]) {
    let planned = plans.iter().map(|&(key, millis)| (key.parse().unwrap(), Duration::from_millis(millis)));
    records.waybills[0].stage_plans.extend(planned);
}

/// Every plan kept to the millisecond.
const PLANS: [(&str, i64); 6] = [
    ("start", 2 * HOUR),
    ("halt", HOUR),
    ("halt#2", 3 * HOUR),
    ("hop", 4 * HOUR),
    ("hop#2", 5 * HOUR),
    ("end", 6 * HOUR),
];

#[test]
fn repeatable_stages_pair_scans_in_order_of_time() {
    let told = |stage: &str| told_in(&hours(stage), &one(&TRIP), &plain());
    assert_eq!(told("start"), ["quantity 2h"]);
    assert_eq!(told("halt"), ["quantity 1h", "quantity 3h"]);
    assert_eq!(told("hop"), ["quantity 4h", "quantity 5h"]);
    assert_eq!(told("end"), ["quantity 6h"]);
    assert_eq!(told("way"), ["quantity 21h"]);
    assert_eq!(told("leg"), [""; 0]);
    // None of a stage that may be passed no time at all.
    let direct = one(&[(In, 2 * HOUR), (Delivered, 3 * HOUR)]);
    assert_eq!(told_in(&hours("halt"), &direct, &plain()), [""; 0]);
    assert_eq!(told_in(&hours("way"), &direct, &plain()), ["quantity 3h"]);
}

#[test]
fn a_missing_scan_costs_the_times_at_its_side_only() {
    let without = |missing: usize, stage: &str| {
        let mut scans = TRIP.to_vec();
        scans.remove(missing);
        told_in(&hours(stage), &one(&scans), &plain())
    };
    let none = "invalid no_stage_time";
    // The arrival in the middle: the halt after it and the hop before it have no time, and keep their number.
    assert_eq!(without(2, "halt"), ["quantity 1h", none]);
    assert_eq!(without(2, "hop"), [none, "quantity 5h"]);
    assert_eq!(without(2, "way"), [none]);
    // The last departure.
    assert_eq!(without(3, "halt"), ["quantity 1h", none]);
    assert_eq!(without(3, "hop"), ["quantity 4h", none]);
    assert_eq!(without(0, "hop"), [none, "quantity 5h"]);
}

#[test]
fn scans_out_of_order_are_no_pair() {
    // The first departure was scanned before the first arrival: neither is a time.
    let mut scans = TRIP;
    scans[1].1 = HOUR;
    let told = |stage: &str| told_in(&hours(stage), &one(&scans), &plain());
    let none = "invalid no_stage_time";
    assert_eq!(told("halt"), [none, none, "quantity 3h"]);
    assert_eq!(told("start"), ["quantity 2h"]);
    assert_eq!(told("way"), [none]);
    // A stage gone through once that ends before it begins has no time either.
    let once = RoutePolicy::new([Stage::once(label("back"), first(Out), first(In))]).unwrap();
    assert_eq!(told_in(&hours("back"), &one(&TRIP), &plain().with_route(once)), [none]);
}

#[test]
fn at_one_instant_what_is_under_way_ends_first() {
    // No time in the air, and none on the ground.
    let scans = [(In, HOUR), (Out, 2 * HOUR), (In, 2 * HOUR), (Out, 3 * HOUR), (In, 4 * HOUR), (Delivered, 5 * HOUR)];
    let mut parcels = one(&scans);
    parcels.events[3].facility = Some(FacilityId::new("H").unwrap());
    assert_eq!(told_in(&hours("halt"), &parcels, &plain()), ["quantity 1h", "quantity 1h"]);
    assert_eq!(told_in(&hours("hop"), &parcels, &plain()), ["quantity 0h", "quantity 1h"]);
}

#[test]
fn every_time_has_a_plan_of_its_own() {
    let told = |plans: &[(&str, i64)], stage: &str| {
        let mut parcels = one(&TRIP);
        plan(&mut parcels, plans);
        told_in(&on_time(stage), &parcels, &plain())
    };
    assert_eq!(told(&PLANS, "halt"), ["hit", "hit"]);
    assert_eq!(told(&PLANS, "way"), ["hit"]);
    let mut late = PLANS;
    late[2].1 -= 1;
    assert_eq!(told(&late, "halt"), ["hit", "miss by 1ms"]);
    assert_eq!(told(&late, "way"), ["miss by 1ms"]);
    late[4].1 += 1;
    assert_eq!(told(&late, "way"), ["hit"], "what one stage loses another may win");
    // A plan for one time only, and one for a time that was never scanned.
    let missing: Vec<_> = PLANS.into_iter().filter(|(key, _)| *key != "halt#2").collect();
    assert_eq!(told(&missing, "halt"), ["hit", "excluded no_plan"]);
    assert_eq!(told(&missing, "way"), ["excluded no_plan"]);
    let more = [&PLANS[..], &[("halt#4000000000", HOUR)]].concat();
    assert_eq!(told(&more, "halt"), ["hit", "hit", "invalid no_stage_time"]);
    assert_eq!(told(&more, "way"), ["invalid no_stage_time"]);
    // A leg's plan says nothing of a way without legs.
    assert_eq!(told(&[("a/start", HOUR)], "start"), ["excluded no_plan"]);
}

#[test]
fn passages_wait_for_their_shipment() {
    let mut parcels = one(&TRIP);
    plan(&mut parcels, &PLANS);
    let at = |as_of: i64| told_in(&on_time("hop"), &parcels, &context(as_of).with_route(plain().route));
    assert_eq!(at(45 * HOUR - 1), ["open 45h", "open 45h"]);
    assert_eq!(at(45 * HOUR), ["hit", "hit"]);
    let mut under_way = one(&TRIP[..4]);
    plan(&mut under_way, &PLANS);
    assert_eq!(told_in(&on_time("hop"), &under_way, &plain()), ["open", "open"]);
    under_way.events.push(event(&under_way.waybills[0].key, NodeKind::Lost, 11 * HOUR));
    assert_eq!(told_in(&on_time("hop"), &under_way, &plain()), ["excluded lost", "excluded lost"]);
}

/// The trip's scans on one leg, shifted, with the way's end on it in place of the delivery.
fn on_leg(records: &mut Records, name: &str, shift: i64, stretch: i64) {
    let key = records.waybills[0].key.clone();
    let start = [(Collected, 0)];
    for (kind, millis) in start.into_iter().chain(TRIP) {
        let kind = if kind == Delivered && name != "c" { OutForDelivery } else { kind };
        let mut event = event(&key, kind, shift + millis * stretch);
        event.leg = Some(label(name));
        records.events.push(event);
    }
}

/// Two legs side by side of 21 and 42 h, then one of 21 h. Only `c` completes, so the others end where they are handed on.
fn three_legs() -> Records {
    let mut records = records([scanned("A", &[])]);
    on_leg(&mut records, "a", 0, 1);
    on_leg(&mut records, "b", 0, 2);
    on_leg(&mut records, "c", 42 * HOUR, 1);
    records
}

fn handed_on() -> Context {
    let mut stages = stages();
    stages[3] = Stage::once(label("end"), Boundary::Node(In, Pick::Last), first(OutForDelivery));
    let route = RoutePolicy::new(stages).unwrap().with_fork(["a", "b"].map(label)).unwrap();
    context(LATER).with_route(route.with_leg(label("c")).unwrap())
}

fn hand_on(mut records: Records) -> Records {
    let key = records.waybills[0].key.clone();
    let mut event = event(&key, OutForDelivery, 63 * HOUR);
    event.leg = Some(label("c"));
    records.events.push(event);
    records
}

#[test]
fn each_leg_passes_every_stage() {
    let parcels = hand_on(three_legs());
    let told = |stage: &str| told_in(&hours(stage), &parcels, &handed_on());
    assert_eq!(told("start"), ["quantity 2h", "quantity 4h", "quantity 2h"]);
    assert_eq!(told("halt"), ["1h", "3h", "2h", "6h", "1h", "3h"].map(|time| format!("quantity {time}")));
    assert_eq!(told("leg"), ["quantity 21h", "quantity 42h", "quantity 21h"]);
    assert_eq!(told("way"), ["quantity 63h"]);
    // Completion bounds a stage of the leg it was scanned on, and of no other.
    let told = |stage: &str| told_in(&hours(stage), &three_legs(), &forked());
    assert_eq!(told("end"), ["invalid no_stage_time", "invalid no_stage_time", "quantity 6h"]);
    // Side by side scans of several legs are in order as long as those of each are.
    let facts = Facts::assemble(&parcels, &handed_on(), None);
    assert!(facts.shipments[0].course.in_order);
    assert!(!Facts::assemble(&parcels, &context(LATER), None).shipments[0].course.in_order);
}

#[test]
fn evidence_and_groups_name_the_leg_and_the_place() {
    let mut parcels = hand_on(three_legs());
    let halts = [("a", 1), ("a", 3), ("b", 2), ("b", 6), ("c", 1), ("c", 3)];
    for (place, (leg, _)) in halts.iter().enumerate() {
        plan(&mut parcels, &[(&format!("{leg}/halt#{}", place % 2 + 1), 0)]);
    }
    for event in parcels.events.iter_mut().filter(|event| event.kind == Out) {
        event.facility = Some(FacilityId::new("H").unwrap());
    }
    let plan = Plan::new([on_time("halt")]).with_window(Window::All);
    let rows = |plan: Plan| Scorecard::measure(&parcels, &plan, &handed_on()).rows;
    let row = rows(plan.clone().with_evidence(3)).swap_remove(0);
    let worst: Vec<String> = row.evidence.iter().flatten().map(|it| it.id.to_string()).collect();
    assert_eq!((worst, row.is_clustered()), (["A b#2", "A a#2", "A c#2"].map(str::to_owned).to_vec(), true));
    let seen = |by: Dimension| -> Vec<(Option<String>, u64)> {
        rows(plan.clone().by([by])).iter().map(|row| (row.group[0].text().map(str::to_owned), row.seen)).collect()
    };
    let name = |text: &str| Some(text.to_owned());
    assert_eq!(seen(Dimension::Leg), [(name("a"), 2), (name("b"), 2), (name("c"), 2)]);
    assert_eq!(seen(Dimension::Facility), [(name("H"), 6)]);
    assert_eq!(seen(Dimension::Courier), [(None, 6)]);
}

#[test]
fn a_leg_without_scans_is_there_when_planned() {
    let mut parcels = hand_on(three_legs());
    parcels.events.retain(|event| event.leg.as_ref().is_none_or(|leg| leg.as_str() != "b"));
    let told = |parcels: &Records, stage: &str| told_in(&hours(stage), parcels, &handed_on());
    // Neither scanned nor planned: not on this shipment's way.
    assert_eq!(told(&parcels, "leg"), ["quantity 21h", "quantity 21h"]);
    assert_eq!(told(&parcels, "way"), ["quantity 42h"]);
    plan(&mut parcels, &[("b/start", HOUR)]);
    let none = "invalid no_stage_time";
    assert_eq!(told(&parcels, "start"), ["quantity 2h", none, "quantity 2h"]);
    assert_eq!(told(&parcels, "leg"), ["quantity 21h", none, "quantity 21h"]);
    assert_eq!(told(&parcels, "way"), [none]);
    // A part of the way that no leg went along: of the whole nothing can be said.
    parcels.events.retain(|event| event.leg.as_ref().is_none_or(|leg| leg.as_str() != "c"));
    parcels.events.push(event(&parcels.waybills[0].key, Delivered, 63 * HOUR));
    parcels.waybills[0].stage_plans.clear();
    assert_eq!(told(&parcels, "leg"), ["quantity 21h"]);
    assert_eq!(told(&parcels, "way"), [none]);
    // Scans on a leg that the route does not know bound no stage.
    for event in &mut parcels.events {
        event.leg = Some(label("elsewhere"));
    }
    assert_eq!(told(&parcels, "leg"), [""; 0]);
    assert_eq!(told(&parcels, "way"), [none]);
}

/// Plans for all stages of a leg that add up to so many hours.
fn plan_leg(records: &mut Records, leg: &str, hours: i64) {
    let all = ["start", "halt", "halt#2", "hop", "hop#2"];
    all.iter().for_each(|stage| plan(records, &[(&format!("{leg}/{stage}"), 0)]));
    plan(records, &[(&format!("{leg}/end"), hours * HOUR)]);
}

#[test]
fn a_fork_is_joined_as_asked_for() {
    let told = |a: i64, b: i64, c: i64| {
        let mut parcels = hand_on(three_legs());
        [("a", a), ("b", b), ("c", c)].into_iter().for_each(|(leg, hours)| plan_leg(&mut parcels, leg, hours));
        ["each_longest", "longest_planned", "longest_effective"].map(|fork| {
            let gauge = on_time("way").with(Policy::parse("fork", fork).unwrap()).unwrap();
            told_in(&gauge, &parcels, &handed_on()).remove(0)
        })
    };
    // 21 h and 42 h, then 21 h.
    assert_eq!(told(42, 30, 21), ["hit", "hit", "miss by 12h"]);
    assert_eq!(told(41, 30, 21), ["miss by 1h", "hit", "miss by 12h"]);
    assert_eq!(told(20, 43, 20), ["hit", "hit", "hit"]);
    // Planned alike: the first leg is meant, which took 21 h.
    assert_eq!(told(30, 30, 12), ["miss by 21h", "hit", "miss by 21h"]);
    assert_eq!(told(30, 30, 11), ["miss by 22h", "miss by 1h", "miss by 22h"]);
    // Without a plan for one of its legs the longest planned is not known.
    let mut parcels = hand_on(three_legs());
    plan_leg(&mut parcels, "b", 42);
    plan_leg(&mut parcels, "c", 21);
    let of = |fork: &str| {
        let policy = Policy::parse("fork", fork).unwrap();
        let gauges = [on_time("way"), hours("way")].map(|gauge| gauge.with(policy).unwrap());
        gauges.map(|gauge| told_in(&gauge, &parcels, &handed_on()).remove(0))
    };
    assert_eq!(of("each_longest"), ["excluded no_plan", "quantity 63h"]);
    assert_eq!(of("longest_planned"), ["excluded no_plan", "invalid no_stage_time"]);
    assert_eq!(of("longest_effective"), ["hit", "quantity 63h"]);
}

#[test]
fn the_whole_way_is_an_argument_too() {
    let mut parcels = one(&super::stage_hours::TRIP);
    assert_eq!(word(&kpi("stage_hours(way)"), &parcels, LATER), "quantity 44h");
    let stages = ["origin_processing", "transport", "destination_processing", "last_mile"];
    stages.iter().for_each(|stage| plan(&mut parcels, &[(stage, 11 * HOUR)]));
    assert_eq!(word(&kpi("stage_on_time_rate(way)"), &parcels, LATER), "hit");
    plan(&mut parcels, &[("transport", 11 * HOUR - 1)]);
    assert_eq!(word(&kpi("stage_on_time_rate(way)"), &parcels, LATER), "miss by 1ms");
    assert_eq!(row(&kpi("stage_on_time_rate(leg)"), &parcels, LATER).seen, 0);
    let one_of_its_own = row(&kpi("stage_hours(way)"), &parcels, LATER);
    assert!(!one_of_its_own.is_clustered() && one_of_its_own.notes.total() == 0);
    does_the_usual(&kpi("stage_hours(way)"));
    does_the_usual(&kpi("stage_on_time_rate(way)"));
}

#[test]
fn routes_refuse_what_no_plan_could_name() {
    let stage = |name: &str| Stage::repeatable(label(name), In, Out);
    for (wrong, told) in [("leg", "other than"), ("way", "other than"), ("a/b", "without `/`"), ("a#2", "without `/`")]
    {
        let error = RoutePolicy::new([stage(wrong)]).unwrap_err();
        assert!(error.allowed.contains(told), "{error}");
    }
    assert!(RoutePolicy::new([stage("halt"), stage("halt")]).unwrap_err().allowed.contains("once"));
    assert!(RoutePolicy::new([Stage::repeatable(label("x"), In, In)]).unwrap_err().allowed.contains("two kinds"));
    let route = RoutePolicy::new(stages()).unwrap().with_leg(label("a")).unwrap();
    assert!(route.clone().with_fork([label("b"), label("a")]).unwrap_err().allowed.contains("once"));
    assert!(route.with_leg(label("a#1")).is_err());
    for wrong in ["", "#2", "dep#", "dep#0", "dep#+1", "dep#4294967296", "a/b/c", "dep#1#2", "/dep", "a/"] {
        assert!(wrong.parse::<parcelgauge::record::PassageKey>().is_err(), "{wrong}");
    }
}
