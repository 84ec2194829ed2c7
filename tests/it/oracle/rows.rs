//! Holds a scorecard against the oracle: the same rows in the same order, counts and reasons alike, values close.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use parcelgauge::cube::{GroupValue, Row, Scorecard};
use parcelgauge::kpi::Unit;
use parcelgauge::record::Records;
use parcelgauge::state::{Figure, Tally};
use parcelgauge::stats::Interval;

use super::choices::Choices;
use super::kept::{Account, keep};
use super::lines::{Line, Place, Slot, expected};
use super::table::kpis;
use super::{clock, numbers};

/// Relative error allowed to values that are one division.
const CLOSE: f64 = 1e-12;
/// Relative error allowed to the ends of an exact Poisson interval, which the crate states to be good to 1e-10.
const CLOSE_POISSON: f64 = 1e-9;
/// Relative error allowed to quantiles out of buckets.
const CLOSE_BUCKET: f64 = 0.004;

type Difference = Result<(), String>;

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Difference {
    if found == expected { Ok(()) } else { Err(format!("{what}: found {found:?}, expected {expected:?}")) }
}

fn close(what: &str, found: Option<f64>, expected: Option<f64>, error: f64) -> Difference {
    let is_close = match (found, expected) {
        (None, None) => true,
        (Some(found), Some(expected)) => (found - expected).abs() <= error * expected.abs().max(1e-300),
        _ => false,
    };
    if is_close { Ok(()) } else { Err(format!("{what}: found {found:?}, expected {expected:?}")) }
}

fn close_interval(found: Option<Interval>, expected: Option<(f64, f64)>, error: f64) -> Difference {
    // A lower end of 0 comes out as a rounding error on one side or the other.
    let end = |end: f64| if end.abs() < 1e-15 { 0.0 } else { end };
    close("low", found.map(|found| end(found.low)), expected.map(|(low, _)| end(low)), error)?;
    close("high", found.map(|found| end(found.high)), expected.map(|(_, high)| end(high)), error)
}

fn tally(tally: &Tally) -> BTreeMap<String, u64> {
    tally.iter().map(|(word, count)| (word.to_owned(), count)).collect()
}

/// Measures records with the crate and with the oracle, and says where they differ.
pub fn compare(records: &Records, choices: &Choices) -> Difference {
    let scorecard = Scorecard::measure(records, &choices.plan(&kpis()), &choices.context());
    compare_input(records, choices, &scorecard)?;
    let lines = expected(records, choices);
    let mut rows = scorecard.rows.iter().peekable();
    for (place, line) in &lines {
        let no_currency = BTreeMap::from([(String::new(), (0, 0))]);
        let currencies = if line.paid.is_empty() { &no_currency } else { &line.paid };
        for (currency, amount) in currencies {
            let row = rows.next().ok_or_else(|| format!("no row {place:?}, expected {line:?}"))?;
            same("row", &place_of(row), place).map_err(|what| format!("{what}; row {row:?}; line {line:?}"))?;
            compare_row(row, line, currency, *amount, choices)
                .map_err(|what| format!("{place:?} {what}\nfound {row:?}\nexpected {line:?}"))?;
        }
    }
    rows.next().map_or(Ok(()), |row| Err(format!("a row too many: {row:?}")))
}

/// Panics where the crate and the oracle differ.
#[track_caller]
pub fn agree(records: &Records, choices: &Choices) {
    if let Err(what) = compare(records, choices) {
        panic!("{what}\nunder {choices:?}");
    }
}

fn place_of(row: &Row) -> Place {
    let kpi = kpis().into_iter().find(|kpi| *kpi == row.definition.id).expect("a KPI of the plan");
    let slot = |value: &GroupValue| match value {
        GroupValue::Is(value) => Slot::Is(value.to_string()),
        GroupValue::Missing => Slot::Missing,
        GroupValue::Unassigned => Slot::Unassigned,
    };
    (kpi, row.window.clone(), row.group.iter().map(slot).collect())
}

