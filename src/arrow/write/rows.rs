use super::{ArrowOutputError, Cell, Cells, FurtherColumns, TableRow};
use crate::arrow::Table;
use crate::record::{
    CaseAction, CaseId, Claim, ClaimAction, ClaimId, Complaint, Money, NodeEvent, Payment, Promise, PromiseMove,
    Rating, Step, Waybill, WaybillKey,
};

/// A waybill or claim with the number by which what hangs on it names its row; none where nothing does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbered<'a, T> {
    pub(crate) record: &'a T,
    pub(crate) row: Option<u64>,
}

/// The move of a promise, with the waybill it hangs on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MoveRow<'a> {
    pub(crate) waybill: &'a WaybillKey,
    pub(crate) moved: PromiseMove,
    pub(crate) row: Option<u64>,
}

/// A payment, with the claim it hangs on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PaymentRow<'a> {
    pub(crate) claim: &'a ClaimId,
    pub(crate) payment: Payment,
    pub(crate) row: Option<u64>,
}

/// A step of a case, with the case it hangs on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CaseStepRow<'a> {
    pub(crate) case: &'a CaseId,
    pub(crate) step: &'a Step<CaseAction>,
    pub(crate) row: Option<u64>,
}

/// A step of a claim, with the claim it hangs on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClaimStepRow<'a> {
    pub(crate) claim: &'a ClaimId,
    pub(crate) step: &'a Step<ClaimAction>,
    pub(crate) row: Option<u64>,
}

fn put_step<A>(
    cells: &mut Cells,
    step: &Step<A>,
    action: &'static str,
    row: Option<u64>,
) -> Result<(), ArrowOutputError> {
    cells.put("at", step.at)?;
    cells.put("sequence", step.sequence)?;
    cells.put("action", action)?;
    cells.put("actor", step.actor.name())?;
    cells.put("channel", step.channel.map(|channel| channel.name()))?;
    cells.put("handler", step.handler.as_ref())?;
    cells.put("reason", step.reason.as_ref())?;
    cells.put("row", row)
}

fn put_promise(cells: &mut Cells, names: [&'static str; 2], promise: Option<Promise>) -> Result<(), ArrowOutputError> {
    let (at, on) = match promise {
        None => (None, None),
        Some(Promise::By(at)) => (Some(at), None),
        Some(Promise::On(on)) => (None, Some(on)),
    };
    cells.put(names[0], at)?;
    cells.put(names[1], on)
}

fn put_key(cells: &mut Cells, key: Option<&WaybillKey>) -> Result<(), ArrowOutputError> {
    cells.put("waybill", key.map(|key| &key.number))?;
    cells.put("carrier", key.and_then(|key| key.carrier.as_ref()))?;
    cells.put("posted_on", key.map(|key| key.posted_on))
}

impl TableRow for Numbered<'_, Waybill> {
    const TABLE: Table = Table::Waybills;

    fn fill(&self, cells: &mut Cells, further: &FurtherColumns) -> Result<(), ArrowOutputError> {
        let waybill = self.record;
        cells.put("number", &waybill.key.number)?;
        cells.put("posted_on", waybill.key.posted_on)?;
        cells.put("carrier", waybill.key.carrier.as_ref())?;
        cells.put("updated_at", waybill.updated_at)?;
        cells.put("recorded_at", waybill.recorded_at)?;
        cells.put("flow", waybill.flow.name())?;
        cells.put("parent", waybill.parent.as_ref())?;
        cells.put("origin_region", waybill.origin_region.as_ref())?;
        cells.put("destination_region", waybill.destination_region.as_ref())?;
        cells.put("origin_city", waybill.origin_city.as_ref())?;
        cells.put("destination_city", waybill.destination_city.as_ref())?;
        cells.put("destination_zone", waybill.destination_zone.map(|zone| zone.name()))?;
        cells.put("product", waybill.product.as_ref())?;
        cells.put("cargo_category", waybill.cargo_category.as_ref())?;
        cells.put("channel", waybill.channel.as_ref())?;
        cells.put("customer", waybill.customer.as_ref())?;
        cells.put("customer_segment", waybill.customer_segment.as_ref())?;
        cells.put("recipient", waybill.recipient.as_ref())?;
        put_promise(cells, ["promise_at", "promise_on"], waybill.promise)?;
        cells.put("fee", waybill.fee)?;
        cells.put("declared_value", waybill.declared_value)?;
        let currency = waybill.fee.or(waybill.declared_value).map(Money::currency);
        let other = waybill.declared_value.map(Money::currency).filter(|&other| Some(other) != currency);
        cells.put("currency", currency.as_ref().map(|code| code.as_str()))?;
        cells.put("declared_value_currency", other.as_ref().map(|code| code.as_str()))?;
        cells.put("weight_grams", waybill.weight_grams)?;
        cells.put("row", self.row)?;
        let unforeseen = |name: Option<String>| match name {
            None => Ok(()),
            Some(name) => Err(ArrowOutputError::UnforeseenColumn { waybill: waybill.key.to_string(), name }),
        };
        let plans = &waybill.stage_plans;
        unforeseen(plans.keys().find(|&key| !further.stage_plans.contains(key)).map(ToString::to_string))?;
        for key in &further.stage_plans {
            cells.put("stage_plans", plans.get(key).copied())?;
        }
        let attributes = &waybill.attributes;
        unforeseen(attributes.keys().find(|&name| !further.attributes.contains(name)).map(ToString::to_string))?;
        for name in &further.attributes {
            cells.put("attributes", attributes.get(name))?;
        }
        Ok(())
    }
}

