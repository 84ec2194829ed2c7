//! A KPI with its parameters, type erased once, ready for a plan.

use std::fmt;

use crate::fact::{ClaimPayment, Context, Fact, FactKind, Facts, GivenRating, NodeScan, Shipment, StagePassage};
use crate::record::{Claim, Complaint, Window};

use super::cell_grid::CellGrid;
use super::consignment::EachConsignment;
use super::look::{EachFact, Look};
use super::reading::unit_of;
use super::table::{Cells, Table};
use super::{
    Definition, Kpi, KpiError, Observe, Params, Policies, Policy, PolicyName, RecordVerdict, ShipmentOutcome,
    ShipmentUnit,
};

/// A kind of fact that gauges can be laid over: all there are.
pub trait Observable: Fact {
    /// How a KPI looks at facts of this kind.
    #[doc(hidden)]
    fn look<K: Observe<Self>>(kpi: &K) -> Box<dyn Look<K::State>> {
        Box::new(EachFact::<K, Self>::by(kpi.clone()))
    }
}

impl Observable for Shipment {
    /// Piece by piece, or by consignment where the policy `unit` says so.
    fn look<K: Observe<Self>>(kpi: &K) -> Box<dyn Look<K::State>> {
        match unit_of(kpi.definition(), kpi.policies()) {
            ShipmentUnit::Piece => Box::new(EachFact::<K, Self>::by(kpi.clone())),
            ShipmentUnit::Consignment => Box::new(EachConsignment(kpi.clone())),
        }
    }
}

impl Observable for Complaint {}
impl Observable for Claim {}
impl Observable for ClaimPayment {}
impl Observable for GivenRating {}
impl Observable for NodeScan {}
impl Observable for StagePassage {}

/// A KPI with its parameters and the kinds of fact it observes, type erased.
///
/// ```
/// use parcelgauge::fact::Shipment;
/// use parcelgauge::kpi::{Gauge, timeliness::OnTimeDeliveryRate};
/// let gauge = Gauge::of(OnTimeDeliveryRate::default()).over::<Shipment>();
/// let gauge = gauge.erased();
/// assert_eq!(gauge.definition().id, "on_time_delivery_rate");
/// ```
#[derive(Debug)]
pub struct Gauge {
    kpi: Box<dyn Erased>,
}

/// A KPI to which kinds of fact are still being added.
#[must_use = "lay it over a kind of fact and erase it"]
pub struct GaugeOf<K: Kpi> {
    kpi: K,
    looks: [Option<LookOf<K>>; FactKind::ALL.len()], // by kind, in the order of all kinds
}

/// How a KPI under its policies looks at facts of one kind.
type LookOf<K> = fn(&K) -> Box<dyn Look<<K as Kpi>::State>>;

impl<K: Kpi> GaugeOf<K> {
    /// Lays it over one kind of fact more.
    pub fn over<F: Observable>(mut self) -> Self
    where
        K: Observe<F>,
    {
        self.looks[F::KIND as usize] = Some(F::look);
        self
    }

    /// Erases the type.
    #[must_use]
    pub fn erased(self) -> Gauge {
        Gauge { kpi: Box::new(self) }
    }

    fn looks(&self) -> Vec<Box<dyn Look<K::State>>> {
        let mut looks = Vec::new();
        for kind in FactKind::ALL {
            if let Some(look) = self.looks[kind as usize] {
                looks.push(look(&self.kpi));
            }
        }
        looks
    }
}

impl<K: Kpi> fmt::Debug for GaugeOf<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kpi.fmt(f)
    }
}

impl Gauge {
    /// Begins with a KPI; name the facts it observes with [`GaugeOf::over`].
    pub fn of<K: Kpi>(kpi: K) -> GaugeOf<K> {
        GaugeOf { kpi, looks: [None; FactKind::ALL.len()] }
    }

