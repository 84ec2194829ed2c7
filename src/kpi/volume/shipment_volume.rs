//! Shipment volume, 业务量.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::argument::refused;
use crate::kpi::{
    Cohort, Counted, Definition, Direction, FigureKind, Kpi, KpiError, Observe, Params, Policies, PolicyName, Unit,
};
use crate::outcome::{Outcome, Term};
use crate::record::RecordKind;
use crate::state::{Count, One};

/// How many shipments were accepted, were completed, or are under way.
///
/// Under way is what was accepted and, as far as is known at `as_of`, neither completed nor returned, lost or cancelled.
/// That depends on the records known and on nothing else: no clock decides it, so a partition kept answers for every later
/// instant until one of its records becomes known, and the count of a partition is a plain number like any other. A parcel
/// nobody has scanned for months is still counted as under way: what became of it is a matter of other figures.
///
/// - `of=accepted`: accepted forward shipments, whatever became of them
/// - `of=completed`: completed ones; those under way are open, in the window `undated`, since they have no completion date,
///   and without an age: pieces are no measure of one
/// - `of=in_flight`: those under way, by the day of acceptance, so that a row shows how old they are
/// - excluded: `not_forward`, `cancelled` (before collection), `never_collected`; but for `accepted` also `returned`,
///   `lost`, `cancelled`; for `in_flight` also `completed`
/// - `storage_completes` says whether storing completes; `accepted` does not depend on it
///
/// # Formula
/// A count, without interval.
///
/// # By hand
/// Three parcels collected on 1 October, one of them delivered: 3 accepted, 1 completed, 2 in flight.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::default();
/// for number in ["A", "B", "C"] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     records.events.push(NodeEvent::new(key.clone(), NodeKind::Collected, "2026-10-01T10:00:00+08:00".parse()?));
///     if number == "A" {
///         records.events.push(NodeEvent::new(key, NodeKind::Delivered, "2026-10-02T10:00:00+08:00".parse()?));
///     }
/// }
/// for (of, count) in [("accepted", 3.0), ("completed", 1.0), ("in_flight", 2.0)] {
///     let plan = Plan::new([catalogue().find(&format!("shipment_volume({of})"))?]).with_window(Window::All);
///     let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-03T00:00:00+08:00".parse()?));
///     assert_eq!(scorecard.rows[0].figure.value(), Some(count));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// State Post Bureau, monthly operation reports: 快递业务量 counts what was accepted.
#[doc(alias = "业务量")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShipmentVolume {
    of: Counted,
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "shipment_volume",
    version: 1,
    name_en: "Shipment volume",
    name_zh: "业务量",
    formula: "shipments accepted; or of=completed, of=in_flight",
    kind: FigureKind::Count,
    unit: Unit::Pieces,
    direction: Direction::Neither,
    cohorts: &[Cohort::Accepted, Cohort::Completed],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[PolicyName::StorageCompletes],
    clustered: false,
    looks_back: false,
    source: "State Post Bureau, monthly operation reports",
};

impl ShipmentVolume {
    /// Of some shipments.
    #[must_use]
    pub fn of(of: Counted) -> Self {
        let cohort = if of == Counted::Completed { Cohort::Completed } else { Cohort::Accepted };
        Self { of, policies: Policies::by(cohort) }
    }

    pub(in crate::kpi) fn parse(argument: Option<&str>) -> Result<Self, KpiError> {
        let Some(text) = argument else { return Ok(Self::default()) };
        let of = Counted::ALL.into_iter().find(|of| of.name() == text);
        of.map(Self::of).ok_or_else(|| refused(&DEFINITION, text, "accepted, completed or in_flight"))
    }
}

impl Default for ShipmentVolume {
    fn default() -> Self {
        Self::of(Counted::default())
    }
}

impl Kpi for ShipmentVolume {
    type State = Count;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Count {
        Count::default()
    }
    fn policies(&self) -> Option<&Policies> {
        Some(&self.policies)
    }
    fn policies_mut(&mut self) -> Option<&mut Policies> {
        Some(&mut self.policies)
    }
    fn arguments(&self, params: &mut Params) {
        params.word("of", self.of.name());
    }
}

impl Observe<Shipment> for ShipmentVolume {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.date_by(self.policies.cohort, self.policies.storage_completes, at)
    }

    fn outcome(&self, shipment: &Shipment, _at: &Context) -> Outcome<One> {
        if let Err(reason) = shipment.acceptance() {
            return Outcome::Excluded(reason);
        }
        let is_completed = shipment.completion(self.policies.storage_completes).is_some();
        match (self.of, is_completed, shipment.ended_without_completion()) {
            (Counted::Accepted, _, _) | (Counted::Completed, true, _) => Outcome::measured(One),
            (Counted::InFlight, true, _) => Outcome::Excluded(Term::COMPLETED),
            (Counted::Completed | Counted::InFlight, false, Some(end)) => Outcome::Excluded(end),
            (Counted::Completed, false, None) => Outcome::open(),
            (Counted::InFlight, false, None) => Outcome::measured(One),
        }
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        shipment.note_acceptance(note);
    }
}
