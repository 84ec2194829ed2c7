//! Records that crowd the edges: few waybills, few instants, everything on or a millisecond beside a line.

use std::fmt;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use parcelgauge::record::{
    CarrierId, CaseClass, CaseId, Claim, ClaimId, Complaint, Consent, Currency, CustomerId, FacilityId, Flow, Label,
    Money, Mover, NodeEvent, NodeKind, Party, Payment, Promise, PromiseMove, RecordKind, Records, Waybill, WaybillKey,
    WaybillNumber,
};
use proptest::collection::vec;
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::select;

use super::choices::Choices;
use super::clock::{self, DAY, HOUR, MINUTE};
use super::generate_choices::choices;

/// Records with the choices they are measured under.
#[derive(Clone)]
pub struct Case {
    pub records: Records,
    pub choices: Choices,
}

impl Case {
    /// The rows, one a line, and the choices: what a person needs to judge a disagreement by hand.
    pub fn describe(&self) -> String {
        fn lines(rows: &[impl serde::Serialize]) -> String {
            rows.iter().map(|row| serde_json::to_string(row).unwrap_or_default() + "\n").collect()
        }
        let Records { waybills, events, complaints, claims, .. } = &self.records;
        let rows = lines(waybills) + &lines(events) + &lines(complaints) + &lines(claims);
        format!("{rows}as of {}, {:?}", clock::instant(self.choices.as_of), self.choices)
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the rows above")
    }
}

/// Days around which the clock changes somewhere, a year ends, or nothing happens at all.
const BASES: [(i32, u32, u32); 8] = [
    (2017, 10, 12), // Brazil loses an hour at midnight of the 15th
    (2018, 2, 14),  // Brazil gains one before midnight of the 18th
    (2018, 3, 8),   // New York loses one on the 11th
    (2018, 3, 22),  // Berlin loses one on the 25th
    (2018, 10, 31), // Havana and New York gain one on the 4th
    (2018, 12, 27), // a year, quarter, month and week end
    (2020, 2, 26),  // a leap day
    (2026, 10, 1),
];

/// Zones of destinations; the first three are reported in.
pub const ZONES: [Tz; 6] = [
    Tz::UTC,
    Tz::Asia__Shanghai,
    Tz::America__Sao_Paulo,
    Tz::America__New_York,
    Tz::Europe__Berlin,
    Tz::America__Havana,
];

/// Hours of UTC at which a day begins in one of the zones, and two at which none does.
const HOURS: [i64; 11] = [0, 2, 3, 4, 5, 10, 12, 16, 20, 22, 23];

/// An instant so many days from the base, mostly on a line, else just beside it.
pub fn instant(first: i64, last: i64) -> impl Strategy<Value = i64> + Clone {
    (first..=last, select(&HOURS[..]), prop_oneof![6 => Just(0), 1 => Just(-1), 1 => Just(1)])
        .prop_map(|(day, hour, beside)| day * DAY + hour * HOUR + beside)
}

/// When something happened: somewhere, or on a line that another record draws.
#[derive(Debug, Clone, Copy)]
enum Moment {
    At(i64),
    FromCollection(i64),
    FromPromise(i64),
}

fn moment() -> impl Strategy<Value = Moment> + Clone {
    let from_collection = select(vec![-DAY - 1, -DAY, -DAY + 1, -HOUR, -1, 0, 1, 30 * MINUTE, DAY, 3 * DAY]);
    let from_promise = select(vec![-DAY, -30 * MINUTE, -1, 0, 1, 15 * MINUTE, 15 * MINUTE + 1, HOUR, DAY]);
    prop_oneof![
        3 => instant(0, 9).prop_map(Moment::At),
        2 => from_collection.prop_map(Moment::FromCollection),
        3 => from_promise.prop_map(Moment::FromPromise),
    ]
}

/// How long after it happened something was recorded, if that is known.
fn recorded() -> impl Strategy<Value = Option<i64>> + Clone {
    let early = select(vec![-3 * DAY, -6 * HOUR, -5 * MINUTE - 1, -5 * MINUTE, -MINUTE, -1]);
    let late = select(vec![0, 1, HOUR, DAY, 4 * DAY]);
    prop_oneof![4 => Just(None), 1 => early.prop_map(Some), 2 => late.prop_map(Some)]
}

