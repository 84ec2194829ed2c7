use std::fmt;

use arrow_schema::{DataType, TimeUnit};

/// What a column holds, and so which types of Arrow it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FieldKind {
    /// An identifier, as a rule unlike in every row. A whole number stands for its decimal digits.
    Identifier,
    /// A label or an identifier that repeats. A whole number stands for its decimal digits.
    Label,
    /// A name of a closed set.
    Code,
    /// An instant. Without a zone it is taken as UTC; parts of a millisecond are cut off towards the past.
    Instant,
    /// A calendar day.
    Day,
    /// An amount of money in the major unit: yuan, not fen.
    Amount,
    /// A number with up to three decimal places.
    Number,
    /// A whole number of at least 0.
    Whole,
    /// A truth value.
    Truth,
    /// A length of time of whole milliseconds, not negative; as text with its unit behind it: `36h`.
    Length,
}

/// Total digits and decimal places that hold every [`Money`](crate::record::Money).
const MONEY_DIGITS: (u8, i8) = (22, 3);
/// Total digits and decimal places that hold every part of a [`Score`](crate::record::Score).
const SCORE_DIGITS: (u8, i8) = (10, 3);

impl FieldKind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Identifier,
        Self::Label,
        Self::Code,
        Self::Instant,
        Self::Day,
        Self::Amount,
        Self::Number,
        Self::Whole,
        Self::Truth,
        Self::Length,
    ];

    /// The types that a column of this kind may have. A column of the type `Null`, or a dictionary of it, holds nothing but
    /// nulls and may stand for any optional field.
    #[must_use]
    pub fn allowed(self) -> &'static str {
        match self {
            Self::Identifier | Self::Label => {
                "Utf8, LargeUtf8, Utf8View, any integer, or a dictionary of these with keys of any integer"
            }
            Self::Code => "Utf8, LargeUtf8, Utf8View, or a dictionary of these with keys of any integer",
            Self::Instant => "Timestamp of any unit, with a zone or without",
            Self::Day => "Date32 or Date64",
            Self::Amount => "Decimal32, Decimal64, Decimal128 of any scale, or Float64",
            Self::Number => "Decimal32, Decimal64, Decimal128 of any scale, Float64, or any integer",
            Self::Whole => "any integer, or Float64 with whole numbers",
            Self::Truth => "Boolean",
            Self::Length => "Duration of any unit, Utf8, LargeUtf8, Utf8View, or a dictionary of these texts",
        }
    }

    /// What to do about a column of another type.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Identifier | Self::Label | Self::Code => "cast the column to text",
            Self::Instant => "cast the column to a timestamp; only the caller knows the zone of local times",
            Self::Day => "cast the column to a date; only the caller knows the zone of its days",
            Self::Amount => "cast the column to a decimal of the major unit: as an integer 12 could be yuan or fen",
            Self::Number => "cast the column to a decimal or an integer",
            Self::Whole => "cast the column to an integer",
            Self::Truth => "cast the column to a boolean",
            Self::Length => "cast the column to a duration: as a number 8 could be hours or milliseconds",
        }
    }

    /// The type of the columns that this crate writes.
    #[must_use]
    pub fn canonical(self) -> DataType {
        match self {
            Self::Identifier => DataType::Utf8,
            // Parquet has no durations, and what reads them as numbers does not know of what.
            Self::Label | Self::Code | Self::Length => {
                DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
            }
            Self::Instant => DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())),
            Self::Day => DataType::Date32,
            Self::Amount => DataType::Decimal128(MONEY_DIGITS.0, MONEY_DIGITS.1),
            Self::Number => DataType::Decimal128(SCORE_DIGITS.0, SCORE_DIGITS.1),
            Self::Whole => DataType::Int64,
            Self::Truth => DataType::Boolean,
        }
    }
}

impl fmt::Display for FieldKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Identifier => "identifier",
            Self::Label => "label",
            Self::Code => "code",
            Self::Instant => "instant",
            Self::Day => "day",
            Self::Amount => "amount",
            Self::Number => "number",
            Self::Whole => "whole",
            Self::Truth => "truth",
            Self::Length => "length",
        })
    }
}
