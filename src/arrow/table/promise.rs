use arrow_array::RecordBatch;

use super::take::lookup;
use super::{TakeRows, WhoseColumns};
use crate::arrow::column::{Codes, Dates, Moments, Named, Source, Wholes, Words, read};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::quarantine::{Fault, Reason};
use crate::intake::sink::Sink;
use crate::record::{Mover, Promise, PromiseMove, Zone};

/// The columns of a promise: an instant, or a day.
#[derive(Debug, Clone)]
pub(crate) struct PromiseColumns {
    pub(crate) at: Option<Named<Moments>>,
    pub(crate) on: Option<Named<Dates>>,
}

impl PromiseColumns {
    /// The promise in a row; none where both are null.
    pub(crate) fn read(&self, row: usize) -> Result<Option<Promise>, Fault> {
        match (read(self.at.as_ref(), row)?, read(self.on.as_ref(), row)?) {
            (Some(at), None) => Ok(Some(Promise::By(at))),
            (None, Some(on)) => Ok(Some(Promise::On(on))),
            (None, None) => Ok(None),
            (Some(at), Some(on)) => {
                let message = "a promise is an instant or a day; leave one of the two columns null";
                Err(Fault::row(Reason::ContradictingValues, &format!("{at} and {on}"), message))
            }
        }
    }
}

/// The columns of a batch of moved promises.
#[derive(Debug, Clone)]
pub(crate) struct PromiseMoveColumns {
    pub(crate) whose: WhoseColumns<Named<Words>>,
    pub(crate) moved_at: Named<Moments>,
    pub(crate) by: Named<Codes<Mover>>,
    pub(crate) to: PromiseColumns,
    /// Which row of the waybill it hangs on; without a number on them all.
    pub(crate) row: Option<Named<Wholes>>,
}

impl PromiseMoveColumns {
    /// The move of a row, without its waybill.
    pub(crate) fn record(&self, row: usize) -> Result<PromiseMove, Fault> {
        let moved_at = self.moved_at.need(row, Reason::MissingTime)?;
        let by = self.by.need(row, Reason::MissingKind)?;
        match self.to.read(row)? {
            Some(to) => Ok(PromiseMove { moved_at, by, to }),
            None => {
                let message = "the promise was moved to nowhere; fill in `to_at` or `to_on`";
                Err(Fault::row(Reason::MissingPromise, "", message))
            }
        }
    }
}

impl TakeRows for PromiseMoveColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::PromiseMoves, batch);
        Ok(Self {
            whose: WhoseColumns::needed(source)?,
            moved_at: source.need("moved_at")?,
            by: source.need("by")?,
            to: PromiseColumns { at: source.may("to_at")?, on: source.may("to_on")? },
            row: source.may("row")?,
        })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, zone: Zone) -> Result<(), Fault> {
        let moved = self.record(row)?;
        let key = self.whose.key(row, |number, carrier| lookup(sink, number, carrier, moved.moved_at, zone))?;
        let of_row = read(self.row.as_ref(), row)?;
        if !sink.waybills().contains(&key) || !sink.moves.has_row(&key, of_row) {
            return Err(self.whose.unknown(row));
        }
        sink.saw([Some(moved.moved_at)]);
        sink.moves.push(key, of_row, moved);
        Ok(())
    }
}
