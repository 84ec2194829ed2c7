//! From records to facts, a block of shipments at a time.

use std::collections::HashMap;
use std::iter::Peekable;
use std::sync::Arc;
use std::vec;

use chrono::NaiveDate;

use crate::journey::{Course, Journey, Passages};
use crate::record::{
    Claim, Complaint, Flow, InputCount, Mover, NodeEvent, PromiseMove, RecordKind, Records, Waybill, WaybillKey,
};

use super::casebook::Casebook;
use super::facts::Facts;
use super::history::{HistoryAt, Role};
use super::known::Known;
use super::roles::roles;
use super::scans_by_waybill::{EventRow, ScansByWaybill};
use super::settle::{Settled, latest_waybills};
use super::shipment::Days;
use super::{Context, FactKind, HangingCase, HangingClaim, History, NodeScan, Roles, Shipment, StagePassage, Standing};

/// What hangs on shipments, each with the place of its waybill, ascending.
type ByPlace<T> = Peekable<vec::IntoIter<(usize, T)>>;

/// Facts in the making. Shipments and their scans come in blocks, ascending by waybill key, so that a block is observed
/// while it is in cache; what hangs on them comes at the end.
///
/// The rows of events may be kept in whatever says what [`EventRow`] asks: records, or packed columns.
#[derive(Debug)]
pub(crate) struct Assembly<'a, 'h, E> {
    waybills: Vec<&'a Waybill>, // ascending by key, none twice
    scans: ScansByWaybill<E>,
    with_scans: bool,
    with_passages: bool,
    cases: ByPlace<HangingCase>,
    claims: ByPlace<HangingClaim>,
    payments: ByPlace<usize>, // places among the payments
    history: Option<HistoryAt<'h>>,
    context: &'h Context,
    known: Known,
    journey: Journey<'a>,
    standings: Vec<Option<Arc<Standing>>>, // of the last block's shipments, to be written over
    next: usize,                           // place of the first waybill not yet handed out
    casebook: Casebook,
}

impl<'a, 'h> Assembly<'a, 'h, &'a NodeEvent> {
    /// Settles which rows hold; see [`Facts::assemble_for`].
    pub(crate) fn begin(
        wanted: &[FactKind],
        records: &'a Records,
        context: &'h Context,
        history: Option<&'h History>,
        partition: Option<NaiveDate>,
    ) -> Self {
        let mut known = Known::at(context, partition);
        let casebook = Casebook::settle(records, &mut known);
        let scans = |waybills: &[&'a Waybill], known: &mut Known| {
            let places: HashMap<&WaybillKey, u32> =
                waybills.iter().enumerate().map(|(place, waybill)| (&waybill.key, place as u32)).collect();
            let mut previous: Option<(&WaybillKey, Option<u32>)> = None;
            let place_of = |event: &'a NodeEvent| match previous {
                // Scans of one waybill often come in a run.
                Some((key, place)) if *key == event.waybill => place,
                _ => {
                    let place = places.get(&event.waybill).copied();
                    previous = Some((&event.waybill, place));
                    place
                }
            };
            ScansByWaybill::sort(records.events.iter(), waybills.len(), place_of, known)
        };
        Self::over(wanted, records.waybills.iter(), scans, casebook, known, context, history)
    }
}

