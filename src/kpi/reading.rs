//! What the figure asked for reads: outcomes matured or provisional, of pieces or of consignments.

use chrono::NaiveDate;

use crate::outcome::{Outcome, Term};
use crate::record::{Instant, Text};
use crate::state::{Cell, Measure, MeasureKind, State};

use super::{Definition, Direction, Maturity, Policies, PolicyName, ShipmentUnit};

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
    #[inline]
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
        describe: &dyn Fn() -> (Text, Option<NaiveDate>),
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

/// The policies a KPI holds, if it reads one of the name. What it does not read is not shown and must not be followed.
fn reading<'p>(name: PolicyName, definition: &Definition, policies: Option<&'p Policies>) -> Option<&'p Policies> {
    policies.filter(|_| definition.policies.contains(&name))
}

/// The maturity asked of a KPI.
pub(super) fn maturity_of(definition: &Definition, policies: Option<&Policies>) -> Maturity {
    reading(PolicyName::Maturity, definition, policies).map_or_else(Maturity::default, |policies| policies.maturity)
}

/// The unit asked of a KPI over shipments.
pub(super) fn unit_of(definition: &Definition, policies: Option<&Policies>) -> ShipmentUnit {
    reading(PolicyName::Unit, definition, policies).map_or_else(ShipmentUnit::default, |policies| policies.unit)
}

/// Whether a measure counts against the KPI: what evidence lists.
pub(super) fn is_adverse(kind: MeasureKind, direction: Direction) -> bool {
    match direction {
        Direction::HigherIsBetter => kind == MeasureKind::Miss,
        Direction::LowerIsBetter => matches!(kind, MeasureKind::Hit | MeasureKind::Event | MeasureKind::Quantity),
        Direction::Neither => false,
    }
}
