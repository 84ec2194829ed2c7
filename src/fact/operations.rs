//! What it takes to run the network: costs, rosters, stock counts, shifts. Their rows are settled and accounted for.
//!
//! What this module does not do: no fact is made of them yet, since no KPI observes them.

use chrono::NaiveDate;

use crate::record::{CostEntry, CourierDay, CourierId, Instant, RecordKind, Records, SiteShift, StockCount};

use super::casebook::Casebook;
use super::known::Known;
use super::settle::{Hanging, Home, Homed, Revised};

impl Casebook {
    /// Settles the rows and books them into the account.
    pub(super) fn account_for_operations(&mut self, records: &Records, known: &mut Known) {
        let zone = known.zone;
        self.admit(&records.costs, |row| row.known_at(zone), known, |row| row.validate().is_ok());
        self.admit(&records.courier_days, |row| row.known_at(zone), known, |row| row.validate().is_ok());
        self.admit(&records.stock_counts, StockCount::known_at, known, |row| row.validate().is_ok());
        self.admit(&records.site_shifts, |row| row.known_at(zone), known, |row| row.validate().is_ok());
    }
}

impl Revised for CostEntry {
    type Key<'k> = &'k str;
    fn key(&self) -> &str {
        self.id.as_str()
    }
    fn updated_at(&self) -> Option<Instant> {
        self.updated_at
    }
}

impl Homed for CostEntry {
    const RECORD: RecordKind = RecordKind::Cost;
    fn home(&self) -> Home {
        Home::On(self.booked_on)
    }
}

impl Hanging for CostEntry {
    fn hanging_id(&self) -> &str {
        self.id.as_str()
    }
}

impl Revised for StockCount {
    type Key<'k> = &'k str;
    fn key(&self) -> &str {
        self.id.as_str()
    }
    fn updated_at(&self) -> Option<Instant> {
        self.updated_at
    }
}

impl Homed for StockCount {
    const RECORD: RecordKind = RecordKind::StockCount;
    fn home(&self) -> Home {
        Home::At(self.counted_at)
    }
}

impl Hanging for StockCount {
    fn hanging_id(&self) -> &str {
        self.id.as_str()
    }
}

impl Revised for SiteShift {
    type Key<'k> = &'k str;
    fn key(&self) -> &str {
        self.id.as_str()
    }
    fn updated_at(&self) -> Option<Instant> {
        self.updated_at
    }
}

impl Homed for SiteShift {
    const RECORD: RecordKind = RecordKind::SiteShift;
    fn home(&self) -> Home {
        Home::On(self.day)
    }
}

impl Hanging for SiteShift {
    fn hanging_id(&self) -> &str {
        self.id.as_str()
    }
}

impl Revised for CourierDay {
    type Key<'k> = (NaiveDate, &'k CourierId);
    fn key(&self) -> Self::Key<'_> {
        (self.day, &self.courier)
    }
    fn updated_at(&self) -> Option<Instant> {
        self.updated_at
    }
}

impl Homed for CourierDay {
    const RECORD: RecordKind = RecordKind::CourierDay;
    fn home(&self) -> Home {
        Home::On(self.day)
    }
}
