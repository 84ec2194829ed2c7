//! Which group each fact belongs to.

use crate::fact::{Fact, Facts};
use crate::kpi::FactBatch;
use crate::record::Waybill;

use super::dimension::{Dimension, GroupKey, GroupValue, Groups};

/// The group slot of every fact, computed once for all KPIs.
#[derive(Debug, Default)]
pub(super) struct Slots {
    of_waybills: Vec<u32>, // of every shipment so far, ascending by waybill key
    block: usize,          // where those of the block in work begin
    complaints: Vec<u32>,
    claims: Vec<u32>,
    payments: Vec<u32>,
    ratings: Vec<u32>,
    scans: Vec<u32>,
    passages: Vec<u32>,
}

impl Slots {
    /// Takes a block of shipments, their scans and passages in the place of the last one.
    pub(super) fn take_block(&mut self, facts: &Facts<'_>, dimensions: &[Dimension], groups: &mut Groups) {
        self.block = self.of_waybills.len();
        let mut key = GroupKey::with_capacity(dimensions.len());
        for (waybill, shipment) in facts.waybills.iter().zip(&facts.shipments) {
            key.clear();
            key.extend(dimensions.iter().map(|dimension| dimension.value(waybill, shipment)));
            self.of_waybills.push(groups.slot(&key));
        }
        self.scans = self.beside(|place| facts.scans_of(place), dimensions, groups, Dimension::of_scan);
        self.passages = self.beside(|place| facts.passages_of(place), dimensions, groups, Dimension::of_passage);
    }

    /// Takes what hangs on the shipments of all blocks, whose waybills these are.
    pub(super) fn take_hanging(
        &mut self,
        facts: &Facts<'_>,
        waybills: &[&Waybill],
        dimensions: &[Dimension],
        groups: &mut Groups,
    ) {
        self.block = self.of_waybills.len();
        self.scans.clear();
        self.passages.clear();
        self.complaints = self.hanging_on(&facts.complaints, waybills, dimensions, groups);
        self.claims = self.hanging_on(&facts.claims, waybills, dimensions, groups);
        self.payments = self.hanging_on(&facts.payments, waybills, dimensions, groups);
        self.ratings = self.hanging_on(&facts.ratings, waybills, dimensions, groups);
    }

    /// The slots of scans or passages of the block: those of their shipments, but where some values are their own.
    fn beside<'f, F: Fact>(
        &self,
        of_shipment: impl Fn(usize) -> &'f [F],
        dimensions: &[Dimension],
        groups: &mut Groups,
        own: fn(&Dimension, &F) -> Option<GroupValue>,
    ) -> Vec<u32> {
        let any_own =
            dimensions.iter().any(|by| matches!(by, Dimension::Facility | Dimension::Courier | Dimension::Leg));
        let mut slots = Vec::new();
        for (place, &shipment) in self.of_waybills[self.block..].iter().enumerate() {
            for fact in of_shipment(place) {
                let of_fact = groups.key(shipment).filter(|_| any_own).map(|key| {
                    let value = |(by, value): (&Dimension, &GroupValue)| own(by, fact).unwrap_or_else(|| value.clone());
                    dimensions.iter().zip(key).map(value).collect::<GroupKey>()
                });
                slots.push(of_fact.map_or(shipment, |key| groups.slot(&key)));
            }
        }
        slots
    }

    fn hanging_on<F: Fact>(
        &self,
        hanging: &[F],
        waybills: &[&Waybill],
        dimensions: &[Dimension],
        groups: &mut Groups,
    ) -> Vec<u32> {
        let mut slot = |fact: &F| {
            let waybill = fact.waybill().and_then(|key| waybills.binary_search_by(|waybill| waybill.key.cmp(key)).ok());
            match waybill {
                Some(place) => self.of_waybills[place],
                None => groups.slot(&vec![GroupValue::Unassigned; dimensions.len()]),
            }
        };
        hanging.iter().map(&mut slot).collect()
    }

    /// The facts with their slots. What hangs on shipments has slots once it was taken.
    pub(super) fn batch<'a>(&'a self, facts: &'a Facts<'a>) -> FactBatch<'a> {
        FactBatch {
            facts,
            shipments: &self.of_waybills[self.block..],
            complaints: &self.complaints,
            claims: &self.claims,
            payments: &self.payments,
            ratings: &self.ratings,
            scans: &self.scans,
            passages: &self.passages,
        }
    }
}
