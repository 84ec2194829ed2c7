//! The only place that rounds: to the nearest, ties of the exact binary value to even, as Rust's `format!` does.

use crate::kpi::Unit;
use crate::record::Currency;
use crate::stats::Interval;

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
    let Some(value) = value else { return NO_VALUE.to_owned() };
    match unit {
        Unit::Ratio => share(value),
        Unit::Hours => format!("{} h", grouped(&format!("{value:.1}"))),
        Unit::Points => format!("{value:.2}"),
        Unit::Pieces => grouped(&format!("{value:.0}")),
        Unit::MoneyPer10k => match currency {
            Some(currency) => format!("{} {currency}", grouped(&format!("{value:.2}"))),
            None => grouped(&format!("{value:.2}")),
        },
    }
}

/// An interval in its unit.
#[must_use]
pub fn interval(interval: Option<Interval>, unit: Unit) -> String {
    match interval {
        None => String::new(),
        Some(Interval { low, high }) => format!("{} – {}", value(Some(low), unit, None), value(Some(high), unit, None)),
    }
}

/// A share as percent, with as many places as keep small rates apart from nothing.
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
        return format!("{percent:.5} %");
    }
    format!("{percent:.places$} %")
}

/// A whole number with thousands set apart.
#[must_use]
pub fn count(count: impl std::fmt::Display) -> String {
    grouped(&count.to_string())
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
