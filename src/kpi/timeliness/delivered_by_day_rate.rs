//! Delivered by D+n, D+n 妥投率.

use std::str::FromStr;

use chrono::NaiveDate;

use crate::calendar::{Answer, DeliveryDays};
use crate::fact::{Context, Shipment};
use crate::kpi::argument::refused;
use crate::kpi::working::{answered, note_certainty};
use crate::kpi::{
    Cohort, Deadline, Definition, Denominator, Direction, FigureKind, Kpi, KpiError, Observe, Params, Policies,
    PolicyName, Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{Instant, RecordKind};
use crate::state::{Share, Verdict};

/// The share of shipments completed by the end of working day D+n (2).
///
/// D is the day of collection, or the next working day for what is collected on a day that is not worked, or at the time of
/// the `last_collection` or later; n working days after it the day ends at midnight, excluded. Which days are worked says the
/// policy `calendar`, by the clock of its own zone. Of a delivery on a day that is not worked `off_day_delivery` says whether
/// it counts as of the next working day or of the one before. Decided is a shipment `settle` (24 h) after that midnight,
/// delivered or not. The argument is a whole number from 0 to 100.
///
/// - numerator: completed before the end of D+n
/// - denominator: completed sooner or later, or not at all; lost or returned for the carrier's reason included
/// - excluded: `not_forward`, `cancelled` (before collection), `never_collected`, `customer_return` (as in
///   [`OnTimeDeliveryRate`](super::OnTimeDeliveryRate), the end of D+n being the promise); for `force_majeure=adjusted` also
///   `force_majeure`, in time or not
/// - invalid: `no_collection` (acceptance inferred), `clock_anomaly` (a scan at either end is anomalous, or the end lies
///   before the start; `anomalies=keep` uses such times as they stand), `outside_calendar`, `no_calendar`
/// - provisional: as there, the end of D+n being the deadline
/// - notes: `provisional_calendar`, unknown consents, doubtful clocks
///
/// With `unit=consignment` the pieces sent together count as one ([`ShipmentUnit`](crate::kpi::ShipmentUnit)).
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Two parcels collected on Friday: D is Friday, D+2 is Tuesday. One is delivered a millisecond before its end, one at its
/// end: 1 / 2.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 6).unwrap();
/// let mut records = Records::default();
/// for (number, delivered) in [("A", "2026-11-10T23:59:59.999+08:00"), ("B", "2026-11-11T00:00:00+08:00")] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     records.events.push(NodeEvent::new(key.clone(), NodeKind::Collected, "2026-11-06T10:00:00+08:00".parse()?));
///     records.events.push(NodeEvent::new(key, NodeKind::Delivered, delivered.parse()?));
/// }
/// let plan = Plan::new([catalogue().find("delivered_by_day_rate(2)")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-11-12T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Directive 97/67/EC, annex II, and EN 13850 for the counting of days.
#[doc(alias = "D+n 妥投率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveredByDayRate {
    days: u16, // 0..=MOST_DAYS
    policies: Policies,
}

const MOST_DAYS: u16 = 100;

const DEFINITION: Definition = Definition {
    id: "delivered_by_day_rate",
    version: 1,
    name_en: "Delivered by D+n",
    name_zh: "D+n 妥投率",
    formula: "completed by the end of working day D+n (2) / accepted shipments settle after it",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Accepted, Cohort::Ordered, Cohort::Completed],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[
        PolicyName::Anomalies,
        PolicyName::Calendar,
        PolicyName::Cohort,
        PolicyName::Denominator,
        PolicyName::ForceMajeure,
        PolicyName::LastCollection,
        PolicyName::Maturity,
        PolicyName::OffDayDelivery,
        PolicyName::Settle,
        PolicyName::StorageCompletes,
        PolicyName::Unit,
    ],
    clustered: false,
    looks_back: false,
    source: "Directive 97/67/EC annex II; EN 13850",
};

impl Default for DeliveredByDayRate {
    fn default() -> Self {
        Self { days: 2, policies: Policies::by(Cohort::Accepted) }
    }
}

impl FromStr for DeliveredByDayRate {
    type Err = KpiError;

    fn from_str(argument: &str) -> Result<Self, KpiError> {
        match argument.parse().ok().filter(|days| (0..=MOST_DAYS).contains(days)) {
            Some(days) => Ok(Self { days, ..Self::default() }),
            None => Err(refused(&DEFINITION, argument, "whole working days from 0 to 100")),
        }
    }
}

impl Kpi for DeliveredByDayRate {
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
        params.number("working_days", self.days);
    }
}

impl DeliveredByDayRate {
    /// When a shipment was collected, and the end of D+n.
    fn due(&self, shipment: &Shipment, at: &Context) -> Result<(Instant, Answer<Instant>), Term> {
        let collected = shipment.course.collected.ok_or(Term::NO_COLLECTION)?;
        let started_at = self.policies.start(collected)?;
        let counted = DeliveryDays::new(self.policies.last_collection.time());
        let counted = counted.with_off_day_delivery(self.policies.off_day_delivery);
        let due = counted.deadline(self.policies.calendar(at)?, started_at, self.days.into());
        Ok((started_at, answered(due)?))
    }
}

impl Observe<Shipment> for DeliveredByDayRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.date_by(self.policies.cohort, self.policies.storage_completes, at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<Verdict> {
        let outside = shipment.acceptance().err();
        if let Some(reason) = outside.or_else(|| self.policies.spared_in_time(shipment)) {
            return Outcome::Excluded(reason);
        }
        let (started_at, deadline) = match self.due(shipment, at) {
            Ok((started_at, due)) => (started_at, Deadline { at: due.value, inclusive: false }),
            Err(reason) => return Outcome::Invalid(reason),
        };
        let completion = shipment.completion(self.policies.storage_completes);
        let taken = completion.zip(shipment.course.collected);
        let taken = taken.map(|(done, collected)| self.policies.elapsed(collected, done.milestone));
        let completed_at = taken.map(|taken| taken.map(|taken| started_at.saturating_add(taken)));
        let so_far = match completed_at {
            Some(Err(reason)) => Outcome::Invalid(reason),
            Some(Ok(completed_at)) if deadline.is_met_by(completed_at) => Outcome::measured(Verdict::Hit),
            _ if deadline.was_tried_in_vain(shipment, self.policies.storage_completes) => {
                Outcome::Excluded(Term::CUSTOMER_RETURN)
            }
            Some(Ok(completed_at)) => Outcome::ranked(Verdict::Miss, Severity::By(deadline.lateness(completed_at))),
            None if self.policies.denominator == Denominator::DeliveredOnly => Outcome::Excluded(Term::NOT_DELIVERED),
            None if deadline.lies_ahead(&self.policies, at) && shipment.ended_without_completion().is_none() => {
                Outcome::open().turning(deadline.passed_at())
            }
            None => Outcome::ranked(Verdict::Miss, Severity::Unfinished { due: deadline.at }),
        };
        so_far.settling(deadline.decided_at(&self.policies), at.as_of)
    }

    fn notes(&self, shipment: &Shipment, at: &Context, note: &mut dyn FnMut(&Term)) {
        if shipment.acceptance().is_ok() {
            note_certainty(&self.due(shipment, at).map(|(_, due)| due), note);
            shipment.note_completion(self.policies.storage_completes, note);
        }
    }
}
