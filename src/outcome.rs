//! What one fact means for one KPI.
//!
//! A KPI's `outcome` function is the only place with meaning: the five numbers, the verdict column and the evidence all
//! derive from what it returns. The law of time holds for every KPI: with the same records known, a measure stays the
//! same at every later `as_of`, an open outcome stays open before its `until`, and leans to the same before the `until` of
//! its leaning.
//!
//! What this room does not do: it counts nothing; that is the states' part.

use std::fmt;

use crate::record::{Duration, Instant};

/// A stable `snake_case` word of results: a reason for leaving a fact out, or a note on one that is in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(&'static str);

impl Term {
    /// A word of the caller's own.
    #[must_use]
    pub const fn new(word: &'static str) -> Self {
        Self(word)
    }

    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Not a forward shipment.
    pub const NOT_FORWARD: Self = Self::new("not_forward");
    /// Cancelled before it was collected.
    pub const CANCELLED: Self = Self::new("cancelled");
    /// Never handled.
    pub const NEVER_COLLECTED: Self = Self::new("never_collected");
    /// No promise was given.
    pub const NO_PROMISE: Self = Self::new("no_promise");
    /// Tried in time; then cancelled, redirected, refused or returned on the customer's account.
    pub const CUSTOMER_RETURN: Self = Self::new("customer_return");
    /// Not delivered, and the figure asked for is over delivered ones only.
    pub const NOT_DELIVERED: Self = Self::new("not_delivered");
    /// Returned to the sender.
    pub const RETURNED: Self = Self::new("returned");
    /// Declared lost.
    pub const LOST: Self = Self::new("lost");
    /// Completed, and the figure is of what is under way.
    pub const COMPLETED: Self = Self::new("completed");
    /// Never put into a locker or station.
    pub const NOT_STORED: Self = Self::new("not_stored");
    /// Filled in by the system because the customer did not answer.
    pub const SYSTEM_DEFAULT: Self = Self::new("system_default");
    /// An answer to a question the figure does not read.
    pub const OTHER_QUESTION: Self = Self::new("other_question");
    /// Not the latest rating of its waybill, where only that one counts.
    pub const NOT_LATEST: Self = Self::new("not_latest");
    /// No customer is recorded.
    pub const NO_CUSTOMER: Self = Self::new("no_customer");
    /// Refused at the first attempt.
    pub const REFUSED: Self = Self::new("refused");
    /// Ended without any attempt to deliver it.
    pub const NO_ATTEMPT: Self = Self::new("no_attempt");
    /// Completed in time, and the figure is over late ones.
    pub const ON_TIME: Self = Self::new("on_time");
    /// The city of origin or of destination is not recorded.
    pub const NO_CITY: Self = Self::new("no_city");
    /// Sent within one city.
    pub const SAME_CITY: Self = Self::new("same_city");
    /// No time was planned for the stage, or not for all of the leg or the way.
    pub const NO_PLAN: Self = Self::new("no_plan");
    /// Affected by force majeure, and the figure asked for leaves such shipments out.
    pub const FORCE_MAJEURE: Self = Self::new("force_majeure");
    /// About no waybill that is known.
    pub const UNASSIGNED: Self = Self::new("unassigned");
    /// Came after the horizon, and the figure asked for counts what came within it.
    pub const AFTER_HORIZON: Self = Self::new("after_horizon");
    /// No order is recorded.
    pub const NO_ORDER: Self = Self::new("no_order");
    /// A case of a class the figure does not count.
    pub const OTHER_CLASS: Self = Self::new("other_class");

    /// No obligation to pay is confirmed.
    pub const NOT_CONFIRMED: Self = Self::new("not_confirmed");
    /// Not resolved, and the figure is over resolved cases.
    pub const NOT_RESOLVED: Self = Self::new("not_resolved");
    /// Given up by the customer.
    pub const WITHDRAWN: Self = Self::new("withdrawn");

