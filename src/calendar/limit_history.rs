//! A time limit that changes.

use std::collections::BTreeMap;

use super::{AfterReopening, Answer, CalendarError, Stopwatch, TimeLimit, WorkingCalendar};
use crate::record::Instant;

/// What a new limit means for what is under way when it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum UnderWay {
    /// Nothing: a case keeps the limit it was opened under.
    #[default]
    KeepsItsLimit,
    /// It holds at once, counted from the opening; yet nothing is late before the change itself. A case whose limit had
    /// passed by then is late already and stays so.
    TakesTheNewOne,
}

/// A time limit with its changes.
///
/// ```
/// use parcelgauge::calendar::{AfterReopening, CalendarRules, LimitHistory, Stopwatch, UnderWay, Week};
/// use parcelgauge::record::Zone;
/// let calendar = CalendarRules::new(Zone::UTC, Week::closed()).build()?;
/// let agreed = LimitHistory::new("48h".parse()?).with_change("2026-07-01T00:00:00Z".parse()?, "24h".parse()?);
/// let case = Stopwatch::opened("2026-06-30T10:00:00Z".parse()?);
/// let as_of = "2026-07-10T00:00:00Z".parse()?;
/// let due = |under_way| agreed.deadline(&case, &calendar, as_of, AfterReopening::Resume, under_way);
/// assert_eq!(due(UnderWay::KeepsItsLimit)?.value, "2026-07-02T10:00:00Z".parse()?);
/// assert_eq!(due(UnderWay::TakesTheNewOne)?.value, "2026-07-01T10:00:00Z".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitHistory {
    first: TimeLimit,
    changes: BTreeMap<Instant, TimeLimit>,
}

impl LimitHistory {
    /// One limit that never changed.
    #[must_use]
    pub fn new(limit: TimeLimit) -> Self {
        Self { first: limit, changes: BTreeMap::new() }
    }

    /// Another limit from an instant on.
    #[must_use]
    pub fn with_change(mut self, from: Instant, limit: TimeLimit) -> Self {
        self.changes.insert(from, limit);
        self
    }

    /// The limit in force at an instant.
    #[must_use]
    pub fn in_force(&self, at: Instant) -> TimeLimit {
        self.changes.range(..=at).next_back().map_or(self.first, |(_, &limit)| limit)
    }

    /// The last instant in time for a case, by the limits known at `as_of`.
    ///
    /// # Errors
    /// As [`Stopwatch::deadline`].
    pub fn deadline(
        &self,
        case: &Stopwatch,
        calendar: &WorkingCalendar,
        as_of: Instant,
        reopening: AfterReopening,
        under_way: UnderWay,
    ) -> Result<Answer<Instant>, CalendarError> {
        let by = |limit| case.deadline(limit, calendar, as_of, reopening);
        let opened = case.opened_at();
        let mut due = by(self.in_force(opened))?;
        if under_way == UnderWay::KeepsItsLimit {
            return Ok(due);
        }
        let later = self.changes.iter().filter(|&(&from, _)| opened < from && from <= as_of);
        for (&from, &limit) in later {
            if due.value < from {
                break;
            }
            let certainty = due.certainty;
            due = by(limit)?.map(|at| at.max(from)).no_surer_than(certainty);
        }
        Ok(due)
    }
}
