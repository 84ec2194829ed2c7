//! What one shard has of one partition, ready to be read.

use std::borrow::Cow;

use super::packed_event::PackedEvent;
use super::packed_waybill::CodedWaybill;
use super::vocabulary::Vocabulary;

/// What one shard has of one partition: rows in memory, and those that were spilled read back.
#[derive(Debug)]
pub(super) struct Part<'s> {
    pub(super) words: &'s Vocabulary,
    pub(super) narrow: Vec<Cow<'s, [u32]>>,
    pub(super) wide: Vec<Cow<'s, [u32]>>,
    pub(super) waybills: Vec<Cow<'s, [u32]>>,
    pub(super) texts: String,
}

impl Part<'_> {
    /// Its scans.
    pub(super) fn events(&self) -> impl Iterator<Item = PackedEvent<'_>> + Clone {
        let narrow = self.narrow.iter().flat_map(|words| words.as_chunks().0);
        let wide = self.wide.iter().flat_map(|words| words.as_chunks().0);
        let narrow = narrow.map(|words| PackedEvent::Narrow(words, self));
        narrow.chain(wide.map(|words| PackedEvent::Wide(words, self)))
    }

    /// Its waybills.
    pub(super) fn waybills(&self) -> impl Iterator<Item = CodedWaybill<'_>> {
        self.waybills.iter().flat_map(move |chunk| {
            let mut words = chunk.as_ref();
            std::iter::from_fn(move || {
                let (coded, length) = (!words.is_empty()).then(|| CodedWaybill::unpack(words, &self.texts))?;
                words = &words[length..];
                Some(coded)
            })
        })
    }
}
