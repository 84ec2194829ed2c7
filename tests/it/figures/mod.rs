//! Figures from records by hand: each threshold and either side of it, each reason, each policy.

mod cases;
mod claims;
#[cfg(feature = "intake")]
mod files;
mod net_promoters;
mod office;
#[cfg(feature = "simulate")]
mod planted;
mod ratings;
mod scans;
mod states;
mod storage;
#[cfg(feature = "simulate")]
mod time;
mod trips;
mod volume;

use std::collections::BTreeMap;

use parcelgauge::cube::{Plan, Row, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::{Gauge, Policy, catalogue};
use parcelgauge::record::{
    Instant, NodeEvent, Rating, RatingId, RecordKind, Records, Score, Waybill, WaybillKey, Window,
};
use parcelgauge::state::{Figure, Tally};

use crate::support::{at, day, key, scan, waybill};

/// An instant of 2026 in Shanghai: `10-01 10:00`, with seconds and fraction if need be.
pub fn time(text: &str) -> Instant {
    at(&written_out(text))
}

fn written_out(text: &str) -> String {
    let seconds = if text.len() > "10-01 10:00".len() { "" } else { ":00" };
    format!("2026-{}{seconds}+08:00", text.replace(' ', "T"))
}

/// Records with every kind handed over.
pub fn records() -> Records {
    Records::supplying(RecordKind::ALL)
}

/// Adds a waybill posted on 1 October and its scans, by node and time.
pub fn parcel<'r>(records: &'r mut Records, number: &str, scans: &[(&str, &str)]) -> &'r mut Waybill {
    let key = key(number, day(10, 1));
    scans.iter().for_each(|&(kind, occurred_at)| {
        add_scan(records, &key, kind, occurred_at);
    });
    records.waybills.push(waybill(number, day(10, 1)));
    records.waybills.last_mut().unwrap()
}

pub fn add_scan<'r>(records: &'r mut Records, key: &WaybillKey, kind: &str, occurred_at: &str) -> &'r mut NodeEvent {
    records.events.push(scan(key, kind.parse().unwrap(), &written_out(occurred_at)));
    records.events.last_mut().unwrap()
}

/// Adds a rating of 1 October at ten o'clock on a scale: `4 of 1 to 5`.
pub fn rating<'r>(records: &'r mut Records, id: &str, answer: &str) -> &'r mut Rating {
    let words: Vec<&str> = answer.split(' ').collect();
    let score = Score::parse(words[0], words[2], words[4]).unwrap();
    records.ratings.push(Rating::new(RatingId::new(id).unwrap(), time("10-01 10:00"), score));
    records.ratings.last_mut().unwrap()
}

/// A KPI of the catalogue under named policies: `tracking_freshness_rate(1h) settle=0h`.
pub fn gauge(text: &str) -> Gauge {
    let mut words = text.split(' ');
    let gauge = catalogue().find(words.next().unwrap()).unwrap();
    words.fold(gauge, |gauge, word| {
        let (name, value) = word.split_once('=').unwrap();
        gauge.with(Policy::parse(name, value).unwrap()).unwrap()
    })
}

pub fn rows(records: &Records, figure: &str, window: Window, as_of: &str) -> Vec<Row> {
    let plan = Plan::new([gauge(figure)]).with_window(window).with_evidence(9);
    Scorecard::measure(records, &plan, &Context::at(time(as_of))).rows
}

/// The figure over everything dated.
pub fn figure(records: &Records, name: &str, as_of: &str) -> Figure {
    rows(records, name, Window::All, as_of).swap_remove(0).figure
}

/// The identifiers of the adverse facts, worst first.
pub fn worst(records: &Records, figure: &str, as_of: &str) -> Vec<String> {
    let evidence = rows(records, figure, Window::All, as_of).swap_remove(0).evidence.unwrap();
    evidence.iter().map(|exemplar| exemplar.id.to_string()).collect()
}

