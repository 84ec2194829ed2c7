use std::sync::Arc;

use arrow_array::builder::{ListBuilder, MapBuilder, StringBuilder, UInt64Builder};
use arrow_array::{
    ArrayRef, BooleanArray, Decimal128Array, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray,
    UInt32Array, UInt64Array,
};
use arrow_schema::{Field, Schema};

use super::ArrowOutputError;
use crate::cube::{Dimension, Row, Scorecard};
use crate::kpi::Param;
use crate::state::{Figure, Tally};
use crate::stats::Interval;

/// The most that a decimal of 38 digits holds.
const MOST: i128 = 10_i128.pow(38) - 1;
/// Before the name of a dimension that would otherwise be taken for another column.
const GROUP: &str = "group.";

/// A scorecard as one batch, a row a figure, in the order of [`Scorecard::rows`].
///
/// | columns | type | what they hold |
/// | --- | --- | --- |
/// | `kpi`, `version`, `unit` | Utf8, UInt32, Utf8 | the definition |
/// | `params` | Map of Utf8 to Utf8 | arguments and policies, numbers as in the result document |
/// | `as_of`, `zone`, `window` | Timestamp, Utf8, Utf8 | when, and the label of the period |
/// | one a dimension, of its name | Utf8 | the group; null where the waybill has no value. A name that is another column's is written `group.NAME` |
/// | `value`, `low`, `high` | Float64 | the figure (of a distribution the mean) and its interval |
/// | `currency` | Utf8 | of a ratio of money |
/// | `hit`, `miss`, `events`, `exposure`, `count`, `promoters`, `passives`, `detractors` | UInt64 | what it was made of |
/// | `numerator`, `denominator` | Decimal128(38, 0) | the sums of a ratio, in minor units where it is money |
/// | `p50`, `p80`, `p90`, `p95`, `p99`, `max` | Float64 | of a distribution |
/// | `open`, `open_mean_age`, `seen` | UInt64, Float64, UInt64 | undecided facts, and all facts seen |
/// | `excluded`, `invalid`, `notes` | Map of Utf8 to UInt64 | counts by reason |
/// | `clustered` | Boolean | whether the interval is too narrow |
/// | `missing` | List of Utf8 | record kinds without which there is no value |
/// | `evidence` | List of Utf8 | ids of adverse facts, worst first; null where they were not asked for |
///
/// What a figure does not have is null. The rows of a fold are those of its scorecard: see [`Scorecard::of`].
///
/// # Errors
/// [`ArrowOutputError::OutOfRange`] where a sum has more than 38 digits.
pub fn scorecard_batch(scorecard: &Scorecard) -> Result<RecordBatch, ArrowOutputError> {
    let rows = &scorecard.rows;
    let mut columns: Vec<(String, ArrayRef)> = Vec::new();
    let mut add = |name: &str, array: ArrayRef| columns.push((name.to_owned(), array));
    let counts =
        |part: fn(&Row) -> Option<u64>| -> ArrayRef { Arc::new(rows.iter().map(part).collect::<UInt64Array>()) };
    let numbers = |part: fn(&Row) -> Option<f64>| -> ArrayRef {
        let finite = rows.iter().map(|row| part(row).filter(|number| number.is_finite()));
        Arc::new(finite.collect::<Float64Array>())
    };
    add("kpi", texts(rows.iter().map(|row| Some(row.definition.id))));
    add("version", Arc::new(rows.iter().map(|row| Some(row.definition.version)).collect::<UInt32Array>()));
    add("params", params(rows)?);
    let as_of = TimestampMillisecondArray::from(vec![scorecard.as_of.as_millis(); rows.len()]);
    add("as_of", Arc::new(as_of.with_timezone("UTC")));
    add("zone", texts(rows.iter().map(|_| Some(scorecard.zone.name()))));
    add("window", texts(rows.iter().map(|row| Some(row.window.as_str()))));
    add("unit", texts(rows.iter().map(|row| Some(row.definition.unit.name()))));
    add("value", numbers(|row| row.figure.value()));
    add("low", numbers(|row| row.figure.interval().map(|Interval { low, .. }| low)));
    add("high", numbers(|row| row.figure.interval().map(|Interval { high, .. }| high)));
    add("currency", texts(rows.iter().map(currency)));
    add("hit", counts(|row| if let Figure::Share { hit, .. } = row.figure { Some(hit) } else { None }));
    add("miss", counts(|row| if let Figure::Share { miss, .. } = row.figure { Some(miss) } else { None }));
    add("events", counts(|row| if let Figure::Rate { events, .. } = row.figure { Some(events) } else { None }));
    add("exposure", counts(|row| if let Figure::Rate { exposure, .. } = row.figure { Some(exposure) } else { None }));
    add(
        "count",
        counts(|row| match row.figure {
            Figure::Count { count } => count,
            Figure::Distribution { count, .. } => Some(count),
            _ => None,
        }),
    );
    add("promoters", counts(|row| if let Figure::Nps { promoters, .. } = row.figure { Some(promoters) } else { None }));
    add("passives", counts(|row| if let Figure::Nps { passives, .. } = row.figure { Some(passives) } else { None }));
    add(
        "detractors",
        counts(|row| if let Figure::Nps { detractors, .. } = row.figure { Some(detractors) } else { None }),
    );
    add(
        "numerator",
        sums(
            rows,
            "numerator",
            |figure| {
                if let Figure::Ratio { numerator, .. } = figure { Some(*numerator) } else { None }
            },
        )?,
    );
    add(
        "denominator",
        sums(rows, "denominator", |figure| {
            if let Figure::Ratio { denominator, .. } = figure { Some(*denominator) } else { None }
        })?,
    );
    add("p50", numbers(|row| if let Figure::Distribution { p50, .. } = row.figure { p50 } else { None }));
    add("p80", numbers(|row| if let Figure::Distribution { p80, .. } = row.figure { p80 } else { None }));
    add("p90", numbers(|row| if let Figure::Distribution { p90, .. } = row.figure { p90 } else { None }));
    add("p95", numbers(|row| if let Figure::Distribution { p95, .. } = row.figure { p95 } else { None }));
    add("p99", numbers(|row| if let Figure::Distribution { p99, .. } = row.figure { p99 } else { None }));
    add("max", numbers(|row| if let Figure::Distribution { max, .. } = row.figure { max } else { None }));
    add("open", counts(|row| Some(row.open)));
    add("open_mean_age", numbers(|row| row.open_mean_age));
    add("seen", counts(|row| Some(row.seen)));
    add("excluded", tallies(rows.iter().map(|row| &row.excluded))?);
    add("invalid", tallies(rows.iter().map(|row| &row.invalid))?);
    add("notes", tallies(rows.iter().map(|row| &row.notes))?);
    add("clustered", Arc::new(rows.iter().map(|row| Some(row.is_clustered())).collect::<BooleanArray>()));
    add("missing", lists(rows.iter().map(|row| Some(row.missing.iter().map(|kind| kind.name())))));
    let ids =
        |row: &Row| row.evidence.as_ref().map(|found| found.iter().map(|one| one.id.to_string()).collect::<Vec<_>>());
    add("evidence", lists(rows.iter().map(ids)));
    let after_window = 6;
    let groups: Vec<(String, ArrayRef)> = scorecard
        .dimensions
        .iter()
        .enumerate()
        .map(|(place, name)| {
            (
                group_column(name, |name| columns.iter().any(|(column, _)| column == name)),
                texts(rows.iter().map(|row| row.group.get(place)?.text())),
            )
        })
        .collect();
    columns.splice(after_window..after_window, groups);
    batch(columns)
}

