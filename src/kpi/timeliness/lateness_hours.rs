//! Lateness in hours, 延误时长.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::{
    Anomalies, Cohort, Deadline, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::RecordKind;
use crate::state::Distribution;

/// How late the late ones are.
///
/// Who is late is told as by [`OnTimeDeliveryRate`](super::OnTimeDeliveryRate), with the same policies: these are its
/// misses, piece by piece. How late counts from the promise itself, `grace` not taken off. Late ones still under way are
/// open and shown with their mean age since the promise: a mean over delivered ones alone says nothing of them.
///
/// - quantity: completion − promise, in milliseconds, shown in hours
/// - open: the deadline plus `settle` (24 h) lies ahead; then, late and still under way, with an age
/// - excluded: `not_forward`, `cancelled`, `never_collected`, `no_promise`, `on_time`, `customer_return` (as there);
///   `returned`, `lost` (late, and never to be completed); `force_majeure` for `force_majeure=adjusted`, late or not
/// - invalid: `clock_anomaly` (late, and the completing scan is anomalous; `anomalies=keep` takes the scanner's instant)
/// - provisional: what was completed late leans to its lateness; what is under way leans to nothing
/// - notes: as for the on-time delivery rate
///
/// Of an open one that is not completed its `until` says when it is known to be late; how late, only a record can tell.
///
/// # Formula
/// Mean = Σ / n; quantiles at position (n − 1)·p, linear between neighbours.
///
/// # By hand
/// Three parcels promised for 6 o'clock in the evening of 2 October: one delivered an hour before that, one 15 h after,
/// one still under way on 4 October at 6 in the evening. The mean is 15 h, the age of the open one 48 h.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::default();
/// for (number, delivered) in [("A", Some("2026-10-02T17:00:00+08:00")), ("B", Some("2026-10-03T09:00:00+08:00")), ("C", None)] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     let mut waybill = Waybill::new(key.clone());
///     waybill.promise = Some(Promise::By("2026-10-02T18:00:00+08:00".parse()?));
///     records.waybills.push(waybill);
///     records.events.push(NodeEvent::new(key.clone(), NodeKind::Collected, "2026-10-01T10:00:00+08:00".parse()?));
///     if let Some(at) = delivered {
///         records.events.push(NodeEvent::new(key, NodeKind::Delivered, at.parse()?));
///     }
/// }
/// let plan = Plan::new([catalogue().find("lateness_hours")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-04T18:00:00+08:00".parse()?));
/// let row = &scorecard.rows[0];
/// assert_eq!((row.figure.value(), row.open, row.open_mean_age), (Some(15.0), 1, Some(48.0)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// The complement of the on-time delivery rate; the form of the distribution is this crate's own.
#[doc(alias = "延误时长")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatenessHours {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "lateness_hours",
    version: 1,
    name_en: "Lateness in hours",
    name_zh: "延误时长",
    formula: "completion − promise over shipments completed late; late ones under way are shown with their age",
    kind: FigureKind::Distribution,
    unit: Unit::Hours,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Due, Cohort::Ordered, Cohort::Accepted, Cohort::Completed],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[
        PolicyName::Anomalies,
        PolicyName::Cohort,
        PolicyName::Comparison,
        PolicyName::ExactUpTo,
        PolicyName::ForceMajeure,
        PolicyName::Grace,
        PolicyName::Maturity,
        PolicyName::Promise,
        PolicyName::PromiseEnd,
        PolicyName::Settle,
        PolicyName::StorageCompletes,
    ],
    clustered: false,
    looks_back: false,
    source: "complement of the on-time delivery rate",
};

impl Default for LatenessHours {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Due) }
    }
}

impl Kpi for LatenessHours {
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

impl Observe<Shipment> for LatenessHours {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        self.policies.date_of(shipment, at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<i64> {
        if let Err(reason) = shipment.acceptance() {
            return Outcome::Excluded(reason);
        }
        let Some(promise) = self.policies.promise_of(shipment) else { return Outcome::Excluded(Term::NO_PROMISE) };
        if let Some(reason) = self.policies.spared_in_time(shipment) {
            return Outcome::Excluded(reason);
        }
        let deadline = Deadline::of(promise, shipment, &self.policies, at);
        let promised = deadline.at.saturating_sub(self.policies.grace);
        let completion = shipment.completion(self.policies.storage_completes).map(|done| done.milestone);
        let so_far = match completion {
            Some(done) if deadline.is_met_by(done.at) => Outcome::Excluded(Term::ON_TIME),
            _ if deadline.was_tried_in_vain(shipment, self.policies.storage_completes) => {
                Outcome::Excluded(Term::CUSTOMER_RETURN)
            }
            Some(done) if done.anomalous && self.policies.anomalies == Anomalies::Exclude => {
                Outcome::Invalid(Term::CLOCK_ANOMALY)
            }
            Some(done) => {
                let late = if self.policies.anomalies == Anomalies::Keep { done.occurred_at } else { done.at };
                let lateness = late.since(promised);
                Outcome::ranked(lateness.as_millis(), Severity::By(lateness))
            }
            None => match shipment.ended_without_completion() {
                Some(reason) => Outcome::Excluded(reason),
                None => Outcome::open_since(promised),
            },
        };
        so_far.settling(deadline.decided_at(&self.policies), at.as_of)
    }

    fn notes(&self, shipment: &Shipment, at: &Context, note: &mut dyn FnMut(&Term)) {
        self.policies.note_promise(shipment, at, note);
    }
}
