use std::path::Path;

use parcelgauge::arrow::{FurtherColumns, ParquetWriter, Table};
use parcelgauge::simulate::Record;

use super::{Outcome, Target};

/// The tables of a network as Parquet files, of the schemas in the library's module `arrow`.
pub struct ParquetTables(ParquetWriter);

impl ParquetTables {
    pub fn create(directory: &Path) -> Outcome<Self> {
        let further = FurtherColumns::default().with_stage_plan("transport".parse()?);
        Ok(Self(ParquetWriter::create(directory, Table::ALL, &further)?))
    }
}

impl Target for ParquetTables {
    fn write(&mut self, record: Record) -> Outcome<()> {
        match record {
            Record::Waybill(waybill) => self.0.write_waybill(&waybill),
            Record::Event(event) => self.0.write_event(&event),
            Record::Complaint(complaint) => self.0.write_complaint(&complaint),
            Record::Claim(claim) => self.0.write_claim(&claim),
            Record::Rating(rating) => self.0.write_rating(&rating),
            Record::Cost(cost) => self.0.write_cost(&cost),
            Record::CourierDay(courier_day) => self.0.write_courier_day(&courier_day),
            Record::StockCount(count) => self.0.write_stock_count(&count),
            Record::SiteShift(shift) => self.0.write_site_shift(&shift),
            other => return Err(format!("no table for a record of the kind {}", other.kind().name()).into()),
        }?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Outcome<()> {
        Ok(self.0.finish()?)
    }
}
