//! Lives of complaints and claims, the duties in them, and a real complaint log.

mod bpic2013;
mod duties;
mod histories;
mod repeats;
mod watch;

use parcelgauge::casework::{CaseState, ClaimState, Life, LifeCycle};
use parcelgauge::record::{Actor, CaseAction, ClaimAction, Step};

use crate::support::at;

/// A life by its steps; who takes each is the first who may.
pub fn life<S: LifeCycle>(id: &str, steps: &[(&str, S::Action)]) -> Life<S> {
    let step = |&(instant, action): &(&str, S::Action)| {
        let actor = Actor::ALL.into_iter().find(|&actor| S::may(actor, action)).expect("somebody");
        Step::new(at(instant), action, actor)
    };
    Life::replay(id, steps.iter().map(step)).expect("a lawful history")
}

pub fn case(id: &str, steps: &[(&str, CaseAction)]) -> Life<CaseState> {
    life(id, steps)
}

pub fn claim(id: &str, steps: &[(&str, ClaimAction)]) -> Life<ClaimState> {
    life(id, steps)
}
