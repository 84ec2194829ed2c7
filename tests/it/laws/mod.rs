//! The laws of the catalogue: whatever KPI is listed is held to them, under every value of every policy it reads.
//!
//! A law is a function of a [`Case`] and some gauges. Exceptions stand in one table, each with its reason; one that is no
//! longer needed, or that names no KPI, fails.

mod algebra;
mod evidence;
mod exceptions;
mod groups;
mod numbers;
mod time;
mod wire;

use parcelgauge::cube::{Dimension, Fold, Plan, Scorecard};
use parcelgauge::fact::{Context, Facts, History, StagePassage};
use parcelgauge::journey::{WHOLE_LEG, WHOLE_WAY};
use parcelgauge::kpi::timeliness::{StageHours, StageOnTimeRate};
use parcelgauge::kpi::{Gauge, Param, Policy, catalogue};
use parcelgauge::record::{Instant, Label, Records, WaybillKey, Window};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use crate::arbitrary::{Case, OWN_STAGES, case};
use exceptions::EXCEPTIONS;
pub use groups::dimensions;

/// What a law says of a case: nothing, or how it is broken.
pub type Finding = Result<(), TestCaseError>;

/// A law over the catalogue.
pub struct Law {
    /// The name that exceptions refer to.
    pub name: &'static str,
    /// Looks at one case.
    pub check: fn(&Case, &[Gauge]) -> Finding,
}

/// All laws.
const LAWS: &[&Law] = &[
    &algebra::MONOID,
    &algebra::ANY_SPLIT,
    &algebra::ANY_ORDER,
    &algebra::ROLL_UP,
    &algebra::WINDOWS_ARE_MERGES,
    &groups::STANDS_ALONE,
    &groups::OVERLAP,
    &time::VERDICTS_STAY,
    &time::HOLDS_UNTIL,
    &time::UNKNOWN_TOUCHES_NOTHING,
    &numbers::FIVE_NUMBERS,
    &numbers::NOTHING_VANISHES,
    &evidence::WORST_FIRST,
    &wire::ROUND_TRIP,
    &wire::DAMAGE,
];

/// Random cases a law is tried on: 64, or as many as `PROPTEST_CASES` says.
pub fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(64)
}

fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, max_shrink_iters: 4_000, ..Config::default() }
}

/// Every KPI with its defaults, and once more for every value of every policy it reads; figures of stages also for those
/// of a caller's own, for whole legs and the whole way.
pub fn gauges() -> Vec<Gauge> {
    let own = [OWN_STAGES[1], WHOLE_LEG, WHOLE_WAY].map(|stage| Label::new(stage).expect("a label"));
    let own = own.into_iter().flat_map(|stage| {
        let hours = Gauge::of(StageHours::of(stage.clone())).over::<StagePassage>().erased();
        [hours, Gauge::of(StageOnTimeRate::of(stage)).over::<StagePassage>().erased()]
    });
    catalogue().iter().chain(own).flat_map(|gauge| variants(&gauge)).collect()
}

fn variants(gauge: &Gauge) -> Vec<Gauge> {
    let definition = gauge.definition();
    let mut all = vec![gauge.clone()];
    for &name in definition.policies {
        // What the policy's own description names, the KPI's cohorts, and some numbers and durations.
        let words = name.values().split([' ', ',']).chain(definition.cohorts.iter().map(|cohort| cohort.name()));
        let words = words.chain(["0", "2", "0m", "1m", "36h", "2d"]);
        let parsed = words.filter_map(|word| Policy::parse(name.as_str(), word).ok());
        let with: Vec<Gauge> = parsed.filter_map(|policy| gauge.clone().with(policy).ok()).collect();
        assert!(with.len() >= 2, "{} under {name}: name values the policy takes", definition.id);
        all.extend(with);
    }
    Plan::new(all).gauges().to_vec()
}

/// Tries a law on random cases, over all KPIs that are no exception to it.
fn hold(law: &Law) {
    let excepted = |gauge: &Gauge| EXCEPTIONS.iter().any(|it| it.law == law.name && it.kpi == gauge.definition().id);
    let gauges: Vec<Gauge> = gauges().into_iter().filter(|gauge| !excepted(gauge)).collect();
    let outcome = TestRunner::new(config(cases())).run(&case(), |case| (law.check)(&case, &gauges));
    if let Err(broken) = outcome {
        panic!("{}: {broken}", law.name);
    }
}

