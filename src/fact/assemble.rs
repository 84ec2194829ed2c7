//! From records to facts.

use std::collections::HashMap;
use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::journey::{Course, Journey, Scan};
use crate::record::{
    Claim, Complaint, InputCount, Instant, Mover, NodeEvent, PromiseMove, Rating, RecordKind, Records, Waybill,
    WaybillKey, Zone,
};

use super::consignment::Grouping;
use super::history::{HistoryAt, Role};
use super::roles::roles;
use super::settle::{Hanging, Revised, Settled, latest, latest_waybills};
use super::{
    ClaimPayment, Context, FactKind, HangingCase, HangingClaim, History, InputAccount, NodeScan, Roles, Shipment,
};

/// Facts of every kind, as known at one `as_of`, with the account of the rows behind them.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Facts<'a> {
    /// Shipments, ascending by waybill key.
    pub shipments: Vec<Shipment>,
    /// The waybill row behind each shipment.
    pub waybills: Vec<&'a Waybill>,
    /// Scans, each identity once, where a KPI observes them.
    pub scans: Vec<NodeScan>,
    /// Complaints, inquiries and appeals; instants after `as_of` read as absent.
    pub complaints: Vec<Complaint>,
    /// Claims; instants and payments after `as_of` read as absent.
    pub claims: Vec<Claim>,
    /// Payments on claims.
    pub payments: Vec<ClaimPayment>,
    /// Ratings, with what was answered later about their waybills.
    pub ratings: Vec<super::GivenRating>,
    /// Where the rows went.
    pub input: InputAccount,
    /// The first instant after `as_of` at which one of these records, or an instant inside one, becomes known.
    pub next_change_at: Option<Instant>,
    pub(super) grouping: OnceLock<Grouping>, // of the shipments, made when it is first asked for
}

impl<'a> Facts<'a> {
    /// Makes facts out of records, as known at the context's `as_of`.
    ///
    /// `history` is the pass over all customers' orders; without it, these records are taken for all there are.
    #[must_use]
    pub fn assemble(records: &'a Records, context: &Context, history: Option<&History>) -> Self {
        let own = history.is_none().then(|| History::of(records));
        Self::assemble_for(&FactKind::ALL, records, context, history.or(own.as_ref()), None)
    }

    /// [`Facts::assemble`], but only with the kinds of fact that somebody observes; shipments are always there. With a
    /// source partition, cases, claims and ratings whose holding row lies elsewhere are left to that partition, and rows
    /// that name another partition to its account.
    #[must_use]
    pub fn assemble_for(
        wanted: &[FactKind],
        records: &'a Records,
        context: &Context,
        history: Option<&History>,
        partition: Option<NaiveDate>,
    ) -> Self {
        let mut facts = Self::default();
        for kind in records.kinds().iter() {
            let aside = records.set_aside.get(&kind).cloned().unwrap_or_default();
            facts.input.by_kind.insert(kind, aside);
        }
        let mut known = Known { as_of: context.as_of, next_change_at: None, zone: context.zone, partition };
        facts.take_waybills(records, context, &mut known);
        facts.take_shipments(records, context, history, wanted, &mut known);
        facts.take_cases(records, &mut known);
        facts.hang_cases();
        facts.next_change_at = known.next_change_at;
        facts
    }

    fn count(&mut self, kind: RecordKind) -> &mut InputCount {
        self.input.by_kind.entry(kind).or_default()
    }

    fn take_waybills(&mut self, records: &'a Records, context: &Context, known: &mut Known) {
        if !records.kinds().contains(RecordKind::Waybill) {
            return;
        }
        let mut rows = Vec::with_capacity(records.waybills.len());
        // Waybills come in runs of one posting day: ask the zone once a run.
        let mut day = None;
        for waybill in &records.waybills {
            let known_at = waybill.recorded_at.unwrap_or_else(|| match day {
                Some((posted_on, start)) if posted_on == waybill.key.posted_on => start,
                _ => day.insert((waybill.key.posted_on, context.zone.start_of(waybill.key.posted_on))).1,
            });
            let count = self.count(RecordKind::Waybill);
            if !known.admits(known_at) {
                count.not_yet_known += 1;
            } else if waybill.validate().is_err() {
                count.quarantine("invalid_value", 1);
            } else {
                rows.push(waybill);
            }
        }
        let mut settled = Settled::default();
        self.waybills = latest_waybills(rows, &mut settled);
        let used = self.waybills.len() as u64;
        settled.book(self.count(RecordKind::Waybill), used, "conflicting_waybill");
    }

