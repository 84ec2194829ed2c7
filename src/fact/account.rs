//! Where rows went.

use std::collections::BTreeMap;

use crate::record::{InputCount, RecordKind, RecordSet};

/// Where the input rows of every kind went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct InputAccount {
    /// By kind; a kind that was not supplied has no entry.
    pub by_kind: BTreeMap<RecordKind, InputCount>,
}

impl InputAccount {
    /// The kinds supplied.
    #[must_use]
    pub fn supplied(&self) -> RecordSet {
        self.by_kind.keys().copied().collect()
    }
    /// The kinds of which figures can be made: supplied, and not unreadable to the last row. Scans that wait for their
    /// waybills can be read.
    #[must_use]
    pub fn usable(&self) -> RecordSet {
        let unreadable = |count: &InputCount| count.quarantined.keys().any(|reason| reason != "unknown_waybill");
        let is_usable = |count: &InputCount| count.used > 0 || !unreadable(count);
        self.by_kind.iter().filter(|(_, count)| is_usable(count)).map(|(&kind, _)| kind).collect()
    }
    /// Adds another batch's account.
    pub fn merge(&mut self, other: &Self) {
        for (&kind, count) in &other.by_kind {
            self.by_kind.entry(kind).or_default().merge(count);
        }
    }
}
