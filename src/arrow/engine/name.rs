//! Identifiers as they are packed: whole numbers in a word, texts as a stretch of a shared block.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;

use crate::record::MAX_ID_BYTES;

use super::chunks::Chunks;

/// An identifier as it came. A text that writes a whole number in the canonical way is that number, so that a column of
/// integers and one of texts name the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Name<'a> {
    /// A whole number below 10^18.
    Number(u64),
    /// Any other text.
    Text(&'a str),
}

/// Digits that always fit below the bit that marks a text.
pub(super) const MOST_DIGITS: usize = 18;

impl<'a> Name<'a> {
    /// Reads a text.
    pub(crate) fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let canonical = match bytes {
            [b'0'] => true,
            [b'1'..=b'9', rest @ ..] => rest.len() < MOST_DIGITS && rest.iter().all(u8::is_ascii_digit),
            _ => false,
        };
        if !canonical {
            return Self::Text(text);
        }
        Self::Number(bytes.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
    }
}

impl Name<'_> {
    /// The hash of a waybill's number: equal ones hash alike whatever column type and thread they came through; unlike ones
    /// that do so are told apart by comparing them. All waybills of a number fall into one partition, since a scan need not
    /// tell which of them it is of.
    pub(super) fn hash(self) -> u64 {
        let mut hasher = FixedState::with_seed(0).build_hasher();
        match self {
            Name::Number(number) => hasher.write_u64(number),
            Name::Text(text) => text.hash(&mut hasher),
        }
        hasher.finish()
    }
}

/// A [`Name`] in two words: a number, or a stretch of its partition's texts.
const TEXT: u64 = 1 << 63;
const LENGTH_BITS: u32 = 9; // MAX_ID_BYTES < 512

/// The texts of a partition, one after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    pub(super) bytes: Chunks<u8>,
    length: u64, // of all texts so far, those that were spilled included
}

impl Texts {
    /// Packs a name. A text must be as short as an identifier has to be.
    pub(super) fn pack(&mut self, name: Name<'_>) -> [u32; 2] {
        let word = match name {
            Name::Number(number) => number,
            Name::Text(text) => {
                debug_assert!(text.len() <= MAX_ID_BYTES);
                let word = TEXT | self.length << LENGTH_BITS | text.len() as u64;
                self.bytes.room_for(text.len()).extend_from_slice(text.as_bytes());
                self.length += text.len() as u64;
                word
            }
        };
        [word as u32, (word >> 32) as u32]
    }
}

impl<'t> Name<'t> {
    /// Reads a packed name with all texts of its partition.
    pub(super) fn unpack(words: [u32; 2], texts: &'t str) -> Self {
        let word = u64::from(words[0]) | u64::from(words[1]) << 32;
        if word & TEXT == 0 {
            return Self::Number(word);
        }
        let length = (word & ((1 << LENGTH_BITS) - 1)) as usize;
        let start = ((word & !TEXT) >> LENGTH_BITS) as usize;
        Self::Text(texts.get(start..start + length).unwrap_or_default())
    }
}
