use std::path::Path;

use parcelgauge::record::{CostEntry, CourierDay, SiteShift, StockCount};
use parcelgauge::simulate::Record;

use super::Outcome;
use super::tables::{Table, amount, text};

/// The tables of what it takes to run the network. Hours are written as a number and its unit, such as `570m`.
pub struct OperationsTables {
    costs: Table,
    courier_days: Table,
    stock_counts: Table,
    site_shifts: Table,
}

const COST_COLUMNS: [&str; 9] =
    ["id", "booked_on", "recorded_at", "kind", "amount", "currency", "facility", "region", "product"];
const COURIER_DAY_COLUMNS: [&str; 6] = ["courier", "day", "recorded_at", "facility", "standing", "hours"];
const STOCK_COUNT_COLUMNS: [&str; 7] =
    ["id", "facility", "location", "counted_at", "recorded_at", "expected_units", "counted_units"];
const SITE_SHIFT_COLUMNS: [&str; 8] =
    ["id", "facility", "day", "recorded_at", "activity", "units", "wrong_units", "labour_hours"];

impl OperationsTables {
    pub fn create(directory: &Path) -> Outcome<Self> {
        Ok(Self {
            costs: Table::create(directory, "costs.csv", &COST_COLUMNS)?,
            courier_days: Table::create(directory, "courier_days.csv", &COURIER_DAY_COLUMNS)?,
            stock_counts: Table::create(directory, "stock_counts.csv", &STOCK_COUNT_COLUMNS)?,
            site_shifts: Table::create(directory, "site_shifts.csv", &SITE_SHIFT_COLUMNS)?,
        })
    }

    pub fn write(&mut self, record: &Record) -> Outcome<()> {
        match record {
            Record::Cost(cost) => self.write_cost(cost),
            Record::CourierDay(courier_day) => self.write_courier_day(courier_day),
            Record::StockCount(count) => self.write_stock_count(count),
            Record::SiteShift(shift) => self.write_site_shift(shift),
            other => Err(format!("no table for a record of the kind {}", other.kind().name()).into()),
        }
    }

    fn write_cost(&mut self, cost: &CostEntry) -> Outcome<()> {
        self.costs.row([
            cost.id.to_string(),
            cost.booked_on.to_string(),
            text(cost.recorded_at),
            cost.kind.name().to_owned(),
            amount(Some(cost.amount)),
            cost.amount.currency().to_string(),
            text(cost.facility.as_ref()),
            text(cost.region.as_ref()),
            text(cost.product.as_ref()),
        ])
    }

    fn write_courier_day(&mut self, courier_day: &CourierDay) -> Outcome<()> {
        self.courier_days.row([
            courier_day.courier.to_string(),
            courier_day.day.to_string(),
            text(courier_day.recorded_at),
            text(courier_day.facility.as_ref()),
            courier_day.standing.name().to_owned(),
            text(courier_day.hours),
        ])
    }

    fn write_stock_count(&mut self, count: &StockCount) -> Outcome<()> {
        self.stock_counts.row([
            count.id.to_string(),
            count.facility.to_string(),
            count.location.to_string(),
            count.counted_at.to_string(),
            text(count.recorded_at),
            count.expected_units.to_string(),
            count.counted_units.to_string(),
        ])
    }

    fn write_site_shift(&mut self, shift: &SiteShift) -> Outcome<()> {
        self.site_shifts.row([
            shift.id.to_string(),
            shift.facility.to_string(),
            shift.day.to_string(),
            text(shift.recorded_at),
            shift.activity.name().to_owned(),
            shift.units.to_string(),
            text(shift.wrong_units),
            shift.labour_hours.to_string(),
        ])
    }

    pub fn flush(&mut self) -> Outcome<()> {
        [&mut self.costs, &mut self.courier_days, &mut self.stock_counts, &mut self.site_shifts]
            .into_iter()
            .try_for_each(Table::flush)
    }
}
