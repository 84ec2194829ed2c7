//! Named policies: every choice that changes a figure, with its default first.
//!
//! A KPI declares which policies it reads; any other is an error, not a silent no-op. What a KPI does not read is not in
//! its `params`.

use std::fmt;

use crate::journey::StorageCompletes;
use crate::record::Duration;

use super::{Cohort, KpiError, Params};

/// Which shipments stand below the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Denominator {
    /// All whose deadline has passed, delivered or not.
    #[default]
    Matured,
    /// Delivered ones only, as many dashboards do: undelivered parcels flatter the figure.
    DeliveredOnly,
}

/// When a promised day ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayEnd {
    /// At its end, midnight excluded.
    #[default]
    DayEnd,
    /// At its first instant, as where a midnight stands for the day.
    DayStart,
    /// Days are compared, for a promise by the instant too.
    CalendarDay,
}

/// Whether the deadline itself is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Comparison {
    /// Yes.
    #[default]
    AtOrBefore,
    /// No.
    StrictlyBefore,
}

/// Which promise is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PromiseChoice {
    /// The original one, or the customer's own later request.
    #[default]
    Original,
    /// The last one, whoever moved it.
    Current,
}

/// Where a duration starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StartsFrom {
    /// At collection.
    #[default]
    Collected,
    /// At the order.
    Ordered,
}

/// What becomes of durations that start or end at an anomalous scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anomalies {
    /// They are invalid.
    #[default]
    Exclude,
    /// They are used as they stand, negative ones included.
    Keep,
}

/// Whose orders are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CustomerRole {
    /// The sender's.
    #[default]
    Sender,
    /// The recipient's.
    Recipient,
}

/// Which ratings of one waybill count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Per {
    /// Every one.
    #[default]
    Rating,
    /// The latest of each waybill; ratings without a waybill each for itself.
    Waybill,
}

/// Which end of a scale is nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScaleFrom {
    /// Its lower end: (rating − min) / (max − min).
    #[default]
    Min,
    /// Nought itself: rating / max.
    Zero,
}

/// How a scale that is not 0 to 10 is read as promoters, passives and detractors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScaleMapping {
    /// Not at all: such answers are invalid.
    #[default]
    None,
    /// A scale of 1 to 5: 5 promotes, 4 is passive, 1 to 3 detract. It opens the answers to `csat` too.
    FivePoint54123,
}

/// How far back an earlier order may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookBack {
    /// At most so long ago.
    Within(Duration),
    /// Anywhere in the data at hand.
    Ever,
}

impl Default for LookBack {
    fn default() -> Self {
        Self::Within(Duration::from_days(90))
    }
}

/// The names of the policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PolicyName {
    /// `denominator=matured|delivered_only`
    Denominator,
    /// `promise_end=day_end|day_start|calendar_day`
    PromiseEnd,
    /// `comparison=at_or_before|strictly_before`
    Comparison,
    /// `grace=0m`: added to the deadline.
    Grace,
    /// `promise=original|current`
    Promise,
    /// `cohort=…`: the date by which facts fall into windows.
    Cohort,
    /// `from=collected|ordered`
    From,
    /// `storage_completes=consented|always|never`
    StorageCompletes,
    /// `anomalies=exclude|keep`
    Anomalies,
    /// `settle=24h`: how long after its deadline a fact is decided, so that late scans do not read as misses.
    Settle,
    /// `horizon=45d`: how long bad news may take; younger facts are open.
    Horizon,
    /// `scale_from=min|zero`: which end of a scale is nought; `of_max` is another word for `zero`.
    ScaleFrom,
    /// `per=rating|waybill`: every rating, or the latest of a waybill.
    Per,
    /// `scale_mapping=none|five_point_5_4_123`: how another scale is read as promoters and detractors.
    ScaleMapping,
    /// `exact_up_to=1024`: distinct numbers up to which quantiles are exact.
    ExactUpTo,
    /// `customer=sender|recipient`
    Customer,
    /// `look_back=90d|ever`
    LookBack,
}

