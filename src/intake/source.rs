//! Where a value comes from, as the mapping file says it: a column, several columns, or a constant, and how to read it.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use chrono::NaiveTime;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::record::Zone;

/// A column of the section's own file, or of a joined one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ColumnName {
    pub(super) join: Option<String>,
    pub(super) column: String,
}

impl<'de> Deserialize<'de> for ColumnName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            join: Option<String>,
            column: String,
        }
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = ColumnName;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column name, or { join = …, column = … }")
            }
            fn visit_str<E: Error>(self, column: &str) -> Result<ColumnName, E> {
                Ok(ColumnName { join: None, column: column.to_owned() })
            }
            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<ColumnName, M::Error> {
                let Table { join, column } = Table::deserialize(MapAccessDeserializer::new(map))?;
                Ok(ColumnName { join, column })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// A constant: text, or a whole number or truth value written without quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Literal(pub(super) String);

impl<'de> Deserialize<'de> for Literal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;
        impl Visitor<'_> for Scalar {
            type Value = Literal;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, a whole number, true or false")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Literal, E> {
                Ok(Literal(text.to_owned()))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Literal, E> {
                Ok(Literal(number.to_string()))
            }
            fn visit_bool<E: Error>(self, truth: bool) -> Result<Literal, E> {
                Ok(Literal(truth.to_string()))
            }
        }
        deserializer.deserialize_any(Scalar)
    }
}

/// Where the text of a field comes from.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// The first of these columns that is not null.
    FirstOf(Vec<ColumnName>),
    /// All of these columns with the separator between; null where one of them is.
    Concat(Vec<ColumnName>, String),
    /// The same for every row.
    Constant(String),
}

/// What becomes of a value that the table of values does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unlisted {
    /// The row is set aside.
    #[default]
    SetAside,
    /// The value is kept as it is.
    Keep,
    /// The value reads as null.
    Null,
}

/// How to read a promise that is written with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ReadAs {
    /// Only its day counts.
    Date,
}

/// What becomes of several joined rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Combine {
    /// Their amounts are added up.
    Sum,
}

/// The unit of a length of time that is written as a bare number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum LengthUnit {
    #[serde(rename = "d")]
    Days,
    #[serde(rename = "h")]
    Hours,
    #[serde(rename = "m")]
    Minutes,
    #[serde(rename = "s")]
    Seconds,
    #[serde(rename = "ms")]
    Milliseconds,
}

impl LengthUnit {
    pub(super) fn millis(self) -> i64 {
        match self {
            Self::Days => 86_400_000,
            Self::Hours => 3_600_000,
            Self::Minutes => 60_000,
            Self::Seconds => 1_000,
            Self::Milliseconds => 1,
        }
    }
}

/// One field of a section: the origin of its text and how to read it. The options below `unlisted` are of one type of
/// value each; which are set is checked when the field's type is known.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) origin: Origin,
    pub(super) default: Option<String>,
    pub(super) values: Option<BTreeMap<String, Literal>>,
    pub(super) vocabulary: Option<String>,
    pub(super) unlisted: Unlisted,
    pub(super) formats: Option<Vec<String>>,
    pub(super) zone: Option<Zone>,
    pub(super) read_as: Option<ReadAs>,
    pub(super) time_of_day: Option<NaiveTime>,
    pub(super) currency: Option<String>,
    pub(super) currency_column: Option<ColumnName>,
    pub(super) decimal_mark: Option<char>,
    pub(super) combine: Option<Combine>,
    pub(super) unit: Option<LengthUnit>,
}

impl Field {
    fn plain(origin: Origin) -> Self {
        Self {
            origin,
            default: None,
            values: None,
            vocabulary: None,
            unlisted: Unlisted::SetAside,
            formats: None,
            zone: None,
            read_as: None,
            time_of_day: None,
            currency: None,
            currency_column: None,
            decimal_mark: None,
            combine: None,
            unit: None,
        }
    }

