//! Hours of one stage, 分环节时限.

use std::str::FromStr;

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::journey::StorageCompletes;
use crate::kpi::stage::StageOf;
use crate::kpi::{
    Cohort, Definition, Direction, FigureKind, Kpi, KpiError, Observe, Params, Policies, PolicyName, Unit,
};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{Label, RecordKind};
use crate::state::Distribution;

/// How long one stage of the way takes: `origin_processing`, `transport`, `destination_processing` or `last_mile`.
///
/// Counted are completed accepted forward shipments, by the day of completion, so that the stages of one window are over
/// the same parcels and their means add up to that of [`EndToEndHours`](super::EndToEndHours), where every time is known.
/// Storing completes where the recipient agreed or nothing is recorded of it; no policy changes that here. A boundary that
/// the route lacks gives its stage no time (zero), and the time to the next one.
///
/// - quantity: the end of the stage − its start, in milliseconds, shown in hours
/// - open: not completed, not returned, not lost, not cancelled; without an age, since the stage may not have begun
/// - excluded: `not_forward`, `cancelled`, `never_collected`, `returned`, `lost`, `no_stage` (the route has none of the
///   name)
/// - invalid: `no_stage_time` (an end is not scanned, out of order, or anomalous: that is the tracking's fault and shows
///   there; the completion stands)
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
    formula: "end − start of the stage (origin_processing, transport, destination_processing, last_mile) over completed shipments",
    kind: FigureKind::Distribution,
    unit: Unit::Hours,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Completed, Cohort::Ordered, Cohort::Accepted],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[PolicyName::Cohort, PolicyName::ExactUpTo],
    clustered: false,
    looks_back: false,
    source: "State Post Bureau, express time-limit surveys",
};

impl StageHours {
    /// Of any stage by its name: for routes with stages of their own.
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

impl Observe<Shipment> for StageHours {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.date_by(self.policies.cohort, StorageCompletes::Consented, at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<i64> {
        let time = match shipment.acceptance().and_then(|_| self.stage.time(shipment, at)) {
            Ok(time) => time,
            Err(reason) => return Outcome::Excluded(reason),
        };
        if shipment.completion(StorageCompletes::Consented).is_none() {
            return match shipment.ended_without_completion() {
                Some(reason) => Outcome::Excluded(reason),
                None => Outcome::open(),
            };
        }
        match time {
            Some(time) => Outcome::ranked(time.as_millis(), Severity::By(time)),
            None => Outcome::Invalid(Term::NO_STAGE_TIME),
        }
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        shipment.note_acceptance(note);
        if shipment.acceptance().is_ok() {
            shipment.note_completion(StorageCompletes::Consented, note);
        }
    }
}
