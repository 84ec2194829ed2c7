//! Waybills at random, each with its scans.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use parcelgauge::record::{
    CarrierId, CourierId, CustomerId, Duration, FacilityId, Flow, Label, Mover, NodeEvent, NodeKind, Promise,
    PromiseMove, Records, Waybill, WaybillKey, WaybillNumber,
};
use proptest::collection::vec;
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::select;

use super::clock::{self, DAY, HOUR};
use super::generate_moments::{AT_ONE_INSTANT, Moment, Point, ZONES, instant, point, recorded};
use super::generate_scans::{Scan, collection, strewn, tour};

/// A promise, days from the base.
#[derive(Debug, Clone, Copy)]
enum Due {
    On(u64),
    By(Point),
}

fn due() -> impl Strategy<Value = Due> + Clone {
    prop_oneof![(0_u64..9).prop_map(Due::On), point(0, 8).prop_map(Due::By)]
}

/// Number, days from the base, whether a carrier is named.
pub type Key = (usize, u64, bool);

/// Which waybill.
pub fn key() -> impl Strategy<Value = Key> + Clone {
    (0_usize..8, 0_u64..2, prop::bool::weighted(0.1))
}

type Text = Option<&'static str>;

/// A waybill of which the instants still depend on the ground.
#[derive(Debug, Clone)]
pub struct Piece {
    key: Key,
    flow: Flow,
    rows: (Option<i64>, Option<i64>),
    labels: (Text, Text),
    parent: Text,
    cities: (Text, Text),
    plans: Vec<(&'static str, i64)>,
    zone: Option<Tz>,
    people: (Text, Text),
    promise: Option<Due>,
    moves: Vec<(i64, Mover, Due)>,
    ordered: Option<(Point, bool, Option<i64>)>,
    collected: Option<Scan>,
    scans: Vec<Scan>,
    has_row: bool,
}

/// The stages of the standard route.
pub const STAGES: [&str; 4] = ["origin_processing", "transport", "destination_processing", "last_mile"];

/// Any waybill.
pub fn piece() -> impl Strategy<Value = Piece> {
    let flow = prop_oneof![8 => Just(Flow::Forward), 1 => Just(Flow::Reverse), 1 => Just(Flow::ReturnLeg)];
    let rows = (weighted(0.3, instant(0, 9)), weighted(0.2, instant(-1, 9)));
    let labels = (option::of(select(vec!["RJ", "SP"])), option::of(select(vec!["air", "road"])));
    let parent = weighted(0.4, select(vec!["A", "P"]));
    let city = || weighted(0.8, select(vec!["Rio", "Santos"]));
    let plans = vec((select(&STAGES[..]), select(vec![0, HOUR, HOUR, 6 * HOUR, DAY])), 0..10);
    let people = (weighted(0.8, select(vec!["ann", "bob"])), weighted(0.6, select(vec!["ann", "cat"])));
    let mover = select(vec![Mover::Customer, Mover::Carrier]);
    let promise = (weighted(0.85, due()), vec((instant(0, 10), mover, due()), 0..3));
    let few = select(AT_ONE_INSTANT.to_vec()).prop_map(Point::At);
    let order = prop_oneof![1 => point(0, 4), 2 => few];
    let ordered = weighted(0.8, (order, prop::bool::weighted(0.4), recorded()));
    let collected = weighted(0.85, collection());
    let scans = prop_oneof![2 => strewn(), 2 => tour(), 1 => (tour(), strewn()).prop_map(|(a, b)| [a, b].concat())];
    let zone = weighted(0.4, select(&ZONES[..]));
    let fields = ((labels, parent), (city(), city()), plans, (zone, people), promise);
    ((key(), flow, rows), fields, (ordered, collected, scans), prop::bool::weighted(0.95)).prop_map(
        |((key, flow, rows), fields, (ordered, collected, scans), has_row)| {
            let ((labels, parent), cities, plans, (zone, people), (promise, moves)) = fields;
            Piece {
                key,
                flow,
                rows,
                labels,
                parent,
                cities,
                plans,
                zone,
                people,
                promise,
                moves,
                ordered,
                collected,
                scans,
                has_row,
            }
        },
    )
}

/// What the records are laid out on.
pub struct Ground {
    pub base: NaiveDate,
    pub zone: Tz,
    /// Instants at which something is just decided.
    pub lines: Vec<i64>,
}

impl Ground {
    /// So many milliseconds from the base.
    pub fn millis(&self, offset: i64) -> i64 {
        clock::utc_midnight(self.base) + offset
    }

