use crate::arrow::ArrowInputError;
use crate::arrow::column::{Dates, Named, Source, Words, read, read_id};
use crate::intake::quarantine::{Fault, Reason, Trouble};
use crate::intake::resolve::Lookup;
use crate::record::{CarrierId, WaybillKey, WaybillNumber};

/// The columns by which the rows of a table name their waybill.
#[derive(Debug, Clone)]
pub(crate) struct WhoseColumns<N> {
    /// The waybill's number: a column, or one that may be missing.
    pub(crate) number: N,
    /// Whose number it is.
    pub(crate) carrier: Option<Named<Words>>,
    /// The day it was posted.
    pub(crate) posted_on: Option<Named<Dates>>,
}

impl WhoseColumns<Named<Words>> {
    /// Of a table whose rows cannot do without a waybill.
    pub(super) fn needed(source: Source<'_>) -> Result<Self, ArrowInputError> {
        Ok(Self {
            number: source.need("waybill")?,
            carrier: source.may("carrier")?,
            posted_on: source.may("posted_on")?,
        })
    }

    /// The waybill of a row; `lookup` finds it where the row does not tell its posting date.
    pub(crate) fn key(
        &self,
        row: usize,
        lookup: impl FnOnce(WaybillNumber, Option<CarrierId>) -> Lookup,
    ) -> Result<WaybillKey, Fault> {
        let number = self.number.need_id(row, Reason::MissingWaybill)?;
        match self.find(row, number, lookup)? {
            Lookup::Found(key) => Ok(key),
            Lookup::Unknown => Err(self.unknown(row)),
            Lookup::Ambiguous => {
                let message = "several carriers use this number; add the column `carrier`";
                Err(self.number.trouble(row, Trouble::new(Reason::AmbiguousWaybill, message)))
            }
        }
    }

    /// The fault of a row whose waybill is not there.
    pub(crate) fn unknown(&self, row: usize) -> Fault {
        let message = "no waybill of this number was handed over, or none posted by then; hand over its waybill too, or \
                       add the column `posted_on`";
        self.number.trouble(row, Trouble::new(Reason::UnknownWaybill, message))
    }
}

impl WhoseColumns<Option<Named<Words>>> {
    /// Of a table whose rows may be about no waybill.
    pub(super) fn optional(source: Source<'_>) -> Result<Self, ArrowInputError> {
        Ok(Self {
            number: source.may("waybill")?,
            carrier: source.may("carrier")?,
            posted_on: source.may("posted_on")?,
        })
    }

    /// The waybill of a row; one that cannot be found leaves the row without, and it is counted all the same.
    pub(crate) fn key_if_known(
        &self,
        row: usize,
        lookup: impl FnOnce(WaybillNumber, Option<CarrierId>) -> Lookup,
    ) -> Result<Option<WaybillKey>, Fault> {
        let Some(number) = read_id(self.number.as_ref(), row)? else { return Ok(None) };
        Ok(match self.find(row, number, lookup)? {
            Lookup::Found(key) => Some(key),
            Lookup::Unknown | Lookup::Ambiguous => None,
        })
    }
}

impl<N> WhoseColumns<N> {
    fn find(
        &self,
        row: usize,
        number: WaybillNumber,
        lookup: impl FnOnce(WaybillNumber, Option<CarrierId>) -> Lookup,
    ) -> Result<Lookup, Fault> {
        let carrier = read_id(self.carrier.as_ref(), row)?;
        Ok(match read(self.posted_on.as_ref(), row)? {
            Some(posted_on) => Lookup::Found(WaybillKey { number, posted_on, carrier }),
            None => lookup(number, carrier),
        })
    }
}
