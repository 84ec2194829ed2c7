//! Tracking completeness rate, 轨迹完整率.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::trip::{decided_at, judged, note_trip};
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit};
use crate::outcome::{Outcome, Term};
use crate::record::{NodeKind, RecordKind};
use crate::state::{Share, Verdict};

/// The share of shipments of which every mandatory node of the route was scanned.
///
/// Judged once: `settle` (24 h) after completion, or where there is none, `horizon` (45 d) after acceptance. Lost parcels
/// have the worst scans, so they count: whatever was not completed by then lacks its `delivered` and is a miss; how many
/// of those were lost, returned or cancelled on the way is noted. A `stored` that completes (`storage_completes`) stands
/// for `delivered`. Scans after `returned` belong to the way back and fill no gap of the trip. A scan counts wherever its
/// clock stands: disorder is a matter of [`TrackingAccuracyRate`](super::TrackingAccuracyRate).
///
/// - numerator: every mandatory node is among the scans
/// - denominator: accepted forward shipments whose scans were due for judgement
/// - open: not yet due for judgement, complete or not
/// - excluded: `not_forward`, `cancelled` (before collection), `never_collected`
/// - provisional: completed ones lean to what their scans say; those lost, returned or cancelled lean to a miss; what is
///   under way leans to nothing
/// - notes: inferred acceptances, unknown consents, doubtful clocks; `lost`, `returned`, `cancelled`
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Of two parcels with six mandatory nodes each, one lacks its `out_for_delivery`: 1 / 2.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let nodes = ["collected", "origin_arrived", "origin_departed", "destination_arrived", "delivered", "out_for_delivery"];
/// let mut records = Records::default();
/// for (number, scanned) in [("A", 6), ("B", 5)] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     for node in &nodes[..scanned] {
///         records.events.push(NodeEvent::new(key.clone(), node.parse()?, "2026-10-01T10:00:00+08:00".parse()?));
///     }
/// }
/// let plan = Plan::new([catalogue().find("tracking_completeness_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-02T10:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Express Market Measures 2023, art. 26 (10): users can follow the parcel, no process information is hidden. Which nodes
/// are mandatory is the caller's [`RoutePolicy`](crate::journey::RoutePolicy).
#[doc(alias = "轨迹完整率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackingCompletenessRate {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "tracking_completeness_rate",
    version: 1,
    name_en: "Tracking completeness rate",
    name_zh: "轨迹完整率",
    formula: "every mandatory node scanned / accepted shipments, judged at completion + settle, else at acceptance + horizon",
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

impl Default for TrackingCompletenessRate {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Accepted) }
    }
}

impl Kpi for TrackingCompletenessRate {
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

impl Observe<Shipment> for TrackingCompletenessRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.date_by(self.policies.cohort, self.policies.storage_completes, at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<Verdict> {
        let acceptance = match shipment.acceptance() {
            Ok(acceptance) => acceptance,
            Err(reason) => return Outcome::Excluded(reason),
        };
        let due = decided_at(shipment, acceptance, &self.policies);
        let scanned = shipment.course.forward_kinds;
        let nodes = match shipment.completion(self.policies.storage_completes) {
            Some(_) => scanned.with(NodeKind::Delivered),
            // Under way: what is lacking may still come.
            None if at.as_of < due && shipment.ended_without_completion().is_none() => return Outcome::open_until(due),
            None => scanned,
        };
        let lacking = at.route.mandatory().lacking_in(nodes);
        judged((lacking > 0).then_some(lacking), shipment, due, &self.policies).settling(due, at.as_of)
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        note_trip(shipment, &self.policies, note);
    }
}
