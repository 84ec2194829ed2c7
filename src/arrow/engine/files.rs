//! Parquet files into the engine, a group of rows at a time.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::RecordBatch;

use crate::arrow::{ArrowFileError, Table, TableFile};

use super::Columnar;
use super::columnar::is_packed;
use super::packer::Packer;
use super::threads::in_threads;

/// A group of rows of a file, the first of which is the row `first` of its table.
struct Group<'f> {
    file: &'f TableFile,
    group: usize,
    first: u64,
}

/// Batches of tables that are held until the end, by the number of their group.
type Held = BTreeMap<usize, (Table, Vec<RecordBatch>)>;

impl Columnar<'_> {
    /// Takes in Parquet files with all threads, group by group; only columns that can make a difference are decoded.
    /// Positions of rows that cannot be read count on over the files of a table, in their order here.
    ///
    /// # Errors
    /// [`ArrowFileError`] where a file cannot be read to its end, or is not of its table's schema; of several errors that
    /// of the first group. The engine is not to be used after that.
    pub fn take_files(&mut self, files: &[TableFile]) -> Result<(), ArrowFileError> {
        let files = files.iter().map(without_raw_codes).collect::<Result<Vec<_>, _>>()?;
        let mut groups = Vec::new();
        for file in &files {
            let rows = self.rows_of(file.table());
            for group in 0..file.row_groups() {
                groups.push(Group { file, group, first: *rows + 1 });
                *rows += file.group_rows(group);
            }
        }
        self.make_packers(groups.len());
        let next = AtomicUsize::new(0);
        let work = |packer: &mut Packer<'_>| -> Result<Held, (usize, ArrowFileError)> {
            let mut held = Held::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(group) = groups.get(number) else { return Ok(held) };
                let batches = group.read(packer).map_err(|error| (number, error))?;
                if !batches.is_empty() {
                    held.insert(number, (group.file.table(), batches));
                }
            }
        };
        let results = in_threads(self.packers.iter_mut().map(|packer| || work(packer)));
        let mut all = Held::new();
        let mut errors = Vec::new();
        for result in results {
            match result {
                Ok(mut held) => all.append(&mut held),
                Err(error) => errors.push(error),
            }
        }
        if let Some((_, error)) = errors.into_iter().min_by_key(|(number, _)| *number) {
            return Err(error);
        }
        for (table, batches) in all.into_values() {
            self.hold(table, batches);
        }
        Ok(())
    }
}

impl Group<'_> {
    /// Packs the rows of the group, or hands its batches back where they are to be held.
    fn read(&self, packer: &mut Packer<'_>) -> Result<Vec<RecordBatch>, ArrowFileError> {
        let (table, mut first) = (self.file.table(), self.first);
        let batches = self.file.batches([self.group])?;
        if !is_packed(table) {
            return batches.collect();
        }
        for batch in batches {
            let batch = batch?;
            let refused = |source| ArrowFileError::Input { path: self.file.path().to_owned(), source };
            packer.take(table, &batch, first).map_err(refused)?;
            first += batch.num_rows() as u64;
        }
        Ok(Vec::new())
    }
}

/// The codes of the source make no difference to any figure.
fn without_raw_codes(file: &TableFile) -> Result<TableFile, ArrowFileError> {
    if file.table() != Table::Events {
        return Ok(file.clone());
    }
    let columns: Vec<&str> = file.columns().filter(|&column| column != "raw_code").collect();
    file.clone().with_columns(&columns)
}
