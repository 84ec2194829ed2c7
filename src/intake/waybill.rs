//! Sections of waybills and of promises that moved.

use super::plan::{Plan, Scope, Typed, fault_of, read};
use super::quarantine::{Fault, Reason};
use super::resolve::WhosePlan;
use super::section::{TakeRow, Told};
use super::sink::Sink;
use super::text::Row;
use super::value::{ClosedPlan, DayPlan, IdPlan, Length, PromisePlan, TimePlan, Whole, ZoneName};
use super::{IntakeError, amount::MoneyPlan};
use crate::record::{Flow, Label, Mover, PassageKey, PromiseMove, RecordError, Waybill, WaybillKey, kind};

type LabelPlan = IdPlan<kind::Label>;

/// A section of waybills tied to a file.
pub(super) struct WaybillPlan {
    number: IdPlan<kind::Waybill>,
    posted_on: DayPlan,
    carrier: Option<IdPlan<kind::Carrier>>,
    updated_at: Option<TimePlan>,
    recorded_at: Option<TimePlan>,
    flow: Option<ClosedPlan<Flow>>,
    parent: Option<IdPlan<kind::Waybill>>,
    origin_region: Option<LabelPlan>,
    destination_region: Option<LabelPlan>,
    origin_city: Option<LabelPlan>,
    destination_city: Option<LabelPlan>,
    destination_zone: Option<Typed<ZoneName>>,
    product: Option<LabelPlan>,
    cargo_category: Option<LabelPlan>,
    channel: Option<LabelPlan>,
    customer: Option<IdPlan<kind::Customer>>,
    customer_segment: Option<LabelPlan>,
    recipient: Option<IdPlan<kind::Customer>>,
    promise: Option<PromisePlan>,
    fee: Option<MoneyPlan>,
    declared_value: Option<MoneyPlan>,
    weight_grams: Option<Typed<Whole>>,
    stage_plans: Vec<(PassageKey, Typed<Length>)>,
    attributes: Vec<(Label, LabelPlan)>,
}

impl WaybillPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            number: scope.need("number")?,
            posted_on: scope.need("posted_on")?,
            carrier: scope.may("carrier")?,
            updated_at: scope.may("updated_at")?,
            recorded_at: scope.may("recorded_at")?,
            flow: scope.may("flow")?,
            parent: scope.may("parent")?,
            origin_region: scope.may("origin_region")?,
            destination_region: scope.may("destination_region")?,
            origin_city: scope.may("origin_city")?,
            destination_city: scope.may("destination_city")?,
            destination_zone: scope.may("destination_zone")?,
            product: scope.may("product")?,
            cargo_category: scope.may("cargo_category")?,
            channel: scope.may("channel")?,
            customer: scope.may("customer")?,
            customer_segment: scope.may("customer_segment")?,
            recipient: scope.may("recipient")?,
            promise: scope.may("promise")?,
            fee: scope.may("fee")?,
            declared_value: scope.may("declared_value")?,
            weight_grams: scope.may("weight_grams")?,
            stage_plans: by_key(scope, "stage_plans")?,
            attributes: by_key(scope, "attributes")?,
        })
    }
}

/// A key of the caller's own in a table of fields.
trait OwnKey: Sized + PartialEq {
    fn read(name: &str) -> Result<Self, RecordError>;
}

impl OwnKey for Label {
    fn read(name: &str) -> Result<Self, RecordError> {
        Self::new(name)
    }
}

impl OwnKey for PassageKey {
    fn read(name: &str) -> Result<Self, RecordError> {
        name.parse()
    }
}

/// The fields of a table whose keys are the caller's own.
fn by_key<K: OwnKey, P: Plan>(scope: &mut Scope<'_>, table: &'static str) -> Result<Vec<(K, P)>, IntakeError> {
    let mut plans: Vec<(K, P)> = Vec::new();
    for (name, plan) in scope.own(table)? {
        let key = K::read(name).map_err(|error| {
            let problem = format!("`{name}` cannot stand in it");
            scope.keys.rule(table, problem, &format!("expected {}", error.allowed))
        })?;
        if plans.iter().any(|(other, _)| *other == key) {
            let problem = format!("`{name}` is in it under another spelling");
            return Err(scope.keys.rule(table, problem, "say it once"));
        }
        plans.push((key, plan));
    }
    Ok(plans)
}

