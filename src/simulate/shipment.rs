//! Shipments: a waybill and all that hangs on it.
//!
//! What this module does not do: it links no shipment to another, but through customers, couriers and facilities.

use std::ops::Range;

use super::cases::{self, Trouble};
use super::order::{Order, keeps, promise_for};
use super::rates::Ledger;
use super::trip::Trip;
use super::{Network, NetworkTruth, ShipmentTruth, claims, ratings, scans};
use crate::record::{Claim, Complaint, NodeEvent, Rating, RecordKind, Records, Waybill};

/// Everything about one shipment: its records, and the truth behind them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub struct Shipment {
    /// The waybill.
    pub waybill: Waybill,
    /// Its scans in the order in which things truly happened, however late they were recorded.
    pub events: Vec<NodeEvent>,
    /// Inquiries, complaints and appeals about it.
    pub complaints: Vec<Complaint>,
    /// The claim about it, if there is one.
    pub claims: Vec<Claim>,
    /// Ratings of it.
    pub ratings: Vec<Rating>,
    /// What truly happened.
    pub truth: ShipmentTruth,
}

impl Network {
    /// One shipment, from the settings and its number alone. Numbers at or beyond the count of shipments work as well:
    /// the count only says where iteration ends.
    pub fn shipment(&self, index: u64) -> Shipment {
        let mut ledger = Ledger::new(self.rates());
        let (order, mut waybill) = Order::draw(self, index, &mut ledger);
        let mut trip = Trip::draw(self, &order, &mut ledger);
        waybill.promise_moves = std::mem::take(&mut trip.moves);
        let late = match (order.promise, trip.completed_at) {
            (Some(_), Some(completed_at)) => Some(!keeps(order.product, trip.judged_day, completed_at)),
            _ => None,
        };
        let trouble = Trouble::of(&order, &trip, &ledger, late == Some(true));
        let events = scans::draw(self, &order, &trip, &mut ledger);
        let cases = cases::draw(self, &order, &mut trip, trouble, &mut ledger);
        let claim = claims::draw(self, &order, trouble, &mut ledger);
        let ratings = ratings::draw(self, &order, &trip, trouble, &cases, &mut ledger);
        let truth = ShipmentTruth {
            index,
            possible: ledger.possible,
            happened: ledger.happened,
            promise: order.promise.map(|_| promise_for(self, order.product, trip.judged_day)),
            completed_at: trip.completed_at.map(|at| self.midnight.instant(at)),
            late,
            delay: trip.delay,
            defects: trip.defects,
            waybill: order.key,
        };
        Shipment { waybill, events, complaints: cases.complaints, claims: Vec::from_iter(claim), ratings, truth }
    }

    /// All shipments, made one at a time: nothing is held but the network.
    pub fn shipments(&self) -> impl Iterator<Item = Shipment> + '_ {
        self.shipments_in(0..self.shipment_count())
    }

    /// The shipments of a range of numbers, such as one thread's part.
    pub fn shipments_in(&self, range: Range<u64>) -> impl Iterator<Item = Shipment> + '_ {
        range.map(|index| self.shipment(index))
    }

    /// All records, with every kind handed over: those of all shipments, and those of running the network on all days of
    /// the window. Holds them all: for millions, iterate instead.
    #[must_use]
    pub fn records(&self) -> Records {
        let mut records = self.records_in(0..self.shipment_count());
        records.supplied = RecordKind::ALL.into_iter().collect();
        for day in self.operating_days() {
            day.add_to(&mut records);
        }
        records
    }

    /// The records of a range of shipments, with every kind handed over that speaks of shipments. What it takes to run the
    /// network belongs to no shipment: [`Network::operating_day`] makes it.
    #[must_use]
    pub fn records_in(&self, range: Range<u64>) -> Records {
        let mut records = Records::supplying(RecordKind::OF_SHIPMENTS);
        for shipment in self.shipments_in(range) {
            shipment.add_to(&mut records);
        }
        records
    }

    /// The truth of all shipments. Makes each of them once more.
    pub fn truth(&self) -> NetworkTruth {
        let mut truth = NetworkTruth::new(self);
        for shipment in self.shipments() {
            truth.observe(&shipment.truth);
        }
        truth
    }
}

impl Shipment {
    /// Adds the records to a batch; the truth stays behind.
    pub fn add_to(self, records: &mut Records) {
        records.waybills.push(self.waybill);
        records.events.extend(self.events);
        records.complaints.extend(self.complaints);
        records.claims.extend(self.claims);
        records.ratings.extend(self.ratings);
    }
}
