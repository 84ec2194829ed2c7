//! Tracking freshness rate, 轨迹及时率.

use chrono::NaiveDate;

use crate::fact::{Context, NodeScan};
use crate::kpi::argument::{hours, lasting};
use crate::kpi::trip::recording_delay;
use crate::kpi::{
    Cohort, Definition, Direction, FigureKind, Kpi, KpiError, Observe, Params, Policies, PolicyName, Unit,
};
use crate::outcome::{Outcome, Severity};
use crate::record::{Duration, RecordKind};
use crate::state::{Share, Verdict};

/// The share of scans recorded within a limit (1 h) of what they tell of.
///
/// Every scan of a known waybill counts once, `ordered` and `cancelled` included; of repeats the one recorded first. A scan
/// is judged `settle` (24 h) after its limit has passed, in time or not: a scan still on its way to the system is not seen
/// at all, so the last hours of a month would read as perfect. Scans of one parcel go wrong together; the interval is
/// marked `clustered` and too narrow.
///
/// - numerator: recorded at or before occurred + limit
/// - denominator: scans with both clocks
/// - open: occurred + limit + `settle` still to come
/// - provisional: the delay is known with the scan, and every open one leans to what it says
/// - excluded: `not_forward` (other flows, and scans after `returned`)
/// - invalid: `no_recording_clock`; `clock_anomaly` (`anomalies=keep` judges such scans as they stand, and a scan recorded
///   before it occurred is in time)
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Two scans at 10:00, recorded at 11:00 and at 11:00:00.001: 1 / 2.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let key = WaybillKey::new(WaybillNumber::new("A")?, day);
/// let mut records = Records::default();
/// records.waybills.push(Waybill::new(key.clone()));
/// for (kind, recorded) in [(NodeKind::Inspected, "11:00:00"), (NodeKind::Collected, "11:00:00.001")] {
///     let mut scan = NodeEvent::new(key.clone(), kind, "2026-10-01T10:00:00+08:00".parse()?);
///     scan.recorded_at = Some(format!("2026-10-01T{recorded}+08:00").parse()?);
///     records.events.push(scan);
/// }
/// let plan = Plan::new([catalogue().find("tracking_freshness_rate(1h)")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-02T11:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Express Market Measures 2023, art. 26 (10), asks for tracking; the limit is the caller's.
#[doc(alias = "轨迹及时率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackingFreshnessRate {
    limit: Duration, // > 0
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "tracking_freshness_rate",
    version: 1,
    name_en: "Tracking freshness rate",
    name_zh: "轨迹及时率",
    formula: "scans recorded within the limit / scans with both clocks whose limit + settle has passed",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Occurred],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[PolicyName::Anomalies, PolicyName::Maturity, PolicyName::Settle],
    clustered: true,
    looks_back: false,
    source: "definition of this crate",
};

impl TrackingFreshnessRate {
    /// With a limit of the caller's own.
    ///
    /// # Errors
    /// [`KpiError::Argument`] for a limit that is not above 0.
    pub fn within(limit: Duration) -> Result<Self, KpiError> {
        Ok(Self { limit: lasting(&DEFINITION, limit)?, ..Self::default() })
    }
}

impl Default for TrackingFreshnessRate {
    fn default() -> Self {
        Self { limit: Duration::from_hours(1), policies: Policies::by(Cohort::Occurred) }
    }
}

impl Kpi for TrackingFreshnessRate {
    type State = Share;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Share {
        Share::default()
    }
    fn policies(&self) -> Option<&Policies> {
        Some(&self.policies)
    }
    fn policies_mut(&mut self) -> Option<&mut Policies> {
        Some(&mut self.policies)
    }
    fn arguments(&self, params: &mut Params) {
        params.number("limit_hours", hours(self.limit));
    }
}

impl Observe<NodeScan> for TrackingFreshnessRate {
    fn cohort(&self, scan: &NodeScan, at: &Context) -> Option<NaiveDate> {
        Some(at.zone.date_of(scan.occurred_at))
    }

    fn outcome(&self, scan: &NodeScan, at: &Context) -> Outcome<Verdict> {
        let delay = match recording_delay(scan, &self.policies) {
            Ok(delay) => delay,
            Err(outcome) => return outcome,
        };
        let so_far = if delay <= self.limit {
            Outcome::measured(Verdict::Hit)
        } else {
            let excess = Duration::from_millis(delay.as_millis() - self.limit.as_millis());
            Outcome::ranked(Verdict::Miss, Severity::By(excess))
        };
        let decided_at = scan.occurred_at.saturating_add(self.limit).saturating_add(self.policies.settle);
        so_far.settling(decided_at, at.as_of)
    }
}
