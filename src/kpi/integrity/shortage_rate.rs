//! Shortage rate, 内件短少率.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::harm::Harm;
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit};
use crate::outcome::{Outcome, Term};
use crate::record::{LossKind, NodeKind, RecordKind};
use crate::state::{Share, Verdict};

/// The share of shipments whose contents were short, or other than sent.
///
/// A shipment is short if a scan says so, if a complaint or appeal of the cause `shortage` or `wrong_contents` was
/// upheld, or if a claim for either was approved; whichever and however many, it counts once. What is found on the way
/// back of a returned parcel counts. Nothing is decided before the `horizon` (45 days after acceptance), hit or not; what
/// is found after it counts all the same and restates the figure.
///
/// - numerator: short, or of wrong contents
/// - denominator: accepted shipments whose horizon has passed, arrived or not
/// - open: the horizon lies ahead, or a case or claim that could still find a shortage is undecided
/// - excluded: `not_forward`, `cancelled` (before collection), `never_collected`; for `force_majeure=adjusted` also
///   `force_majeure`, short or not
/// - provisional: where a shortage is known of it leans to a hit, else to a miss
/// - notes: inferred acceptances
///
/// A tally of its own: a damaged parcel is not short for that. Without complaints there is no value: shortages are mostly
/// reported by customers. Claims are used where they are supplied. Inquiries are never decided and are passed over.
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// One of four parcels has a scan of missing contents: 1 / 4, once 45 days have passed.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::supplying([RecordKind::Waybill, RecordKind::Event, RecordKind::Complaint]);
/// for number in ["A", "B", "C", "D"] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     records.events.push(NodeEvent::new(key.clone(), NodeKind::Collected, "2026-10-01T10:00:00+08:00".parse()?));
///     if number == "A" {
///         records.events.push(NodeEvent::new(key, NodeKind::Shortage, "2026-10-03T09:00:00+08:00".parse()?));
///     }
/// }
/// let plan = Plan::new([catalogue().find("shortage_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-11-15T10:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.25)); // 45 days after acceptance
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Shortage as the Postal Law speaks of it (art. 45 ff., 内件短少); the definition of the rate is this crate's own.
#[doc(alias = "内件短少率")]
#[doc(alias = "短少率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortageRate {
    policies: Policies,
}

/// What tells of shortage.
pub(super) const SHORTAGE: Harm = Harm {
    node: NodeKind::Shortage,
    causes: &["shortage", "wrong_contents"],
    loss_kinds: &[LossKind::Shortage, LossKind::WrongContents],
};

const DEFINITION: Definition = Definition {
    id: "shortage_rate",
    version: 1,
    name_en: "Shortage rate",
    name_zh: "内件短少率",
    formula: "short or wrong contents by scan, upheld case or approved claim / accepted shipments whose horizon has passed",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Accepted, Cohort::Ordered],
    needs: &[RecordKind::Waybill, RecordKind::Event, RecordKind::Complaint],
    policies: &[PolicyName::Cohort, PolicyName::ForceMajeure, PolicyName::Horizon, PolicyName::Maturity],
    clustered: false,
    looks_back: false,
    source: "definition of this crate; no public standard seen",
};

impl Default for ShortageRate {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Accepted) }
    }
}

impl Kpi for ShortageRate {
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

impl Observe<Shipment> for ShortageRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.date_by(self.policies.cohort, self.policies.storage_completes, at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<Verdict> {
        SHORTAGE.outcome(&self.policies, shipment, at)
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        shipment.note_acceptance(note);
    }
}
