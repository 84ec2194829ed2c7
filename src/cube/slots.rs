//! Which groups each fact belongs to.

use std::collections::BTreeSet;
use std::{iter, mem};

use crate::fact::{Context, Fact, Facts};
use crate::kpi::{FactBatch, InGroups, ShipmentOutcome};
use crate::record::{FacilityId, Waybill};

use super::by_outcome::Unsettled;
use super::dimension::Dimension;
use super::groups::{GroupKey, GroupValue, Groups};

/// The slots of the facts of one kind, in their order.
#[derive(Debug, Default)]
struct Placed {
    slots: Vec<u32>,
    offsets: Vec<usize>, // where those of each fact begin and the last ends; empty while each has one
}

impl Placed {
    fn new(dimensions: &[Dimension]) -> Self {
        let several = dimensions.iter().any(Dimension::is_overlapping);
        Self { slots: Vec::new(), offsets: if several { vec![0] } else { Vec::new() } }
    }

    /// Without the slots it has, keeping its memory.
    fn emptied(mut self) -> Self {
        self.slots.clear();
        self.offsets.truncate(1);
        self
    }

    /// Ends the slots of one fact.
    fn close(&mut self) {
        if !self.offsets.is_empty() {
            self.offsets.push(self.slots.len());
        }
    }

    fn len(&self) -> usize {
        if self.offsets.is_empty() { self.slots.len() } else { self.offsets.len() - 1 }
    }

    /// Those of the facts from a place on.
    fn since(&self, place: usize) -> InGroups<'_> {
        if self.offsets.is_empty() {
            InGroups::One(&self.slots[place..])
        } else {
            InGroups::Several { slots: &self.slots, offsets: &self.offsets[place..] }
        }
    }
}

/// The group slots of every fact, computed once for all KPIs.
#[derive(Debug)]
pub(super) struct Slots<'p> {
    dimensions: &'p [Dimension],
    of_waybills: Placed, // of every shipment so far, ascending by waybill key
    block: usize,        // where those of the block in work begin
    complaints: Placed,
    claims: Placed,
    payments: Placed,
    ratings: Placed,
    scans: Placed,
    passages: Placed,
}

impl<'p> Slots<'p> {
    pub(super) fn new(dimensions: &'p [Dimension]) -> Self {
        let placed = || Placed::new(dimensions);
        Self {
            dimensions,
            of_waybills: placed(),
            block: 0,
            complaints: placed(),
            claims: placed(),
            payments: placed(),
            ratings: placed(),
            scans: placed(),
            passages: placed(),
        }
    }

    /// Takes a block of shipments, their scans and passages in the place of the last one. What may still move between the
    /// groups of a dimension is added to its `unsettled`.
    pub(super) fn take_block(
        &mut self,
        facts: &Facts<'_>,
        groups: &mut Groups,
        unsettled: &mut [Unsettled],
        at: &Context,
    ) {
        self.block = self.of_waybills.len();
        let outcomes: Vec<Vec<Option<ShipmentOutcome>>> = self.dimensions.iter().map(outcomes_in(facts, at)).collect();
        for (unsettled, outcomes) in unsettled.iter_mut().zip(&outcomes) {
            outcomes.iter().flatten().for_each(|&outcome| unsettled.take(outcome));
        }
        let overlapping = self.dimensions.iter().position(Dimension::is_overlapping);
        let mut key = GroupKey::with_capacity(self.dimensions.len());
        for (place, (waybill, shipment)) in facts.waybills.iter().zip(&facts.shipments).enumerate() {
            key.clear();
            key.extend(self.dimensions.iter().zip(&outcomes).map(|(by, outcomes)| match outcomes.get(place) {
                Some(outcome) => outcome.map_or(GroupValue::Missing, |outcome| GroupValue::Is(outcome.name.into())),
                None => by.value(waybill, shipment),
            }));
            let handled_by = overlapping.map(|column| (column, handled_by(facts, place)));
            match handled_by.filter(|(_, facilities)| !facilities.is_empty()) {
                None => self.of_waybills.slots.push(groups.slot(&key)),
                Some((column, facilities)) => {
                    for facility in facilities {
                        key[column] = GroupValue::Is(facility.to_text());
                        self.of_waybills.slots.push(groups.slot(&key));
                    }
                }
            }
            self.of_waybills.close();
        }
        let (scans, passages) = (mem::take(&mut self.scans), mem::take(&mut self.passages));
        self.scans = self.beside(scans, |place| facts.scans_of(place), groups, Dimension::of_scan);
        self.passages = self.beside(passages, |place| facts.passages_of(place), groups, Dimension::of_passage);
    }

