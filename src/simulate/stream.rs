//! Records in the order in which they became known.
//!
//! What this module does not do: a row is emitted once, in its last state, when its first state became known.

use std::collections::BTreeMap;

use super::calendar::DAY;
use super::{Network, OperatingDay, Shipment};
use crate::record::{
    Claim, Complaint, CostEntry, CourierDay, Instant, NodeEvent, Rating, RecordKind, Records, SiteShift, StockCount,
    Waybill, Zone,
};

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
    /// A cost entry.
    Cost(Box<CostEntry>),
    /// A courier's day on the roster.
    CourierDay(Box<CourierDay>),
    /// A stock count.
    StockCount(Box<StockCount>),
    /// A shift of a facility.
    SiteShift(Box<SiteShift>),
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
            Self::Cost(_) => RecordKind::Cost,
            Self::CourierDay(_) => RecordKind::CourierDay,
            Self::StockCount(_) => RecordKind::StockCount,
            Self::SiteShift(_) => RecordKind::SiteShift,
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
            Self::Cost(cost) => cost.known_at(Zone::SHANGHAI),
            Self::CourierDay(courier_day) => courier_day.known_at(Zone::SHANGHAI),
            Self::StockCount(count) => count.known_at(),
            Self::SiteShift(shift) => shift.known_at(Zone::SHANGHAI),
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
            Self::Cost(cost) => records.costs.push(*cost),
            Self::CourierDay(courier_day) => records.courier_days.push(*courier_day),
            Self::StockCount(count) => records.stock_counts.push(*count),
            Self::SiteShift(shift) => records.site_shifts.push(*shift),
        }
    }
}

/// Where a record comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// The shipment of a number.
    Shipment(u64),
    /// A day of running the network.
    Day(u32),
}

/// A record on hold. Equal instants are ordered by origin and place in it, so that the order is the same everywhere.
#[derive(Debug)]
struct Held {
    key: (Instant, Origin, usize), // known_at, origin, place
    record: Record,
}

/// Records in the order in which a system took them in, a day of recording at a time.
struct ByRecordingTime<'n> {
    network: &'n Network,
    ready: std::vec::IntoIter<Held>,
    held: BTreeMap<i64, Vec<Held>>, // by day of recording
    next_day: u32,                  // all orders of the days before were taken in, and what running those days took
}

impl Network {
    /// All records in the order in which they became known, as a live feed would bring them: scans of many parcels
    /// interleaved, late ones late, the day's roster after the day.
    ///
    /// Holds the records of parcels under way, days of traffic and not the whole. Numbers do not rise with days, so
    /// that every day of the window looks through all numbers for its own: some nanoseconds a number and day.
    pub fn by_recording_time(&self) -> impl Iterator<Item = Record> + '_ {
        ByRecordingTime { network: self, ready: Vec::new().into_iter(), held: BTreeMap::new(), next_day: 0 }
    }
}

impl ByRecordingTime<'_> {
    fn take_in(&mut self, day: u32) {
        let network = self.network;
        for index in (0..network.shipment_count()).filter(|&index| network.order_day(index) == i64::from(day)) {
            self.hold(Origin::Shipment(index), network.shipment(index).into_records());
        }
        self.hold(Origin::Day(day), network.operating_day(day).into_records());
    }

    fn hold(&mut self, origin: Origin, records: impl Iterator<Item = Record>) {
        let first = self.network.midnight.instant(0);
        for (place, record) in records.enumerate() {
            let known_at = record.known_at();
            let recorded_on = known_at.since(first).as_millis().div_euclid(DAY * 1_000);
            self.held.entry(recorded_on).or_default().push(Held { key: (known_at, origin, place), record });
        }
    }

    /// Sorts the next day's records. None when there are none left.
    fn make_ready(&mut self) -> Option<()> {
        // No record of a day or of an order on it is known before that day: faulty clocks shift what occurred, never what was recorded.
        if self.next_day < self.network.days() {
            self.take_in(self.next_day);
            self.next_day += 1;
        }
        let all_days_in = self.next_day >= self.network.days();
        let first = self.held.first_entry();
        let Some(first) = first.filter(|first| all_days_in || *first.key() < i64::from(self.next_day)) else {
            return (!all_days_in).then_some(());
        };
        let mut ready = first.remove();
        ready.sort_unstable_by_key(|held| held.key);
        self.ready = ready.into_iter();
        Some(())
    }
}

impl Iterator for ByRecordingTime<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            if let Some(held) = self.ready.next() {
                return Some(held.record);
            }
            self.make_ready()?;
        }
    }
}

impl Shipment {
    /// Its records, without the truth: the waybill, then the scans, then what came of it.
    pub fn into_records(self) -> impl Iterator<Item = Record> {
        std::iter::once(Record::Waybill(Box::new(self.waybill)))
            .chain(self.events.into_iter().map(Record::Event))
            .chain(self.complaints.into_iter().map(|complaint| Record::Complaint(Box::new(complaint))))
            .chain(self.claims.into_iter().map(|claim| Record::Claim(Box::new(claim))))
            .chain(self.ratings.into_iter().map(|rating| Record::Rating(Box::new(rating))))
    }
}

impl OperatingDay {
    /// Its records, without the truth: rosters, shifts, counts, costs.
    pub fn into_records(self) -> impl Iterator<Item = Record> {
        let rosters = self.courier_days.into_iter().map(|courier_day| Record::CourierDay(Box::new(courier_day)));
        rosters
            .chain(self.site_shifts.into_iter().map(|shift| Record::SiteShift(Box::new(shift))))
            .chain(self.stock_counts.into_iter().map(|count| Record::StockCount(Box::new(count))))
            .chain(self.costs.into_iter().map(|cost| Record::Cost(Box::new(cost))))
    }
}
