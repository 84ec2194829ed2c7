//! Compensation per ten thousand shipments, 万件赔付额.

use chrono::NaiveDate;

use crate::fact::{ClaimPayment, Context, Shipment};
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Unit};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::RecordKind;
use crate::state::{Ratio, RatioPart};

/// Money paid on claims in the window per ten thousand shipments accepted in the window, per currency.
///
/// Each part of a payment counts on the day it was paid. Amounts add up as whole minor units; a second currency makes a
/// second row, never a sum. Claims that were supplied and paid nothing make a figure of 0 without a currency.
///
/// - numerator: payments, by the day they were paid
/// - denominator: accepted forward shipments, by the day of acceptance
/// - excluded: shipments that are `not_forward`, `cancelled`, `never_collected`
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CompensationPer10k;

const DEFINITION: Definition = Definition {
    id: "compensation_per_10k",
    version: 1,
    name_en: "Compensation per 10,000 shipments",
    name_zh: "万件赔付额",
    formula: "paid on claims in the window / shipments accepted in the window × 10,000, per currency",
    kind: FigureKind::Ratio,
    unit: Unit::MoneyPer10k,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Paid],
    needs: &[RecordKind::Waybill, RecordKind::Event, RecordKind::Claim],
    policies: &[],
    clustered: false,
    looks_back: false,
    source: "carriers' claim reports",
};

impl Kpi for CompensationPer10k {
    type State = Ratio;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Ratio {
        Ratio::default()
    }
}

impl Observe<ClaimPayment> for CompensationPer10k {
    fn cohort(&self, payment: &ClaimPayment, at: &Context) -> Option<NaiveDate> {
        Some(at.zone.date_of(payment.paid_at))
    }

    fn outcome(&self, payment: &ClaimPayment, _at: &Context) -> Outcome<RatioPart> {
        Outcome::ranked(RatioPart::paid(payment.amount), Severity::Amount(payment.amount.minor_units()))
    }
}

impl Observe<Shipment> for CompensationPer10k {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.accepted_on(at)
    }

    fn outcome(&self, shipment: &Shipment, _at: &Context) -> Outcome<RatioPart> {
        match shipment.acceptance() {
            Ok(_) => Outcome::measured(RatioPart::one_below()),
            Err(reason) => Outcome::Excluded(reason),
        }
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        shipment.note_acceptance(note);
    }
}
