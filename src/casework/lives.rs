//! Many histories at once, and those that cannot be.

use std::collections::BTreeMap;

use super::{IllegalHistory, Life, LifeCycle};
use crate::record::{Instant, Step, Text};

/// Histories gathered from rows, by id; those that cannot be are set aside with their reason. Nothing vanishes: every
/// id is in one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lives<S: LifeCycle> {
    lives: Vec<Life<S>>,            // by id
    set_aside: Vec<IllegalHistory>, // by id
}

impl<S: LifeCycle> Lives<S> {
    /// Gathers the steps of each id, in any order.
    pub fn gather(rows: impl IntoIterator<Item = (Text, Step<S::Action>)>) -> Self {
        let mut by_id: BTreeMap<Text, Vec<Step<S::Action>>> = BTreeMap::new();
        for (id, step) in rows {
            by_id.entry(id).or_default().push(step);
        }
        let (mut lives, mut set_aside) = (Vec::with_capacity(by_id.len()), Vec::new());
        for (id, steps) in by_id {
            match Life::replay(id, steps) {
                Ok(life) => lives.push(life),
                Err(illegal) => set_aside.push(illegal),
            }
        }
        Self { lives, set_aside }
    }

    /// The lawful ones.
    #[must_use]
    pub fn lives(&self) -> &[Life<S>] {
        &self.lives
    }

    /// Those set aside.
    #[must_use]
    pub fn set_aside(&self) -> &[IllegalHistory] {
        &self.set_aside
    }

    /// The closed-loop check: those that have begun and not ended. What is neither among them nor at an end is set
    /// aside.
    #[doc(alias = "闭环")]
    pub fn unfinished(&self, as_of: Instant) -> impl Iterator<Item = &Life<S>> {
        self.lives.iter().filter(move |life| life.state(as_of).is_some_and(|state| !state.is_end()))
    }
}
