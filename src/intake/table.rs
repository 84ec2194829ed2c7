//! A CSV file as a stream of rows: bounded, with its line numbers, each row either readable or at fault.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use csv::{ByteRecord, Position, Reader, ReaderBuilder, StringRecord};

use super::IntakeError;
use super::quarantine::{Fault, Reason};

/// The longest row in bytes that is read, 1 MiB; a longer one is set aside as `row_too_long`.
///
/// Where a row is so long that no reading on makes sense (an opening quote without its closing one swallows what
/// follows), reading goes on at the next line end after what was taken in.
pub const MAX_ROW_BYTES: usize = 1 << 20;

const BUFFER_BYTES: usize = 1 << 16;

/// Enough for the 200 characters that a listing shows.
const SHOWN_BYTES: usize = 1_000;

/// A source that fails rather than hand out more than a row's worth of bytes: the CSV reader would keep them all.
#[derive(Debug)]
struct Bounded<R> {
    source: R,
    handed_out: u64, // bytes since the start of the source
    line_ends: u64,  // line feeds among them
    this_row: usize, // bytes since the row was begun
    exceeded: bool,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // What the row before left in the buffer does not matter: a row within the limit never gets so far.
        if self.this_row > MAX_ROW_BYTES {
            self.exceeded = true;
            return Err(io::Error::other("row too long"));
        }
        let count = self.source.read(buffer)?;
        self.advance(&buffer[..count]);
        Ok(count)
    }
}

impl<R: Read> Bounded<R> {
    fn advance(&mut self, bytes: &[u8]) {
        self.handed_out += bytes.len() as u64;
        self.this_row += bytes.len();
        self.line_ends += count_line_ends(bytes);
    }
}

impl<R: Read + Seek> Bounded<R> {
    /// The first bytes of a row, for the listing.
    fn peek(&mut self, begin: u64) -> io::Result<Vec<u8>> {
        self.source.seek(SeekFrom::Start(begin))?;
        let mut start = Vec::new();
        self.source.by_ref().take(SHOWN_BYTES as u64).read_to_end(&mut start)?;
        Ok(start)
    }

    /// Passes over everything up to the next line end, and says where the line after it begins.
    fn skip_line(&mut self) -> io::Result<Position> {
        self.source.seek(SeekFrom::Start(self.handed_out))?;
        let mut buffer = vec![0; BUFFER_BYTES];
        loop {
            let count = self.source.read(&mut buffer)?;
            let end = buffer[..count].iter().position(|&byte| byte == b'\n');
            self.advance(&buffer[..end.map_or(count, |at| at + 1)]);
            if end.is_some() || count == 0 {
                let mut next = Position::new();
                next.set_byte(self.handed_out).set_line(self.line_ends + 1);
                return Ok(next);
            }
        }
    }
}

impl<R: Seek> Seek for Bounded<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}

fn count_line_ends(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&byte| byte == b'\n').count() as u64
}

/// The names of a file's columns.
#[derive(Debug)]
pub(super) struct Header {
    names: Vec<String>,
}

impl Header {
    /// Where a column stands.
    pub(super) fn find(
        &self,
        file: &str,
        section: &'static str,
        field: &str,
        column: &str,
    ) -> Result<usize, IntakeError> {
        let mut found = self.names.iter().enumerate().filter(|(_, name)| *name == column);
        match (found.next(), found.next()) {
            (Some((index, _)), None) => Ok(index),
            (Some(_), Some(_)) => {
                Err(IntakeError::RepeatedColumn { file: file.to_owned(), section, column: column.to_owned() })
            }
            (None, _) => Err(IntakeError::UnknownColumn {
                file: file.to_owned(),
                section,
                field: field.to_owned(),
                column: column.to_owned(),
                nearest: nearest(column, &self.names),
                known: self.names.clone(),
            }),
        }
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn name(&self, index: usize) -> Option<&str> {
        self.names.get(index).map(String::as_str)
    }
}

/// The name that fewest edits lead to, if at most a third of the letters differ.
pub(super) fn nearest(wanted: &str, names: &[String]) -> Option<String> {
    let wanted: Vec<char> = wanted.to_lowercase().chars().take(64).collect();
    let (edits, name) = names
        .iter()
        .map(|name| (edits(&wanted, &name.to_lowercase().chars().take(64).collect::<Vec<_>>()), name))
        .min_by_key(|&(edits, _)| edits)?;
    (edits * 3 <= wanted.len()).then(|| name.clone())
}

/// Levenshtein's distance, row by row.
fn edits(from: &[char], to: &[char]) -> usize {
    let mut costs: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut costs[0], i + 1);
        for (j, b) in to.iter().enumerate() {
            let cost = (diagonal + usize::from(a != b)).min(costs[j] + 1).min(costs[j + 1] + 1);
            diagonal = std::mem::replace(&mut costs[j + 1], cost);
        }
    }
    costs.last().copied().unwrap_or(0)
}

/// One row of a file.
#[derive(Debug)]
pub(super) struct Line<'t> {
    /// The line it begins on.
    pub(super) number: u64,
    /// Its cells, as many as the header has, or why it has none.
    pub(super) cells: Result<&'t StringRecord, Fault>,
}

/// An open CSV file, its header read.
#[derive(Debug)]
pub(super) struct Table<R = File> {
    pub(super) file: String,
    pub(super) header: Header,
    reader: Reader<Bounded<R>>,
    cells: StringRecord,
    /// Whether lines end in CR LF: then the CSV reader counts a line only with the row after it.
    carriage_returns: bool,
}

