//! What scanners and systems made of a trip: records with their delays, gaps, repeats and clock faults.
//!
//! A scan has one fault at most, so that every planted fault can be seen.
//!
//! What this module does not do: it sends no scan to another waybill.

use super::calendar::{DAY, HOUR, MINUTE};
use super::draws::{Draws, Topic};
use super::order::Order;
use super::rates::Ledger;
use super::trip::{At, Step, Trip};
use super::{Network, Rate};
use crate::record::{NodeEvent, NodeKind};

/// One scan on its way to becoming a record.
#[derive(Debug, Clone, Copy)]
struct Scan {
    step: Step,
    recorded_at: i64,
    is_faulty: bool,
    is_repeated: bool,
}

impl Scan {
    fn may_fail(&self) -> bool {
        !self.is_faulty && !matches!(self.step.kind, NodeKind::Ordered | NodeKind::Inspected | NodeKind::Cancelled)
    }

    /// A scan of the origin site, a hub or the destination site.
    fn is_between_sites(&self) -> bool {
        (NodeKind::OriginArrived..=NodeKind::DestinationDeparted).contains(&self.step.kind)
    }

    /// A scan that every trip must have, but for collection and completion.
    fn is_mandatory(&self) -> bool {
        matches!(
            self.step.kind,
            NodeKind::OriginArrived
                | NodeKind::OriginDeparted
                | NodeKind::DestinationArrived
                | NodeKind::OutForDelivery
        )
    }
}

/// The records of a trip, in the order in which things truly happened.
pub(super) fn draw(network: &Network, order: &Order, trip: &Trip, ledger: &mut Ledger) -> Vec<NodeEvent> {
    let draws = Draws::new(network.seed(), order.index, Topic::Scans);
    let mut recorder = Recorder { scans: Vec::with_capacity(trip.steps.len() + 2), draws, ledger };
    for &step in &trip.steps {
        let recorded_at = step.at + 1 + i64::from(recorder.draws.skewed(120));
        recorder.scans.push(Scan { step, recorded_at, is_faulty: false, is_repeated: false });
    }
    if recorder.position(NodeKind::Collected).is_some() {
        recorder.leave_out();
        recorder.put_wrong();
        recorder.handle_after_completion(order, trip);
        recorder.delay_and_repeat();
    }
    let mut events = Vec::with_capacity(recorder.scans.len() + 1);
    for scan in &recorder.scans {
        let event = to_event(network, order, scan);
        if scan.is_repeated {
            let mut again = event.clone();
            // Half of the repeats are the same row again, half were taken in once more.
            if recorder.draws.below(2) == 0 {
                let at = scan.recorded_at + recorder.draws.between(MINUTE, 2 * HOUR);
                again.recorded_at = Some(network.midnight.instant(at));
            }
            events.push(again);
        }
        events.push(event);
    }
    events
}

struct Recorder<'n, 'l> {
    scans: Vec<Scan>,
    draws: Draws,
    ledger: &'l mut Ledger<'n>,
}

impl Recorder<'_, '_> {
    fn position(&self, kind: NodeKind) -> Option<usize> {
        self.scans.iter().position(|scan| scan.step.kind == kind)
    }

    fn happens(&mut self, rate: Rate) -> bool {
        self.ledger.draw(rate, &mut self.draws)
    }

    /// The position of any scan that fits, if there is one.
    fn any(&mut self, fits: impl Fn(&Scan) -> bool) -> Option<usize> {
        let count = self.scans.iter().filter(|scan| fits(scan)).count();
        let chosen = self.draws.below(count as u32) as usize;
        self.scans.iter().enumerate().filter(|(_, scan)| fits(scan)).map(|(position, _)| position).nth(chosen)
    }

    fn leave_out(&mut self) {
        let others = self.any(Scan::is_mandatory);
        if let Some(position) = others
            && self.happens(Rate::ScanMissing)
        {
            self.scans.remove(position);
        }
        for (rate, kind) in
            [(Rate::InspectionUnscanned, NodeKind::Inspected), (Rate::CollectionUnscanned, NodeKind::Collected)]
        {
            if self.happens(rate)
                && let Some(position) = self.position(kind)
            {
                self.scans.remove(position);
            }
        }
    }