impl<'a, 'h, E: EventRow<'a>> Assembly<'a, 'h, E> {
    /// Settles which of the waybills' rows hold, and sorts events by those that do. Of a casebook that holds more than hangs
    /// on these waybills, the rest is taken for unassigned.
    pub(crate) fn over(
        wanted: &[FactKind],
        waybills: impl ExactSizeIterator<Item = &'a Waybill>,
        scans: impl FnOnce(&[&'a Waybill], &mut Known) -> ScansByWaybill<E>,
        mut casebook: Casebook,
        mut known: Known,
        context: &'h Context,
        history: Option<&'h History>,
    ) -> Self {
        let waybills = match casebook.input.by_kind.get_mut(&RecordKind::Waybill) {
            Some(count) => rows_that_hold(waybills, &mut known, count),
            None => Vec::new(),
        };
        let scans = scans(&waybills, &mut known);
        let place = |key: &Option<WaybillKey>| {
            key.as_ref().and_then(|key| waybills.binary_search_by(|waybill| waybill.key.cmp(key)).ok())
        };
        let cases = casebook.complaints.iter();
        let cases = by_place(cases.filter_map(|case| Some((place(&case.waybill)?, HangingCase::from(case)))));
        let claims = casebook.claims.iter();
        let claims = by_place(claims.filter_map(|claim| Some((place(&claim.waybill)?, HangingClaim::from(claim)))));
        let payments = casebook.payments.iter().enumerate();
        let payments = by_place(payments.filter_map(|(payment, paid)| Some((place(&paid.waybill)?, payment))));
        Self {
            waybills,
            scans,
            with_scans: wanted.contains(&FactKind::Scan),
            with_passages: wanted.contains(&FactKind::Passage),
            cases,
            claims,
            payments,
            history: history.map(|history| HistoryAt::new(history, context)),
            context,
            known,
            journey: Journey::default(),
            standings: Vec::new(),
            next: 0,
            casebook,
        }
    }

    /// Puts the next shipments, at most so many, with their scans and passages in the place of those that `facts` holds.
    /// False when there are none left.
    pub(crate) fn fill(&mut self, most: usize, facts: &mut Facts<'a>) -> bool {
        facts.waybills.clear();
        facts.shipments.clear();
        facts.scans.clear();
        facts.passages.clear();
        facts.scan_ends.clear();
        facts.passage_ends.clear();
        facts.grouping.take();
        let mut passages = Passages::default();
        let end = self.next.saturating_add(most).min(self.waybills.len());
        for place in self.next..end {
            let waybill = self.waybills[place];
            self.journey.refill(self.scans.of(place).iter().map(|event| event.scan()));
            self.scans.repeats += self.journey.repeats();
            let course = Course::of(&self.journey, &self.context.route);
            // Made in its place: a shipment is too large to be carried about.
            facts.shipments.push(shipment(waybill, course, self.history.as_mut(), &mut self.known));
            let Some(shipment) = facts.shipments.last_mut() else { break };
            shipment.roles = roles(self.journey.scans(), shipment);
            while let Some((_, case)) = self.cases.next_if(|&(of, _)| of == place) {
                shipment.cases.push(case);
            }
            while let Some((_, claim)) = self.claims.next_if(|&(of, _)| of == place) {
                shipment.claims.push(claim);
            }
            while let Some((_, payment)) = self.payments.next_if(|&(of, _)| of == place) {
                self.casebook.payments[payment].accepted = shipment.acceptance();
            }
            if self.with_scans {
                let of = |scan| NodeScan::of(waybill, &shipment.course, scan);
                facts.scans.extend(self.journey.scans().iter().map(of));
            }
            if self.with_passages {
                passages.refill(&self.journey, &shipment.course, &waybill.stage_plans, &self.context.route);
                let nth = place - self.next;
                if self.standings.len() == nth {
                    self.standings.push(None);
                }
                facts.passages.extend(StagePassage::of(shipment, &passages, &mut self.standings[nth]));
            }
            facts.scan_ends.push(facts.scans.len());
            facts.passage_ends.push(facts.passages.len());
            facts.waybills.push(waybill);
        }
        self.next = end;
        !facts.shipments.is_empty()
    }

    /// Adds what hangs on shipments, and the account of all rows, once every block has been handed out. Returns the
    /// waybills of all blocks, ascending by key.
    pub(crate) fn finish(mut self, facts: &mut Facts<'a>) -> Vec<&'a Waybill> {
        self.scans.book(&mut self.casebook.input);
        facts.complaints = self.casebook.complaints;
        facts.claims = self.casebook.claims;
        facts.payments = self.casebook.payments;
        facts.ratings = self.casebook.ratings;
        facts.input = self.casebook.input;
        facts.next_change_at = self.known.next_change_at;
        self.waybills
    }
}

/// What hangs on waybills, ascending by their places and then by itself.
fn by_place<T: Ord>(hanging: impl Iterator<Item = (usize, T)>) -> ByPlace<T> {
    let mut hanging: Vec<(usize, T)> = hanging.collect();
    hanging.sort_unstable();
    hanging.into_iter().peekable()
}

impl From<&Complaint> for HangingCase {
    fn from(case: &Complaint) -> Self {
        Self { opened_at: case.opened_at, class: case.class, cause: case.cause.clone(), upheld: case.upheld }
    }
}

impl From<&Claim> for HangingClaim {
    fn from(claim: &Claim) -> Self {
        Self { filed_at: claim.filed_at, loss_kind: claim.loss_kind, decision: claim.decision }
    }
}

/// The rows of waybills that hold, ascending by key, none twice.
fn rows_that_hold<'a>(
    rows: impl ExactSizeIterator<Item = &'a Waybill>,
    known: &mut Known,
    count: &mut InputCount,
) -> Vec<&'a Waybill> {
    let mut kept = Vec::with_capacity(rows.len());
    // Waybills come in runs of one posting day: ask the zone once a run.
    let mut day = None;
    for waybill in rows {
        let known_at = waybill.recorded_at.unwrap_or_else(|| match day {
            Some((posted_on, start)) if posted_on == waybill.key.posted_on => start,
            _ => day.insert((waybill.key.posted_on, known.zone.start_of(waybill.key.posted_on))).1,
        });
        if !known.admits(known_at) {
            count.not_yet_known += 1;
        } else if waybill.validate().is_err() {
            count.quarantine("invalid_value", 1);
        } else {
            kept.push(waybill);
        }
    }
    let mut settled = Settled::default();
    let waybills = latest_waybills(kept, &mut settled);
    settled.book(count, waybills.len() as u64, "conflicting_waybill");
    waybills
}