impl TableRow for MoveRow<'_> {
    const TABLE: Table = Table::PromiseMoves;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        put_key(cells, Some(self.waybill))?;
        cells.put("moved_at", self.moved.moved_at)?;
        cells.put("by", self.moved.by.name())?;
        put_promise(cells, ["to_at", "to_on"], Some(self.moved.to))?;
        cells.put("row", self.row)
    }
}

impl TableRow for NodeEvent {
    const TABLE: Table = Table::Events;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        put_key(cells, Some(&self.waybill))?;
        cells.put("kind", self.kind.name())?;
        cells.put("occurred_at", self.occurred_at)?;
        cells.put("recorded_at", self.recorded_at)?;
        cells.put("facility", self.facility.as_ref())?;
        cells.put("leg", self.leg.as_ref())?;
        cells.put("courier", self.courier.as_ref())?;
        cells.put("consent", self.consent.name())?;
        cells.put("party", self.party.map(|party| party.name()))?;
        cells.put("raw_code", self.raw_code.as_ref())
    }
}

impl TableRow for Numbered<'_, Complaint> {
    const TABLE: Table = Table::Complaints;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        let case = self.record;
        cells.put("id", &case.id)?;
        cells.put("updated_at", case.updated_at)?;
        cells.put("recorded_at", case.recorded_at)?;
        cells.put("class", case.class.name())?;
        cells.put("opened_at", case.opened_at)?;
        put_key(cells, case.waybill.as_ref())?;
        cells.put("customer", case.customer.as_ref())?;
        cells.put("customer_segment", case.customer_segment.as_ref())?;
        cells.put("cause", case.cause.as_ref())?;
        cells.put("responded_at", case.responded_at)?;
        cells.put("resolved_at", case.resolved_at)?;
        cells.put("upheld", case.upheld)?;
        let responsible = case.responsible.as_ref().map(ToString::to_string);
        cells.put("responsible", responsible.as_deref())?;
        cells.put("row", self.row)
    }
}

impl TableRow for CaseStepRow<'_> {
    const TABLE: Table = Table::CaseSteps;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        cells.put("case", self.case)?;
        put_step(cells, self.step, self.step.action.name(), self.row)
    }
}

impl TableRow for ClaimStepRow<'_> {
    const TABLE: Table = Table::ClaimSteps;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        cells.put("claim", self.claim)?;
        put_step(cells, self.step, self.step.action.name(), self.row)
    }
}

impl TableRow for Numbered<'_, Claim> {
    const TABLE: Table = Table::Claims;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        let claim = self.record;
        cells.put("id", &claim.id)?;
        cells.put("updated_at", claim.updated_at)?;
        cells.put("recorded_at", claim.recorded_at)?;
        cells.put("filed_at", claim.filed_at)?;
        put_key(cells, claim.waybill.as_ref())?;
        cells.put("loss_kind", claim.loss_kind.map(|kind| kind.name()))?;
        cells.put("claimed", claim.claimed)?;
        cells.put("currency", claim.claimed.map(Money::currency).as_ref().map(|code| code.as_str()))?;
        cells.put("confirmed_at", claim.confirmed_at)?;
        cells.put("decided_at", claim.decided_at)?;
        cells.put("decision", claim.decision.map(|decision| decision.name()))?;
        cells.put("row", self.row)
    }
}

impl TableRow for PaymentRow<'_> {
    const TABLE: Table = Table::Payments;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        cells.put("claim", self.claim)?;
        cells.put("paid_at", self.payment.paid_at)?;
        cells.put("amount", self.payment.amount)?;
        cells.put("currency", self.payment.amount.currency().as_str())?;
        cells.put("row", self.row)
    }
}

impl TableRow for Rating {
    const TABLE: Table = Table::Ratings;

    fn fill(&self, cells: &mut Cells, _: &FurtherColumns) -> Result<(), ArrowOutputError> {
        cells.put("id", &self.id)?;
        cells.put("updated_at", self.updated_at)?;
        cells.put("recorded_at", self.recorded_at)?;
        cells.put("rated_at", self.rated_at)?;
        let least = self.score.value() - self.score.above_min();
        cells.put("score", Cell::Number(self.score.value()))?;
        cells.put("scale_min", Cell::Number(least))?;
        cells.put("scale_max", Cell::Number(least + self.score.width()))?;
        cells.put("question", self.question.name())?;
        cells.put("aspect", self.aspect.name())?;
        put_key(cells, self.waybill.as_ref())?;
        cells.put("customer", self.customer.as_ref())?;
        cells.put("system_default", self.system_default)
    }
}
