//! Packed rows that found no room in memory, in a temporary file.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::arrow::ArrowInputError;

use super::chunks::Chunks;

/// How much one shard may hold in memory, and where the rest goes.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    /// Bytes; none for as much as there is.
    pub(super) bytes: Option<usize>,
    /// The folder of the temporary file; none for the system's.
    pub(super) folder: Option<PathBuf>,
}

/// A stretch of the file.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    offset: u64,
    bytes: usize,
}

/// How many bytes are written at once.
const BUFFER: usize = 1 << 20;

/// What one shard spilled: the stretches of every list and partition, in the order they were written. The file has no name,
/// and goes away with the shard.
#[derive(Debug)]
pub(super) struct Spilled {
    room: Room,
    file: Option<Mutex<File>>,
    buffer: Vec<u8>, // to be written behind what the file has
    end: u64,        // of file and buffer
    stretches: [Vec<Vec<Stretch>>; 4],
}

impl Spilled {
    pub(super) const NARROW: usize = 0;
    pub(super) const WIDE: usize = 1;
    pub(super) const WAYBILLS: usize = 2;
    const TEXTS: usize = 3;

    pub(super) fn new(room: Room) -> Self {
        Self { room, file: None, buffer: Vec::new(), end: 0, stretches: Default::default() }
    }

    /// Whether so many bytes in memory are too many.
    pub(super) fn is_over(&self, held: impl FnOnce() -> usize) -> bool {
        self.room.bytes.is_some_and(|room| held() > room)
    }

    /// Spills a list of words.
    pub(super) fn spill_words(
        &mut self,
        list: usize,
        partition: usize,
        words: &mut Chunks<u32>,
    ) -> Result<(), ArrowInputError> {
        self.spill(list, partition, words.iter().map(<[u32]>::len).sum::<usize>() * size_of::<u32>(), |buffer| {
            words.iter().flatten().for_each(|word| buffer.extend(word.to_le_bytes()));
        })?;
        *words = Chunks::default();
        Ok(())
    }

    /// Spills texts.
    pub(super) fn spill_text(&mut self, partition: usize, texts: &mut Chunks<u8>) -> Result<(), ArrowInputError> {
        self.spill(Self::TEXTS, partition, texts.iter().map(<[u8]>::len).sum(), |buffer| {
            texts.iter().for_each(|bytes| buffer.extend(bytes));
        })?;
        *texts = Chunks::default();
        Ok(())
    }

    fn spill(
        &mut self,
        list: usize,
        partition: usize,
        bytes: usize,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), ArrowInputError> {
        if bytes == 0 {
            return Ok(());
        }
        write(&mut self.buffer);
        let stretches = &mut self.stretches[list];
        if stretches.len() <= partition {
            stretches.resize_with(partition + 1, Vec::new);
        }
        stretches[partition].push(Stretch { offset: self.end, bytes });
        self.end += bytes as u64;
        if self.buffer.len() >= BUFFER { self.flush() } else { Ok(()) }
    }

    /// Writes what is still in the buffer.
    pub(super) fn flush(&mut self) -> Result<(), ArrowInputError> {
        let failed = failed(&self.room);
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let file = match &self.room.folder {
                    Some(folder) => tempfile::tempfile_in(folder),
                    None => tempfile::tempfile(),
                };
                none.insert(Mutex::new(file.map_err(&failed)?))
            }
        };
        let file = file.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::End(0)).and_then(|_| file.write_all(&self.buffer)).map_err(&failed)?;
        self.buffer.clear();
        Ok(())
    }

    /// A list of words of a partition: what was spilled, and what is in memory.
    pub(super) fn words<'s>(
        &self,
        list: usize,
        partition: usize,
        held: &'s Chunks<u32>,
    ) -> Result<Vec<Cow<'s, [u32]>>, ArrowInputError> {
        let mut all = Vec::new();
        for stretch in self.stretches(list, partition) {
            let bytes = self.read(*stretch)?;
            let words = bytes.as_chunks().0.iter().map(|&word| u32::from_le_bytes(word));
            all.push(Cow::Owned(words.collect()));
        }
        all.extend(held.iter().map(Cow::Borrowed));
        Ok(all)
    }

    /// The texts of a partition, those that were spilled first.
    pub(super) fn text(&self, partition: usize, held: &Chunks<u8>) -> Result<String, ArrowInputError> {
        let mut all = Vec::new();
        for stretch in self.stretches(Self::TEXTS, partition) {
            all.append(&mut self.read(*stretch)?);
        }
        held.iter().for_each(|bytes| all.extend_from_slice(bytes));
        String::from_utf8(all).map_err(|error| failed(&self.room)(io::Error::other(error)))
    }

    fn stretches(&self, list: usize, partition: usize) -> &[Stretch] {
        self.stretches[list].get(partition).map_or(&[], Vec::as_slice)
    }

    fn read(&self, stretch: Stretch) -> Result<Vec<u8>, ArrowInputError> {
        let mut bytes = vec![0; stretch.bytes];
        let unwritten = || failed(&self.room)(io::ErrorKind::NotFound.into());
        let file = self.file.as_ref().ok_or_else(unwritten)?;
        // A thread that panicked while reading has moved the place in the file, which is set anew here.
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        let read = file.seek(SeekFrom::Start(stretch.offset)).and_then(|_| file.read_exact(&mut bytes));
        read.map_err(failed(&self.room))?;
        Ok(bytes)
    }
}

fn failed(room: &Room) -> impl Fn(io::Error) -> ArrowInputError + use<> {
    let folder = room.folder.clone().unwrap_or_else(std::env::temp_dir);
    move |error| ArrowInputError::Spill { folder: folder.clone(), problem: error.to_string() }
}
