use super::{ArrowOutputError, Cells, FurtherColumns, TableRow};
use crate::arrow::Table;
use crate::record::{CostEntry, CourierDay, SiteShift, StockCount};

impl TableRow for CostEntry {
    const TABLE: Table = Table::Costs;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        cells.put("id", &self.id)?;
        cells.put("updated_at", self.updated_at)?;
        cells.put("recorded_at", self.recorded_at)?;
        cells.put("booked_on", self.booked_on)?;
        cells.put("kind", self.kind.name())?;
        cells.put("amount", self.amount)?;
        cells.put("currency", self.amount.currency().as_str())?;
        cells.put("facility", self.facility.as_ref())?;
        cells.put("region", self.region.as_ref())?;
        cells.put("product", self.product.as_ref())
    }
}

impl TableRow for CourierDay {
    const TABLE: Table = Table::CourierDays;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        cells.put("courier", &self.courier)?;
        cells.put("day", self.day)?;
        cells.put("updated_at", self.updated_at)?;
        cells.put("recorded_at", self.recorded_at)?;
        cells.put("facility", self.facility.as_ref())?;
        cells.put("standing", self.standing.name())?;
        cells.put("hours", self.hours)
    }
}

impl TableRow for StockCount {
    const TABLE: Table = Table::StockCounts;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        cells.put("id", &self.id)?;
        cells.put("updated_at", self.updated_at)?;
        cells.put("recorded_at", self.recorded_at)?;
        cells.put("facility", &self.facility)?;
        cells.put("location", &self.location)?;
        cells.put("counted_at", self.counted_at)?;
        cells.put("expected_units", self.expected_units)?;
        cells.put("counted_units", self.counted_units)
    }
}

impl TableRow for SiteShift {
    const TABLE: Table = Table::SiteShifts;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        cells.put("id", &self.id)?;
        cells.put("updated_at", self.updated_at)?;
        cells.put("recorded_at", self.recorded_at)?;
        cells.put("facility", &self.facility)?;
        cells.put("day", self.day)?;
        cells.put("activity", self.activity.name())?;
        cells.put("units", self.units)?;
        cells.put("wrong_units", self.wrong_units)?;
        cells.put("labour_hours", self.labour_hours)
    }
}
