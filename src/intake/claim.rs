//! Sections of claims, and of payments in a file of their own.

use super::IntakeError;
use super::amount::MoneyPlan;
use super::mapping::{ClaimSection, PaymentSection, Rows, WaybillNames};
use super::plan::{Plan, Scope, fault_of, read};
use super::quarantine::{Fault, Reason, Trouble};
use super::resolve::{WhosePlan, if_known};
use super::section::{Section, TakeRow, Told};
use super::sink::Sink;
use super::text::Row;
use super::value::{ClosedPlan, IdPlan, TimePlan};
use crate::record::{Claim, Decision, LossKind, Payment, RecordKind, kind};

/// A section of claims tied to a file.
pub(super) struct ClaimPlan {
    id: IdPlan<kind::Claim>,
    filed_at: TimePlan,
    whose: Option<WhosePlan>,
    updated_at: Option<TimePlan>,
    recorded_at: Option<TimePlan>,
    loss_kind: Option<ClosedPlan<LossKind>>,
    claimed: Option<MoneyPlan>,
    confirmed_at: Option<TimePlan>,
    decided_at: Option<TimePlan>,
    decision: Option<ClosedPlan<Decision>>,
    paid: Option<PaidPlan>,
}

/// A payment in the claim's own row.
struct PaidPlan {
    at: TimePlan,
    amount: MoneyPlan,
}

impl Section for ClaimSection {
    type Plan = ClaimPlan;

    fn rows(&self) -> Rows<'_> {
        Rows {
            section: "claim",
            kind: RecordKind::Claim,
            files: &self.file,
            delimiter: self.delimiter,
            conditions: &self.conditions,
            joins: &self.join,
        }
    }

    fn plan(&self, scope: &mut Scope<'_>) -> Result<ClaimPlan, IntakeError> {
        let names = WaybillNames {
            waybill: self.waybill.as_ref(),
            carrier: self.carrier.as_ref(),
            posted_on: self.posted_on.as_ref(),
        };
        let paid = match (&self.paid_at, &self.paid) {
            (Some(at), Some(amount)) => {
                Some(PaidPlan { at: scope.need("paid_at", at)?, amount: scope.need("paid", amount)? })
            }
            (None, None) => None,
            _ => {
                let problem = "a payment has a time and an amount, and only one of them is mapped".to_owned();
                return Err(scope.rule("paid", problem, "map both `paid_at` and `paid`, or neither"));
            }
        };
        Ok(ClaimPlan {
            id: scope.need("id", &self.id)?,
            filed_at: scope.need("filed_at", &self.filed_at)?,
            whose: WhosePlan::compile(scope, &names)?,
            updated_at: scope.may("updated_at", self.updated_at.as_ref())?,
            recorded_at: scope.may("recorded_at", self.recorded_at.as_ref())?,
            loss_kind: scope.may("loss_kind", self.loss_kind.as_ref())?,
            claimed: scope.may("claimed", self.claimed.as_ref())?,
            confirmed_at: scope.may("confirmed_at", self.confirmed_at.as_ref())?,
            decided_at: scope.may("decided_at", self.decided_at.as_ref())?,
            decision: scope.may("decision", self.decision.as_ref())?,
            paid,
        })
    }
}

impl TakeRow for ClaimPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let filed_at = self.filed_at.need(row, Reason::MissingTime)?;
        let mut claim = Claim::new(self.id.need(row, Reason::MissingId)?, filed_at);
        claim.updated_at = read(self.updated_at.as_ref(), row)?;
        claim.recorded_at = read(self.recorded_at.as_ref(), row)?;
        claim.loss_kind = read(self.loss_kind.as_ref(), row)?;
        claim.claimed = read(self.claimed.as_ref(), row)?;
        claim.confirmed_at = read(self.confirmed_at.as_ref(), row)?;
        claim.decided_at = read(self.decided_at.as_ref(), row)?;
        claim.decision = read(self.decision.as_ref(), row)?;
        let payment = self.paid.as_ref().map_or(Ok(None), |paid| paid.payment(row))?;
        claim.payments.extend(payment);
        claim.validate().map_err(|error| {
            let paid = self.paid.as_ref().map(|paid| &paid.amount);
            let plan = if error.field == "claimed" { self.claimed.as_ref() } else { paid };
            fault_of(plan, row, Reason::NegativeAmount, &error)
        })?;
        claim.waybill = if_known(self.whose.as_ref(), row, sink, || self.filed_at.parse.date_of(filed_at))?;
        sink.saw([Some(filed_at), claim.updated_at, claim.recorded_at, claim.confirmed_at, claim.decided_at]);
        sink.saw([payment.map(|payment| payment.paid_at)]);
        sink.records.claims.push(claim);
        Ok(())
    }
}

impl PaidPlan {
    fn payment(&self, row: &Row<'_>) -> Result<Option<Payment>, Fault> {
        match (self.at.read(row)?, self.amount.read(row)?) {
            (Some(paid_at), Some(amount)) => Ok(Some(Payment { paid_at, amount })),
            // Tables write 0.00 where nothing was paid yet.
            (None, Some(amount)) if amount.minor_units() == 0 => Ok(None),
            (None, None) => Ok(None),
            (Some(_), None) => self.amount.need(row, Reason::MissingAmount).map(|_| None),
            (None, Some(_)) => self.at.need(row, Reason::MissingTime).map(|_| None),
        }
    }
}

/// A section of payments tied to a file.
pub(super) struct PaymentPlan {
    claim: IdPlan<kind::Claim>,
    paid_at: TimePlan,
    amount: MoneyPlan,
}

impl Section for PaymentSection {
    type Plan = PaymentPlan;

    fn rows(&self) -> Rows<'_> {
        Rows {
            section: "payment",
            kind: RecordKind::Claim,
            files: &self.file,
            delimiter: self.delimiter,
            conditions: &self.conditions,
            joins: &self.join,
        }
    }

    fn plan(&self, scope: &mut Scope<'_>) -> Result<PaymentPlan, IntakeError> {
        Ok(PaymentPlan {
            claim: scope.need("claim", &self.claim)?,
            paid_at: scope.need("paid_at", &self.paid_at)?,
            amount: scope.need("amount", &self.amount)?,
        })
    }
}

impl TakeRow for PaymentPlan {
    fn take(&self, row: &Row<'_>, sink: &mut Sink<'_>, _: &mut Told) -> Result<(), Fault> {
        let id = self.claim.need(row, Reason::MissingId)?;
        let paid_at = self.paid_at.need(row, Reason::MissingTime)?;
        let amount = self.amount.need(row, Reason::MissingAmount)?;
        if amount.minor_units() < 0 {
            let message = "a payment is at least 0; correct the sign, or leave money taken back out with `where`";
            return Err(self.amount.fault(row, Trouble::new(Reason::NegativeAmount, message)));
        }
        // A claim that was read has an entry, made before the first payment is read.
        if !sink.payments.expects(&id) {
            let message = "no claim of this id was read; hand over its claim too";
            return Err(self.claim.fault(row, Trouble::new(Reason::UnknownClaim, message)));
        }
        sink.payments.push(id, None, Payment { paid_at, amount });
        sink.saw([Some(paid_at)]);
        Ok(())
    }
}
