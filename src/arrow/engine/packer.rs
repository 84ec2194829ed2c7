//! From batches to packed rows.

use arrow_array::RecordBatch;

use crate::arrow::column::{Key as Cell, Named as Column, Words, read};
use crate::arrow::table::{EventColumns, TakeRows, WaybillColumns};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::quarantine::Fault;
use crate::intake::resolve::Lookup;
use crate::intake::sink::Sink;
use crate::intake::{Reason, Strictness};
use crate::record::{MAX_ID_BYTES, Records, WaybillKey};

use super::dictionary::{Dictionary, NONE, Named};
use super::name::{MOST_DIGITS, Name};
use super::needs::Needs;
use super::packed_event::{CodedEvent, UNTOLD};
use super::shard::Shard;
use super::vocabulary::Vocabulary;

/// 1970-01-01 in days from 0001-01-01, which is day 1.
const EPOCH_FROM_CE: i32 = 719_163;

/// What one thread reads and packs, and the account of the rows it could not read.
#[derive(Debug)]
pub(super) struct Packer {
    pub(super) shard: Shard,
    pub(super) sink: Sink<'static>,
}

/// The codes of a batch's column: of a dictionary each value is looked up once.
struct Codes<'c> {
    column: Option<&'c Column<Words>>,
    of_values: Vec<Option<u32>>, // by the dictionary's own code, as far as they were met
}

impl<'c> Codes<'c> {
    fn of(column: Option<&'c Column<Words>>) -> Self {
        let values = column.and_then(|column| column.dictionary().map(|values| values.len()));
        Self { column, of_values: vec![None; values.unwrap_or(0)] }
    }

    /// The code of a row; none where its text stands for no value, so that the long way finds out why.
    fn at<T: Named>(&mut self, row: usize, values: &mut Dictionary<T>) -> Option<u32> {
        let Some(column) = self.column else { return Some(NONE) };
        let Some(value) = column.code_at(row) else {
            return match column.key_at(row) {
                None => Some(NONE),
                Some(Cell::Text(text)) => values.code(text).ok(),
                Some(_) => values.code(&column.read(row).ok()??).ok(),
            };
        };
        let known = self.of_values.get(value as usize).copied().flatten();
        if known.is_some() {
            return known;
        }
        let code = match column.read(row).ok()? {
            None => NONE,
            Some(word) => values.code(&word).ok()?,
        };
        if let Some(known) = self.of_values.get_mut(value as usize) {
            *known = Some(code);
        }
        Some(code)
    }
}

/// The name in a row; none where there is none, or one that is not plain: the long way reads it.
fn plain_name(column: &Words, row: usize) -> Option<Name<'_>> {
    match column.key_at(row)? {
        Cell::Integer(number) => {
            u64::try_from(number).ok().filter(|&number| number < 10_u64.pow(MOST_DIGITS as u32)).map(Name::Number)
        }
        Cell::Large(_) => None,
        Cell::Text(text) => {
            let is_plain = text.len() <= MAX_ID_BYTES && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            is_plain.then(|| Name::of(text))
        }
    }
}

/// The columns of a batch of events whose texts have codes.
struct EventCodes<'c> {
    carrier: Codes<'c>,
    facility: Codes<'c>,
    leg: Codes<'c>,
    courier: Codes<'c>,
}

impl<'c> EventCodes<'c> {
    fn of(columns: &'c EventColumns) -> Self {
        Self {
            carrier: Codes::of(columns.whose.carrier.as_ref()),
            facility: Codes::of(columns.facility.as_ref()),
            leg: Codes::of(columns.leg.as_ref()),
            courier: Codes::of(columns.courier.as_ref()),
        }
    }

    /// The scan of a row, where everything about it is plain.
    fn scan(&mut self, columns: &EventColumns, row: usize, words: &mut Vocabulary, needs: Needs) -> Option<CodedEvent> {
        let kind = columns.kind.read(row).ok()??;
        let occurred_at = columns.occurred_at.read(row).ok()??;
        let posted_on = match &columns.whose.posted_on {
            None => UNTOLD,
            Some(column) => column.day_at(row).ok()?.map_or(UNTOLD, |day| day + EPOCH_FROM_CE),
        };
        Some(CodedEvent {
            number: words.texts.pack(plain_name(&columns.whose.number, row)?),
            posted_on,
            carrier: self.carrier.at(row, &mut words.carriers)?,
            kind,
            occurred_at,
            recorded_at: read(columns.recorded_at.as_ref(), row).ok()?,
            facility: self.facility.at(row, &mut words.facilities)?,
            leg: self.leg.at(row, &mut words.labels)?,
            courier: if needs.courier_of(kind) { self.courier.at(row, &mut words.couriers)? } else { NONE },
            consent: read(columns.consent.as_ref(), row).ok()?.unwrap_or_default(),
            party: read(columns.party.as_ref(), row).ok()?,
        })
    }
}

impl Packer {
    pub(super) fn new(shard: Shard, strictness: Strictness) -> Self {
        Self { shard, sink: Sink::new(Records::default(), strictness, None) }
    }

    /// Packs a batch of waybills or events, the first row of which is the row `first` of its table.
    ///
    /// # Errors
    /// [`ArrowInputError`] where the batch does not fit its table, or a row cannot be read and the run is to stop there.
    pub(super) fn take(&mut self, table: Table, batch: &RecordBatch, first: u64) -> Result<(), ArrowInputError> {
        if table == Table::Events {
            let columns = EventColumns::of(batch)?;
            let mut codes = EventCodes::of(&columns);
            self.take_rows(table, batch.num_rows(), first, |packer, row| packer.take_event(&columns, &mut codes, row))
        } else {
            let columns = WaybillColumns::of(batch)?;
            self.take_rows(table, batch.num_rows(), first, |packer, row| packer.take_waybill(&columns, row))
        }
    }

    fn take_rows(
        &mut self,
        table: Table,
        rows: usize,
        first: u64,
        mut take: impl FnMut(&mut Self, usize) -> Result<(), Fault>,
    ) -> Result<(), ArrowInputError> {
        for row in 0..rows {
            if let Err(fault) = take(self, row) {
                self.sink.refuse(table.record_kind(), table.name(), first + row as u64, fault)?;
            }
        }
        Ok(())
    }

    fn take_event(&mut self, columns: &EventColumns, codes: &mut EventCodes<'_>, row: usize) -> Result<(), Fault> {
        let event = match codes.scan(columns, row, &mut self.shard.words, self.shard.needs) {
            Some(event) => event,
            None => self.the_long_way(columns, row)?,
        };
        self.sink.saw([Some(event.occurred_at), event.recorded_at]);
        self.shard.take_event(&event);
        Ok(())
    }

    /// Reads a scan as the row path does, to pack it all the same or to find out what is wrong with it.
    fn the_long_way(&mut self, columns: &EventColumns, row: usize) -> Result<CodedEvent, Fault> {
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
        Ok(coded)
    }

    fn take_waybill(&mut self, columns: &WaybillColumns, row: usize) -> Result<(), Fault> {
        let waybill = columns.record(row)?;
        self.sink.saw([waybill.updated_at, waybill.recorded_at]);
        let coded = self.shard.words.code_waybill(&waybill);
        let mut coded = coded.map_err(|error| Fault::of(Reason::InvalidId, &error))?;
        coded.row = read(columns.row.as_ref(), row)?;
        self.shard.take_waybill(&coded);
        Ok(())
    }
}