/// Everything a figure counts, dated and undated together: `1 of 2, open 1, excluded cancelled 1`.
///
/// On the way it is checked that the numbers add up to the facts seen, and that the verdict column says the same.
pub fn told(records: &Records, name: &str, as_of: &str) -> String {
    let rows = rows(records, name, Window::All, as_of);
    let mut counts: [u64; 3] = [0; 3];
    let mut left_out: BTreeMap<String, u64> = BTreeMap::new();
    let mut add = |title: &str, tally: &Tally| {
        tally.iter().for_each(|(word, count)| *left_out.entry(format!("{title} {word}")).or_default() += count);
    };
    let (mut open, mut seen, mut aside) = (0, 0, 0);
    for row in &rows {
        let of_row = match row.figure {
            Figure::Share { hit, miss, .. } => [hit, miss, 0],
            Figure::Rate { events, exposure, .. } => [events, exposure, 0],
            Figure::Count { count } => [count.unwrap(), 0, 0],
            Figure::Nps { promoters, passives, detractors, .. } => [promoters, passives, detractors],
            Figure::Distribution { count, .. } => [count, 0, 0],
            // A score is over answers: as many as are neither open nor left out.
            _ => [row.seen - row.open - row.excluded.total() - row.invalid.total(), 0, 0],
        };
        counts.iter_mut().zip(of_row).for_each(|(sum, count)| *sum += count);
        (open, seen) = (open + row.open, seen + row.seen);
        aside += row.excluded.total() + row.invalid.total();
        add("excluded", &row.excluded);
        add("invalid", &row.invalid);
        add("noted", &row.notes);
    }
    assert_eq!(counts.iter().sum::<u64>() + open + aside, seen, "{name}: the numbers add up");
    let [first, second, third] = counts;
    let mut text = match rows[0].figure {
        Figure::Share { .. } => format!("{first} of {}", first + second),
        Figure::Rate { .. } => format!("{first} over {second}"),
        Figure::Nps { .. } => format!("{first} promote, {second} pass, {third} detract"),
        _ => first.to_string(),
    };
    if open > 0 {
        text.push_str(&format!(", open {open}"));
    }
    left_out.iter().for_each(|(words, count)| text.push_str(&format!(", {words} {count}")));
    text
}

/// Without records, with every record twice, and with one of the needed kinds not handed over.
pub fn holds_at_the_edges(name: &str, records: &Records, as_of: &str) {
    let empty = rows(&Records::supplying(RecordKind::ALL), name, Window::All, as_of);
    assert_eq!(empty.len(), 1, "{name}: an empty figure is there");
    let counts = matches!(empty[0].figure, Figure::Count { .. });
    assert_eq!(empty[0].figure.value(), counts.then_some(0.0), "{name}: no data is not zero, a count of nothing is");

    let mut twice = records.clone();
    twice.waybills.extend_from_slice(&records.waybills);
    twice.events.extend_from_slice(&records.events);
    twice.complaints.extend_from_slice(&records.complaints);
    twice.claims.extend_from_slice(&records.claims);
    twice.ratings.extend_from_slice(&records.ratings);
    assert_eq!(told(records, name, as_of), told(&twice, name, as_of), "{name}: every row twice");

    let needs = gauge(name).definition().needs;
    for &absent in needs {
        let mut without = records.clone();
        without.supplied = RecordKind::ALL.into_iter().filter(|&kind| kind != absent).collect();
        match absent {
            RecordKind::Waybill => without.waybills.clear(),
            RecordKind::Event => without.events.clear(),
            RecordKind::Complaint => without.complaints.clear(),
            RecordKind::Claim => without.claims.clear(),
            _ => without.ratings.clear(),
        }
        for row in rows(&without, name, Window::All, as_of) {
            assert_eq!((row.figure.value(), row.missing), (None, vec![absent]), "{name} without {absent:?}");
        }
    }
}
