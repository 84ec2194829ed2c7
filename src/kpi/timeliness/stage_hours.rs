//! Hours of one stage, 分环节时限.

use std::str::FromStr;

use chrono::NaiveDate;

use crate::fact::{Context, StagePassage};
use crate::kpi::stage::StageOf;
use crate::kpi::{
    Cohort, Definition, Direction, FigureKind, Kpi, KpiError, Observe, Params, Policies, PolicyName, Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{Label, RecordKind};
use crate::state::Distribution;

/// How long one stage of the way takes: `origin_processing`, `transport`, `destination_processing` or `last_mile`, a stage
/// of the caller's own route, a whole `leg` of it, or the whole `way`.
///
/// Counted is every passage of the stage by completed accepted forward shipments, by the day of completion, so that the
/// stages of one window are over the same parcels. On the standard route each shipment passes each stage once, and the
/// means add up to that of [`EndToEndHours`](super::EndToEndHours), where every time is known; on a route of the caller's
/// own it may pass one several times, and on each leg (then a row notes `one_of_several`). A leg takes the sum of its
/// stages, a way that of its legs; how the legs of a fork are joined is the policy `fork`.
///
/// Storing completes where the recipient agreed or nothing is recorded of it; no policy changes that here. A boundary that
/// the route lacks gives its stage no time (zero), and the time to the next one. A route without the stage has no passages
/// of it, one without named legs none of a leg: nothing is seen, and there is no value.
///
/// - quantity: the end of the stage − its start, in milliseconds, shown in hours
/// - open: not completed, not returned, not lost, not cancelled; without an age, since the stage may not have begun
/// - excluded: `not_forward`, `cancelled`, `never_collected`, `returned`, `lost`; `force_majeure` where the adjusted figure
///   is asked for (`force_majeure=adjusted`)
/// - invalid: `no_stage_time` (an end is not scanned, out of order, or anomalous, of a leg or the way that of one of its
///   stages: that is the tracking's fault and shows there; the completion stands)
///
/// # Formula
/// Mean = Σ / n; quantiles at position (n − 1)·p, linear between neighbours.
///
/// # By hand
/// Taken out at 8 and handed over at 10, taken out at 8 and handed over at 12: the last mile takes 3 h in the mean.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::default();
/// for (number, delivered) in [("A", "2026-10-03T10:00:00+08:00"), ("B", "2026-10-03T12:00:00+08:00")] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     let scans = [
///         (NodeKind::Collected, "2026-10-01T10:00:00+08:00"),
///         (NodeKind::OriginDeparted, "2026-10-01T18:00:00+08:00"),
///         (NodeKind::DestinationArrived, "2026-10-03T05:00:00+08:00"),
///         (NodeKind::OutForDelivery, "2026-10-03T08:00:00+08:00"),
///         (NodeKind::Delivered, delivered),
///     ];
///     for (kind, at) in scans {
///         records.events.push(NodeEvent::new(key.clone(), kind, at.parse()?));
///     }
/// }
/// let plan = Plan::new([catalogue().find("stage_hours(last_mile)")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-05T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(3.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// State Post Bureau, express time-limit surveys: 寄出地处理, 运输, 寄达地处理 and 投递 make up 全程时限.
#[doc(alias = "分环节时限")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageHours {
    stage: StageOf,
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "stage_hours",
    version: 1,
    name_en: "Stage hours",
    name_zh: "分环节时限",
    formula: "end − start of the stage (origin_processing, transport, destination_processing, last_mile) over completed shipments; or of a whole leg, or the way",
    kind: FigureKind::Distribution,
    unit: Unit::Hours,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Completed, Cohort::Ordered, Cohort::Accepted],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[PolicyName::Cohort, PolicyName::ExactUpTo, PolicyName::ForceMajeure, PolicyName::Fork],
    clustered: false,
    looks_back: false,
    source: "State Post Bureau, express time-limit surveys",
};

impl StageHours {
    /// Of any stage by its name: for routes with stages of their own. [`WHOLE_LEG`](crate::journey::WHOLE_LEG) and
    /// [`WHOLE_WAY`](crate::journey::WHOLE_WAY) name what they say.
    #[must_use]
    pub fn of(name: Label) -> Self {
        Self { stage: StageOf { name }, policies: Policies::by(Cohort::Completed) }
    }
}

impl FromStr for StageHours {
    type Err = KpiError;

    fn from_str(argument: &str) -> Result<Self, KpiError> {
        StageOf::standard(DEFINITION.id, argument).map(|stage| Self::of(stage.name))
    }
}

impl Kpi for StageHours {
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
    fn arguments(&self, params: &mut Params) {
        self.stage.show(params);
    }
}

impl Observe<StagePassage> for StageHours {
    fn is_about(&self, passage: &StagePassage, at: &Context) -> bool {
        self.stage.is_passed_by(passage, at)
    }

    fn cohort(&self, passage: &StagePassage, at: &Context) -> Option<NaiveDate> {
        passage.date_by(self.policies.cohort, at)
    }

    fn outcome(&self, passage: &StagePassage, _at: &Context) -> Outcome<i64> {
        if let Some(reason) = passage.shipment.outside.or_else(|| self.policies.spared(passage.shipment.force_majeure))
        {
            return Outcome::Excluded(reason);
        }
        if passage.shipment.completed_at.is_none() {
            return match passage.shipment.ended {
                Some(reason) => Outcome::Excluded(reason),
                None => Outcome::open(),
            };
        }
        match passage.joined(self.policies.fork).took {
            Some(time) => Outcome::ranked(time.as_millis(), Severity::By(time)),
            None => Outcome::Invalid(Term::NO_STAGE_TIME),
        }
    }

    fn notes(&self, passage: &StagePassage, _at: &Context, note: &mut dyn FnMut(&Term)) {
        passage.note(note);
    }
}
