//! Nothing vanishes: the numbers of a figure add up to the facts seen, over all windows and `undated`.

use std::collections::{BTreeMap, BTreeSet};

use parcelgauge::cube::{Plan, Row, Scorecard};
use parcelgauge::fact::{Facts, History};
use parcelgauge::kpi::{Gauge, RecordVerdict};
use parcelgauge::record::{RecordKind, Window};
use parcelgauge::state::Figure;
use proptest::test_runner::TestCaseError;

use super::{Finding, Law, hold, plan, window};
use crate::arbitrary::Case;

pub const FIVE_NUMBERS: Law = Law { name: "five numbers", check: five_numbers };
pub const NOTHING_VANISHES: Law = Law { name: "nothing vanishes", check: nothing_vanishes };

#[test]
fn a_figure_counts_what_the_verdict_column_lists() {
    hold(&FIVE_NUMBERS);
}

#[test]
fn every_fact_seen_stands_in_one_window_or_undated() {
    hold(&NOTHING_VANISHES);
}

fn verdicts(case: &Case, gauge: &Gauge) -> Vec<RecordVerdict> {
    let facts = Facts::assemble(&case.records, &case.context, Some(&History::of(&case.records)));
    gauge.verdicts(&facts, &case.context)
}

fn fail(gauge: &Gauge, what: String) -> Finding {
    Err(TestCaseError::fail(format!("{} {:?}: {what}", gauge.definition().id, gauge.params())))
}

/// What a document's rows count, by the words of the verdict column.
fn counted(rows: &[Row]) -> BTreeMap<String, i128> {
    let mut counts: BTreeMap<String, i128> = BTreeMap::new();
    let mut count = |word: &str, many: i128| *counts.entry(word.to_owned()).or_default() += many;
    let mut cells = BTreeSet::new();
    for row in rows {
        match &row.figure {
            Figure::Share { hit, miss, .. } => {
                count("hit", (*hit).into());
                count("miss", (*miss).into());
            }
            Figure::Rate { events, exposure, .. } => {
                count("event", (*events).into());
                count("exposure", (*exposure).into());
            }
            Figure::Distribution { count: many, .. } => count("quantity", (*many).into()),
            Figure::Count { count: many } => count("event", many.unwrap_or(0).into()),
            Figure::Nps { promoters, passives, detractors, .. } => {
                count("hit", (*promoters).into());
                count("quantity", (*passives).into());
                count("miss", (*detractors).into());
            }
            // Scores of unlike scales stand over a common width: what is left of the facts seen are the answers.
            Figure::Ratio { .. } if row.definition.id == "satisfaction_score" => {
                let left_out = row.open + row.excluded.total() + row.invalid.total();
                count("quantity", i128::from(row.seen) - i128::from(left_out));
            }
            // A ratio's sums are compared as sums; one row a currency.
            Figure::Ratio { numerator, .. } => count("Σ above", *numerator),
            _ => {}
        }
        if !cells.insert((row.period, row.group.clone())) {
            continue;
        }
        count("open", row.open.into());
        row.excluded.iter().for_each(|(reason, many)| count(&format!("excluded {reason}"), many.into()));
        row.invalid.iter().for_each(|(reason, many)| count(&format!("invalid {reason}"), many.into()));
    }
    counts.retain(|_, many| *many != 0);
    counts
}

fn listed(verdicts: &[RecordVerdict], kind: &Figure) -> BTreeMap<String, i128> {
    let mut counts: BTreeMap<String, i128> = BTreeMap::new();
    for verdict in verdicts {
        let (word, many) = match (&verdict.reason, verdict.outcome, kind) {
            (Some(reason), outcome, _) => (format!("{outcome} {reason}"), 1),
            (None, "event", Figure::Ratio { .. }) => ("Σ above".to_owned(), verdict.quantity.unwrap_or(0).into()),
            (None, "exposure", Figure::Ratio { .. }) => continue,
            (None, outcome, _) => (outcome.to_owned(), 1),
        };
        *counts.entry(word).or_default() += many;
    }
    counts.retain(|_, many| *many != 0);
    counts
}

fn five_numbers(case: &Case, gauges: &[Gauge]) -> Finding {
    for gauge in gauges {
        let one = plan(std::slice::from_ref(gauge), window(case));
        let rows = Scorecard::measure(&case.records, &one, &case.context).rows;
        let (counted, listed) = (counted(&rows), listed(&verdicts(case, gauge), &rows[0].figure));
        if counted != listed {
            return fail(gauge, format!("the figures count {counted:?}, the verdicts list {listed:?}"));
        }
    }
    Ok(())
}

fn nothing_vanishes(case: &Case, gauges: &[Gauge]) -> Finding {
    let seen = |plan: &Plan| {
        let rows = Scorecard::measure(&case.records, plan, &case.context).rows;
        // Several rows of one cell, one a currency, speak of the same facts.
        let cells: BTreeMap<_, u64> = rows.iter().map(|row| ((row.period, row.group.clone()), row.seen)).collect();
        cells.values().sum::<u64>()
    };
    for gauge in gauges {
        let one = plan(std::slice::from_ref(gauge), window(case));
        let facts = verdicts(case, gauge).len() as u64;
        for window in [Window::Day, Window::All] {
            let found = seen(&one.clone().with_window(window));
            if found != facts {
                return fail(gauge, format!("{found} of {facts} facts stand in windows of a {window}"));
            }
        }
    }
    rows_add_up(case)
}

/// Rows = used + duplicate + quarantined, and with those not yet known they are all that was handed over.
fn rows_add_up(case: &Case) -> Finding {
    let records = &case.records;
    let handed = BTreeMap::from([
        (RecordKind::Waybill, records.waybills.len()),
        (RecordKind::Event, records.events.len()),
        (RecordKind::Complaint, records.complaints.len()),
        (RecordKind::Claim, records.claims.len()),
        (RecordKind::Rating, records.ratings.len()),
        (RecordKind::Cost, records.costs.len()),
        (RecordKind::CourierDay, records.courier_days.len()),
        (RecordKind::StockCount, records.stock_counts.len()),
        (RecordKind::SiteShift, records.site_shifts.len()),
    ]);
    let facts = Facts::assemble(records, &case.context, None);
    for (kind, count) in &facts.input.by_kind {
        let aside = records.set_aside.get(kind).map_or(0, |aside| aside.rows);
        let adds_up = count.rows == count.used + count.duplicate + count.quarantined_rows();
        if !adds_up || count.rows + count.not_yet_known != handed[kind] as u64 + aside {
            return Err(TestCaseError::fail(format!("{kind:?}: {count:?} of {} handed over", handed[kind])));
        }
    }
    Ok(())
}