/// The account of the input as one batch, a row a kind of record: `kind`, `rows`, `used`, `duplicate`, `quarantined`,
/// `not_yet_known`, and `quarantined_by_reason`, a Map of Utf8 to UInt64.
///
/// # Errors
/// [`ArrowOutputError::Arrow`] where Arrow refuses the batch.
pub fn input_batch(scorecard: &Scorecard) -> Result<RecordBatch, ArrowOutputError> {
    let accounts = &scorecard.input.by_kind;
    let counts = |part: fn(&crate::record::InputCount) -> u64| -> ArrayRef {
        Arc::new(accounts.values().map(part).collect::<Vec<u64>>().into_iter().collect::<UInt64Array>())
    };
    let mut reasons = MapBuilder::new(None, StringBuilder::new(), UInt64Builder::new());
    for count in accounts.values() {
        for (reason, &rows) in &count.quarantined {
            reasons.keys().append_value(reason);
            reasons.values().append_value(rows);
        }
        reasons.append(true)?;
    }
    batch(vec![
        ("kind".to_owned(), texts(accounts.keys().map(|kind| Some(kind.plural())))),
        ("rows".to_owned(), counts(|count| count.rows)),
        ("used".to_owned(), counts(|count| count.used)),
        ("duplicate".to_owned(), counts(|count| count.duplicate)),
        ("quarantined".to_owned(), counts(|count| count.quarantined_rows())),
        ("not_yet_known".to_owned(), counts(|count| count.not_yet_known)),
        ("quarantined_by_reason".to_owned(), Arc::new(reasons.finish())),
    ])
}

