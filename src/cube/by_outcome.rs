//! Groups by what shipments come to for a KPI.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::fact::{Context, FactKind, Facts};
use crate::kpi::{FigureKind, Gauge, Policy, ShipmentOutcome, catalogue};
use crate::record::Instant;
use crate::state::wire::{Reader, WireError, Writer};

use super::DimensionError;
use super::plan::identity;

/// The outcome of a KPI on the same shipment, as a dimension: complaints about parcels that were late, say, beside those
/// about parcels in time.
///
/// A shipment, and all that hangs on it, stands in the group of what it comes to for the KPI, under its policies, at the
/// same `as_of`: `hit`, `miss`, `open`, `excluded` or `invalid`. Why it is excluded or invalid is not told apart: the KPI's
/// own row does that. Under `maturity=provisional` an open shipment stands in the group it leans to; under
/// `unit=consignment` a piece stands in the group of its consignment, and a figure that counts consignments has each in the
/// group of its piece with the least key, as ever. A shipment that a KPI of the caller's own is not about is in the group
/// without a value. Where a kind of record that the KPI needs was not supplied, no row has a value.
///
/// It is written as the KPI is, with policies behind it, each after a colon:
///
/// ```
/// use parcelgauge::cube::{ByOutcome, DimensionError};
/// let by: ByOutcome = "on_time_delivery_rate:promise_end=day_start:settle=24h".parse()?;
/// assert_eq!(by.name(), "on_time_delivery_rate:promise_end=day_start", "24 h is the default");
/// assert!(matches!("nps".parse::<ByOutcome>(), Err(DimensionError::NoOutcome { kpi: "nps", .. })));
/// # Ok::<(), DimensionError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ByOutcome {
    gauge: Gauge,
    name: String,
}

impl ByOutcome {
    /// By a share over shipments.
    ///
    /// # Errors
    /// [`DimensionError::NoOutcome`] for any other KPI.
    pub fn of(gauge: Gauge) -> Result<Self, DimensionError> {
        if !tells_hit_from_miss(&gauge) {
            let possible = Self::possible().join(", ");
            return Err(DimensionError::NoOutcome { kpi: gauge.definition().id, possible });
        }
        Ok(Self { name: name_of(&gauge), gauge })
    }

    /// The KPIs of the catalogue whose outcomes can be dimensions.
    #[must_use]
    pub fn possible() -> Vec<&'static str> {
        let able = catalogue().iter().filter(tells_hit_from_miss);
        let mut possible: Vec<&str> = able.map(|gauge| gauge.definition().id).collect();
        possible.dedup(); // several arguments, one name
        possible
    }

    /// The KPI under its policies.
    #[must_use]
    pub fn gauge(&self) -> &Gauge {
        &self.gauge
    }

    /// The name in results: the KPI's, and behind colons the arguments and policies that are not its defaults.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn identity(&self) -> String {
        identity(&self.gauge)
    }

    /// What each of the shipments comes to, in their order.
    pub(super) fn outcomes(&self, facts: &Facts<'_>, at: &Context) -> Vec<Option<ShipmentOutcome>> {
        self.gauge.shipment_outcomes(facts, at)
    }
}

fn tells_hit_from_miss(gauge: &Gauge) -> bool {
    gauge.definition().kind == FigureKind::Share && gauge.observes().contains(&FactKind::Shipment)
}

fn name_of(gauge: &Gauge) -> String {
    let definition = gauge.definition();
    let default = catalogue().find(definition.id).ok();
    let default_params = default.as_ref().map(Gauge::params).unwrap_or_default();
    let default_policies: Vec<_> = default.iter().flat_map(Gauge::policies).collect();
    let params = gauge.params();
    let arguments =
        params.iter().filter(|&(name, value)| !definition.is_policy(name) && default_params.get(name) != Some(value));
    let policies = gauge.policies().filter(|policy| !default_policies.contains(policy));
    let mut name = definition.id.to_owned();
    name.extend(arguments.map(|(argument, value)| format!(":{argument}={value}")));
    name.extend(policies.map(|(policy, value)| format!(":{policy}={value}")));
    name
}

impl FromStr for ByOutcome {
    type Err = DimensionError;

    fn from_str(text: &str) -> Result<Self, DimensionError> {
        let mut parts = text.split(':').map(str::trim);
        let mut gauge = catalogue().find(parts.next().unwrap_or_default())?;
        for part in parts {
            let no_policy = || DimensionError::NoPolicy { text: part.to_owned() };
            let (name, value) = part.split_once('=').ok_or_else(no_policy)?;
            gauge = gauge.with(Policy::parse(name.trim(), value.trim())?)?;
        }
        Self::of(gauge)
    }
}

impl PartialEq for ByOutcome {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for ByOutcome {}

impl PartialOrd for ByOutcome {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ByOutcome {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name).then_with(|| self.identity().cmp(&other.identity()))
    }
}

impl Hash for ByOutcome {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// What may still move between the groups of one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Unsettled {
    /// The first instant at which a shipment changes its group if no further record comes.
    pub(super) until: Option<Instant>,
    /// Shipments whose outcome is open.
    pub(super) open: u64,
}

impl Unsettled {
    pub(super) fn take(&mut self, outcome: ShipmentOutcome) {
        self.merge(Self { until: outcome.until, open: outcome.is_open.into() });
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.until = [self.until, other.until].into_iter().flatten().min();
        self.open += other.open;
    }

    pub(super) fn encode(self, out: &mut Writer) {
        out.option(self.until, Writer::instant);
        out.unsigned(self.open);
    }

    pub(super) fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(Self { until: input.option(Reader::instant)?, open: input.count()? })
    }
}