    /// Steps that cannot be in their order, or by their actors.
    pub const ILLEGAL_HISTORY: Self = Self::new("illegal_history");
    /// No steps are recorded, and the figure is told by them alone.
    pub const NO_STEPS: Self = Self::new("no_steps");
    /// No calendar of the name that the policy gives.
    pub const NO_CALENDAR: Self = Self::new("no_calendar");
    /// The calendar does not know the days that count.
    pub const OUTSIDE_CALENDAR: Self = Self::new("outside_calendar");
    /// Accepted, but no collection scan: durations from collection cannot be had.
    pub const NO_COLLECTION: Self = Self::new("no_collection");
    /// A scan without the clock of its recording.
    pub const NO_RECORDING_CLOCK: Self = Self::new("no_recording_clock");
    /// An answer on a scale that the figure cannot read.
    pub const OTHER_SCALE: Self = Self::new("other_scale");
    /// A clock that cannot be right bounds the duration.
    pub const CLOCK_ANOMALY: Self = Self::new("clock_anomaly");

    /// An end of the stage (of a leg or the whole way: of one of its stages) was not scanned, was scanned out of order, or
    /// has a clock that cannot be right.
    pub const NO_STAGE_TIME: Self = Self::new("no_stage_time");

    /// Note: acceptance inferred from the first handling.
    pub const INFERRED_ACCEPTANCE: Self = Self::new("inferred_acceptance");
    /// Note: the promise lies before collection.
    pub const PROMISE_BEFORE_COLLECTION: Self = Self::new("promise_before_collection");
    /// Note: the customer moved the promise.
    pub const PROMISE_MOVED_BY_CUSTOMER: Self = Self::new("promise_moved_by_customer");
    /// Note: the carrier moved the promise.
    pub const PROMISE_MOVED_BY_CARRIER: Self = Self::new("promise_moved_by_carrier");
    /// Note: stored, and nobody recorded whether the recipient had agreed.
    pub const CONSENT_UNKNOWN: Self = Self::new("consent_unknown");
    /// Note: the completing scan's clock is in doubt.
    pub const ANOMALOUS_COMPLETION: Self = Self::new("anomalous_completion");
    /// Note: declared lost, then handled again.
    pub const FOUND_AFTER_LOST: Self = Self::new("found_after_lost");
    /// Note: one of several passages that its shipment may have in the figure.
    pub const ONE_OF_SEVERAL: Self = Self::new("one_of_several");
    /// Note: still open, and counted as what it leans to, since the provisional figure was asked for.
    pub const PROVISIONAL: Self = Self::new("provisional");
    /// Note: days went into it of which the calendar answers provisionally.
    pub const PROVISIONAL_CALENDAR: Self = Self::new("provisional_calendar");
    /// Note: counted as lost for its silence, not declared lost.
    pub const PRESUMED_LOST: Self = Self::new("presumed_lost");
}