    /// The instant of a point.
    pub fn at(&self, point: Point) -> i64 {
        match point {
            Point::At(offset) => self.millis(offset),
            Point::OnLine(line, beside) => line.get(&self.lines) + beside,
        }
    }

    fn promise(&self, due: Due) -> Promise {
        match due {
            Due::On(days) => Promise::On(self.base + Days::new(days)),
            Due::By(point) => Promise::By(clock::instant(self.at(point))),
        }
    }

    /// The key of a waybill, whether there is one or not.
    pub fn key(&self, (number, day, carried): Key) -> WaybillKey {
        let number = WaybillNumber::new(["A", "B", "C", "D", "E", "F", "G", "H"][number]).expect("a number");
        let key = WaybillKey::new(number, self.base + Days::new(day));
        if carried { key.with_carrier(CarrierId::new("c").expect("a carrier")) } else { key }
    }

    /// Lays out a waybill and its scans.
    pub fn lay(&self, piece: &Piece, records: &mut Records) {
        if piece.has_row {
            records.waybills.push(self.waybill(piece));
        }
        self.events(piece, records);
    }

    fn waybill(&self, piece: &Piece) -> Waybill {
        let label = |text: &str| Label::new(text).expect("a label");
        let customer = |text: &str| CustomerId::new(text).expect("a customer");
        let at = |offset| clock::instant(self.millis(offset));
        let mut waybill = Waybill::new(self.key(piece.key));
        waybill.flow = piece.flow;
        waybill.updated_at = piece.rows.0.map(at);
        waybill.recorded_at = piece.rows.1.map(at);
        (waybill.destination_region, waybill.product) = (piece.labels.0.map(label), piece.labels.1.map(label));
        (waybill.origin_city, waybill.destination_city) = (piece.cities.0.map(label), piece.cities.1.map(label));
        waybill.stage_plans = piece
            .plans
            .iter()
            .map(|&(stage, plan)| (stage.parse().expect("a stage"), Duration::from_millis(plan)))
            .collect();
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
            Some(Moment::At(point)) => self.at(point),
            _ => self.millis(DAY),
        };
        let mut last = collected;
        for scan in piece.collected.iter().chain(&piece.scans) {
            let occurred = match scan.moment {
                Moment::At(point) => self.at(point),
                Moment::FromCollection(offset) => collected + offset,
                Moment::FromPromise(offset) => promised + offset,
                Moment::FromLast(offset) => last + offset,
            };
            last = occurred;
            let mut event = NodeEvent::new(key.clone(), scan.kind, clock::instant(occurred));
            event.recorded_at = scan.recorded.map(|delay| clock::instant(occurred + delay));
            event.facility = scan.facility.map(|name| FacilityId::new(name).expect("a facility"));
            event.courier = scan.courier.map(|name| CourierId::new(name).expect("a courier"));
            event.consent = scan.consent;
            event.party = scan.party;
            records.events.push(event);
        }
        if let Some((point, long_ago, recorded)) = piece.ordered {
            let occurred = self.at(point) - if long_ago { 90 * DAY } else { 0 };
            let mut event = NodeEvent::new(key, NodeKind::Ordered, clock::instant(occurred));
            event.recorded_at = recorded.map(|delay| clock::instant(occurred + delay));
            records.events.push(event);
        }
    }
}
