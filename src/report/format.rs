//! The only place that rounds: to the nearest, ties of the exact binary value to even, as Rust's `format!` does.

use crate::kpi::{Param, Unit};
use crate::record::Currency;
use crate::stats::Interval;
use crate::target::Line;

/// What stands where there is no value.
pub const NO_VALUE: &str = "–";

/// A value in its unit: `97.31 %`, `41.5 h`, `1,250.00 CNY`.
///
/// ```
/// use parcelgauge::kpi::Unit;
/// use parcelgauge::report::format::value;
/// assert_eq!(value(Some(0.98), Unit::Ratio, None), "98.00 %");
/// assert_eq!(value(None, Unit::Hours, None), "–"); // no data is not zero
/// ```
#[must_use]
pub fn value(value: Option<f64>, unit: Unit, currency: Option<Currency>) -> String {
    value.map_or_else(|| NO_VALUE.to_owned(), |value| with_sign(number(value, unit), unit, currency))
}

/// What stands behind a number of a unit: `%`, `h`, `CNY`; nothing for points and pieces.
#[must_use]
pub fn sign(unit: Unit, currency: Option<Currency>) -> String {
    match (unit, currency) {
        (Unit::Ratio, _) => "%".to_owned(),
        (Unit::Hours, _) => "h".to_owned(),
        (Unit::MoneyPer10k, Some(currency)) => currency.to_string(),
        _ => String::new(),
    }
}

fn with_sign(number: String, unit: Unit, currency: Option<Currency>) -> String {
    format!("{number} {}", sign(unit, currency)).trim_end().to_owned()
}

/// A value without its unit, for columns that name it at their head: `97.31`, `41.5`, `1,250.00`.
#[must_use]
pub fn number(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Ratio => share(value),
        Unit::Hours => hours(value),
        Unit::Points => format!("{value:.2}"),
        Unit::Pieces => grouped(&format!("{value:.0}")),
        Unit::MoneyPer10k => grouped(&format!("{value:.2}")),
    }
}

/// [`number`] for narrow columns: all is `100`, and large amounts lose their small change.
#[must_use]
pub fn short(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Ratio if value == 1.0 => "100".to_owned(),
        Unit::MoneyPer10k if value >= 1_000.0 => grouped(&format!("{value:.0}")),
        _ => number(value, unit),
    }
}

/// A line as it was agreed on, with no more places than it has: `≥ 98 %`, `≤ 1 h`.
///
/// ```
/// use parcelgauge::kpi::Unit;
/// use parcelgauge::report::format::line;
/// use parcelgauge::target::Line;
/// assert_eq!(line(Line::AtMost(0.005), Unit::Ratio), "≤ 0.5 %");
/// ```
#[must_use]
pub fn line(line: Line, unit: Unit) -> String {
    let bound = if unit == Unit::Ratio { line.bound() * 100.0 } else { line.bound() };
    let digits = format!("{bound:.6}");
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    with_sign(format!("{} {}", line.sign(), grouped(digits)), unit, None)
}

/// An interval in its unit.
#[must_use]
pub fn interval(interval: Option<Interval>, unit: Unit) -> String {
    match interval {
        None => String::new(),
        Some(Interval { low, high }) => format!("{} – {}", value(Some(low), unit, None), value(Some(high), unit, None)),
    }
}

/// An interval that names its unit once: `96.84 – 98.02 %`.
#[must_use]
pub fn range(interval: Interval, unit: Unit) -> String {
    let Interval { low, high } = interval;
    with_sign(format!("{} – {}", number(low, unit), number(high, unit)), unit, None)
}

/// An interval for narrow columns, without its unit: `96.84–98.02`.
#[must_use]
pub fn short_range(interval: Interval, unit: Unit) -> String {
    format!("{}–{}", short(interval.low, unit), short(interval.high, unit))
}

/// A parameter's value with the unit that its name ends in: `24 h`, `transport`.
#[must_use]
pub fn param(name: &str, value: &Param) -> String {
    match value {
        Param::Word(word) => word.clone(),
        Param::Number(number) => {
            let unit = [("hours", " h"), ("days", " d"), ("minutes", " min")];
            let unit = unit.into_iter().find(|(ending, _)| name.ends_with(ending)).map_or("", |(_, unit)| unit);
            format!("{number}{unit}")
        }
    }
}

/// Hours, with as many places as keep minutes and seconds apart from nothing.
fn hours(value: f64) -> String {
    let places = match value.abs() {
        0.0 => 1,
        short if short < 0.1 => 3,
        short if short < 1.0 => 2,
        _ => 1,
    };
    grouped(&format!("{value:.places$}"))
}

/// A share in per cent, with as many places as keep small rates apart from nothing.
fn share(value: f64) -> String {
    let percent = value * 100.0;
    let places = if percent == 0.0 || percent >= 1.0 {
        2
    } else if percent >= 0.01 {
        3
    } else {
        5
    };
    // A share just below 1 must not read as all.
    if value < 1.0 && format!("{percent:.places$}").starts_with("100") {
        return format!("{percent:.5}");
    }
    format!("{percent:.places$}")
}

/// A whole number with thousands set apart.
#[must_use]
pub fn count(count: impl std::fmt::Display) -> String {
    grouped(&count.to_string())
}

/// So many of a thing: `1 month`, `6 months`.
#[must_use]
pub fn several(number: usize, thing: &str) -> String {
    format!("{} {thing}{}", count(number), if number == 1 { "" } else { "s" })
}

fn grouped(digits: &str) -> String {
    let (sign, rest) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, part) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let mut text = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(part) = part {
        text.push('.');
        text.push_str(part);
    }
    text
}