impl fmt::Debug for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How bad an adverse fact is, worst first. It does not move with `as_of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Still not done; was due at this instant. Ranks above everything done; the earliest due first.
    Unfinished {
        /// When it was due.
        due: Instant,
    },
    /// Done, too late or too long by this much; the most first.
    By(Duration),
    /// So much money, or so much of what else a KPI's page names; the most first.
    Amount(i64),
    /// No measure of badness; ids decide.
    Unranked,
}

impl Severity {
    /// Sorting key: the worst has the least.
    #[must_use]
    pub fn rank(self) -> (u8, i64) {
        match self {
            Self::Unfinished { due } => (0, due.as_millis()),
            Self::By(excess) => (1, excess.as_millis().saturating_neg()),
            Self::Amount(amount) => (2, amount.saturating_neg()),
            Self::Unranked => (3, 0),
        }
    }
}

/// What an open fact would count as, were it decided on what is known now. Provisional figures count it.
///
/// What is not yet due leans to nothing: that it is not done says nothing yet. Nor does leaning tell of facts that would
/// be left out, were they decided now: these stay open.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaning<M> {
    /// The measure it leans to, and how bad that is; none where it leans to nothing.
    pub towards: Option<(M, Severity)>,
    /// When that would change if no further record came; none if not before the fact is decided.
    pub until: Option<Instant>,
}

impl<M> Leaning<M> {
    /// To nothing, until a record comes or the fact is decided.
    pub const NOWHERE: Self = Self { towards: None, until: None };
}

/// What one fact means for one KPI.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub enum Outcome<M> {
    /// Decided: it counts as `measure`.
    Measured {
        /// What it counts as.
        measure: M,
        /// How bad it is, should it be adverse.
        severity: Severity,
    },
    /// Undecided at `as_of`.
    Open {
        /// When it would be decided if no further record came; none if only a record can decide.
        until: Option<Instant>,
        /// Since when it has been under way, for figures that show the age.
        since: Option<Instant>,
        /// What it would count as, were it decided now.
        leaning: Leaning<M>,
    },
    /// Not of the population, for a reason that lies in the fact.
    Excluded(Term),
    /// Of the population, but its records cannot be used, for a reason that lies in the data.
    Invalid(Term),
}

impl<M> Outcome<M> {
    /// Decided, with no rank among adverse facts.
    pub fn measured(measure: M) -> Self {
        Self::Measured { measure, severity: Severity::Unranked }
    }
    /// Decided, so bad.
    pub fn ranked(measure: M, severity: Severity) -> Self {
        Self::Measured { measure, severity }
    }
    /// The same outcome of another measure.
    pub fn map<N>(self, change: impl FnOnce(M) -> N) -> Outcome<N> {
        match self {
            Self::Measured { measure, severity } => Outcome::Measured { measure: change(measure), severity },
            Self::Open { until, since, leaning } => {
                let towards = leaning.towards.map(|(measure, severity)| (change(measure), severity));
                Outcome::Open { until, since, leaning: Leaning { towards, until: leaning.until } }
            }
            Self::Excluded(reason) => Outcome::Excluded(reason),
            Self::Invalid(reason) => Outcome::Invalid(reason),
        }
    }
    /// Undecided until an instant.
    pub fn open_until(until: Instant) -> Self {
        Self::Open { until: Some(until), since: None, leaning: Leaning::NOWHERE }
    }
    /// Undecided until a record comes, with no age to show.
    pub fn open() -> Self {
        Self::Open { until: None, since: None, leaning: Leaning::NOWHERE }
    }
    /// Undecided until a record comes.
    pub fn open_since(since: Instant) -> Self {
        Self::Open { until: None, since: Some(since), leaning: Leaning::NOWHERE }
    }
    /// This outcome from an instant on; before it open, leaning to this.
    ///
    /// ```
    /// use parcelgauge::outcome::{Leaning, Outcome, Severity};
    /// use parcelgauge::record::Duration;
    /// use parcelgauge::state::Verdict;
    /// let due = "2026-10-02T00:00:00Z".parse()?;
    /// let delivered = Outcome::measured(Verdict::Hit);
    /// assert_eq!(delivered.clone().settling(due, due), delivered);
    /// let leaning = Leaning { towards: Some((Verdict::Hit, Severity::Unranked)), until: None };
    /// let before = due.saturating_sub(Duration::from_millis(1));
    /// assert_eq!(delivered.settling(due, before), Outcome::Open { until: Some(due), since: None, leaning });
    /// # Ok::<(), parcelgauge::record::RecordError>(())
    /// ```
    pub fn settling(self, until: Instant, as_of: Instant) -> Self {
        if as_of < until { self.undecided(Some(until)) } else { self }
    }
    /// Open, leaning to what this outcome says so far; until an instant, or until a record comes.
    pub fn undecided(self, until: Option<Instant>) -> Self {
        let leaning = match self {
            Self::Measured { measure, severity } => Leaning { towards: Some((measure, severity)), until: None },
            Self::Open { leaning, .. } => leaning,
            Self::Excluded(_) | Self::Invalid(_) => Leaning::NOWHERE,
        };
        Self::Open { until, since: None, leaning }
    }
    /// The same; if it is open, its leaning changes at an instant.
    pub fn turning(mut self, at: Instant) -> Self {
        if let Self::Open { leaning, .. } = &mut self {
            leaning.until = Some(at);
        }
        self
    }
}
