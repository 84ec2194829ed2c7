use arrow_array::RecordBatch;

use super::TakeRows;
use crate::arrow::column::{Closed, Codes, Moments, Named, Source, Wholes, Words, read, read_id};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::quarantine::{Fault, Reason, Trouble};
use crate::intake::sink::Sink;
use crate::record::{Actor, CaseAction, Channel, ClaimAction, Step, Zone};

/// The columns that steps of cases and claims have alike.
#[derive(Debug, Clone)]
struct StepColumns<A> {
    at: Named<Moments>,
    sequence: Option<Named<Wholes>>,
    action: Named<Codes<A>>,
    actor: Option<Named<Codes<Actor>>>,
    channel: Option<Named<Codes<Channel>>>,
    handler: Option<Named<Words>>,
    reason: Option<Named<Words>>,
    row: Option<Named<Wholes>>,
}

impl<A: Closed> StepColumns<A> {
    fn of(source: Source<'_>) -> Result<Self, ArrowInputError> {
        Ok(Self {
            at: source.need("at")?,
            sequence: source.may("sequence")?,
            action: source.need("action")?,
            actor: source.may("actor")?,
            channel: source.may("channel")?,
            handler: source.may("handler")?,
            reason: source.may("reason")?,
            row: source.may("row")?,
        })
    }

    fn record(&self, row: usize, usual_actor: fn(A) -> Actor) -> Result<Step<A>, Fault> {
        let at = self.at.need(row, Reason::MissingTime)?;
        let action = self.action.need(row, Reason::MissingKind)?;
        let actor = read(self.actor.as_ref(), row)?.unwrap_or_else(|| usual_actor(action));
        let mut step = Step::new(at, action, actor);
        step.sequence = match &self.sequence {
            Some(column) => match u32::try_from(column.read(row)?.unwrap_or_default()) {
                Ok(sequence) => sequence,
                Err(_) => {
                    let message = "a place among steps at one instant is below 2^32; number them from 0";
                    return Err(column.trouble(row, Trouble::new(Reason::InvalidNumber, message)));
                }
            },
            None => 0,
        };
        step.channel = read(self.channel.as_ref(), row)?;
        step.handler = read_id(self.handler.as_ref(), row)?;
        step.reason = read_id(self.reason.as_ref(), row)?;
        Ok(step)
    }
}

/// The columns of a batch of steps of cases.
#[derive(Debug, Clone)]
pub(crate) struct CaseStepColumns {
    case: Named<Words>,
    step: StepColumns<CaseAction>,
}

impl TakeRows for CaseStepColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::CaseSteps, batch);
        Ok(Self { case: source.need("case")?, step: StepColumns::of(source)? })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, _: Zone) -> Result<(), Fault> {
        let id = self.case.need_id(row, Reason::MissingId)?;
        let step = self.step.record(row, CaseAction::usual_actor)?;
        let of_row = read(self.step.row.as_ref(), row)?;
        if !sink.case_steps.expects(&id) || !sink.case_steps.has_row(&id, of_row) {
            let message =
                "no case of this id, and of this `row` if it has one, was handed over; hand over its case too";
            return Err(self.case.trouble(row, Trouble::new(Reason::UnknownCase, message)));
        }
        sink.saw([Some(step.at)]);
        sink.case_steps.push(id, of_row, step);
        Ok(())
    }
}

/// The columns of a batch of steps of claims.
#[derive(Debug, Clone)]
pub(crate) struct ClaimStepColumns {
    claim: Named<Words>,
    step: StepColumns<ClaimAction>,
}

impl TakeRows for ClaimStepColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::ClaimSteps, batch);
        Ok(Self { claim: source.need("claim")?, step: StepColumns::of(source)? })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, _: Zone) -> Result<(), Fault> {
        let id = self.claim.need_id(row, Reason::MissingId)?;
        let step = self.step.record(row, ClaimAction::usual_actor)?;
        let of_row = read(self.step.row.as_ref(), row)?;
        if !sink.claim_steps.expects(&id) || !sink.claim_steps.has_row(&id, of_row) {
            let message =
                "no claim of this id, and of this `row` if it has one, was handed over; hand over its claim too";
            return Err(self.claim.trouble(row, Trouble::new(Reason::UnknownClaim, message)));
        }
        sink.saw([Some(step.at)]);
        sink.claim_steps.push(id, of_row, step);
        Ok(())
    }
}
