//! What one fact means for a KPI, and what the judgements over shipments share.
//!
//! Each `judge_…` file holds the specification's sentences on some KPIs, in their order: a function a KPI, from a fact and
//! the choices to a [`Judged`].

use chrono::NaiveDate;
use parcelgauge::record::{Claim, Complaint, Currency, CustomerId, Flow, Waybill};

use super::choices::{Choices, CohortDate, Storage};
use super::clock;
use super::promise::judged;
use super::trip::{Completion, Trip};
use super::watch::{at_most, if_so};

/// What one fact means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Hit,
    Miss,
    /// Above the line of a rate.
    Event,
    /// Below the line of a rate, or of money.
    Exposure,
    /// One more.
    Counted,
    /// A duration in milliseconds.
    Lasted(i64),
    /// Minor units.
    Paid(Currency, i64),
    /// Thousandths of a point above nought, and the thousandths there are.
    Stands(u64, u64),
    Promoter,
    Passive,
    Detractor,
    /// Undecided; under way since then, where an age is shown.
    Open(Option<i64>),
    /// Undecided, but on what is known it would count as this.
    Leans(Lean),
    Excluded(&'static str),
    Invalid(&'static str),
}

/// What an undecided fact would count as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    Hit,
    Miss,
    Exposure,
    Lasted(i64),
    Paid(Currency, i64),
}

impl Lean {
    /// What it counts as where the provisional figure is asked for.
    pub fn counted(self) -> Verdict {
        match self {
            Self::Hit => Verdict::Hit,
            Self::Miss => Verdict::Miss,
            Self::Exposure => Verdict::Exposure,
            Self::Lasted(millis) => Verdict::Lasted(millis),
            Self::Paid(currency, minor_units) => Verdict::Paid(currency, minor_units),
        }
    }
}

impl Verdict {
    /// The group of a shipment that comes to this.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Open(_) | Self::Leans(_) => "open",
            Self::Excluded(_) => "excluded",
            Self::Invalid(_) => "invalid",
            other => panic!("no share counts {other:?}"),
        }
    }

    /// The same once it is decided; until then open, leaning to it. What would be left out stays open, leaning to nothing.
    pub fn once(self, is_decided: bool) -> Self {
        match self {
            decided if is_decided => decided,
            Self::Hit => Self::Leans(Lean::Hit),
            Self::Miss => Self::Leans(Lean::Miss),
            Self::Exposure => Self::Leans(Lean::Exposure),
            Self::Lasted(millis) => Self::Leans(Lean::Lasted(millis)),
            Self::Paid(currency, minor_units) => Self::Leans(Lean::Paid(currency, minor_units)),
            Self::Open(_) | Self::Excluded(_) | Self::Invalid(_) => Self::Open(None),
            other => panic!("no figure waits with {other:?}"),
        }
    }
}

/// What one fact means, on which day, and what is to be known beside it.
#[derive(Debug)]
pub struct Judged {
    pub day: Option<NaiveDate>,
    pub verdict: Verdict,
    pub notes: Vec<&'static str>,
}

/// A waybill with its trip and what hangs on it.
#[derive(Debug)]
pub struct Shipment<'a> {
    pub waybill: &'a Waybill,
    pub trip: Trip<'a>,
    pub cases: Vec<&'a Complaint>,
    pub claims: Vec<&'a Claim>,
}

impl Shipment<'_> {
    /// Why it is not of the accepted forward shipments, if it is not.
    pub fn outside(&self) -> Option<&'static str> {
        if self.waybill.flow != Flow::Forward {
            Some("not_forward")
        } else if self.trip.is_cancelled_before_collection() {
            Some("cancelled")
        } else if self.trip.accepted.is_none() {
            Some("never_collected")
        } else {
            None
        }
    }

    /// When it was accepted, or why it is not of the population.
    pub fn acceptance(&self) -> Result<i64, Verdict> {
        match (self.outside(), self.trip.accepted) {
            (None, Some(accepted)) => Ok(accepted),
            (reason, _) => Err(Verdict::Excluded(reason.unwrap_or("never_collected"))),
        }
    }

    /// The same, unless force majeure spares it, whenever it befell it, and the adjusted figure is asked for.
    pub fn unspared(&self, choices: &Choices) -> Result<i64, Verdict> {
        let accepted = self.acceptance()?;
        let is_spared = choices.adjusted && self.trip.force_majeure.is_some();
        if is_spared { Err(Verdict::Excluded("force_majeure")) } else { Ok(accepted) }
    }

    /// The same, but what befell it after its completion spares it nothing.
    pub fn unspared_on_the_way(&self, storage: Storage, choices: &Choices) -> Result<i64, Verdict> {
        let befell = self.trip.force_majeure.zip(self.trip.completion(storage));
        let is_later =
            befell.is_some_and(|(at, done)| !at_most("force majeure at completion", at, done.scanned.occurred));
        if if_so("force majeure after completion", is_later) { self.acceptance() } else { self.unspared(choices) }
    }

    /// Nothing more is to come of it: completed, returned, lost or cancelled.
    pub fn has_ended(&self, storage: Storage) -> bool {
        self.trip.completion(storage).is_some() || self.trip.end().is_some()
    }

    /// The day by which it falls into a window.
    pub fn day_by(&self, cohort: CohortDate, storage: Storage, choices: &Choices) -> Option<NaiveDate> {
        let instant = match cohort {
            CohortDate::Due => return judged(self.waybill, choices).map(|promise| promise.due(choices)),
            CohortDate::Ordered => self.trip.ordered.map(|ordered| ordered.occurred),
            CohortDate::Accepted => self.trip.accepted,
            CohortDate::Completed => self.trip.completion(storage).map(|completion| completion.scanned.at),
        };
        instant.map(|instant| clock::date(choices.zone, instant))
    }

    /// Its day, its verdict, and notes where it is of the population.
    pub fn judged(
        &self,
        possible: &[CohortDate],
        storage: Storage,
        choices: &Choices,
        verdict: Verdict,
        notes: Vec<&'static str>,
    ) -> Judged {
        let day = self.day_by(choices.cohort_of(possible), storage, choices);
        let notes = if self.outside().is_none() { notes } else { Vec::new() };
        Judged { day, verdict, notes }
    }

    /// Notes that acceptance had to be inferred.
    pub fn start_notes(&self) -> Vec<&'static str> {
        if self.trip.is_inferred() { vec!["inferred_acceptance"] } else { Vec::new() }
    }

    /// Notes on how the trip ended.
    pub fn end_notes(&self, storage: Storage) -> Vec<&'static str> {
        let Some(Completion { scanned, consent_unknown, .. }) = self.trip.completion(storage) else {
            return Vec::new();
        };
        let mut notes = Vec::new();
        if consent_unknown {
            notes.push("consent_unknown");
        }
        if scanned.anomalous {
            notes.push("anomalous_completion");
        }
        notes
    }

    /// Notes on start and end.
    pub fn trip_notes(&self, storage: Storage) -> Vec<&'static str> {
        [self.start_notes(), self.end_notes(storage)].concat()
    }

    /// Whose order it is.
    pub fn customer(&self, choices: &Choices) -> Option<&CustomerId> {
        if choices.of_recipient { self.waybill.recipient.as_ref() } else { self.waybill.customer.as_ref() }
    }
}