impl PolicyName {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Horizon,
        Self::ScaleFrom,
        Self::Per,
        Self::ScaleMapping,
        Self::Denominator,
        Self::PromiseEnd,
        Self::Comparison,
        Self::Grace,
        Self::Promise,
        Self::Cohort,
        Self::From,
        Self::StorageCompletes,
        Self::Anomalies,
        Self::Settle,
        Self::ExactUpTo,
        Self::Customer,
        Self::LookBack,
    ];

    /// The name as written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Denominator => "denominator",
            Self::PromiseEnd => "promise_end",
            Self::Comparison => "comparison",
            Self::Grace => "grace",
            Self::Promise => "promise",
            Self::Cohort => "cohort",
            Self::From => "from",
            Self::StorageCompletes => "storage_completes",
            Self::Anomalies => "anomalies",
            Self::Settle => "settle",
            Self::Horizon => "horizon",
            Self::ScaleFrom => "scale_from",
            Self::Per => "per",
            Self::ScaleMapping => "scale_mapping",
            Self::ExactUpTo => "exact_up_to",
            Self::Customer => "customer",
            Self::LookBack => "look_back",
        }
    }

    /// The values it takes.
    #[must_use]
    pub fn values(self) -> &'static str {
        match self {
            Self::Denominator => "matured, delivered_only",
            Self::PromiseEnd => "day_end, day_start, calendar_day",
            Self::Comparison => "at_or_before, strictly_before",
            Self::Grace => "a duration of at least 0 such as 15m",
            Self::Promise => "original, current",
            Self::Cohort => "the dates the KPI's page names",
            Self::From => "collected, ordered",
            Self::StorageCompletes => "consented, always, never",
            Self::Anomalies => "exclude, keep",
            Self::Settle => "a duration of at least 0 such as 24h",
            Self::Horizon => "a duration of at least 0 such as 45d",
            Self::ScaleFrom => "min, zero (or of_max)",
            Self::Per => "rating, waybill",
            Self::ScaleMapping => "none, five_point_5_4_123",
            Self::ExactUpTo => "a whole number up to 1,000,000",
            Self::Customer => "sender, recipient",
            Self::LookBack => "a duration above 0 such as 90d, or ever",
        }
    }
}

impl fmt::Display for PolicyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One policy with its value.
///
/// ```
/// use parcelgauge::kpi::{DayEnd, Policy};
/// assert_eq!(Policy::parse("promise_end", "day_start")?, Policy::PromiseEnd(DayEnd::DayStart));
/// assert!(Policy::parse("promise_end", "noon").is_err());
/// # Ok::<(), parcelgauge::kpi::KpiError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Policy {
    /// [`PolicyName::Denominator`]
    Denominator(Denominator),
    /// [`PolicyName::PromiseEnd`]
    PromiseEnd(DayEnd),
    /// [`PolicyName::Comparison`]
    Comparison(Comparison),
    /// [`PolicyName::Grace`]
    Grace(Duration),
    /// [`PolicyName::Promise`]
    Promise(PromiseChoice),
    /// [`PolicyName::Cohort`]
    Cohort(Cohort),
    /// [`PolicyName::From`]
    From(StartsFrom),
    /// [`PolicyName::StorageCompletes`]
    StorageCompletes(StorageCompletes),
    /// [`PolicyName::Anomalies`]
    Anomalies(Anomalies),
    /// [`PolicyName::Settle`]
    Settle(Duration),
    /// [`PolicyName::Horizon`]
    Horizon(Duration),
    /// [`PolicyName::ScaleFrom`]
    ScaleFrom(ScaleFrom),
    /// [`PolicyName::Per`]
    Per(Per),
    /// [`PolicyName::ScaleMapping`]
    ScaleMapping(ScaleMapping),
    /// [`PolicyName::ExactUpTo`]
    ExactUpTo(u32),
    /// [`PolicyName::Customer`]
    Customer(CustomerRole),
    /// [`PolicyName::LookBack`]
    LookBack(LookBack),
}

