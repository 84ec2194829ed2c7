//! Group keys, and the slots they are numbered by.

use std::collections::HashMap;

use crate::record::Text;
use crate::state::wire::{Reader, WireError, Writer};

/// One dimension's value for a fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GroupValue {
    /// The value.
    Is(Text),
    /// The waybill has none: `null` in results.
    Missing,
    /// The fact has no known waybill: `unassigned` in results.
    Unassigned,
}

impl GroupValue {
    /// The text in results; none for [`GroupValue::Missing`].
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Is(value) => Some(value),
            Self::Missing => None,
            Self::Unassigned => Some("unassigned"),
        }
    }
}

/// One group: a value for each dimension of the plan, in their order.
pub type GroupKey = Vec<GroupValue>;

/// The groups seen, numbered as they come. The numbers mean nothing outside one fold.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    keys: Vec<GroupKey>,
    slots: HashMap<GroupKey, u32>,
}

impl Groups {
    pub(super) fn slot(&mut self, key: &GroupKey) -> u32 {
        if let Some(&slot) = self.slots.get(key) {
            return slot;
        }
        let slot = self.keys.len() as u32;
        self.keys.push(key.clone());
        self.slots.insert(key.clone(), slot);
        slot
    }

    pub(super) fn key(&self, slot: u32) -> Option<&GroupKey> {
        self.keys.get(slot as usize)
    }

    /// Bytes of memory they take, about: every key stands here twice, and longer texts are shared.
    pub(super) fn bytes(&self) -> usize {
        let values = |key: &GroupKey| key.capacity() * size_of::<GroupValue>();
        let keys: usize = self.keys.iter().map(values).sum();
        2 * (keys + self.keys.capacity() * size_of::<GroupKey>()) + self.slots.capacity() * size_of::<u64>()
    }

    pub(super) fn len(&self) -> u32 {
        self.keys.len() as u32
    }

    /// The slot here of each of another's groups, each key first changed by `change`.
    pub(super) fn renumber(&mut self, other: &Self, change: impl Fn(&GroupKey) -> GroupKey) -> Vec<u32> {
        other.keys.iter().map(|key| self.slot(&change(key))).collect()
    }

    /// The same groups numbered in ascending order, with the new number of each: one way to write them.
    pub(super) fn ascending(&self) -> (Self, Vec<u32>) {
        let mut keys: Vec<&GroupKey> = self.keys.iter().collect();
        keys.sort_unstable();
        let mut ascending = Self::default();
        keys.into_iter().for_each(|key| {
            ascending.slot(key);
        });
        let renumbered = ascending.renumber(self, Clone::clone);
        (ascending, renumbered)
    }

    pub(super) fn encode(&self, out: &mut Writer) {
        out.length(self.keys.len());
        for value in self.keys.iter().flatten() {
            match value {
                GroupValue::Is(text) => {
                    out.unsigned(0_u8);
                    out.text(text);
                }
                GroupValue::Missing => out.unsigned(1_u8),
                GroupValue::Unassigned => out.unsigned(2_u8),
            }
        }
    }

    pub(super) fn decode(input: &mut Reader<'_>, dimensions: usize) -> Result<Self, WireError> {
        let count = input.unsigned()?;
        let mut groups = Self::default();
        for number in 0..count {
            let mut key = GroupKey::with_capacity(dimensions);
            for _ in 0..dimensions {
                key.push(match input.unsigned()? {
                    0 => GroupValue::Is(input.text()?.into()),
                    1 => GroupValue::Missing,
                    2 => GroupValue::Unassigned,
                    _ => return Err(input.malformed("no such kind of group value")),
                });
            }
            if groups.keys.last().is_some_and(|last| *last >= key) || number > u64::from(u32::MAX - 1) {
                return Err(input.malformed("groups out of order"));
            }
            groups.slot(&key);
        }
        Ok(groups)
    }
}
