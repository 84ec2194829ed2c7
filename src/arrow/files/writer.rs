use std::fs::{self, File};
use std::path::{Path, PathBuf};

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use super::ArrowFileError;
use super::checksum::{CREATED_BY, Checksums};
use crate::arrow::write::{CaseStepRow, ClaimStepRow, MoveRow, Numbered, PaymentRow, TableBuilder, TableRow};
use crate::arrow::{FieldKind, FurtherColumns, Table};
use crate::record::{
    Claim, Complaint, CostEntry, CourierDay, NodeEvent, Rating, Records, SiteShift, StockCount, Waybill,
};

/// Rows that are put in columns at once.
const BATCH_ROWS: usize = 1 << 14;
/// Rows of a group: the unit that is read, and held, by itself.
const GROUP_ROWS: usize = 1 << 20;

/// Writes records to Parquet files of the published schemas, a file a table, compressed with zstd and with a checksum of every column. Records may come in any
/// order and as many as there are: of each table one group of rows is held at a time, packed.
///
/// Without [`ParquetWriter::finish`] the files stay without their end, and nobody can read them.
///
/// ```
/// use parcelgauge::arrow::{BatchIntake, FurtherColumns, ParquetWriter, Table};
/// use parcelgauge::record::{Waybill, WaybillKey, WaybillNumber};
/// # let folder = std::env::temp_dir().join(format!("parcelgauge-parquet-{}", std::process::id()));
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default();
/// let waybill = Waybill::new(WaybillKey::new(WaybillNumber::new("SF1")?, day));
/// let mut writer = ParquetWriter::create(&folder, [Table::Waybills], &FurtherColumns::default())?;
/// writer.write_waybill(&waybill)?;
/// writer.finish()?;
/// assert_eq!(BatchIntake::new().read_parquet(&folder)?.records.waybills, [waybill]);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ParquetWriter {
    files: Vec<OpenFile>,
    waybills: u64, // written so far
    cases: u64,    // written so far
    claims: u64,   // written so far
}

struct OpenFile {
    table: Table,
    path: PathBuf,
    builder: TableBuilder,
    writer: ArrowWriter<File>,
}

impl std::fmt::Debug for ParquetWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.files.iter().map(|file| &file.path)).finish()
    }
}

impl ParquetWriter {
    /// Begins a file each for some tables, in a folder that is made if it is not there. Moves of promises go with the
    /// table of waybills, steps with that of complaints, payments and steps with that of claims, whether they are named or not. A table without rows tells that
    /// its kind was handed over.
    ///
    /// # Errors
    /// [`ArrowFileError::Unwritten`] where a file cannot be made.
    pub fn create(
        folder: &Path,
        tables: impl IntoIterator<Item = Table>,
        further: &FurtherColumns,
    ) -> Result<Self, ArrowFileError> {
        fs::create_dir_all(folder).map_err(ArrowFileError::unwritten(folder))?;
        let mut wanted: Vec<Table> = tables.into_iter().collect();
        let is_beside = |table: &Table| table.hangs_on().is_some_and(|owner| wanted.contains(&owner));
        let beside = Table::ALL.into_iter().filter(is_beside);
        wanted.extend(beside.collect::<Vec<_>>());
        wanted.sort_unstable();
        wanted.dedup();
        let files = wanted.into_iter().map(|table| OpenFile::create(folder, table, further));
        Ok(Self { files: files.collect::<Result<_, _>>()?, waybills: 0, cases: 0, claims: 0 })
    }

    /// Writes all records of a batch.
    ///
    /// # Errors
    /// Those of the methods for one record.
    pub fn write_records(&mut self, records: &Records) -> Result<(), ArrowFileError> {
        records.waybills.iter().try_for_each(|waybill| self.write_waybill(waybill))?;
        records.events.iter().try_for_each(|event| self.write_event(event))?;
        records.complaints.iter().try_for_each(|case| self.write_complaint(case))?;
        records.claims.iter().try_for_each(|claim| self.write_claim(claim))?;
        records.ratings.iter().try_for_each(|rating| self.write_rating(rating))?;
        records.costs.iter().try_for_each(|cost| self.write_cost(cost))?;
        records.courier_days.iter().try_for_each(|courier_day| self.write_courier_day(courier_day))?;
        records.stock_counts.iter().try_for_each(|count| self.write_stock_count(count))?;
        records.site_shifts.iter().try_for_each(|shift| self.write_site_shift(shift))
    }

    /// Writes a waybill, and the moves of its promise.
    ///
    /// # Errors
    /// [`ArrowFileError`] where the table has no file, a column is missing, or the file cannot be written.
    pub fn write_waybill(&mut self, record: &Waybill) -> Result<(), ArrowFileError> {
        let row = (!record.promise_moves.is_empty()).then_some(self.waybills);
        self.waybills += 1;
        self.push(&Numbered { record, row })?;
        let moves = record.promise_moves.iter();
        moves.map(|&moved| MoveRow { waybill: &record.key, moved, row }).try_for_each(|moved| self.push(&moved))
    }

    /// Writes an event.
    ///
    /// # Errors
    /// Those of [`ParquetWriter::write_waybill`].
    pub fn write_event(&mut self, event: &NodeEvent) -> Result<(), ArrowFileError> {
        self.push(event)
    }

