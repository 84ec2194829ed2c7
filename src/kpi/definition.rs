//! What a KPI is: its published definition, and what one fact means for it.

use chrono::NaiveDate;

use crate::fact::{Context, Fact, Shipment};
use crate::journey::StorageCompletes;
use crate::outcome::{Outcome, Term};
use crate::record::RecordKind;
use crate::state::{Scale, State};

use super::{KpiError, Params, Policies, Policy, PolicyName};

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// ↑
    HigherIsBetter,
    /// ↓
    LowerIsBetter,
    /// – a target is a band.
    Neither,
}

impl Direction {
    /// The sign in tables.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::HigherIsBetter => "↑",
            Self::LowerIsBetter => "↓",
            Self::Neither => "–",
        }
    }
}

/// The kinds of figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// Facts that hit over facts.
    Share,
    /// Events over exposure.
    Rate,
    /// Sum over sum.
    Ratio,
    /// Mean, quantiles, maximum.
    Distribution,
    /// A plain count.
    Count,
    /// Promoters less detractors.
    Nps,
}

impl FigureKind {
    /// The name in the catalogue.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Rate => "rate",
            Self::Ratio => "ratio",
            Self::Distribution => "distribution",
            Self::Count => "count",
            Self::Nps => "nps",
        }
    }
}

/// The unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// A plain quotient: 0.98 is 98 %.
    Ratio,
    /// Hours, out of milliseconds.
    Hours,
    /// Money per ten thousand shipments, in whole units of the row's currency.
    MoneyPer10k,
    /// Points out of a hundred.
    Points,
    /// Pieces.
    Pieces,
}

impl Unit {
    /// The name in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Hours => "hours",
            Self::MoneyPer10k => "money_per_10k",
            Self::Points => "points",
            Self::Pieces => "pieces",
        }
    }
    /// From the state's whole numbers to the unit.
    #[must_use]
    pub fn scale(self) -> Scale {
        match self {
            Self::Ratio | Self::Pieces => Scale::ONE,
            Self::Points => Scale::PERCENT,
            Self::Hours => Scale::HOURS,
            Self::MoneyPer10k => Scale::PER_10K,
        }
    }
}

/// The date by which a fact falls into a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cohort {
    /// Of the order.
    Ordered,
    /// Of acceptance.
    Accepted,
    /// Of the promise judged.
    Due,
    /// Of completion.
    Completed,
    /// Of a case's opening.
    Opened,
    /// Of a payment.
    Paid,
    /// Of a claim's filing.
    Filed,
    /// Of the confirmation that a claim is owed.
    Confirmed,
    /// Of a rating.
    Rated,
    /// Of an event.
    Occurred,
}

impl Cohort {
    const ALL: [Self; 10] = [
        Self::Ordered,
        Self::Accepted,
        Self::Due,
        Self::Completed,
        Self::Opened,
        Self::Paid,
        Self::Filed,
        Self::Confirmed,
        Self::Rated,
        Self::Occurred,
    ];

    /// The name in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Accepted => "accepted",
            Self::Due => "due",
            Self::Completed => "completed",
            Self::Opened => "opened",
            Self::Paid => "paid",
            Self::Filed => "filed",
            Self::Confirmed => "confirmed",
            Self::Rated => "rated",
            Self::Occurred => "occurred",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cohort| cohort.name() == name)
    }
}

impl Shipment {
    /// The reporting day by which this shipment falls into a window; none for cohorts that are no date of a shipment,
    /// and for [`Cohort::Due`], which depends on the policies on promises.
    pub(super) fn date_by(&self, cohort: Cohort, storage: StorageCompletes, at: &Context) -> Option<NaiveDate> {
        match cohort {
            Cohort::Ordered => self.ordered_on(at),
            Cohort::Accepted => self.accepted_on(at),
            Cohort::Completed => self.completed_on(storage, at),
            _ => None,
        }
    }
}

/// A KPI's published definition: data, so that a report can print it and an auditor can hold us to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// The stable name: `on_time_delivery_rate`.
    pub id: &'static str,
    /// Grows with any change of meaning.
    pub version: u32,
    /// English name.
    pub name_en: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// What is divided by what, in words.
    pub formula: &'static str,
    /// What kind of figure.
    pub kind: FigureKind,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// The cohorts it can be had by, its own first.
    pub cohorts: &'static [Cohort],
    /// The record kinds without which there is no value.
    pub needs: &'static [RecordKind],
    /// The policies it reads.
    pub policies: &'static [PolicyName],
    /// Whether its facts come in clusters (scans of one waybill), so that its interval is too narrow.
    pub clustered: bool,
    /// Whether it looks at what other shipments of a customer came before.
    pub looks_back: bool,
    /// Where the definition comes from.
    pub source: &'static str,
}

