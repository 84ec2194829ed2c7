//! Stage on-time rate, 环节准时率.

use std::str::FromStr;

use chrono::NaiveDate;

use crate::fact::{Context, StagePassage};
use crate::kpi::stage::StageOf;
use crate::kpi::{
    Cohort, Definition, Direction, FigureKind, Kpi, KpiError, Observe, Params, Policies, PolicyName, Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{Duration, Label, RecordKind};
use crate::state::{Share, Verdict};

/// The share of passages of one stage, by completed shipments, that took no longer than was planned.
///
/// The plan is the waybill's own length of time for the stage, time by time and leg by leg (see
/// [`PassageKey`](crate::record::PassageKey)). A passage is decided `settle` (24 h) after its shipment's completion,
/// whether it kept the plan or not, so that a scan recorded late is waited for; the window is that of completion, so
/// that neither early nor late finishers of a day are missing. Storing completes where the recipient agreed or nothing
/// is recorded of it.
///
/// The stage may be one of the caller's own route, a whole `leg` of it, or the whole `way`. A leg keeps its plan where the
/// sum of its stages' times is at or below the sum of their plans, and so a way over its legs; how the legs of a fork are
/// joined is the policy `fork`. Where a shipment may pass a stage several times or on several legs, a row notes
/// `one_of_several` and its interval is marked `clustered` and too narrow. A route without the stage has no passages of
/// it, one without named legs none of a leg: nothing is seen, and there is no value.
///
/// - numerator: time at or below its plan
/// - denominator: passages by completed shipments with both
/// - open: not completed, not returned, not lost, not cancelled; or completed less than `settle` ago
/// - excluded: `not_forward`, `cancelled`, `never_collected`, `returned`, `lost`, `no_plan` (of a leg or the way: for one
///   of its stages); `force_majeure` where the adjusted figure is asked for (`force_majeure=adjusted`)
/// - provisional: what was completed less than `settle` ago counts as its times say now
/// - invalid: `no_stage_time` (an end is not scanned, out of order, or anomalous, of a leg or the way that of one of its
///   stages; or a further time through the stage was planned and not scanned)
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Two hours are planned for the last mile; one parcel takes two, one takes four: 1 / 2.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::default();
/// for (number, delivered) in [("A", "2026-10-03T10:00:00+08:00"), ("B", "2026-10-03T12:00:00+08:00")] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     let mut waybill = Waybill::new(key.clone());
///     waybill.stage_plans.insert("last_mile".parse()?, Duration::from_hours(2));
///     records.waybills.push(waybill);
///     let scans = [
///         (NodeKind::Collected, "2026-10-01T10:00:00+08:00"),
///         (NodeKind::OutForDelivery, "2026-10-03T08:00:00+08:00"),
///         (NodeKind::Delivered, delivered),
///     ];
///     for (kind, at) in scans {
///         records.events.push(NodeEvent::new(key.clone(), kind, at.parse()?));
///     }
/// }
/// let plan = Plan::new([catalogue().find("stage_on_time_rate(last_mile)")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-05T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// No public standard seen; the stages are those of the State Post Bureau's time-limit surveys.
#[doc(alias = "环节准时率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageOnTimeRate {
    stage: StageOf,
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "stage_on_time_rate",
    version: 1,
    name_en: "Stage on-time rate",
    name_zh: "环节准时率",
    formula: "time of the stage, a whole leg or the way ≤ its plan / passages by shipments completed at least settle ago with both",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Completed],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[PolicyName::ForceMajeure, PolicyName::Fork, PolicyName::Maturity, PolicyName::Settle],
    clustered: false,
    looks_back: false,
    source: "definition of this crate, on the stages of the State Post Bureau's surveys",
};

impl StageOnTimeRate {
    /// Of any stage by its name: for routes with stages of their own. [`WHOLE_LEG`](crate::journey::WHOLE_LEG) and
    /// [`WHOLE_WAY`](crate::journey::WHOLE_WAY) name what they say.
    #[must_use]
    pub fn of(name: Label) -> Self {
        Self { stage: StageOf { name }, policies: Policies::by(Cohort::Completed) }
    }
}

impl FromStr for StageOnTimeRate {
    type Err = KpiError;

    fn from_str(argument: &str) -> Result<Self, KpiError> {
        StageOf::standard(DEFINITION.id, argument).map(|stage| Self::of(stage.name))
    }
}

impl Kpi for StageOnTimeRate {
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
        self.stage.show(params);
    }
}

impl Observe<StagePassage> for StageOnTimeRate {
    fn is_about(&self, passage: &StagePassage, at: &Context) -> bool {
        self.stage.is_passed_by(passage, at)
    }

    fn cohort(&self, passage: &StagePassage, at: &Context) -> Option<NaiveDate> {
        passage.date_by(self.policies.cohort, at)
    }

    fn outcome(&self, passage: &StagePassage, at: &Context) -> Outcome<Verdict> {
        if let Some(reason) = passage.shipment.outside.or_else(|| self.policies.spared(passage.shipment.force_majeure))
        {
            return Outcome::Excluded(reason);
        }
        let pace = passage.joined(self.policies.fork);
        let Some(plan) = pace.planned else { return Outcome::Excluded(Term::NO_PLAN) };
        let Some(completed_at) = passage.shipment.completed_at else {
            return match passage.shipment.ended {
                Some(reason) => Outcome::Excluded(reason),
                None => Outcome::open(),
            };
        };
        let decided_at = completed_at.saturating_add(self.policies.settle);
        let so_far = match pace.took {
            Some(time) if time <= plan => Outcome::measured(Verdict::Hit),
            Some(time) => {
                let excess = Duration::from_millis(time.as_millis().saturating_sub(plan.as_millis()));
                Outcome::ranked(Verdict::Miss, Severity::By(excess))
            }
            None => Outcome::Invalid(Term::NO_STAGE_TIME),
        };
        so_far.settling(decided_at, at.as_of)
    }

    fn notes(&self, passage: &StagePassage, _at: &Context, note: &mut dyn FnMut(&Term)) {
        passage.note(note);
    }
}
