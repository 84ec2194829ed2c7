//! Checksums of the columns of a file: the format has such of pages, which its writer does not write.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use arrow_schema::Schema;
use parquet::errors::ParquetError;
use parquet::file::metadata::{FileMetaData, KeyValue, ParquetMetaData, RowGroupMetaData};

/// Who wrote a file: what others make of it bears their name, though they may copy the checksums.
pub(super) const CREATED_BY: &str = concat!("parcelgauge ", env!("CARGO_PKG_VERSION"));
const WRITER: &str = "parcelgauge ";
/// The key in the file's metadata.
const KEY: &str = "parcelgauge.crc32";

/// CRC-32 of every column of every group of rows, as it lies in the file, and of the names of the columns: under another
/// name a column would be read as none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checksums {
    names: u32,
    groups: Vec<Vec<u32>>,
}

impl Checksums {
    /// Those of a file whose groups are all written, though its end is not.
    pub(super) fn of(path: &Path, schema: &Schema, groups: &[RowGroupMetaData]) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let of_group = |group: &RowGroupMetaData| {
            group.columns().iter().map(|column| checksum(&mut file, column.byte_range())).collect()
        };
        let names = checksum_of_names(schema.fields().iter().map(|field| field.name().as_str()));
        Ok(Self { names, groups: groups.iter().map(of_group).collect::<io::Result<_>>()? })
    }

    /// As an entry of the file's metadata.
    pub(super) fn entry(&self) -> KeyValue {
        let group = |columns: &Vec<u32>| columns.iter().map(|sum| format!("{sum:08x}")).collect::<Vec<_>>().join(",");
        let sums = [format!("{:08x}", self.names)].into_iter().chain(self.groups.iter().map(group));
        KeyValue::new(KEY.to_owned(), sums.collect::<Vec<_>>().join(";"))
    }

    /// Those that a file says it has, where this crate wrote it.
    pub(super) fn told_by(metadata: &FileMetaData) -> Result<Option<Self>, ParquetError> {
        if !metadata.created_by().is_some_and(|writer| writer.starts_with(WRITER)) {
            return Ok(None);
        }
        let unreadable = || ParquetError::General("the checksums in its metadata are not to be read".to_owned());
        let entry = metadata.key_value_metadata().and_then(|entries| entries.iter().find(|entry| entry.key == KEY));
        let text = entry.and_then(|entry| entry.value.as_deref()).ok_or_else(unreadable)?;
        let sum = |text| u32::from_str_radix(text, 16).map_err(|_| unreadable());
        let mut sums = text.split(';');
        let names = sum(sums.next().unwrap_or_default())?;
        if names != checksum_of_names(metadata.schema_descr().columns().iter().map(|column| column.name())) {
            return Err(ParquetError::General("the names of its columns are not those that were written".to_owned()));
        }
        let groups = sums.map(|columns| columns.split(',').map(sum).collect()).collect::<Result<_, _>>()?;
        Ok(Some(Self { names, groups }))
    }

    /// Holds some columns of a group against their bytes.
    pub(super) fn check(
        &self,
        file: &mut File,
        metadata: &ParquetMetaData,
        group: usize,
        columns: &[usize],
    ) -> Result<(), ParquetError> {
        let unlike = |column: usize| {
            let problem = format!("the bytes of column {column} of row group {group} are not those that were written");
            ParquetError::General(problem)
        };
        for &column in columns {
            let told = self.groups.get(group).and_then(|sums| sums.get(column)).ok_or_else(|| unlike(column))?;
            let found = metadata.row_groups().get(group).and_then(|group| group.columns().get(column));
            let range = found.ok_or_else(|| unlike(column))?.byte_range();
            if checksum(file, range).map_err(ParquetError::from)? != *told {
                return Err(unlike(column));
            }
        }
        Ok(())
    }
}

fn checksum_of_names<'a>(names: impl Iterator<Item = &'a str>) -> u32 {
    crc32fast::hash(names.collect::<Vec<_>>().join("\n").as_bytes())
}

/// CRC-32 of so many bytes of a file from a place on.
fn checksum(file: &mut File, (start, length): (u64, u64)) -> io::Result<u32> {
    file.seek(SeekFrom::Start(start))?;
    let mut rest = file.take(length);
    let mut sum = crc32fast::Hasher::new();
    let mut bytes = vec![0; 1 << 16];
    loop {
        match rest.read(&mut bytes)? {
            0 => return Ok(sum.finalize()),
            read => sum.update(&bytes[..read]),
        }
    }
}
