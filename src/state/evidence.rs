use chrono::{Datelike, NaiveDate};

use crate::outcome::Severity;
use crate::record::{Duration, Instant, Text};

use super::wire::{Reader, WireError, Writer};
use super::{MeasureKind, UnlikeStates};

/// One adverse fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemplar {
    /// How bad.
    pub severity: Severity,
    /// Its identifier.
    pub id: Text,
    /// The posting date that tells waybills of one number apart.
    pub posted_on: Option<NaiveDate>,
    /// What it counted as.
    pub outcome: MeasureKind,
}

impl Exemplar {
    fn order(&self) -> impl Ord + '_ {
        (self.severity.rank(), self.id.as_bytes(), self.posted_on, self.outcome)
    }

    /// By how much it is adverse at an instant: grows only while it is unfinished.
    #[must_use]
    pub fn excess(&self, as_of: Instant) -> Option<Duration> {
        match self.severity {
            Severity::Unfinished { due } => Some(as_of.since(due)),
            Severity::By(excess) => Some(excess),
            Severity::Amount(_) | Severity::Unranked => None,
        }
    }
}

/// The worst adverse facts, at most so many: by severity, then by raw identifier. Deterministic, mergeable, bounded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    limit: u32,
    worst: Vec<Exemplar>, // ascending by order(), len <= limit
}

impl Evidence {
    /// Room for so many.
    #[must_use]
    pub fn new(limit: u32) -> Self {
        Self { limit, worst: Vec::new() }
    }

    /// Room for so many.
    #[must_use]
    pub fn limit(&self) -> u32 {
        self.limit
    }

    /// Bytes of memory it takes besides its own size.
    pub(super) fn heap_bytes(&self) -> usize {
        self.worst.capacity() * size_of::<Exemplar>()
    }

    /// The worst, worst first.
    #[must_use]
    pub fn worst(&self) -> &[Exemplar] {
        &self.worst
    }

    /// Takes in a fact. `describe` is called only if its severity could make the list.
    pub fn observe(&mut self, severity: Severity, describe: impl FnOnce() -> Exemplar) {
        let full = self.worst.len() >= self.limit as usize;
        let hopeless = full && self.worst.last().is_none_or(|last| severity.rank() > last.severity.rank());
        if !hopeless {
            self.insert(describe());
        }
    }

    fn insert(&mut self, exemplar: Exemplar) {
        let place = self.worst.partition_point(|held| held.order() <= exemplar.order());
        self.worst.insert(place, exemplar);
        self.worst.truncate(self.limit as usize);
    }

    /// Takes in another list.
    ///
    /// # Errors
    /// [`UnlikeStates`] where the limits differ.
    pub fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        if self.limit != other.limit {
            return Err(UnlikeStates::new("evidence", self.limit, other.limit));
        }
        for exemplar in &other.worst {
            self.insert(exemplar.clone());
        }
        Ok(())
    }

    /// Writes it.
    pub fn encode(&self, out: &mut Writer) {
        out.unsigned(self.limit);
        out.length(self.worst.len());
        for exemplar in &self.worst {
            let (class, _) = exemplar.severity.rank();
            out.unsigned(class);
            match exemplar.severity {
                Severity::Unfinished { due } => out.signed(due.as_millis()),
                Severity::By(excess) => out.signed(excess.as_millis()),
                Severity::Amount(amount) => out.signed(amount),
                Severity::Unranked => {}
            }
            out.text(&exemplar.id);
            out.option(exemplar.posted_on, |out, day| out.signed(day.num_days_from_ce()));
            out.unsigned(exemplar.outcome as u8);
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        let limit = u32::try_from(input.unsigned()?).map_err(|_| input.malformed("a limit beyond 32 bits"))?;
        let mut evidence = Self::new(limit);
        for _ in 0..input.length()? {
            let severity = match input.unsigned()? {
                0 => {
                    let due = Instant::from_millis(input.signed()?);
                    Severity::Unfinished { due: due.map_err(|_| input.malformed("an instant out of range"))? }
                }
                1 => Severity::By(Duration::from_millis(input.signed()?)),
                2 => Severity::Amount(input.signed()?),
                3 => Severity::Unranked,
                _ => return Err(input.malformed("no such severity")),
            };
            let id = input.text()?.into();
            let posted_on = input.option(|input| {
                let days = i32::try_from(input.signed()?).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
                days.ok_or_else(|| input.malformed("a date out of range"))
            })?;
            let outcome = match input.unsigned()? {
                0 => MeasureKind::Hit,
                1 => MeasureKind::Miss,
                2 => MeasureKind::Event,
                3 => MeasureKind::Exposure,
                4 => MeasureKind::Quantity,
                5 => MeasureKind::Open,
                _ => return Err(input.malformed("no such outcome")),
            };
            let exemplar = Exemplar { severity, id, posted_on, outcome };
            if evidence.worst.last().is_some_and(|last| last.order() > exemplar.order()) {
                return Err(input.malformed("evidence out of order"));
            }
            evidence.worst.push(exemplar);
        }
        if evidence.worst.len() > limit as usize {
            return Err(input.malformed("more evidence than its limit"));
        }
        Ok(evidence)
    }
}
