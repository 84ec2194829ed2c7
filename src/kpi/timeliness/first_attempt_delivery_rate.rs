//! First-attempt delivery rate, 首次妥投率.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::journey::ONE_ATTEMPT_WITHIN;
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::RecordKind;
use crate::state::{Share, Verdict};

/// The share of shipments whose first delivery act completes them.
///
/// A delivery act is handing over (`delivered`), putting into a locker or station (`stored`), trying in vain
/// (`attempt_failed`) or being refused. The first one decides, `settle` (24 h) after it, so that a failed attempt scanned
/// late is not missed. A failed attempt and a handing over of the same instant are taken in this order. Acts on the way
/// back of a returned parcel are none.
///
/// - numerator: the first act completes; a parcel stored with consent given or unknown does (`storage_completes`)
/// - denominator: shipments with an act; an attempt in vain and storing without consent are misses
/// - open: no act yet, or the first one not settled
/// - excluded: `not_forward`, `cancelled` (before collection), `never_collected`, `refused` (at the first attempt: less
///   than 30 minutes after its scan), `no_attempt` (lost, returned or cancelled in transit without any act); for
///   `force_majeure=adjusted` also `force_majeure`, whatever the first act was
/// - provisional: what has an act leans to what that act says
/// - notes: inferred acceptances, unknown consents, doubtful clocks
///
/// With `unit=consignment` the pieces sent together count as one ([`ShipmentUnit`](crate::kpi::ShipmentUnit)).
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// One parcel handed over at once, one after an attempt in vain: 1 / 2.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::default();
/// let at_once = vec![(NodeKind::Delivered, "2026-10-02T10:00:00+08:00")];
/// let later = vec![(NodeKind::AttemptFailed, "2026-10-02T10:00:00+08:00"), (NodeKind::Delivered, "2026-10-03T10:00:00+08:00")];
/// for (number, acts) in [("A", at_once), ("B", later)] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     records.events.push(NodeEvent::new(key.clone(), NodeKind::Collected, "2026-10-01T10:00:00+08:00".parse()?));
///     for (kind, at) in acts {
///         records.events.push(NodeEvent::new(key.clone(), kind, at.parse()?));
///     }
/// }
/// let plan = Plan::new([catalogue().find("first_attempt_delivery_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-05T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Common in carriers' scorecards (first-attempt success); no public standard seen.
#[doc(alias = "首次妥投率")]
#[doc(alias = "一次派送成功率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstAttemptDeliveryRate {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "first_attempt_delivery_rate",
    version: 1,
    name_en: "First-attempt delivery rate",
    name_zh: "首次妥投率",
    formula: "the first delivery act completes / accepted shipments with a delivery act + settle",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Accepted, Cohort::Ordered],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[
        PolicyName::Cohort,
        PolicyName::ForceMajeure,
        PolicyName::Maturity,
        PolicyName::Settle,
        PolicyName::StorageCompletes,
        PolicyName::Unit,
    ],
    clustered: false,
    looks_back: false,
    source: "carriers' scorecards",
};

impl Default for FirstAttemptDeliveryRate {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Accepted) }
    }
}

impl Kpi for FirstAttemptDeliveryRate {
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

impl Observe<Shipment> for FirstAttemptDeliveryRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.date_by(self.policies.cohort, self.policies.storage_completes, at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<Verdict> {
        if let Err(reason) = self.policies.accepted_in_time(shipment) {
            return Outcome::Excluded(reason);
        }
        let course = &shipment.course;
        let completed_at = shipment.completion(self.policies.storage_completes).map(|done| done.milestone.at);
        let put_down_at = course.delivered_or_stored.map(|done| done.milestone.at);
        let tried_at = course.first_attempt_at;
        let Some(first) = [completed_at, put_down_at, tried_at].into_iter().flatten().min() else {
            return match shipment.ended_without_completion() {
                Some(_) => Outcome::Excluded(Term::NO_ATTEMPT),
                None => Outcome::open(),
            };
        };
        let in_vain = tried_at == Some(first);
        let refused = course.refused.is_some_and(|refusal| refusal.at.since(first) < ONE_ATTEMPT_WITHIN);
        let so_far = match completed_at {
            _ if in_vain && refused => Outcome::Excluded(Term::REFUSED),
            Some(completed_at) if completed_at == first && !in_vain => Outcome::measured(Verdict::Hit),
            Some(completed_at) => Outcome::ranked(Verdict::Miss, Severity::By(completed_at.since(first))),
            None => Outcome::ranked(Verdict::Miss, Severity::Unfinished { due: first }),
        };
        so_far.settling(first.saturating_add(self.policies.settle), at.as_of)
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        shipment.note_acceptance(note);
        if shipment.acceptance().is_ok() {
            shipment.note_completion(self.policies.storage_completes, note);
        }
    }
}
