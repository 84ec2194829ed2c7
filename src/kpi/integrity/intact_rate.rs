//! Intact rate, 完好率.

use chrono::NaiveDate;

use super::damage_rate::DAMAGE;
use super::loss_rate;
use super::shortage_rate::SHORTAGE;
use crate::fact::{Context, Shipment};
use crate::kpi::joined::joined;
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit};
use crate::outcome::{Outcome, Term};
use crate::record::RecordKind;
use crate::state::{Share, Verdict};

/// The share of shipments that were neither lost, nor damaged, nor short of contents.
///
/// Each shipment is asked for all three, as [`LossRate`](super::LossRate), [`DamageRate`](super::DamageRate) and
/// [`ShortageRate`](super::ShortageRate) judge it: a parcel both damaged and short is one parcel that is not intact. The
/// rate is one less the union of the three, never one less their sum. One that is lost for certain stays open while a
/// case of damage is undecided: the facts are the same for all three.
///
/// - numerator: none of the three
/// - denominator: accepted shipments decided for all three
/// - open: one of the three is open
/// - excluded: `not_forward`, `cancelled` (before collection), `never_collected`; for `force_majeure=adjusted` also
///   `force_majeure`, intact or not
/// - provisional: one harm that is known of leans it to a miss; where none is, it leans to a hit
/// - notes: as for the loss rate
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Of four delivered parcels one was damaged and another both damaged and short: 2 / 4, while one less the sum of the
/// rates would be 1 − (2 + 1) / 4.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::supplying([RecordKind::Waybill, RecordKind::Event, RecordKind::Complaint]);
/// let harms = [vec![NodeKind::Damaged], vec![NodeKind::Damaged, NodeKind::Shortage], vec![], vec![]];
/// for (number, harms) in ["A", "B", "C", "D"].into_iter().zip(harms) {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     records.events.push(NodeEvent::new(key.clone(), NodeKind::Collected, "2026-10-01T10:00:00+08:00".parse()?));
///     for kind in harms.into_iter().chain([NodeKind::Delivered]) {
///         records.events.push(NodeEvent::new(key.clone(), kind, "2026-10-03T09:00:00+08:00".parse()?));
///     }
/// }
/// let plan = Plan::new([catalogue().find("intact_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-11-15T10:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// The three harms of the Postal Law, art. 45 ff. (丢失, 损毁, 内件短少); the rate is this crate's own.
#[doc(alias = "完好率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntactRate {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "intact_rate",
    version: 1,
    name_en: "Intact rate",
    name_zh: "完好率",
    formula: "neither lost, damaged nor short / accepted shipments decided for all three",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Accepted, Cohort::Ordered],
    needs: &[RecordKind::Waybill, RecordKind::Event, RecordKind::Complaint],
    policies: &[
        PolicyName::Cohort,
        PolicyName::ForceMajeure,
        PolicyName::Horizon,
        PolicyName::Maturity,
        PolicyName::SilentAfter,
        PolicyName::StorageCompletes,
    ],
    clustered: false,
    looks_back: false,
    source: "definition of this crate; no public standard seen",
};

impl Default for IntactRate {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Accepted) }
    }
}

impl Kpi for IntactRate {
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

impl Observe<Shipment> for IntactRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.date_by(self.policies.cohort, self.policies.storage_completes, at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<Verdict> {
        let harms = [
            loss_rate::outcome(&self.policies, shipment, at),
            DAMAGE.outcome(&self.policies, shipment, at),
            SHORTAGE.outcome(&self.policies, shipment, at),
        ];
        joined(&mut harms.into_iter().map(|harm| harm.map(Verdict::opposite)), DEFINITION.direction)
    }

    fn notes(&self, shipment: &Shipment, at: &Context, note: &mut dyn FnMut(&Term)) {
        loss_rate::notes(&self.policies, shipment, &self.outcome(shipment, at), at, note);
    }
}