    /// The options set that only some types of value have.
    pub(super) fn special_options(&self) -> impl Iterator<Item = &'static str> {
        [
            ("formats", self.formats.is_some()),
            ("zone", self.zone.is_some()),
            ("as", self.read_as.is_some()),
            ("time_of_day", self.time_of_day.is_some()),
            ("currency", self.currency.is_some()),
            ("currency_column", self.currency_column.is_some()),
            ("decimal_mark", self.decimal_mark.is_some()),
            ("combine", self.combine.is_some()),
            ("unit", self.unit.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, set)| set.then_some(name))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldTable {
    column: Option<String>,
    join: Option<String>,
    first_of: Option<Vec<ColumnName>>,
    concat: Option<Vec<ColumnName>>,
    separator: Option<String>,
    constant: Option<Literal>,
    default: Option<Literal>,
    values: Option<BTreeMap<String, Literal>>,
    vocabulary: Option<String>,
    unlisted: Option<Unlisted>,
    #[serde(default, deserialize_with = "some_one_or_many")]
    formats: Option<Vec<String>>,
    zone: Option<Zone>,
    #[serde(rename = "as")]
    read_as: Option<ReadAs>,
    #[serde(default, deserialize_with = "some_clock")]
    time_of_day: Option<NaiveTime>,
    currency: Option<String>,
    currency_column: Option<ColumnName>,
    decimal_mark: Option<char>,
    combine: Option<Combine>,
    unit: Option<LengthUnit>,
}

impl FieldTable {
    fn into_field(self) -> Result<Field, &'static str> {
        if self.join.is_some() && self.column.is_none() {
            return Err("`join` belongs to `column`; in a list write { join = …, column = … }");
        }
        let separator = self.separator;
        let separated = separator.is_some();
        let origin = match (self.column, self.first_of, self.concat, self.constant) {
            (Some(column), None, None, None) => Origin::FirstOf(vec![ColumnName { join: self.join, column }]),
            (None, Some(columns), None, None) if !columns.is_empty() => Origin::FirstOf(columns),
            (None, None, Some(columns), None) if !columns.is_empty() => {
                Origin::Concat(columns, separator.unwrap_or_else(|| "/".to_owned()))
            }
            (None, None, None, Some(constant)) => Origin::Constant(constant.0),
            _ => return Err("give exactly one of `column`, `first_of`, `concat`, `constant`, and no empty list"),
        };
        if separated && !matches!(origin, Origin::Concat(..)) {
            return Err("`separator` belongs to `concat` only");
        }
        if self.values.is_some() && self.vocabulary.is_some() {
            return Err("give `values` or `vocabulary`, not both");
        }
        if self.unlisted.is_some() && self.values.is_none() && self.vocabulary.is_none() {
            return Err("`unlisted` needs `values` or `vocabulary`");
        }
        Ok(Field {
            default: self.default.map(|literal| literal.0),
            values: self.values,
            vocabulary: self.vocabulary,
            unlisted: self.unlisted.unwrap_or_default(),
            formats: self.formats,
            zone: self.zone,
            read_as: self.read_as,
            time_of_day: self.time_of_day,
            currency: self.currency,
            currency_column: self.currency_column,
            decimal_mark: self.decimal_mark,
            combine: self.combine,
            unit: self.unit,
            ..Field::plain(origin)
        })
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Field;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a column name, a whole number or truth value as a constant, or a table such as { column = … }",
                )
            }
            fn visit_str<E: Error>(self, column: &str) -> Result<Field, E> {
                Ok(Field::plain(Origin::FirstOf(vec![ColumnName { join: None, column: column.to_owned() }])))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Field, E> {
                Ok(Field::plain(Origin::Constant(number.to_string())))
            }
            fn visit_bool<E: Error>(self, truth: bool) -> Result<Field, E> {
                Ok(Field::plain(Origin::Constant(truth.to_string())))
            }
            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Field, M::Error> {
                FieldTable::deserialize(MapAccessDeserializer::new(map))?.into_field().map_err(M::Error::custom)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

fn some_clock<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveTime>, D::Error> {
    let text = String::deserialize(deserializer)?;
    ["%H:%M", "%H:%M:%S"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(&text, format).ok())
        .map(Some)
        .ok_or_else(|| D::Error::custom(format!("`{text}` is no time of day; write it such as \"18:00\"")))
}

fn some_one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    one_or_many(deserializer).map(Some)
}

/// A list, or the one thing that it would hold.
pub(super) fn one_or_many<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct OneOrMany<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
        type Value = Vec<T>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("one, or a list of them")
        }
        fn visit_str<E: Error>(self, one: &str) -> Result<Vec<T>, E> {
            T::deserialize(serde::de::value::StrDeserializer::new(one)).map(|one| vec![one])
        }
        fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Vec<T>, M::Error> {
            T::deserialize(MapAccessDeserializer::new(map)).map(|one| vec![one])
        }
        fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Vec<T>, S::Error> {
            let mut many = Vec::new();
            while let Some(one) = list.next_element()? {
                many.push(one);
            }
            Ok(many)
        }
    }
    deserializer.deserialize_any(OneOrMany(PhantomData))
}
