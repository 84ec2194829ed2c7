use std::collections::BTreeMap;
use std::fmt;

use arrow_array::RecordBatch;

use super::table::take_table;
use super::{ArrowInputError, Table};
use crate::intake::sink::{Progress, Sink};
use crate::intake::{Reading, Strictness};
use crate::record::{Records, WaybillKey, Zone};

/// A reading to be made of record batches: how to go about it.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{Date32Array, RecordBatch, StringArray};
/// use arrow_schema::{DataType, Field, Schema};
/// use parcelgauge::arrow::{BatchIntake, Table};
///
/// let number = StringArray::from(vec!["SF1", "SF\u{7}"]);
/// let posted_on = Date32Array::from(vec![20_000, 20_000]);
/// let schema = Schema::new(vec![
///     Field::new("number", DataType::Utf8, false),
///     Field::new("posted_on", DataType::Date32, false),
/// ]);
/// let batch = RecordBatch::try_new(Arc::new(schema), vec![Arc::new(number), Arc::new(posted_on)])?;
/// let reading = BatchIntake::new().read([(Table::Waybills, batch)])?;
/// assert_eq!(reading.records.waybills.len(), 1);
/// assert_eq!((reading.quarantine[0].line, reading.quarantine[0].reason.code()), (2, "invalid_id"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
#[derive(Default)]
pub struct BatchIntake<'a> {
    zone: Zone,
    strictness: Strictness,
    progress: Option<Progress<'a>>,
}

impl fmt::Debug for BatchIntake<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("BatchIntake");
        shown.field("zone", &self.zone).field("strictness", &self.strictness).finish_non_exhaustive()
    }
}

impl<'a> BatchIntake<'a> {
    /// Reads in the zone [`Zone::SHANGHAI`], setting aside what cannot be read.
    pub fn new() -> Self {
        Self::default()
    }

    /// The reporting zone: the day of a row that does not tell when its waybill was posted is of this zone.
    pub fn with_zone(mut self, zone: Zone) -> Self {
        self.zone = zone;
        self
    }

    /// What becomes of a run that meets a row it cannot read.
    pub fn with_strictness(mut self, strictness: Strictness) -> Self {
        self.strictness = strictness;
        self
    }

    /// Is told the number of rows read so far, of all tables together: every 65,536 rows and at the end.
    pub fn with_progress(mut self, progress: impl FnMut(u64) + Send + 'a) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Reads batches of any tables in any order. A table handed over without rows counts as handed over.
    ///
    /// All batches are held until the last has come, since what others refer to is read first.
    ///
    /// # Errors
    /// An [`ArrowInputError`] where a batch lacks a column, has one of the wrong type, or holds a null where none may be;
    /// under [`Strictness::Stop`] also for the first row that cannot be read, in the order of [`Table::ALL`].
    pub fn read(self, batches: impl IntoIterator<Item = (Table, RecordBatch)>) -> Result<Reading, ArrowInputError> {
        let mut held: BTreeMap<Table, Vec<RecordBatch>> = BTreeMap::new();
        for (table, batch) in batches {
            held.entry(table).or_default().push(batch);
        }
        let mut run = Run::new(self, held.keys().copied());
        for (table, batches) in held {
            run.start(table);
            batches.iter().try_for_each(|batch| run.take(batch))?;
        }
        Ok(run.finish())
    }
}

/// A run: tables in their order, the batches of each in theirs.
pub(super) struct Run<'a> {
    sink: Sink<'a>,
    zone: Zone,
    table: Table,
    row: u64, // the next row of the table, counted from 1
}

impl<'a> Run<'a> {
    /// A run of these tables.
    pub(super) fn new(intake: BatchIntake<'a>, tables: impl Iterator<Item = Table>) -> Self {
        let records = Records::supplying(tables.map(Table::record_kind));
        let sink = Sink::new(records, intake.strictness, intake.progress);
        Self { sink, zone: intake.zone, table: Table::Waybills, row: 1 }
    }

    /// Takes note of a waybill that rows may refer to, read elsewhere.
    pub(super) fn refer_to(&mut self, key: &WaybillKey, row: Option<u64>) {
        self.sink.refer_to(key);
        if let Some(row) = row {
            self.sink.moves.number(key, row);
        }
    }

    /// Turns to a table further down in [`Table::ALL`].
    pub(super) fn start(&mut self, table: Table) {
        self.leave();
        match table {
            Table::CaseSteps => self.sink.expect_case_steps(),
            Table::Payments => self.sink.expect_payments(),
            Table::ClaimSteps => self.sink.expect_claim_steps(),
            _ => {}
        }
        (self.table, self.row) = (table, 1);
    }

    /// Takes a batch of the table.
    pub(super) fn take(&mut self, batch: &RecordBatch) -> Result<(), ArrowInputError> {
        take_table(self.table, batch, self.row, &mut self.sink, self.zone)?;
        self.row += batch.num_rows() as u64;
        Ok(())
    }

    /// Gives what hangs on other records to them.
    fn leave(&mut self) {
        match self.table {
            Table::PromiseMoves => self.sink.attach_moves(),
            Table::CaseSteps => self.sink.attach_case_steps(),
            Table::Payments => self.sink.attach_payments(),
            Table::ClaimSteps => self.sink.attach_claim_steps(),
            _ => {}
        }
    }

    /// Everything that was read, the moves of waybills read elsewhere included.
    pub(super) fn into_sink(mut self) -> Sink<'a> {
        self.leave();
        self.sink
    }

    /// What was read.
    pub(super) fn finish(mut self) -> Reading {
        self.leave();
        self.sink.finish()
    }
}
