use arrow_array::RecordBatch;

use super::case::ComplaintColumns;
use super::claim::{ClaimColumns, PaymentColumns};
use super::operations::{CostColumns, StockCountColumns};
use super::rating::RatingColumns;
use super::step::{CaseStepColumns, ClaimStepColumns};
use super::work::{CourierDayColumns, SiteShiftColumns};
use super::{EventColumns, PromiseMoveColumns, WaybillColumns};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::quarantine::Fault;
use crate::intake::resolve::Lookup;
use crate::intake::sink::Sink;
use crate::record::{CarrierId, Instant, WaybillNumber, Zone};

/// The columns of a table, whose rows become records.
pub(crate) trait TakeRows: Sized {
    /// Checks the columns of a batch.
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError>;

    /// Puts the record of a row into the sink; days are those of a zone.
    fn take(&self, row: usize, sink: &mut Sink<'_>, zone: Zone) -> Result<(), Fault>;
}

/// Finds the waybill that had a number at an instant, among those in the sink.
pub(super) fn lookup(
    sink: &mut Sink<'_>,
    number: WaybillNumber,
    whose: Option<CarrierId>,
    at: Instant,
    zone: Zone,
) -> Lookup {
    sink.waybills().find(number, whose, zone.date_of(at))
}

/// Takes the rows of a batch, the first of which is the row `first` of its table.
fn take_rows<T: TakeRows>(
    table: Table,
    batch: &RecordBatch,
    first: u64,
    sink: &mut Sink<'_>,
    zone: Zone,
) -> Result<(), ArrowInputError> {
    let columns = T::of(batch)?;
    sink.enter(table.name());
    for (row, number) in (0..batch.num_rows()).zip(first..) {
        sink.count_row(number);
        if let Err(fault) = columns.take(row, sink, zone) {
            sink.refuse(table.record_kind(), table.name(), number, fault)?;
        }
    }
    Ok(())
}

/// Takes the rows of a batch of whichever table, the first of which is the row `first` of its table.
pub(crate) fn take_table(
    table: Table,
    batch: &RecordBatch,
    first: u64,
    sink: &mut Sink<'_>,
    zone: Zone,
) -> Result<(), ArrowInputError> {
    let take = match table {
        Table::Waybills => take_rows::<WaybillColumns>,
        Table::PromiseMoves => take_rows::<PromiseMoveColumns>,
        Table::Events => take_rows::<EventColumns>,
        Table::Complaints => take_rows::<ComplaintColumns>,
        Table::CaseSteps => take_rows::<CaseStepColumns>,
        Table::Claims => take_rows::<ClaimColumns>,
        Table::Payments => take_rows::<PaymentColumns>,
        Table::ClaimSteps => take_rows::<ClaimStepColumns>,
        Table::Ratings => take_rows::<RatingColumns>,
        Table::Costs => take_rows::<CostColumns>,
        Table::CourierDays => take_rows::<CourierDayColumns>,
        Table::SiteShifts => take_rows::<SiteShiftColumns>,
        Table::StockCounts => take_rows::<StockCountColumns>,
    };
    take(table, batch, first, sink, zone)
}
