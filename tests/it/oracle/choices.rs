//! The policies a figure is taken under, in words of the oracle's own, and how the crate is told of them.

use chrono_tz::Tz;
use parcelgauge::cube::{Dimension, Plan};
use parcelgauge::fact::Context;
use parcelgauge::kpi::{Gauge, Policy, catalogue};
use parcelgauge::record::Window;

use super::clock;

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

/// Everything that a figure depends on beside the records.
#[derive(Debug, Clone)]
pub struct Choices {
    pub as_of: i64,
    pub known_from: Option<i64>,
    pub zone: Tz,
    pub window: Window,
    pub dimensions: Vec<Dimension>,
    pub storage: Storage,
    pub keep_anomalies: bool,
    /// What force majeure affected is left out.
    pub adjusted: bool,
    /// Open facts count as what they lean to.
    pub provisional: bool,
    /// The pieces of a consignment count as one.
    pub by_consignment: bool,
    pub from_order: bool,
    pub exact_up_to: u32,
    pub delivered_only: bool,
    pub promise_end: PromiseEnd,
    pub strictly_before: bool,
    pub grace: i64,
    pub settle: i64,
    pub current_promise: bool,
    pub on_time_cohort: CohortDate,
    pub hours_cohort: CohortDate,
    /// Compensation of the shipments accepted, paid within so long, and not of the window.
    pub paid_within: Option<i64>,
    pub of_recipient: bool,
    /// None looks back for ever.
    pub look_back: Option<i64>,
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
            storage: Storage::Consented,
            keep_anomalies: false,
            adjusted: false,
            provisional: false,
            by_consignment: false,
            from_order: false,
            exact_up_to: 1_024,
            delivered_only: false,
            promise_end: PromiseEnd::DayEnd,
            strictly_before: false,
            grace: 0,
            settle: clock::DAY,
            current_promise: false,
            on_time_cohort: CohortDate::Due,
            hours_cohort: CohortDate::Completed,
            paid_within: None,
            of_recipient: false,
            look_back: Some(90 * clock::DAY),
        }
    }

    /// A KPI of the catalogue under these policies, each named as a caller would name it.
    pub fn gauge(&self, kpi: &str) -> Gauge {
        let millis = |value: i64| format!("{value}ms");
        let either = |flag: bool, yes: &str, no: &str| if flag { yes.to_owned() } else { no.to_owned() };
        let storage = match self.storage {
            Storage::Consented => "consented",
            Storage::Always => "always",
            Storage::Never => "never",
        };
        let promise_end = match self.promise_end {
            PromiseEnd::DayEnd => "day_end",
            PromiseEnd::DayStart => "day_start",
            PromiseEnd::CalendarDay => "calendar_day",
        };
        let policies = match kpi {
            "on_time_delivery_rate" => vec![
                ("cohort", self.on_time_cohort.name().to_owned()),
                ("comparison", either(self.strictly_before, "strictly_before", "at_or_before")),
                ("denominator", either(self.delivered_only, "delivered_only", "matured")),
                ("force_majeure", either(self.adjusted, "adjusted", "raw")),
                ("grace", millis(self.grace)),
                ("maturity", either(self.provisional, "provisional", "matured")),
                ("promise", either(self.current_promise, "current", "original")),
                ("promise_end", promise_end.to_owned()),
                ("settle", millis(self.settle)),
                ("storage_completes", storage.to_owned()),
                ("unit", either(self.by_consignment, "consignment", "piece")),
            ],
            "end_to_end_hours" => vec![
                ("anomalies", either(self.keep_anomalies, "keep", "exclude")),
                ("cohort", self.hours_cohort.name().to_owned()),
                ("exact_up_to", self.exact_up_to.to_string()),
                ("force_majeure", either(self.adjusted, "adjusted", "raw")),
                ("from", either(self.from_order, "ordered", "collected")),
                ("storage_completes", storage.to_owned()),
            ],
            "compensation_per_10k" => vec![
                ("basis", either(self.paid_within.is_some(), "shipment", "period")),
                ("horizon", millis(self.paid_within.unwrap_or(90 * clock::DAY))),
                ("maturity", either(self.provisional, "provisional", "matured")),
            ],
            "repeat_order_rate" => vec![
                ("customer", either(self.of_recipient, "recipient", "sender")),
                ("look_back", self.look_back.map_or("ever".to_owned(), millis)),
            ],
            _ => Vec::new(),
        };
        let mut gauge = catalogue().find(kpi).expect("a KPI of the catalogue");
        for (name, value) in policies {
            let policy = Policy::parse(name, &value).expect("a policy");
            gauge = gauge.with(policy).expect("a policy that the KPI reads");
        }
        gauge
    }

    /// The plan for some KPIs.
    pub fn plan(&self, kpis: &[&str]) -> Plan {
        Plan::new(kpis.iter().map(|kpi| self.gauge(kpi))).by(self.dimensions.clone()).with_window(self.window)
    }

    /// What the crate is told of instant, zone and reach.
    pub fn context(&self) -> Context {
        let zone = self.zone.name().parse().expect("a zone");
        let context = Context::at(clock::instant(self.as_of)).with_zone(zone);
        match self.known_from {
            Some(known_from) => context.with_known_from(clock::instant(known_from)),
            None => context,
        }
    }
}
