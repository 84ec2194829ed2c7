//! In which groups facts lie: each in one, or where groups overlap, in one or several.

use std::slice;

/// The group slots of the facts of one kind, in the order of the facts.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum InGroups<'a> {
    /// One slot each.
    One(&'a [u32]),
    /// At least one slot each.
    Several {
        /// The slots of all facts, one after the other.
        slots: &'a [u32],
        /// Where those of each fact begin, and at last where those of the last one end.
        offsets: &'a [usize],
    },
}

impl<'a> InGroups<'a> {
    /// The slots of the fact at a place; none beyond the last.
    #[must_use]
    pub fn of(self, place: usize) -> &'a [u32] {
        match self {
            Self::One(slots) => slots.get(place).map_or(&[], slice::from_ref),
            Self::Several { slots, offsets } => match offsets.get(place..).unwrap_or_default() {
                [start, end, ..] => slots.get(*start..*end).unwrap_or_default(),
                _ => &[],
            },
        }
    }
}
