//! Resolution rate, 解决率.

use chrono::NaiveDate;

use crate::fact::Context;
use crate::kpi::argument::{hours, lasting};
use crate::kpi::case_clock::CaseClock;
use crate::kpi::{
    Cohort, Definition, Direction, FigureKind, Kpi, KpiError, Observe, Params, Policies, PolicyName, Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{CaseClass, Complaint, Duration, RecordKind};
use crate::state::{Share, Verdict};

/// The share of complaints and inquiries that stand resolved, of those opened long enough ago (7 d).
///
/// Not whether a case was resolved *within* those days, but whether it is resolved by now: a month's rate grows as old
/// cases are closed, and falls when one is taken up again. A case stays open until it is old enough, resolved or not, so
/// that quick answers do not flatter the last week; from then on it is decided by what is known of it. With the same
/// records known that never changes: a resolution that lies ahead reads as absent, and counts when it has come.
///
/// A case stands resolved while its record holds the instant at which it was last resolved; a source that keeps that
/// instant when a case is taken up again makes the rate too high. Appeals are the regulator's to resolve. A case about no
/// known waybill counts in the total and in the group `unassigned`.
///
/// - numerator: resolved
/// - denominator: complaints and inquiries opened at or before `as_of` − `after`
/// - open: younger than `after`
/// - provisional: those resolved lean to a hit, the others to nothing
/// - excluded: `other_class` (appeals), `withdrawn`
/// - invalid: `illegal_history` (of a case with steps)
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Four cases of 1 October; by 8 October one was resolved on the first day, one on the seventh, two are not: 2 / 4.
///
/// ```
/// use parcelgauge::prelude::*;
/// let mut records = Records::default();
/// for (id, resolved) in [("1", Some("01T12:00:00")), ("2", Some("08T09:00:00")), ("3", Some("09T10:00:00")), ("4", None)] {
///     let mut case = Complaint::new(CaseId::new(id)?, CaseClass::Complaint, "2026-10-01T10:00:00+08:00".parse()?);
///     case.resolved_at = resolved.map(|at| format!("2026-10-{at}+08:00").parse()).transpose()?;
///     records.complaints.push(case);
/// }
/// let plan = Plan::new([catalogue().find("resolution_rate(7d)")?]).with_window(Window::All);
/// let rate_at = |as_of| Scorecard::measure(&records, &plan, &Context::at(as_of)).rows[0].figure.value();
/// assert_eq!(rate_at("2026-10-08T09:59:59.999+08:00".parse()?), None); // all of them still open
/// assert_eq!(rate_at("2026-10-08T10:00:00+08:00".parse()?), Some(0.5));
/// assert_eq!(rate_at("2026-10-09T10:00:00+08:00".parse()?), Some(0.75)); // the third has come
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Interim Regulations on Express Delivery 2019, art. 28: complaints are handled, and the user told, within 7 days.
#[doc(alias = "解决率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolutionRate {
    after: Duration, // > 0
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "resolution_rate",
    version: 1,
    name_en: "Resolution rate",
    name_zh: "解决率",
    formula: "resolved / complaints and inquiries opened at or before as_of − after",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Opened],
    needs: &[RecordKind::Complaint],
    policies: &[PolicyName::Maturity],
    clustered: false,
    looks_back: false,
    source: "Interim Regulations on Express Delivery 2019 art. 28",
};

impl ResolutionRate {
    /// Of cases opened at least so long ago.
    ///
    /// # Errors
    /// [`KpiError::Argument`] for a duration that is not above 0.
    pub fn after(after: Duration) -> Result<Self, KpiError> {
        Ok(Self { after: lasting(&DEFINITION, after)?, ..Self::default() })
    }
}

impl Default for ResolutionRate {
    fn default() -> Self {
        Self { after: Duration::from_days(7), policies: Policies::by(Cohort::Opened) }
    }
}

impl Kpi for ResolutionRate {
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

impl Observe<Complaint> for ResolutionRate {
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
        if clock.is_withdrawn(at.as_of) {
            return Outcome::Excluded(Term::WITHDRAWN);
        }
        let due = case.opened_at.saturating_add(self.after);
        let so_far = match case.resolved_at {
            Some(_) => Outcome::measured(Verdict::Hit),
            None if at.as_of < due => Outcome::open(),
            None => Outcome::ranked(Verdict::Miss, Severity::Unfinished { due }),
        };
        so_far.settling(due, at.as_of)
    }
}
