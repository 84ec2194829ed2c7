//! From records to facts, a block of shipments at a time.

use std::iter::Peekable;
use std::vec;

use chrono::NaiveDate;

use crate::journey::{Course, Journey, Passages, Scan};
use crate::record::{
    Claim, Complaint, Flow, Instant, Mover, PromiseMove, Rating, RecordKind, Records, Waybill, WaybillKey,
};

use super::facts::Facts;
use super::history::{HistoryAt, Role};
use super::known::Known;
use super::roles::roles;
use super::scans_by_waybill::ScansByWaybill;
use super::settle::{Homed, Revised, Settled, latest, latest_waybills};
use super::shipment::Days;
use super::{
    ClaimPayment, Context, FactKind, GivenRating, HangingCase, HangingClaim, History, NodeScan, Roles, Shipment,
    StagePassage,
};

/// What hangs on shipments, each with the place of its waybill, ascending.
type ByPlace<T> = Peekable<vec::IntoIter<(usize, T)>>;

/// Facts in the making. Shipments and their scans come in blocks, ascending by waybill key, so that a block is observed
/// while it is in cache; what hangs on them comes at the end.
#[derive(Debug)]
pub struct Assembly<'a, 'h> {
    waybills: Vec<&'a Waybill>, // ascending by key, none twice
    scans: ScansByWaybill<'a>,
    with_scans: bool,
    with_passages: bool,
    cases: ByPlace<HangingCase>,
    claims: ByPlace<HangingClaim>,
    payments: ByPlace<usize>, // places among the payments
    history: Option<HistoryAt<'h>>,
    context: &'h Context,
    known: Known,
    journey: Journey<'a>,
    next: usize, // place of the first waybill not yet handed out
    rest: Facts<'a>,
}

