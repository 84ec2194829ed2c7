//! First-contact resolution, 首次解决率.

use chrono::NaiveDate;

use crate::casework::{CaseState, Life};
use crate::fact::Context;
use crate::kpi::argument::{hours, lasting};
use crate::kpi::case_clock::CaseClock;
use crate::kpi::{
    CaseBase, Cohort, Contact, Definition, Direction, FigureKind, Kpi, KpiError, Observe, Params, Policies, PolicyName,
    Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{CaseAction, CaseClass, Complaint, Duration, Instant, RecordKind};
use crate::state::{Share, Verdict};

/// The share of complaints and inquiries resolved with one contact, and not reopened soon after.
///
/// A case has `after` (7 d) to be resolved, and must not be reopened within the `horizon` (7 d) of that; it is judged when
/// both have passed since its opening, whatever became of it. One contact: among what was done up to the first resolving
/// there is one answer, question, reply, contact or resolving answer, and that is the resolving one. With `contact=handler`
/// no more than one person or group ever had it in hand, however often the customer was spoken to. It takes steps to tell:
/// without them a case is invalid. Appeals are the regulator's to resolve. A case about no known waybill counts in the total
/// and in the group `unassigned`.
///
/// - numerator: resolved in time with one contact, not reopened in the horizon
/// - denominator: opened at or before `as_of` − `after` − `horizon`; with `cases=resolved_only` those resolved in time
/// - open: opened later than that
/// - provisional: those resolved lean to what they are so far, the others to nothing
/// - excluded: `other_class` (appeals), `withdrawn`; for `cases=resolved_only` also `not_resolved`
/// - invalid: `no_steps`, `illegal_history`
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Two cases, one resolved by the first word that was said, one by the second: 1 / 2.
///
/// ```
/// use parcelgauge::prelude::*;
/// use parcelgauge::record::{Actor, CaseAction, Step};
/// let at = |time: &str| format!("2026-10-01T{time}:00+08:00").parse::<Instant>();
/// let mut records = Records::default();
/// for id in ["1", "2"] {
///     let mut case = Complaint::new(CaseId::new(id)?, CaseClass::Complaint, at("10:00")?);
///     case.steps.push(Step::new(at("12:00")?, CaseAction::Resolve, Actor::Staff));
///     records.complaints.push(case);
/// }
/// records.complaints[1].steps.push(Step::new(at("11:00")?, CaseAction::Answer, Actor::Staff));
/// let plan = Plan::new([catalogue().find("first_contact_resolution_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-15T10:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Common in service desks; no public standard seen.
#[doc(alias = "首次解决率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstContactResolutionRate {
    after: Duration, // > 0
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "first_contact_resolution_rate",
    version: 1,
    name_en: "First-contact resolution",
    name_zh: "首次解决率",
    formula: "resolved with one contact and not reopened within the horizon / complaints and inquiries opened at or before as_of − after − horizon",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Opened],
    needs: &[RecordKind::Complaint],
    policies: &[PolicyName::Cases, PolicyName::Contact, PolicyName::Horizon, PolicyName::Maturity],
    clustered: false,
    looks_back: false,
    source: "service desks",
};

impl FirstContactResolutionRate {
    /// With so much time to resolve a case.
    ///
    /// # Errors
    /// [`KpiError::Argument`] for a duration that is not above 0.
    pub fn after(after: Duration) -> Result<Self, KpiError> {
        Ok(Self { after: lasting(&DEFINITION, after)?, ..Self::default() })
    }

    fn is_one_contact(&self, life: &Life<CaseState>, resolved_at: Instant, as_of: Instant) -> bool {
        use CaseAction::{Answer, AskCustomer, Contact as Spoken, CustomerReplied, Resolve};
        match self.policies.contact {
            Contact::Handler => life.handlers(as_of).len() <= 1,
            Contact::Contact => {
                let until = life.steps(resolved_at).iter();
                let contacts = until
                    .filter(|step| matches!(step.action, Answer | AskCustomer | Spoken | CustomerReplied | Resolve));
                contacts.map(|step| step.action).take_while(|&action| action != Resolve).count() == 0
            }
        }
    }
}

impl Default for FirstContactResolutionRate {
    fn default() -> Self {
        let week = Duration::from_days(7);
        Self { after: week, policies: Policies { horizon: week, ..Policies::by(Cohort::Opened) } }
    }
}

impl Kpi for FirstContactResolutionRate {
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
        params.number("after_hours", hours(self.after));
    }
}

impl Observe<Complaint> for FirstContactResolutionRate {
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
        if life.is_withdrawn(at.as_of) {
            return Outcome::Excluded(Term::WITHDRAWN);
        }
        let due = case.opened_at.saturating_add(self.after);
        let decided_at = due.saturating_add(self.policies.horizon);
        let resolved_at = life.first(CaseAction::Resolve, at.as_of).filter(|&resolved_at| resolved_at <= due);
        let so_far = match resolved_at {
            Some(resolved_at) => {
                let until = resolved_at.saturating_add(self.policies.horizon);
                let is_back = life.first(CaseAction::Reopen, at.as_of).is_some_and(|reopened_at| reopened_at <= until);
                let is_hit = !is_back && self.is_one_contact(&life, resolved_at, at.as_of);
                Outcome::measured(if is_hit { Verdict::Hit } else { Verdict::Miss })
            }
            None if self.policies.cases == CaseBase::ResolvedOnly => Outcome::Excluded(Term::NOT_RESOLVED),
            None if at.as_of < decided_at => Outcome::open(),
            None => Outcome::ranked(Verdict::Miss, Severity::Unfinished { due }),
        };
        so_far.settling(decided_at, at.as_of)
    }
}
