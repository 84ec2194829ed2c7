//! What is known when an order is placed: who sends what to whom, by which product, with which promise.
//!
//! What this module does not do: it plans no capacity. A day's orders never slow one another down.

use super::calendar::{DAY, HOUR, MINUTE};
use super::draws::{Draws, Topic, hash, scale};
use super::names::{Cargo, Channel, Segment};
use super::rates::Ledger;
use super::region::SITES_A_REGION;
use super::volume::time_of_day;
use super::{Network, Product, Rate};
use crate::record::{Currency, Duration, Flow, Money, Promise, Waybill, WaybillKey, Zone};

/// Until when a courier still comes on the day of the order.
const SAME_DAY_COLLECTION_UNTIL: i64 = 17 * HOUR;
/// When an express promise ends on its day.
const EXPRESS_BY: i64 = 18 * HOUR;

/// A sender or recipient. Home never moves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub(super) number: u32,
    pub(super) segment: Segment,
    pub(super) region: usize, // < regions
    pub(super) site: usize,   // < SITES_A_REGION
}

/// An order.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) index: u64,
    pub(super) key: WaybillKey,
    pub(super) at: i64,
    pub(super) product: Product,
    pub(super) sender: Person,
    pub(super) recipient: Person,
    pub(super) distance_km: u32,
    /// When the parcel is collected if nothing goes wrong.
    pub(super) collected_at: i64,
    /// The day the plan leads to, promised or not.
    pub(super) planned_day: i64,
    pub(super) promise: Option<Promise>,
    pub(super) declared_value: Option<Money>,
    pub(super) fee: Money,
}

impl Order {
    /// Draws the order, and the waybill that is written for it.
    pub(super) fn draw(network: &Network, index: u64, ledger: &mut Ledger) -> (Self, Waybill) {
        let mut draws = Draws::new(network.seed(), index, Topic::Order);
        let draws = &mut draws;
        let day = network.order_day(index);
        let at = day * DAY + time_of_day(draws);
        let (mut sender, mut recipient) = (draw_sender(network, draws), draw_recipient(network, draws));
        let product = Product::ALL[draws.weighted(&Product::WEIGHTS)];
        let flow = if ledger.draw(Rate::Reverse, draws) {
            (sender, recipient) = (recipient, sender);
            Flow::Reverse
        } else {
            Flow::Forward
        };
        let regions = network.regions();
        let distance_km = regions[sender.region].distance_km(&regions[recipient.region]);
        let collected_at = draw_collection(at, draws);
        let planned_day = product.promised_day(collected_at.div_euclid(DAY), distance_km);
        let promise = (!ledger.draw(Rate::PromiseMissing, draws)).then(|| promise_for(network, product, planned_day));
        let weight_grams = 80 + draws.skewed(9_000);
        let declared_value =
            ledger.draw(Rate::ValueDeclared, draws).then(|| yuan(100 * (1 + i64::from(draws.skewed(200)))));
        let order = Self {
            index,
            key: WaybillKey::new(network.names.waybill_number(index), network.midnight.date(day)),
            at,
            product,
            sender,
            recipient,
            distance_km,
            collected_at,
            planned_day,
            promise,
            declared_value,
            fee: fee(product, distance_km, weight_grams),
        };
        let waybill = order.waybill(network, flow, weight_grams, draws);
        (order, waybill)
    }

