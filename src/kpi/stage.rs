//! What the figures of one stage share: which stage, and its time.

use crate::fact::{Context, Shipment};
use crate::journey::RoutePolicy;
use crate::outcome::Term;
use crate::record::{Duration, Label};

use super::{KpiError, Params};

/// One stage of the route, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StageOf {
    pub(super) name: Label,
}

/// The stages of the standard route, in their order: the presets of the figures of one stage.
pub(super) const STANDARD_STAGES: &[&str] = &["origin_processing", "transport", "destination_processing", "last_mile"];

impl StageOf {
    /// A stage of the standard route, as an argument names it.
    pub(super) fn standard(kpi: &str, argument: &str) -> Result<Self, KpiError> {
        let route = RoutePolicy::standard();
        let known = route.stages().iter().any(|stage| stage.name == argument);
        match Label::new(argument) {
            Ok(name) if known => Ok(Self { name }),
            _ => Err(KpiError::Argument {
                kpi: kpi.to_owned(),
                argument: argument.to_owned(),
                expected: "a stage: origin_processing, transport, destination_processing or last_mile",
            }),
        }
    }

    /// The time a shipment took for it, where its scans tell.
    ///
    /// # Errors
    /// [`Term::NO_STAGE`] where the route has none of the name.
    pub(super) fn time(&self, shipment: &Shipment, at: &Context) -> Result<Option<Duration>, Term> {
        let place = at.route.stages().iter().position(|stage| stage.name == self.name.as_str());
        let place = place.ok_or(Term::NO_STAGE)?;
        Ok(shipment.course.stages.get(place).copied().flatten())
    }

    pub(super) fn show(&self, params: &mut Params) {
        params.word("stage", self.name.as_str());
    }
}