impl Policy {
    /// Its name.
    #[must_use]
    pub fn name(self) -> PolicyName {
        match self {
            Self::Denominator(_) => PolicyName::Denominator,
            Self::PromiseEnd(_) => PolicyName::PromiseEnd,
            Self::Comparison(_) => PolicyName::Comparison,
            Self::Grace(_) => PolicyName::Grace,
            Self::Promise(_) => PolicyName::Promise,
            Self::Cohort(_) => PolicyName::Cohort,
            Self::From(_) => PolicyName::From,
            Self::StorageCompletes(_) => PolicyName::StorageCompletes,
            Self::Anomalies(_) => PolicyName::Anomalies,
            Self::Settle(_) => PolicyName::Settle,
            Self::Horizon(_) => PolicyName::Horizon,
            Self::ScaleFrom(_) => PolicyName::ScaleFrom,
            Self::Per(_) => PolicyName::Per,
            Self::ScaleMapping(_) => PolicyName::ScaleMapping,
            Self::ExactUpTo(_) => PolicyName::ExactUpTo,
            Self::Customer(_) => PolicyName::Customer,
            Self::LookBack(_) => PolicyName::LookBack,
        }
    }

    /// Reads a policy as it is written: a name and a value.
    ///
    /// # Errors
    /// [`KpiError::UnknownPolicy`] and [`KpiError::PolicyValue`].
    pub fn parse(name: &str, value: &str) -> Result<Self, KpiError> {
        let known = PolicyName::ALL.into_iter().find(|known| known.as_str() == name);
        let name = known.ok_or_else(|| KpiError::UnknownPolicy { name: name.to_owned() })?;
        Self::read(name, value).ok_or_else(|| KpiError::PolicyValue { name, value: value.to_owned() })
    }

    fn read(name: PolicyName, value: &str) -> Option<Self> {
        let duration = |least: Duration| value.parse::<Duration>().ok().filter(|&duration| duration >= least);
        Some(match (name, value) {
            (PolicyName::Denominator, "matured") => Self::Denominator(Denominator::Matured),
            (PolicyName::Denominator, "delivered_only") => Self::Denominator(Denominator::DeliveredOnly),
            (PolicyName::PromiseEnd, "day_end") => Self::PromiseEnd(DayEnd::DayEnd),
            (PolicyName::PromiseEnd, "day_start") => Self::PromiseEnd(DayEnd::DayStart),
            (PolicyName::PromiseEnd, "calendar_day") => Self::PromiseEnd(DayEnd::CalendarDay),
            (PolicyName::Comparison, "at_or_before") => Self::Comparison(Comparison::AtOrBefore),
            (PolicyName::Comparison, "strictly_before") => Self::Comparison(Comparison::StrictlyBefore),
            (PolicyName::Grace, _) => Self::Grace(duration(Duration::ZERO)?),
            (PolicyName::Promise, "original") => Self::Promise(PromiseChoice::Original),
            (PolicyName::Promise, "current") => Self::Promise(PromiseChoice::Current),
            (PolicyName::Cohort, _) => Self::Cohort(Cohort::named(value)?),
            (PolicyName::From, "collected") => Self::From(StartsFrom::Collected),
            (PolicyName::From, "ordered") => Self::From(StartsFrom::Ordered),
            (PolicyName::StorageCompletes, "consented") => Self::StorageCompletes(StorageCompletes::Consented),
            (PolicyName::StorageCompletes, "always") => Self::StorageCompletes(StorageCompletes::Always),
            (PolicyName::StorageCompletes, "never") => Self::StorageCompletes(StorageCompletes::Never),
            (PolicyName::Anomalies, "exclude") => Self::Anomalies(Anomalies::Exclude),
            (PolicyName::Anomalies, "keep") => Self::Anomalies(Anomalies::Keep),
            (PolicyName::Settle, _) => Self::Settle(duration(Duration::ZERO)?),
            (PolicyName::Horizon, _) => Self::Horizon(duration(Duration::ZERO)?),
            (PolicyName::ScaleFrom, "min") => Self::ScaleFrom(ScaleFrom::Min),
            (PolicyName::ScaleFrom, "zero" | "of_max") => Self::ScaleFrom(ScaleFrom::Zero),
            (PolicyName::Per, "rating") => Self::Per(Per::Rating),
            (PolicyName::Per, "waybill") => Self::Per(Per::Waybill),
            (PolicyName::ScaleMapping, "none") => Self::ScaleMapping(ScaleMapping::None),
            (PolicyName::ScaleMapping, "five_point_5_4_123") => Self::ScaleMapping(ScaleMapping::FivePoint54123),
            (PolicyName::ExactUpTo, _) => {
                Self::ExactUpTo(value.parse().ok().filter(|&distinct: &u32| distinct <= 1_000_000)?)
            }
            (PolicyName::Customer, "sender") => Self::Customer(CustomerRole::Sender),
            (PolicyName::Customer, "recipient") => Self::Customer(CustomerRole::Recipient),
            (PolicyName::LookBack, "ever") => Self::LookBack(LookBack::Ever),
            (PolicyName::LookBack, _) => Self::LookBack(LookBack::Within(duration(Duration::from_millis(1))?)),
            _ => return None,
        })
    }
}