    fn waybill(&self, network: &Network, flow: Flow, weight_grams: u32, draws: &mut Draws) -> Waybill {
        let (names, regions) = (&network.names, network.regions());
        let cargo = match (self.product, draws.below(100)) {
            (Product::Fresh, _) => Cargo::Fresh,
            (_, 0..=79) => Cargo::Parcel,
            (_, 80..=87) => Cargo::Document,
            (_, 88..=93) => Cargo::Fragile,
            (_, 94..=96) => Cargo::Medicine,
            _ => Cargo::HighValue,
        };
        let channel = match (self.sender.segment, draws.below(100)) {
            (Segment::Enterprise | Segment::Merchant, 0..=89) => Channel::Api,
            (_, 0..=49) => Channel::App,
            (_, 50..=84) => Channel::MiniProgram,
            _ => Channel::Counter,
        };
        let mut waybill = Waybill::new(self.key.clone());
        waybill.recorded_at = Some(network.midnight.instant(self.at + draws.between(1, 20)));
        waybill.flow = flow;
        waybill.origin_region = Some(regions[self.sender.region].name.clone());
        waybill.destination_region = Some(regions[self.recipient.region].name.clone());
        waybill.destination_zone = Some(Zone::SHANGHAI);
        waybill.product = Some(names.product(self.product));
        waybill.cargo_category = Some(names.cargo(cargo));
        waybill.channel = Some(names.channel(channel));
        waybill.customer = Some(names.customer(self.sender.number));
        waybill.customer_segment = Some(names.segment(self.sender.segment));
        waybill.recipient = Some(names.customer(self.recipient.number));
        waybill.promise = self.promise;
        let plan = Duration::from_millis(i64::from(self.product.plan_hours(self.distance_km)) * HOUR * 1_000);
        waybill.stage_plans.insert(names.transport(), plan);
        waybill.fee = Some(self.fee);
        waybill.declared_value = self.declared_value;
        waybill.weight_grams = Some(weight_grams);
        waybill
    }
}

/// The promise for a day, in the product's form.
pub(super) fn promise_for(network: &Network, product: Product, day: i64) -> Promise {
    match product {
        Product::Express => Promise::By(network.midnight.instant(day * DAY + EXPRESS_BY)),
        _ => Promise::On(network.midnight.date(day)),
    }
}

/// Whether a second of the clock keeps the promise for a day.
pub(super) fn keeps(product: Product, day: i64, at: i64) -> bool {
    match product {
        Product::Express => at <= day * DAY + EXPRESS_BY,
        _ => at < (day + 1) * DAY,
    }
}

/// In office hours within three hours, else in the morning after.
fn draw_collection(at: i64, draws: &mut Draws) -> i64 {
    let (midnight, second) = (at.div_euclid(DAY) * DAY, at.rem_euclid(DAY));
    let morning = 9 * HOUR + draws.between(0, 3 * HOUR);
    if second < 8 * HOUR {
        midnight + morning
    } else if second < SAME_DAY_COLLECTION_UNTIL {
        at + draws.between(45 * MINUTE, 3 * HOUR)
    } else {
        midnight + DAY + morning
    }
}

/// Customers are numbered by segment: a hundredth enterprises, nine hundredths merchants, consumers the rest.
fn draw_person(network: &Network, segment: Segment, draws: &mut Draws) -> Person {
    let (enterprises, merchants) = (network.customers() / 100, network.customers() / 100 * 9);
    let number = match segment {
        Segment::Enterprise => draws.skewed(enterprises),
        Segment::Merchant => enterprises + draws.skewed(merchants),
        Segment::Consumer => enterprises + merchants + draws.skewed(network.customers() - enterprises - merchants),
    };
    let home = hash(network.seed(), u64::from(number), Topic::Customer);
    let drawn = scale(home, network.region_weights.last().copied().unwrap_or(1));
    let region = network.region_weights.partition_point(|&sum| sum <= drawn);
    // The lower half of the hash, which the region did not look at.
    Person { number, segment, region, site: (home as u32 % u32::from(SITES_A_REGION)) as usize }
}

fn draw_sender(network: &Network, draws: &mut Draws) -> Person {
    let segments = [Segment::Merchant, Segment::Enterprise, Segment::Consumer];
    draw_person(network, segments[draws.weighted(&[50, 25, 25])], draws)
}

fn draw_recipient(network: &Network, draws: &mut Draws) -> Person {
    let segments = [Segment::Consumer, Segment::Merchant, Segment::Enterprise];
    draw_person(network, segments[draws.weighted(&[85, 10, 5])], draws)
}

fn fee(product: Product, distance_km: u32, weight_grams: u32) -> Money {
    let (base, a_kilogram, a_zone) = product.tariff();
    let kilograms = i64::from(weight_grams.div_ceil(1_000)) - 1;
    Money::from_minor_units(base + kilograms * a_kilogram + i64::from(distance_km / 500) * a_zone, Currency::CNY)
}

fn yuan(amount: i64) -> Money {
    Money::from_minor_units(amount * 100, Currency::CNY)
}
