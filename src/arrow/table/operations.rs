use arrow_array::RecordBatch;

use super::{MoneyColumns, TakeRows};
use crate::arrow::column::{Codes, Dates, Moments, Named, Source, Wholes, Words, read, read_id};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::quarantine::{Fault, Reason};
use crate::intake::sink::Sink;
use crate::record::{CostEntry, CostKind, StockCount, Zone};

/// The columns of a batch of costs.
#[derive(Debug, Clone)]
pub(crate) struct CostColumns {
    id: Named<Words>,
    booked_on: Named<Dates>,
    kind: Named<Codes<CostKind>>,
    amount: MoneyColumns,
    updated_at: Option<Named<Moments>>,
    recorded_at: Option<Named<Moments>>,
    facility: Option<Named<Words>>,
    region: Option<Named<Words>>,
    product: Option<Named<Words>>,
}

impl CostColumns {
    /// The entry of a row.
    pub(crate) fn record(&self, row: usize) -> Result<CostEntry, Fault> {
        let mut cost = CostEntry::new(
            self.id.need_id(row, Reason::MissingId)?,
            self.booked_on.need(row, Reason::MissingDate)?,
            self.kind.need(row, Reason::MissingKind)?,
            self.amount.need(row)?,
        );
        cost.updated_at = read(self.updated_at.as_ref(), row)?;
        cost.recorded_at = read(self.recorded_at.as_ref(), row)?;
        cost.facility = read_id(self.facility.as_ref(), row)?;
        cost.region = read_id(self.region.as_ref(), row)?;
        cost.product = read_id(self.product.as_ref(), row)?;
        Ok(cost)
    }
}

impl TakeRows for CostColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::Costs, batch);
        Ok(Self {
            id: source.need("id")?,
            booked_on: source.need("booked_on")?,
            kind: source.need("kind")?,
            amount: MoneyColumns::needed(source, "amount")?,
            updated_at: source.may("updated_at")?,
            recorded_at: source.may("recorded_at")?,
            facility: source.may("facility")?,
            region: source.may("region")?,
            product: source.may("product")?,
        })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, _: Zone) -> Result<(), Fault> {
        let cost = self.record(row)?;
        sink.saw([cost.updated_at, cost.recorded_at]);
        sink.records.costs.push(cost);
        Ok(())
    }
}

/// The columns of a batch of stock counts.
#[derive(Debug, Clone)]
pub(crate) struct StockCountColumns {
    id: Named<Words>,
    facility: Named<Words>,
    location: Named<Words>,
    counted_at: Named<Moments>,
    expected_units: Named<Wholes>,
    counted_units: Named<Wholes>,
    updated_at: Option<Named<Moments>>,
    recorded_at: Option<Named<Moments>>,
}

impl StockCountColumns {
    /// The count of a row.
    pub(crate) fn record(&self, row: usize) -> Result<StockCount, Fault> {
        let mut count = StockCount::new(
            self.id.need_id(row, Reason::MissingId)?,
            self.facility.need_id(row, Reason::MissingId)?,
            self.location.need_id(row, Reason::MissingId)?,
            self.counted_at.need(row, Reason::MissingTime)?,
            self.expected_units.need(row, Reason::MissingNumber)?,
            self.counted_units.need(row, Reason::MissingNumber)?,
        );
        count.updated_at = read(self.updated_at.as_ref(), row)?;
        count.recorded_at = read(self.recorded_at.as_ref(), row)?;
        count.validate().map_err(|error| {
            let column = if error.field == "expected_units" { &self.expected_units } else { &self.counted_units };
            column.refused(row, Reason::InvalidNumber, &error)
        })?;
        Ok(count)
    }
}

impl TakeRows for StockCountColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::StockCounts, batch);
        Ok(Self {
            id: source.need("id")?,
            facility: source.need("facility")?,
            location: source.need("location")?,
            counted_at: source.need("counted_at")?,
            expected_units: source.need("expected_units")?,
            counted_units: source.need("counted_units")?,
            updated_at: source.may("updated_at")?,
            recorded_at: source.may("recorded_at")?,
        })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, _: Zone) -> Result<(), Fault> {
        let count = self.record(row)?;
        sink.saw([Some(count.counted_at), count.updated_at, count.recorded_at]);
        sink.records.stock_counts.push(count);
        Ok(())
    }
}