    /// The published definition.
    #[must_use]
    pub fn definition(&self) -> &'static Definition {
        self.kpi.definition()
    }

    /// Every parameter and policy, defaults included.
    #[must_use]
    pub fn params(&self) -> Params {
        self.kpi.params()
    }

    /// The policies it reads, each with its value as it is written.
    pub fn policies(&self) -> impl Iterator<Item = (PolicyName, String)> {
        let read = self.definition().policies.iter();
        read.filter_map(|&name| Some((name, self.kpi.policies()?.written(name))))
    }

    /// Under another policy.
    ///
    /// # Errors
    /// [`KpiError::PolicyNotRead`], [`KpiError::CohortNotPossible`].
    pub fn with(mut self, policy: Policy) -> Result<Self, KpiError> {
        self.kpi.set(policy)?;
        Ok(self)
    }

    /// Whether it observes facts of a kind.
    #[must_use]
    pub fn looks_at(&self, kind: FactKind) -> bool {
        self.kpi.looks_at(kind)
    }

    /// The kinds of fact it observes.
    #[must_use]
    pub fn observes(&self) -> Vec<FactKind> {
        FactKind::ALL.into_iter().filter(|&kind| self.looks_at(kind)).collect()
    }

    /// Whether it counts consignments, so that all records of one must be folded together.
    #[must_use]
    pub fn counts_consignments(&self) -> bool {
        unit_of(self.kpi.definition(), self.kpi.policies()) == ShipmentUnit::Consignment
    }

    /// Empty cells, by the periods of a window, with room for so many exemplars each.
    #[must_use]
    pub fn cells(&self, window: Window, evidence: u32) -> Box<dyn Cells> {
        self.kpi.cells(window, evidence)
    }

    /// The verdict column: what each fact the KPI is about means, in the order of the facts.
    #[must_use]
    pub fn verdicts(&self, facts: &Facts<'_>, at: &Context) -> Vec<RecordVerdict> {
        self.kpi.verdicts(facts, at)
    }

    /// What each shipment comes to, in their order: none for one that the KPI is not about, and nothing at all where it
    /// observes no shipments.
    #[must_use]
    pub fn shipment_outcomes(&self, facts: &Facts<'_>, at: &Context) -> Vec<Option<ShipmentOutcome>> {
        self.kpi.shipment_outcomes(facts, at)
    }
}

impl Clone for Gauge {
    fn clone(&self) -> Self {
        Self { kpi: self.kpi.boxed() }
    }
}

/// A KPI and how it looks at facts, as far as no type of it shows.
trait Erased: fmt::Debug + Send + Sync {
    fn definition(&self) -> &'static Definition;
    fn policies(&self) -> Option<&Policies>;
    fn params(&self) -> Params;
    fn set(&mut self, policy: Policy) -> Result<(), KpiError>;
    fn looks_at(&self, kind: FactKind) -> bool;
    fn cells(&self, window: Window, evidence: u32) -> Box<dyn Cells>;
    fn verdicts(&self, facts: &Facts<'_>, at: &Context) -> Vec<RecordVerdict>;
    fn shipment_outcomes(&self, facts: &Facts<'_>, at: &Context) -> Vec<Option<ShipmentOutcome>>;
    fn boxed(&self) -> Box<dyn Erased>;
}

impl<K: Kpi> Erased for GaugeOf<K> {
    fn definition(&self) -> &'static Definition {
        self.kpi.definition()
    }
    fn policies(&self) -> Option<&Policies> {
        self.kpi.policies()
    }
    fn params(&self) -> Params {
        self.kpi.params()
    }
    fn set(&mut self, policy: Policy) -> Result<(), KpiError> {
        self.kpi.set(policy)
    }
    fn looks_at(&self, kind: FactKind) -> bool {
        self.looks[kind as usize].is_some()
    }
    fn cells(&self, window: Window, evidence: u32) -> Box<dyn Cells> {
        Box::new(Table {
            definition: self.kpi.definition(),
            params: self.kpi.params(),
            looks: self.looks(),
            grid: CellGrid::new(self.kpi.empty(), window, evidence),
        })
    }
    fn verdicts(&self, facts: &Facts<'_>, at: &Context) -> Vec<RecordVerdict> {
        let mut verdicts = Vec::new();
        for look in self.looks() {
            look.judge(facts, at, &mut verdicts);
        }
        verdicts
    }
    fn shipment_outcomes(&self, facts: &Facts<'_>, at: &Context) -> Vec<Option<ShipmentOutcome>> {
        let look = self.looks[FactKind::Shipment as usize];
        look.map_or_else(Vec::new, |look| look(&self.kpi).outcomes(facts, at))
    }
    fn boxed(&self) -> Box<dyn Erased> {
        Box::new(Self { kpi: self.kpi.clone(), looks: self.looks })
    }
}
