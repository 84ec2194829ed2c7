//! Recording delay in hours, 数据时延.

use chrono::NaiveDate;

use crate::fact::{Context, NodeScan};
use crate::kpi::trip::recording_delay;
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit};
use crate::outcome::{Outcome, Severity};
use crate::record::RecordKind;
use crate::state::Distribution;

/// How long it takes until a scan is recorded.
///
/// Every scan of a known waybill counts once, `ordered` and `cancelled` included; of repeats the one recorded first. A
/// scan is known from its recording on, so none is ever under way, and the newest days look better than they will: those
/// who need them settled take [`TrackingFreshnessRate`](super::TrackingFreshnessRate).
///
/// - quantity: recorded − occurred, in milliseconds, shown in hours; down to −5 min as it stands, since two sound clocks
///   may differ by so much
/// - excluded: `not_forward` (other flows, and scans after `returned`)
/// - invalid: `no_recording_clock`; `clock_anomaly` (recorded more than 5 min before it occurred, handled more than a day
///   before collection or after completion; `anomalies=keep` uses such delays as they stand)
///
/// # Formula
/// Mean = Σ / n; quantiles at position (n − 1)·p, linear between neighbours: exact up to `exact_up_to` distinct delays,
/// within 0.4 % above.
///
/// # By hand
/// 30 min and 90 min: mean 1 h; the 95 % quantile stands at position 0.95 between them, 1.45 h.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let key = WaybillKey::new(WaybillNumber::new("A")?, day);
/// let mut records = Records::default();
/// records.waybills.push(Waybill::new(key.clone()));
/// for (kind, recorded) in [(NodeKind::Inspected, "10:30"), (NodeKind::Collected, "11:30")] {
///     let mut scan = NodeEvent::new(key.clone(), kind, "2026-10-01T10:00:00+08:00".parse()?);
///     scan.recorded_at = Some(format!("2026-10-01T{recorded}:00+08:00").parse()?);
///     records.events.push(scan);
/// }
/// let plan = Plan::new([catalogue().find("recording_delay_hours")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-02T00:00:00+08:00".parse()?));
/// let Figure::Distribution { mean, p95, .. } = scorecard.rows[0].figure else { unreachable!() };
/// assert_eq!((mean, p95), (Some(1.0), Some(1.45)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// No public standard seen; the definition is this crate's own.
#[doc(alias = "数据时延")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingDelayHours {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "recording_delay_hours",
    version: 1,
    name_en: "Recording delay in hours",
    name_zh: "数据时延",
    formula: "recorded − occurred over scans with both clocks",
    kind: FigureKind::Distribution,
    unit: Unit::Hours,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Occurred],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[PolicyName::Anomalies, PolicyName::ExactUpTo],
    clustered: false,
    looks_back: false,
    source: "definition of this crate",
};

impl Default for RecordingDelayHours {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Occurred) }
    }
}

impl Kpi for RecordingDelayHours {
    type State = Distribution;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Distribution {
        Distribution::new(self.policies.exact_up_to)
    }
    fn policies(&self) -> Option<&Policies> {
        Some(&self.policies)
    }
    fn policies_mut(&mut self) -> Option<&mut Policies> {
        Some(&mut self.policies)
    }
}

impl Observe<NodeScan> for RecordingDelayHours {
    fn cohort(&self, scan: &NodeScan, at: &Context) -> Option<NaiveDate> {
        Some(at.zone.date_of(scan.occurred_at))
    }

    fn outcome(&self, scan: &NodeScan, _at: &Context) -> Outcome<i64> {
        match recording_delay(scan, &self.policies) {
            Ok(delay) => Outcome::ranked(delay.as_millis(), Severity::By(delay)),
            Err(outcome) => outcome,
        }
    }
}