    fn take_shipments(
        &mut self,
        records: &'a Records,
        context: &Context,
        history: Option<&History>,
        wanted: &[FactKind],
        known: &mut Known,
    ) {
        let scans = ScansByWaybill::sort(&records.events, &self.waybills, known);
        let mut journey = Journey::default();
        let mut repeats = 0;
        let mut history = history.map(|history| HistoryAt::new(history, context));
        self.shipments.reserve(self.waybills.len());
        for (index, waybill) in self.waybills.iter().enumerate() {
            journey.refill(scans.of(index).iter().map(|&event| Scan::from(event)));
            repeats += journey.repeats();
            let course = Course::of(&journey, &context.route);
            let mut shipment = shipment(waybill, course, history.as_mut(), known);
            shipment.roles = roles(journey.scans(), &shipment);
            if wanted.contains(&FactKind::Scan) {
                self.scans.extend(journey.scans().iter().map(|scan| NodeScan::of(waybill, &shipment.course, scan)));
            }
            self.shipments.push(shipment);
        }
        if records.kinds().contains(RecordKind::Event) {
            let count = self.count(RecordKind::Event);
            count.rows += scans.events.len() as u64;
            count.used += scans.events.len() as u64 - repeats;
            count.duplicate += repeats;
            count.not_yet_known += scans.not_yet_known;
            if scans.unknown_waybill > 0 {
                count.quarantine("unknown_waybill", scans.unknown_waybill);
            }
        }
    }

    fn take_cases(&mut self, records: &'a Records, known: &mut Known) {
        let rows = self.admit(&records.complaints, Complaint::known_at, known, |row| row.validate().is_ok());
        self.complaints = rows
            .into_iter()
            .map(|row| {
                let mut case = row.clone();
                case.responded_at = case.responded_at.filter(|&at| known.admits(at));
                case.resolved_at = case.resolved_at.filter(|&at| known.admits(at));
                // The finding comes with the answer: while that lies ahead, so does the finding.
                case.upheld = case.upheld.filter(|_| case.resolved_at.is_some() || row.resolved_at.is_none());
                case
            })
            .collect();
        let rows = self.admit(&records.claims, Claim::known_at, known, |row| row.validate().is_ok());
        for row in rows {
            let mut claim = row.clone();
            claim.confirmed_at = claim.confirmed_at.filter(|&at| known.admits(at));
            claim.decided_at = claim.decided_at.filter(|&at| known.admits(at));
            claim.decision = claim.decision.filter(|_| claim.decided_at.is_some() || row.decided_at.is_none());
            claim.payments.retain(|payment| known.admits(payment.paid_at));
            claim.payments.sort_unstable();
            let shipment = self.place_of(&claim.waybill).map(|place| &self.shipments[place]);
            self.payments.extend(claim.payments.iter().map(|payment| ClaimPayment::of(&claim, payment, shipment)));
            self.claims.push(claim);
        }
        let rows = self.admit(&records.ratings, Rating::known_at, known, |_| true);
        self.ratings = super::GivenRating::of(rows);
    }

    /// Where the shipment of a waybill stands, if the waybill is known.
    fn place_of(&self, waybill: &Option<WaybillKey>) -> Option<usize> {
        let key = waybill.as_ref()?;
        self.waybills.binary_search_by(|waybill| waybill.key.cmp(key)).ok()
    }

    /// Hangs cases and claims on their shipments.
    fn hang_cases(&mut self) {
        for case in &self.complaints {
            if let Some(place) = self.place_of(&case.waybill) {
                let hanging = HangingCase {
                    opened_at: case.opened_at,
                    class: case.class,
                    cause: case.cause.clone(),
                    upheld: case.upheld,
                };
                self.shipments[place].cases.push(hanging);
            }
        }
        for claim in &self.claims {
            if let Some(place) = self.place_of(&claim.waybill) {
                let hanging =
                    HangingClaim { filed_at: claim.filed_at, loss_kind: claim.loss_kind, decision: claim.decision };
                self.shipments[place].claims.push(hanging);
            }
        }
        for shipment in self.shipments.iter_mut().filter(|shipment| shipment.cases.len() + shipment.claims.len() > 1) {
            shipment.cases.sort_unstable();
            shipment.claims.sort_unstable();
        }
    }

