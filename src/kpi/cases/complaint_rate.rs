//! Complaint rate, 投诉率.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Unit};
use crate::outcome::{Outcome, Term};
use crate::record::{CaseClass, Complaint, RecordKind};
use crate::state::{Rate, RateMark};

/// Complaints opened in the window per shipment accepted in the window.
///
/// The regulator's form: the two counts come from the same window, not from the same parcels, so the rate may exceed 1.
/// Inquiries and appeals are no complaints. A complaint about no known waybill counts in the total and in the group
/// `unassigned`.
///
/// - numerator: complaints, by the day they were opened
/// - exposure: accepted forward shipments, by the day of acceptance
/// - excluded: `other_class` (inquiries, appeals); shipments that are `not_forward`, `cancelled`, `never_collected`
///
/// # Formula
/// events / exposure, with the exact Poisson interval on the events.
///
/// # By hand
/// 2 complaints over 400 parcels are 0.005.
///
/// ```
/// use parcelgauge::state::{RateMark, Rate, Scale, State};
/// let mut rate = Rate::default();
/// (0..2).for_each(|_| rate.observe(RateMark::Event));
/// (0..400).for_each(|_| rate.observe(RateMark::Exposure));
/// assert_eq!(rate.figures(Scale::ONE)[0].value(), Some(0.005));
/// ```
///
/// # Source
/// Form of the State Post Bureau's published rates: cases accepted / business volume.
#[doc(alias = "投诉率")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ComplaintRate;

const DEFINITION: Definition = Definition {
    id: "complaint_rate",
    version: 1,
    name_en: "Complaint rate",
    name_zh: "投诉率",
    formula: "complaints opened in the window / shipments accepted in the window",
    kind: FigureKind::Rate,
    unit: Unit::Ratio,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Opened],
    needs: &[RecordKind::Waybill, RecordKind::Event, RecordKind::Complaint],
    policies: &[],
    clustered: false,
    looks_back: false,
    source: "State Post Bureau, form of the published rates",
};

impl Kpi for ComplaintRate {
    type State = Rate;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Rate {
        Rate::default()
    }
}

impl Observe<Complaint> for ComplaintRate {
    fn cohort(&self, complaint: &Complaint, at: &Context) -> Option<NaiveDate> {
        Some(at.zone.date_of(complaint.opened_at))
    }

    fn outcome(&self, complaint: &Complaint, _at: &Context) -> Outcome<RateMark> {
        match complaint.class {
            CaseClass::Complaint => Outcome::measured(RateMark::Event),
            CaseClass::Inquiry | CaseClass::Appeal => Outcome::Excluded(Term::OTHER_CLASS),
        }
    }
}

impl Observe<Shipment> for ComplaintRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.accepted_on(at)
    }

    fn outcome(&self, shipment: &Shipment, _at: &Context) -> Outcome<RateMark> {
        match shipment.acceptance() {
            Ok(_) => Outcome::measured(RateMark::Exposure),
            Err(reason) => Outcome::Excluded(reason),
        }
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        shipment.note_acceptance(note);
    }
}
