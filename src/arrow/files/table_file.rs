use std::fs::File;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field as ArrowField, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;

use super::ArrowFileError;
use super::checksum::Checksums;
use crate::arrow::{ArrowInputError, ColumnUse, FieldKind, Table};

/// Rows of a batch, unless told otherwise: enough to spread the cost of a batch, few enough to stay in cache.
const BATCH_ROWS: usize = 1 << 16;

/// A Parquet file of one table, of which so far only the last bytes were read: what is in it, and where.
///
/// Columns that the table does not read are not decoded. Files that this crate wrote bear a checksum of every column,
/// which is looked at before a group is read; damage in those of others is found by the checksums of their pages, where they
/// have such, else by the decoding, or not at all. Labels, closed sets and lengths of time come as dictionaries, whatever the file's
/// own schema says of them: that is how they lie in it as a rule.
#[derive(Debug, Clone)]
pub struct TableFile {
    table: Table,
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    checksums: Option<Checksums>,
    columns: Vec<usize>, // those that are read, ascending
    batch_rows: NonZeroUsize,
}

impl TableFile {
    /// Looks into a file.
    ///
    /// # Errors
    /// [`ArrowFileError::Unread`] where it cannot be opened, [`ArrowFileError::Broken`] where it is cut short or no
    /// Parquet file, [`ArrowFileError::Input`] where two columns bear one name.
    pub fn open(table: Table, path: &Path) -> Result<Self, ArrowFileError> {
        let file = File::open(path).map_err(ArrowFileError::unread(path))?;
        let found = guarded(|| ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()));
        let found = found.map_err(ArrowFileError::broken(path))?;
        let options = ArrowReaderOptions::new().with_schema(with_dictionaries(table, found.schema()));
        // What cannot be read so is read as the file has it, and refused with its own type where it does not fit.
        let metadata = ArrowReaderMetadata::try_new(Arc::clone(found.metadata()), options).unwrap_or(found);
        let mut names: Vec<&str> = metadata.schema().fields().iter().map(|field| field.name().as_str()).collect();
        names.sort_unstable();
        if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            let source = ArrowInputError::RepeatedColumn { table, field: pair[0].to_owned() };
            return Err(ArrowFileError::Input { path: path.to_owned(), source });
        }
        let fields = metadata.schema().fields().iter().enumerate();
        let is_read = |field: &ArrowField| {
            !is_of_nothing(field.data_type()) && table.use_of(field.name(), field.data_type()) != ColumnUse::Unread
        };
        let columns = fields.filter(|(_, field)| is_read(field)).map(|(place, _)| place).collect();
        let batch_rows = NonZeroUsize::new(BATCH_ROWS).unwrap_or(NonZeroUsize::MIN);
        let checksums =
            Checksums::told_by(metadata.metadata().file_metadata()).map_err(ArrowFileError::broken(path))?;
        Ok(Self { table, path: path.to_owned(), metadata, checksums, columns, batch_rows })
    }

    /// With these columns only, of those that are there.
    ///
    /// # Errors
    /// [`ArrowFileError::UnknownColumn`] for one that is not.
    pub fn with_columns(mut self, columns: &[&str]) -> Result<Self, ArrowFileError> {
        let schema = self.metadata.schema();
        let place = |column: &&str| {
            schema.index_of(column).map_err(|_| ArrowFileError::UnknownColumn {
                path: self.path.clone(),
                column: (*column).to_owned(),
                known: schema.fields().iter().map(|field| field.name().clone()).collect(),
            })
        };
        let mut places = columns.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        places.retain(|&place| !is_of_nothing(schema.field(place).data_type()));
        places.sort_unstable();
        places.dedup();
        self.columns = places;
        Ok(self)
    }

    /// With batches of at most so many rows; 65,536 unless said.
    #[must_use]
    pub fn with_batch_rows(mut self, rows: NonZeroUsize) -> Self {
        self.batch_rows = rows;
        self
    }

    /// The table.
    #[must_use]
    pub fn table(&self) -> Table {
        self.table
    }

    /// The path as it was given.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All columns of the file, as they are read.
    #[must_use]
    pub fn schema(&self) -> &SchemaRef {
        self.metadata.schema()
    }

    /// The columns that the table does not read: those of other names, and of waybills those that are no text either.
    pub fn unread_columns(&self) -> impl Iterator<Item = &str> {
        let fields = self.metadata.schema().fields().iter();
        let unread = fields.filter(|field| self.table.use_of(field.name(), field.data_type()) == ColumnUse::Unread);
        unread.map(|field| field.name().as_str())
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> u64 {
        u64::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or_default()
    }

    /// The columns that are read.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter_map(|&place| self.schema().fields().get(place).map(|field| field.name().as_str()))
    }

    /// How many rows one of the groups has; none where there is no such group.
    pub(crate) fn group_rows(&self, group: usize) -> u64 {
        let rows = self.metadata.metadata().row_groups().get(group).map(|group| group.num_rows());
        rows.and_then(|rows| u64::try_from(rows).ok()).unwrap_or_default()
    }

    /// How many groups of rows there are, each of which can be read by itself.
    #[must_use]
    pub fn row_groups(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    /// Reads the batches of some groups of rows, one after the other.
    ///
    /// # Errors
    /// [`ArrowFileError`] where the file cannot be opened any more, or lacks a group; each batch may be an error too.
    pub fn batches(&self, row_groups: impl IntoIterator<Item = usize>) -> Result<TableBatches, ArrowFileError> {
        let groups: Vec<usize> = row_groups.into_iter().collect();
        let known = self.metadata.metadata().row_groups();
        let mut rows = 0;
        for &group in &groups {
            let missing = || ParquetError::General(format!("there is no row group {group} of {}", known.len()));
            let found = known.get(group).ok_or_else(missing).map_err(ArrowFileError::broken(&self.path))?;
            rows += u64::try_from(found.num_rows()).unwrap_or_default();
        }
        let mut file = File::open(&self.path).map_err(ArrowFileError::unread(&self.path))?;
        if let Some(checksums) = &self.checksums {
            let check = |&group| checksums.check(&mut file, self.metadata.metadata(), group, &self.columns);
            guarded(|| groups.iter().try_for_each(check)).map_err(ArrowFileError::broken(&self.path))?;
        }
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        let mask = ProjectionMask::roots(builder.parquet_schema(), self.columns.iter().copied());
        let builder = builder.with_projection(mask).with_batch_size(self.batch_rows.get()).with_row_groups(groups);
        let reader = guarded(|| builder.build()).map_err(ArrowFileError::broken(&self.path))?;
        Ok(TableBatches { path: self.path.clone(), reader, rows_left: rows, is_over: false })
    }
}

