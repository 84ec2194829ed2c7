//! A list that grows without moving what it holds.

/// Values in chunks, each full but the last. A chunk that is full is never moved again, so that growing costs no copy and no
/// more than one chunk is ever half empty.
#[derive(Debug, Clone)]
pub(super) struct Chunks<T> {
    full: Vec<Vec<T>>,
    open: Vec<T>,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { full: Vec::new(), open: Vec::new() }
    }
}

/// Chunks start with so many bytes and double up to the other number.
const LEAST_BYTES: usize = 512;
const MOST_BYTES: usize = 16 * 1024;

impl<T> Chunks<T> {
    /// The chunk in work, with room for so many values more.
    #[inline]
    pub(super) fn room_for(&mut self, values: usize) -> &mut Vec<T> {
        if self.open.capacity() - self.open.len() < values {
            let size = size_of::<T>().max(1);
            let next = (self.open.capacity() * 2).clamp(LEAST_BYTES / size, MOST_BYTES / size).max(values);
            let full = std::mem::replace(&mut self.open, Vec::with_capacity(next));
            if !full.is_empty() {
                self.full.push(full);
            }
        }
        &mut self.open
    }

    /// The chunks, in the order they were filled.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[T]> + Clone {
        self.full.iter().map(Vec::as_slice).chain([self.open.as_slice()])
    }

    /// Bytes of memory taken.
    pub(super) fn bytes(&self) -> usize {
        self.full.iter().chain([&self.open]).map(|chunk| chunk.capacity() * size_of::<T>()).sum()
    }
}
