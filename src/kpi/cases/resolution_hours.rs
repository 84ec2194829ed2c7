//! Resolution hours, 处理时长.

use chrono::NaiveDate;

use crate::fact::Context;
use crate::kpi::case_clock::CaseClock;
use crate::kpi::working::note_certainty;
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{CaseClass, Complaint, RecordKind};
use crate::state::Distribution;

/// Time from the opening of complaints and inquiries to their resolution.
///
/// What was waited for the customer is taken off, and so is the time from an end to a reopening; `pauses=counted` leaves it
/// in. A case that was reopened is resolved with its last resolving, and under way until then; with `resolution=first` with
/// its first. `clock=working` counts the opening hours of the `calendar` only. Without steps there are no pauses, and the one
/// `resolved_at` of the row is first and last. Those under way are shown with their age by the clock on the wall. A case
/// about no known waybill counts in the total and in the group `unassigned`.
///
/// - measured: resolved complaints and inquiries
/// - open: not resolved
/// - excluded: `other_class` (appeals), `withdrawn`
/// - invalid: `illegal_history`, `outside_calendar`, `no_calendar`
/// - notes: `provisional_calendar`
///
/// # Formula
/// Mean, quantiles and maximum of the times.
///
/// # By hand
/// Opened at 10:00, the customer asked at 11:00, who replied at 15:00; resolved at 17:00: three hours, seven with the
/// waiting.
///
/// ```
/// use parcelgauge::kpi::Pauses;
/// use parcelgauge::prelude::*;
/// use parcelgauge::record::{Actor, CaseAction, Step};
/// let at = |time: &str| format!("2026-11-06T{time}:00+08:00").parse::<Instant>();
/// let mut case = Complaint::new(CaseId::new("1")?, CaseClass::Complaint, at("10:00")?);
/// case.steps = vec![
///     Step::new(at("11:00")?, CaseAction::AskCustomer, Actor::Staff),
///     Step::new(at("15:00")?, CaseAction::CustomerReplied, Actor::Customer),
///     Step::new(at("17:00")?, CaseAction::Resolve, Actor::Staff),
/// ];
/// let mut records = Records::default();
/// records.complaints.push(case);
/// let apart = catalogue().find("resolution_hours")?;
/// let counted = apart.clone().with(Policy::Pauses(Pauses::Counted))?;
/// let plan = Plan::new([apart, counted]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-11-07T00:00:00+08:00".parse()?));
/// let values: Vec<_> = scorecard.rows.iter().map(|row| row.figure.value()).collect();
/// assert_eq!(values, [Some(3.0), Some(7.0)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Common in service contracts of carriers; no public standard seen.
#[doc(alias = "处理时长")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolutionHours {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "resolution_hours",
    version: 1,
    name_en: "Resolution hours",
    name_zh: "处理时长",
    formula: "resolution − opening over resolved complaints and inquiries, pauses apart; those under way are shown with their age",
    kind: FigureKind::Distribution,
    unit: Unit::Hours,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Opened],
    needs: &[RecordKind::Complaint],
    policies: &[
        PolicyName::Calendar,
        PolicyName::Clock,
        PolicyName::ExactUpTo,
        PolicyName::Pauses,
        PolicyName::Resolution,
    ],
    clustered: false,
    looks_back: false,
    source: "carriers' service contracts",
};

impl Default for ResolutionHours {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Opened) }
    }
}

impl Kpi for ResolutionHours {
    type State = Distribution;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Distribution {
        Distribution::new(self.policies.exact_up_to)
    }
    fn policies(&self) -> Option<&Policies> {
        Some(&self.policies)
    }
    fn policies_mut(&mut self) -> Option<&mut Policies> {
        Some(&mut self.policies)
    }
}

impl Observe<Complaint> for ResolutionHours {
    fn cohort(&self, case: &Complaint, at: &Context) -> Option<NaiveDate> {
        Some(at.zone.date_of(case.opened_at))
    }

    fn outcome(&self, case: &Complaint, at: &Context) -> Outcome<i64> {
        if case.class == CaseClass::Appeal {
            return Outcome::Excluded(Term::OTHER_CLASS);
        }
        let clock = match CaseClock::of(case) {
            Ok(clock) => clock,
            Err(reason) => return Outcome::Invalid(reason),
        };
        match clock.resolved_at(&self.policies, at.as_of) {
            Some(resolved_at) => match clock.taken(&self.policies, resolved_at, at) {
                Ok(taken) => Outcome::ranked(taken.value.as_millis(), Severity::By(taken.value)),
                Err(reason) => Outcome::Invalid(reason),
            },
            None if clock.is_withdrawn(at.as_of) => Outcome::Excluded(Term::WITHDRAWN),
            None => Outcome::open_since(case.opened_at),
        }
    }

    fn notes(&self, case: &Complaint, at: &Context, note: &mut dyn FnMut(&Term)) {
        let Ok(clock) = CaseClock::of(case) else { return };
        let resolved_at = clock.resolved_at(&self.policies, at.as_of).filter(|_| case.class != CaseClass::Appeal);
        if let Some(resolved_at) = resolved_at {
            note_certainty(&clock.taken(&self.policies, resolved_at, at), note);
        }
    }
}
