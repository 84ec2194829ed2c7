//! What the figures of one stage share: which stage, and whose passages are its.

use chrono::NaiveDate;

use crate::fact::{Context, StagePassage};
use crate::journey::{RoutePolicy, Stretch, WHOLE_LEG, WHOLE_WAY};
use crate::record::Label;

use super::{Cohort, KpiError, Params};

/// One stage of the route by its name, or one of the two names that stand for a whole leg and the whole way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StageOf {
    pub(super) name: Label,
}

/// The stages of the standard route, in their order: the presets of the figures of one stage.
pub(super) const STANDARD_STAGES: &[&str] = &["origin_processing", "transport", "destination_processing", "last_mile"];

impl StageOf {
    /// A stage of the standard route, a leg or the way, as an argument names it.
    pub(super) fn standard(kpi: &str, argument: &str) -> Result<Self, KpiError> {
        let route = RoutePolicy::standard();
        let is_whole = [WHOLE_LEG, WHOLE_WAY].contains(&argument);
        match Label::new(argument) {
            Ok(name) if is_whole || route.stages().iter().any(|stage| stage.name == argument) => Ok(Self { name }),
            _ => Err(KpiError::Argument {
                kpi: kpi.to_owned(),
                argument: argument.to_owned(),
                expected: "a stage (origin_processing, transport, destination_processing or last_mile), leg or way",
            }),
        }
    }

    /// Whether a passage is one of its.
    pub(super) fn is_passed_by(&self, passage: &StagePassage, at: &Context) -> bool {
        let name = match passage.stretch {
            Stretch::Stage(place) => at.route.stages().get(place as usize).map(|stage| &*stage.name),
            Stretch::Leg => Some(WHOLE_LEG),
            Stretch::Way => Some(WHOLE_WAY),
        };
        name == Some(self.name.as_str())
    }

    pub(super) fn show(&self, params: &mut Params) {
        params.word("stage", self.name.as_str());
    }
}

impl StagePassage {
    /// The reporting day by which this passage falls into a window: a date of its shipment.
    pub(super) fn date_by(&self, cohort: Cohort, at: &Context) -> Option<NaiveDate> {
        match cohort {
            Cohort::Ordered => self.shipment.ordered_on(at),
            Cohort::Accepted => self.shipment.accepted_on(at),
            Cohort::Completed => self.shipment.completed_on(at),
            _ => None,
        }
    }
}