/// Whether a type is a dictionary of nulls, as some table libraries make of an empty column: the reader cannot take it, and
/// it tells nothing.
fn is_of_nothing(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Dictionary(_, values) if **values == DataType::Null)
}

/// Runs the reader of the format. Damaged bytes must not end the program, whatever the reader makes of them.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    let stopped = |_| Err(ParquetError::General("the reader of the format stopped at its bytes".to_owned()));
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(stopped)
}

/// The schema with dictionaries for the texts of labels, closed sets and lengths of time.
fn with_dictionaries(table: Table, schema: &Schema) -> SchemaRef {
    let fields = schema.fields().iter().map(|field| {
        let repeats = match table.field(field.name()) {
            Some(known) => matches!(known.kind, FieldKind::Label | FieldKind::Code | FieldKind::Length),
            None => table.use_of(field.name(), field.data_type()) != ColumnUse::Unread,
        };
        let is_text = matches!(field.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
        let mut field = ArrowField::clone(field);
        if repeats && is_text {
            field.set_data_type(FieldKind::Label.canonical());
        }
        field
    });
    Arc::new(Schema::new_with_metadata(fields.collect::<Vec<_>>(), schema.metadata().clone()))
}

/// The batches of a file, or of a part of it. The first error is the last item.
pub struct TableBatches {
    path: PathBuf,
    reader: ParquetRecordBatchReader,
    rows_left: u64,
    is_over: bool,
}

impl std::fmt::Debug for TableBatches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableBatches")
            .field("path", &self.path)
            .field("rows_left", &self.rows_left)
            .finish_non_exhaustive()
    }
}

impl Iterator for TableBatches {
    type Item = Result<RecordBatch, ArrowFileError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let broken = ArrowFileError::broken(&self.path);
        match guarded(|| self.reader.next().transpose().map_err(ParquetError::from)) {
            Ok(Some(batch)) => {
                self.rows_left = self.rows_left.saturating_sub(batch.num_rows() as u64);
                Some(Ok(batch))
            }
            Err(error) => {
                self.is_over = true;
                Some(Err(broken(error)))
            }
            Ok(None) => {
                self.is_over = true;
                let short = || ParquetError::General(format!("it ends {} rows before its end", self.rows_left));
                (self.rows_left > 0).then(|| Err(broken(short())))
            }
        }
    }
}
