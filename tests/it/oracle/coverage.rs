//! What the generated cases hold: an oracle over cases that never happen proves nothing.

use std::collections::BTreeMap;

use parcelgauge::kpi::catalogue;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::generate::cases;
use super::lines::{Line, expected};
use super::table::kpis;
use super::watch;

/// How often each must happen.
const LEAST: u64 = 5;

/// What facts come to, by KPI.
const OUTCOMES: [(&str, &str); 33] = [
    (
        "claim_rate",
        "event, excluded cancelled, excluded never_collected, excluded not_forward, exposure, \
         note inferred_acceptance",
    ),
    (
        "compensation_per_10k",
        "excluded after_horizon, excluded cancelled, excluded never_collected, excluded not_forward, \
         excluded unassigned, exposure, note inferred_acceptance, note provisional, open, paid",
    ),
    (
        "complaint_rate",
        "event, excluded cancelled, excluded never_collected, excluded not_forward, excluded other_class, \
         exposure, note inferred_acceptance",
    ),
    (
        "damage_rate",
        "excluded cancelled, excluded force_majeure, excluded never_collected, excluded not_forward, hit, \
         miss, note inferred_acceptance, note provisional, open",
    ),
    (
        "delivered_by_day_rate",
        "excluded cancelled, excluded customer_return, excluded force_majeure, excluded never_collected, \
         excluded not_delivered, excluded not_forward, hit, invalid clock_anomaly, invalid no_collection, miss, \
         note anomalous_completion, note consent_unknown, note provisional, open",
    ),
    (
        "end_to_end_hours",
        "age, excluded cancelled, excluded force_majeure, excluded lost, excluded never_collected, \
         excluded not_forward, excluded returned, invalid clock_anomaly, invalid no_collection, \
         invalid no_order, lasted, negative, note anomalous_completion, note consent_unknown, open",
    ),
    (
        "first_attempt_delivery_rate",
        "excluded cancelled, excluded force_majeure, excluded never_collected, excluded no_attempt, \
         excluded not_forward, excluded refused, hit, miss, note anomalous_completion, note consent_unknown, \
         note inferred_acceptance, note provisional, open",
    ),
    (
        "first_contact_resolution_rate",
        "excluded not_resolved, excluded other_class, excluded withdrawn, hit, invalid illegal_history, \
         invalid no_steps, miss, note provisional, open",
    ),
    (
        "intact_rate",
        "excluded cancelled, excluded force_majeure, excluded never_collected, excluded not_forward, hit, \
         miss, note found_after_lost, note inferred_acceptance, note presumed_lost, note provisional, open",
    ),
    (
        "lateness_hours",
        "age, excluded cancelled, excluded customer_return, excluded force_majeure, excluded lost, \
         excluded never_collected, excluded no_promise, excluded not_forward, excluded on_time, \
         excluded returned, invalid clock_anomaly, lasted, note anomalous_completion, note consent_unknown, \
         note inferred_acceptance, note promise_before_collection, note promise_moved_by_carrier, \
         note promise_moved_by_customer, note provisional, open",
    ),
    (
        "loss_rate",
        "excluded cancelled, excluded force_majeure, excluded never_collected, excluded not_forward, hit, \
         miss, note found_after_lost, note inferred_acceptance, note presumed_lost, note provisional, open",
    ),
    ("negative_rating_rate", "excluded not_latest, excluded other_question, excluded system_default, hit, miss"),
    (
        "nps",
        "detractor, excluded not_latest, excluded other_question, excluded system_default, \
         invalid other_scale, passive, promoter",
    ),
    (
        "on_time_delivery_rate",
        "excluded cancelled, excluded customer_return, excluded force_majeure, excluded never_collected, \
         excluded no_promise, excluded not_delivered, excluded not_forward, hit, miss, \
         note anomalous_completion, note consent_unknown, note inferred_acceptance, \
         note promise_before_collection, note promise_moved_by_carrier, note promise_moved_by_customer, \
         note provisional, open",
    ),
    ("payout_within_rate", "excluded not_confirmed, hit, miss, note provisional, open"),
    (
        "recording_delay_hours",
        "excluded not_forward, invalid clock_anomaly, invalid no_recording_clock, lasted, negative",
    ),
    (
        "reopen_rate",
        "excluded not_resolved, excluded other_class, hit, invalid illegal_history, invalid no_steps, miss, \
         note provisional, open",
    ),
    ("repeat_order_rate", "excluded no_customer, excluded no_order, excluded not_forward, hit, miss, open"),
    ("resolution_hours", "age, excluded other_class, excluded withdrawn, invalid illegal_history, lasted, open"),
    (
        "resolution_rate",
        "excluded other_class, excluded withdrawn, hit, invalid illegal_history, miss, note provisional, open",
    ),
    (
        "resolution_within_rate",
        "excluded not_resolved, excluded other_class, excluded withdrawn, hit, invalid illegal_history, miss, \
         note provisional, open",
    ),
    ("response_within_rate", "excluded other_class, hit, invalid illegal_history, miss, note provisional, open"),
    ("satisfaction_rate", "excluded not_latest, excluded other_question, excluded system_default, hit, miss"),
    (
        "satisfaction_score",
        "excluded not_latest, excluded other_question, excluded system_default, invalid other_scale, scales, \
         stands",
    ),
    (
        "shipment_volume",
        "counted, excluded cancelled, excluded completed, excluded lost, excluded never_collected, \
         excluded not_forward, excluded returned, note inferred_acceptance, open",
    ),
    (
        "shortage_rate",
        "excluded cancelled, excluded force_majeure, excluded never_collected, excluded not_forward, hit, \
         miss, note inferred_acceptance, note provisional, open",
    ),
    (
        "stage_hours",
        "excluded cancelled, excluded force_majeure, excluded lost, excluded never_collected, \
         excluded not_forward, excluded returned, invalid no_stage_time, lasted, note anomalous_completion, \
         note consent_unknown, note inferred_acceptance, open",
    ),
    (
        "stage_on_time_rate",
        "excluded cancelled, excluded force_majeure, excluded lost, excluded never_collected, \
         excluded no_plan, excluded not_forward, excluded returned, hit, invalid no_stage_time, miss, \
         note anomalous_completion, note consent_unknown, note inferred_acceptance, note provisional, open",
    ),
    (
        "tracking_accuracy_rate",
        "excluded cancelled, excluded never_collected, excluded not_forward, hit, miss, \
         note anomalous_completion, note cancelled, note consent_unknown, note inferred_acceptance, \
         note lost, note provisional, note returned, open",
    ),
    (
        "tracking_completeness_rate",
        "excluded cancelled, excluded never_collected, excluded not_forward, hit, miss, \
         note anomalous_completion, note cancelled, note consent_unknown, note inferred_acceptance, \
         note lost, note provisional, note returned, open",
    ),
    (
        "tracking_freshness_rate",
        "excluded not_forward, hit, invalid clock_anomaly, invalid no_recording_clock, miss, \
         note provisional, open",
    ),
    (
        "unconsented_storage_rate",
        "excluded cancelled, excluded never_collected, excluded not_forward, excluded not_stored, hit, \
         invalid consent_unknown, miss, note inferred_acceptance",
    ),
    (
        "within_hours_rate",
        "excluded cancelled, excluded customer_return, excluded force_majeure, excluded never_collected, \
         excluded no_city, excluded not_delivered, excluded not_forward, excluded same_city, hit, \
         invalid clock_anomaly, invalid no_collection, miss, note anomalous_completion, note consent_unknown, \
         note provisional, open",
    ),
];