#[test]
fn every_exception_is_needed_and_names_a_kpi_and_a_law() {
    for exception in EXCEPTIONS {
        let law = LAWS.iter().find(|law| law.name == exception.law);
        let law = law.unwrap_or_else(|| panic!("{} is no law", exception.law));
        let gauge = catalogue().find(exception.kpi).unwrap_or_else(|error| panic!("{error}"));
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let config = Config { max_shrink_iters: 0, ..config(4_096) };
        let outcome =
            TestRunner::new_with_rng(config, rng).run(&case(), |case| (law.check)(&case, std::slice::from_ref(&gauge)));
        assert!(outcome.is_err(), "{} obeys {}: take the exception out", exception.kpi, exception.law);
        assert!(!exception.reason.is_empty());
    }
}

#[test]
fn nothing_stands_in_the_catalogue_twice() {
    // A plan keeps one of those that agree in name and parameters.
    assert_eq!(Plan::everything(catalogue()).gauges().len(), catalogue().iter().count());
}

/// A plan as laws use it: two dimensions, two exemplars.
pub fn plan(gauges: &[Gauge], window: Window) -> Plan {
    Plan::new(gauges.iter().cloned())
        .by([Dimension::DestinationRegion, Dimension::Product])
        .with_window(window)
        .with_evidence(2)
}

/// One of the windows, by a case's seed.
pub fn window(case: &Case) -> Window {
    Window::ALL_LENGTHS[(case.seed % 6) as usize]
}

/// One fold of everything.
pub fn fold(records: &Records, plan: &Plan, context: &Context) -> Fold {
    Fold::of(records, plan, plan.window(), context, Some(&History::of(records)))
}

/// Folds merged from the left into the identity.
pub fn merged<'a>(folds: impl IntoIterator<Item = &'a Fold>, plan: &Plan) -> Fold {
    let mut whole = Fold::empty(plan, plan.window());
    folds.into_iter().for_each(|fold| whole.merge(fold).expect("folds of one plan"));
    whole
}

/// That two folds are the same bytes and the same document.
pub fn same(what: &str, ours: &Fold, theirs: &Fold, plan: &Plan, context: &Context) -> Finding {
    let [left, right] = [ours, theirs].map(|fold| Scorecard::of(fold, plan, context).to_json());
    same_lines(what, &left, &right)?;
    let equal = ours.encode(plan) == theirs.encode(plan);
    if equal { Ok(()) } else { Err(TestCaseError::fail(format!("{what}: equal documents, unlike bytes"))) }
}

/// That two documents are the same text; if not, the first line that differs.
pub fn same_lines(what: &str, left: &str, right: &str) -> Finding {
    if left == right {
        return Ok(());
    }
    let differing = left.lines().zip(right.lines()).find(|(left, right)| left != right);
    let (left, right) = differing.unwrap_or(("(one is the beginning of the other)", ""));
    Err(TestCaseError::fail(format!("{what}:\n  {left}\n  {right}")))
}

/// An instant from which on all records and all instants inside them are known.
pub fn all_known_at(records: &Records, context: &Context) -> Instant {
    let mut context = context.clone();
    let history = History::of(records);
    while let Some(next) = Facts::assemble(records, &context, Some(&history)).next_change_at {
        context.as_of = next;
    }
    context.as_of
}

/// What a split must not tear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    /// The records of one waybill.
    Waybills,
    /// Those of one source partition, for what is made of several waybills: consignments.
    Partitions,
}

impl Kept {
    /// What must be kept together for a gauge.
    pub fn of(gauge: &Gauge) -> Self {
        let by_consignment = gauge.params().get("unit") == Some(&Param::Word("consignment".to_owned()));
        if by_consignment { Self::Partitions } else { Self::Waybills }
    }
}

/// The part of a waybill in a split of so many.
pub fn part_of(waybill: Option<&WaybillKey>, id: &str, kept: Kept, seed: u64, parts: u64) -> usize {
    let text = match (waybill, kept) {
        (None, _) => id.to_owned(),
        (Some(key), Kept::Waybills) => key.to_string(),
        (Some(key), Kept::Partitions) => key.posted_on.to_string(),
    };
    let mixed = text.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    ((mixed >> 7) % parts) as usize
}
