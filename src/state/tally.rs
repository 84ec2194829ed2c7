use std::borrow::Cow;

use crate::outcome::Term;

use super::wire::{Reader, WireError, Writer};

/// Counts by word, those that occur only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    counts: Vec<(Cow<'static, str>, u64)>, // ascending by word, count > 0; words read from bytes are owned
}

impl Tally {
    /// Counts one.
    pub fn add(&mut self, word: Term) {
        self.add_many(word, 1);
    }

    /// Counts several; none is no change.
    pub fn add_many(&mut self, word: Term, count: u64) {
        match self.place(word.as_str()) {
            Ok(place) => self.counts[place].1 += count,
            Err(place) if count > 0 => self.counts.insert(place, (Cow::Borrowed(word.as_str()), count)),
            Err(_) => {}
        }
    }

    /// Takes in another tally.
    pub fn merge(&mut self, other: &Self) {
        for (word, count) in &other.counts {
            match self.place(word) {
                Ok(place) => self.counts[place].1 += count,
                Err(place) => self.counts.insert(place, (word.clone(), *count)),
            }
        }
    }

    /// Where a word stands, or would.
    /// Bytes of memory it takes besides its own size.
    pub(super) fn heap_bytes(&self) -> usize {
        self.counts.capacity() * size_of::<(Cow<'static, str>, u64)>()
    }

    fn place(&self, word: &str) -> Result<usize, usize> {
        // Most words are the very text that stands here already: no need to read it.
        let is_it = |held: &Cow<'static, str>| matches!(held, Cow::Borrowed(held) if std::ptr::eq(*held, word));
        let same = self.counts.iter().position(|(held, _)| is_it(held));
        same.map_or_else(|| self.counts.binary_search_by(|(held, _)| held.as_ref().cmp(word)), Ok)
    }

    /// How often a word was counted.
    #[must_use]
    pub fn of(&self, word: Term) -> u64 {
        self.counts.iter().find(|(held, _)| held == word.as_str()).map_or(0, |&(_, count)| count)
    }

    /// All words together.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|&(_, count)| count).sum()
    }

    /// The words that occur, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.counts.iter().map(|(word, count)| (word.as_ref(), *count))
    }

    /// Writes it.
    pub fn encode(&self, out: &mut Writer) {
        out.length(self.counts.len());
        for (word, count) in &self.counts {
            out.text(word);
            out.unsigned(*count);
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        let mut tally = Self::default();
        for _ in 0..input.length()? {
            let word = Cow::Owned(input.text()?.to_owned());
            let count = input.count()?;
            if count == 0 || tally.counts.last().is_some_and(|(last, _)| *last >= word) {
                return Err(input.malformed("a tally out of order or with an empty count"));
            }
            tally.counts.push((word, count));
        }
        Ok(tally)
    }
}