/// What happens on the way to it: lines stood upon, branches taken.
const BRANCHES: &[&str] = &[
    "a day before collection",
    "a duration below nought",
    "a quarter",
    "act + settle",
    "after completion: a report",
    "after completion: delivered again",
    "after completion: on the way back",
    "after completion: out of storage",
    "after completion: returned",
    "after completion: stored again",
    "an instant inside a case",
    "anomaly: after completion",
    "anomaly: before collection",
    "anomaly: recorded early",
    "answer limit",
    "answer limit + settle",
    "answered by what resolved it",
    "compensation: horizon",
    "consignment: a miss among hits",
    "consignment: open, though a piece has missed",
    "consignment: without a piece left out",
    "damage: horizon",
    "detracts",
    "first attempt: in vain as it is handed over",
    "first attempt: put down without completing",
    "first contact: back",
    "first contact: time",
    "force majeure after completion",
    "force majeure at completion",
    "harm: a case not upheld",
    "harm: a case upheld",
    "harm: a claim approved",
    "harm: a claim refused",
    "harm: a finding that lies ahead",
    "harm: an inquiry",
    "harm: scanned",
    "harm: undecided",
    "hours",
    "hours + settle",
    "hours to the attempt",
    "intact: open, though harm is found",
    "look-back after the data begins",
    "loss: horizon",
    "lost: declared",
    "lost: declared after completion",
    "lost: last refused or cancelled",
    "lost: last stored or held",
    "lost: returned",
    "opened so long ago",
    "order look-back",
    "paid within the horizon",
    "payout: the end of the last day",
    "promise + settle",
    "promotes",
    "rating: later at one instant",
    "reopened within",
    "resolution limit",
    "resolution limit + settle",
    "scan limit",
    "scan limit + settle",
    "shortage: horizon",
    "silence",
    "stage plan",
    "stage: completion + settle",
    "stage: destination_processing",
    "stage: it ends before it begins",
    "stage: last_mile",
    "stage: origin_processing",
    "stage: transport",
    "the customer is waited for",
    "three quarters",
    "tracking: again",
    "tracking: completion + settle",
    "tracking: disorder",
    "tracking: horizon",
    "tracking: stored for delivered",
];

