//! What the figure asked for reads: outcomes matured or provisional, of pieces or of consignments.

use chrono::NaiveDate;

use crate::outcome::{Outcome, Term};
use crate::record::{Instant, Text};
use crate::state::{Cell, Measure, State};

use super::table::is_adverse;
use super::{Direction, Kpi, Maturity, Policies, PolicyName, ShipmentUnit};

/// An outcome under the policy on maturity. Meaning stays with the KPI: this only chooses between what it said.
pub(super) struct Reading<M> {
    /// What is counted.
    pub(super) outcome: Outcome<M>,
    /// The first instant at which that would change if no further record came.
    pub(super) holds_until: Option<Instant>,
    /// Whether it is still open and counted as what it leans to.
    pub(super) provisional: bool,
}

impl<M: Measure> Reading<M> {
    pub(super) fn of(outcome: Outcome<M>, maturity: Maturity) -> Self {
        match (outcome, maturity) {
            (Outcome::Open { until, leaning, since }, Maturity::Provisional) => {
                let holds_until = [until, leaning.until].into_iter().flatten().min();
                let provisional = leaning.towards.is_some();
                let outcome = match leaning.towards {
                    Some((measure, severity)) => Outcome::Measured { measure, severity },
                    None => Outcome::Open { until, since, leaning },
                };
                Self { outcome, holds_until, provisional }
            }
            (outcome, _) => {
                let holds_until = if let Outcome::Open { until, .. } = outcome { until } else { None };
                Self { outcome, holds_until, provisional: false }
            }
        }
    }

    /// Counts it in a cell. `describe` is asked if it is adverse and evidence is kept.
    pub(super) fn count_in<S: State<Measure = M>>(
        self,
        cell: &mut Cell<S>,
        direction: Direction,
        describe: impl FnOnce() -> (Text, Option<NaiveDate>),
    ) {
        if self.provisional {
            cell.note(&Term::PROVISIONAL);
        }
        cell.observe(self.outcome, |measure| is_adverse(measure.kind(), direction), describe);
    }
}

impl Policies {
    /// Whether an outcome counts in the figure: decided, or leaning somewhere in a provisional one.
    pub(super) fn counts<M>(&self, outcome: &Outcome<M>) -> bool {
        match outcome {
            Outcome::Measured { .. } => true,
            Outcome::Open { leaning, .. } => self.maturity == Maturity::Provisional && leaning.towards.is_some(),
            Outcome::Excluded(_) | Outcome::Invalid(_) => false,
        }
    }
}

/// The policies of a KPI, if it reads one of the name. What it does not read is not shown and must not be followed.
fn reading<K: Kpi>(kpi: &K, name: PolicyName) -> Option<&Policies> {
    kpi.policies().filter(|_| kpi.definition().policies.contains(&name))
}

/// The maturity asked of a KPI.
pub(super) fn maturity_of(kpi: &impl Kpi) -> Maturity {
    reading(kpi, PolicyName::Maturity).map_or_else(Maturity::default, |policies| policies.maturity)
}

/// The unit asked of a KPI over shipments.
pub(super) fn unit_of(kpi: &impl Kpi) -> ShipmentUnit {
    reading(kpi, PolicyName::Unit).map_or_else(ShipmentUnit::default, |policies| policies.unit)
}
