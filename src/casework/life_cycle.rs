//! What a state machine of this room is.

use std::fmt::Debug;
use std::hash::Hash;

use crate::record::Actor;

/// The states of a life cycle, with what leads from one to the next.
pub trait LifeCycle: Copy + Eq + Ord + Hash + Debug + Send + Sync + 'static {
    /// What can be done.
    type Action: Copy + Eq + Ord + Hash + Debug + Send + Sync + 'static;

    /// All states, in their order.
    const STATES: &'static [Self];
    /// All actions, in their order.
    const ACTIONS: &'static [Self::Action];

    /// The state an action leads to, from the state before it, or from none where nothing has happened yet. None where
    /// the action is not allowed.
    fn after(state: Option<Self>, action: Self::Action) -> Option<Self>;

    /// Whether an actor may take an action.
    fn may(actor: Actor, action: Self::Action) -> bool;

    /// Whether nothing remains to be done.
    fn is_end(self) -> bool;

    /// Whether it is the customer's turn: the firm's clock stands.
    fn awaits_customer(self) -> bool;

    /// The name in files and results.
    fn name(self) -> &'static str;

    /// The name of an action in files and results.
    fn action_name(action: Self::Action) -> &'static str;
}
