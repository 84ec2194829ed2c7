//! Within-hours rate, 72小时妥投率.

use std::str::FromStr;

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::{
    Cohort, Deadline, Definition, Denominator, Direction, FigureKind, Kpi, KpiError, Observe, Params, Policies,
    PolicyName, Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{Duration, RecordKind};
use crate::state::{Share, Verdict};

/// The share of shipments completed within h elapsed hours of collection (72 unless told otherwise).
///
/// Hours are elapsed hours, nights and holidays included; exactly h hours are within. Decided is a shipment h hours and
/// `settle` (24 h) after its collection, delivered or not; early finishers wait too. The argument is a whole number of
/// hours from 1 to 10,000, or `spb_72h`: 72 hours over shipments between two cities, as the regulator's survey has it.
/// A city is told from another by its name alone: give names that are unique in the network.
///
/// - numerator: completed within h hours of collection
/// - denominator: completed sooner or later, or not at all; lost or returned for the carrier's reason included
/// - excluded: `not_forward`, `cancelled` (before collection), `never_collected`, `customer_return` (as in
///   [`OnTimeDeliveryRate`](super::OnTimeDeliveryRate), an attempt within the hours being the one in time); for `spb_72h`
///   also `no_city` (one of the two is not recorded) and `same_city`; for `force_majeure=adjusted` also `force_majeure`,
///   in time or not
/// - invalid: `no_collection` (acceptance inferred), `clock_anomaly` (a scan at either end is anomalous, or the end lies
///   before the start; `anomalies=keep` uses such durations as they stand)
/// - provisional: as there, the end of the hours being the deadline
/// - notes: unknown consents, doubtful clocks
///
/// With `unit=consignment` the pieces sent together count as one ([`ShipmentUnit`](crate::kpi::ShipmentUnit)).
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Three parcels collected on 1 October at 10:00: one delivered 72 h later, one a minute after that, one not at all. At
/// 6 October the rate is 1 / 3.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::default();
/// for (number, delivered) in [("A", Some("2026-10-04T10:00:00+08:00")), ("B", Some("2026-10-04T10:01:00+08:00")), ("C", None)] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     records.events.push(NodeEvent::new(key.clone(), NodeKind::Collected, "2026-10-01T10:00:00+08:00".parse()?));
///     if let Some(at) = delivered {
///         records.events.push(NodeEvent::new(key, NodeKind::Delivered, at.parse()?));
///     }
/// }
/// let plan = Plan::new([catalogue().find("within_hours_rate(72)")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-06T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(1.0 / 3.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// State Post Bureau, express time-limit surveys: 72小时妥投率 over parcels from one city to another.
#[doc(alias = "72小时妥投率")]
#[doc(alias = "限时妥投率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithinHoursRate {
    hours: u16, // 1..=MOST_HOURS
    trips: Trips,
    policies: Policies,
}

const MOST_HOURS: u16 = 10_000;

/// Which shipments a rate within hours is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Trips {
    /// All of them.
    #[default]
    All,
    /// Those from one city to another, 异地快件.
    BetweenCities,
}

const DEFINITION: Definition = Definition {
    id: "within_hours_rate",
    version: 1,
    name_en: "Within-hours rate",
    name_zh: "72小时妥投率",
    formula: "completed within h (72) elapsed hours of collection / accepted shipments h + settle after collection; `spb_72h`: between cities only",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Accepted, Cohort::Ordered, Cohort::Completed],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[
        PolicyName::Anomalies,
        PolicyName::Cohort,
        PolicyName::Denominator,
        PolicyName::ForceMajeure,
        PolicyName::Maturity,
        PolicyName::Settle,
        PolicyName::StorageCompletes,
        PolicyName::Unit,
    ],
    clustered: false,
    looks_back: false,
    source: "State Post Bureau, express time-limit surveys",
};

