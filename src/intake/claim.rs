//! Sections of claims, and of payments in a file of their own.

use super::IntakeError;
use super::amount::MoneyPlan;
use super::plan::{Plan, Scope, fault_of, read};
use super::quarantine::{Fault, Reason, Trouble};
use super::resolve::{WhosePlan, if_known};
use super::section::{TakeRow, Told};
use super::sink::Sink;
use super::text::Row;
use super::value::{ClosedPlan, IdPlan, TimePlan};
use crate::record::{Claim, Decision, LossKind, Payment, kind};

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

impl ClaimPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        let paid = match (scope.may("paid_at")?, scope.may("paid")?) {
            (Some(at), Some(amount)) => Some(PaidPlan { at, amount }),
            (None, None) => None,
            (at, _) => {
                let problem = "a payment has a time and an amount, and only one of them is mapped";
                let key = if at.is_some() { "paid_at" } else { "paid" };
                return Err(scope.keys.rule(key, problem, "map both `paid_at` and `paid`, or neither"));
            }
        };
        Ok(Self {
            id: scope.need("id")?,
            filed_at: scope.need("filed_at")?,
            whose: WhosePlan::may(scope)?,
            updated_at: scope.may("updated_at")?,
            recorded_at: scope.may("recorded_at")?,
            loss_kind: scope.may("loss_kind")?,
            claimed: scope.may("claimed")?,
            confirmed_at: scope.may("confirmed_at")?,
            decided_at: scope.may("decided_at")?,
            decision: scope.may("decision")?,
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

impl PaymentPlan {
    pub(super) fn compile(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self { claim: scope.need("claim")?, paid_at: scope.need("paid_at")?, amount: scope.need("amount")? })
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
