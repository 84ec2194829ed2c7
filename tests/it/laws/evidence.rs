//! Evidence is the beginning of the sorted adverse facts, whatever the split.

use parcelgauge::cube::{Fold, Scorecard};
use parcelgauge::fact::{Facts, History};
use parcelgauge::kpi::{Direction, Gauge};
use parcelgauge::record::Window;
use parcelgauge::state::Exemplar;
use proptest::test_runner::TestCaseError;

use super::algebra::split;
use super::{Finding, Kept, Law, fold, hold, merged, plan};
use crate::arbitrary::Case;

pub const WORST_FIRST: Law = Law { name: "worst first", check: worst_first };

#[test]
fn evidence_is_the_worst_of_the_verdict_column() {
    hold(&WORST_FIRST);
}

/// More than any case has facts.
const ALL: u32 = 10_000;

fn is_adverse(outcome: &str, direction: Direction) -> bool {
    match direction {
        Direction::HigherIsBetter => outcome == "miss",
        Direction::LowerIsBetter => matches!(outcome, "hit" | "event" | "quantity"),
        Direction::Neither => false,
    }
}

fn worst_first(case: &Case, gauges: &[Gauge]) -> Finding {
    let case = &case.with_one_home_an_id();
    let history = History::of(&case.records);
    let facts = Facts::assemble(&case.records, &case.context, Some(&history));
    for gauge in gauges {
        let fail = |what: &str| Err(TestCaseError::fail(format!("{}: {what}", gauge.definition().id)));
        let total = plan(std::slice::from_ref(gauge), Window::All).by([]);
        let evidence = |fold: &Fold, limit: u32| -> Vec<Vec<Exemplar>> {
            let rows = Scorecard::of(fold, &total.clone().with_evidence(limit), &case.context).rows;
            rows.into_iter().filter_map(|row| row.evidence).collect()
        };
        let everything = evidence(&fold(&case.records, &total.clone().with_evidence(ALL), &case.context), ALL);
        // One cell may make a row a currency, with the same evidence in each.
        let mut cells = everything.clone();
        cells.dedup();
        let rank = |it: &Exemplar| (it.severity.rank(), it.id.as_bytes().to_vec(), it.posted_on);
        if !cells.iter().all(|cell| cell.is_sorted_by_key(rank)) {
            return fail("out of order");
        }
        let as_told =
            |it: &Exemplar| (it.id.to_string(), it.posted_on, it.outcome.name(), it.excess(case.context.as_of));
        let mut kept: Vec<_> = cells.iter().flatten().map(as_told).collect();
        let verdicts = gauge.verdicts(&facts, &case.context).into_iter();
        let adverse = verdicts.filter(|verdict| is_adverse(verdict.outcome, gauge.definition().direction));
        let mut listed: Vec<_> = adverse.map(|it| (it.id, it.posted_on, it.outcome, it.by)).collect();
        kept.sort_unstable();
        listed.sort_unstable();
        if kept != listed {
            return fail("not the adverse facts of the verdict column");
        }
        let few = 1 + (case.seed % 4) as u32;
        let limited = total.clone().with_evidence(few);
        let parts = split(&case.records, Kept::of(gauge), case.seed, 1 + case.seed % 5);
        let folds: Vec<Fold> =
            parts.iter().map(|part| Fold::of(part, &limited, Window::All, &case.context, Some(&history))).collect();
        let first: Vec<Vec<Exemplar>> =
            everything.iter().map(|cell| cell.iter().take(few as usize).cloned().collect()).collect();
        if evidence(&merged(&folds, &limited), few) != first {
            return fail("a split has other evidence");
        }
    }
    Ok(())
}
