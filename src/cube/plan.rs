use crate::fact::FactKind;
use crate::kpi::{Catalogue, Gauge};
use crate::record::Window;

use super::Dimension;

/// What is asked for: KPIs, dimensions, window, evidence.
///
/// ```
/// use parcelgauge::cube::{Dimension, Plan};
/// use parcelgauge::kpi::catalogue;
/// use parcelgauge::record::Window;
/// let plan = Plan::new(catalogue().iter()).by([Dimension::DestinationRegion]).with_window(Window::Quarter);
/// assert_eq!(plan.window(), Window::Quarter);
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Plan {
    gauges: Vec<Gauge>,         // ascending by (id, params), none twice
    dimensions: Vec<Dimension>, // ascending, none twice
    window: Window,
    evidence: u32,
}

impl Plan {
    /// These KPIs, in total, by month, without evidence. A KPI named twice with the same parameters is asked for once.
    pub fn new(gauges: impl IntoIterator<Item = Gauge>) -> Self {
        let mut gauges: Vec<Gauge> = gauges.into_iter().collect();
        gauges.sort_by(|a, b| {
            let ids = a.definition().id.cmp(b.definition().id);
            ids.then_with(|| super::json::params_text(&a.params()).cmp(&super::json::params_text(&b.params())))
        });
        gauges.dedup_by(|b, a| a.definition().id == b.definition().id && a.params() == b.params());
        Self { gauges, dimensions: Vec::new(), window: Window::default(), evidence: 0 }
    }

    /// The whole catalogue.
    pub fn everything(catalogue: Catalogue) -> Self {
        Self::new(catalogue.iter())
    }

    /// Broken down by dimensions. Their order does not matter.
    pub fn by(mut self, dimensions: impl IntoIterator<Item = Dimension>) -> Self {
        self.dimensions = dimensions.into_iter().collect();
        self.dimensions.sort_unstable_by(|a, b| a.name().cmp(b.name()).then_with(|| a.cmp(b)));
        self.dimensions.dedup();
        self
    }

    /// By the periods of a window.
    pub fn with_window(mut self, window: Window) -> Self {
        self.window = window;
        self
    }

    /// With the worst adverse facts of every row, at most so many.
    pub fn with_evidence(mut self, exemplars: u32) -> Self {
        self.evidence = exemplars;
        self
    }

    /// The KPIs, ascending by name and parameters.
    #[must_use]
    pub fn gauges(&self) -> &[Gauge] {
        &self.gauges
    }
    /// The dimensions, ascending by name.
    #[must_use]
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }
    /// The window.
    #[must_use]
    pub fn window(&self) -> Window {
        self.window
    }
    /// Exemplars a row.
    #[must_use]
    pub fn evidence(&self) -> u32 {
        self.evidence
    }
    /// The kinds of fact the KPIs observe.
    #[must_use]
    pub fn observes(&self) -> Vec<FactKind> {
        let observed = |&kind: &FactKind| self.gauges.iter().any(|gauge| gauge.looks_at(kind));
        FactKind::ALL.into_iter().filter(observed).collect()
    }
    /// Whether a KPI, or one whose outcome is a dimension, looks at what other shipments of a customer came before.
    #[must_use]
    pub fn looks_back(&self) -> bool {
        self.consulted().any(|gauge| gauge.definition().looks_back)
    }

    /// The KPIs, and those whose outcomes are dimensions.
    pub(crate) fn consulted(&self) -> impl Iterator<Item = &Gauge> {
        let by_outcome = self.dimensions.iter().filter_map(|dimension| match dimension {
            Dimension::Outcome(by) => Some(by.gauge()),
            _ => None,
        });
        self.gauges.iter().chain(by_outcome)
    }

    /// What its cells are of: all but the window.
    #[cfg(feature = "arrow")]
    pub(super) fn identity(&self) -> String {
        let gauges: Vec<String> = self.gauges.iter().map(identity).collect();
        let dimensions: Vec<_> = self.dimensions.iter().map(Dimension::identity).collect();
        format!("{} by {}, evidence {}", gauges.join(", "), dimensions.join(", "), self.evidence)
    }

    /// The kinds of fact to be made: those observed, and scans where they tell which facilities a parcel passed.
    pub(crate) fn wanted(&self) -> Vec<FactKind> {
        let mut kinds = self.observes();
        if self.dimensions.contains(&Dimension::HandledBy) && !kinds.contains(&FactKind::Scan) {
            kinds.push(FactKind::Scan);
        }
        kinds
    }
}

/// What cells are of: name, version, parameters.
pub(super) fn identity(gauge: &Gauge) -> String {
    let definition = gauge.definition();
    format!("{} v{} {}", definition.id, definition.version, super::json::params_text(&gauge.params()))
}
