use arrow_array::RecordBatch;

use super::take::lookup;
use super::{MoneyColumns, TakeRows, WhoseColumns};
use crate::arrow::column::{Codes, Moments, Named, Source, Wholes, Words, read};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::quarantine::{Fault, Reason, Trouble};
use crate::intake::resolve::Lookup;
use crate::intake::sink::Sink;
use crate::record::{CarrierId, Claim, Decision, Instant, LossKind, Payment, WaybillNumber, Zone};

/// The columns of a batch of claims.
#[derive(Debug, Clone)]
pub(crate) struct ClaimColumns {
    id: Named<Words>,
    filed_at: Named<Moments>,
    whose: WhoseColumns<Option<Named<Words>>>,
    updated_at: Option<Named<Moments>>,
    recorded_at: Option<Named<Moments>>,
    loss_kind: Option<Named<Codes<LossKind>>>,
    claimed: Option<MoneyColumns>,
    confirmed_at: Option<Named<Moments>>,
    decided_at: Option<Named<Moments>>,
    decision: Option<Named<Codes<Decision>>>,
    row: Option<Named<Wholes>>,
}

impl ClaimColumns {
    /// The claim of a row, without payments; `lookup` finds the waybill of one filed then, where the row does not tell its
    /// posting date.
    pub(crate) fn record(
        &self,
        row: usize,
        lookup: impl FnOnce(WaybillNumber, Option<CarrierId>, Instant) -> Lookup,
    ) -> Result<Claim, Fault> {
        let filed_at = self.filed_at.need(row, Reason::MissingTime)?;
        let mut claim = Claim::new(self.id.need_id(row, Reason::MissingId)?, filed_at);
        claim.updated_at = read(self.updated_at.as_ref(), row)?;
        claim.recorded_at = read(self.recorded_at.as_ref(), row)?;
        claim.loss_kind = read(self.loss_kind.as_ref(), row)?;
        claim.claimed = self.claimed.as_ref().map_or(Ok(None), |claimed| claimed.read(row))?;
        claim.confirmed_at = read(self.confirmed_at.as_ref(), row)?;
        claim.decided_at = read(self.decided_at.as_ref(), row)?;
        claim.decision = read(self.decision.as_ref(), row)?;
        claim.validate().map_err(|error| match &self.claimed {
            Some(column) => column.amount.refused(row, Reason::NegativeAmount, &error),
            None => Fault::of(Reason::NegativeAmount, &error),
        })?;
        claim.waybill = self.whose.key_if_known(row, |number, carrier| lookup(number, carrier, filed_at))?;
        Ok(claim)
    }
}

impl TakeRows for ClaimColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::Claims, batch);
        Ok(Self {
            id: source.need("id")?,
            filed_at: source.need("filed_at")?,
            whose: WhoseColumns::optional(source)?,
            updated_at: source.may("updated_at")?,
            recorded_at: source.may("recorded_at")?,
            loss_kind: source.may("loss_kind")?,
            claimed: MoneyColumns::optional(source, "claimed", None)?,
            confirmed_at: source.may("confirmed_at")?,
            decided_at: source.may("decided_at")?,
            decision: source.may("decision")?,
            row: source.may("row")?,
        })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, zone: Zone) -> Result<(), Fault> {
        let claim = self.record(row, |number, carrier, at| lookup(sink, number, carrier, at, zone))?;
        let number = read(self.row.as_ref(), row)?;
        sink.saw([Some(claim.filed_at), claim.updated_at, claim.recorded_at, claim.confirmed_at, claim.decided_at]);
        if let Some(number) = number {
            sink.payments.number(&claim.id, number);
            sink.claim_steps.number(&claim.id, number);
        }
        sink.claim_rows.push(number);
        sink.records.claims.push(claim);
        Ok(())
    }
}

/// The columns of a batch of payments.
#[derive(Debug, Clone)]
pub(crate) struct PaymentColumns {
    claim: Named<Words>,
    paid_at: Named<Moments>,
    amount: MoneyColumns,
    row: Option<Named<Wholes>>,
}

impl TakeRows for PaymentColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::Payments, batch);
        Ok(Self {
            claim: source.need("claim")?,
            paid_at: source.need("paid_at")?,
            amount: MoneyColumns::needed(source, "amount")?,
            row: source.may("row")?,
        })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, _: Zone) -> Result<(), Fault> {
        let id = self.claim.need_id(row, Reason::MissingId)?;
        let paid_at = self.paid_at.need(row, Reason::MissingTime)?;
        let amount = self.amount.need(row)?;
        if amount.minor_units() < 0 {
            let message = "a payment is at least 0; correct the sign, or leave money taken back out";
            return Err(self.amount.amount.trouble(row, Trouble::new(Reason::NegativeAmount, message)));
        }
        // A claim that was read has an entry, made before the first payment is read.
        let of_row = read(self.row.as_ref(), row)?;
        if !sink.payments.expects(&id) || !sink.payments.has_row(&id, of_row) {
            let message =
                "no claim of this id, and of this `row` if it has one, was handed over; hand over its claim too";
            return Err(self.claim.trouble(row, Trouble::new(Reason::UnknownClaim, message)));
        }
        sink.payments.push(id, of_row, Payment { paid_at, amount });
        sink.saw([Some(paid_at)]);
        Ok(())
    }
}
