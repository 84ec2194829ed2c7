use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use super::calendar::DAY;
use super::{Network, Shipment};
use crate::record::{Claim, Complaint, Instant, NodeEvent, Rating, RecordKind, Records, Waybill};

/// A record of any kind. The rare kinds are boxed, since nine records in ten are scans.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Record {
    /// A waybill.
    Waybill(Box<Waybill>),
    /// A scan.
    Event(NodeEvent),
    /// A complaint, inquiry or appeal.
    Complaint(Box<Complaint>),
    /// A claim.
    Claim(Box<Claim>),
    /// A rating.
    Rating(Box<Rating>),
}

impl Record {
    /// Of which kind it is.
    #[must_use]
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Waybill(_) => RecordKind::Waybill,
            Self::Event(_) => RecordKind::Event,
            Self::Complaint(_) => RecordKind::Complaint,
            Self::Claim(_) => RecordKind::Claim,
            Self::Rating(_) => RecordKind::Rating,
        }
    }

    /// From when on it is known; for every simulated waybill, the moment its row was recorded.
    #[must_use]
    pub fn known_at(&self) -> Instant {
        match self {
            Self::Waybill(waybill) => waybill.recorded_at.unwrap_or(Instant::MIN),
            Self::Event(event) => event.known_at(),
            Self::Complaint(complaint) => complaint.known_at(),
            Self::Claim(claim) => claim.known_at(),
            Self::Rating(rating) => rating.known_at(),
        }
    }

    /// Adds it to a batch.
    pub fn add_to(self, records: &mut Records) {
        match self {
            Self::Waybill(waybill) => records.waybills.push(*waybill),
            Self::Event(event) => records.events.push(event),
            Self::Complaint(complaint) => records.complaints.push(*complaint),
            Self::Claim(claim) => records.claims.push(*claim),
            Self::Rating(rating) => records.ratings.push(*rating),
        }
    }
}

/// A record on hold. Equal instants are ordered by shipment and place in it, so that the order is the same everywhere.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    known_at: Instant,
    index: u64,
    place: usize,
    record: Record,
}

/// Records in the order in which a system took them in.
struct ByRecordingTime<'n> {
    network: &'n Network,
    held: BinaryHeap<Reverse<Held>>,
    next_day: i64,
}

impl Network {
    /// All records in the order in which they became known, as a live feed would bring them: scans of many parcels
    /// interleaved, late ones late.
    ///
    /// Holds the records of parcels under way, days of traffic and not the whole. Numbers do not rise with days, so
    /// that every day of the window looks through all numbers for its own: some nanoseconds a number and day.
    pub fn by_recording_time(&self) -> impl Iterator<Item = Record> + '_ {
        ByRecordingTime { network: self, held: BinaryHeap::new(), next_day: 0 }
    }
}

impl ByRecordingTime<'_> {
    fn take_in_day(&mut self) {
        let network = self.network;
        for index in (0..network.shipment_count()).filter(|&index| network.order_day(index) == self.next_day) {
            for (place, record) in records_of(network.shipment(index)).enumerate() {
                self.held.push(Reverse(Held { known_at: record.known_at(), index, place, record }));
            }
        }
        self.next_day += 1;
    }
}

impl Iterator for ByRecordingTime<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let all_days_in = self.next_day >= i64::from(self.network.days());
            // No record of a day is known before its midnight: the order comes first, and clocks shift what occurred,
            // never what was recorded.
            let safe_before = self.network.midnight.instant(self.next_day * DAY);
            match self.held.peek_mut() {
                Some(first) if all_days_in || first.0.known_at < safe_before => {
                    return Some(PeekMut::pop(first).0.record);
                }
                None if all_days_in => return None,
                _ => {}
            }
            self.take_in_day();
        }
    }
}

fn records_of(shipment: Shipment) -> impl Iterator<Item = Record> {
    std::iter::once(Record::Waybill(Box::new(shipment.waybill)))
        .chain(shipment.events.into_iter().map(Record::Event))
        .chain(shipment.complaints.into_iter().map(|complaint| Record::Complaint(Box::new(complaint))))
        .chain(shipment.claims.into_iter().map(|claim| Record::Claim(Box::new(claim))))
        .chain(shipment.ratings.into_iter().map(|rating| Record::Rating(Box::new(rating))))
}
