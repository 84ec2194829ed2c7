//! What time may change, and when.

use parcelgauge::cube::{Fold, Scorecard};
use parcelgauge::fact::{Facts, History};
use parcelgauge::kpi::{Gauge, Maturity, Param, RecordVerdict};
use parcelgauge::record::{Duration, Instant, Records};
use proptest::test_runner::TestCaseError;

use super::{Finding, Law, all_known_at, dimensions, fold, hold, plan, same, same_lines, window};
use crate::arbitrary::Case;

pub const VERDICTS_STAY: Law = Law { name: "verdicts stay", check: verdicts_stay };
pub const HOLDS_UNTIL: Law = Law { name: "holds until", check: holds_until };
pub const UNKNOWN_TOUCHES_NOTHING: Law = Law { name: "unknown touches nothing", check: unknown_touches_nothing };

#[test]
fn with_the_same_records_known_only_the_end_of_a_term_decides() {
    hold(&VERDICTS_STAY);
}

#[test]
fn a_fold_answers_for_any_instant_before_it_ceases_to_hold() {
    hold(&HOLDS_UNTIL);
}

#[test]
fn records_not_yet_known_touch_nothing() {
    hold(&UNKNOWN_TOUCHES_NOTHING);
}

const TICK: Duration = Duration::from_millis(1);

fn verdicts_stay(case: &Case, gauges: &[Gauge]) -> Finding {
    let start = all_known_at(&case.records, &case.context);
    let history = History::of(&case.records);
    let context = case.context.clone().moved_to(start);
    let facts = Facts::assemble(&case.records, &context, Some(&history));
    for gauge in gauges {
        let is_provisional = gauge.params().get("maturity") == Some(&Param::Word("provisional".to_owned()));
        let maturity = if is_provisional { Maturity::Provisional } else { Maturity::Matured };
        let first = gauge.verdicts(&facts, &context);
        let mut instants =
            vec![start.saturating_add(TICK), start.saturating_add(Duration::from_days(400)), Instant::MAX];
        for until in first.iter().filter_map(|verdict| verdict.until) {
            instants.extend([until.saturating_sub(TICK), until, until.saturating_add(TICK)]);
        }
        instants.retain(|&at| at >= start);
        instants.sort_unstable();
        instants.dedup();
        for at in instants {
            let later = case.context.clone().moved_to(at);
            // The same records are known, so these are the facts a fresh start would find.
            for (before, after) in first.iter().zip(gauge.verdicts(&facts, &later)) {
                if let Some(wrong) = breach(before, &after, at, maturity) {
                    let id = gauge.definition().id;
                    return Err(TestCaseError::fail(format!("{id}: {wrong} at {at}:\n  {before:?}\n  {after:?}")));
                }
            }
        }
    }
    Ok(())
}

fn breach(before: &RecordVerdict, after: &RecordVerdict, at: Instant, maturity: Maturity) -> Option<&'static str> {
    let told = |verdict: &RecordVerdict| {
        let counts_as = (verdict.outcome, verdict.reason, verdict.quantity, verdict.provisional);
        (counts_as, verdict.until, verdict.cohort)
    };
    let is_open = |verdict: &RecordVerdict| verdict.outcome == "open" || verdict.provisional;
    match before.until {
        _ if before.cohort != after.cohort => Some("the cohort moved"),
        _ if after.until.is_some_and(|until| until <= at) => Some("open until an instant that has passed"),
        _ if !is_open(before) => (told(before) != told(after)).then_some("a decided outcome changed"),
        Some(until) if at < until => (told(before) != told(after)).then_some("changed before its time"),
        // Asked for what it leans to, a fact may lean elsewhere first and be decided later.
        Some(_) if maturity == Maturity::Provisional => None,
        Some(_) => is_open(after).then_some("still open after its time"),
        None => (told(before) != told(after)).then_some("was to be decided by a record only"),
    }
}

fn holds_until(case: &Case, gauges: &[Gauge]) -> Finding {
    let plan = plan(gauges, window(case)).by(dimensions(case));
    let stored = fold(&case.records, &plan, &case.context);
    let as_of = case.context.as_of;
    let until = stored.holds_until();
    if let Some(until) = until {
        let afresh = fold(&case.records, &plan, &case.context.clone().moved_to(until));
        if until <= as_of || afresh.holds_until() == Some(until) {
            return Err(TestCaseError::fail(format!("{until} is no instant of change after {as_of}")));
        }
    }
    let last = until.map_or(Instant::MAX, |until| until.saturating_sub(TICK));
    let between = as_of.saturating_add(Duration::from_millis(last.since(as_of).as_millis() / 2));
    for at in [as_of, between, last] {
        let context = case.context.clone().moved_to(at);
        same("the stored fold", &stored, &fold(&case.records, &plan, &context), &plan, &context)?;
        let afresh = Scorecard::measure(&case.records, &plan, &context);
        same_lines("the stored fold", &Scorecard::of(&stored, &plan, &context).to_json(), &afresh.to_json())?;
    }
    Ok(())
}

/// What is known at the case's instant, and nothing else.
fn known_only(case: &Case) -> Records {
    let as_of = case.context.as_of;
    let mut records = Records::supplying(case.records.kinds().iter());
    records.set_aside = case.records.set_aside.clone();
    let is_known = |at: Instant| at <= as_of;
    let start_of = |day| case.context.zone.start_of(day);
    let waybills = case.records.waybills.iter();
    records.waybills = waybills
        .filter(|row| is_known(row.recorded_at.unwrap_or_else(|| start_of(row.key.posted_on))))
        .cloned()
        .collect();
    records.events = case.records.events.iter().filter(|row| is_known(row.known_at())).cloned().collect();
    records.complaints = case.records.complaints.iter().filter(|row| is_known(row.known_at())).cloned().collect();
    records.claims = case.records.claims.iter().filter(|row| is_known(row.known_at())).cloned().collect();
    records.ratings = case.records.ratings.iter().filter(|row| is_known(row.known_at())).cloned().collect();
    records
}

fn unknown_touches_nothing(case: &Case, gauges: &[Gauge]) -> Finding {
    let plan = plan(gauges, window(case)).by(dimensions(case));
    let document = |records: &Records| {
        let history = History::of(records);
        let fold = Fold::of(records, &plan, plan.window(), &case.context, Some(&history));
        let json = Scorecard::of(&fold, &plan, &case.context).to_json();
        // The first line holds the input's account, which counts what is not yet known.
        json.split_once('\n').map(|(_, rows)| rows.to_owned()).unwrap_or_default()
    };
    same_lines("with and without what is unknown", &document(&case.records), &document(&known_only(case)))
}