    fn put_wrong(&mut self) {
        let pairs = self.scans.windows(2).filter(|pair| pair.iter().all(Scan::is_between_sites)).count();
        let chosen = self.draws.below(pairs as u32) as usize;
        let first = (1..self.scans.len())
            .filter(|&second| self.scans[second - 1..=second].iter().all(Scan::is_between_sites))
            .nth(chosen);
        if let Some(second) = first
            && self.happens(Rate::ScansSwapped)
        {
            let first = second - 1;
            let (early, late) = (self.scans[first].step.at, self.scans[second].step.at);
            self.scans[first].step.at = late;
            self.scans[first].recorded_at = self.scans[second].recorded_at;
            self.scans[second].step.at = early;
            self.scans[first].is_faulty = true;
            self.scans[second].is_faulty = true;
        }
        let behind = self.any(|scan| scan.may_fail() && scan.is_between_sites());
        if let Some(position) = behind
            && self.position(NodeKind::Collected).is_some()
            && self.happens(Rate::ClockDaysBehind)
        {
            // Counted from collection, since the scan itself may be days later.
            let collected = self.position(NodeKind::Collected).map_or(0, |collected| self.scans[collected].step.at);
            self.scans[position].step.at = collected - self.draws.between(2 * DAY, 30 * DAY);
            self.scans[position].is_faulty = true;
        }
        if let Some(position) = self.any(|scan| scan.may_fail() && scan.step.kind != NodeKind::Collected)
            && self.happens(Rate::ClockAhead)
        {
            // Ten minutes at the least beyond the moment of recording, which itself lies up to two minutes behind.
            self.scans[position].step.at += self.draws.between(12 * MINUTE, 6 * HOUR);
            self.scans[position].is_faulty = true;
        }
    }

    /// A parcel once completed is scanned at the destination's hub again.
    fn handle_after_completion(&mut self, order: &Order, trip: &Trip) {
        if trip.completed_at.is_none() || !self.happens(Rate::HandledAfterCompletion) {
            return;
        }
        let last = trip.steps.last().map_or(order.at, |step| step.at);
        let at = last + self.draws.between(5 * HOUR, 3 * DAY);
        let place = At::Hub(order.recipient.region);
        let step =
            Step { kind: NodeKind::HubArrived, at, place, courier: None, consent: Default::default(), party: None };
        self.scans.push(Scan { step, recorded_at: at + 5, is_faulty: true, is_repeated: false });
    }

    fn delay_and_repeat(&mut self) {
        let sound = |scan: &Scan| scan.may_fail() && scan.step.kind != NodeKind::Collected;
        if let Some(position) = self.any(sound)
            && self.happens(Rate::ScanLate)
        {
            self.scans[position].recorded_at += self.draws.between(2 * HOUR, 30 * HOUR);
            self.scans[position].is_faulty = true;
        }
        if let Some(position) = self.any(sound)
            && self.happens(Rate::ScanRepeated)
        {
            self.scans[position].is_repeated = true;
        }
    }
}

fn to_event(network: &Network, order: &Order, scan: &Scan) -> NodeEvent {
    let step = &scan.step;
    let regions = network.regions();
    let mut event = NodeEvent::new(order.key.clone(), step.kind, network.midnight.instant(step.at));
    event.facility = match step.place {
        At::Nowhere => None,
        At::Hub(region) => Some(regions[region].hub.clone()),
        At::Site(region, site) => Some(regions[region].sites[site].id.clone()),
        At::Lockers(region, site) => Some(regions[region].sites[site].lockers.clone()),
    };
    event.recorded_at = Some(network.midnight.instant(scan.recorded_at));
    event.courier =
        step.courier.map(|(region, site, courier)| regions[region].sites[site].couriers[courier].id.clone());
    event.consent = step.consent;
    event.party = step.party;
    event
}
