//! The names of the policies, and the values each takes.

use std::fmt;

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
    /// `basis=period|shipment`: whether a window's payments or its shipments' payments are counted.
    Basis,
    /// `from=collected|ordered`
    From,
    /// `storage_completes=consented|always|never`
    StorageCompletes,
    /// `anomalies=exclude|keep`
    Anomalies,
    /// `force_majeure=raw|adjusted`: whether shipments with a scan on the account of force majeure are left out, see
    /// [`Adjustment`](super::Adjustment).
    ForceMajeure,
    /// `maturity=matured|provisional`: whether open facts count as what they lean to on what is known now.
    Maturity,
    /// `unit=piece|consignment`: whether every waybill counts for itself, or those sent together as one.
    Unit,
    /// `settle=24h`: how long after its deadline a fact is decided, so that late scans do not read as misses.
    Settle,
    /// `horizon=45d`: how long bad news may take; younger facts are open.
    Horizon,
    /// `silent_after=30d`: after how long without a scan an unfinished parcel counts as lost.
    SilentAfter,
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
    /// `fork=each_longest|longest_planned|longest_effective`: how the legs of a fork make one stretch of the way.
    Fork,
    /// `clock=elapsed|working`: whether a limit counts by the clock on the wall or by the hours of the `calendar`.
    Clock,
    /// `calendar=china`: the name of the calendar by which working time and working days are counted; one of one's own is
    /// handed over by [`Context::with_calendar`](crate::fact::Context::with_calendar).
    Calendar,
    /// `last_collection=24:00`: what is collected at this time of day or later has the next working day as D.
    LastCollection,
    /// `off_day_delivery=next_working_day|same_count`: how a delivery on a day that is not worked counts.
    OffDayDelivery,
    /// `pauses=apart|counted`: whether time waited for the customer is taken off, and that from an end to a reopening.
    Pauses,
    /// `resolution=last|first`: which resolving of a case that was reopened counts.
    Resolution,
    /// `cases=matured|resolved_only`: whether cases that were never resolved stand below the line.
    Cases,
    /// `contact=contact|handler`: whether one contact is one exchange with the customer, or one person or group.
    Contact,
}

impl PolicyName {
    /// All of them.
    pub const ALL: [Self; 31] = [
        Self::Horizon,
        Self::SilentAfter,
        Self::ScaleFrom,
        Self::Per,
        Self::ScaleMapping,
        Self::Denominator,
        Self::PromiseEnd,
        Self::Comparison,
        Self::Grace,
        Self::Promise,
        Self::Cohort,
        Self::Basis,
        Self::From,
        Self::StorageCompletes,
        Self::Anomalies,
        Self::ForceMajeure,
        Self::Maturity,
        Self::Unit,
        Self::Settle,
        Self::ExactUpTo,
        Self::Customer,
        Self::LookBack,
        Self::Fork,
        Self::Clock,
        Self::Calendar,
        Self::LastCollection,
        Self::OffDayDelivery,
        Self::Pauses,
        Self::Resolution,
        Self::Cases,
        Self::Contact,
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
            Self::Basis => "basis",
            Self::From => "from",
            Self::StorageCompletes => "storage_completes",
            Self::Anomalies => "anomalies",
            Self::ForceMajeure => "force_majeure",
            Self::Maturity => "maturity",
            Self::Unit => "unit",
            Self::Settle => "settle",
            Self::Horizon => "horizon",
            Self::SilentAfter => "silent_after",
            Self::ScaleFrom => "scale_from",
            Self::Per => "per",
            Self::ScaleMapping => "scale_mapping",
            Self::ExactUpTo => "exact_up_to",
            Self::Customer => "customer",
            Self::LookBack => "look_back",
            Self::Fork => "fork",
            Self::Clock => "clock",
            Self::Calendar => "calendar",
            Self::LastCollection => "last_collection",
            Self::OffDayDelivery => "off_day_delivery",
            Self::Pauses => "pauses",
            Self::Resolution => "resolution",
            Self::Cases => "cases",
            Self::Contact => "contact",
        }
    }

    /// All of them as a text.
    pub(super) fn listed() -> String {
        Self::ALL.map(Self::as_str).join(", ")
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
            Self::Cohort => "a date the KPI can be had by, such as accepted",
            Self::Basis => "period, shipment",
            Self::From => "collected, ordered",
            Self::StorageCompletes => "consented, always, never",
            Self::Anomalies => "exclude, keep",
            Self::ForceMajeure => "raw, adjusted",
            Self::Maturity => "matured, provisional",
            Self::Unit => "piece, consignment",
            Self::Settle => "a duration of at least 0 such as 24h",
            Self::Horizon => "a duration of at least 0 such as 45d",
            Self::SilentAfter => "a duration above 0 such as 30d",
            Self::ScaleFrom => "min, zero (or of_max)",
            Self::Per => "rating, waybill",
            Self::ScaleMapping => "none, five_point_5_4_123",
            Self::ExactUpTo => "a whole number up to 1,000,000",
            Self::Customer => "sender, recipient",
            Self::LookBack => "a duration above 0 such as 90d, or ever",
            Self::Fork => "each_longest, longest_planned, longest_effective",
            Self::Clock => "elapsed, working",
            Self::Calendar => "china or another name",
            Self::LastCollection => "24:00, or a time of day such as 17:00",
            Self::OffDayDelivery => "next_working_day, same_count",
            Self::Pauses => "apart, counted",
            Self::Resolution => "last, first",
            Self::Cases => "matured, resolved_only",
            Self::Contact => "contact, handler",
        }
    }
}

impl fmt::Display for PolicyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
