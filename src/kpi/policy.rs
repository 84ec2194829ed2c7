//! Named policies: every choice that changes a figure, with its default first.
//!
//! A KPI declares which policies it reads; any other is an error, not a silent no-op. What a KPI does not read is not in
//! its `params`.

use crate::calendar::{CalendarName, OffDayDelivery};
use crate::journey::{ForkJoin, StorageCompletes};
use crate::record::Duration;

use super::{
    Adjustment, Anomalies, Basis, CaseBase, Clock, Cohort, Comparison, Contact, CustomerRole, DayEnd, Denominator,
    KpiError, LastCollection, LookBack, Maturity, Pauses, Per, PolicyName, PromiseChoice, Resolution, ScaleFrom,
    ScaleMapping, ShipmentUnit, StartsFrom,
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
    /// [`PolicyName::Clock`]
    Clock(Clock),
    /// [`PolicyName::Calendar`]
    Calendar(CalendarName),
    /// [`PolicyName::LastCollection`]
    LastCollection(LastCollection),
    /// [`PolicyName::OffDayDelivery`]
    OffDayDelivery(OffDayDelivery),
    /// [`PolicyName::Pauses`]
    Pauses(Pauses),
    /// [`PolicyName::Resolution`]
    Resolution(Resolution),
    /// [`PolicyName::Cases`]
    Cases(CaseBase),
    /// [`PolicyName::Contact`]
    Contact(Contact),
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
            Self::Clock(_) => PolicyName::Clock,
            Self::Calendar(_) => PolicyName::Calendar,
            Self::LastCollection(_) => PolicyName::LastCollection,
            Self::OffDayDelivery(_) => PolicyName::OffDayDelivery,
            Self::Pauses(_) => PolicyName::Pauses,
            Self::Resolution(_) => PolicyName::Resolution,
            Self::Cases(_) => PolicyName::Cases,
            Self::Contact(_) => PolicyName::Contact,
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
            (PolicyName::Clock, "elapsed") => Self::Clock(Clock::Elapsed),
            (PolicyName::Clock, "working") => Self::Clock(Clock::Working),
            (PolicyName::Calendar, _) => Self::Calendar(value.parse().ok()?),
            (PolicyName::LastCollection, _) => Self::LastCollection(value.parse().ok()?),
            (PolicyName::OffDayDelivery, "next_working_day") => Self::OffDayDelivery(OffDayDelivery::NextWorkingDay),
            (PolicyName::OffDayDelivery, "same_count") => Self::OffDayDelivery(OffDayDelivery::SameCount),
            (PolicyName::Pauses, "apart") => Self::Pauses(Pauses::Apart),
            (PolicyName::Pauses, "counted") => Self::Pauses(Pauses::Counted),
            (PolicyName::Resolution, "last") => Self::Resolution(Resolution::Last),
            (PolicyName::Resolution, "first") => Self::Resolution(Resolution::First),
            (PolicyName::Cases, "matured") => Self::Cases(CaseBase::Matured),
            (PolicyName::Cases, "resolved_only") => Self::Cases(CaseBase::ResolvedOnly),
            (PolicyName::Contact, "contact") => Self::Contact(Contact::Contact),
            (PolicyName::Contact, "handler") => Self::Contact(Contact::Handler),
            _ => return None,
        })
    }
}
