//! Resolution within a limit, 限时办结率.

use chrono::NaiveDate;

use crate::fact::Context;
use crate::kpi::argument::{hours, lasting};
use crate::kpi::case_clock::CaseClock;
use crate::kpi::working::note_certainty;
use crate::kpi::{
    CaseBase, Cohort, Deadline, Definition, Direction, FigureKind, Kpi, KpiError, Observe, Params, Pauses, Policies,
    PolicyName, Resolution, Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{CaseClass, Complaint, Duration, RecordKind};
use crate::state::{Share, Verdict};

/// The share of complaints and inquiries resolved within a limit (24 h) of their opening.
///
/// By default the limit is elapsed time, nights, holidays and waiting included, and the first resolving counts, whatever came
/// after it: [`ReopenRate`](super::ReopenRate) tells of that. `clock=working` counts the opening hours of the `calendar`;
/// `pauses=apart` takes off what was waited for the customer, and the time from an end to a reopening; `resolution=last`
/// asks when it was resolved for good. A case is judged `settle` (24 h) after its limit has passed, resolved or not.
///
/// With `pauses=apart` a case that waits for its customer is open: its limit comes no nearer. Without steps there are no
/// pauses, and the one `resolved_at` of the row is first and last. Appeals are the regulator's to resolve. A case about no
/// known waybill counts in the total and in the group `unassigned`.
///
/// - numerator: resolved at or before the end of the limit
/// - denominator: complaints and inquiries whose limit + `settle` has passed; with `cases=resolved_only` those resolved
/// - open: that is still to come
/// - provisional: those resolved lean to a hit or a miss, those unresolved past the limit to a miss
/// - excluded: `other_class` (appeals), `withdrawn`; for `cases=resolved_only` also `not_resolved`
/// - invalid: `illegal_history`, `outside_calendar`, `no_calendar`
/// - notes: `provisional_calendar`
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Two cases of Friday 17:00, resolved on Monday at 10:00 and a millisecond later: 0 / 2 within two elapsed hours, 1 / 2
/// within two working hours, one of Friday and one of Monday.
///
/// ```
/// use parcelgauge::kpi::Clock;
/// use parcelgauge::prelude::*;
/// let mut records = Records::default();
/// for (id, resolved_at) in [("1", "2026-11-09T10:00:00+08:00"), ("2", "2026-11-09T10:00:00.001+08:00")] {
///     let mut case = Complaint::new(CaseId::new(id)?, CaseClass::Complaint, "2026-11-06T17:00:00+08:00".parse()?);
///     case.resolved_at = Some(resolved_at.parse()?);
///     records.complaints.push(case);
/// }
/// let elapsed = catalogue().find("resolution_within_rate(2h)")?;
/// let working = elapsed.clone().with(Policy::Clock(Clock::Working))?;
/// let plan = Plan::new([elapsed, working]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-11-11T00:00:00+08:00".parse()?));
/// let values: Vec<_> = scorecard.rows.iter().map(|row| row.figure.value()).collect();
/// assert_eq!(values, [Some(0.0), Some(0.5)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Common in service contracts of carriers; no public standard seen.
#[doc(alias = "限时办结率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolutionWithinRate {
    limit: Duration, // > 0
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "resolution_within_rate",
    version: 1,
    name_en: "Resolution within a limit",
    name_zh: "限时办结率",
    formula: "resolved within the limit, elapsed or working time / complaints and inquiries whose limit + settle has passed",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Opened],
    needs: &[RecordKind::Complaint],
    policies: &[
        PolicyName::Calendar,
        PolicyName::Cases,
        PolicyName::Clock,
        PolicyName::Maturity,
        PolicyName::Pauses,
        PolicyName::Resolution,
        PolicyName::Settle,
    ],
    clustered: false,
    looks_back: false,
    source: "carriers' service contracts",
};

impl ResolutionWithinRate {
    /// With a limit of the caller's own.
    ///
    /// # Errors
    /// [`KpiError::Argument`] for a limit that is not above 0.
    pub fn within(limit: Duration) -> Result<Self, KpiError> {
        Ok(Self { limit: lasting(&DEFINITION, limit)?, ..Self::default() })
    }
}

impl Default for ResolutionWithinRate {
    fn default() -> Self {
        let policies = Policies::by(Cohort::Opened);
        let policies = Policies { pauses: Pauses::Counted, resolution: Resolution::First, ..policies };
        Self { limit: Duration::from_hours(24), policies }
    }
}

impl Kpi for ResolutionWithinRate {
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
        params.number("limit_hours", hours(self.limit));
    }
}

impl Observe<Complaint> for ResolutionWithinRate {
    fn cohort(&self, case: &Complaint, at: &Context) -> Option<NaiveDate> {
        Some(at.zone.date_of(case.opened_at))
    }

    fn outcome(&self, case: &Complaint, at: &Context) -> Outcome<Verdict> {
        if case.class == CaseClass::Appeal {
            return Outcome::Excluded(Term::OTHER_CLASS);
        }
        let clock = match CaseClock::of(case) {
            Ok(clock) => clock,
            Err(reason) => return Outcome::Invalid(reason),
        };
        let resolved_at = clock.resolved_at(&self.policies, at.as_of);
        if resolved_at.is_none() && clock.is_withdrawn(at.as_of) {
            return Outcome::Excluded(Term::WITHDRAWN);
        }
        let deadline = match clock.due(self.limit, &self.policies, resolved_at.unwrap_or(at.as_of), at) {
            Ok(due) => Deadline { at: due.value, inclusive: true },
            Err(reason) => return Outcome::Invalid(reason),
        };
        let so_far = match resolved_at {
            Some(resolved_at) if deadline.is_met_by(resolved_at) => Outcome::measured(Verdict::Hit),
            Some(resolved_at) => Outcome::ranked(Verdict::Miss, Severity::By(deadline.lateness(resolved_at))),
            None if self.policies.cases == CaseBase::ResolvedOnly => Outcome::Excluded(Term::NOT_RESOLVED),
            None if clock.is_paused(&self.policies, at.as_of) && deadline.is_met_by(at.as_of) => {
                return Outcome::open();
            }
            None if deadline.lies_ahead(&self.policies, at) => Outcome::open().turning(deadline.passed_at()),
            None => Outcome::ranked(Verdict::Miss, Severity::Unfinished { due: deadline.at }),
        };
        so_far.settling(deadline.decided_at(&self.policies), at.as_of)
    }

    fn notes(&self, case: &Complaint, at: &Context, note: &mut dyn FnMut(&Term)) {
        if case.class == CaseClass::Appeal {
            return;
        }
        if let Ok(clock) = CaseClock::of(case) {
            let known_at = clock.resolved_at(&self.policies, at.as_of).unwrap_or(at.as_of);
            note_certainty(&clock.due(self.limit, &self.policies, known_at, at), note);
        }
    }
}
