//! Outcomes as the figure asked for reads them: matured or provisional.

use crate::outcome::Outcome;
use crate::record::Instant;

use super::{Kpi, Maturity, PolicyName};

/// An outcome under the policy on maturity. Meaning stays with the KPI: this only chooses between what it said.
pub(super) struct Reading<M> {
    /// What is counted.
    pub(super) outcome: Outcome<M>,
    /// The first instant at which that would change if no further record came.
    pub(super) holds_until: Option<Instant>,
    /// Whether it is still open and counted as what it leans to.
    pub(super) provisional: bool,
}

impl<M> Reading<M> {
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
}

/// The maturity asked of a KPI; one that does not read the policy waits.
pub(super) fn maturity_of(kpi: &impl Kpi) -> Maturity {
    let is_read = kpi.definition().policies.contains(&PolicyName::Maturity);
    kpi.policies().filter(|_| is_read).map_or(Maturity::Matured, |policies| policies.maturity)
}
