//! Response within a limit, 24小时响应率.

use chrono::NaiveDate;

use crate::calendar::Answer;
use crate::fact::Context;
use crate::kpi::argument::{hours, lasting};
use crate::kpi::case_clock::CaseClock;
use crate::kpi::working::note_certainty;
use crate::kpi::{
    Cohort, Deadline, Definition, Direction, FigureKind, Kpi, KpiError, Observe, Params, Pauses, Policies, PolicyName,
    Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{CaseClass, Complaint, Duration, Instant, RecordKind};
use crate::state::{Share, Verdict};

/// The share of complaints and inquiries answered within a limit (24 h) of their opening.
///
/// An answer is the first response by a person, or what resolved the case, whichever came first; automatic receipts are no
/// answer. Elapsed time counts, nights and holidays included; with `clock=working` the opening hours of the `calendar`. A
/// case is judged `settle` (24 h) after its limit has passed, answered or not: an unanswered case is a miss, and early
/// answers wait too. Appeals are the regulator's to answer. A case about no known waybill counts in the total and in the
/// group `unassigned`.
///
/// - numerator: answered at or before opened + limit
/// - denominator: complaints and inquiries whose limit + `settle` has passed
/// - open: opened + limit + `settle` still to come
/// - provisional: those answered lean to a hit or a miss, those unanswered past the limit to a miss
/// - excluded: `other_class` (appeals)
/// - invalid: `illegal_history` (of a case with steps), `outside_calendar`, `no_calendar`
/// - notes: `provisional_calendar`
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Four cases, answered after 1 h, after 24 h, after 24 h and 1 ms, and not at all: 2 / 4.
///
/// ```
/// use parcelgauge::prelude::*;
/// let mut records = Records::default();
/// for (id, answered) in [("1", Some("01T11:00:00")), ("2", Some("02T10:00:00")), ("3", Some("02T10:00:00.001")), ("4", None)] {
///     let mut case = Complaint::new(CaseId::new(id)?, CaseClass::Complaint, "2026-10-01T10:00:00+08:00".parse()?);
///     case.responded_at = answered.map(|at| format!("2026-10-{at}+08:00").parse()).transpose()?;
///     records.complaints.push(case);
/// }
/// let plan = Plan::new([catalogue().find("response_within_rate(24h)")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-03T10:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Common in service contracts of carriers; no public standard seen.
#[doc(alias = "24小时响应率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseWithinRate {
    limit: Duration, // > 0
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "response_within_rate",
    version: 1,
    name_en: "Response within a limit",
    name_zh: "24小时响应率",
    formula: "answered by a person, or resolved, within the limit / complaints and inquiries whose limit + settle has passed",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Opened],
    needs: &[RecordKind::Complaint],
    policies: &[PolicyName::Calendar, PolicyName::Clock, PolicyName::Maturity, PolicyName::Settle],
    clustered: false,
    looks_back: false,
    source: "carriers' service contracts",
};

impl ResponseWithinRate {
    /// With a limit of the caller's own.
    ///
    /// # Errors
    /// [`KpiError::Argument`] for a limit that is not above 0.
    pub fn within(limit: Duration) -> Result<Self, KpiError> {
        Ok(Self { limit: lasting(&DEFINITION, limit)?, ..Self::default() })
    }

    fn due(&self, case: &Complaint, at: &Context) -> Result<Answer<Instant>, Term> {
        CaseClock::of(case)?.due(self.limit, &self.policies, case.opened_at, at)
    }
}

impl Default for ResponseWithinRate {
    fn default() -> Self {
        // It is the customer who waits for the first answer: nothing is taken off.
        let policies = Policies { pauses: Pauses::Counted, ..Policies::by(Cohort::Opened) };
        Self { limit: Duration::from_hours(24), policies }
    }
}

impl Kpi for ResponseWithinRate {
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

impl Observe<Complaint> for ResponseWithinRate {
    fn cohort(&self, case: &Complaint, at: &Context) -> Option<NaiveDate> {
        Some(at.zone.date_of(case.opened_at))
    }

    fn outcome(&self, case: &Complaint, at: &Context) -> Outcome<Verdict> {
        if case.class == CaseClass::Appeal {
            return Outcome::Excluded(Term::OTHER_CLASS);
        }
        let deadline = match self.due(case, at) {
            Ok(due) => Deadline { at: due.value, inclusive: true },
            Err(reason) => return Outcome::Invalid(reason),
        };
        let so_far = match [case.responded_at, case.resolved_at].into_iter().flatten().min() {
            Some(answered_at) if deadline.is_met_by(answered_at) => Outcome::measured(Verdict::Hit),
            Some(answered_at) => Outcome::ranked(Verdict::Miss, Severity::By(deadline.lateness(answered_at))),
            None if deadline.lies_ahead(&self.policies, at) => Outcome::open().turning(deadline.passed_at()),
            None => Outcome::ranked(Verdict::Miss, Severity::Unfinished { due: deadline.at }),
        };
        so_far.settling(deadline.decided_at(&self.policies), at.as_of)
    }

    fn notes(&self, case: &Complaint, at: &Context, note: &mut dyn FnMut(&Term)) {
        if case.class != CaseClass::Appeal {
            note_certainty(&self.due(case, at), note);
        }
    }
}
