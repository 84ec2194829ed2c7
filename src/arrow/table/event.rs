use arrow_array::RecordBatch;

use super::take::lookup;
use super::{TakeRows, WhoseColumns};
use crate::arrow::column::{Codes, Moments, Named, Source, Words, read, read_id};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::quarantine::{Fault, Reason};
use crate::intake::resolve::Lookup;
use crate::intake::sink::Sink;
use crate::record::{CarrierId, Consent, Instant, NodeEvent, NodeKind, Party, WaybillNumber, Zone};

/// The columns of a batch of events.
#[derive(Debug, Clone)]
pub(crate) struct EventColumns {
    pub(crate) whose: WhoseColumns<Named<Words>>,
    pub(crate) kind: Named<Codes<NodeKind>>,
    pub(crate) occurred_at: Named<Moments>,
    pub(crate) recorded_at: Option<Named<Moments>>,
    pub(crate) facility: Option<Named<Words>>,
    pub(crate) leg: Option<Named<Words>>,
    pub(crate) courier: Option<Named<Words>>,
    pub(crate) consent: Option<Named<Codes<Consent>>>,
    pub(crate) party: Option<Named<Codes<Party>>>,
    pub(crate) raw_code: Option<Named<Words>>,
}

impl EventColumns {
    /// The event of a row; `lookup` finds the waybill of an event that happened then, where the row does not tell its
    /// posting date.
    pub(crate) fn record(
        &self,
        row: usize,
        lookup: impl FnOnce(WaybillNumber, Option<CarrierId>, Instant) -> Lookup,
    ) -> Result<NodeEvent, Fault> {
        let kind = self.kind.need(row, Reason::MissingKind)?;
        let occurred_at = self.occurred_at.need(row, Reason::MissingOccurredAt)?;
        let key = self.whose.key(row, |number, carrier| lookup(number, carrier, occurred_at))?;
        let mut event = NodeEvent::new(key, kind, occurred_at);
        event.recorded_at = read(self.recorded_at.as_ref(), row)?;
        event.facility = read_id(self.facility.as_ref(), row)?;
        event.leg = read_id(self.leg.as_ref(), row)?;
        event.courier = read_id(self.courier.as_ref(), row)?;
        event.consent = read(self.consent.as_ref(), row)?.unwrap_or_default();
        event.party = read(self.party.as_ref(), row)?;
        event.raw_code = read_id(self.raw_code.as_ref(), row)?;
        Ok(event)
    }
}

impl TakeRows for EventColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::Events, batch);
        Ok(Self {
            whose: WhoseColumns::needed(source)?,
            kind: source.need("kind")?,
            occurred_at: source.need("occurred_at")?,
            recorded_at: source.may("recorded_at")?,
            facility: source.may("facility")?,
            leg: source.may("leg")?,
            courier: source.may("courier")?,
            consent: source.may("consent")?,
            party: source.may("party")?,
            raw_code: source.may("raw_code")?,
        })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, zone: Zone) -> Result<(), Fault> {
        let event = self.record(row, |number, carrier, at| lookup(sink, number, carrier, at, zone))?;
        sink.saw([Some(event.occurred_at), event.recorded_at]);
        sink.records.events.push(event);
        Ok(())
    }
}
