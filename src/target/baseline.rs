//! The baseline targets, as data.

use super::{Line, Statistic, Target};

const AGREED: &str = "baseline target of the project; no public standard is claimed for it";

/// The targets the project starts from: absolute lines for KPIs of the catalogue, each with every policy at its default.
///
/// Targets against an earlier period (damage, and whatever is to be better than the year before) are not among them: one
/// scorecard cannot tell. Nor are targets for KPIs that the catalogue does not have yet.
pub const BASELINE: &[Target] = &[
    Target {
        kpi: "on_time_delivery_rate",
        statistic: Statistic::Value,
        line: Line::AtLeast(0.98),
        red_line: None,
        note: "for the year; tracked each month and quarter",
        source: AGREED,
    },
    Target {
        kpi: "complaint_rate",
        statistic: Statistic::Value,
        line: Line::AtMost(0.005),
        red_line: None,
        note: "for the year; tracked each month and quarter",
        source: AGREED,
    },
    Target {
        kpi: "satisfaction_rate",
        statistic: Statistic::Value,
        line: Line::AtLeast(0.85),
        red_line: Some(Line::LessThan(0.80)),
        note: "below the red line a special rectification is opened",
        source: AGREED,
    },
    Target {
        kpi: "tracking_accuracy_rate",
        statistic: Statistic::Value,
        line: Line::AtLeast(0.99),
        red_line: None,
        note: "",
        source: AGREED,
    },
    Target {
        kpi: "response_within_rate(24h)",
        statistic: Statistic::Value,
        line: Line::AtLeast(1.0),
        red_line: None,
        note: "complaints and inquiries; elapsed hours",
        source: AGREED,
    },
    Target {
        kpi: "resolution_rate",
        statistic: Statistic::Value,
        line: Line::AtLeast(0.95),
        red_line: None,
        note: "of cases opened at least 7 days ago",
        source: AGREED,
    },
    Target {
        kpi: "recording_delay_hours",
        statistic: Statistic::P95,
        line: Line::AtMost(1.0),
        red_line: None,
        note: "our reading of \"hour level\": 95 of 100 scans recorded within the hour",
        source: AGREED,
    },
];
