//! Inquiries, complaints and appeals that follow from a trip.
//!
//! What this module does not do: no case is reopened, and none comes without a waybill.

use super::calendar::{DAY, HOUR, MINUTE, waking_hours};
use super::draws::{Draws, Topic};
use super::names::Cause;
use super::order::{Order, Person};
use super::rates::Ledger;
use super::trip::Trip;
use super::{Defect, Network, Rate};
use crate::record::{CaseClass, Complaint};

/// The worst that happened to a parcel, and when its customer noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) cause: Cause,
    pub(super) noticed_at: i64,
}

impl Trouble {
    pub(super) fn of(order: &Order, trip: &Trip, ledger: &Ledger, is_late: bool) -> Option<Self> {
        let ended_at = trip.steps.last().map_or(order.at, |step| step.at);
        let at_the_end = trip.completed_at.unwrap_or(ended_at);
        let (cause, noticed_at) = if ledger.has(Rate::Lost) {
            (Cause::Loss, (order.planned_day + 3) * DAY)
        } else if ledger.has(Rate::Damaged) {
            (Cause::Damage, at_the_end)
        } else if ledger.has(Rate::ShortOfContents) {
            (Cause::Shortage, at_the_end)
        } else if is_late {
            (Cause::Delay, (trip.judged_day + 1) * DAY)
        } else if ledger.has(Rate::StoredWithoutConsent) {
            (Cause::UnconsentedStorage, at_the_end)
        } else {
            return None;
        };
        Some(Self { cause, noticed_at })
    }
}

/// The cases of a shipment.
pub(super) struct Cases {
    pub(super) complaints: Vec<Complaint>,
    /// When the first complaint was resolved, and by whom it came.
    pub(super) resolved: Option<(i64, Person)>,
}

/// How a case goes on after it was opened.
#[derive(Debug, Clone, Copy)]
struct Answer {
    responded_at: i64,
    resolved_at: Option<i64>,
    upheld: Option<bool>,
}

pub(super) fn draw<'n>(
    network: &'n Network,
    order: &Order,
    trip: &mut Trip,
    trouble: Option<Trouble>,
    ledger: &mut Ledger<'n>,
) -> Cases {
    let mut cases = Cases { complaints: Vec::new(), resolved: None };
    if ledger.has(Rate::CancelledBeforeCollection) || ledger.has(Rate::CancelledAfterCollection) {
        return cases;
    }
    let mut draws = Draws::new(network.seed(), order.index, Topic::Cases);
    let heat = heat(network, order, trip);
    let mut desk = Desk { network, order, draws: &mut draws, complaints: &mut cases.complaints };
    if ledger.draw(Rate::Inquiry, desk.draws) {
        let opened_at = waking_hours(order.collected_at + desk.draws.between(DAY, 3 * DAY));
        let responded_at = opened_at + desk.draws.between(5 * MINUTE, 10 * HOUR);
        let resolved_at = Some(responded_at + desk.draws.between(MINUTE, 3 * HOUR));
        let answer = Answer { responded_at, resolved_at, upheld: None };
        desk.open(CaseClass::Inquiry, Cause::Whereabouts, order.recipient, opened_at, answer);
    }
    let rate = if trouble.is_some() { Rate::ComplaintOfTrouble } else { Rate::ComplaintWithoutTrouble };
    if ledger.draw_times(rate, 1_000 * heat, desk.draws) {
        let ended_at = trip.completed_at.unwrap_or(order.planned_day * DAY);
        let (cause, noticed_at) = match trouble {
            Some(trouble) => (trouble.cause, trouble.noticed_at),
            None => (desk.draw_grievance(), ended_at),
        };
        let opened_at = waking_hours(noticed_at + desk.draws.between(10 * MINUTE, 2 * DAY));
        cases.resolved = desk.complain(ledger, cause, opened_at, trouble.is_some());
    }
    cases
}