fn kind() -> impl Strategy<Value = NodeKind> + Clone {
    prop_oneof![
        8 => Just(NodeKind::Delivered),
        3 => Just(NodeKind::Stored),
        3 => Just(NodeKind::AttemptFailed),
        1 => Just(NodeKind::Collected),
        1 => Just(NodeKind::Ordered),
        1 => Just(NodeKind::Cancelled),
        1 => Just(NodeKind::Redirected),
        1 => Just(NodeKind::Refused),
        2 => Just(NodeKind::Returned),
        1 => Just(NodeKind::Lost),
        2 => select(&NodeKind::ALL[..]),
    ]
}

#[derive(Debug, Clone)]
struct Scan {
    kind: NodeKind,
    moment: Moment,
    recorded: Option<i64>,
    facility: Option<&'static str>,
    consent: Consent,
    party: Option<Party>,
}

fn scan(kind: impl Strategy<Value = NodeKind>, moment: impl Strategy<Value = Moment>) -> impl Strategy<Value = Scan> {
    let party = option::of(select(vec![Party::Carrier, Party::Sender, Party::Recipient, Party::ForceMajeure]));
    let consent = select(vec![Consent::Yes, Consent::No, Consent::Unknown]);
    (kind, moment, recorded(), weighted(0.2, select(vec!["F", "G"])), consent, party).prop_map(
        |(kind, moment, recorded, facility, consent, party)| Scan { kind, moment, recorded, facility, consent, party },
    )
}

/// A promise, days from the base.
#[derive(Debug, Clone, Copy)]
enum Due {
    On(u64),
    By(i64),
}

fn due() -> impl Strategy<Value = Due> + Clone {
    prop_oneof![(0_u64..9).prop_map(Due::On), instant(0, 8).prop_map(Due::By)]
}

#[derive(Debug, Clone)]
struct Piece {
    key: (usize, u64, bool),
    flow: Flow,
    rows: (Option<i64>, Option<i64>),
    region: Option<&'static str>,
    product: Option<&'static str>,
    parent: Option<&'static str>,
    zone: Option<Tz>,
    people: (Option<&'static str>, Option<&'static str>),
    promise: Option<Due>,
    moves: Vec<(i64, Mover, Due)>,
    ordered: Option<(i64, bool, Option<i64>)>,
    collected: Option<Scan>,
    scans: Vec<Scan>,
    has_row: bool,
}

fn piece() -> impl Strategy<Value = Piece> {
    let key = (0_usize..6, 0_u64..2, prop::bool::weighted(0.1));
    let flow = prop_oneof![8 => Just(Flow::Forward), 1 => Just(Flow::Reverse), 1 => Just(Flow::ReturnLeg)];
    let rows = (weighted(0.3, instant(0, 9)), weighted(0.2, instant(-1, 9)));
    let parent = weighted(0.4, select(vec!["A", "P"]));
    let labels = (option::of(select(vec!["RJ", "SP"])), option::of(select(vec!["air", "road"])), parent);
    let people = (weighted(0.8, select(vec!["ann", "bob"])), weighted(0.6, select(vec!["ann", "cat"])));
    let mover = select(vec![Mover::Customer, Mover::Carrier]);
    let promise = (weighted(0.85, due()), vec((instant(0, 10), mover, due()), 0..3));
    let ordered = weighted(0.8, (instant(0, 4), prop::bool::weighted(0.4), recorded()));
    let collected = weighted(0.85, scan(Just(NodeKind::Collected), instant(0, 3).prop_map(Moment::At)));
    let scans = vec(scan(kind(), moment()), 0..5);
    let zone = weighted(0.4, select(&ZONES[..]));
    (key, flow, rows, labels, (zone, people), promise, ordered, collected, scans, prop::bool::weighted(0.95)).prop_map(
        |(key, flow, rows, labels, (zone, people), (promise, moves), ordered, collected, scans, has_row)| {
            let (region, product, parent) = labels;
            Piece {
                key,
                flow,
                rows,
                region,
                product,
                parent,
                zone,
                people,
                promise,
                moves,
                has_row,
                ordered,
                collected,
                scans,
            }
        },
    )
}