impl Definition {
    /// Whether a parameter of its results is one of its policies; else it is an argument, such as the hours of a rate
    /// within hours.
    #[must_use]
    pub fn is_policy(&self, param: &str) -> bool {
        let policies = Policies::by(self.cohorts.first().copied().unwrap_or(Cohort::Occurred));
        self.shown(&policies).get(param).is_some()
    }

    /// The policies it reads, out of those held.
    fn shown(&self, policies: &Policies) -> Params {
        let mut shown = Params::default();
        self.policies.iter().for_each(|&name| policies.show(name, &mut shown));
        shown
    }

    /// Refuses a policy that it does not read, and a cohort that it cannot be had by.
    fn check(&self, policy: Policy) -> Result<(), KpiError> {
        if !self.policies.contains(&policy.name()) {
            return Err(self.not_read(policy));
        }
        match policy {
            Policy::Cohort(cohort) if !self.cohorts.contains(&cohort) => Err(KpiError::CohortNotPossible {
                kpi: self.id,
                cohort: cohort.name(),
                possible: self.cohorts.iter().map(|cohort| cohort.name()).collect::<Vec<_>>().join(", "),
            }),
            _ => Ok(()),
        }
    }

    fn not_read(&self, policy: Policy) -> KpiError {
        let reads = match self.policies {
            [] => "none".to_owned(),
            some => some.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", "),
        };
        KpiError::PolicyNotRead { kpi: self.id, name: policy.name(), reads }
    }
}

/// A KPI: a definition, its policies, and the state its facts add up in.
pub trait Kpi: Clone + std::fmt::Debug + Send + Sync + 'static {
    /// The sufficient statistic.
    type State: State;

    /// The published definition.
    fn definition(&self) -> &'static Definition;

    /// The identity of its state.
    fn empty(&self) -> Self::State;

    /// The policies it holds; none for a KPI without choices.
    fn policies(&self) -> Option<&Policies> {
        None
    }

    /// The policies it holds, to be set.
    fn policies_mut(&mut self) -> Option<&mut Policies> {
        None
    }

    /// Adds the parameters that are no policies, such as the hours of a rate within hours.
    fn arguments(&self, _params: &mut Params) {}

    /// Sets a policy.
    ///
    /// # Errors
    /// [`KpiError::PolicyNotRead`], [`KpiError::CohortNotPossible`].
    fn set(&mut self, policy: Policy) -> Result<(), KpiError> {
        let definition = self.definition();
        definition.check(policy)?;
        self.policies_mut().ok_or_else(|| definition.not_read(policy))?.put(policy);
        Ok(())
    }

    /// The same KPI under another policy.
    ///
    /// # Errors
    /// As [`Kpi::set`].
    fn with(mut self, policy: Policy) -> Result<Self, KpiError> {
        self.set(policy)?;
        Ok(self)
    }

    /// Every parameter and policy, defaults included.
    fn params(&self) -> Params {
        let mut params = self.policies().map_or_else(Params::default, |policies| self.definition().shown(policies));
        self.arguments(&mut params);
        params
    }
}

/// How a KPI looks at facts of one kind. A KPI may observe two kinds: complaints over shipments.
pub trait Observe<F: Fact>: Kpi {
    /// Whether the fact is one the figure is about at all. A figure of one stage does not see the passages of another:
    /// they are none of its facts, and stand in none of its five numbers.
    fn is_about(&self, _fact: &F, _at: &Context) -> bool {
        true
    }

    /// The day the fact counts on; none puts it into the window `undated`.
    fn cohort(&self, fact: &F, at: &Context) -> Option<NaiveDate>;

    /// What the fact means. The only place with meaning.
    ///
    /// # Law of time
    /// With the same records known, a measure stays the same at every later `as_of`, and an open outcome stays open
    /// before its `until`, and leans to the same before the `until` of its leaning.
    fn outcome(&self, fact: &F, at: &Context) -> Outcome<<Self::State as State>::Measure>;

    /// What is to be known of a fact that is of the population, beside its outcome.
    fn notes(&self, _fact: &F, _at: &Context, _note: &mut dyn FnMut(&Term)) {}
}
