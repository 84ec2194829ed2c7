//! Small hostile networks for property tests.
//!
//! Few distinct identifiers and a narrow span of time, so that repeats, conflicts, collisions of numbers, unknown
//! waybills, clock anomalies and daylight saving all occur within a few dozen rows. Shrinks towards fewer and plainer
//! rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use parcelgauge::calendar::{CalendarRules, Week, WorkingCalendar};
use parcelgauge::fact::Context;
use parcelgauge::journey::{Boundary, Pick, RoutePolicy, Stage};
use parcelgauge::record::{
    Actor, CarrierId, CaseAction, CaseClass, CaseId, Claim, ClaimAction, ClaimId, Complaint, Consent, CourierId,
    Currency, CustomerId, Decision, Duration, FacilityId, Flow, InputCount, Instant, Label, LossKind, Money, Mover,
    NodeEvent, NodeKind, Party, PassageKey, Payment, Promise, PromiseMove, Rating, RatingId, RatingQuestion,
    RecordKind, Records, Responsible, Score, Step, Waybill, WaybillKey, Zone,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::{at, day, key};

/// Records and the circumstances they are looked at under.
#[derive(Debug, Clone)]
pub struct Case {
    /// Rows of every kind, in any order.
    pub records: Records,
    /// Where and when they are judged; some rows may not be known yet.
    pub context: Context,
    /// Whatever a law has to choose.
    pub seed: u64,
}

/// Cases of all sizes, the empty one included.
pub fn case() -> impl Strategy<Value = Case> {
    let zones = ["Asia/Shanghai", "America/Sao_Paulo", "America/New_York", "UTC"];
    let zone = select(zones.to_vec()).prop_map(|name| name.parse::<Zone>().expect("a zone"));
    let route = select(vec![RoutePolicy::standard(), own_route(), forked_route()]);
    (records(), zone, instant(), prop::option::of(instant()), route, any::<u64>()).prop_map(
        |(records, zone, as_of, known_from, route, seed)| {
            let mut context = Context::at(as_of.saturating_add(Duration::from_days(3))).with_zone(zone);
            context.route = route;
            // Known for a part of the days, and guessed for some more.
            context = context.with_calendar("another".parse().expect("a name"), office());
            context.known_from = known_from.map(|at| at.saturating_sub(Duration::from_days(40)));
            Case { records, context, seed }
        },
    )
}

/// Weekdays in New York with a night shift, known until the middle of the rows and provisionally a week longer.
fn office() -> WorkingCalendar {
    let week = Week::monday_to_friday("08:00-12:00, 22:00-02:00".parse().expect("hours"));
    let rules = CalendarRules::new("America/New_York".parse().expect("a zone"), week);
    let rules = rules.with_days(day(1, 1), day(3, 8)).with_provisional_until(day(3, 15));
    rules.build().expect("a calendar")
}

/// The stages of [`own_route`] and [`forked_route`].
pub const OWN_STAGES: [&str; 3] = ["start", "try", "end"];

/// From the order to the first collection, any number of tries each collected anew, and from the last try to completion.
pub fn own_route() -> RoutePolicy {
    let name = |stage: usize| Label::new(OWN_STAGES[stage]).expect("a label");
    let first = |kind| Boundary::Node(kind, Pick::First);
    let last_try = Boundary::Node(NodeKind::AttemptFailed, Pick::Last);
    let stages = [
        Stage::once(name(0), first(NodeKind::Ordered), first(NodeKind::Collected)),
        Stage::repeatable(name(1), NodeKind::AttemptFailed, NodeKind::Collected),
        Stage::once(name(2), last_try, Boundary::Completion),
    ];
    RoutePolicy::new(stages).expect("a route")
}

/// The same on two legs side by side, then on one.
pub fn forked_route() -> RoutePolicy {
    let name = |leg: &str| Label::new(leg).expect("a label");
    let fork = own_route().with_fork([name("a"), name("b")]).expect("legs");
    fork.with_leg(name("c")).expect("a leg")
}

/// Records of every kind.
pub fn records() -> impl Strategy<Value = Records> {
    let rows = (
        prop::collection::vec(waybill(), 0..14),
        prop::collection::vec(event(), 0..60),
        prop::collection::vec(complaint(), 0..6),
        prop::collection::vec(claim(), 0..6),
        prop::collection::vec(rating(), 0..6),
    );
    let repeats = prop::collection::vec(any::<Index>(), 0..4);
    let supplied = prop::collection::vec(select(&RecordKind::ALL[..]), 0..3);
    (rows, repeats, supplied, 0_u64..3).prop_map(|(rows, repeats, supplied, aside)| {
        let mut records = Records::supplying(supplied);
        (records.waybills, records.events, records.complaints, records.claims, records.ratings) = rows;
        for repeat in repeats {
            repeat_one(&mut records.waybills, repeat);
            repeat_one(&mut records.events, repeat);
            repeat_one(&mut records.complaints, repeat);
            repeat_one(&mut records.claims, repeat);
            repeat_one(&mut records.ratings, repeat);
        }
        if aside > 0 && !records.waybills.is_empty() {
            let mut count = InputCount::default();
            count.quarantine("unreadable", aside);
            records.set_aside.insert(RecordKind::Waybill, count);
        }
        records
    })
}

fn repeat_one<T: Clone>(rows: &mut Vec<T>, which: Index) {
    if !rows.is_empty() {
        rows.push(which.get(rows).clone());
    }
}

impl Case {
    /// The same case with one waybill and one date for all rows of a case, claim or rating: only then can records be split
    /// by any rule that looks at one row at a time. (Source partitions know better: see `cube`.)
    pub fn with_one_home_an_id(&self) -> Self {
        let mut case = self.clone();
        let records = &mut case.records;
        let mut first = BTreeMap::new();
        for row in &mut records.complaints {
            (row.waybill, row.opened_at) =
                first.entry(row.id.clone()).or_insert((row.waybill.clone(), row.opened_at)).clone();
        }
        let mut first = BTreeMap::new();
        for row in &mut records.claims {
            (row.waybill, row.filed_at) =
                first.entry(row.id.clone()).or_insert((row.waybill.clone(), row.filed_at)).clone();
        }
        let mut first = BTreeMap::new();
        for row in &mut records.ratings {
            (row.waybill, row.rated_at) =
                first.entry(row.id.clone()).or_insert((row.waybill.clone(), row.rated_at)).clone();
        }
        case
    }
}

/// Half hours of nine days around a change of clocks in New York, now and then a millisecond beside, rarely the ends of
/// time.
pub fn instant() -> impl Strategy<Value = Instant> {
    let near = (0_i64..9 * 48, -1_i64..=1).prop_map(|(half_hours, beside)| {
        let start = at("2026-03-01T16:00:00Z");
        start.saturating_add(Duration::from_millis(half_hours * 1_800_000 + beside))
    });
    prop_oneof![60 => near, 1 => Just(Instant::MIN), 1 => Just(Instant::MAX)]
}

fn maybe_instant() -> impl Strategy<Value = Option<Instant>> {
    prop::option::weighted(0.4, instant())
}

fn date() -> impl Strategy<Value = NaiveDate> {
    let near = (1_u32..12).prop_map(|number| day(3, number));
    let ends = [NaiveDate::MIN, NaiveDate::MAX, NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date")];
    prop_oneof![60 => near, 1 => select(ends.to_vec())]
}

/// Eight keys: numbers used again on another day or by another carrier, and one number that sorts after ASCII.
fn waybill_key() -> impl Strategy<Value = WaybillKey> {
    let carrier = CarrierId::new("X").expect("an id");
    let mut keys = vec![key("A", day(3, 2)).with_carrier(carrier)];
    for number in ["A", "B", "C", "é"] {
        keys.push(key(number, day(3, 2)));
        keys.push(key(number, day(3, 7)));
    }
    select(keys)
}

fn label(words: &'static [&'static str]) -> impl Strategy<Value = Option<Label>> {
    prop::option::of(select(words).prop_map(|word| Label::new(word).expect("a label")))
}

fn customer() -> impl Strategy<Value = Option<CustomerId>> {
    prop::option::weighted(0.8, select(&["ann", "bob"][..]).prop_map(|id| CustomerId::new(id).expect("an id")))
}

/// Amounts of two currencies; a few are below zero, which no record may hold.
fn money() -> impl Strategy<Value = Money> {
    let currency = prop_oneof![Just(Currency::CNY), Just(Currency::new("JPY").expect("a code"))];
    (prop_oneof![30 => 0_i64..5_000, 1 => Just(i64::MAX / 8), 1 => Just(-1)], currency)
        .prop_map(|(units, currency)| Money::from_minor_units(units, currency))
}

fn promise() -> impl Strategy<Value = Promise> {
    prop_oneof![instant().prop_map(Promise::By), date().prop_map(Promise::On)]
}

fn promise_move() -> impl Strategy<Value = PromiseMove> {
    (instant(), select(&[Mover::Customer, Mover::Carrier][..]), promise()).prop_map(|(moved_at, by, to)| PromiseMove {
        moved_at,
        by,
        to,
    })
}

fn waybill() -> impl Strategy<Value = Waybill> {
    let flow = prop_oneof![8 => Just(Flow::Forward), 1 => Just(Flow::Reverse), 1 => Just(Flow::ReturnLeg)];
    let zone = prop::option::weighted(0.2, Just("Europe/London".parse::<Zone>().expect("a zone")));
    let promises = (prop::option::weighted(0.8, promise()), prop::collection::vec(promise_move(), 0..3));
    let people = (customer(), customer());
    let places = (label(&["N", "S"]), label(&["N", "S"]), label(&["fast"]));
    let times = (maybe_instant(), maybe_instant());
    // A number that is a waybill's own too, or none's.
    let parent = select(&["A", "P"][..]).prop_map(|number| key(number, day(3, 2)).number);
    let key = (waybill_key(), stage_plans(), prop::option::weighted(0.4, parent));
    (key, times, flow, places, people, promises, zone, prop::option::of(money())).prop_map(
        |((key, stage_plans, parent), times, flow, places, people, promises, destination_zone, fee)| {
            let mut waybill = Waybill::new(key);
            waybill.parent = parent;
            (waybill.updated_at, waybill.recorded_at) = times;
            (waybill.origin_region, waybill.destination_region, waybill.product) = places;
            (waybill.customer, waybill.recipient) = people;
            (waybill.promise, waybill.promise_moves) = promises;
            (waybill.flow, waybill.destination_zone, waybill.fee) = (flow, destination_zone, fee);
            waybill.stage_plans = stage_plans;
            waybill
        },
    )
}

/// Plans for some times through some stages, on legs or none.
fn stage_plans() -> impl Strategy<Value = BTreeMap<PassageKey, Duration>> {
    let leg = prop_oneof![2 => Just(""), 1 => select(&["a/", "b/", "c/"][..])];
    let stage = prop_oneof![3 => select(&OWN_STAGES[..]), 1 => select(&["transport", "last_mile"][..])];
    let key =
        (leg, stage, 1_u32..4).prop_map(|(leg, stage, time)| format!("{leg}{stage}#{time}").parse().expect("a key"));
    let half_hours = (0_i64..100).prop_map(|count| Duration::from_millis(count * 1_800_000));
    prop::collection::btree_map(key, half_hours, 0..8)
}

fn event() -> impl Strategy<Value = NodeEvent> {
    let often =
        [NodeKind::Ordered, NodeKind::Collected, NodeKind::Delivered, NodeKind::AttemptFailed, NodeKind::Stored];
    let kind = prop_oneof![3 => select(often.to_vec()), 1 => select(&NodeKind::ALL[..])];
    let facility = prop::option::of(select(&["F", "G"][..]).prop_map(|id| FacilityId::new(id).expect("an id")));
    let courier = prop::option::of(select(&["K", "L"][..]).prop_map(|id| CourierId::new(id).expect("an id")));
    // Recorded at once, up to two days later, just on either side of the line of a wrong clock, or long before.
    let delays = [0, 1, 60_000, 3_600_000, 86_400_000, 172_800_000, -299_999, -300_000, -300_001, -90_000_000];
    let delay = prop::option::of(select(delays.to_vec()));
    let consent = select(&[Consent::Unknown, Consent::Yes, Consent::No][..]);
    let party = prop::option::of(select(&[Party::Carrier, Party::Sender, Party::Recipient, Party::ForceMajeure][..]));
    (waybill_key(), kind, instant(), facility, courier, delay, consent, party, label(&["a", "b", "c", "d"])).prop_map(
        |(key, kind, occurred_at, facility, courier, delay, consent, party, leg)| {
            let mut event = NodeEvent::new(key, kind, occurred_at);
            event.leg = leg;
            (event.facility, event.courier, event.consent, event.party) = (facility, courier, consent, party);
            event.recorded_at = delay.map(|millis| occurred_at.saturating_add(Duration::from_millis(millis)));
            event
        },
    )
}

/// A few steps of any life, mostly lawful ones: a walk, or anything at all.
fn steps<A: Copy + std::fmt::Debug + Ord + 'static>(
    walk: &'static [A],
    all: &'static [A],
    usual: fn(A) -> Actor,
) -> impl Strategy<Value = Vec<Step<A>>> {
    let lawful = (0..=walk.len()).prop_map(move |count| walk[..count].iter().map(|&action| (action, None)).collect());
    let any = (select(all), prop::option::weighted(0.2, select(&Actor::ALL[..])));
    let actions = prop_oneof![3 => lawful, 1 => prop::collection::vec(any, 0..5)];
    let handler = label(&["desk", "team"]);
    (actions, prop::collection::vec((instant(), handler), 16)).prop_map(
        move |(actions, mut places): (Vec<_>, Vec<_>)| {
            places.sort();
            let steps = actions.into_iter().zip(places).enumerate();
            steps
                .map(|(place, ((action, actor), (at, handler)))| {
                    let mut step = Step::new(at, action, actor.unwrap_or_else(|| usual(action)));
                    (step.sequence, step.handler) = (place as u32, handler);
                    step
                })
                .collect()
        },
    )
}

