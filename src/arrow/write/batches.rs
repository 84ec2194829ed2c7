use std::num::NonZeroUsize;

use arrow_array::RecordBatch;

use super::{
    ArrowOutputError, CaseStepRow, ClaimStepRow, FurtherColumns, MoveRow, Numbered, PaymentRow, TableBuilder, TableRow,
};
use crate::arrow::Table;
use crate::record::{Claim, RecordSet, Records};

/// Records as batches of so many rows, of every table whose kind was handed over, with one empty batch where there are no
/// rows. [`BatchIntake`](crate::arrow::BatchIntake) makes the same records of them, but that moves, payments and steps come
/// back in the order of time, and a move told twice once.
///
/// The account of rows that were set aside is not part of any table and stays behind.
///
/// ```
/// use std::num::NonZeroUsize;
/// use parcelgauge::arrow::{BatchIntake, Table, record_batches};
/// use parcelgauge::record::{Records, Waybill, WaybillKey, WaybillNumber};
///
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default();
/// let mut records = Records::default();
/// for number in ["SF1", "SF2", "SF3"] {
///     records.waybills.push(Waybill::new(WaybillKey::new(WaybillNumber::new(number)?, day)));
/// }
/// let batches = record_batches(&records, NonZeroUsize::new(2).unwrap_or(NonZeroUsize::MIN))?;
/// let rows: Vec<_> = batches.iter().map(|(table, batch)| (*table, batch.num_rows())).collect();
/// assert_eq!(rows, [(Table::Waybills, 2), (Table::Waybills, 1)]);
/// assert_eq!(BatchIntake::new().read(batches)?.records.waybills, records.waybills);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ArrowOutputError::OutOfRange`] where units are beyond 9.2e18, which no valid record has.
pub fn record_batches(records: &Records, rows: NonZeroUsize) -> Result<Vec<(Table, RecordBatch)>, ArrowOutputError> {
    let further = FurtherColumns::of(&records.waybills);
    let mut made = Made { batches: Vec::new(), rows: rows.get(), kinds: records.kinds(), further };
    let (waybills, cases, claims) = (&records.waybills, &records.complaints, &records.claims);
    let is_moved = |place: usize| (!waybills[place].promise_moves.is_empty()).then_some(place as u64);
    let has_steps = |place: usize| (!cases[place].steps.is_empty()).then_some(place as u64);
    let is_told_of = |place: usize| {
        let claim: &Claim = &claims[place];
        (!claim.payments.is_empty() || !claim.steps.is_empty()).then_some(place as u64)
    };
    made.add(waybills.iter().enumerate().map(|(place, record)| Numbered { record, row: is_moved(place) }))?;
    made.add(waybills.iter().enumerate().flat_map(|(place, waybill)| {
        let moves = waybill.promise_moves.iter();
        moves.map(move |&moved| MoveRow { waybill: &waybill.key, moved, row: is_moved(place) })
    }))?;
    made.add(records.events.iter())?;
    made.add(cases.iter().enumerate().map(|(place, record)| Numbered { record, row: has_steps(place) }))?;
    made.add(cases.iter().enumerate().flat_map(|(place, case)| {
        let steps = case.steps.iter();
        steps.map(move |step| CaseStepRow { case: &case.id, step, row: has_steps(place) })
    }))?;
    made.add(claims.iter().enumerate().map(|(place, record)| Numbered { record, row: is_told_of(place) }))?;
    made.add(claims.iter().enumerate().flat_map(|(place, claim)| {
        let payments = claim.payments.iter();
        payments.map(move |&payment| PaymentRow { claim: &claim.id, payment, row: is_told_of(place) })
    }))?;
    made.add(claims.iter().enumerate().flat_map(|(place, claim)| {
        let steps = claim.steps.iter();
        steps.map(move |step| ClaimStepRow { claim: &claim.id, step, row: is_told_of(place) })
    }))?;
    made.add(records.ratings.iter())?;
    made.add(records.costs.iter())?;
    made.add(records.courier_days.iter())?;
    made.add(records.site_shifts.iter())?;
    made.add(records.stock_counts.iter())?;
    Ok(made.batches)
}

impl<R: TableRow> TableRow for &R {
    const TABLE: Table = R::TABLE;

    fn fill(&self, cells: &mut super::Cells, further: &FurtherColumns) -> Result<(), ArrowOutputError> {
        (**self).fill(cells, further)
    }
}

/// Batches made so far.
struct Made {
    batches: Vec<(Table, RecordBatch)>,
    rows: usize, // a batch
    kinds: RecordSet,
    further: FurtherColumns,
}

impl Made {
    /// Adds the rows of a table.
    fn add<R: TableRow>(&mut self, rows: impl Iterator<Item = R>) -> Result<(), ArrowOutputError> {
        let mut builder = TableBuilder::new(R::TABLE, &self.further);
        let before = self.batches.len();
        for row in rows {
            builder.push(&row)?;
            if builder.rows() == self.rows {
                self.batches.push((R::TABLE, builder.finish()?));
            }
        }
        let hangs_on_others = R::TABLE.hangs_on().is_some();
        let is_told_empty =
            before == self.batches.len() && !hangs_on_others && self.kinds.contains(R::TABLE.record_kind());
        if builder.rows() > 0 || is_told_empty {
            self.batches.push((R::TABLE, builder.finish()?));
        }
        Ok(())
    }
}
