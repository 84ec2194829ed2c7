//! The policies a KPI holds, and how results show them.

use crate::calendar::{CalendarName, OffDayDelivery};
use crate::journey::{ForkJoin, StorageCompletes};
use crate::record::Duration;

use super::{
    Adjustment, Anomalies, Basis, CaseBase, Clock, Cohort, Comparison, Contact, CustomerRole, DayEnd, Denominator,
    LastCollection, LookBack, Maturity, Params, Pauses, Per, Policy, PolicyName, PromiseChoice, Resolution, ScaleFrom,
    ScaleMapping, ShipmentUnit, StartsFrom,
};

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
    /// Which time a limit counts.
    pub clock: Clock,
    /// By which calendar working time and working days are counted.
    pub calendar: CalendarName,
    /// What is collected later has the next working day as D.
    pub last_collection: LastCollection,
    /// How a delivery on a day that is not worked counts.
    pub off_day_delivery: OffDayDelivery,
    /// Whether the clock of a case stands while the customer is waited for.
    pub pauses: Pauses,
    /// Which resolving of a case counts.
    pub resolution: Resolution,
    /// Which cases stand below the line.
    pub cases: CaseBase,
    /// What is one contact.
    pub contact: Contact,
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
            clock: Clock::default(),
            calendar: CalendarName::CHINA,
            last_collection: LastCollection::NONE,
            off_day_delivery: OffDayDelivery::default(),
            pauses: Pauses::default(),
            resolution: Resolution::default(),
            cases: CaseBase::default(),
            contact: Contact::default(),
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
            Policy::Clock(value) => self.clock = value,
            Policy::Calendar(value) => self.calendar = value,
            Policy::LastCollection(value) => self.last_collection = value,
            Policy::OffDayDelivery(value) => self.off_day_delivery = value,
            Policy::Pauses(value) => self.pauses = value,
            Policy::Resolution(value) => self.resolution = value,
            Policy::Cases(value) => self.cases = value,
            Policy::Contact(value) => self.contact = value,
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
            PolicyName::Calendar => return params.word(name.as_str(), self.calendar.as_str()),
            PolicyName::LastCollection => return params.word(name.as_str(), self.last_collection.to_string()),
            PolicyName::Clock => match self.clock {
                Clock::Elapsed => "elapsed",
                Clock::Working => "working",
            },
            PolicyName::OffDayDelivery => match self.off_day_delivery {
                OffDayDelivery::NextWorkingDay => "next_working_day",
                OffDayDelivery::SameCount => "same_count",
            },
            PolicyName::Pauses => match self.pauses {
                Pauses::Apart => "apart",
                Pauses::Counted => "counted",
            },
            PolicyName::Resolution => match self.resolution {
                Resolution::Last => "last",
                Resolution::First => "first",
            },
            PolicyName::Cases => match self.cases {
                CaseBase::Matured => "matured",
                CaseBase::ResolvedOnly => "resolved_only",
            },
            PolicyName::Contact => match self.contact {
                Contact::Contact => "contact",
                Contact::Handler => "handler",
            },
        };
        params.word(name.as_str(), word);
    }
}
