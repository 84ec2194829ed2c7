//! Reopen rate, 重开率.

use chrono::NaiveDate;

use crate::fact::Context;
use crate::kpi::argument::{hours, lasting};
use crate::kpi::case_clock::CaseClock;
use crate::kpi::{
    Cohort, Definition, Direction, FigureKind, Kpi, KpiError, Observe, Params, Policies, PolicyName, Unit,
};
use crate::outcome::{Outcome, Term};
use crate::record::{CaseAction, CaseClass, Complaint, Duration, RecordKind};
use crate::state::{Share, Verdict};

/// The share of resolved complaints and inquiries that were reopened within a time (30 d) of their first resolving.
///
/// A case is judged once that time has passed since it was first resolved, reopened or not, so that quick reopenings do not
/// blacken the last week. It takes steps to tell: without them a case is invalid. Appeals are the regulator's. A case about
/// no known waybill counts in the total and in the group `unassigned`.
///
/// - numerator: reopened at or before first resolved + `within`
/// - denominator: resolved at or before `as_of` − `within`
/// - open: resolved later than that
/// - provisional: those reopened lean to a hit, the others to nothing
/// - excluded: `other_class` (appeals), `not_resolved`
/// - invalid: `no_steps`, `illegal_history`
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Two cases resolved on 1 October; one is reopened on 31 October at the same time of day, one a millisecond later: 1 / 2.
///
/// ```
/// use parcelgauge::prelude::*;
/// use parcelgauge::record::{Actor, CaseAction, Step};
/// let mut records = Records::default();
/// for (id, reopened) in [("1", "2026-10-31T10:00:00+08:00"), ("2", "2026-10-31T10:00:00.001+08:00")] {
///     let opened_at = "2026-10-01T10:00:00+08:00".parse()?;
///     let mut case = Complaint::new(CaseId::new(id)?, CaseClass::Complaint, opened_at);
///     case.steps.push(Step::new(opened_at, CaseAction::Resolve, Actor::Staff));
///     case.steps.push(Step::new(reopened.parse()?, CaseAction::Reopen, Actor::Customer));
///     records.complaints.push(case);
/// }
/// let plan = Plan::new([catalogue().find("reopen_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-11-01T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Common in service desks; no public standard seen.
#[doc(alias = "重开率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReopenRate {
    within: Duration, // > 0
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "reopen_rate",
    version: 1,
    name_en: "Reopen rate",
    name_zh: "重开率",
    formula: "reopened within a time (30 d) of first resolving / complaints and inquiries resolved at or before as_of − that time",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Opened],
    needs: &[RecordKind::Complaint],
    policies: &[PolicyName::Maturity],
    clustered: false,
    looks_back: false,
    source: "service desks",
};

impl ReopenRate {
    /// With a time of the caller's own.
    ///
    /// # Errors
    /// [`KpiError::Argument`] for a time that is not above 0.
    pub fn within(within: Duration) -> Result<Self, KpiError> {
        Ok(Self { within: lasting(&DEFINITION, within)?, ..Self::default() })
    }
}

impl Default for ReopenRate {
    fn default() -> Self {
        Self { within: Duration::from_days(30), policies: Policies::by(Cohort::Opened) }
    }
}

impl Kpi for ReopenRate {
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
        params.number("within_hours", hours(self.within));
    }
}

impl Observe<Complaint> for ReopenRate {
    fn cohort(&self, case: &Complaint, at: &Context) -> Option<NaiveDate> {
        Some(at.zone.date_of(case.opened_at))
    }

    fn outcome(&self, case: &Complaint, at: &Context) -> Outcome<Verdict> {
        if case.class == CaseClass::Appeal {
            return Outcome::Excluded(Term::OTHER_CLASS);
        }
        let life = match CaseClock::life_of(case) {
            Ok(life) => life,
            Err(reason) => return Outcome::Invalid(reason),
        };
        let Some(resolved_at) = life.first(CaseAction::Resolve, at.as_of) else {
            return Outcome::Excluded(Term::NOT_RESOLVED);
        };
        let until = resolved_at.saturating_add(self.within);
        let reopened_at = life.first(CaseAction::Reopen, at.as_of).filter(|&reopened_at| reopened_at <= until);
        let so_far = match reopened_at {
            Some(_) => Outcome::measured(Verdict::Hit),
            None if at.as_of < until => Outcome::open(),
            None => Outcome::measured(Verdict::Miss),
        };
        so_far.settling(until, at.as_of)
    }
}
