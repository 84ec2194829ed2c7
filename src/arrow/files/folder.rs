use std::fs;
use std::path::{Path, PathBuf};

use super::{ArrowFileError, TableFile};
use crate::arrow::reading::Run;
use crate::arrow::{BatchIntake, Table};
use crate::intake::Reading;

impl TableFile {
    /// The files of a folder: `TABLE.parquet`, or a folder of that name or of the table's that holds files ending in
    /// `.parquet`, which are read in the order of their names. Tables come in the order of [`Table::ALL`].
    ///
    /// # Errors
    /// [`ArrowFileError::NoTables`] where there is no table among them, [`ArrowFileError::NoParts`] and
    /// [`ArrowFileError::Stray`] where a table's folder holds no file or something that would not be read; else those of
    /// [`TableFile::open`].
    pub fn open_folder(folder: &Path) -> Result<Vec<Self>, ArrowFileError> {
        let mut files = Vec::new();
        for table in Table::ALL {
            for name in [format!("{table}.parquet"), table.to_string()] {
                let path = folder.join(name);
                if path.is_file() {
                    files.push(Self::open(table, &path)?);
                } else if path.is_dir() {
                    for path in parts(table, &path)? {
                        files.push(Self::open(table, &path)?);
                    }
                }
            }
        }
        if files.is_empty() {
            // A folder that is not there says so itself.
            fs::read_dir(folder).map_err(ArrowFileError::unread(folder))?;
            return Err(ArrowFileError::NoTables { path: folder.to_owned() });
        }
        Ok(files)
    }
}

/// The Parquet files of a table's folder, by name. What other programs leave beside them is passed over: `_SUCCESS`, `.crc`.
fn parts(table: Table, folder: &Path) -> Result<Vec<PathBuf>, ArrowFileError> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(ArrowFileError::unread(folder))? {
        let path = entry.map_err(ArrowFileError::unread(folder))?.path();
        let is_aside = path.file_name().is_some_and(|name| matches!(name.as_encoded_bytes(), [b'_' | b'.', ..]));
        if path.is_file() && path.extension().is_some_and(|extension| extension == "parquet") {
            paths.push(path);
        } else if !is_aside {
            return Err(ArrowFileError::Stray { path, table });
        }
    }
    if paths.is_empty() {
        return Err(ArrowFileError::NoParts { path: folder.to_owned() });
    }
    paths.sort_unstable();
    Ok(paths)
}

impl BatchIntake<'_> {
    /// Reads the files of [`TableFile::open_folder`], a batch at a time. Positions of rows set aside count on over the
    /// files of a table.
    ///
    /// # Errors
    /// [`ArrowFileError`] where a file cannot be read to its end, or is not of its table's schema: then there are no
    /// records at all.
    pub fn read_parquet(self, folder: &Path) -> Result<Reading, ArrowFileError> {
        let files = TableFile::open_folder(folder)?;
        let mut run = Run::new(self, files.iter().map(TableFile::table));
        let mut table = None;
        for file in &files {
            if table.replace(file.table()) != Some(file.table()) {
                run.start(file.table());
            }
            let refused = |source| ArrowFileError::Input { path: file.path().to_owned(), source };
            for group in 0..file.row_groups() {
                for batch in file.batches([group])? {
                    run.take(&batch?).map_err(refused)?;
                }
            }
        }
        Ok(run.finish())
    }
}