/// What the facts of a line came to, by name.
fn outcomes(line: &Line) -> Vec<(String, u64)> {
    let counts = [
        ("hit", line.hit),
        ("miss", line.miss),
        ("event", line.events),
        ("exposure", line.exposure),
        ("counted", line.counted),
        ("lasted", line.lasted.len() as u64),
        ("negative", line.lasted.iter().filter(|lasted| **lasted < 0).count() as u64),
        ("paid", line.paid.len() as u64),
        ("stands", line.stands.values().map(Vec::len).sum::<usize>() as u64),
        ("scales", line.stands.len().saturating_sub(1) as u64),
        ("promoter", line.promoters),
        ("passive", line.passives),
        ("detractor", line.detractors),
        ("open", line.open),
        ("age", line.since.len() as u64),
    ];
    let named = |(name, count): (&str, u64)| (name.to_owned(), count);
    let with = |kind: &'static str| move |(reason, &count): (&String, &u64)| (format!("{kind} {reason}"), count);
    let mut all: Vec<(String, u64)> = counts.into_iter().map(named).collect();
    all.extend(line.excluded.iter().map(with("excluded")));
    all.extend(line.invalid.iter().map(with("invalid")));
    all.extend(line.notes.iter().map(with("note")));
    all
}

/// What happens in as many cases as are measured by default, always the same.
fn happened() -> BTreeMap<String, u64> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut happened: BTreeMap<String, u64> = BTreeMap::new();
    let _ = watch::taken();
    for _ in 0..64 {
        for case in cases().new_tree(&mut runner).expect("cases").current() {
            for ((kpi, ..), line) in expected(&case.records, &case.choices) {
                for (outcome, count) in outcomes(&line) {
                    *happened.entry(format!("{kpi}: {outcome}")).or_default() += count;
                }
            }
        }
    }
    happened.extend(watch::taken().into_iter().map(|(what, count)| (what.to_owned(), count)));
    happened.retain(|_, count| *count > 0);
    happened
}

#[test]
fn every_outcome_happens_in_the_cases() {
    let mut happened = happened();
    let mut lacking = Vec::new();
    let of_kpis =
        OUTCOMES.iter().flat_map(|(kpi, outcomes)| outcomes.split(", ").map(move |of| format!("{kpi}: {of}")));
    for what in of_kpis.chain(BRANCHES.iter().map(|branch| (*branch).to_owned())) {
        let count = happened.remove(&what).unwrap_or(0);
        println!("{count:>6} {what}");
        if count < LEAST {
            lacking.push(format!("{what} {count}"));
        }
    }
    assert!(lacking.is_empty(), "less than {LEAST} in the cases: {lacking:#?}");
    println!("beside them: {happened:#?}");
}

#[test]
fn every_kpi_of_the_catalogue_has_an_oracle() {
    let mut of_catalogue: Vec<&str> = catalogue().iter().map(|gauge| gauge.definition().id).collect();
    of_catalogue.sort_unstable();
    of_catalogue.dedup();
    assert_eq!(kpis(), of_catalogue);
    assert_eq!(OUTCOMES.map(|(kpi, _)| kpi).as_slice(), of_catalogue);
}
