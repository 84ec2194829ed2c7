use std::fmt::Write;
use std::fs::{self, File};
use std::path::Path;

use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::{FileMetaData, KeyValue};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use super::ArrowFileError;
use super::checksum::{CREATED_BY, Checksums};
use super::cube_columns::{CellColumns, CellRows, schema};
use super::table_file::guarded;
use crate::cube::{Cube, Loading, Plan};

/// The key of the head in the file's metadata.
const KEY: &str = "parcelgauge.cube";
/// Rows that are put in columns at once.
const BATCH_ROWS: usize = 1 << 14;

/// Writes a cube as one Parquet file, compressed with zstd and with a checksum of every column: a row a cell, ascending by
/// partition, KPI, group and day. What stood at the path stays there until the new file is whole.
///
/// | columns | type | what they hold |
/// | --- | --- | --- |
/// | `partition` | Date32 | the source partition; of sealed ones made one, the first |
/// | `kpi`, `version`, `params` | Utf8, UInt32, Utf8 | the definition, and arguments and policies as in the result document |
/// | one a dimension, of its name | Utf8 | the group; null where the waybill has no value. A name that is another column's is written `group.NAME` |
/// | `unassigned` | Boolean | whether the facts have no known waybill; then every dimension is null |
/// | `day` | Date32 | the cohort day; null where the facts have none |
/// | `state` | Binary | the cell as [`Cell::encode`](crate::state::Cell::encode) writes it |
///
/// Whoever works in tables can read it as one, drop rows or count them, and hand states back to
/// [`Cell::decode`](crate::state::Cell::decode). All else that [`Cube::encode`] writes, the account of rows included, is in
/// the file's metadata under `parcelgauge.cube`, in hexadecimal digits.
///
/// ```
/// use parcelgauge::arrow::{read_cube, write_cube};
/// use parcelgauge::cube::{Cube, Plan};
/// use parcelgauge::fact::Context;
/// use parcelgauge::kpi::catalogue;
/// # let path = std::env::temp_dir().join(format!("parcelgauge-cube-{}.parquet", std::process::id()));
/// let plan = Plan::everything(catalogue());
/// let cube = Cube::new(plan.clone(), &Context::at("2026-11-01T00:00:00+08:00".parse()?));
/// write_cube(&path, &cube)?;
/// assert_eq!(read_cube(&path, &plan)?.encode(), cube.encode());
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ArrowFileError::Unwritten`] where the file cannot be written.
pub fn write_cube(path: &Path, cube: &Cube) -> Result<(), ArrowFileError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = Path::new(&beside);
    let written = write(beside, cube).map_err(ArrowFileError::unwritten(path));
    let written = written.and_then(|()| fs::rename(beside, path).map_err(ArrowFileError::unwritten(path)));
    if written.is_err() {
        // Nobody is to take it for a cube; where it cannot be removed, its name says so.
        let _ = fs::remove_file(beside);
    }
    written
}

fn write(path: &Path, cube: &Cube) -> Result<(), ParquetError> {
    let schema = schema(cube.plan());
    let properties = WriterProperties::builder()
        .set_created_by(CREATED_BY.to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_column_statistics_enabled(ColumnPath::from("state"), EnabledStatistics::None)
        .set_column_dictionary_enabled(ColumnPath::from("state"), false);
    let mut writer = ArrowWriter::try_new(File::create(path)?, schema.clone(), Some(properties.build()))?;
    let mut columns = CellColumns::new(cube.plan());
    cube.each_cell(|cell| {
        columns.push(&cell);
        if columns.rows == BATCH_ROWS { writer.write(&columns.finish(&schema)?) } else { Ok(()) }
    })?;
    writer.write(&columns.finish(&schema)?)?;
    writer.flush()?;
    writer.sync()?;
    let checksums = Checksums::of(path, &schema, writer.flushed_row_groups())?;
    writer.append_key_value_metadata(checksums.entry());
    writer.append_key_value_metadata(KeyValue::new(KEY.to_owned(), to_hex(&cube.head())));
    writer.close()?;
    Ok(())
}

/// Reads what [`write_cube`] wrote for a plan of the same KPIs, dimensions and evidence, whatever its window.
///
/// # Errors
/// [`ArrowFileError::Unread`] where the file cannot be opened; [`ArrowFileError::Broken`] where it is cut short, damaged or
/// no Parquet file; [`ArrowFileError::NoCube`] where it is a file of something else, or somebody wrote it again;
/// [`ArrowFileError::Cube`] where the cube is of another plan or format, or cells are missing.
pub fn read_cube(path: &Path, plan: &Plan) -> Result<Cube, ArrowFileError> {
    let mut file = File::open(path).map_err(ArrowFileError::unread(path))?;
    let metadata = guarded(|| ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()));
    let metadata = metadata.map_err(ArrowFileError::broken(path))?;
    let of_file = metadata.metadata().file_metadata();
    let no_cube = || ArrowFileError::NoCube { path: path.to_owned() };
    let refused = |source| ArrowFileError::Cube { path: path.to_owned(), source };
    let checksums = Checksums::told_by(of_file).map_err(ArrowFileError::broken(path))?.ok_or_else(no_cube)?;
    let head = head(of_file).ok_or_else(no_cube)?;
    let mut loading = Loading::begin(plan, &head).map_err(refused)?;
    let expected = schema(plan);
    if metadata.schema().fields() != expected.fields() {
        let unlike = ParquetError::General("its columns are not those of its cube".to_owned());
        return Err(ArrowFileError::broken(path)(unlike));
    }
    let columns: Vec<usize> = (0..expected.fields().len()).collect();
    let groups = metadata.metadata().num_row_groups();
    let check = |group| checksums.check(&mut file, metadata.metadata(), group, &columns);
    guarded(|| (0..groups).try_for_each(check)).map_err(ArrowFileError::broken(path))?;
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata).with_batch_size(BATCH_ROWS);
    let mut reader = guarded(|| builder.build()).map_err(ArrowFileError::broken(path))?;
    let mut rows = CellRows::new(plan);
    while let Some(batch) =
        guarded(|| reader.next().transpose().map_err(ParquetError::from)).map_err(ArrowFileError::broken(path))?
    {
        rows.load(&batch, &mut loading).map_err(refused)?;
    }
    loading.finish().map_err(refused)
}

fn head(metadata: &FileMetaData) -> Option<Vec<u8>> {
    let entry = metadata.key_value_metadata()?.iter().find(|entry| entry.key == KEY)?;
    from_hex(entry.value.as_deref()?)
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let pair = |pair: &[u8]| match *pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}
