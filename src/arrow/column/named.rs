use std::ops::Deref;

use super::{Column, Words};
use crate::intake::quarantine::{Fault, Reason, Trouble, cut};
use crate::record::{Id, Kind, RecordError, Text};

/// A column and its name, so that a fault can say where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Named<C> {
    name: Text,
    column: C,
}

impl<C> Deref for Named<C> {
    type Target = C;
    fn deref(&self) -> &C {
        &self.column
    }
}

impl<C: Column> Named<C> {
    pub(super) fn new(name: &str, column: C) -> Self {
        Self { name: name.into(), column }
    }

    /// The value in a row; none where it is null.
    pub(crate) fn read(&self, row: usize) -> Result<Option<C::Value<'_>>, Fault> {
        self.column.at(row).map_err(|reason| self.fault(row, reason))
    }

    /// The value in a row that must have one.
    pub(crate) fn need(&self, row: usize, missing: Reason) -> Result<C::Value<'_>, Fault> {
        self.read(row)?.ok_or_else(|| self.missing(row, missing))
    }

    /// The fault of a row whose value cannot be used.
    #[cold]
    pub(crate) fn fault(&self, row: usize, reason: Reason) -> Fault {
        self.trouble(row, Trouble::new(reason, self.column.expected(row)))
    }

    /// The fault of a row whose value the record refuses.
    #[cold]
    pub(crate) fn refused(&self, row: usize, reason: Reason, error: &RecordError) -> Fault {
        self.trouble(row, Trouble::of(reason, error))
    }

    /// The fault of a row without a value.
    #[cold]
    pub(crate) fn missing(&self, row: usize, reason: Reason) -> Fault {
        self.trouble(row, Trouble::new(reason, "a value is needed here; correct the row, or leave it out"))
    }

    /// A fault of this column.
    pub(crate) fn trouble(&self, row: usize, trouble: Trouble) -> Fault {
        let Trouble { reason, message } = trouble;
        Fault { reason, column: Some(self.name.to_string()), value: cut(&self.column.shown(row)), message, place: None }
    }
}

impl Named<Words> {
    /// The identifier or label in a row; none where it is null.
    pub(crate) fn read_id<K: Kind>(&self, row: usize) -> Result<Option<Id<K>>, Fault> {
        let Some(word) = self.read(row)? else { return Ok(None) };
        Id::new(&*word).map(Some).map_err(|error| self.refused(row, Reason::InvalidId, &error))
    }

    /// The identifier in a row that must have one.
    pub(crate) fn need_id<K: Kind>(&self, row: usize, missing: Reason) -> Result<Id<K>, Fault> {
        self.read_id(row)?.ok_or_else(|| self.missing(row, missing))
    }
}

/// The value of a column that may be missing.
pub(crate) fn read<C: Column>(column: Option<&Named<C>>, row: usize) -> Result<Option<C::Value<'_>>, Fault> {
    column.map_or(Ok(None), |column| column.read(row))
}

/// The identifier or label of a column that may be missing.
pub(crate) fn read_id<K: Kind>(column: Option<&Named<Words>>, row: usize) -> Result<Option<Id<K>>, Fault> {
    column.map_or(Ok(None), |column| column.read_id(row))
}
