//! End-to-end hours, 全程时限.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, StartsFrom, Unit};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::RecordKind;
use crate::state::Distribution;

/// How long shipments take from collection to completion.
///
/// Counted are completed accepted forward shipments. Those under way are open and shown with their mean age, in the
/// window `undated`, since they have no completion date: a month's mean over finished ones alone says nothing of them.
///
/// - quantity: completion − collection (`from=ordered`: − order), in milliseconds, shown in hours
/// - open: not completed, not returned, not lost, not cancelled
/// - excluded: `not_forward`, `cancelled`, `never_collected`, `returned`, `lost`; for `force_majeure=adjusted` also
///   `force_majeure`, completed or not
/// - invalid: `no_collection` (acceptance inferred), `no_order` (for `from=ordered`), `clock_anomaly` (a scan at either
///   end is anomalous, or the end lies before the start; `anomalies=keep` uses such durations as they stand)
///
/// Of several collections or completions one with a sound clock goes before a doubtful one, then the earlier. What is
/// under way without a collection scan is open since acceptance, and `no_collection` once it is completed.
///
/// # Formula
/// Mean = Σ / n; quantiles at position (n − 1)·p, linear between neighbours: exact up to `exact_up_to` distinct
/// durations, within 0.4 % above.
///
/// # By hand
/// 48 h and 24 h: mean 36 h; the 80 % quantile stands at position 0.8 between them, 43.2 h.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::default();
/// for (number, delivered) in [("A", "2026-10-03T10:00:00+08:00"), ("B", "2026-10-02T10:00:00+08:00")] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     records.events.push(NodeEvent::new(key.clone(), NodeKind::Collected, "2026-10-01T10:00:00+08:00".parse()?));
///     records.events.push(NodeEvent::new(key, NodeKind::Delivered, delivered.parse()?));
/// }
/// let plan = Plan::new([catalogue().find("end_to_end_hours")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-05T00:00:00+08:00".parse()?));
/// let Figure::Distribution { mean, p80, .. } = scorecard.rows[0].figure else { unreachable!() };
/// assert_eq!((mean, p80), (Some(36.0), Some(43.2)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// State Post Bureau, express time-limit surveys: 全程时限 is the time from collection to delivery, averaged, in hours.
#[doc(alias = "全程时限")]
#[doc(alias = "transit time")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndToEndHours {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "end_to_end_hours",
    version: 1,
    name_en: "End-to-end hours",
    name_zh: "全程时限",
    formula: "completion − collection over completed shipments; those under way are shown with their age",
    kind: FigureKind::Distribution,
    unit: Unit::Hours,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Completed, Cohort::Ordered, Cohort::Accepted],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[
        PolicyName::Anomalies,
        PolicyName::Cohort,
        PolicyName::ExactUpTo,
        PolicyName::ForceMajeure,
        PolicyName::From,
        PolicyName::StorageCompletes,
    ],
    clustered: false,
    looks_back: false,
    source: "State Post Bureau, express time-limit surveys",
};

impl Default for EndToEndHours {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Completed) }
    }
}

impl Kpi for EndToEndHours {
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

impl Observe<Shipment> for EndToEndHours {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.date_by(self.policies.cohort, self.policies.storage_completes, at)
    }

    fn outcome(&self, shipment: &Shipment, _at: &Context) -> Outcome<i64> {
        let acceptance = match self.policies.accepted_in_time(shipment) {
            Ok(acceptance) => acceptance,
            Err(reason) => return Outcome::Excluded(reason),
        };
        let (start, missing) = match self.policies.from {
            StartsFrom::Collected => (shipment.course.collected, Term::NO_COLLECTION),
            StartsFrom::Ordered => (shipment.course.ordered, Term::NO_ORDER),
        };
        let Some(done) = shipment.completion(self.policies.storage_completes) else {
            return match shipment.ended_without_completion() {
                Some(reason) => Outcome::Excluded(reason),
                None => Outcome::open_since(start.map_or(acceptance.at, |start| start.at)),
            };
        };
        let Some(start) = start else { return Outcome::Invalid(missing) };
        match self.policies.elapsed(start, done.milestone) {
            Ok(duration) => Outcome::ranked(duration.as_millis(), Severity::By(duration)),
            Err(reason) => Outcome::Invalid(reason),
        }
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        if shipment.acceptance().is_ok() {
            shipment.note_completion(self.policies.storage_completes, note);
        }
    }
}
