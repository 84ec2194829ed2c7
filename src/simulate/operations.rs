//! What it takes to run the network, a day at a time: rosters, shifts, stock counts, costs.
//!
//! What this module does not do: it looks at no shipment. Loads follow from how many orders the settings let expect of a
//! day and region, so that millions of shipments need not be made to know what their day cost.
//! Parts of an order are cut off: a small network sorts a little less than it carries.

use super::calendar::{DAY, HOUR};
use super::{Network, OperationsTruth, costs, roster, warehouse};
use crate::record::{CostEntry, CourierDay, Instant, MAX_UNITS, Records, SiteShift, StockCount};

/// What running the network took on one day, and the truth behind it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use]
#[non_exhaustive]
pub struct OperatingDay {
    /// Couriers on the roster.
    pub courier_days: Vec<CourierDay>,
    /// Shifts of hubs and sites.
    pub site_shifts: Vec<SiteShift>,
    /// Counts of stock at the hubs.
    pub stock_counts: Vec<StockCount>,
    /// Costs booked on the day.
    pub costs: Vec<CostEntry>,
    /// What was planted.
    pub truth: OperationsTruth,
}

impl Network {
    /// One day of running the network, from the settings and the day's number alone, counted from the first of the
    /// window. Days after the window have no orders to carry: they hold rosters, counts and rents.
    pub fn operating_day(&self, day: u32) -> OperatingDay {
        let mut made = OperatingDay::default();
        for region in 0..self.regions().len() {
            let place = Place { day, region };
            roster::draw(self, place, &mut made);
            warehouse::draw(self, place, &mut made);
        }
        costs::draw(self, day, &mut made);
        made
    }

    /// All days of the window, made one at a time.
    pub fn operating_days(&self) -> impl Iterator<Item = OperatingDay> + '_ {
        (0..self.days()).map(|day| self.operating_day(day))
    }

    /// Orders that a day brings to a region, as the settings let expect them; as many go out from it as come in. No more
    /// than a shift may report.
    pub(super) fn expected_orders(&self, day: u32, region: usize) -> u64 {
        let (of_day, of_days) = self.volume.share(day);
        let of_region = self.regions().get(region).map_or(0, |region| region.weight());
        let of_regions = self.region_weights.last().copied().unwrap_or(1);
        let part = u128::from(self.shipment_count()) * u128::from(of_day) * u128::from(of_region);
        let whole = (u128::from(of_days) * u128::from(of_regions)).max(1);
        u64::try_from(part / whole).unwrap_or(MAX_UNITS).min(MAX_UNITS)
    }
}

impl OperatingDay {
    /// Adds the records to a batch; the truth stays behind.
    pub fn add_to(self, records: &mut Records) {
        records.courier_days.extend(self.courier_days);
        records.site_shifts.extend(self.site_shifts);
        records.stock_counts.extend(self.stock_counts);
        records.costs.extend(self.costs);
    }
}

/// A day and a region of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) day: u32,
    pub(super) region: usize,
}

/// Numbers a region and day have for their rows of one kind.
const ROWS_A_REGION: u64 = 1_000;
/// Numbers a day has: more than the regions there are, so that a region more changes no other's.
const ROWS_A_DAY: u64 = 100 * ROWS_A_REGION;

impl Place {
    /// The number of the day's row of one kind at this place. Draws and identifiers follow from it.
    pub(super) fn number(self, row: u64) -> u64 {
        u64::from(self.day) * ROWS_A_DAY + self.region as u64 * ROWS_A_REGION + row
    }

    /// When a row was written that tells of the whole day: so many seconds after its end.
    pub(super) fn after(self, network: &Network, seconds: i64) -> Instant {
        network.midnight.instant((i64::from(self.day) + 1) * DAY + seconds)
    }

    /// An instant on the day.
    pub(super) fn at(self, network: &Network, hour: i64, seconds: i64) -> Instant {
        network.midnight.instant(i64::from(self.day) * DAY + hour * HOUR + seconds)
    }
}
