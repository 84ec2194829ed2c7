//! Arguments: what stands in parentheses behind a KPI's name.

use crate::record::Duration;
use crate::state::Scale;

use super::{Definition, Kpi, KpiError};

const LASTING: &str = "a duration above 0 such as 24h";

/// A duration above 0.
pub(super) fn lasting(definition: &Definition, duration: Duration) -> Result<Duration, KpiError> {
    match duration {
        lasting if lasting > Duration::ZERO => Ok(lasting),
        other => Err(refused(definition, &other.to_string(), LASTING)),
    }
}

/// A KPI with a duration as it is written, or with its own where none is.
pub(super) fn with_lasting<K: Kpi + Default>(
    argument: Option<&str>,
    make: fn(Duration) -> Result<K, KpiError>,
) -> Result<K, KpiError> {
    let Some(text) = argument else { return Ok(K::default()) };
    let duration = text.parse().map_err(|_| refused(K::default().definition(), text, LASTING))?;
    make(duration)
}

/// A duration as a parameter of results.
pub(super) fn hours(duration: Duration) -> f64 {
    Scale::HOURS.quotient(duration.as_millis().into(), 1).unwrap_or_default()
}

/// An argument that a KPI does not take.
pub(super) fn refused(definition: &Definition, argument: &str, expected: &'static str) -> KpiError {
    KpiError::Argument { kpi: definition.id.to_owned(), argument: argument.to_owned(), expected }
}

/// Which shipments are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Counted {
    /// Those accepted, by the day of acceptance.
    #[default]
    Accepted,
    /// Those completed, by the day of completion.
    Completed,
    /// Those accepted and under way, by the day of acceptance.
    InFlight,
}

impl Counted {
    pub(super) const ALL: [Self; 3] = [Self::Accepted, Self::Completed, Self::InFlight];

    /// The name as an argument and in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Completed => "completed",
            Self::InFlight => "in_flight",
        }
    }
}
