use thiserror::Error;

use crate::record::{Actor, Instant, Text};

/// A history that cannot be, and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{id}{}: {reason}", at.map(|at| format!(" at {at}")).unwrap_or_default())]
#[non_exhaustive]
pub struct IllegalHistory {
    /// Whose history.
    pub id: Text,
    /// When the first step happened that cannot be; none for a history without steps.
    pub at: Option<Instant>,
    /// Why.
    pub reason: IllegalReason,
}

/// Why a history cannot be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IllegalReason {
    /// It has no steps.
    #[error("a history without steps; expected one at least")]
    Empty,
    /// It begins with something else than its beginning.
    #[error("begins with `{action}`; expected it to be opened or filed first, check clocks and zones")]
    NotBegun {
        /// The action.
        action: &'static str,
    },
    /// The state does not allow the action.
    #[error("`{action}` while `{state}`; the life cycle has no such step")]
    NotFrom {
        /// The state.
        state: &'static str,
        /// The action.
        action: &'static str,
    },
    /// The actor may not take the action.
    #[error("`{action}` by `{}`; it is not theirs to do", actor.name())]
    NotBy {
        /// The actor.
        actor: Actor,
        /// The action.
        action: &'static str,
    },
}

impl IllegalReason {
    /// The code under which it is counted: `not_begun`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotBegun { .. } => "not_begun",
            Self::NotFrom { .. } => "not_from",
            Self::NotBy { .. } => "not_by",
        }
    }
}