const WALK_OF_A_CASE: [CaseAction; 9] = [
    CaseAction::Acknowledge,
    CaseAction::Answer,
    CaseAction::AskCustomer,
    CaseAction::CustomerReplied,
    CaseAction::Resolve,
    CaseAction::Reopen,
    CaseAction::Contact,
    CaseAction::Resolve,
    CaseAction::Close,
];

const WALK_OF_A_CLAIM: [ClaimAction; 8] = [
    ClaimAction::Accept,
    ClaimAction::AskEvidence,
    ClaimAction::ReceiveEvidence,
    ClaimAction::Confirm,
    ClaimAction::PayPart,
    ClaimAction::Pay,
    ClaimAction::Dispute,
    ClaimAction::Confirm,
];

fn responsible() -> impl Strategy<Value = Option<Responsible>> {
    let all = ["carrier", "carrier/facility/F", "carrier/courier/K", "shipper/late_hand_over", "unknown"];
    prop::option::of(select(all.to_vec()).prop_map(|text| text.parse().expect("a party")))
}

fn complaint() -> impl Strategy<Value = Complaint> {
    let id = select(&["1", "2", "3"][..]).prop_map(|id| CaseId::new(id).expect("an id"));
    let class = select(&[CaseClass::Complaint, CaseClass::Inquiry, CaseClass::Appeal][..]);
    let times = (maybe_instant(), maybe_instant(), maybe_instant(), maybe_instant());
    let what = (class, label(&["damage", "shortage", "delay"]), responsible());
    let steps =
        prop_oneof![2 => Just(Vec::new()), 1 => steps(&WALK_OF_A_CASE, &CaseAction::ALL, CaseAction::usual_actor)];
    let waybill = (prop::option::of(waybill_key()), steps);
    (id, what, instant(), waybill, times, any::<Option<bool>>(), customer()).prop_map(
        |(id, (class, cause, responsible), opened_at, (waybill, steps), times, upheld, customer)| {
            let mut case = Complaint::new(id, class, opened_at);
            (case.updated_at, case.recorded_at, case.responded_at, case.resolved_at) = times;
            (case.waybill, case.cause, case.upheld, case.customer) = (waybill, cause, upheld, customer);
            (case.responsible, case.steps) = (responsible, steps);
            case
        },
    )
}