    /// Takes what hangs on the shipments of all blocks, whose waybills these are.
    pub(super) fn take_hanging(&mut self, facts: &Facts<'_>, waybills: &[&Waybill], groups: &mut Groups) {
        self.block = self.of_waybills.len();
        self.scans = Placed::new(self.dimensions);
        self.passages = Placed::new(self.dimensions);
        self.complaints = self.hanging_on(&facts.complaints, waybills, groups, Dimension::of_case);
        self.claims = self.hanging_on(&facts.claims, waybills, groups, |_, _| None);
        self.payments = self.hanging_on(&facts.payments, waybills, groups, |_, _| None);
        self.ratings = self.hanging_on(&facts.ratings, waybills, groups, |_, _| None);
    }

    /// The slots of scans or passages of the block: those of their shipments, but where some values are their own.
    fn beside<'f, F: Fact>(
        &self,
        placed: Placed,
        of_shipment: impl Fn(usize) -> &'f [F],
        groups: &mut Groups,
        own: fn(&Dimension, &F) -> Option<GroupValue>,
    ) -> Placed {
        let mut placed = placed.emptied();
        let is_own = |by: &Dimension| matches!(by, Dimension::Facility | Dimension::Courier | Dimension::Leg);
        let any_own = self.dimensions.iter().any(is_own);
        let shipments = self.of_waybills.since(self.block);
        for place in 0..self.of_waybills.len() - self.block {
            if let (false, InGroups::One(slots)) = (any_own, shipments) {
                placed.slots.extend(iter::repeat_n(slots[place], of_shipment(place).len()));
                continue;
            }
            for fact in of_shipment(place) {
                for &shipment in shipments.of(place) {
                    let of_fact = groups.key(shipment).filter(|_| any_own).map(|key| {
                        let value =
                            |(by, value): (&Dimension, &GroupValue)| own(by, fact).unwrap_or_else(|| value.clone());
                        self.dimensions.iter().zip(key).map(value).collect::<GroupKey>()
                    });
                    placed.slots.push(of_fact.map_or(shipment, |key| groups.slot(&key)));
                }
                placed.close();
            }
        }
        placed
    }

    /// The slots of what hangs on shipments: those of their shipments, but where some values are their own.
    fn hanging_on<F: Fact>(
        &self,
        hanging: &[F],
        waybills: &[&Waybill],
        groups: &mut Groups,
        own: fn(&Dimension, &F) -> Option<GroupValue>,
    ) -> Placed {
        let shipments = self.of_waybills.since(0);
        let mut placed = Placed::new(self.dimensions);
        let unassigned: GroupKey = vec![GroupValue::Unassigned; self.dimensions.len()];
        for fact in hanging {
            let own: Vec<Option<GroupValue>> = self.dimensions.iter().map(|by| own(by, fact)).collect();
            let own_key = |key: &GroupKey| -> GroupKey {
                let values = own.iter().zip(key);
                values.map(|(own, value)| own.as_ref().unwrap_or(value).clone()).collect()
            };
            let is_own = own.iter().any(Option::is_some);
            let waybill = fact.waybill().and_then(|key| waybills.binary_search_by(|waybill| waybill.key.cmp(key)).ok());
            match waybill {
                Some(place) if !is_own => placed.slots.extend_from_slice(shipments.of(place)),
                Some(place) => {
                    for &shipment in shipments.of(place) {
                        let key = groups.key(shipment).map(own_key);
                        placed.slots.push(key.map_or(shipment, |key| groups.slot(&key)));
                    }
                }
                None => placed.slots.push(groups.slot(&own_key(&unassigned))),
            }
            placed.close();
        }
        placed
    }

    /// The facts with their slots. What hangs on shipments has slots once it was taken.
    pub(super) fn batch<'a>(&'a self, facts: &'a Facts<'a>) -> FactBatch<'a> {
        FactBatch {
            facts,
            shipments: self.of_waybills.since(self.block),
            complaints: self.complaints.since(0),
            claims: self.claims.since(0),
            payments: self.payments.since(0),
            ratings: self.ratings.since(0),
            scans: self.scans.since(0),
            passages: self.passages.since(0),
        }
    }
}

/// What the shipments come to for a dimension by outcome; nothing for the others.
fn outcomes_in<'f>(
    facts: &'f Facts<'_>,
    at: &'f Context,
) -> impl Fn(&Dimension) -> Vec<Option<ShipmentOutcome>> + use<'f> {
    move |by| match by {
        Dimension::Outcome(by) => by.outcomes(facts, at),
        _ => Vec::new(),
    }
}

/// The facilities that the shipment at a place passed, each once.
fn handled_by<'f>(facts: &'f Facts<'_>, place: usize) -> BTreeSet<&'f FacilityId> {
    let handled = facts.scans_of(place).iter().filter(|scan| scan.kind.is_handling());
    handled.filter_map(|scan| scan.facility.as_ref()).collect()
}
