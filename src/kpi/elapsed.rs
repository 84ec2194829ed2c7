//! Durations between two milestones, and what becomes of those that a doubtful clock bounds.

use crate::journey::Milestone;
use crate::outcome::Term;
use crate::record::{Duration, Instant};

use super::{Anomalies, Policies};

impl Policies {
    /// The instant a duration is counted from.
    ///
    /// # Errors
    /// [`Term::CLOCK_ANOMALY`] where the clock is in doubt and the policy leaves such durations out.
    pub(super) fn start(&self, start: Milestone) -> Result<Instant, Term> {
        match self.anomalies {
            Anomalies::Keep => Ok(start.occurred_at),
            Anomalies::Exclude if start.anomalous => Err(Term::CLOCK_ANOMALY),
            Anomalies::Exclude => Ok(start.at),
        }
    }

    /// The time between two milestones.
    ///
    /// # Errors
    /// [`Term::CLOCK_ANOMALY`] where a clock is in doubt or the end lies before the start, and the policy leaves such
    /// durations out.
    pub(super) fn elapsed(&self, start: Milestone, end: Milestone) -> Result<Duration, Term> {
        match self.anomalies {
            Anomalies::Keep => Ok(end.occurred_at.since(start.occurred_at)),
            Anomalies::Exclude if start.anomalous || end.anomalous || end.at < start.at => Err(Term::CLOCK_ANOMALY),
            Anomalies::Exclude => Ok(end.at.since(start.at)),
        }
    }
}
