//! The result document's writer: keys in a fixed order, numbers as Rust displays them (shortest digits, no exponent).

use std::fmt::Write;

use crate::kpi::{Param, Params, Unit};
use crate::record::{InputCount, Instant};
use crate::state::{Exemplar, Figure, Tally};
use crate::stats::Interval;

use super::{Dimension, GroupKey, Row, Scorecard};

/// Writes JSON into a string, which cannot fail.
struct Json {
    text: String,
}

impl Json {
    fn key(&mut self, key: &str) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push_str(", ");
        }
        self.string(key);
        self.text.push_str(": ");
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for character in text.chars() {
            match character {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                control if control < ' ' => {
                    let _ = write!(self.text, "\\u{:04x}", control as u32);
                }
                other => self.text.push(other),
            }
        }
        self.text.push('"');
    }

    fn shown(&mut self, value: impl std::fmt::Display) {
        let _ = write!(self.text, "{value}");
    }

    fn number(&mut self, value: Option<f64>) {
        match value {
            Some(value) if value.is_finite() => self.shown(value),
            _ => self.text.push_str("null"),
        }
    }

    fn field(&mut self, key: &str, value: Option<f64>) {
        self.key(key);
        self.number(value);
    }

    fn count(&mut self, key: &str, value: impl std::fmt::Display) {
        self.key(key);
        self.shown(value);
    }

    fn word(&mut self, key: &str, value: &str) {
        self.key(key);
        self.string(value);
    }

    fn interval(&mut self, interval: Option<Interval>) {
        self.key("interval");
        match interval {
            None => self.text.push_str("null"),
            Some(Interval { low, high }) => {
                self.text.push('[');
                self.number(Some(low));
                self.text.push_str(", ");
                self.number(Some(high));
                self.text.push(']');
            }
        }
    }

    fn tally(&mut self, key: &str, tally: &Tally) {
        self.key(key);
        self.text.push('{');
        for (word, count) in tally.iter() {
            self.count(word, count);
        }
        self.text.push('}');
    }

    fn params(&mut self, params: &Params) {
        self.text.push('{');
        for (name, value) in params.iter() {
            match value {
                Param::Number(number) => self.field(name, Some(*number)),
                Param::Word(word) => self.word(name, word),
            }
        }
        self.text.push('}');
    }

    fn group(&mut self, dimensions: &[Dimension], group: &GroupKey) {
        self.key("group");
        self.text.push('{');
        for (dimension, value) in dimensions.iter().zip(group) {
            self.key(dimension.name());
            match value.text() {
                Some(text) => self.string(text),
                None => self.text.push_str("null"),
            }
        }
        self.text.push('}');
    }

    fn evidence(&mut self, evidence: &[Exemplar], as_of: Instant) {
        self.key("evidence");
        self.text.push('[');
        for (place, exemplar) in evidence.iter().enumerate() {
            self.text.push_str(if place == 0 { "{" } else { ", {" });
            self.word("id", &exemplar.id);
            self.word("outcome", exemplar.outcome.name());
            let hours =
                exemplar.excess(as_of).and_then(|excess| Unit::Hours.scale().quotient(excess.as_millis().into(), 1));
            self.field("by_hours", hours);
            self.text.push('}');
        }
        self.text.push(']');
    }
}

/// Parameters as one line: what a KPI is ordered and identified by.
pub(crate) fn params_text(params: &Params) -> String {
    let mut json = Json { text: String::new() };
    json.params(params);
    json.text
}

pub(super) fn scorecard(scorecard: &Scorecard) -> String {
    let mut json = Json { text: String::with_capacity(512 * scorecard.rows.len() + 512) };
    json.text.push('{');
    json.word("format", "parcelgauge.scorecard/1");
    json.word("as_of", &scorecard.as_of.to_string());
    json.word("zone", scorecard.zone.name());
    json.word("window", scorecard.window.name());
    dimensions(&mut json, &scorecard.dimensions);
    json.key("input");
    json.text.push('{');
    for (kind, count) in &scorecard.input.by_kind {
        json.key(kind.plural());
        input_count(&mut json, count);
    }
    json.text.push('}');
    json.key("rows");
    json.text.push('[');
    for (place, figure) in scorecard.rows.iter().enumerate() {
        if place > 0 {
            json.text.push(',');
        }
        json.text.push_str("\n ");
        row(&mut json, figure, scorecard);
    }
    json.text.push_str("]}");
    json.text
}