impl Table<File> {
    pub(super) fn open(
        directory: &Path,
        file: &str,
        delimiter: u8,
        section: &'static str,
    ) -> Result<Self, IntakeError> {
        let path = directory.join(file);
        let source = File::open(&path).map_err(|source| IntakeError::FileUnread {
            path: path.display().to_string(),
            section,
            source,
        })?;
        Self::over(source, file, delimiter)
    }
}

impl<R: Read + Seek> Table<R> {
    pub(super) fn over(source: R, file: &str, delimiter: u8) -> Result<Self, IntakeError> {
        let bounded = Bounded { source, handed_out: 0, line_ends: 0, this_row: 0, exceeded: false };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(BUFFER_BYTES)
            .from_reader(bounded);
        let mut table = Self {
            file: file.to_owned(),
            header: Header { names: Vec::new() },
            reader,
            cells: StringRecord::new(),
            carriage_returns: false,
        };
        let names = match table.split()? {
            None => Err("the file is empty".to_owned()),
            Some(Line { cells: Ok(cells), .. }) => Ok(cells.iter().map(|name| name.trim().to_owned()).collect()),
            Some(Line { cells: Err(fault), .. }) => Err(format!("the first line cannot be read: {}", fault.message)),
        };
        match names {
            Ok(names) => table.header.names = names,
            Err(problem) => return Err(IntakeError::Header { file: table.file, problem }),
        }
        let inner = count_line_ends(table.cells.as_slice().as_bytes());
        table.carriage_returns = table.reader.position().line() == 1 + inner;
        Ok(table)
    }

    /// The next row, if there is one.
    pub(super) fn next_line(&mut self) -> Result<Option<Line<'_>>, IntakeError> {
        let expected = self.header.names.len();
        Ok(self.split()?.map(|line| Line {
            number: line.number,
            cells: line
                .cells
                .and_then(|cells| if cells.len() == expected { Ok(cells) } else { Err(miscounted(cells, expected)) }),
        }))
    }

    fn split(&mut self) -> Result<Option<Line<'_>>, IntakeError> {
        self.reader.get_mut().this_row = 0;
        let begin = self.reader.position().clone();
        // The buffer of the row before is used again.
        let mut bytes = std::mem::take(&mut self.cells).into_byte_record();
        match self.reader.read_byte_record(&mut bytes) {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(_) if self.reader.get_ref().exceeded => return self.pass_over(&begin).map(Some),
            Err(error) => {
                let source = match error.into_kind() {
                    csv::ErrorKind::Io(source) => source,
                    other => io::Error::other(format!("{other:?}")),
                };
                return Err(IntakeError::ReadFailed { file: self.file.clone(), line: begin.line(), source });
            }
        }
        let number = self.first_line(begin.line(), &bytes);
        let length = bytes.as_slice().len();
        if length > MAX_ROW_BYTES {
            return Ok(Some(Line { number, cells: Err(too_long(bytes.as_slice())) }));
        }
        let cells = match StringRecord::from_byte_record(bytes) {
            Ok(cells) => {
                self.cells = cells;
                Ok(&self.cells)
            }
            Err(error) => {
                let column = error.utf8_error().field();
                let bytes = error.into_byte_record();
                let value = String::from_utf8_lossy(bytes.get(column).unwrap_or_default());
                let mut fault = Fault::row(Reason::InvalidUtf8, &value, "expected UTF-8; convert the file to UTF-8");
                fault.column = self.header.name(column).map(str::to_owned);
                Err(fault)
            }
        };
        Ok(Some(Line { number, cells }))
    }

    /// The line a row begins on. The reader's own position stands before blank lines, and before the line feed of CR LF.
    fn first_line(&self, begin: u64, bytes: &ByteRecord) -> u64 {
        let (end, inner) = (self.reader.position().line(), count_line_ends(bytes.as_slice()));
        if self.carriage_returns { end.saturating_sub(inner).max(1) } else { end.saturating_sub(inner + 1).max(begin) }
    }

    /// Gives up on a row without end and begins again on the line after what was taken in.
    fn pass_over(&mut self, begin: &Position) -> Result<Line<'static>, IntakeError> {
        let number = begin.line() + u64::from(self.carriage_returns && begin.line() > 1);
        let bounded = self.reader.get_mut();
        bounded.exceeded = false;
        let resumed = bounded.peek(begin.byte()).and_then(|start| Ok((start, bounded.skip_line()?)));
        bounded.this_row = 0;
        resumed
            .and_then(|(start, next)| {
                self.reader.seek_raw(SeekFrom::Start(next.byte()), next).map_err(io::Error::other)?;
                Ok(Line { number, cells: Err(too_long(&start)) })
            })
            .map_err(|source| IntakeError::ReadFailed { file: self.file.clone(), line: number, source })
    }
}

fn too_long(bytes: &[u8]) -> Fault {
    Fault::row(
        Reason::RowTooLong,
        &String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN_BYTES)]),
        format!("expected at most {MAX_ROW_BYTES} bytes; look for an opening quote without its closing one"),
    )
}

fn miscounted(cells: &StringRecord, expected: usize) -> Fault {
    Fault::row(
        Reason::WrongCellCount,
        &cells.iter().collect::<Vec<_>>().join(" | "),
        format!("expected {expected} cells as in the header, found {}; check quotes and delimiter", cells.len()),
    )
}