/// The policies a KPI holds. Read the fields; set them by [`Kpi::with`](super::Kpi::with), which refuses what the KPI
/// does not read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policies {
    /// Which shipments stand below the line.
    pub denominator: Denominator,
    /// When a promised day ends.
    pub promise_end: DayEnd,
    /// Whether the deadline itself is in time.
    pub comparison: Comparison,
    /// Added to the deadline.
    pub grace: Duration,
    /// Which promise is judged.
    pub promise: PromiseChoice,
    /// By which date facts fall into windows.
    pub cohort: Cohort,
    /// Where a duration starts.
    pub from: StartsFrom,
    /// Whether storing completes.
    pub storage_completes: StorageCompletes,
    /// What becomes of durations at anomalous scans.
    pub anomalies: Anomalies,
    /// How long after its deadline a fact is decided.
    pub settle: Duration,
    /// How long bad news may take.
    pub horizon: Duration,
    /// Which end of a scale is nought.
    pub scale_from: ScaleFrom,
    /// Every rating, or the latest of a waybill.
    pub per: Per,
    /// How another scale is read as promoters and detractors.
    pub scale_mapping: ScaleMapping,
    /// Distinct numbers up to which quantiles are exact.
    pub exact_up_to: u32,
    /// Whose orders are looked at.
    pub customer: CustomerRole,
    /// How far back an earlier order may lie.
    pub look_back: LookBack,
}

impl Policies {
    /// The defaults, with a KPI's own cohort.
    #[must_use]
    pub fn by(cohort: Cohort) -> Self {
        Self {
            denominator: Denominator::default(),
            promise_end: DayEnd::default(),
            comparison: Comparison::default(),
            grace: Duration::ZERO,
            promise: PromiseChoice::default(),
            cohort,
            from: StartsFrom::default(),
            storage_completes: StorageCompletes::default(),
            anomalies: Anomalies::default(),
            settle: Duration::from_hours(24),
            horizon: Duration::from_days(45),
            scale_from: ScaleFrom::default(),
            per: Per::default(),
            scale_mapping: ScaleMapping::default(),
            exact_up_to: crate::state::EXACT_UP_TO,
            customer: CustomerRole::default(),
            look_back: LookBack::default(),
        }
    }

