use crate::outcome::Term;

use super::wire::{Reader, WireError, Writer};

/// Counts by word, those that occur only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    counts: Vec<(Term, u64)>, // ascending by word, count > 0
}

impl Tally {
    /// Counts one.
    pub fn add(&mut self, word: &Term) {
        self.add_many(word, 1);
    }

    /// Counts several; none is no change.
    pub fn add_many(&mut self, word: &Term, count: u64) {
        if count == 0 {
            return;
        }
        match self.counts.binary_search_by(|(held, _)| held.cmp(word)) {
            Ok(place) => self.counts[place].1 += count,
            Err(place) => self.counts.insert(place, (word.clone(), count)),
        }
    }

    /// Takes in another tally.
    pub fn merge(&mut self, other: &Self) {
        for (word, count) in &other.counts {
            self.add_many(word, *count);
        }
    }

    /// How often a word was counted.
    #[must_use]
    pub fn of(&self, word: &Term) -> u64 {
        self.counts.iter().find(|(held, _)| held == word).map_or(0, |&(_, count)| count)
    }

    /// All words together.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|&(_, count)| count).sum()
    }

    /// The words that occur, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.counts.iter().map(|(word, count)| (word.as_str(), *count))
    }

    /// Writes it.
    pub fn encode(&self, out: &mut Writer) {
        out.length(self.counts.len());
        for (word, count) in &self.counts {
            out.text(word.as_str());
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
            let word = Term::restored(input.text()?.to_owned());
            let count = input.count()?;
            if count == 0 || tally.counts.last().is_some_and(|(last, _)| *last >= word) {
                return Err(input.malformed("a tally out of order or with an empty count"));
            }
            tally.counts.push((word, count));
        }
        Ok(tally)
    }
}