fn shipment(waybill: &Waybill, course: Course, history: Option<&mut HistoryAt<'_>>, known: &mut Known) -> Shipment {
    let mut moves: Vec<&PromiseMove> =
        waybill.promise_moves.iter().filter(|moved| known.admits(moved.moved_at)).collect();
    moves.sort_unstable();
    let by = |mover: Mover| moves.iter().filter(move |moved| moved.by == mover);
    let asked = by(Mover::Customer).next_back().map(|moved| moved.to);
    let mut earlier = [None, None];
    // The histories are of forward orders.
    let history = history.filter(|_| waybill.flow == Flow::Forward);
    if let Some((history, ordered)) = history.zip(course.ordered) {
        for (earlier, role) in earlier.iter_mut().zip([Role::Sender, Role::Recipient]) {
            let found = history.before(role, waybill, ordered.occurred_at);
            *earlier = found.at;
            found.may_change_at.into_iter().for_each(|at| known.will_change(at));
        }
    }
    Shipment {
        key: waybill.key.clone(),
        flow: waybill.flow,
        promise_original: waybill.promise,
        promise_judged: asked.or(waybill.promise),
        promise_current: moves.last().map(|moved| moved.to).or(waybill.promise),
        promise_moves_by_customer: by(Mover::Customer).count() as u32,
        promise_moves_by_carrier: by(Mover::Carrier).count() as u32,
        destination_zone: waybill.destination_zone,
        customer: waybill.customer.clone(),
        recipient: waybill.recipient.clone(),
        previous_order_by_customer: earlier[0],
        previous_order_for_recipient: earlier[1],
        fee: waybill.fee,
        origin_region: waybill.origin_region.clone(),
        destination_region: waybill.destination_region.clone(),
        origin_city: waybill.origin_city.clone(),
        destination_city: waybill.destination_city.clone(),
        roles: Roles::default(),
        cases: Vec::new(),
        claims: Vec::new(),
        days: Days::of(&course, known.zone),
        course,
    }
}