/// What is to be known of dimensions beyond their names; nothing where there is nothing.
fn dimensions(json: &mut Json, dimensions: &[Dimension]) {
    let is_plain = |by: &Dimension| !by.is_overlapping() && !matches!(by, Dimension::Outcome(_));
    if dimensions.iter().all(is_plain) {
        return;
    }
    json.key("dimensions");
    json.text.push('{');
    for dimension in dimensions.iter().filter(|by| !is_plain(by)) {
        json.key(dimension.name());
        json.text.push('{');
        if let Dimension::Outcome(by) = dimension {
            json.word("kpi", by.gauge().definition().id);
            json.count("version", by.gauge().definition().version);
            json.key("params");
            json.params(&by.gauge().params());
        }
        if dimension.is_overlapping() {
            json.key("overlapping");
            json.shown("true");
        }
        json.text.push('}');
    }
    json.text.push('}');
}

fn input_count(json: &mut Json, count: &InputCount) {
    json.text.push('{');
    json.count("rows", count.rows);
    json.count("used", count.used);
    json.count("duplicate", count.duplicate);
    json.count("quarantined", count.quarantined_rows());
    json.count("not_yet_known", count.not_yet_known);
    json.key("quarantined_by_reason");
    json.text.push('{');
    for (reason, rows) in &count.quarantined {
        json.count(reason, rows);
    }
    json.text.push_str("}}");
}

fn row(json: &mut Json, row: &Row, scorecard: &Scorecard) {
    json.text.push('{');
    json.word("kpi", row.definition.id);
    json.count("version", row.definition.version);
    json.key("params");
    json.params(&row.params);
    json.word("window", &row.window);
    json.group(&scorecard.dimensions, &row.group);
    let reasons = |json: &mut Json| {
        json.tally("excluded", &row.excluded);
        json.tally("invalid", &row.invalid);
    };
    match &row.figure {
        Figure::Share { hit, miss, value, interval } => {
            json.count("hit", hit);
            json.count("miss", miss);
            json.count("open", row.open);
            reasons(json);
            json.field("value", *value);
            json.interval(*interval);
        }
        Figure::Rate { events, exposure, value, interval } => {
            json.count("events", events);
            json.count("exposure", exposure);
            json.count("open", row.open);
            reasons(json);
            json.field("value", *value);
            json.interval(*interval);
        }
        Figure::Ratio { numerator, denominator, value, currency } => {
            json.word("numerator", &numerator.to_string());
            json.word("denominator", &denominator.to_string());
            json.count("open", row.open);
            reasons(json);
            json.field("value", *value);
            if let Some(currency) = currency {
                json.word("currency", currency.as_str());
            }
        }
        Figure::Count { count } => {
            json.key("count");
            match count {
                Some(count) => json.shown(count),
                None => json.shown("null"),
            }
            json.count("open", row.open);
            reasons(json);
        }
        Figure::Nps { promoters, passives, detractors, value, interval } => {
            json.count("promoters", promoters);
            json.count("passives", passives);
            json.count("detractors", detractors);
            json.count("open", row.open);
            reasons(json);
            json.field("value", *value);
            json.interval(*interval);
        }
        Figure::Distribution { count, mean, p50, p80, p90, p95, p99, max } => {
            json.count("count", count);
            json.count("open", row.open);
            json.field("open_mean_age", row.open_mean_age);
            reasons(json);
            let figures =
                [("mean", mean), ("p50", p50), ("p80", p80), ("p90", p90), ("p95", p95), ("p99", p99), ("max", max)];
            figures.into_iter().for_each(|(name, value)| json.field(name, *value));
        }
    }
    if row.is_clustered() {
        json.key("clustered");
        json.shown("true");
    }
    json.word("unit", row.definition.unit.name());
    if row.notes.total() > 0 {
        json.tally("notes", &row.notes);
    }
    if !row.missing.is_empty() {
        json.key("missing");
        let kinds: Vec<String> = row.missing.iter().map(|kind| format!("\"{}\"", kind.name())).collect();
        json.shown(format_args!("[{}]", kinds.join(", ")));
    }
    if let Some(evidence) = &row.evidence {
        json.evidence(evidence, scorecard.as_of);
    }
    json.text.push('}');
}
