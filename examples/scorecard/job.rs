//! What the main job does between its input and its output. A test does the same for the page that the README shows.

use chrono::{Days, NaiveDate};
use parcelgauge::cube::{CubeError, Dimension, Fold, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::record::{Records, Zone};
use parcelgauge::report::summary;
use parcelgauge::simulate::{Defect, Network, SimulateError};
use parcelgauge::target::BASELINE;

/// Shipments of the simulated network.
pub const SHIPMENTS: u64 = 20_000;

/// What the simulated network is broken down by, unless told otherwise.
pub const BY: Dimension = Dimension::DestinationRegion;

/// A network with orders from May to October 2026 and two planted faults, for the page to find.
pub fn network(shipments: u64) -> Result<Network, SimulateError> {
    let may = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap_or_default();
    let network = Network::new(1)?.with_start(may)?.with_days(184)?.with_shipments(shipments);
    let [sichuan, hunan] = [9, 12];
    network
        .with_defect(Defect::SlowHub { region: sichuan, extra_hours: 30 })?
        .with_defect(Defect::ComplaintHotSpot { region: hunan, times: 12 })
}

/// The end of the window in which orders are placed: parcels are still under way.
pub fn context(network: &Network) -> Context {
    let end = network.start() + Days::new(network.days().into());
    Context::at(Zone::SHANGHAI.start_of(end)).with_known_from(Zone::SHANGHAI.start_of(network.start()))
}

/// The figures of everything, and of its groups where the plan has dimensions: one fold, rolled up, or where groups overlap
/// and cannot be rolled up, two.
pub struct Measured {
    pub whole: Scorecard,
    pub parts: Option<Scorecard>,
}

impl Measured {
    /// Of records.
    pub fn of_records(records: &Records, plan: &Plan, context: &Context) -> Result<Self, CubeError> {
        let fold = |plan: &Plan| Fold::of(records, plan, plan.window(), context, None);
        Self::of(&fold(plan), plan, context, |whole| Ok(fold(whole)))
    }

    /// Of a fold; `once_more` folds the same input by another plan.
    pub fn of<E: From<CubeError>>(
        fold: &Fold,
        plan: &Plan,
        context: &Context,
        once_more: impl FnOnce(&Plan) -> Result<Fold, E>,
    ) -> Result<Self, E> {
        let of_parts = Scorecard::of(fold, plan, context);
        if plan.dimensions().is_empty() {
            return Ok(Self { whole: of_parts, parts: None });
        }
        let total = plan.clone().by([]);
        let whole = if plan.dimensions().iter().any(Dimension::is_overlapping) {
            once_more(&total)?
        } else {
            fold.roll_up(plan, &[])?
        };
        Ok(Self { whole: Scorecard::of(&whole, &total, context), parts: Some(of_parts) })
    }

    /// The page to read.
    pub fn page(&self) -> String {
        summary(&self.whole, self.parts.as_ref(), BASELINE)
    }
}
