//! How a KPI looks at one kind of fact: the loops with meaning, one a (KPI, kind of fact).
//!
//! All the rest of a fold depends on the type of the state only. So the code here is compiled once for every KPI, and is kept
//! to what asks the KPI.

use std::marker::PhantomData;

use crate::fact::{Context, Fact, Facts};
use crate::outcome::Term;
use crate::state::State;

use super::cell_grid::CellGrid;
use super::reading::{Reading, maturity_of};
use super::{FactBatch, Observe, RecordVerdict, ShipmentOutcome};

/// A KPI looking at facts of one kind, both type erased: one call a batch, never one a fact.
pub trait Look<S: State>: Send + Sync {
    /// Takes the facts of a batch into cells.
    fn observe(&self, batch: &FactBatch<'_>, at: &Context, grid: &mut CellGrid<S>);

    /// Says what each of them means, in their order.
    fn judge(&self, facts: &Facts<'_>, at: &Context, verdicts: &mut Vec<RecordVerdict>);

    /// What each of them comes to in a word, in their order; none for one that the KPI is not about.
    fn outcomes(&self, facts: &Facts<'_>, at: &Context) -> Vec<Option<ShipmentOutcome>>;
}

/// A KPI looking at each fact of one kind by itself.
pub(super) struct EachFact<K, F> {
    kpi: K,
    facts: PhantomData<fn(&F)>,
}

impl<K, F> EachFact<K, F> {
    pub(super) fn by(kpi: K) -> Self {
        Self { kpi, facts: PhantomData }
    }
}

impl<K: Observe<F>, F: Fact> Look<K::State> for EachFact<K, F> {
    fn observe(&self, batch: &FactBatch<'_>, at: &Context, grid: &mut CellGrid<K::State>) {
        let kpi = &self.kpi;
        let (direction, maturity) = (kpi.definition().direction, maturity_of(kpi.definition(), kpi.policies()));
        let mut take = |fact: &F, group: u32| {
            if kpi.is_about(fact, at) {
                let read = Reading::of(kpi.outcome(fact, at), maturity);
                let cell = grid.place(group, kpi.cohort(fact, at), read.holds_until);
                kpi.notes(fact, at, &mut |note: &Term| cell.note(note));
                read.count_in(cell, direction, &|| (fact.id().into(), fact.posted_on()));
            }
        };
        let groups = batch.groups_of(F::KIND);
        for (place, fact) in F::among(batch.facts).iter().enumerate() {
            for &group in groups.of(place) {
                take(fact, group);
            }
        }
    }

    fn judge(&self, facts: &Facts<'_>, at: &Context, verdicts: &mut Vec<RecordVerdict>) {
        let kpi = &self.kpi;
        let maturity = maturity_of(kpi.definition(), kpi.policies());
        for fact in F::among(facts) {
            if kpi.is_about(fact, at) {
                let read = Reading::of(kpi.outcome(fact, at), maturity);
                let (id, posted_on) = (fact.id().into_owned(), fact.posted_on());
                verdicts.push(RecordVerdict::told(F::KIND, id, posted_on, kpi.cohort(fact, at), read, at));
            }
        }
    }

    fn outcomes(&self, facts: &Facts<'_>, at: &Context) -> Vec<Option<ShipmentOutcome>> {
        let kpi = &self.kpi;
        let maturity = maturity_of(kpi.definition(), kpi.policies());
        let told = |fact| ShipmentOutcome::of(Reading::of(kpi.outcome(fact, at), maturity));
        F::among(facts).iter().map(|fact| kpi.is_about(fact, at).then(|| told(fact))).collect()
    }
}
