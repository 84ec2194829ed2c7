//! Identifiers as they are packed: whole numbers in a word, texts as a stretch of a shared block.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;

use crate::record::MAX_ID_BYTES;

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

/// A [`Name`] in one word, read with the texts it was packed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PackedName(u64);

const TEXT: u64 = 1 << 63;
const LENGTH_BITS: u32 = 9; // MAX_ID_BYTES < 512
const OFFSET_BITS: u32 = 20; // BLOCK <= 1 MiB
const BLOCK: usize = 1 << OFFSET_BITS;

impl PackedName {
    pub(super) fn words(self) -> [u32; 2] {
        [self.0 as u32, (self.0 >> 32) as u32]
    }
    pub(super) fn of_words(words: [u32; 2]) -> Self {
        Self(u64::from(words[0]) | u64::from(words[1]) << 32)
    }
}

/// Texts side by side in blocks that never move.
#[derive(Debug, Default)]
pub(super) struct Texts {
    blocks: Vec<String>,
}

impl Texts {
    /// Packs a name. A text must be as short as an identifier has to be.
    pub(super) fn pack(&mut self, name: Name<'_>) -> PackedName {
        match name {
            Name::Number(number) => PackedName(number),
            Name::Text(text) => {
                debug_assert!(text.len() <= MAX_ID_BYTES);
                if self.blocks.last().is_none_or(|block| block.len() + text.len() > BLOCK) {
                    self.blocks.push(String::with_capacity(BLOCK));
                }
                let number = self.blocks.len() as u64 - 1;
                let Some(block) = self.blocks.last_mut() else { return PackedName(TEXT) };
                let offset = block.len() as u64;
                block.push_str(text);
                PackedName(TEXT | number << (OFFSET_BITS + LENGTH_BITS) | offset << LENGTH_BITS | text.len() as u64)
            }
        }
    }

    pub(super) fn name(&self, packed: PackedName) -> Name<'_> {
        let PackedName(word) = packed;
        if word & TEXT == 0 {
            return Name::Number(word);
        }
        let length = (word & ((1 << LENGTH_BITS) - 1)) as usize;
        let offset = (word >> LENGTH_BITS) as usize & (BLOCK - 1);
        let block = ((word & !TEXT) >> (OFFSET_BITS + LENGTH_BITS)) as usize;
        Name::Text(self.blocks.get(block).and_then(|block| block.get(offset..offset + length)).unwrap_or_default())
    }
}
