use arrow_array::RecordBatch;

use super::take::lookup;
use super::{TakeRows, WhoseColumns};
use crate::arrow::column::{Codes, Moments, Named, Source, Truths, Wholes, Words, read, read_id};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::quarantine::{Fault, Reason};
use crate::intake::resolve::Lookup;
use crate::intake::sink::Sink;
use crate::record::{CarrierId, CaseClass, Complaint, Instant, RecordError, Responsible, WaybillNumber, Zone};

/// The columns of a batch of cases.
#[derive(Debug, Clone)]
pub(crate) struct ComplaintColumns {
    id: Named<Words>,
    opened_at: Named<Moments>,
    class: Option<Named<Codes<CaseClass>>>,
    whose: WhoseColumns<Option<Named<Words>>>,
    updated_at: Option<Named<Moments>>,
    recorded_at: Option<Named<Moments>>,
    customer: Option<Named<Words>>,
    customer_segment: Option<Named<Words>>,
    cause: Option<Named<Words>>,
    responded_at: Option<Named<Moments>>,
    resolved_at: Option<Named<Moments>>,
    upheld: Option<Named<Truths>>,
    responsible: Option<Named<Words>>,
    row: Option<Named<Wholes>>,
}

impl ComplaintColumns {
    /// The case of a row; `lookup` finds the waybill of one opened then, where the row does not tell its posting date.
    pub(crate) fn record(
        &self,
        row: usize,
        lookup: impl FnOnce(WaybillNumber, Option<CarrierId>, Instant) -> Lookup,
    ) -> Result<Complaint, Fault> {
        let opened_at = self.opened_at.need(row, Reason::MissingTime)?;
        let class = match &self.class {
            Some(column) => column.need(row, Reason::MissingKind)?,
            None => CaseClass::Complaint,
        };
        let mut case = Complaint::new(self.id.need_id(row, Reason::MissingId)?, class, opened_at);
        case.updated_at = read(self.updated_at.as_ref(), row)?;
        case.recorded_at = read(self.recorded_at.as_ref(), row)?;
        case.customer = read_id(self.customer.as_ref(), row)?;
        case.customer_segment = read_id(self.customer_segment.as_ref(), row)?;
        case.cause = read_id(self.cause.as_ref(), row)?;
        case.responded_at = read(self.responded_at.as_ref(), row)?;
        case.resolved_at = read(self.resolved_at.as_ref(), row)?;
        case.upheld = read(self.upheld.as_ref(), row)?;
        case.responsible = self.responsible.as_ref().map_or(Ok(None), |column| responsible(column, row))?;
        case.validate().map_err(|error| self.refused(row, &error))?;
        case.waybill = self.whose.key_if_known(row, |number, carrier| lookup(number, carrier, opened_at))?;
        Ok(case)
    }

    fn refused(&self, row: usize, error: &RecordError) -> Fault {
        let column = if error.field == "responded_at" { &self.responded_at } else { &self.resolved_at };
        match column {
            Some(column) => column.refused(row, Reason::InstantsOutOfOrder, error),
            None => Fault::of(Reason::InstantsOutOfOrder, error),
        }
    }
}

impl TakeRows for ComplaintColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::Complaints, batch);
        Ok(Self {
            id: source.need("id")?,
            opened_at: source.need("opened_at")?,
            class: source.may("class")?,
            whose: WhoseColumns::optional(source)?,
            updated_at: source.may("updated_at")?,
            recorded_at: source.may("recorded_at")?,
            customer: source.may("customer")?,
            customer_segment: source.may("customer_segment")?,
            cause: source.may("cause")?,
            responded_at: source.may("responded_at")?,
            resolved_at: source.may("resolved_at")?,
            upheld: source.may("upheld")?,
            responsible: source.may("responsible")?,
            row: source.may("row")?,
        })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, zone: Zone) -> Result<(), Fault> {
        let case = self.record(row, |number, carrier, at| lookup(sink, number, carrier, at, zone))?;
        sink.saw([Some(case.opened_at), case.updated_at, case.recorded_at, case.responded_at, case.resolved_at]);
        let number = read(self.row.as_ref(), row)?;
        if let Some(number) = number {
            sink.case_steps.number(&case.id, number);
        }
        sink.complaint_rows.push(number);
        sink.records.complaints.push(case);
        Ok(())
    }
}

/// Who answers for it, as the way down the tree.
fn responsible(column: &Named<Words>, row: usize) -> Result<Option<Responsible>, Fault> {
    let Some(text) = column.read(row)? else { return Ok(None) };
    text.parse().map(Some).map_err(|error| column.refused(row, Reason::UnknownValue, &error))
}
