//! Claim rate, 理赔率.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Unit};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{Claim, RecordKind};
use crate::state::{Rate, RateMark};

/// Claims filed in the window per shipment accepted in the window.
///
/// Every claim counts, whatever becomes of it. The two counts come from the same window, not from the same parcels, so the
/// rate may exceed 1. A claim on no known waybill counts in the total and in the group `unassigned`.
///
/// - numerator: claims, by the day they were filed
/// - exposure: accepted forward shipments, by the day of acceptance
/// - excluded: shipments that are `not_forward`, `cancelled`, `never_collected`
///
/// # Formula
/// events / exposure, with the exact Poisson interval on the events.
///
/// # By hand
/// 3 claims over 6,000 parcels are 0.0005.
///
/// ```
/// use parcelgauge::state::{Rate, RateMark, Scale, State};
/// let mut rate = Rate::default();
/// (0..3).for_each(|_| rate.observe(RateMark::Event));
/// (0..6_000).for_each(|_| rate.observe(RateMark::Exposure));
/// assert_eq!(rate.figures(Scale::ONE)[0].value(), Some(0.000_5));
/// ```
///
/// # Source
/// Common in carriers' claim reports; the form is that of the State Post Bureau's published rates.
#[doc(alias = "理赔率")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClaimRate;

const DEFINITION: Definition = Definition {
    id: "claim_rate",
    version: 1,
    name_en: "Claim rate",
    name_zh: "理赔率",
    formula: "claims filed in the window / shipments accepted in the window",
    kind: FigureKind::Rate,
    unit: Unit::Ratio,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Filed],
    needs: &[RecordKind::Waybill, RecordKind::Event, RecordKind::Claim],
    policies: &[],
    clustered: false,
    looks_back: false,
    source: "carriers' claim reports",
};

impl Kpi for ClaimRate {
    type State = Rate;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Rate {
        Rate::default()
    }
}

impl Observe<Claim> for ClaimRate {
    fn cohort(&self, claim: &Claim, at: &Context) -> Option<NaiveDate> {
        Some(at.zone.date_of(claim.filed_at))
    }

    /// The greatest claims rank first, then those that name no amount.
    fn outcome(&self, claim: &Claim, _at: &Context) -> Outcome<RateMark> {
        let severity = claim.claimed.map_or(Severity::Unranked, |claimed| Severity::Amount(claimed.minor_units()));
        Outcome::ranked(RateMark::Event, severity)
    }
}

impl Observe<Shipment> for ClaimRate {
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