    /// Writes a case, and its steps.
    ///
    /// # Errors
    /// Those of [`ParquetWriter::write_waybill`].
    pub fn write_complaint(&mut self, record: &Complaint) -> Result<(), ArrowFileError> {
        let row = (!record.steps.is_empty()).then_some(self.cases);
        self.cases += 1;
        self.push(&Numbered { record, row })?;
        let steps = record.steps.iter();
        steps.map(|step| CaseStepRow { case: &record.id, step, row }).try_for_each(|step| self.push(&step))
    }

    /// Writes a claim, the payments on it and its steps.
    ///
    /// # Errors
    /// Those of [`ParquetWriter::write_waybill`].
    pub fn write_claim(&mut self, record: &Claim) -> Result<(), ArrowFileError> {
        let row = (!record.payments.is_empty() || !record.steps.is_empty()).then_some(self.claims);
        self.claims += 1;
        self.push(&Numbered { record, row })?;
        let payments = record.payments.iter();
        payments
            .map(|&payment| PaymentRow { claim: &record.id, payment, row })
            .try_for_each(|paid| self.push(&paid))?;
        let steps = record.steps.iter();
        steps.map(|step| ClaimStepRow { claim: &record.id, step, row }).try_for_each(|step| self.push(&step))
    }

    /// Writes a rating.
    ///
    /// # Errors
    /// Those of [`ParquetWriter::write_waybill`].
    pub fn write_rating(&mut self, rating: &Rating) -> Result<(), ArrowFileError> {
        self.push(rating)
    }

    /// Writes an entry of the cost account.
    ///
    /// # Errors
    /// Those of [`ParquetWriter::write_waybill`].
    pub fn write_cost(&mut self, cost: &CostEntry) -> Result<(), ArrowFileError> {
        self.push(cost)
    }

    /// Writes a courier's day.
    ///
    /// # Errors
    /// Those of [`ParquetWriter::write_waybill`].
    pub fn write_courier_day(&mut self, courier_day: &CourierDay) -> Result<(), ArrowFileError> {
        self.push(courier_day)
    }

    /// Writes a stock count.
    ///
    /// # Errors
    /// Those of [`ParquetWriter::write_waybill`].
    pub fn write_stock_count(&mut self, count: &StockCount) -> Result<(), ArrowFileError> {
        self.push(count)
    }

    /// Writes a facility's shift.
    ///
    /// # Errors
    /// Those of [`ParquetWriter::write_waybill`].
    pub fn write_site_shift(&mut self, shift: &SiteShift) -> Result<(), ArrowFileError> {
        self.push(shift)
    }

    fn push<R: TableRow>(&mut self, row: &R) -> Result<(), ArrowFileError> {
        let file = self.files.iter_mut().find(|file| file.table == R::TABLE);
        let file = file.ok_or(ArrowFileError::TableNotOpen { table: R::TABLE })?;
        file.builder.push(row)?;
        if file.builder.rows() == BATCH_ROWS { file.hand_over() } else { Ok(()) }
    }

    /// Writes what is held, and the end of every file.
    ///
    /// # Errors
    /// [`ArrowFileError::Unwritten`] where a file cannot be written.
    pub fn finish(self) -> Result<(), ArrowFileError> {
        for mut file in self.files {
            file.hand_over()?;
            file.writer.flush().map_err(ArrowFileError::unwritten(&file.path))?;
            file.writer.sync().map_err(ArrowFileError::unwritten(&file.path))?;
            let checksums = Checksums::of(&file.path, &file.builder.schema(), file.writer.flushed_row_groups());
            let checksums = checksums.map_err(ArrowFileError::unwritten(&file.path))?;
            file.writer.append_key_value_metadata(checksums.entry());
            file.writer.close().map_err(ArrowFileError::unwritten(&file.path))?;
        }
        Ok(())
    }
}

impl OpenFile {
    fn create(folder: &Path, table: Table, further: &FurtherColumns) -> Result<Self, ArrowFileError> {
        let path = folder.join(format!("{table}.parquet"));
        let builder = TableBuilder::new(table, further);
        let mut properties = WriterProperties::builder()
            .set_created_by(CREATED_BY.to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_max_row_group_row_count(Some(GROUP_ROWS));
        // Instants to the millisecond hardly repeat: a dictionary of them is only in the way.
        for field in table.fields().iter().filter(|field| field.kind == FieldKind::Instant) {
            properties = properties.set_column_dictionary_enabled(ColumnPath::from(field.name), false);
        }
        let file = File::create(&path).map_err(ArrowFileError::unwritten(&path))?;
        let writer = ArrowWriter::try_new(file, builder.schema(), Some(properties.build()));
        let writer = writer.map_err(ArrowFileError::unwritten(&path))?;
        Ok(Self { table, path, builder, writer })
    }

    fn hand_over(&mut self) -> Result<(), ArrowFileError> {
        if self.builder.rows() == 0 {
            return Ok(());
        }
        let batch = self.builder.finish()?;
        self.writer.write(&batch).map_err(ArrowFileError::unwritten(&self.path))
    }
}
