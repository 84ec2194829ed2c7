//! Sections of complaints, inquiries and appeals, and of ratings.

use super::IntakeError;
use super::amount::ScorePlan;
use super::mapping::{ComplaintSection, RatingSection, Rows, WaybillNames};
use super::plan::{Plan, Scope, Typed, fault_of, read};
use super::quarantine::{Fault, Reason};
use super::resolve::{WhosePlan, if_known};
use super::section::{Section, TakeRow, Told};
use super::sink::Sink;
use super::text::Row;
use super::value::{ClosedPlan, Flag, IdPlan, TimePlan};
use crate::record::{CaseClass, Complaint, Rating, RatingAspect, RatingQuestion, RecordKind, Responsible, kind};

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

impl Section for ComplaintSection {
    type Plan = ComplaintPlan;

    fn rows(&self) -> Rows<'_> {
        Rows {
            section: "complaint",
            kind: RecordKind::Complaint,
            files: &self.file,
            delimiter: self.delimiter,
            conditions: &self.conditions,
            joins: &self.join,
        }
    }

    fn plan(&self, scope: &mut Scope<'_>) -> Result<ComplaintPlan, IntakeError> {
        let names = WaybillNames {
            waybill: self.waybill.as_ref(),
            carrier: self.carrier.as_ref(),
            posted_on: self.posted_on.as_ref(),
        };
        Ok(ComplaintPlan {
            id: scope.need("id", &self.id)?,
            opened_at: scope.need("opened_at", &self.opened_at)?,
            class: scope.may("class", self.class.as_ref())?,
            whose: WhosePlan::compile(scope, &names)?,
            updated_at: scope.may("updated_at", self.updated_at.as_ref())?,
            recorded_at: scope.may("recorded_at", self.recorded_at.as_ref())?,
            customer: scope.may("customer", self.customer.as_ref())?,
            customer_segment: scope.may("customer_segment", self.customer_segment.as_ref())?,
            cause: scope.may("cause", self.cause.as_ref())?,
            responded_at: scope.may("responded_at", self.responded_at.as_ref())?,
            resolved_at: scope.may("resolved_at", self.resolved_at.as_ref())?,
            upheld: scope.may("upheld", self.upheld.as_ref())?,
            responsible: scope.may("responsible", self.responsible.as_ref())?,
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

impl Section for RatingSection {
    type Plan = RatingPlan;

    fn rows(&self) -> Rows<'_> {
        Rows {
            section: "rating",
            kind: RecordKind::Rating,
            files: &self.file,
            delimiter: self.delimiter,
            conditions: &self.conditions,
            joins: &self.join,
        }
    }

    fn plan(&self, scope: &mut Scope<'_>) -> Result<RatingPlan, IntakeError> {
        let names = WaybillNames {
            waybill: self.waybill.as_ref(),
            carrier: self.carrier.as_ref(),
            posted_on: self.posted_on.as_ref(),
        };
        Ok(RatingPlan {
            id: scope.need("id", &self.id)?,
            rated_at: scope.need("rated_at", &self.rated_at)?,
            score: ScorePlan::compile(scope, &self.score, &self.scale_min, &self.scale_max)?,
            whose: WhosePlan::compile(scope, &names)?,
            updated_at: scope.may("updated_at", self.updated_at.as_ref())?,
            recorded_at: scope.may("recorded_at", self.recorded_at.as_ref())?,
            question: scope.may("question", self.question.as_ref())?,
            aspect: scope.may("aspect", self.aspect.as_ref())?,
            customer: scope.may("customer", self.customer.as_ref())?,
            system_default: scope.may("system_default", self.system_default.as_ref())?,
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
