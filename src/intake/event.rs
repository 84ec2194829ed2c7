//! Sections of node events: long tables with an event a row, and wide ones with several.

use super::IntakeError;
use super::mapping::{Condition, EventSection, Rows, WaybillNames};
use super::plan::{Plan, Scope, read};
use super::quarantine::{Fault, Reason};
use super::resolve::WhosePlan;
use super::section::{Section, TakeRow, Test, Told, all_hold, compile_tests};
use super::sink::Sink;
use super::source::Field;
use super::text::Row;
use super::value::{ClosedPlan, IdPlan, TimePlan};
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
    Read(ClosedPlan<NodeKind>),
}

/// What the mapping says of one event: a step, or the section itself.
struct Said<'s> {
    conditions: &'s [Condition],
    occurred_at: &'s Field,
    recorded_at: Option<&'s Field>,
    facility: Option<&'s Field>,
    leg: Option<&'s Field>,
    courier: Option<&'s Field>,
    consent: Option<&'s Field>,
    party: Option<&'s Field>,
    raw_code: Option<&'s Field>,
}

impl Said<'_> {
    fn compile(&self, scope: &mut Scope<'_>, kind: KindPlan) -> Result<OneEvent, IntakeError> {
        Ok(OneEvent {
            tests: compile_tests(scope, self.conditions)?,
            kind,
            occurred_at: scope.need("occurred_at", self.occurred_at)?,
            recorded_at: scope.may("recorded_at", self.recorded_at)?,
            facility: scope.may("facility", self.facility)?,
            leg: scope.may("leg", self.leg)?,
            courier: scope.may("courier", self.courier)?,
            consent: scope.may("consent", self.consent)?,
            party: scope.may("party", self.party)?,
            raw_code: scope.may("raw_code", self.raw_code)?,
        })
    }
}

impl EventSection {
    fn long(&self, scope: &mut Scope<'_>) -> Result<OneEvent, IntakeError> {
        let (Some(kind), Some(occurred_at)) = (&self.kind, &self.occurred_at) else {
            let remedy = "map `kind` and `occurred_at`, or write a [[event.step]] for each event of a row";
            return Err(scope.rule("kind", "the section does not say what happened when".to_owned(), remedy));
        };
        let said = Said {
            conditions: &[],
            occurred_at,
            recorded_at: self.recorded_at.as_ref(),
            facility: self.facility.as_ref(),
            leg: self.leg.as_ref(),
            courier: self.courier.as_ref(),
            consent: self.consent.as_ref(),
            party: self.party.as_ref(),
            raw_code: self.raw_code.as_ref(),
        };
        let kind = KindPlan::Read(scope.need("kind", kind)?);
        said.compile(scope, kind)
    }

    fn steps(&self, scope: &mut Scope<'_>) -> Result<Vec<OneEvent>, IntakeError> {
        if self.kind.is_some() || self.occurred_at.is_some() {
            let problem = "the section has steps, and `kind` or `occurred_at` besides".to_owned();
            return Err(scope.rule("step", problem, "say them in the steps only"));
        }
        let mut events = Vec::with_capacity(self.step.len());
        for step in &self.step {
            let said = Said {
                conditions: &step.conditions,
                occurred_at: &step.occurred_at,
                recorded_at: step.recorded_at.as_ref().or(self.recorded_at.as_ref()),
                facility: step.facility.as_ref().or(self.facility.as_ref()),
                leg: step.leg.as_ref().or(self.leg.as_ref()),
                courier: step.courier.as_ref().or(self.courier.as_ref()),
                consent: step.consent.as_ref().or(self.consent.as_ref()),
                party: step.party.as_ref().or(self.party.as_ref()),
                raw_code: step.raw_code.as_ref().or(self.raw_code.as_ref()),
            };
            events.push(said.compile(scope, KindPlan::Always(step.kind))?);
        }
        Ok(events)
    }
}

impl Section for EventSection {
    type Plan = EventPlan;

    fn rows(&self) -> Rows<'_> {
        Rows {
            section: "event",
            kind: RecordKind::Event,
            files: &self.file,
            delimiter: self.delimiter,
            conditions: &self.conditions,
            joins: &self.join,
        }
    }

    fn plan(&self, scope: &mut Scope<'_>) -> Result<EventPlan, IntakeError> {
        let names = WaybillNames {
            waybill: Some(&self.waybill),
            carrier: self.carrier.as_ref(),
            posted_on: self.posted_on.as_ref(),
        };
        let whose = WhosePlan::compile(scope, &names)?;
        let events = if self.step.is_empty() { vec![self.long(scope)?] } else { self.steps(scope)? };
        Ok(EventPlan {
            whose: whose.ok_or_else(|| scope.rule("waybill", "it is missing".to_owned(), "map it"))?,
            events,
        })
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
