//! On-time delivery rate, 准时送达率.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::{
    Cohort, Deadline, Definition, Denominator, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::RecordKind;
use crate::state::{Share, Verdict};

/// The share of shipments completed at or before the promise.
///
/// Counted are accepted forward shipments with a promise whose deadline plus `settle` (24 h) has passed, delivered or
/// not: an undelivered parcel is a miss, not a gap; early finishers wait too, so that an open month is not flattered.
/// Judged is the original promise or the customer's own later request; moves by the carrier never help.
///
/// - numerator: completed in time
/// - denominator: completed in time, completed late, not completed; lost or returned for the carrier's reason included
/// - excluded: `not_forward`, `cancelled` (before collection), `never_collected`, `no_promise`, `customer_return`
///   (cancelled or redirected in transit, refused, or returned on the customer's account, after an attempt in time);
///   `force_majeure`, late or not, where the adjusted figure is asked for (`force_majeure=adjusted`)
/// - provisional: what is completed in time or late, past its deadline, or at the end of its trip (lost, returned,
///   cancelled) leans accordingly; what is under way before its deadline leans to nothing
/// - notes: inferred acceptances, promises before collection, moved promises, unknown consents, doubtful clocks; they count
///   facts of the population whatever became of them
///
/// An attempt is a failed attempt or a refusal; storing without consent is none. Of several refusals, redirections or
/// cancellations the first is looked at; a return's own party decides alone. Where days are compared, their end is
/// midnight, which is never in time, so that `comparison` makes no difference.
///
/// With `unit=consignment` the pieces sent together count as one ([`ShipmentUnit`](crate::kpi::ShipmentUnit)).
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Three parcels promised for 2 October: one delivered that evening, one a day late, one not at all. At 5 October the
/// rate is 1 / 3.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = |d| chrono::NaiveDate::from_ymd_opt(2026, 10, d).unwrap();
/// let mut records = Records::default();
/// for (number, delivered) in [("A", Some("2026-10-02T20:00:00+08:00")), ("B", Some("2026-10-03T09:00:00+08:00")), ("C", None)] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day(1));
///     let mut waybill = Waybill::new(key.clone());
///     waybill.promise = Some(Promise::On(day(2)));
///     records.waybills.push(waybill);
///     records.events.push(NodeEvent::new(key.clone(), NodeKind::Collected, "2026-10-01T10:00:00+08:00".parse()?));
///     if let Some(at) = delivered {
///         records.events.push(NodeEvent::new(key, NodeKind::Delivered, at.parse()?));
///     }
/// }
/// let plan = Plan::new([catalogue().find("on_time_delivery_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-05T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(1.0 / 3.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Postal Law of the People's Republic of China, art. 84 (express delivery is delivery within the promised limit);
/// Regulation on Express Delivery Market 2023, art. 26 (9).
#[doc(alias = "准时送达率")]
#[doc(alias = "OTD")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnTimeDeliveryRate {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "on_time_delivery_rate",
    version: 1,
    name_en: "On-time delivery rate",
    name_zh: "准时送达率",
    formula: "completed at or before the promise / accepted shipments with a promise whose deadline + settle has passed",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Due, Cohort::Ordered, Cohort::Accepted, Cohort::Completed],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[
        PolicyName::Cohort,
        PolicyName::Comparison,
        PolicyName::Denominator,
        PolicyName::ForceMajeure,
        PolicyName::Grace,
        PolicyName::Maturity,
        PolicyName::Promise,
        PolicyName::PromiseEnd,
        PolicyName::Settle,
        PolicyName::StorageCompletes,
        PolicyName::Unit,
    ],
    clustered: false,
    looks_back: false,
    source: "Postal Law art. 84; Express Market Measures 2023 art. 26 (9)",
};

impl Default for OnTimeDeliveryRate {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Due) }
    }
}

impl Kpi for OnTimeDeliveryRate {
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

impl Observe<Shipment> for OnTimeDeliveryRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        self.policies.date_of(shipment, at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<Verdict> {
        if let Err(reason) = shipment.acceptance() {
            return Outcome::Excluded(reason);
        }
        let Some(promise) = self.policies.promise_of(shipment) else { return Outcome::Excluded(Term::NO_PROMISE) };
        if let Some(reason) = self.policies.spared_in_time(shipment) {
            return Outcome::Excluded(reason);
        }
        let deadline = Deadline::of(promise, shipment, &self.policies, at);
        let completed_at = shipment.completion(self.policies.storage_completes).map(|done| done.milestone.at);
        let so_far = match completed_at {
            Some(completed_at) if deadline.is_met_by(completed_at) => Outcome::measured(Verdict::Hit),
            _ if deadline.was_tried_in_vain(shipment, self.policies.storage_completes) => {
                Outcome::Excluded(Term::CUSTOMER_RETURN)
            }
            Some(completed_at) => Outcome::ranked(Verdict::Miss, Severity::By(deadline.lateness(completed_at))),
            None if self.policies.denominator == Denominator::DeliveredOnly => Outcome::Excluded(Term::NOT_DELIVERED),
            None if deadline.lies_ahead(&self.policies, at) && shipment.ended_without_completion().is_none() => {
                Outcome::open().turning(deadline.passed_at())
            }
            None => Outcome::ranked(Verdict::Miss, Severity::Unfinished { due: deadline.at }),
        };
        so_far.settling(deadline.decided_at(&self.policies), at.as_of)
    }

    fn notes(&self, shipment: &Shipment, at: &Context, note: &mut dyn FnMut(&Term)) {
        self.policies.note_promise(shipment, at, note);
    }
}