fn claim() -> impl Strategy<Value = Claim> {
    let id = select(&["1", "2", "3"][..]).prop_map(|id| ClaimId::new(id).expect("an id"));
    let payment = (instant(), money()).prop_map(|(paid_at, amount)| Payment { paid_at, amount });
    let decision = prop::option::of(select(&[Decision::Approved, Decision::Refused][..]));
    let loss = prop::option::of(select(&[LossKind::Delay, LossKind::Loss, LossKind::PartialDamage][..]));
    let times = (maybe_instant(), maybe_instant(), maybe_instant(), maybe_instant());
    let steps =
        prop_oneof![2 => Just(Vec::new()), 1 => steps(&WALK_OF_A_CLAIM, &ClaimAction::ALL, ClaimAction::usual_actor)];
    let payments = (prop::collection::vec(payment, 0..4), steps);
    (id, instant(), prop::option::of(waybill_key()), times, decision, loss, payments, prop::option::of(money()))
        .prop_map(|(id, filed_at, waybill, times, decision, loss_kind, (payments, steps), claimed)| {
            let mut claim = Claim::new(id, filed_at);
            (claim.updated_at, claim.recorded_at, claim.confirmed_at, claim.decided_at) = times;
            (claim.waybill, claim.decision, claim.loss_kind) = (waybill, decision, loss_kind);
            (claim.payments, claim.steps, claim.claimed) = (payments, steps, claimed);
            claim
        })
}

fn rating() -> impl Strategy<Value = Rating> {
    let id = select(&["1", "2", "3"][..]).prop_map(|id| RatingId::new(id).expect("an id"));
    let score = select(&["1", "2.5", "4", "5"][..]).prop_map(|value| Score::parse(value, "1", "5").expect("a score"));
    let question = select(&[RatingQuestion::Csat, RatingQuestion::Nps, RatingQuestion::Handling][..]);
    let times = (maybe_instant(), maybe_instant());
    (id, instant(), score, question, prop::option::of(waybill_key()), times, customer(), any::<bool>()).prop_map(
        |(id, rated_at, score, question, waybill, times, customer, system_default)| {
            let mut rating = Rating::new(id, rated_at, score);
            (rating.updated_at, rating.recorded_at) = times;
            (rating.question, rating.waybill, rating.customer) = (question, waybill, customer);
            rating.system_default = system_default;
            rating
        },
    )
}