impl TakeRow for WaybillPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let waybill = self.record(row).inspect_err(|_| {
            // So that what hangs on it can be told why it is not there.
            sink.unread.extend(self.number.read(row).ok().flatten());
        })?;
        sink.saw([waybill.updated_at, waybill.recorded_at]);
        sink.records.waybills.push(waybill);
        Ok(())
    }
}

impl WaybillPlan {
    fn record(&self, row: &Row<'_>) -> Result<Waybill, Fault> {
        let mut waybill = Waybill::new(WaybillKey {
            number: self.number.need(row, Reason::MissingWaybill)?,
            posted_on: self.posted_on.need(row, Reason::MissingPostedOn)?,
            carrier: read(self.carrier.as_ref(), row)?,
        });
        waybill.updated_at = read(self.updated_at.as_ref(), row)?;
        waybill.recorded_at = read(self.recorded_at.as_ref(), row)?;
        waybill.flow = read(self.flow.as_ref(), row)?.unwrap_or_default();
        waybill.parent = read(self.parent.as_ref(), row)?;
        waybill.origin_region = read(self.origin_region.as_ref(), row)?;
        waybill.destination_region = read(self.destination_region.as_ref(), row)?;
        waybill.origin_city = read(self.origin_city.as_ref(), row)?;
        waybill.destination_city = read(self.destination_city.as_ref(), row)?;
        waybill.destination_zone = read(self.destination_zone.as_ref(), row)?;
        waybill.product = read(self.product.as_ref(), row)?;
        waybill.cargo_category = read(self.cargo_category.as_ref(), row)?;
        waybill.channel = read(self.channel.as_ref(), row)?;
        waybill.customer = read(self.customer.as_ref(), row)?;
        waybill.customer_segment = read(self.customer_segment.as_ref(), row)?;
        waybill.recipient = read(self.recipient.as_ref(), row)?;
        waybill.promise = read(self.promise.as_ref(), row)?;
        waybill.fee = read(self.fee.as_ref(), row)?;
        waybill.declared_value = read(self.declared_value.as_ref(), row)?;
        waybill.weight_grams = read(self.weight_grams.as_ref(), row)?;
        for (name, plan) in &self.stage_plans {
            if let Some(value) = plan.read(row)? {
                waybill.stage_plans.insert(name.clone(), value);
            }
        }
        for (name, plan) in &self.attributes {
            if let Some(value) = plan.read(row)? {
                waybill.attributes.insert(name.clone(), value);
            }
        }
        match waybill.validate() {
            Ok(()) => Ok(waybill),
            Err(error) => {
                let plan = if error.field == "fee" { &self.fee } else { &self.declared_value };
                Err(fault_of(plan.as_ref(), row, Reason::NegativeAmount, &error))
            }
        }
    }
}

/// A section of moved promises tied to a file.
pub(super) struct PromiseMovePlan {
    whose: WhosePlan,
    moved_at: TimePlan,
    by: ClosedPlan<Mover>,
    to: PromisePlan,
}

impl PromiseMovePlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            whose: WhosePlan::needed(scope)?,
            moved_at: scope.need("moved_at")?,
            by: scope.need("by")?,
            to: scope.need("to")?,
        })
    }
}

impl TakeRow for PromiseMovePlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let moved_at = self.moved_at.need(row, Reason::MissingTime)?;
        let moved = PromiseMove {
            moved_at,
            by: self.by.need(row, Reason::MissingKind)?,
            to: self.to.need(row, Reason::MissingPromise)?,
        };
        let key = self.whose.need(row, sink, || self.moved_at.parse.date_of(moved_at))?;
        if !sink.waybills().contains(&key) {
            return Err(self.whose.unknown(row, sink));
        }
        sink.saw([Some(moved_at)]);
        sink.moves.push(key, None, moved);
        Ok(())
    }
}
