use arrow_array::ArrayRef;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Decimal128Builder, Int64Builder, StringBuilder,
    StringDictionaryBuilder, TimestampMillisecondBuilder,
};
use arrow_array::types::Int32Type;
use arrow_schema::ArrowError;
use chrono::{Datelike, NaiveDate};

use super::ArrowOutputError;
use crate::arrow::FieldKind;
use crate::record::{Duration, EPOCH_FROM_CE, Id, Instant, Money};

/// The decimal places of amounts in a column.
const AMOUNT_PLACES: u32 = 3;

/// A value on its way into a column.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cell<'a> {
    Null,
    Text(&'a str),
    Instant(Instant),
    Day(NaiveDate),
    Amount(Money),
    /// In thousandths.
    Number(i32),
    Whole(u64),
    Truth(bool),
    Length(Duration),
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a, K> From<&'a Id<K>> for Cell<'a> {
    fn from(id: &'a Id<K>) -> Self {
        Self::Text(id.as_str())
    }
}

impl From<Instant> for Cell<'_> {
    fn from(at: Instant) -> Self {
        Self::Instant(at)
    }
}

impl From<NaiveDate> for Cell<'_> {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<Money> for Cell<'_> {
    fn from(amount: Money) -> Self {
        Self::Amount(amount)
    }
}

impl From<u64> for Cell<'_> {
    fn from(whole: u64) -> Self {
        Self::Whole(whole)
    }
}

impl From<u32> for Cell<'_> {
    fn from(whole: u32) -> Self {
        Self::Whole(whole.into())
    }
}

impl From<bool> for Cell<'_> {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<Duration> for Cell<'_> {
    fn from(length: Duration) -> Self {
        Self::Length(length)
    }
}

/// A column that is being written.
enum Column {
    Words(StringBuilder),
    Labels(StringDictionaryBuilder<Int32Type>),
    Instants(TimestampMillisecondBuilder),
    Days(Date32Builder),
    Decimals(Decimal128Builder),
    Wholes(Int64Builder),
    Truths(BooleanBuilder),
}

impl Column {
    fn new(kind: FieldKind) -> Self {
        let canonical = kind.canonical();
        match kind {
            FieldKind::Identifier => Self::Words(StringBuilder::new()),
            FieldKind::Label | FieldKind::Code | FieldKind::Length => Self::Labels(StringDictionaryBuilder::new()),
            FieldKind::Instant => Self::Instants(TimestampMillisecondBuilder::new().with_data_type(canonical)),
            FieldKind::Day => Self::Days(Date32Builder::new()),
            FieldKind::Amount | FieldKind::Number => Self::Decimals(Decimal128Builder::new().with_data_type(canonical)),
            FieldKind::Whole => Self::Wholes(Int64Builder::new()),
            FieldKind::Truth => Self::Truths(BooleanBuilder::new()),
        }
    }

    fn builder(&mut self) -> &mut dyn ArrayBuilder {
        match self {
            Self::Words(builder) => builder,
            Self::Labels(builder) => builder,
            Self::Instants(builder) => builder,
            Self::Days(builder) => builder,
            Self::Decimals(builder) => builder,
            Self::Wholes(builder) => builder,
            Self::Truths(builder) => builder,
        }
    }

    fn null(&mut self) {
        match self {
            Self::Words(builder) => builder.append_null(),
            Self::Labels(builder) => builder.append_null(),
            Self::Instants(builder) => builder.append_null(),
            Self::Days(builder) => builder.append_null(),
            Self::Decimals(builder) => builder.append_null(),
            Self::Wholes(builder) => builder.append_null(),
            Self::Truths(builder) => builder.append_null(),
        }
    }

    fn append(&mut self, name: &'static str, cell: Cell<'_>) -> Result<(), ArrowOutputError> {
        match (self, cell) {
            (column, Cell::Null) => column.null(),
            (Self::Words(builder), Cell::Text(text)) => builder.append_value(text),
            (Self::Labels(builder), Cell::Text(text)) => builder.append(text).map(drop)?,
            (Self::Labels(builder), Cell::Length(length)) => builder.append(length.to_string()).map(drop)?,
            (Self::Instants(builder), Cell::Instant(at)) => builder.append_value(at.as_millis()),
            (Self::Days(builder), Cell::Day(day)) => builder.append_value(day.num_days_from_ce() - EPOCH_FROM_CE),
            (Self::Decimals(builder), Cell::Amount(money)) => {
                let places = AMOUNT_PLACES.saturating_sub(money.currency().decimal_places());
                builder.append_value(i128::from(money.minor_units()) * 10_i128.pow(places));
            }
            (Self::Decimals(builder), Cell::Number(thousandths)) => builder.append_value(thousandths.into()),
            (Self::Wholes(builder), Cell::Whole(value)) => builder.append_value(whole(name, value)?),
            (Self::Truths(builder), Cell::Truth(truth)) => builder.append_value(truth),
            (_, cell) => return Err(ArrowError::SchemaError(format!("the column {name} cannot hold {cell:?}")).into()),
        }
        Ok(())
    }
}

fn whole(field: &'static str, value: u64) -> Result<i64, ArrowOutputError> {
    i64::try_from(value).map_err(|_| ArrowOutputError::OutOfRange { field, value: value.into(), most: i64::MAX.into() })
}

/// The columns of a batch that is being written, filled a row at a time from left to right.
pub(crate) struct Cells {
    columns: Vec<Column>,
    next: usize, // the column that the next cell goes to
    rows: usize,
}

impl Cells {
    /// Empty columns of these kinds.
    pub(super) fn new(kinds: impl Iterator<Item = FieldKind>) -> Self {
        Self { columns: kinds.map(Column::new).collect(), next: 0, rows: 0 }
    }

    /// Puts a value into the next column of the row, whose name is only for errors.
    pub(crate) fn put<'a>(&mut self, name: &'static str, cell: impl Into<Cell<'a>>) -> Result<(), ArrowOutputError> {
        let Some(column) = self.columns.get_mut(self.next) else {
            return Err(ArrowError::SchemaError(format!("there is no column for {name}")).into());
        };
        self.next += 1;
        column.append(name, cell.into())
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self) {
        self.next = 0;
        self.rows += 1;
    }

    /// Rows written.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The columns; the next row starts new ones.
    pub(super) fn finish(&mut self) -> Vec<ArrayRef> {
        (self.next, self.rows) = (0, 0);
        self.columns.iter_mut().map(|column| column.builder().finish()).collect()
    }
}