impl Default for WithinHoursRate {
    fn default() -> Self {
        Self { hours: 72, trips: Trips::All, policies: Policies::by(Cohort::Accepted) }
    }
}

impl FromStr for WithinHoursRate {
    type Err = KpiError;

    fn from_str(argument: &str) -> Result<Self, KpiError> {
        if argument == "spb_72h" {
            return Ok(Self::default().over(Trips::BetweenCities));
        }
        let digits = argument.bytes().all(|byte| byte.is_ascii_digit()).then(|| argument.parse().ok());
        match digits.flatten().filter(|hours| (1..=MOST_HOURS).contains(hours)) {
            Some(hours) => Ok(Self { hours, ..Self::default() }),
            None => Err(KpiError::Argument {
                kpi: DEFINITION.id.to_owned(),
                argument: argument.to_owned(),
                expected: "whole hours from 1 to 10000, or spb_72h",
            }),
        }
    }
}

impl WithinHoursRate {
    /// The same rate over some trips only.
    #[must_use]
    pub fn over(mut self, trips: Trips) -> Self {
        self.trips = trips;
        self
    }

    /// Why a shipment is none of the trips asked for, if so.
    fn other_trip(&self, shipment: &Shipment) -> Option<Term> {
        match (self.trips, &shipment.origin_city, &shipment.destination_city) {
            (Trips::All, ..) => None,
            (Trips::BetweenCities, Some(from), Some(to)) => (from == to).then_some(Term::SAME_CITY),
            (Trips::BetweenCities, ..) => Some(Term::NO_CITY),
        }
    }
}

impl Kpi for WithinHoursRate {
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
        params.number("hours", self.hours);
        let trips = match self.trips {
            Trips::All => "all",
            Trips::BetweenCities => "between_cities",
        };
        params.word("trips", trips);
    }
}

impl Observe<Shipment> for WithinHoursRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.date_by(self.policies.cohort, self.policies.storage_completes, at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<Verdict> {
        let outside = shipment.acceptance().err().or_else(|| self.other_trip(shipment));
        if let Some(reason) = outside.or_else(|| self.policies.spared_in_time(shipment)) {
            return Outcome::Excluded(reason);
        }
        let Some(collected) = shipment.course.collected else { return Outcome::Invalid(Term::NO_COLLECTION) };
        let started_at = match self.policies.start(collected) {
            Ok(started_at) => started_at,
            Err(reason) => return Outcome::Invalid(reason),
        };
        let limit = Duration::from_hours(self.hours.into());
        let deadline = Deadline { at: started_at.saturating_add(limit), inclusive: true };
        let completion = shipment.completion(self.policies.storage_completes);
        let taken = completion.map(|done| self.policies.elapsed(collected, done.milestone));
        let so_far = match taken {
            Some(Err(reason)) => Outcome::Invalid(reason),
            Some(Ok(taken)) if taken <= limit => Outcome::measured(Verdict::Hit),
            _ if deadline.was_tried_in_vain(shipment, self.policies.storage_completes) => {
                Outcome::Excluded(Term::CUSTOMER_RETURN)
            }
            Some(Ok(taken)) => {
                let excess = Duration::from_millis(taken.as_millis() - limit.as_millis());
                Outcome::ranked(Verdict::Miss, Severity::By(excess))
            }
            None if self.policies.denominator == Denominator::DeliveredOnly => Outcome::Excluded(Term::NOT_DELIVERED),
            None if deadline.lies_ahead(&self.policies, at) && shipment.ended_without_completion().is_none() => {
                Outcome::open().turning(deadline.passed_at())
            }
            None => Outcome::ranked(Verdict::Miss, Severity::Unfinished { due: deadline.at }),
        };
        so_far.settling(deadline.decided_at(&self.policies), at.as_of)
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        if shipment.acceptance().is_ok() && self.other_trip(shipment).is_none() {
            shipment.note_completion(self.policies.storage_completes, note);
        }
    }
}
