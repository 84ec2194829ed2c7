//! Payout within working days, 限时赔付率.

use std::str::FromStr;

use chrono::NaiveDate;

use crate::calendar::{Answer, TimeLimit};
use crate::casework::Life;
use crate::fact::Context;
use crate::kpi::argument::refused;
use crate::kpi::working::{answered, note_certainty};
use crate::kpi::{
    Cohort, Deadline, Definition, Direction, FigureKind, Kpi, KpiError, Observe, Params, Policies, PolicyName, Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{Claim, Instant, RecordKind};
use crate::state::{Share, Verdict};

/// The share of confirmed claims paid within d working days (3) of confirmation.
///
/// The day of confirmation is not counted, and the last day lasts until 24:00, its end included: as the watch list has it
/// ([`Duty::payout`](crate::casework::Duty::payout)). Which days are worked says the policy `calendar`. A claim is judged
/// `settle` (24 h) after its last day, paid or not.
///
/// Where a claim has steps, it is paid with its first `pay` after the last `confirm`: parts do not count. Without steps it is
/// paid when the last payment known was made, since no record says how much is owed. A claim on no known waybill counts in
/// the total and in the group `unassigned`.
///
/// - numerator: paid at or before the end of the d-th working day
/// - denominator: confirmed claims whose last day + `settle` has passed
/// - open: that is still to come
/// - provisional: those paid lean to a hit or a miss, those unpaid past their last day to a miss
/// - excluded: `not_confirmed` (not yet, refused, withdrawn, taken up again)
/// - invalid: `illegal_history`, `outside_calendar`, `no_calendar`
/// - notes: `provisional_calendar`
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Two claims confirmed on Friday 25 September 2026, which is a holiday: Monday, Tuesday and Wednesday count. One is paid on
/// Wednesday at 24:00, one a millisecond later: 1 / 2.
///
/// ```
/// use parcelgauge::prelude::*;
/// let mut records = Records::default();
/// for (id, paid_at) in [("1", "2026-10-01T00:00:00+08:00"), ("2", "2026-10-01T00:00:00.001+08:00")] {
///     let mut claim = Claim::new(ClaimId::new(id)?, "2026-09-20T10:00:00+08:00".parse()?);
///     claim.confirmed_at = Some("2026-09-25T10:00:00+08:00".parse()?);
///     claim.payments.push(Payment { paid_at: paid_at.parse()?, amount: Money::parse("50.00", Currency::CNY)? });
///     records.claims.push(claim);
/// }
/// let plan = Plan::new([catalogue().find("payout_within_rate(3)")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-02T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Baseline target of the project; no public standard is claimed for it.
#[doc(alias = "限时赔付率")]
#[doc(alias = "3个工作日赔付")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutWithinRate {
    days: u16, // 1..=MOST_DAYS
    policies: Policies,
}

const MOST_DAYS: u16 = 366;

const DEFINITION: Definition = Definition {
    id: "payout_within_rate",
    version: 1,
    name_en: "Payout within working days",
    name_zh: "限时赔付率",
    formula: "paid within d (3) working days of confirmation / confirmed claims whose last day + settle has passed",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Confirmed],
    needs: &[RecordKind::Claim],
    policies: &[PolicyName::Calendar, PolicyName::Maturity, PolicyName::Settle],
    clustered: false,
    looks_back: false,
    source: "baseline target of the project",
};

impl Default for PayoutWithinRate {
    fn default() -> Self {
        Self { days: 3, policies: Policies::by(Cohort::Confirmed) }
    }
}

impl FromStr for PayoutWithinRate {
    type Err = KpiError;

    fn from_str(argument: &str) -> Result<Self, KpiError> {
        match argument.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days)) {
            Some(days) => Ok(Self { days, ..Self::default() }),
            None => Err(refused(&DEFINITION, argument, "whole working days from 1 to 366")),
        }
    }
}

impl Kpi for PayoutWithinRate {
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

impl PayoutWithinRate {
    /// The end of the last day in time.
    fn due(&self, confirmed_at: Instant, at: &Context) -> Result<Answer<Instant>, Term> {
        let limit = TimeLimit::working_days(self.days.into());
        answered(limit.deadline(self.policies.calendar(at)?, confirmed_at))
    }
}

/// When a claim was paid in full, as far as its record tells.
fn paid_at(claim: &Claim, at: &Context) -> Result<Option<Instant>, Term> {
    match Life::of_claim(claim) {
        Some(Ok(life)) => Ok(life.paid_at(at.as_of)),
        Some(Err(_)) => Err(Term::ILLEGAL_HISTORY),
        None => Ok(claim.payments.iter().map(|payment| payment.paid_at).max()),
    }
}

impl Observe<Claim> for PayoutWithinRate {
    fn cohort(&self, claim: &Claim, at: &Context) -> Option<NaiveDate> {
        claim.confirmed_at.map(|confirmed_at| at.zone.date_of(confirmed_at))
    }

    fn outcome(&self, claim: &Claim, at: &Context) -> Outcome<Verdict> {
        let paid_at = match paid_at(claim, at) {
            Ok(paid_at) => paid_at,
            Err(reason) => return Outcome::Invalid(reason),
        };
        let Some(confirmed_at) = claim.confirmed_at else { return Outcome::Excluded(Term::NOT_CONFIRMED) };
        let deadline = match self.due(confirmed_at, at) {
            Ok(due) => Deadline { at: due.value, inclusive: true },
            Err(reason) => return Outcome::Invalid(reason),
        };
        let so_far = match paid_at {
            Some(paid_at) if deadline.is_met_by(paid_at) => Outcome::measured(Verdict::Hit),
            Some(paid_at) => Outcome::ranked(Verdict::Miss, Severity::By(deadline.lateness(paid_at))),
            None if deadline.lies_ahead(&self.policies, at) => Outcome::open().turning(deadline.passed_at()),
            None => Outcome::ranked(Verdict::Miss, Severity::Unfinished { due: deadline.at }),
        };
        so_far.settling(deadline.decided_at(&self.policies), at.as_of)
    }

    fn notes(&self, claim: &Claim, at: &Context, note: &mut dyn FnMut(&Term)) {
        if let Some(confirmed_at) = claim.confirmed_at.filter(|_| paid_at(claim, at).is_ok()) {
            note_certainty(&self.due(confirmed_at, at), note);
        }
    }
}
