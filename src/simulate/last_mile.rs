//! From the destination site to the recipient: delays that break a promise, moved promises, attempts, lockers, returns.
//!
//! What this module does not do: it knows no opening hours of lockers, and no second return.

use super::calendar::{DAY, HOUR, MINUTE};
use super::order::promise_for;
use super::product::DELIVERY_WAVES;
use super::region::COURIERS_A_SITE;
use super::trip::{At, Fate, Step, Traveller};
use super::{Defect, DelayStage, Product, Rate};
use crate::record::{Consent, Mover, NodeKind, Party, PromiseMove};

/// A courier's round with the parcel.
struct Round {
    site: At,
    courier: (usize, usize, usize),
    trouble: u32, // thousandths of the average
}

impl Traveller<'_, '_> {
    /// What happens from the arrival at the destination site on.
    pub(super) fn deliver(&mut self, fate: Fate, arrived: i64) {
        let home = self.order.recipient;
        let site = At::Site(home.region, home.site);
        let mut out = self.goes_out(arrived);
        let mut days_in_vain = 0;
        if fate == Fate::Delivered {
            (out, days_in_vain) = self.delay_or_hold(site, out);
        }
        if self.order.product == Product::Fresh && self.happens(Rate::TemperatureAlarm) {
            let at = out - self.draws.between(5 * MINUTE, 20 * MINUTE);
            self.step(NodeKind::TemperatureAlarm, at, site);
        }
        let first_out = out;
        out += days_in_vain * DAY;
        let (courier, person) = self.draw_courier(home.region, home.site, out);
        let careless = self.carelessness(courier);
        let round = Round { site, courier, trouble: person.trouble * careless };
        if days_in_vain > 0 {
            let courier = self.or_stand_in(courier, first_out);
            self.step(NodeKind::OutForDelivery, first_out, site).courier = Some(courier);
        }
        self.step(NodeKind::OutForDelivery, out, site).courier = Some(courier);
        self.suffer_on_round(&round, out);
        match fate {
            Fate::Returned => self.give_back(&round, out),
            _ => self.hand_over(round, out),
        }
    }

    /// How many times as often as others a courier errs.
    fn carelessness(&mut self, (region, site, courier): (usize, usize, usize)) -> u32 {
        let mut sum = 0;
        for (position, defect) in self.network.defects().iter().enumerate() {
            if let Defect::CarelessCourier { region: at, courier: who, times } = *defect
                && usize::from(at) == region
                && usize::from(who) == site * usize::from(COURIERS_A_SITE) + courier
            {
                sum += times;
                self.meet(position);
            }
        }
        sum.max(1)
    }

    /// Breaks the promise, or moves it at the customer's word. Gives the moment the parcel goes out, and for how many
    /// days it then goes out in vain.
    fn delay_or_hold(&mut self, site: At, out: i64) -> (i64, i64) {
        let (out_day, promised) = (out.div_euclid(DAY), self.order.promise.is_some());
        if self.happens(Rate::Delayed) {
            let late_by = 1 + self.draws.run(300_000, 6);
            let shift = (self.order.planned_day - out_day).max(0) + late_by;
            let stage = self.draw_stage();
            self.trip.delay = Some(stage);
            if promised && self.happens(Rate::PromiseMovedByCarrier) {
                let moved_at = self.order.planned_day.max(out_day) * DAY + self.draws.between(15 * HOUR, 18 * HOUR);
                self.move_promise(Mover::Carrier, moved_at, out_day + shift);
            }
            if stage == DelayStage::LastMile {
                return (out, shift);
            }
            self.shift_from(stage, shift);
            return (out + shift * DAY, 0);
        }
        if promised && self.happens(Rate::PromiseMovedByCustomer) {
            let arrived = self.trip.steps.last().map_or(out, |step| step.at);
            let asked_at = arrived + self.draws.between(2 * MINUTE, 25 * MINUTE);
            let day = self.order.planned_day + self.draws.between(1, 3);
            self.move_promise(Mover::Customer, asked_at, day);
            self.trip.judged_day = day;
            self.step(NodeKind::Held, asked_at + MINUTE, site).party = Some(Party::Recipient);
            return (out + (day - out_day).max(0) * DAY, 0);
        }
        (out, 0)
    }

    fn move_promise(&mut self, by: Mover, moved_at: i64, day: i64) {
        let to = promise_for(self.network, self.order.product, day);
        self.trip.moves.push(PromiseMove { moved_at: self.network.midnight.instant(moved_at), by, to });
    }

    fn draw_stage(&mut self) -> DelayStage {
        let stages = [
            DelayStage::Collection,
            DelayStage::Origin,
            DelayStage::Transport,
            DelayStage::Destination,
            DelayStage::LastMile,
        ];
        stages[self.draws.weighted(&[10, 15, 40, 20, 15])]
    }