fn compare_row(row: &Row, line: &Line, currency: &str, amount: (i128, u32), choices: &Choices) -> Difference {
    same("open", &row.open, &line.open)?;
    same("excluded", &tally(&row.excluded), &line.excluded)?;
    same("invalid", &tally(&row.invalid), &line.invalid)?;
    same("notes", &tally(&row.notes), &line.notes)?;
    same("seen", &row.seen, &line.seen)?;
    same("missing", &row.missing.iter().map(|kind| kind.name()).collect(), &line.missing)?;
    let ages = line.since.iter().map(|since| i128::from(choices.as_of - since)).sum::<i128>();
    let mean_age = (!line.since.is_empty()).then(|| ages as f64 / (line.since.len() as f64 * clock::HOUR as f64));
    close("open_mean_age", row.open_mean_age, mean_age, CLOSE)?;
    let has_value = line.missing.is_empty();
    let quotient = |above: f64, below: u64| (has_value && below > 0).then(|| above / below as f64);
    match row.figure {
        Figure::Share { hit, miss, value, interval } => {
            same("hit", &hit, &line.hit)?;
            same("miss", &miss, &line.miss)?;
            close("value", value, quotient(hit as f64, hit + miss), CLOSE)?;
            close_interval(interval, numbers::wilson(hit, miss).filter(|_| has_value), CLOSE)
        }
        Figure::Rate { events, exposure, value, interval } => {
            same("events", &events, &line.events)?;
            same("exposure", &exposure, &line.exposure)?;
            close("value", value, quotient(events as f64, exposure), CLOSE)?;
            close_interval(interval, numbers::poisson(events, exposure).filter(|_| has_value), CLOSE_POISSON)
        }
        Figure::Ratio { numerator, denominator, value, currency: None } if row.definition.unit == Unit::Points => {
            let (above, below) = numbers::points(&line.stands);
            same("numerator", &numerator, &above)?;
            same("denominator", &denominator, &below)?;
            let mean = (has_value && below > 0).then(|| 100.0 * above as f64 / below as f64);
            close("value", value, mean, CLOSE)
        }
        Figure::Ratio { numerator, denominator, value, currency: found } => {
            same("currency", &found.map_or(String::new(), |found| found.to_string()).as_str(), &currency)?;
            same("numerator", &numerator, &amount.0)?;
            same("denominator", &denominator, &i128::from(line.exposure))?;
            let whole = amount.0 as f64 / 10_f64.powi(amount.1 as i32);
            close("value", value, quotient(whole * 10_000.0, line.exposure), CLOSE)
        }
        Figure::Count { count } => same("count", &count, &has_value.then_some(line.counted)),
        Figure::Nps { promoters, passives, detractors, value, interval } => {
            same("promoters", &promoters, &line.promoters)?;
            same("passives", &passives, &line.passives)?;
            same("detractors", &detractors, &line.detractors)?;
            let asked = promoters + passives + detractors;
            close("value", value, quotient(100.0 * (promoters as f64 - detractors as f64), asked), CLOSE)?;
            let expected = numbers::net_score(promoters, passives, detractors).filter(|_| has_value);
            // Counted from far below the scale, so that an end near nought is not held to a relative error.
            let below = |points: f64| points + 1_000.0;
            let found = interval.map(|found| Interval { low: below(found.low), high: below(found.high) });
            close_interval(found, expected.map(|(low, high)| (below(low), below(high))), CLOSE)
        }
        Figure::Distribution { count, mean, p50, p80, p90, p95, p99, max, .. } => {
            same("count", &count, &(line.lasted.len() as u64))?;
            let mut lasted = if has_value { line.lasted.clone() } else { Vec::new() };
            lasted.sort_unstable();
            let sum: i128 = lasted.iter().copied().map(i128::from).sum();
            close("mean", mean, quotient(sum as f64 / clock::HOUR as f64, count), CLOSE)?;
            close("max", max, lasted.last().map(|&max| max as f64 / clock::HOUR as f64), CLOSE)?;
            let mut distinct = lasted.clone();
            distinct.dedup();
            let exact = distinct.len() <= choices.exact_up_to as usize;
            for (thousandths, found) in [(500, p50), (800, p80), (900, p90), (950, p95), (990, p99)] {
                compare_quantile(found, numbers::quantile(&lasted, thousandths), exact)
                    .map_err(|what| format!("p{thousandths}: {what}"))?;
            }
            Ok(())
        }
        ref other => Err(format!("a figure the oracle does not know: {other:?}")),
    }
}

fn compare_quantile(found: Option<f64>, expected: Option<numbers::Between>, exact: bool) -> Difference {
    let Some(between) = expected else { return same("quantile", &found, &None) };
    if exact {
        return close("quantile", found, Some(between.hours()), CLOSE);
    }
    // Each neighbour stands at the middle of its bucket: the error is relative to the greater of the two.
    let greatest = between.low.abs().max(between.high.abs()) as f64 / clock::HOUR as f64;
    let distance = found.map(|found| (found - between.hours()).abs());
    if distance.is_some_and(|distance| distance <= CLOSE_BUCKET * greatest) {
        Ok(())
    } else {
        Err(format!("found {found:?}, expected about {}", between.hours()))
    }
}

fn compare_input(records: &Records, choices: &Choices, scorecard: &Scorecard) -> Difference {
    let zone: Tz = choices.zone;
    let kept = keep(records, clock::instant(choices.as_of), zone);
    let document: serde_json::Value =
        serde_json::from_str(&scorecard.to_json()).map_err(|error| format!("no JSON: {error}"))?;
    for (kind, account) in &kept.accounts {
        let of_kind = &document["input"][*kind];
        if of_kind.is_null() && *account == Account::default() {
            continue;
        }
        let number = |name: &str| of_kind[name].as_u64().unwrap_or(0);
        let reasons = of_kind["quarantined_by_reason"].as_object();
        let found = Account {
            rows: number("rows"),
            used: number("used"),
            duplicate: number("duplicate"),
            not_yet_known: number("not_yet_known"),
            quarantined: reasons
                .into_iter()
                .flatten()
                .map(|(reason, count)| (reason.clone(), count.as_u64().unwrap_or(0)))
                .collect(),
        };
        same(&format!("input of {kind}"), &found, account)?;
        same("quarantined", &number("quarantined"), &account.quarantined.values().sum())?;
    }
    Ok(())
}
