//! The policies a figure is taken under, in words of the oracle's own, and how the crate is told of them.

use chrono_tz::Tz;
use parcelgauge::cube::{ByOutcome, Dimension, Plan};
use parcelgauge::fact::Context;
use parcelgauge::kpi::{Gauge, Policy, PolicyName, catalogue};
use parcelgauge::record::Window;

use super::{clock, office};

/// When storing completes a trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    Consented,
    Always,
    Never,
}

/// When a promised day ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromiseEnd {
    DayEnd,
    DayStart,
    CalendarDay,
}

/// The date by which facts fall into windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CohortDate {
    Due,
    Ordered,
    Accepted,
    Completed,
}

impl CohortDate {
    fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Ordered => "ordered",
            Self::Accepted => "accepted",
            Self::Completed => "completed",
        }
    }
}

/// Which trips a rate within hours is over, and within how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    Hours(i64),
    /// 72 hours from one city to another.
    BetweenCities,
}

impl Within {
    /// The limit in milliseconds.
    pub fn limit(self) -> i64 {
        match self {
            Self::Hours(hours) => hours * clock::HOUR,
            Self::BetweenCities => 72 * clock::HOUR,
        }
    }
}

/// Which shipments a volume counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Volume {
    Accepted,
    Completed,
    InFlight,
}

/// Everything that a figure depends on beside the records. What several KPIs read, all of them read alike.
#[derive(Debug, Clone)]
pub struct Choices {
    pub as_of: i64,
    pub known_from: Option<i64>,
    pub zone: Tz,
    pub window: Window,
    pub dimensions: Vec<Dimension>,
    /// Grouped also by what shipments come to for a KPI, under these choices.
    pub outcome_of: Option<&'static str>,
    /// None is each KPI's own; so it is where a KPI cannot be had by the one named.
    pub cohort: Option<CohortDate>,
    pub storage: Storage,
    pub keep_anomalies: bool,
    /// What force majeure affected is left out.
    pub adjusted: bool,
    /// Open facts count as what they lean to.
    pub provisional: bool,
    /// The pieces of a consignment count as one.
    pub by_consignment: bool,
    /// Compensation is that of the shipments accepted, paid within the horizon, not what a window paid.
    pub paid_by_shipment: bool,
    pub from_order: bool,
    pub exact_up_to: u32,
    pub delivered_only: bool,
    pub promise_end: PromiseEnd,
    pub strictly_before: bool,
    pub grace: i64,
    pub settle: i64,
    pub horizon: i64,
    pub silent_after: i64,
    pub current_promise: bool,
    pub of_recipient: bool,
    /// None looks back for ever.
    pub look_back: Option<i64>,
    pub per_waybill: bool,
    pub scale_from_zero: bool,
    pub five_point_mapping: bool,
    /// Of `within_hours_rate`.
    pub within: Within,
    /// Of `stage_hours` and `stage_on_time_rate`.
    pub stage: &'static str,
    /// Of `tracking_freshness_rate`.
    pub recorded_within: i64,
    /// Of `response_within_rate` and `resolution_within_rate`.
    pub answered_within: i64,
    /// Of `resolution_rate`, `reopen_rate` and `first_contact_resolution_rate`.
    pub resolved_after: i64,
    /// Of `payout_within_rate` and `delivered_by_day_rate`.
    pub working_days: i64,
    /// Limits of cases count office hours.
    pub by_office: bool,
    /// Waiting for the customer counts, and what lies between an end and a reopening.
    pub pauses_count: bool,
    pub first_resolving: bool,
    pub resolved_only: bool,
    /// One contact is one person or group.
    pub by_handler: bool,
    /// The time of day from which on a parcel is of the next day.
    pub last_collection: Option<i64>,
    /// A delivery on a day off is of the working day before.
    pub off_days_count_back: bool,
    /// Of `shipment_volume`.
    pub volume: Volume,
}

impl Choices {
    /// The defaults of the specification at an instant, in UTC, everything in one window.
    pub fn at(as_of: i64) -> Self {
        Self {
            as_of,
            known_from: None,
            zone: Tz::UTC,
            window: Window::All,
            dimensions: Vec::new(),
            outcome_of: None,
            cohort: None,
            storage: Storage::Consented,
            keep_anomalies: false,
            adjusted: false,
            provisional: false,
            by_consignment: false,
            paid_by_shipment: false,
            from_order: false,
            exact_up_to: 1_024,
            delivered_only: false,
            promise_end: PromiseEnd::DayEnd,
            strictly_before: false,
            grace: 0,
            settle: clock::DAY,
            horizon: 45 * clock::DAY,
            silent_after: 30 * clock::DAY,
            current_promise: false,
            of_recipient: false,
            look_back: Some(90 * clock::DAY),
            per_waybill: false,
            scale_from_zero: false,
            five_point_mapping: false,
            within: Within::Hours(72),
            stage: "last_mile",
            recorded_within: clock::HOUR,
            answered_within: 24 * clock::HOUR,
            resolved_after: 7 * clock::DAY,
            working_days: 2,
            by_office: false,
            pauses_count: false,
            first_resolving: false,
            resolved_only: false,
            by_handler: false,
            last_collection: None,
            off_days_count_back: false,
            volume: Volume::Accepted,
        }
    }

    /// The date chosen, where it is one of those a KPI can be had by; else the first of them, the KPI's own.
    pub fn cohort_of(&self, possible: &[CohortDate]) -> CohortDate {
        self.cohort.filter(|chosen| possible.contains(chosen)).unwrap_or(possible[0])
    }

