//! Compensation per ten thousand shipments, 万件赔付额.

use chrono::NaiveDate;

use crate::fact::{ClaimPayment, Context, Shipment};
use crate::kpi::{Basis, Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{Duration, RecordKind};
use crate::state::{Ratio, RatioPart};

/// Money paid on claims per ten thousand shipments, per currency: in the window, or on the window's shipments.
///
/// With `basis=period` each part of a payment counts on the day it was paid, whichever shipment it is about, over the
/// shipments accepted in the same window. With `basis=shipment` a payment counts on the day its shipment was accepted, if
/// it was paid within the `horizon` (90 days) of that, the last instant included: what the shipments of a window cost.
/// Amounts add up as whole minor units; a second currency makes a second row, never a sum. Claims that were supplied and
/// paid nothing make a figure of 0 without a currency.
///
/// - numerator: payments, by the day they were paid; for `basis=shipment` by the day of acceptance
/// - denominator: accepted forward shipments, by the day of acceptance
/// - open: for `basis=shipment` both, until the horizon after acceptance; a young month would look cheap otherwise
/// - excluded: shipments that are `not_forward`, `cancelled`, `never_collected`; for `basis=shipment` also payments on
///   such shipments, for the same reason, those on no known waybill (`unassigned`), and those paid `after_horizon`
/// - provisional: for `basis=shipment` what was paid so far, over the shipments accepted so far
/// - notes: inferred acceptances
///
/// # Formula
/// Σ paid / accepted × 10,000, in whole units of the currency.
///
/// # By hand
/// 50.00 CNY over 2,000 parcels are 250 CNY per ten thousand.
///
/// ```
/// use parcelgauge::record::{Currency, Money};
/// use parcelgauge::state::{Ratio, RatioPart, Scale, State};
/// let mut ratio = Ratio::default();
/// ratio.observe(RatioPart::paid(Money::parse("50.00", Currency::CNY)?));
/// (0..2_000).for_each(|_| ratio.observe(RatioPart::one_below()));
/// assert_eq!(ratio.figures(Scale::PER_10K)[0].value(), Some(250.0));
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
///
/// # Source
/// Common in carriers' claim reports; no public standard seen.
#[doc(alias = "万件赔付额")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompensationPer10k {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "compensation_per_10k",
    version: 1,
    name_en: "Compensation per 10,000 shipments",
    name_zh: "万件赔付额",
    formula: "paid on claims in the window / shipments accepted in the window × 10,000, per currency; basis=shipment: paid on these shipments within the horizon",
    kind: FigureKind::Ratio,
    unit: Unit::MoneyPer10k,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Paid, Cohort::Accepted],
    needs: &[RecordKind::Waybill, RecordKind::Event, RecordKind::Claim],
    policies: &[PolicyName::Basis, PolicyName::Horizon, PolicyName::Maturity],
    clustered: false,
    looks_back: false,
    source: "carriers' claim reports",
};

impl Default for CompensationPer10k {
    fn default() -> Self {
        let policies = Policies::by(Cohort::Paid);
        Self { policies: Policies { horizon: Duration::from_days(90), ..policies } }
    }
}

impl Kpi for CompensationPer10k {
    type State = Ratio;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Ratio {
        Ratio::default()
    }
    fn policies(&self) -> Option<&Policies> {
        Some(&self.policies)
    }
    fn policies_mut(&mut self) -> Option<&mut Policies> {
        Some(&mut self.policies)
    }
}

impl Observe<ClaimPayment> for CompensationPer10k {
    fn cohort(&self, payment: &ClaimPayment, at: &Context) -> Option<NaiveDate> {
        match self.policies.basis {
            Basis::Period => Some(at.zone.date_of(payment.paid_at)),
            Basis::Shipment => payment.accepted.as_ref().ok().map(|acceptance| at.zone.date_of(acceptance.at)),
        }
    }

    fn outcome(&self, payment: &ClaimPayment, at: &Context) -> Outcome<RatioPart> {
        let paid = Outcome::ranked(RatioPart::paid(payment.amount), Severity::Amount(payment.amount.minor_units()));
        match (self.policies.basis, &payment.accepted) {
            (Basis::Period, _) => paid,
            (Basis::Shipment, Err(reason)) => Outcome::Excluded(*reason),
            (Basis::Shipment, Ok(acceptance)) => {
                let closes_at = acceptance.at.saturating_add(self.policies.horizon);
                let is_late = payment.paid_at > closes_at;
                if is_late { Outcome::Excluded(Term::AFTER_HORIZON) } else { paid.settling(closes_at, at.as_of) }
            }
        }
    }
}

impl Observe<Shipment> for CompensationPer10k {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.accepted_on(at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<RatioPart> {
        let one = Outcome::measured(RatioPart::one_below());
        match (self.policies.basis, shipment.acceptance()) {
            (_, Err(reason)) => Outcome::Excluded(reason),
            (Basis::Period, Ok(_)) => one,
            (Basis::Shipment, Ok(acceptance)) => {
                one.settling(acceptance.at.saturating_add(self.policies.horizon), at.as_of)
            }
        }
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        shipment.note_acceptance(note);
    }
}
