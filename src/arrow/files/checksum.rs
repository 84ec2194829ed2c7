//! Checksums of the columns of a file: the format has such of pages, which its writer does not write.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use parquet::errors::ParquetError;
use parquet::file::metadata::{FileMetaData, KeyValue, ParquetMetaData, RowGroupMetaData};

/// Who wrote a file: what others make of it bears their name, though they may copy the checksums.
pub(super) const CREATED_BY: &str = concat!("parcelgauge ", env!("CARGO_PKG_VERSION"));
const WRITER: &str = "parcelgauge ";
/// The key in the file's metadata.
const KEY: &str = "parcelgauge.crc32";

/// CRC-32 of every column of every group of rows, as it lies in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checksums {
    groups: Vec<Vec<u32>>,
}

impl Checksums {
    /// Those of a file whose groups are all written, though its end is not.
    pub(super) fn of(path: &Path, groups: &[RowGroupMetaData]) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let of_group = |group: &RowGroupMetaData| {
            group.columns().iter().map(|column| checksum(&mut file, column.byte_range())).collect()
        };
        Ok(Self { groups: groups.iter().map(of_group).collect::<io::Result<_>>()? })
    }

    /// As an entry of the file's metadata.
    pub(super) fn entry(&self) -> KeyValue {
        let group = |columns: &Vec<u32>| columns.iter().map(|sum| format!("{sum:08x}")).collect::<Vec<_>>().join(",");
        KeyValue::new(KEY.to_owned(), self.groups.iter().map(group).collect::<Vec<_>>().join(";"))
    }

    /// Those that a file says it has, where this crate wrote it.
    pub(super) fn told_by(metadata: &FileMetaData) -> Result<Option<Self>, ParquetError> {
        if !metadata.created_by().is_some_and(|writer| writer.starts_with(WRITER)) {
            return Ok(None);
        }
        let unreadable = || ParquetError::General("the checksums in its metadata are not to be read".to_owned());
        let entry = metadata.key_value_metadata().and_then(|entries| entries.iter().find(|entry| entry.key == KEY));
        let text = entry.and_then(|entry| entry.value.as_deref()).ok_or_else(unreadable)?;
        let group = |columns: &str| columns.split(',').map(|sum| u32::from_str_radix(sum, 16)).collect();
        let groups = text.split(';').filter(|group| !group.is_empty()).map(group).collect::<Result<_, _>>();
        Ok(Some(Self { groups: groups.map_err(|_| unreadable())? }))
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