/// How many times as often the recipient's region complains.
fn heat(network: &Network, order: &Order, trip: &mut Trip) -> u32 {
    let mut sum = 0;
    for (position, defect) in network.defects().iter().enumerate() {
        if let Defect::ComplaintHotSpot { region, times } = *defect
            && usize::from(region) == order.recipient.region
        {
            sum += times;
            trip.defects.push(position);
        }
    }
    sum.max(1)
}

/// Where cases of one shipment are opened.
struct Desk<'c> {
    network: &'c Network,
    order: &'c Order,
    draws: &'c mut Draws,
    complaints: &'c mut Vec<Complaint>,
}

impl Desk<'_> {
    fn draw_grievance(&mut self) -> Cause {
        let causes = [Cause::Attitude, Cause::Information, Cause::FalseDelivery, Cause::Privacy];
        causes[self.draws.weighted(&[45, 30, 20, 5])]
    }

    /// A complaint with what comes after it. Gives when it was resolved, and whose it was.
    fn complain(
        &mut self,
        ledger: &mut Ledger,
        cause: Cause,
        opened_at: i64,
        is_justified: bool,
    ) -> Option<(i64, Person)> {
        let who = if self.draws.below(100) < 60 { self.order.recipient } else { self.order.sender };
        let wait = if ledger.draw(Rate::AnsweredLate, self.draws) {
            self.draws.between(25 * HOUR, 72 * HOUR)
        } else {
            self.draws.between(5 * MINUTE, 20 * HOUR)
        };
        let responded_at = opened_at + wait;
        let answer = if ledger.draw(Rate::Unresolved, self.draws) {
            Answer { responded_at, resolved_at: None, upheld: None }
        } else {
            let resolved_at = Some(responded_at + self.draws.between(HOUR, 5 * DAY));
            // A grievance that no record bears out is rarely upheld.
            let upheld = if is_justified { ledger.draw(Rate::Upheld, self.draws) } else { self.draws.below(100) < 10 };
            Answer { responded_at, resolved_at, upheld: Some(upheld) }
        };
        self.open(CaseClass::Complaint, cause, who, opened_at, answer);
        if ledger.draw(Rate::ComplainedAgain, self.draws) {
            let again_at = waking_hours(opened_at + self.draws.between(DAY, 10 * DAY));
            let later = again_at - opened_at;
            let moved = Answer {
                responded_at: answer.responded_at + later,
                resolved_at: answer.resolved_at.map(|at| at + later),
                ..answer
            };
            self.open(CaseClass::Complaint, cause, who, again_at, moved);
        }
        if answer.upheld != Some(true) && ledger.draw(Rate::Appealed, self.draws) {
            let after = answer.resolved_at.unwrap_or(opened_at + 7 * DAY);
            let appealed_at = waking_hours(after + self.draws.between(DAY, 5 * DAY));
            let responded_at = appealed_at + self.draws.between(DAY, 3 * DAY);
            let resolved_at = Some(responded_at + self.draws.between(5 * DAY, 15 * DAY));
            let answer = Answer { responded_at, resolved_at, upheld: Some(self.draws.below(100) < 30) };
            self.open(CaseClass::Appeal, cause, who, appealed_at, answer);
        }
        answer.resolved_at.map(|at| (at, who))
    }

    fn open(&mut self, class: CaseClass, cause: Cause, who: Person, opened_at: i64, answer: Answer) {
        let (names, midnight) = (&self.network.names, self.network.midnight);
        let id = names.case(self.order.index, self.complaints.len() as u8 + 1);
        let mut case = Complaint::new(id, class, midnight.instant(opened_at));
        case.recorded_at = Some(midnight.instant(opened_at + self.draws.between(1, 90)));
        case.updated_at = Some(midnight.instant(answer.resolved_at.unwrap_or(answer.responded_at)));
        case.waybill = Some(self.order.key.clone());
        case.customer = Some(names.customer(who.number));
        case.customer_segment = Some(names.segment(who.segment));
        case.cause = Some(names.cause(cause));
        case.responded_at = Some(midnight.instant(answer.responded_at));
        case.resolved_at = answer.resolved_at.map(|at| midnight.instant(at));
        case.upheld = answer.upheld;
        self.complaints.push(case);
    }
}
