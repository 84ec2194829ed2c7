//! Sections of complaints, inquiries and appeals, and of ratings.

use super::IntakeError;
use super::amount::ScorePlan;
use super::plan::{Plan, Scope, Typed, fault_of, read};
use super::quarantine::{Fault, Reason};
use super::resolve::{WhosePlan, if_known};
use super::section::{TakeRow, Told};
use super::sink::Sink;
use super::text::Row;
use super::value::{ClosedPlan, Flag, IdPlan, TimePlan};
use crate::record::{CaseClass, Complaint, Rating, RatingAspect, RatingQuestion, Responsible, kind};

/// A section of cases tied to a file.
pub(super) struct ComplaintPlan {
    id: IdPlan<kind::Case>,
    opened_at: TimePlan,
    class: Option<ClosedPlan<CaseClass>>,
    whose: Option<WhosePlan>,
    updated_at: Option<TimePlan>,
    recorded_at: Option<TimePlan>,
    customer: Option<IdPlan<kind::Customer>>,
    customer_segment: Option<IdPlan<kind::Label>>,
    cause: Option<IdPlan<kind::Label>>,
    responded_at: Option<TimePlan>,
    resolved_at: Option<TimePlan>,
    upheld: Option<Typed<Flag>>,
    responsible: Option<ClosedPlan<Responsible>>,
}

impl ComplaintPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: scope.need("id")?,
            opened_at: scope.need("opened_at")?,
            class: scope.may("class")?,
            whose: WhosePlan::may(scope)?,
            updated_at: scope.may("updated_at")?,
            recorded_at: scope.may("recorded_at")?,
            customer: scope.may("customer")?,
            customer_segment: scope.may("customer_segment")?,
            cause: scope.may("cause")?,
            responded_at: scope.may("responded_at")?,
            resolved_at: scope.may("resolved_at")?,
            upheld: scope.may("upheld")?,
            responsible: scope.may("responsible")?,
        })
    }
}

impl TakeRow for ComplaintPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let opened_at = self.opened_at.need(row, Reason::MissingTime)?;
        let class = match &self.class {
            Some(plan) => plan.need(row, Reason::MissingKind)?,
            None => CaseClass::Complaint,
        };
        let mut case = Complaint::new(self.id.need(row, Reason::MissingId)?, class, opened_at);
        case.updated_at = read(self.updated_at.as_ref(), row)?;
        case.recorded_at = read(self.recorded_at.as_ref(), row)?;
        case.customer = read(self.customer.as_ref(), row)?;
        case.customer_segment = read(self.customer_segment.as_ref(), row)?;
        case.cause = read(self.cause.as_ref(), row)?;
        case.responded_at = read(self.responded_at.as_ref(), row)?;
        case.resolved_at = read(self.resolved_at.as_ref(), row)?;
        case.upheld = read(self.upheld.as_ref(), row)?;
        case.responsible = read(self.responsible.as_ref(), row)?;
        case.validate().map_err(|error| {
            let plan = if error.field == "responded_at" { &self.responded_at } else { &self.resolved_at };
            fault_of(plan.as_ref(), row, Reason::InstantsOutOfOrder, &error)
        })?;
        case.waybill = if_known(self.whose.as_ref(), row, sink, || self.opened_at.parse.date_of(opened_at))?;
        sink.saw([Some(opened_at), case.updated_at, case.recorded_at, case.responded_at, case.resolved_at]);
        sink.records.complaints.push(case);
        Ok(())
    }
}

/// A section of ratings tied to a file.
pub(super) struct RatingPlan {
    id: IdPlan<kind::Rating>,
    rated_at: TimePlan,
    score: ScorePlan,
    whose: Option<WhosePlan>,
    updated_at: Option<TimePlan>,
    recorded_at: Option<TimePlan>,
    question: Option<ClosedPlan<RatingQuestion>>,
    aspect: Option<ClosedPlan<RatingAspect>>,
    customer: Option<IdPlan<kind::Customer>>,
    system_default: Option<Typed<Flag>>,
}

impl RatingPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: scope.need("id")?,
            rated_at: scope.need("rated_at")?,
            score: ScorePlan::compile(scope)?,
            whose: WhosePlan::may(scope)?,
            updated_at: scope.may("updated_at")?,
            recorded_at: scope.may("recorded_at")?,
            question: scope.may("question")?,
            aspect: scope.may("aspect")?,
            customer: scope.may("customer")?,
            system_default: scope.may("system_default")?,
        })
    }
}

impl TakeRow for RatingPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let rated_at = self.rated_at.need(row, Reason::MissingTime)?;
        let mut rating = Rating::new(self.id.need(row, Reason::MissingId)?, rated_at, self.score.need(row)?);
        rating.updated_at = read(self.updated_at.as_ref(), row)?;
        rating.recorded_at = read(self.recorded_at.as_ref(), row)?;
        rating.question = read(self.question.as_ref(), row)?.unwrap_or_default();
        rating.aspect = read(self.aspect.as_ref(), row)?.unwrap_or_default();
        rating.customer = read(self.customer.as_ref(), row)?;
        rating.system_default = read(self.system_default.as_ref(), row)?.unwrap_or_default();
        rating.waybill = if_known(self.whose.as_ref(), row, sink, || self.rated_at.parse.date_of(rated_at))?;
        sink.saw([Some(rated_at), rating.updated_at, rating.recorded_at]);
        sink.records.ratings.push(rating);
        Ok(())
    }
}
