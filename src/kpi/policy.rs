//! Named policies: every choice that changes a figure, with its default first.
//!
//! A KPI declares which policies it reads; any other is an error, not a silent no-op. What a KPI does not read is not in
//! its `params`.

use crate::journey::{ForkJoin, StorageCompletes};
use crate::record::Duration;

use super::{
    Adjustment, Anomalies, Basis, Cohort, Comparison, CustomerRole, DayEnd, Denominator, KpiError, LookBack, Maturity,
    Params, Per, PolicyName, PromiseChoice, ScaleFrom, ScaleMapping, ShipmentUnit, StartsFrom,
};

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
    /// [`PolicyName::Basis`]
    Basis(Basis),
    /// [`PolicyName::From`]
    From(StartsFrom),
    /// [`PolicyName::StorageCompletes`]
    StorageCompletes(StorageCompletes),
    /// [`PolicyName::Anomalies`]
    Anomalies(Anomalies),
    /// [`PolicyName::ForceMajeure`]
    ForceMajeure(Adjustment),
    /// [`PolicyName::Maturity`]
    Maturity(Maturity),
    /// [`PolicyName::Unit`]
    Unit(ShipmentUnit),
    /// [`PolicyName::Settle`]
    Settle(Duration),
    /// [`PolicyName::Horizon`]
    Horizon(Duration),
    /// [`PolicyName::SilentAfter`]
    SilentAfter(Duration),
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
    /// [`PolicyName::Fork`]
    Fork(ForkJoin),
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
            Self::Basis(_) => PolicyName::Basis,
            Self::From(_) => PolicyName::From,
            Self::StorageCompletes(_) => PolicyName::StorageCompletes,
            Self::Anomalies(_) => PolicyName::Anomalies,
            Self::ForceMajeure(_) => PolicyName::ForceMajeure,
            Self::Maturity(_) => PolicyName::Maturity,
            Self::Unit(_) => PolicyName::Unit,
            Self::Settle(_) => PolicyName::Settle,
            Self::Horizon(_) => PolicyName::Horizon,
            Self::SilentAfter(_) => PolicyName::SilentAfter,
            Self::ScaleFrom(_) => PolicyName::ScaleFrom,
            Self::Per(_) => PolicyName::Per,
            Self::ScaleMapping(_) => PolicyName::ScaleMapping,
            Self::ExactUpTo(_) => PolicyName::ExactUpTo,
            Self::Customer(_) => PolicyName::Customer,
            Self::LookBack(_) => PolicyName::LookBack,
            Self::Fork(_) => PolicyName::Fork,
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
            (PolicyName::Basis, "period") => Self::Basis(Basis::Period),
            (PolicyName::Basis, "shipment") => Self::Basis(Basis::Shipment),
            (PolicyName::From, "collected") => Self::From(StartsFrom::Collected),
            (PolicyName::From, "ordered") => Self::From(StartsFrom::Ordered),
            (PolicyName::StorageCompletes, "consented") => Self::StorageCompletes(StorageCompletes::Consented),
            (PolicyName::StorageCompletes, "always") => Self::StorageCompletes(StorageCompletes::Always),
            (PolicyName::StorageCompletes, "never") => Self::StorageCompletes(StorageCompletes::Never),
            (PolicyName::Anomalies, "exclude") => Self::Anomalies(Anomalies::Exclude),
            (PolicyName::Anomalies, "keep") => Self::Anomalies(Anomalies::Keep),
            (PolicyName::ForceMajeure, "raw") => Self::ForceMajeure(Adjustment::Raw),
            (PolicyName::ForceMajeure, "adjusted") => Self::ForceMajeure(Adjustment::Adjusted),
            (PolicyName::Maturity, "matured") => Self::Maturity(Maturity::Matured),
            (PolicyName::Maturity, "provisional") => Self::Maturity(Maturity::Provisional),
            (PolicyName::Unit, "piece") => Self::Unit(ShipmentUnit::Piece),
            (PolicyName::Unit, "consignment") => Self::Unit(ShipmentUnit::Consignment),
            (PolicyName::Settle, _) => Self::Settle(duration(Duration::ZERO)?),
            (PolicyName::Horizon, _) => Self::Horizon(duration(Duration::ZERO)?),
            (PolicyName::SilentAfter, _) => Self::SilentAfter(duration(Duration::from_millis(1))?),
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
            (PolicyName::Fork, "each_longest") => Self::Fork(ForkJoin::EachLongest),
            (PolicyName::Fork, "longest_planned") => Self::Fork(ForkJoin::LongestPlanned),
            (PolicyName::Fork, "longest_effective") => Self::Fork(ForkJoin::LongestEffective),
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
    /// Which payments stand over which shipments.
    pub basis: Basis,
    /// Where a duration starts.
    pub from: StartsFrom,
    /// Whether storing completes.
    pub storage_completes: StorageCompletes,
    /// What becomes of durations at anomalous scans.
    pub anomalies: Anomalies,
    /// What becomes of shipments that force majeure affected.
    pub force_majeure: Adjustment,
    /// Whether the figure waits until its facts are decided.
    pub maturity: Maturity,
    /// What a figure over shipments counts.
    pub unit: ShipmentUnit,
    /// How long after its deadline a fact is decided.
    pub settle: Duration,
    /// How long bad news may take.
    pub horizon: Duration,
    /// After how long without a scan an unfinished parcel counts as lost.
    pub silent_after: Duration,
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
    /// How the legs of a fork are joined.
    pub fork: ForkJoin,
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
            basis: Basis::default(),
            from: StartsFrom::default(),
            storage_completes: StorageCompletes::default(),
            anomalies: Anomalies::default(),
            force_majeure: Adjustment::default(),
            maturity: Maturity::default(),
            unit: ShipmentUnit::default(),
            settle: Duration::from_hours(24),
            horizon: Duration::from_days(45),
            silent_after: Duration::from_days(30),
            scale_from: ScaleFrom::default(),
            per: Per::default(),
            scale_mapping: ScaleMapping::default(),
            exact_up_to: crate::state::EXACT_UP_TO,
            customer: CustomerRole::default(),
            look_back: LookBack::default(),
            fork: ForkJoin::default(),
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
            Policy::Basis(value) => self.basis = value,
            Policy::From(value) => self.from = value,
            Policy::StorageCompletes(value) => self.storage_completes = value,
            Policy::Anomalies(value) => self.anomalies = value,
            Policy::ForceMajeure(value) => self.force_majeure = value,
            Policy::Maturity(value) => self.maturity = value,
            Policy::Unit(value) => self.unit = value,
            Policy::Settle(value) => self.settle = value,
            Policy::Horizon(value) => self.horizon = value,
            Policy::SilentAfter(value) => self.silent_after = value,
            Policy::ScaleFrom(value) => self.scale_from = value,
            Policy::Per(value) => self.per = value,
            Policy::ScaleMapping(value) => self.scale_mapping = value,
            Policy::ExactUpTo(value) => self.exact_up_to = value,
            Policy::Customer(value) => self.customer = value,
            Policy::LookBack(value) => self.look_back = value,
            Policy::Fork(value) => self.fork = value,
        }
    }

    /// Adds one policy to the parameters of a result: durations as numbers of the unit in their name.
    #[allow(clippy::float_arithmetic, reason = "a parameter as it is shown, not as it is used")]
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
            PolicyName::SilentAfter => {
                return params.number("silent_after_days", in_units(self.silent_after, Duration::from_days(1)));
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
            PolicyName::Basis => match self.basis {
                Basis::Period => "period",
                Basis::Shipment => "shipment",
            },
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
            PolicyName::ForceMajeure => match self.force_majeure {
                Adjustment::Raw => "raw",
                Adjustment::Adjusted => "adjusted",
            },
            PolicyName::Maturity => match self.maturity {
                Maturity::Matured => "matured",
                Maturity::Provisional => "provisional",
            },
            PolicyName::Unit => match self.unit {
                ShipmentUnit::Piece => "piece",
                ShipmentUnit::Consignment => "consignment",
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
            PolicyName::Fork => match self.fork {
                ForkJoin::EachLongest => "each_longest",
                ForkJoin::LongestPlanned => "longest_planned",
                ForkJoin::LongestEffective => "longest_effective",
            },
        };
        params.word(name.as_str(), word);
    }
}
