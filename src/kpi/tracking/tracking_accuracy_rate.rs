//! Tracking accuracy rate, 轨迹准确率.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::trip::{decided_at, judged, note_trip};
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit};
use crate::outcome::{Outcome, Term};
use crate::record::RecordKind;
use crate::state::{Share, Verdict};

/// The share of shipments whose scans stand in an order the route allows, with no clock that cannot be right.
///
/// Judged once, as [`TrackingCompletenessRate`](super::TrackingCompletenessRate): `settle` (24 h) after completion, else
/// `horizon` (45 d) after acceptance. What is not there cannot stand wrong: a gap is no inaccuracy, and a lost parcel with
/// orderly scans is a hit. Scans after `returned` belong to the way back and are not looked at.
///
/// - numerator: the order is allowed, and no scan is an anomaly (handled more than a day before collection, recorded more
///   than five minutes before it occurred, handled after completion)
/// - denominator: accepted forward shipments whose scans were due for judgement
/// - open: not yet due for judgement
/// - excluded: `not_forward`, `cancelled` (before collection), `never_collected`
/// - provisional: faults that are known of lean it to a miss, else it leans to a hit
/// - notes: inferred acceptances, unknown consents, doubtful clocks; `lost`, `returned`, `cancelled`
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Of two parcels one left its origin before it arrived there: 1 / 2.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::default();
/// for (number, nodes) in [("A", ["origin_arrived", "origin_departed"]), ("B", ["origin_departed", "origin_arrived"])] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     for (hour, node) in ["collected", nodes[0], nodes[1], "delivered"].into_iter().enumerate() {
///         let at = format!("2026-10-01T1{hour}:00:00+08:00").parse()?;
///         records.events.push(NodeEvent::new(key.clone(), node.parse()?, at));
///     }
/// }
/// let plan = Plan::new([catalogue().find("tracking_accuracy_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-03T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Express Market Measures 2023, art. 26 (10): no process information is invented. Which order is allowed is the caller's
/// [`RoutePolicy`](crate::journey::RoutePolicy).
#[doc(alias = "轨迹准确率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackingAccuracyRate {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "tracking_accuracy_rate",
    version: 1,
    name_en: "Tracking accuracy rate",
    name_zh: "轨迹准确率",
    formula: "scans in an allowed order without anomaly / accepted shipments, judged at completion + settle, else at acceptance + horizon",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Accepted, Cohort::Ordered, Cohort::Completed],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[
        PolicyName::Cohort,
        PolicyName::Horizon,
        PolicyName::Maturity,
        PolicyName::Settle,
        PolicyName::StorageCompletes,
    ],
    clustered: false,
    looks_back: false,
    source: "Express Market Measures 2023 art. 26 (10)",
};

impl Default for TrackingAccuracyRate {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Accepted) }
    }
}

impl Kpi for TrackingAccuracyRate {
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
}

impl Observe<Shipment> for TrackingAccuracyRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.date_by(self.policies.cohort, self.policies.storage_completes, at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<Verdict> {
        let acceptance = match shipment.acceptance() {
            Ok(acceptance) => acceptance,
            Err(reason) => return Outcome::Excluded(reason),
        };
        let due = decided_at(shipment, acceptance, &self.policies);
        let course = &shipment.course;
        let is_faulty = !course.in_order || course.forward_anomalies > 0;
        judged(is_faulty.then_some(course.forward_anomalies), shipment, due, &self.policies).settling(due, at.as_of)
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        note_trip(shipment, &self.policies, note);
    }
}
