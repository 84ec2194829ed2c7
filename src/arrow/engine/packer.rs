//! From batches to packed rows.

use arrow_array::RecordBatch;

use crate::arrow::column::read;
use crate::arrow::table::{EventColumns, TakeRows, WaybillColumns};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::quarantine::Fault;
use crate::intake::resolve::Lookup;
use crate::intake::sink::{Progress, Sink};
use crate::intake::{Reason, Strictness};
use crate::record::{Records, WaybillKey};

use super::codes::{EventCodes, WaybillCodes};
use super::packed_event::{CodedEvent, UNTOLD};
use super::packed_waybill::{CodedWaybill, Further};
use super::shard::Shard;

/// What one thread reads and packs, and the account of the rows it could not read.
#[derive(Debug)]
pub(super) struct Packer<'p> {
    pub(super) shard: Shard,
    pub(super) sink: Sink<'p>,
}

impl<'p> Packer<'p> {
    pub(super) fn new(shard: Shard, strictness: Strictness, progress: Option<Progress<'p>>) -> Self {
        Self { shard, sink: Sink::new(Records::default(), strictness, progress) }
    }

    /// Packs a batch of waybills or events, the first row of which is the row `first` of its table.
    ///
    /// # Errors
    /// [`ArrowInputError`] where the batch does not fit its table, or a row cannot be read and the run is to stop there.
    pub(super) fn take(&mut self, table: Table, batch: &RecordBatch, first: u64) -> Result<(), ArrowInputError> {
        self.sink.enter(table.name());
        if table == Table::Events {
            let columns = EventColumns::of(batch)?;
            let mut codes = EventCodes::of(&columns);
            self.take_rows(table, batch.num_rows(), first, |packer, row| packer.take_event(&columns, &mut codes, row))?;
        } else {
            let columns = WaybillColumns::of(batch)?;
            let codes = WaybillCodes::of(&columns, &mut self.shard.words);
            let mut codes = codes.map_err(|error| ArrowInputError::WrongName {
                table,
                field: error.field.to_owned(),
                problem: error.to_string(),
            })?;
            self.take_rows(table, batch.num_rows(), first, |packer, row| {
                packer.take_waybill(&columns, &mut codes, row)
            })?;
        }
        self.shard.make_room()
    }

    fn take_rows(
        &mut self,
        table: Table,
        rows: usize,
        first: u64,
        mut take: impl FnMut(&mut Self, usize) -> Result<(), Fault>,
    ) -> Result<(), ArrowInputError> {
        for (row, number) in (0..rows).zip(first..) {
            self.sink.count_row(number);
            if let Err(fault) = take(self, row) {
                self.sink.refuse(table.record_kind(), table.name(), number, fault)?;
            }
        }
        Ok(())
    }

    fn take_event(&mut self, columns: &EventColumns, codes: &mut EventCodes<'_>, row: usize) -> Result<(), Fault> {
        match codes.scan(row, &mut self.shard.words, self.shard.needs) {
            Some(event) => self.pack_event(&event),
            None => self.take_event_the_long_way(columns, row)?,
        }
        Ok(())
    }

    fn pack_event(&mut self, event: &CodedEvent<'_>) {
        self.sink.saw([Some(event.occurred_at), event.recorded_at]);
        self.shard.take_event(event);
    }

    /// Reads a scan as the row path does, to pack it all the same or to find out what is wrong with it.
    fn take_event_the_long_way(&mut self, columns: &EventColumns, row: usize) -> Result<(), Fault> {
        let mut is_untold = false;
        let event = columns.record(row, |number, carrier, _| {
            is_untold = true;
            Lookup::Found(WaybillKey { number, posted_on: chrono::NaiveDate::default(), carrier })
        })?;
        let coded = self.shard.code_event(&event);
        let mut coded = coded.map_err(|error| Fault::of(Reason::InvalidId, &error))?;
        if is_untold {
            coded.posted_on = UNTOLD;
        }
        self.pack_event(&coded);
        Ok(())
    }

    fn take_waybill(
        &mut self,
        columns: &WaybillColumns,
        codes: &mut WaybillCodes<'_>,
        row: usize,
    ) -> Result<(), Fault> {
        match codes.waybill(row, &mut self.shard.words) {
            Some(waybill) => self.pack_waybill(&waybill),
            None => {
                let waybill = columns.record(row)?;
                let mut further = Further::default();
                let coded = self.shard.words.code_waybill(&waybill, &mut further);
                let mut coded = coded.map_err(|error| Fault::of(Reason::InvalidId, &error))?;
                coded.row = read(columns.row.as_ref(), row)?;
                self.pack_waybill(&coded);
            }
        }
        Ok(())
    }

    fn pack_waybill(&mut self, waybill: &CodedWaybill<'_>) {
        self.sink.saw([waybill.updated_at, waybill.recorded_at]);
        self.shard.take_waybill(waybill);
    }
}