/// What the records are laid out on.
struct Ground {
    base: NaiveDate,
    zone: Tz,
}

impl Ground {
    fn millis(&self, offset: i64) -> i64 {
        clock::utc_midnight(self.base) + offset
    }
    fn promise(&self, due: Due) -> Promise {
        match due {
            Due::On(days) => Promise::On(self.base + Days::new(days)),
            Due::By(offset) => Promise::By(clock::instant(self.millis(offset))),
        }
    }
    fn key(&self, (number, day, carried): (usize, u64, bool)) -> WaybillKey {
        let number = WaybillNumber::new(["A", "B", "C", "D", "E", "F"][number]).expect("a number");
        let key = WaybillKey::new(number, self.base + Days::new(day));
        if carried { key.with_carrier(CarrierId::new("c").expect("a carrier")) } else { key }
    }

    fn waybill(&self, piece: &Piece) -> Waybill {
        let label = |text: &str| Label::new(text).expect("a label");
        let customer = |text: &str| CustomerId::new(text).expect("a customer");
        let at = |offset| clock::instant(self.millis(offset));
        let mut waybill = Waybill::new(self.key(piece.key));
        waybill.flow = piece.flow;
        waybill.updated_at = piece.rows.0.map(at);
        waybill.recorded_at = piece.rows.1.map(at);
        waybill.destination_region = piece.region.map(label);
        waybill.product = piece.product.map(label);
        waybill.parent = piece.parent.map(|number| WaybillNumber::new(number).expect("a number"));
        waybill.destination_zone = piece.zone.map(|zone| zone.name().parse().expect("a zone"));
        waybill.customer = piece.people.0.map(customer);
        waybill.recipient = piece.people.1.map(customer);
        waybill.promise = piece.promise.map(|due| self.promise(due));
        waybill.promise_moves = piece
            .moves
            .iter()
            .map(|&(moved, by, due)| PromiseMove { moved_at: at(moved), by, to: self.promise(due) })
            .collect();
        waybill
    }

    fn events(&self, piece: &Piece, records: &mut Records) {
        let key = self.key(piece.key);
        let zone = piece.zone.unwrap_or(self.zone);
        let promised = match piece.promise.map(|due| self.promise(due)) {
            Some(Promise::On(day)) => clock::end_of(zone, day),
            Some(Promise::By(instant)) => instant.as_millis(),
            None => self.millis(5 * DAY),
        };
        let collected = match piece.collected.as_ref().map(|scan| scan.moment) {
            Some(Moment::At(offset)) => self.millis(offset),
            _ => self.millis(DAY),
        };
        for scan in piece.collected.iter().chain(&piece.scans) {
            let occurred = match scan.moment {
                Moment::At(offset) => self.millis(offset),
                Moment::FromCollection(offset) => collected + offset,
                Moment::FromPromise(offset) => promised + offset,
            };
            let mut event = NodeEvent::new(key.clone(), scan.kind, clock::instant(occurred));
            event.recorded_at = scan.recorded.map(|delay| clock::instant(occurred + delay));
            event.facility = scan.facility.map(|name| FacilityId::new(name).expect("a facility"));
            event.consent = scan.consent;
            event.party = scan.party;
            records.events.push(event);
        }
        if let Some((offset, long_ago, recorded)) = piece.ordered {
            let occurred = self.millis(offset) - if long_ago { 90 * DAY } else { 0 };
            let mut event = NodeEvent::new(key, NodeKind::Ordered, clock::instant(occurred));
            event.recorded_at = recorded.map(|delay| clock::instant(occurred + delay));
            records.events.push(event);
        }
    }
}

type CaseRow = (usize, i64, (Option<i64>, Option<i64>), Option<(usize, u64, bool)>);

fn case_row() -> impl Strategy<Value = CaseRow> {
    let rows = (weighted(0.3, instant(0, 9)), weighted(0.2, instant(0, 10)));
    (0_usize..4, instant(0, 9), rows, weighted(0.8, (0_usize..6, 0_u64..2, prop::bool::weighted(0.1))))
}

