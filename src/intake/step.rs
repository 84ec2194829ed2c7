//! Sections of steps of cases and claims, each in a file of its own.

use serde::de::DeserializeOwned;

use super::IntakeError;
use super::plan::{Plan, Scope, Typed, read};
use super::quarantine::{Fault, Reason, Trouble};
use super::section::{TakeRow, Told};
use super::sink::Sink;
use super::text::Row;
use super::value::{ClosedPlan, IdPlan, TimePlan, Whole};
use crate::casework::CaseState;
use crate::record::{Actor, CaseAction, Channel, ClaimAction, Step, kind};

/// What steps of cases and claims have alike.
struct StepPlan {
    at: TimePlan,
    sequence: Option<Typed<Whole>>,
    actor: Option<ClosedPlan<Actor>>,
    channel: Option<ClosedPlan<Channel>>,
    handler: Option<IdPlan<kind::Label>>,
    reason: Option<IdPlan<kind::Label>>,
}

impl StepPlan {
    fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            at: scope.need("at")?,
            sequence: scope.may("sequence")?,
            actor: scope.may("actor")?,
            channel: scope.may("channel")?,
            handler: scope.may("handler")?,
            reason: scope.may("reason")?,
        })
    }

    fn take<A>(&self, row: &Row<'_>, action: A, usual_actor: Actor) -> Result<Step<A>, Fault> {
        let at = self.at.need(row, Reason::MissingTime)?;
        let mut step = Step::new(at, action, read(self.actor.as_ref(), row)?.unwrap_or(usual_actor));
        step.sequence = read(self.sequence.as_ref(), row)?.unwrap_or_default();
        step.channel = read(self.channel.as_ref(), row)?;
        step.handler = read(self.handler.as_ref(), row)?;
        step.reason = read(self.reason.as_ref(), row)?;
        Ok(step)
    }
}

/// What a row tells of a case.
enum Deed {
    /// What was done.
    Action(ClosedPlan<CaseAction>),
    /// How it stood after that.
    State(ClosedPlan<CaseState>),
}

/// A section of steps of cases tied to a file.
pub(super) struct CaseStepPlan {
    case: IdPlan<kind::Case>,
    deed: Deed,
    step: StepPlan,
}

impl CaseStepPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        let deed = match (scope.may("action")?, scope.may("state")?) {
            (Some(action), None) => Deed::Action(action),
            (None, Some(state)) => Deed::State(state),
            (action, _) => {
                let key = if action.is_some() { "state" } else { "action" };
                let problem = "a row tells what was done, or how the case stood after it";
                return Err(scope.keys.rule(key, problem, "map one of `action` and `state`"));
            }
        };
        let step = StepPlan::compile(scope)?;
        if matches!(deed, Deed::State(_)) && step.actor.is_some() {
            let problem = "what was done is only inferred from `state`, and so is who did it";
            return Err(scope.keys.rule("actor", problem, "map `action`, or leave `actor` out"));
        }
        Ok(Self { case: scope.need("case")?, deed, step })
    }
}

/// What is needed of a closed set.
fn need<T: DeserializeOwned>(plan: &ClosedPlan<T>, row: &Row<'_>) -> Result<T, Fault> {
    plan.need(row, Reason::MissingKind)
}

impl TakeRow for CaseStepPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let id = self.case.need(row, Reason::MissingId)?;
        // A case that was read has an entry, made before the first step is read.
        if !sink.case_steps.expects(&id) {
            let message = "no case of this id was read; hand over its case too";
            return Err(self.case.fault(row, Trouble::new(Reason::UnknownCase, message)));
        }
        let at = match &self.deed {
            Deed::Action(action) => {
                let action = need(action, row)?;
                let step = self.step.take(row, action, action.usual_actor())?;
                let at = step.at;
                sink.case_steps.push(id, None, step);
                at
            }
            Deed::State(state) => {
                let reached = self.step.take(row, need(state, row)?, Actor::Staff)?;
                let at = reached.at;
                sink.case_states.push(id, None, reached);
                at
            }
        };
        sink.saw([Some(at)]);
        Ok(())
    }
}

/// A section of steps of claims tied to a file.
pub(super) struct ClaimStepPlan {
    claim: IdPlan<kind::Claim>,
    action: ClosedPlan<ClaimAction>,
    step: StepPlan,
}

impl ClaimStepPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self { claim: scope.need("claim")?, action: scope.need("action")?, step: StepPlan::compile(scope)? })
    }
}

impl TakeRow for ClaimStepPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let id = self.claim.need(row, Reason::MissingId)?;
        if !sink.claim_steps.expects(&id) {
            let message = "no claim of this id was read; hand over its claim too";
            return Err(self.claim.fault(row, Trouble::new(Reason::UnknownClaim, message)));
        }
        let action = need(&self.action, row)?;
        let step = self.step.take(row, action, action.usual_actor())?;
        sink.saw([Some(step.at)]);
        sink.claim_steps.push(id, None, step);
        Ok(())
    }
}