    /// Moves every step from a stage on by whole days, so that the hours of the day stay as they are.
    fn shift_from(&mut self, stage: DelayStage, days: i64) {
        let first = match stage {
            DelayStage::Collection => self.position(NodeKind::Inspected),
            DelayStage::Origin => self.position(NodeKind::OriginDeparted),
            // The last departure from a hub, or the arrival at the destination where there was no hub.
            DelayStage::Transport => {
                self.trip.steps.len().saturating_sub(2).max(self.position(NodeKind::OriginDeparted) + 1)
            }
            DelayStage::Destination | DelayStage::LastMile => self.trip.steps.len(),
        };
        for position in first..self.trip.steps.len() {
            let step = self.trip.steps[position];
            let at = step.at + days * DAY;
            let courier = step.courier.map(|courier| self.or_stand_in(courier, at));
            self.trip.steps[position] = Step { at, courier, ..step };
        }
    }

    /// Damage and loss of contents, found by the courier.
    fn suffer_on_round(&mut self, round: &Round, out: i64) {
        let harms = [(Rate::Damaged, NodeKind::Damaged, 3), (Rate::ShortOfContents, NodeKind::Shortage, 11)];
        for (rate, kind, minute) in harms {
            if self.ledger.draw_times(rate, round.trouble, &mut self.draws) {
                let at = out + self.draws.between(minute * MINUTE, (minute + 7) * MINUTE);
                self.step(kind, at, round.site).courier = Some(round.courier);
            }
        }
    }

    fn acts(&mut self, out: i64) -> i64 {
        let longest = if self.order.product == Product::Express { 150 * MINUTE } else { 5 * HOUR };
        out + self.draws.between(20 * MINUTE, longest)
    }

    /// Attempts in vain. Gives the next morning's round, of whoever is on duty then.
    fn fail(&mut self, round: &mut Round, out: i64) -> i64 {
        let at = self.acts(out);
        let party = if self.draws.below(100) < 80 { Party::Recipient } else { Party::Carrier };
        let step = self.step(NodeKind::AttemptFailed, at, round.site);
        (step.courier, step.party) = (Some(round.courier), Some(party));
        let out = (out.div_euclid(DAY) + 1) * DAY + DELIVERY_WAVES[0] + self.draws.between(0, 30 * MINUTE);
        round.courier = self.or_stand_in(round.courier, out);
        self.step(NodeKind::OutForDelivery, out, round.site).courier = Some(round.courier);
        out
    }

    fn hand_over(&mut self, mut round: Round, mut out: i64) {
        if self.ledger.draw_times(Rate::FirstAttemptFailed, round.trouble, &mut self.draws) {
            out = self.fail(&mut round, out);
            if self.happens(Rate::SecondAttemptFailed) {
                out = self.fail(&mut round, out);
            }
        }
        let at = self.acts(out);
        let home = self.order.recipient;
        if !self.happens(Rate::Stored) {
            self.step(NodeKind::Delivered, at, round.site).courier = Some(round.courier);
            self.trip.completed_at = Some(at);
            return;
        }
        let lockers = At::Lockers(home.region, home.site);
        let consent = if self.happens(Rate::StoredWithoutConsent) {
            Consent::No
        } else if self.happens(Rate::ConsentUnknown) {
            Consent::Unknown
        } else {
            Consent::Yes
        };
        let step = self.step(NodeKind::Stored, at, lockers);
        (step.courier, step.consent) = (Some(round.courier), consent);
        // Who did not agree fetches the parcel in the end: against the recipient's word nothing was completed.
        if consent == Consent::No || !self.happens(Rate::LeftInStorage) {
            let fetched = self.draw_fetching(at);
            self.step(NodeKind::Delivered, fetched, lockers);
            self.trip.completed_at = Some(if consent == Consent::No { fetched } else { at });
        } else {
            self.trip.completed_at = Some(at);
        }
    }

    /// The same evening, or one of the next days.
    fn draw_fetching(&mut self, stored: i64) -> i64 {
        let days = self.draws.run(350_000, 5);
        if days == 0 {
            return stored + self.draws.between(20 * MINUTE, 3 * HOUR);
        }
        (stored.div_euclid(DAY) + days) * DAY + self.draws.between(8 * HOUR, 21 * HOUR)
    }

    /// Attempted, refused or not found, and sent back.
    fn give_back(&mut self, round: &Round, out: i64) {
        let (party, why) = match self.draws.weighted(&[60, 15, 25]) {
            0 => (Party::Recipient, NodeKind::Refused),
            1 => (Party::Sender, NodeKind::Held),
            _ => (Party::Carrier, NodeKind::AddressProblem),
        };
        let mut at = self.acts(out);
        let step = self.step(NodeKind::AttemptFailed, at, round.site);
        (step.courier, step.party) = (Some(round.courier), Some(party));
        at += self.draws.between(MINUTE, 10 * MINUTE);
        self.step(why, at, round.site).party = Some(party);
        at = (at.div_euclid(DAY) + 1) * DAY + self.draws.between(9 * HOUR, 12 * HOUR);
        self.step(NodeKind::Returned, at, round.site).party = Some(party);
        let (hub, sender) = (self.order.recipient.region, self.order.sender);
        at += self.draws.between(3 * HOUR, 8 * HOUR);
        self.step(NodeKind::HubArrived, at, At::Hub(hub));
        let day = at.div_euclid(DAY) + 2 + i64::from(self.order.distance_km / 1_000);
        at = day * DAY + self.draws.between(9 * HOUR, 18 * HOUR);
        self.step(NodeKind::Delivered, at, At::Site(sender.region, sender.site));
    }
}
