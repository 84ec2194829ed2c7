//! The listing of rows that were set aside, and the closed set of reasons.

use std::fmt;

use crate::record::{RecordError, RecordKind};

/// Why a row was set aside. The codes are stable: they are the keys of `quarantined` in the input's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// The row is not UTF-8.
    InvalidUtf8,
    /// The row has more or fewer cells than the header.
    WrongCellCount,
    /// The row is longer than [`MAX_ROW_BYTES`](super::MAX_ROW_BYTES).
    RowTooLong,
    /// No waybill number where one is needed.
    MissingWaybill,
    /// No posting date on a waybill.
    MissingPostedOn,
    /// No identifier of the case, claim, rating, cost, shift or count, or of its courier, site or location.
    MissingId,
    /// No kind of event, class of case, mover of a promise, kind of cost, activity of a shift, or standing of a courier.
    MissingKind,
    /// No time on an event of a long table.
    MissingOccurredAt,
    /// No time on which a case was opened, a claim filed, a rating given, a promise moved, a payment made or stock
    /// counted.
    MissingTime,
    /// No day on which a cost was booked, or of a courier day or shift.
    MissingDate,
    /// No units or no hours of a shift, no units expected or found in a count.
    MissingNumber,
    /// No answer in a rating, or no scale.
    MissingScore,
    /// A promise was moved to nowhere.
    MissingPromise,
    /// A payment or a cost without an amount, or an amount paid without a time.
    MissingAmount,
    /// An amount without a currency.
    MissingCurrency,
    /// Text that no time format fits, a time outside the years 1 to 9999, or a date where a time is needed.
    InvalidTime,
    /// A local time that the zone's clock jumped over.
    NonexistentLocalTime,
    /// Text that no date format fits.
    InvalidDate,
    /// No decimal number of whole minor units, or a sum out of range.
    InvalidMoney,
    /// No currency code.
    InvalidCurrency,
    /// No whole number in the field's range.
    InvalidNumber,
    /// An identifier or label that is longer than 256 bytes or holds a control character.
    InvalidId,
    /// No number, or none on the scale.
    InvalidScore,
    /// A status for which the mapping has no node kind.
    UnknownStatus,
    /// A value outside the closed set of its field, or outside the mapping's table of values.
    UnknownValue,
    /// No zone of the IANA database.
    UnknownZone,
    /// An amount below zero.
    NegativeAmount,
    /// A case answered or resolved before it was opened.
    InstantsOutOfOrder,
    /// Hours of a courier who was on leave or absent, more units wrong than done.
    ContradictingValues,
    /// Amounts of more than one currency to be added up.
    MixedCurrencies,
    /// Several rows of a joined file for one key, unlike in the column that is read.
    SeveralJoinedRows,
    /// An event, or a moved promise, whose waybill is not among those read.
    UnknownWaybill,
    /// A number without a carrier which several carriers use.
    AmbiguousWaybill,
    /// A payment, or a step, whose claim is not among those read.
    UnknownClaim,
    /// A step whose case is not among those read.
    UnknownCase,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 35] = [
        Self::InvalidUtf8,
        Self::WrongCellCount,
        Self::RowTooLong,
        Self::MissingWaybill,
        Self::MissingPostedOn,
        Self::MissingId,
        Self::MissingKind,
        Self::MissingOccurredAt,
        Self::MissingTime,
        Self::MissingDate,
        Self::MissingNumber,
        Self::MissingScore,
        Self::MissingPromise,
        Self::MissingAmount,
        Self::MissingCurrency,
        Self::InvalidTime,
        Self::NonexistentLocalTime,
        Self::InvalidDate,
        Self::InvalidMoney,
        Self::InvalidCurrency,
        Self::InvalidNumber,
        Self::InvalidId,
        Self::InvalidScore,
        Self::UnknownStatus,
        Self::UnknownValue,
        Self::UnknownZone,
        Self::NegativeAmount,
        Self::InstantsOutOfOrder,
        Self::ContradictingValues,
        Self::MixedCurrencies,
        Self::SeveralJoinedRows,
        Self::UnknownWaybill,
        Self::AmbiguousWaybill,
        Self::UnknownClaim,
        Self::UnknownCase,
    ];

    /// The code in accounts and listings: `nonexistent_local_time`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::InvalidUtf8 => "invalid_utf8",
            Self::WrongCellCount => "wrong_cell_count",
            Self::RowTooLong => "row_too_long",
            Self::MissingWaybill => "missing_waybill",
            Self::MissingPostedOn => "missing_posted_on",
            Self::MissingId => "missing_id",
            Self::MissingKind => "missing_kind",
            Self::MissingOccurredAt => "missing_occurred_at",
            Self::MissingTime => "missing_time",
            Self::MissingDate => "missing_date",
            Self::MissingNumber => "missing_number",
            Self::MissingScore => "missing_score",
            Self::MissingPromise => "missing_promise",
            Self::MissingAmount => "missing_amount",
            Self::MissingCurrency => "missing_currency",
            Self::InvalidTime => "invalid_time",
            Self::NonexistentLocalTime => "nonexistent_local_time",
            Self::InvalidDate => "invalid_date",
            Self::InvalidMoney => "invalid_money",
            Self::InvalidCurrency => "invalid_currency",
            Self::InvalidNumber => "invalid_number",
            Self::InvalidId => "invalid_id",
            Self::InvalidScore => "invalid_score",
            Self::UnknownStatus => "unknown_status",
            Self::UnknownValue => "unknown_value",
            Self::UnknownZone => "unknown_zone",
            Self::NegativeAmount => "negative_amount",
            Self::InstantsOutOfOrder => "instants_out_of_order",
            Self::ContradictingValues => "contradicting_values",
            Self::MixedCurrencies => "mixed_currencies",
            Self::SeveralJoinedRows => "several_joined_rows",
            Self::UnknownWaybill => "unknown_waybill",
            Self::AmbiguousWaybill => "ambiguous_waybill",
            Self::UnknownClaim => "unknown_claim",
            Self::UnknownCase => "unknown_case",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One row that did not become a record: where it stands, what stands there, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SetAside {
    /// The kind of record it would have been, and in whose account it is counted.
    pub kind: RecordKind,
    /// The file, as the mapping names it; of record batches the table, such as `events`.
    pub file: String,
    /// The line its row begins on, the header being line 1; of record batches the row, counted from 1 over the table's
    /// batches in the order in which they were handed over.
    pub line: u64,
    /// The column, where one column is at fault.
    pub column: Option<String>,
    /// What stands there, cut to 200 characters.
    pub value: String,
    /// Why the row was set aside.
    pub reason: Reason,
    /// What was expected, and what to do.
    pub message: String,
}