    /// A policy's value as a caller would write it. The cohort is told apart by KPI.
    fn value_of(&self, policy: &str) -> String {
        let millis = |value: i64| format!("{value}ms");
        let either = |flag: bool, yes: &str, no: &str| if flag { yes.to_owned() } else { no.to_owned() };
        match policy {
            "anomalies" => either(self.keep_anomalies, "keep", "exclude"),
            "basis" => either(self.paid_by_shipment, "shipment", "period"),
            "calendar" => "desk".to_owned(),
            "cases" => either(self.resolved_only, "resolved_only", "matured"),
            "clock" => either(self.by_office, "working", "elapsed"),
            "contact" => either(self.by_handler, "handler", "contact"),
            "last_collection" => match self.last_collection {
                None => "24:00".to_owned(),
                Some(last) => format!("{:02}:{:02}", last / clock::HOUR, last % clock::HOUR / clock::MINUTE),
            },
            "off_day_delivery" => either(self.off_days_count_back, "same_count", "next_working_day"),
            "pauses" => either(self.pauses_count, "counted", "apart"),
            "resolution" => either(self.first_resolving, "first", "last"),
            "comparison" => either(self.strictly_before, "strictly_before", "at_or_before"),
            "customer" => either(self.of_recipient, "recipient", "sender"),
            "denominator" => either(self.delivered_only, "delivered_only", "matured"),
            "exact_up_to" => self.exact_up_to.to_string(),
            "force_majeure" => either(self.adjusted, "adjusted", "raw"),
            // The standard route has no forks: however they are joined, it is the same.
            "fork" => "longest_planned".to_owned(),
            "from" => either(self.from_order, "ordered", "collected"),
            "grace" => millis(self.grace),
            "horizon" => millis(self.horizon),
            "look_back" => self.look_back.map_or("ever".to_owned(), millis),
            "maturity" => either(self.provisional, "provisional", "matured"),
            "per" => either(self.per_waybill, "waybill", "rating"),
            "promise" => either(self.current_promise, "current", "original"),
            "promise_end" => match self.promise_end {
                PromiseEnd::DayEnd => "day_end".to_owned(),
                PromiseEnd::DayStart => "day_start".to_owned(),
                PromiseEnd::CalendarDay => "calendar_day".to_owned(),
            },
            "scale_from" => either(self.scale_from_zero, "of_max", "min"),
            "scale_mapping" => either(self.five_point_mapping, "five_point_5_4_123", "none"),
            "settle" => millis(self.settle),
            "silent_after" => millis(self.silent_after),
            "storage_completes" => match self.storage {
                Storage::Consented => "consented".to_owned(),
                Storage::Always => "always".to_owned(),
                Storage::Never => "never".to_owned(),
            },
            "unit" => either(self.by_consignment, "consignment", "piece"),
            other => panic!("the oracle chooses nothing for the policy {other}: teach it"),
        }
    }

    /// What stands in parentheses behind a KPI's name.
    fn argument_of(&self, kpi: &str) -> Option<String> {
        let millis = |value: i64| Some(format!("{value}ms"));
        match kpi {
            "within_hours_rate" => Some(match self.within {
                Within::Hours(hours) => hours.to_string(),
                Within::BetweenCities => "spb_72h".to_owned(),
            }),
            "stage_hours" | "stage_on_time_rate" => Some(self.stage.to_owned()),
            "tracking_freshness_rate" => millis(self.recorded_within),
            "response_within_rate" | "resolution_within_rate" => millis(self.answered_within),
            "resolution_rate" | "reopen_rate" | "first_contact_resolution_rate" => millis(self.resolved_after),
            "payout_within_rate" | "delivered_by_day_rate" => Some(self.working_days.to_string()),
            "shipment_volume" => Some(match self.volume {
                Volume::Accepted => "accepted".to_owned(),
                Volume::Completed => "completed".to_owned(),
                Volume::InFlight => "in_flight".to_owned(),
            }),
            _ => None,
        }
    }

    /// A KPI of the catalogue under these choices: every policy that it reads is named, as a caller would name it.
    pub fn gauge(&self, kpi: &str) -> Gauge {
        let asked = self.argument_of(kpi).map_or(kpi.to_owned(), |argument| format!("{kpi}({argument})"));
        let mut gauge = catalogue().find(&asked).expect("a KPI of the catalogue");
        let definition = gauge.definition();
        for policy in definition.policies {
            let value = if *policy == PolicyName::Cohort {
                let possible = |chosen: &CohortDate| definition.cohorts.iter().any(|of| of.name() == chosen.name());
                match self.cohort.filter(possible) {
                    Some(chosen) => chosen.name().to_owned(),
                    None => continue, // the KPI's own
                }
            } else {
                self.value_of(policy.as_str())
            };
            let policy = Policy::parse(policy.as_str(), &value).expect("a policy");
            gauge = gauge.with(policy).expect("a policy that the KPI reads");
        }
        gauge
    }

    /// The plan for some KPIs.
    pub fn plan(&self, kpis: &[&str]) -> Plan {
        let by_outcome = self.outcome_of.map(|kpi| ByOutcome::of(self.gauge(kpi)).expect("a share over shipments"));
        let dimensions = self.dimensions.iter().cloned().chain(by_outcome.map(Dimension::Outcome));
        Plan::new(kpis.iter().map(|kpi| self.gauge(kpi))).by(dimensions).with_window(self.window)
    }

    /// What the crate is told of instant, zone and reach.
    pub fn context(&self) -> Context {
        let zone = self.zone.name().parse().expect("a zone");
        let context = Context::at(clock::instant(self.as_of)).with_zone(zone);
        let context = context.with_calendar("desk".parse().expect("a name"), office::calendar());
        match self.known_from {
            Some(known_from) => context.with_known_from(clock::instant(known_from)),
            None => context,
        }
    }
}
