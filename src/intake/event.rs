//! Sections of node events: long tables with an event a row, and wide ones with several.

use super::IntakeError;
use super::condition::{Test, all_hold};
use super::keys::Keys;
use super::plan::{Plan, Scope, read};
use super::quarantine::{Fault, Reason};
use super::resolve::WhosePlan;
use super::section::{TakeRow, Told};
use super::sink::Sink;
use super::text::Row;
use super::value::{ClosedPlan, IdPlan, TimePlan, closed};
use super::written::Table;
use crate::record::{Consent, NodeEvent, NodeKind, Party, RecordKind, kind};

/// A section of events tied to a file.
pub(super) struct EventPlan {
    whose: WhosePlan,
    events: Vec<OneEvent>,
}

/// One of the events that a row may tell of.
struct OneEvent {
    tests: Vec<Test>,
    kind: KindPlan,
    occurred_at: TimePlan,
    recorded_at: Option<TimePlan>,
    facility: Option<IdPlan<kind::Facility>>,
    leg: Option<IdPlan<kind::Label>>,
    courier: Option<IdPlan<kind::Courier>>,
    consent: Option<ClosedPlan<Consent>>,
    party: Option<ClosedPlan<Party>>,
    raw_code: Option<IdPlan<kind::Label>>,
}

enum KindPlan {
    Always(NodeKind),
    Read(Box<ClosedPlan<NodeKind>>),
}

impl EventPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        let whose = WhosePlan::needed(scope)?;
        let said = ["kind", "occurred_at"].into_iter().find(|&key| scope.keys.may(key).is_some());
        let steps = scope.keys.tables("step")?;
        let events = match said {
            None if steps.is_empty() => {
                let remedy = "map `kind` and `occurred_at`, or write a [[event.step]] for each event of a row";
                return Err(scope.keys.rule("kind", "the section does not say what happened when", remedy));
            }
            Some(key) if !steps.is_empty() => {
                let problem = format!("the section has steps, and `{key}` besides");
                return Err(scope.keys.rule(key, problem, "say it in the steps only"));
            }
            None => steps.into_iter().map(|step| OneEvent::step(scope, step)).collect::<Result<_, _>>()?,
            Some(_) => {
                let kind = KindPlan::Read(Box::new(scope.need("kind")?));
                let mut alone = scope.keys.clone();
                vec![OneEvent::compile(scope, kind, Vec::new(), &mut alone)?]
            }
        };
        Ok(Self { whose, events })
    }
}

impl TakeRow for EventPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, told: &mut Told) -> Result<(), Fault> {
        for event in &self.events {
            match event.record(row, &self.whose, sink) {
                Ok(Some(record)) => {
                    sink.saw([Some(record.occurred_at), record.recorded_at]);
                    sink.records.events.push(record);
                }
                Ok(None) => sink.leave_out(RecordKind::Event),
                Err(fault) => told.faults.push(fault),
            }
        }
        Ok(())
    }
}

impl OneEvent {
    /// One of several events of a row; what its table does not say is as the section says.
    fn step<'s>(scope: &mut Scope<'s>, step: &'s Table) -> Result<Self, IntakeError> {
        let keys = scope.keys.below("step", step);
        let mut section = std::mem::replace(&mut scope.keys, keys);
        let kind = scope.keys.need_text("kind")?;
        let kind = closed(kind).map_err(|error| {
            scope.keys.rule("kind", error.to_string(), "write the one that the column's time is of")
        })?;
        let tests = scope.tests()?;
        let event = Self::compile(scope, KindPlan::Always(kind), tests, &mut section)?;
        scope.keys.done("a step")?;
        scope.keys = section;
        Ok(event)
    }

    fn compile<'s>(
        scope: &mut Scope<'s>,
        kind: KindPlan,
        tests: Vec<Test>,
        section: &mut Keys<'s>,
    ) -> Result<Self, IntakeError> {
        Ok(Self {
            tests,
            kind,
            occurred_at: scope.need("occurred_at")?,
            recorded_at: scope.may_or("recorded_at", section)?,
            facility: scope.may_or("facility", section)?,
            leg: scope.may_or("leg", section)?,
            courier: scope.may_or("courier", section)?,
            consent: scope.may_or("consent", section)?,
            party: scope.may_or("party", section)?,
            raw_code: scope.may_or("raw_code", section)?,
        })
    }

    /// The event; none where it did not happen.
    fn record(&self, row: &Row<'_>, whose: &WhosePlan, sink: &mut Sink<'_>) -> Result<Option<NodeEvent>, Fault> {
        if !all_hold(&self.tests, row)? {
            return Ok(None);
        }
        let (kind, constant) = match &self.kind {
            KindPlan::Always(kind) => (*kind, true),
            KindPlan::Read(plan) => (plan.need(row, Reason::MissingKind)?, plan.text.is_constant()),
        };
        let occurred_at = match self.occurred_at.read(row)? {
            Some(at) => at,
            // The column of a wide table stays empty until the thing happens.
            None if constant => return Ok(None),
            None => self.occurred_at.need(row, Reason::MissingOccurredAt)?,
        };
        let key = whose.need(row, sink, || self.occurred_at.parse.date_of(occurred_at))?;
        let mut event = NodeEvent::new(key, kind, occurred_at);
        event.recorded_at = read(self.recorded_at.as_ref(), row)?;
        event.facility = read(self.facility.as_ref(), row)?;
        event.leg = read(self.leg.as_ref(), row)?;
        event.courier = read(self.courier.as_ref(), row)?;
        event.consent = read(self.consent.as_ref(), row)?.unwrap_or_default();
        event.party = read(self.party.as_ref(), row)?;
        event.raw_code = read(self.raw_code.as_ref(), row)?;
        Ok(Some(event))
    }
}