impl fmt::Display for SetAside {
    /// `events.csv:17: event set aside, unknown_status, column "status", value "foo": …`; control characters are escaped.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} set aside, {}", self.file, self.line, self.kind.name(), self.reason)?;
        if let Some(column) = &self.column {
            write!(f, ", column {column:?}")?;
        }
        write!(f, ", value {:?}: {}", self.value, self.message)
    }
}

/// What is wrong with a text, before it is known where the text came from.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) reason: Reason,
    pub(crate) message: String,
}

impl Trouble {
    pub(crate) fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self { reason, message: message.into() }
    }

    /// What a record's own type says about a text.
    pub(crate) fn of(reason: Reason, error: &RecordError) -> Self {
        Self::new(reason, format!("{}: expected {}; {}", error.field, error.allowed, error.remedy))
    }
}

/// What is wrong with a row: a [`SetAside`] but for the kind and, mostly, the place.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) reason: Reason,
    pub(crate) column: Option<String>,
    pub(crate) value: String,
    pub(crate) message: String,
    /// Where it stands, if in a joined file and not in the row's own.
    pub(crate) place: Option<Place>,
}

/// A file and the line in it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: u64,
}

impl Fault {
    /// About the row as a whole.
    pub(crate) fn row(reason: Reason, value: &str, message: impl Into<String>) -> Self {
        Self { reason, column: None, value: cut(value), message: message.into(), place: None }
    }

    /// What two fields say together is not allowed.
    pub(crate) fn of(reason: Reason, error: &RecordError) -> Self {
        Self::row(reason, &error.value, format!("{}: expected {}; {}", error.field, error.allowed, error.remedy))
    }

    pub(crate) fn set_aside(self, kind: RecordKind, file: &str, line: u64) -> SetAside {
        let (file, line) = self.place.map_or_else(|| (file.to_owned(), line), |place| (place.file, place.line));
        SetAside {
            kind,
            file,
            line,
            column: self.column,
            value: self.value,
            reason: self.reason,
            message: self.message,
        }
    }
}

/// At most 200 characters of a text.
pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some(_) => text.chars().take(199).chain(['…']).collect(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unlike_each_other() {
        assert_eq!(Reason::ALL.iter().map(|reason| reason.code()).collect::<BTreeSet<_>>().len(), Reason::ALL.len());
        assert_eq!(Reason::ALL.last().map(|&last| last as usize + 1), Some(Reason::ALL.len()));
    }

    #[test]
    fn long_values_are_cut_by_characters() {
        assert_eq!(cut(&"é".repeat(200)), "é".repeat(200));
        assert_eq!(cut(&"é".repeat(201)).chars().count(), 200);
    }
}
