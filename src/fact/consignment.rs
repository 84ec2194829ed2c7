//! Consignments: pieces that were sent together.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::record::{CarrierId, Waybill, WaybillNumber};

use super::kinds::shown;
use super::{Facts, Shipment};

/// Which shipments belong together.
#[derive(Debug, Clone, Default)]
pub(super) struct Grouping {
    places: Vec<u32>, // of shipments: those of one consignment side by side, ascending
    ends: Vec<u32>,   // where each consignment ends among the places
}

impl Grouping {
    fn of(waybills: &[&Waybill]) -> Self {
        let mut places: Vec<u32> = (0..waybills.len() as u32).collect();
        let consignment = |place: u32| identity(waybills[place as usize]);
        // Stable: pieces stay ascending by their keys. Most waybills have no parent and stand in order already.
        places.sort_by(|&one, &other| consignment(one).cmp(&consignment(other)));
        let mut ends = Vec::new();
        let mut end = 0;
        for pieces in places.chunk_by(|&one, &other| consignment(one) == consignment(other)) {
            end += pieces.len() as u32;
            ends.push(end);
        }
        Self { places, ends }
    }
}

/// What identifies the consignment of a waybill, in the order of waybill keys.
fn identity(waybill: &Waybill) -> (&WaybillNumber, NaiveDate, Option<&CarrierId>) {
    let number = waybill.parent.as_ref().unwrap_or(&waybill.key.number);
    (number, waybill.key.posted_on, waybill.key.carrier.as_ref())
}

/// The pieces of one carrier that name one parent number and were posted on one day, with the piece that bears this number
/// itself if there is one: the mother waybill. A waybill that has no parent, and is none, is a consignment of one.
#[doc(alias = "子母件")]
#[derive(Debug, Clone, Copy)]
pub struct Consignment<'f> {
    facts: &'f Facts<'f>,
    places: &'f [u32], // never empty
}

impl<'f> Consignment<'f> {
    /// Its pieces, ascending by waybill key.
    pub fn pieces(self) -> impl Iterator<Item = &'f Shipment> + Clone {
        self.places().map(move |place| &self.facts.shipments[place])
    }

    /// Where its pieces stand among the shipments, ascending.
    pub fn places(self) -> impl Iterator<Item = usize> + Clone {
        self.places.iter().map(|&place| place as usize)
    }

    /// Where the piece with the least key stands among the shipments.
    #[must_use]
    pub fn first_place(self) -> usize {
        self.places[0] as usize
    }

    /// The parent number, shown in evidence and verdict columns as a waybill number is.
    #[must_use]
    pub fn id(self) -> Cow<'f, str> {
        let (number, _, carrier) = identity(self.facts.waybills[self.first_place()]);
        shown(number, carrier)
    }

    /// The posting date that tells numbers used again apart.
    #[must_use]
    pub fn posted_on(self) -> NaiveDate {
        self.facts.shipments[self.first_place()].key.posted_on
    }
}

impl Facts<'_> {
    /// The consignments that the shipments make, each shipment in one. They are put together when they are first asked
    /// for, once for all KPIs.
    pub fn consignments(&self) -> impl Iterator<Item = Consignment<'_>> {
        let grouping = self.grouping.get_or_init(|| Grouping::of(&self.waybills));
        let starts = std::iter::once(0).chain(grouping.ends.iter().copied());
        let ranges = starts.zip(&grouping.ends).map(|(start, &end)| start as usize..end as usize);
        ranges.map(|range| Consignment { facts: self, places: &grouping.places[range] })
    }
}
