//! What hangs on records and is read apart from them: moves of promises, payments.

use std::collections::{BTreeMap, BTreeSet};

/// Things by the key of the record they hang on, and by the row of it, where it has several that are told apart.
#[derive(Debug)]
pub(crate) struct Hung<K, T> {
    things: BTreeMap<K, Vec<(Option<u64>, T)>>, // those of no row hang on every row of the key
    rows: BTreeSet<(K, u64)>,
}

impl<K: Ord, T> Default for Hung<K, T> {
    fn default() -> Self {
        Self { things: BTreeMap::new(), rows: BTreeSet::new() }
    }
}

impl<K: Ord + Clone, T> Hung<K, T> {
    /// Makes an entry for a key, so that what hangs on another one is known for what it is.
    pub(crate) fn expect(&mut self, key: K) {
        self.things.entry(key).or_default();
    }

    /// Takes note of a row that has a number.
    #[cfg_attr(not(feature = "arrow"), expect(dead_code, reason = "only Arrow tables number their rows"))]
    pub(crate) fn number(&mut self, key: &K, row: u64) {
        self.rows.insert((key.clone(), row));
    }

    /// Whether a key is expected.
    pub(crate) fn expects(&self, key: &K) -> bool {
        self.things.contains_key(key)
    }

    /// Whether a row of a key is there; none stands for all of its rows.
    #[cfg_attr(not(feature = "arrow"), expect(dead_code, reason = "only Arrow tables number their rows"))]
    pub(crate) fn has_row(&self, key: &K, row: Option<u64>) -> bool {
        row.is_none_or(|row| self.rows.contains(&(key.clone(), row)))
    }

    /// Hangs a thing on a row of a key, or on all of its rows.
    pub(crate) fn push(&mut self, key: K, row: Option<u64>, thing: T) {
        self.things.entry(key).or_default().push((row, thing));
    }

    /// What hangs on a row of a key.
    pub(crate) fn of(&self, key: &K, row: Option<u64>) -> impl Iterator<Item = &T> {
        let things = self.things.get(key).into_iter().flatten();
        things.filter(move |(on, _)| on.is_none() || *on == row).map(|(_, thing)| thing)
    }

    /// Whether nothing hangs anywhere.
    pub(crate) fn is_empty(&self) -> bool {
        self.things.is_empty()
    }
}