impl<'a, 'h> Assembly<'a, 'h> {
    /// Settles which rows hold; see [`Facts::assemble_for`].
    #[must_use]
    pub fn begin(
        wanted: &[FactKind],
        records: &'a Records,
        context: &'h Context,
        history: Option<&'h History>,
        partition: Option<NaiveDate>,
    ) -> Self {
        let mut known = Known { as_of: context.as_of, next_change_at: None, zone: context.zone, partition };
        let mut rest = Facts::default();
        for kind in records.kinds().iter() {
            let aside = records.set_aside.get(&kind).cloned().unwrap_or_default();
            rest.input.by_kind.insert(kind, aside);
        }
        let waybills = rest.take_waybills(records, &mut known);
        let scans = ScansByWaybill::sort(&records.events, &waybills, &mut known);
        rest.take_cases(records, &mut known);
        rest.account_for_operations(records, &mut known);
        let place = |key: &Option<WaybillKey>| {
            key.as_ref().and_then(|key| waybills.binary_search_by(|waybill| waybill.key.cmp(key)).ok())
        };
        let cases = rest.complaints.iter().filter_map(|case| Some((place(&case.waybill)?, HangingCase::from(case))));
        let claims = rest.claims.iter().filter_map(|claim| Some((place(&claim.waybill)?, HangingClaim::from(claim))));
        let payments = rest.payments.iter().enumerate();
        let payments = payments.filter_map(|(payment, paid)| Some((place(&paid.waybill)?, payment)));
        let (cases, claims, payments) = (by_place(cases), by_place(claims), by_place(payments));
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
            next: 0,
            rest,
        }
    }

    /// Puts the next shipments, at most so many, with their scans and passages in the place of those that `facts` holds. False when
    /// there are none left.
    pub fn fill(&mut self, most: usize, facts: &mut Facts<'a>) -> bool {
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
            self.journey.refill(self.scans.of(place).iter().map(|&event| Scan::from(event)));
            self.scans.repeats += self.journey.repeats();
            let course = Course::of(&self.journey, &self.context.route);
            let mut shipment = shipment(waybill, course, self.history.as_mut(), &mut self.known);
            shipment.roles = roles(self.journey.scans(), &shipment);
            while let Some((_, case)) = self.cases.next_if(|&(of, _)| of == place) {
                shipment.cases.push(case);
            }
            while let Some((_, claim)) = self.claims.next_if(|&(of, _)| of == place) {
                shipment.claims.push(claim);
            }
            while let Some((_, payment)) = self.payments.next_if(|&(of, _)| of == place) {
                self.rest.payments[payment].accepted = shipment.acceptance();
            }
            if self.with_scans {
                let of = |scan| NodeScan::of(waybill, &shipment.course, scan);
                facts.scans.extend(self.journey.scans().iter().map(of));
            }
            if self.with_passages {
                passages.refill(&self.journey, &shipment.course, &waybill.stage_plans, &self.context.route);
                facts.passages.extend(StagePassage::of(&shipment, &passages));
            }
            facts.scan_ends.push(facts.scans.len());
            facts.passage_ends.push(facts.passages.len());
            facts.waybills.push(waybill);
            facts.shipments.push(shipment);
        }
        self.next = end;
        !facts.shipments.is_empty()
    }

    /// Adds what hangs on shipments, and the account of all rows, once every block has been handed out. Returns the
    /// waybills of all blocks, ascending by key.
    pub fn finish(mut self, facts: &mut Facts<'a>) -> Vec<&'a Waybill> {
        self.scans.book(&mut self.rest);
        facts.complaints = self.rest.complaints;
        facts.claims = self.rest.claims;
        facts.payments = self.rest.payments;
        facts.ratings = self.rest.ratings;
        facts.input = self.rest.input;
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

impl<'a> Facts<'a> {
    fn take_waybills(&mut self, records: &'a Records, known: &mut Known) -> Vec<&'a Waybill> {
        let Some(count) = self.input.by_kind.get_mut(&RecordKind::Waybill) else { return Vec::new() };
        let mut rows = Vec::with_capacity(records.waybills.len());
        // Waybills come in runs of one posting day: ask the zone once a run.
        let mut day = None;
        for waybill in &records.waybills {
            let known_at = waybill.recorded_at.unwrap_or_else(|| match day {
                Some((posted_on, start)) if posted_on == waybill.key.posted_on => start,
                _ => day.insert((waybill.key.posted_on, known.zone.start_of(waybill.key.posted_on))).1,
            });
            if !known.admits(known_at) {
                count.not_yet_known += 1;
            } else if waybill.validate().is_err() {
                count.quarantine("invalid_value", 1);
            } else {
                rows.push(waybill);
            }
        }
        let mut settled = Settled::default();
        let waybills = latest_waybills(rows, &mut settled);
        settled.book(count, waybills.len() as u64, "conflicting_waybill");
        waybills
    }

    fn take_cases(&mut self, records: &'a Records, known: &mut Known) {
        let rows = self.admit(&records.complaints, Complaint::known_at, known, |row| row.validate().is_ok());
        self.complaints = rows.into_iter().map(|row| complaint_as_known(row, known)).collect();
        let rows = self.admit(&records.claims, Claim::known_at, known, |row| row.validate().is_ok());
        for row in rows {
            let claim = claim_as_known(row, known);
            self.payments.extend(claim.payments.iter().map(|payment| ClaimPayment::of(&claim, payment)));
            self.claims.push(claim);
        }
        let rows = self.admit(&records.ratings, Rating::known_at, known, |_| true);
        self.ratings = GivenRating::of(rows);
    }

    pub(super) fn admit<R: Revised + Homed>(
        &mut self,
        records: &'a [R],
        known_at: impl Fn(&R) -> Instant,
        known: &mut Known,
        is_valid: fn(&R) -> bool,
    ) -> Vec<&'a R> {
        let Some(count) = self.input.by_kind.get_mut(&R::RECORD) else { return Vec::new() };
        let mut rows = Vec::with_capacity(records.len());
        for record in records {
            if !known.admits(known_at(record)) {
                count.not_yet_known += u64::from(known.is_here(record));
            } else if is_valid(record) {
                rows.push(record);
            } else if known.is_here(record) {
                count.quarantine("invalid_value", 1);
            }
        }
        let mut settled = Settled::default();
        let mut kept = latest(rows, |row| known.is_here(row), &mut settled);
        kept.retain(|row| known.is_here(*row));
        settled.book(count, kept.len() as u64, &format!("conflicting_{}", R::RECORD.name()));
        kept
    }
}

fn complaint_as_known(row: &Complaint, known: &mut Known) -> Complaint {
    let mut case = row.clone();
    case.responded_at = case.responded_at.filter(|&at| known.admits(at));
    case.resolved_at = case.resolved_at.filter(|&at| known.admits(at));
    // The finding comes with the answer: while that lies ahead, so does the finding.
    case.upheld = case.upheld.filter(|_| case.resolved_at.is_some() || row.resolved_at.is_none());
    case
}

fn claim_as_known(row: &Claim, known: &mut Known) -> Claim {
    let mut claim = row.clone();
    claim.confirmed_at = claim.confirmed_at.filter(|&at| known.admits(at));
    claim.decided_at = claim.decided_at.filter(|&at| known.admits(at));
    claim.decision = claim.decision.filter(|_| claim.decided_at.is_some() || row.decided_at.is_none());
    claim.payments.retain(|payment| known.admits(payment.paid_at));
    claim.payments.sort_unstable();
    claim
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
