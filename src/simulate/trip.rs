//! What truly happened to a parcel, step by step, before any scanner or clock got it wrong. Here the way from the order
//! to the destination site; `last_mile` has the rest.
//!
//! What this module does not do: it consolidates nothing. Parcels share hubs and couriers, no trucks.

use super::calendar::{DAY, HOUR, MINUTE, next_wave};
use super::draws::{Draws, Topic};
use super::order::Order;
use super::product::{DELIVERY_WAVES, LOCAL_LEG, SORTING, hubs_on_the_way};
use super::rates::Ledger;
use super::region::Courier;
use super::roster::OnDuty;
use super::{Defect, DelayStage, Network, Rate};
use crate::record::{Consent, NodeKind, Party, PromiseMove};

/// Seconds after midnight at which trucks leave an origin site.
const DISPATCH_WAVES: [i64; 3] = [13 * HOUR, 18 * HOUR, 22 * HOUR + 30 * MINUTE];

/// Where a step happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Nowhere,
    Hub(usize),
    Site(usize, usize),
    Lockers(usize, usize),
}

/// One step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) kind: NodeKind,
    pub(super) at: i64,
    pub(super) place: At,
    pub(super) courier: Option<(usize, usize, usize)>, // region, site, courier
    pub(super) consent: Consent,
    pub(super) party: Option<Party>,
}

/// A trip and how it ended.
#[derive(Debug)]
pub(super) struct Trip {
    /// In the order in which they happened.
    pub(super) steps: Vec<Step>,
    pub(super) moves: Vec<PromiseMove>,
    /// The day of the promise that is judged: the plan's, or the customer's later one.
    pub(super) judged_day: i64,
    /// When it was delivered, or stored not against the recipient's word.
    pub(super) completed_at: Option<i64>,
    pub(super) delay: Option<DelayStage>,
    /// The defects met on the way, by position.
    pub(super) defects: Vec<usize>,
}

/// How a collected parcel ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Cancelled,
    Lost,
    Returned,
    Delivered,
}

/// A trip being made.
pub(super) struct Traveller<'n, 'l> {
    pub(super) network: &'n Network,
    pub(super) order: &'l Order,
    pub(super) ledger: &'l mut Ledger<'n>,
    pub(super) draws: Draws,
    pub(super) trip: Trip,
}

impl Trip {
    pub(super) fn draw<'n>(network: &'n Network, order: &Order, ledger: &mut Ledger<'n>) -> Self {
        let draws = Draws::new(network.seed(), order.index, Topic::Trip);
        let trip = Self {
            steps: Vec::with_capacity(20),
            moves: Vec::new(),
            judged_day: order.planned_day,
            completed_at: None,
            delay: None,
            defects: Vec::new(),
        };
        let mut traveller = Traveller { network, order, ledger, draws, trip };
        traveller.travel();
        traveller.trip
    }
}