/// The column of a dimension: of its name, unless that is taken.
pub(super) fn group_column(dimension: &Dimension, is_taken: impl Fn(&str) -> bool) -> String {
    let name = dimension.name();
    if is_taken(name) || name.starts_with(GROUP) { format!("{GROUP}{name}") } else { name.to_owned() }
}

fn batch(columns: Vec<(String, ArrayRef)>) -> Result<RecordBatch, ArrowOutputError> {
    let field = |(name, array): &(String, ArrayRef)| Field::new(name, array.data_type().clone(), true);
    let schema = Schema::new(columns.iter().map(field).collect::<Vec<_>>());
    Ok(RecordBatch::try_new(Arc::new(schema), columns.into_iter().map(|(_, array)| array).collect())?)
}

fn texts<'a>(values: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

fn currency(row: &Row) -> Option<&str> {
    match &row.figure {
        Figure::Ratio { currency: Some(currency), .. } => Some(currency.as_str()),
        _ => None,
    }
}

fn sums(rows: &[Row], field: &'static str, part: fn(&Figure) -> Option<i128>) -> Result<ArrayRef, ArrowOutputError> {
    let values: Vec<Option<i128>> = rows.iter().map(|row| part(&row.figure)).collect();
    if let Some(value) = values.iter().flatten().copied().find(|value| !(-MOST..=MOST).contains(value)) {
        return Err(ArrowOutputError::OutOfRange { field, value, most: MOST });
    }
    Ok(Arc::new(Decimal128Array::from(values).with_precision_and_scale(38, 0)?))
}

fn params(rows: &[Row]) -> Result<ArrayRef, ArrowOutputError> {
    let mut params = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
    for row in rows {
        for (name, param) in row.params.iter() {
            params.keys().append_value(name);
            match param {
                Param::Number(number) => params.values().append_value(number.to_string()),
                Param::Word(word) => params.values().append_value(word),
            }
        }
        params.append(true)?;
    }
    Ok(Arc::new(params.finish()))
}

fn tallies<'a>(tallies: impl Iterator<Item = &'a Tally>) -> Result<ArrayRef, ArrowOutputError> {
    let mut counts = MapBuilder::new(None, StringBuilder::new(), UInt64Builder::new());
    for tally in tallies {
        for (word, count) in tally.iter() {
            counts.keys().append_value(word);
            counts.values().append_value(count);
        }
        counts.append(true)?;
    }
    Ok(Arc::new(counts.finish()))
}

fn lists<I: IntoIterator<Item: AsRef<str>>>(lists: impl Iterator<Item = Option<I>>) -> ArrayRef {
    let mut texts = ListBuilder::new(StringBuilder::new());
    for list in lists {
        let is_there = list.is_some();
        list.into_iter().flatten().for_each(|text| texts.values().append_value(text));
        texts.append(is_there);
    }
    Arc::new(texts.finish())
}