type Payments = Vec<(i64, i64, &'static str)>;

fn payments() -> impl Strategy<Value = Payments> {
    vec((instant(0, 10), prop_oneof![Just(0), 1_i64..100_000], select(vec!["CNY", "CNY", "JPY", "BHD"])), 0..3)
}

/// A row given again: which, with which party and consent, how much later recorded or updated.
type Again = (prop::sample::Index, Option<i64>, Option<Party>, Consent);

fn again() -> impl Strategy<Value = Vec<Again>> {
    let party = option::of(select(vec![Party::Carrier, Party::Sender, Party::Recipient, Party::ForceMajeure]));
    let consent = select(vec![Consent::Yes, Consent::No, Consent::Unknown]);
    vec((any::<prop::sample::Index>(), recorded(), party, consent), 0..5)
}

fn repeat_events(records: &mut Records, again: &[Again]) {
    for (index, recorded, party, consent) in again {
        if records.events.is_empty() {
            return;
        }
        let mut event = index.get(&records.events).clone();
        if let Some(delay) = recorded {
            event.recorded_at = Some(clock::instant(event.occurred_at.as_millis() + delay));
            event.party = *party;
            event.consent = *consent;
        }
        records.events.push(event);
    }
}

fn repeat_waybills(records: &mut Records, again: &[Again]) {
    for (index, updated, party, _) in again {
        if records.waybills.is_empty() {
            return;
        }
        let mut waybill = index.get(&records.waybills).clone();
        if let Some(delay) = updated {
            waybill.updated_at = Some(clock::instant(clock::utc_midnight(waybill.key.posted_on) + 3 * DAY + delay));
        }
        if party.is_some() {
            waybill.product = Some(Label::new("road").expect("a label"));
        }
        records.waybills.push(waybill);
    }
}

/// Records on one of the bases, with everything that may be wrong about them.
pub fn case() -> impl Strategy<Value = Case> {
    let rows = (
        vec(piece(), 0..7),
        vec((case_row(), select(vec![CaseClass::Complaint, CaseClass::Complaint, CaseClass::Appeal])), 0..6),
        vec((case_row(), payments()), 0..5),
        (again(), again()),
        vec(select(&RecordKind::ALL[..]), 0..4),
    );
    (select(&BASES[..]), rows, choices()).prop_map(|((year, month, day), rows, mut choices)| {
        let base = NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        let ground = Ground { base, zone: choices.zone };
        let (pieces, complaints, claims, (events_again, waybills_again), supplied) = rows;
        let mut records = Records::supplying(supplied);
        let at = |offset| clock::instant(ground.millis(offset));
        for piece in &pieces {
            if piece.has_row {
                records.waybills.push(ground.waybill(piece));
            }
            ground.events(piece, &mut records);
        }
        repeat_events(&mut records, &events_again);
        repeat_waybills(&mut records, &waybills_again);
        for ((id, opened, (updated, recorded), key), class) in complaints {
            let mut case = Complaint::new(CaseId::new(format!("q{id}")).expect("an id"), class, at(opened));
            (case.updated_at, case.recorded_at) = (updated.map(at), recorded.map(at));
            case.waybill = key.map(|key| ground.key(key));
            records.complaints.push(case);
        }
        for ((id, filed, (updated, recorded), key), payments) in claims {
            let mut claim = Claim::new(ClaimId::new(format!("k{id}")).expect("an id"), at(filed));
            (claim.updated_at, claim.recorded_at) = (updated.map(at), recorded.map(at));
            claim.waybill = key.map(|key| ground.key(key));
            let currency = |code| Currency::new(code).expect("a currency");
            let part = |(paid, minor_units, code)| Payment {
                paid_at: at(paid),
                amount: Money::from_minor_units(minor_units, currency(code)),
            };
            claim.payments = payments.into_iter().map(part).collect();
            records.claims.push(claim);
        }
        choices.as_of = ground.millis(choices.as_of);
        choices.known_from = choices.known_from.map(|offset| ground.millis(offset));
        Case { records, choices }
    })
}