impl<'n> Traveller<'n, '_> {
    fn travel(&mut self) {
        self.step(NodeKind::Ordered, self.order.at, At::Nowhere);
        if self.happens(Rate::CancelledBeforeCollection) {
            let at = self.order.at + self.draws.between(2 * MINUTE, 40 * MINUTE);
            self.step(NodeKind::Cancelled, at, At::Nowhere).party = Some(Party::Sender);
            return;
        }
        let fate = if self.happens(Rate::CancelledAfterCollection) {
            Fate::Cancelled
        } else if self.happens(Rate::Lost) {
            Fate::Lost
        } else if self.happens(Rate::Returned) {
            Fate::Returned
        } else {
            Fate::Delivered
        };
        let arrived = self.go_to_destination();
        match fate {
            Fate::Cancelled => self.cancel_on_the_way(),
            Fate::Lost => self.lose(),
            Fate::Returned | Fate::Delivered => self.deliver(fate, arrived),
        }
    }

    pub(super) fn step(&mut self, kind: NodeKind, at: i64, place: At) -> &mut Step {
        let step = Step { kind, at, place, courier: None, consent: Consent::Unknown, party: None };
        let position = self.trip.steps.len();
        self.trip.steps.push(step);
        &mut self.trip.steps[position]
    }

    pub(super) fn happens(&mut self, rate: Rate) -> bool {
        self.ledger.draw(rate, &mut self.draws)
    }

    /// A courier of a site who is on duty at a moment, as indices and as a person: who is quicker takes more.
    pub(super) fn draw_courier(&mut self, region: usize, site: usize, at: i64) -> ((usize, usize, usize), &'n Courier) {
        let couriers = &self.network.regions()[region].sites[site].couriers;
        let on_duty = OnDuty::of(self.network, region, site, at);
        let courier = self.draws.weighted(&on_duty.paces(couriers));
        ((region, site, courier), &couriers[courier])
    }

    /// The courier, or who stands in at a moment.
    pub(super) fn or_stand_in(&self, (region, site, courier): (usize, usize, usize), at: i64) -> (usize, usize, usize) {
        (region, site, OnDuty::of(self.network, region, site, at).or_stand_in(courier))
    }

    /// The steps up to the destination site as the plan has them, but for slow and erring hubs. Gives the arrival.
    fn go_to_destination(&mut self) -> i64 {
        let (sender, recipient) = (self.order.sender, self.order.recipient);
        let origin = At::Site(sender.region, sender.site);
        let mut at = self.order.collected_at;
        let (courier, _) = self.draw_courier(sender.region, sender.site, at);
        let inspected = at - self.draws.between(MINUTE, 5 * MINUTE);
        self.step(NodeKind::Inspected, inspected, At::Nowhere).courier = Some(courier);
        self.step(NodeKind::Collected, at, At::Nowhere).courier = Some(courier);
        at += self.draws.between(30 * MINUTE, 2 * HOUR);
        self.step(NodeKind::OriginArrived, at, origin);
        at = next_wave(at + 15 * MINUTE, &DISPATCH_WAVES) + self.draws.between(0, 20 * MINUTE);
        self.step(NodeKind::OriginDeparted, at, origin);
        at += self.local_leg();
        if sender.region != recipient.region || sender.site != recipient.site {
            at = self.pass_hubs(at);
        }
        self.step(NodeKind::DestinationArrived, at, At::Site(recipient.region, recipient.site));
        at
    }

    fn local_leg(&mut self) -> i64 {
        self.draws.between(LOCAL_LEG.0, LOCAL_LEG.1)
    }

    /// From the arrival at the first hub to the arrival at the destination site.
    fn pass_hubs(&mut self, mut at: i64) -> i64 {
        let (from, to, km) = (self.order.sender.region, self.order.recipient.region, self.order.distance_km);
        let haul = self.order.product.draw_haul(km, &mut self.draws);
        at = self.pass_hub(from, at);
        let regions = self.network.regions().len();
        if regions > 1 && self.happens(Rate::Missorted) {
            self.step(NodeKind::Missorted, at + MINUTE, At::Hub(from));
            let wrong = (from + 1 + self.draws.below(regions as u32 - 1) as usize) % regions;
            at += self.draws.between(3 * HOUR, 9 * HOUR);
            at = self.pass_hub(wrong, at) + self.draws.between(3 * HOUR, 9 * HOUR);
        }
        at += haul;
        if hubs_on_the_way(km) > 1 {
            at = self.pass_hub(to, at);
        }
        at + self.local_leg()
    }

    /// Gives the departure.
    fn pass_hub(&mut self, region: usize, at: i64) -> i64 {
        self.step(NodeKind::HubArrived, at, At::Hub(region));
        let mut departs = at + self.order.product.draw_dwell(&mut self.draws);
        for (position, defect) in self.network.defects().iter().enumerate() {
            if let Defect::SlowHub { region: slow, extra_hours } = *defect
                && usize::from(slow) == region
            {
                departs += i64::from(extra_hours) * HOUR;
                self.meet(position);
            }
        }
        self.step(NodeKind::HubDeparted, departs, At::Hub(region));
        departs
    }

    pub(super) fn meet(&mut self, defect: usize) {
        if !self.trip.defects.contains(&defect) {
            self.trip.defects.push(defect);
        }
    }

    /// Cuts the way off somewhere after collection. Gives the place and time of the last step that stays.
    fn cut(&mut self) -> (At, i64) {
        let collected = self.position(NodeKind::Collected);
        let rest = self.trip.steps.len() - collected;
        let keep = collected + 1 + self.draws.below(rest as u32) as usize;
        self.trip.steps.truncate(keep);
        self.trip.steps.last().map_or((At::Nowhere, self.order.collected_at), |last| (last.place, last.at))
    }

    pub(super) fn position(&self, kind: NodeKind) -> usize {
        self.trip.steps.iter().position(|step| step.kind == kind).unwrap_or(0)
    }

    fn cancel_on_the_way(&mut self) {
        let (_, last) = self.cut();
        let at = last + self.draws.between(10 * MINUTE, 5 * HOUR);
        self.step(NodeKind::Cancelled, at, At::Nowhere).party = Some(Party::Sender);
    }

    fn lose(&mut self) {
        let (place, last) = self.cut();
        if self.happens(Rate::LossDeclared) {
            let day = self.order.planned_day.max(last.div_euclid(DAY)) + self.draws.between(3, 10);
            let at = day * DAY + self.draws.between(10 * HOUR, 17 * HOUR);
            self.step(NodeKind::Lost, at, place);
        }
    }

    /// The wave with which a parcel goes out that arrived at the destination site.
    pub(super) fn goes_out(&mut self, arrived: i64) -> i64 {
        next_wave(arrived + SORTING, &DELIVERY_WAVES) + self.draws.between(0, 30 * MINUTE)
    }
}