    fn admit<R: Revised + Hanging>(
        &mut self,
        records: &'a [R],
        known_at: fn(&R) -> Instant,
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

/// What is known at `as_of`, and when more will be.
struct Known {
    zone: Zone,
    partition: Option<NaiveDate>,
    as_of: Instant,
    next_change_at: Option<Instant>,
}

impl Known {
    /// Whether something known from `at` on is known; if not, the instant is noted.
    fn admits(&mut self, at: Instant) -> bool {
        if at <= self.as_of {
            return true;
        }
        self.will_change(at);
        false
    }

    /// Whether a row names the partition in work.
    fn is_here<R: Hanging>(&self, row: &R) -> bool {
        self.partition.is_none_or(|partition| row.home(self.zone) == partition)
    }

    fn will_change(&mut self, at: Instant) {
        self.next_change_at = Some(self.next_change_at.map_or(at, |next| next.min(at)));
    }
}

/// Known events, side by side by waybill.
struct ScansByWaybill<'a> {
    events: Vec<&'a NodeEvent>,
    ends: Vec<usize>,
    not_yet_known: u64,
    unknown_waybill: u64,
}

impl<'a> ScansByWaybill<'a> {
    fn sort(events: &'a [NodeEvent], waybills: &[&'a Waybill], known: &mut Known) -> Self {
        const NOWHERE: u32 = u32::MAX;
        let index: HashMap<&WaybillKey, u32> =
            waybills.iter().enumerate().map(|(index, waybill)| (&waybill.key, index as u32)).collect();
        let mut places = Vec::with_capacity(events.len());
        let mut ends = vec![0_usize; waybills.len()];
        let (mut not_yet_known, mut unknown_waybill) = (0, 0);
        let mut previous: Option<(&WaybillKey, u32)> = None;
        for event in events {
            let place = match previous {
                // Scans of one waybill often come in a run.
                Some((key, place)) if *key == event.waybill => place,
                _ => index.get(&event.waybill).copied().unwrap_or(NOWHERE),
            };
            previous = Some((&event.waybill, place));
            if !known.admits(event.known_at()) {
                not_yet_known += 1;
                places.push(NOWHERE);
            } else if place == NOWHERE {
                unknown_waybill += 1;
                places.push(NOWHERE);
            } else {
                ends[place as usize] += 1;
                places.push(place);
            }
        }
        let mut total = 0;
        for end in &mut ends {
            let count = *end;
            *end = total;
            total += count;
        }
        let mut sorted: Vec<Option<&NodeEvent>> = vec![None; total];
        for (event, place) in events.iter().zip(places).filter(|&(_, place)| place != NOWHERE) {
            let end = &mut ends[place as usize];
            sorted[*end] = Some(event);
            *end += 1;
        }
        Self { events: sorted.into_iter().flatten().collect(), ends, not_yet_known, unknown_waybill }
    }

    fn of(&self, index: usize) -> &[&'a NodeEvent] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.events[start..self.ends[index]]
    }
}

fn shipment(waybill: &Waybill, course: Course, history: Option<&mut HistoryAt<'_>>, known: &mut Known) -> Shipment {
    let mut moves: Vec<&PromiseMove> =
        waybill.promise_moves.iter().filter(|moved| known.admits(moved.moved_at)).collect();
    moves.sort_unstable();
    let by = |mover: Mover| moves.iter().filter(move |moved| moved.by == mover);
    let asked = by(Mover::Customer).next_back().map(|moved| moved.to);
    let mut earlier = [None, None];
    if let Some((history, ordered_at)) = history.zip(course.ordered.map(|ordered| ordered.occurred_at)) {
        let roles = [(Role::Sender, &waybill.customer), (Role::Recipient, &waybill.recipient)];
        let orders = roles.map(|(role, customer)| {
            customer.as_ref().map(|customer| history.before(role, customer, ordered_at, &waybill.key))
        });
        for (earlier, found) in earlier.iter_mut().zip(orders) {
            let found = found.unwrap_or_default();
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
        stage_plans: waybill.stage_plans.clone(),
        roles: Roles::default(),
        cases: Vec::new(),
        claims: Vec::new(),
        course,
    }
}
