//! What a calendar answers, and how sure it is.

/// How far an answer rests on days that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// Only days with known holidays went into it.
    Known,
    /// Days after `known_until` went into it: the weekly hours stand in for holidays not yet published.
    Provisional,
}

/// An answer of a calendar with its certainty. An answer that used another answer is no surer than that one.
///
/// Without [`CalendarRules::with_provisional_until`](super::CalendarRules::with_provisional_until) every answer is
/// [`Certainty::Known`], for beyond what is known there is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct Answer<T> {
    /// What was asked for.
    pub value: T,
    /// How sure it is.
    pub certainty: Certainty,
}

impl<T> Answer<T> {
    /// The same certainty for what follows from the value.
    pub fn map<U>(self, follow: impl FnOnce(T) -> U) -> Answer<U> {
        Answer { value: follow(self.value), certainty: self.certainty }
    }

    /// This answer, no surer than another one that went into it.
    pub(super) fn no_surer_than(self, other: Certainty) -> Self {
        Self { certainty: self.certainty.max(other), ..self }
    }
}