    pub(super) fn put(&mut self, policy: Policy) {
        match policy {
            Policy::Denominator(value) => self.denominator = value,
            Policy::PromiseEnd(value) => self.promise_end = value,
            Policy::Comparison(value) => self.comparison = value,
            Policy::Grace(value) => self.grace = value,
            Policy::Promise(value) => self.promise = value,
            Policy::Cohort(value) => self.cohort = value,
            Policy::From(value) => self.from = value,
            Policy::StorageCompletes(value) => self.storage_completes = value,
            Policy::Anomalies(value) => self.anomalies = value,
            Policy::Settle(value) => self.settle = value,
            Policy::Horizon(value) => self.horizon = value,
            Policy::ScaleFrom(value) => self.scale_from = value,
            Policy::Per(value) => self.per = value,
            Policy::ScaleMapping(value) => self.scale_mapping = value,
            Policy::ExactUpTo(value) => self.exact_up_to = value,
            Policy::Customer(value) => self.customer = value,
            Policy::LookBack(value) => self.look_back = value,
        }
    }

    /// Adds one policy to the parameters of a result: durations as numbers of the unit in their name.
    pub(super) fn show(&self, name: PolicyName, params: &mut Params) {
        let in_units = |duration: Duration, unit: Duration| duration.as_millis() as f64 / unit.as_millis() as f64;
        let word = match name {
            PolicyName::Grace => {
                return params.number("grace_minutes", in_units(self.grace, Duration::from_minutes(1)));
            }
            PolicyName::Settle => return params.number("settle_hours", in_units(self.settle, Duration::from_hours(1))),
            PolicyName::Horizon => {
                return params.number("horizon_days", in_units(self.horizon, Duration::from_days(1)));
            }
            PolicyName::ExactUpTo => return params.number("exact_up_to", self.exact_up_to),
            PolicyName::LookBack => match self.look_back {
                LookBack::Within(within) => {
                    return params.number("look_back_days", in_units(within, Duration::from_days(1)));
                }
                LookBack::Ever => return params.word("look_back_days", "ever"),
            },
            PolicyName::Denominator => match self.denominator {
                Denominator::Matured => "matured",
                Denominator::DeliveredOnly => "delivered_only",
            },
            PolicyName::PromiseEnd => match self.promise_end {
                DayEnd::DayEnd => "day_end",
                DayEnd::DayStart => "day_start",
                DayEnd::CalendarDay => "calendar_day",
            },
            PolicyName::Comparison => match self.comparison {
                Comparison::AtOrBefore => "at_or_before",
                Comparison::StrictlyBefore => "strictly_before",
            },
            PolicyName::Promise => match self.promise {
                PromiseChoice::Original => "original",
                PromiseChoice::Current => "current",
            },
            PolicyName::Cohort => self.cohort.name(),
            PolicyName::From => match self.from {
                StartsFrom::Collected => "collected",
                StartsFrom::Ordered => "ordered",
            },
            PolicyName::StorageCompletes => match self.storage_completes {
                StorageCompletes::Consented => "consented",
                StorageCompletes::Always => "always",
                StorageCompletes::Never => "never",
            },
            PolicyName::Anomalies => match self.anomalies {
                Anomalies::Exclude => "exclude",
                Anomalies::Keep => "keep",
            },
            PolicyName::ScaleFrom => match self.scale_from {
                ScaleFrom::Min => "min",
                ScaleFrom::Zero => "zero",
            },
            PolicyName::Per => match self.per {
                Per::Rating => "rating",
                Per::Waybill => "waybill",
            },
            PolicyName::ScaleMapping => match self.scale_mapping {
                ScaleMapping::None => "none",
                ScaleMapping::FivePoint54123 => "five_point_5_4_123",
            },
            PolicyName::Customer => match self.customer {
                CustomerRole::Sender => "sender",
                CustomerRole::Recipient => "recipient",
            },
        };
        params.word(name.as_str(), word);
    }
}
