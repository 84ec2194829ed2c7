//! A KPI with its parameters, type erased once, ready for a plan.

use std::fmt;

use crate::fact::{ClaimPayment, Context, Fact, FactKind, Facts, GivenRating, NodeScan, Shipment, StagePassage};
use crate::record::{Claim, Complaint, Window};
use crate::state::State;

use super::consignment::{judge_consignments, observe_consignments};
use super::in_groups::InGroups;
use super::reading::unit_of;
use super::shipment_outcome::{ShipmentOutcome, outcomes};
use super::table::{Cells, FactBatch, Table, observe_facts};
use super::verdict::{RecordVerdict, judge_facts};
use super::{Definition, Kpi, KpiError, Observe, Params, Policies, Policy, PolicyName, ShipmentUnit};

type ObserveFn<K, F> = fn(&mut Table<K>, &[F], InGroups<'_>, &Context);
type JudgeFn<K, F> = fn(&K, &[F], &Context, &mut Vec<RecordVerdict>);
type ObserveConsignments<K> = fn(&mut Table<K>, &FactBatch<'_>, &Context);
type OutcomesOf<K> = fn(&K, &Facts<'_>, &Context) -> Vec<Option<ShipmentOutcome>>;
type JudgeConsignments<K> = fn(&K, &Facts<'_>, &Context, &mut Vec<RecordVerdict>);

/// Which kinds of fact a KPI observes, each with its monomorphised loop.
pub(super) struct Routes<K: Kpi> {
    pub(super) shipment: Option<ObserveFn<K, Shipment>>,
    pub(super) consignment: Option<ObserveConsignments<K>>, // beside shipment, for KPIs that are asked for them
    pub(super) complaint: Option<ObserveFn<K, Complaint>>,
    pub(super) claim: Option<ObserveFn<K, Claim>>,
    pub(super) payment: Option<ObserveFn<K, ClaimPayment>>,
    pub(super) rating: Option<ObserveFn<K, GivenRating>>,
    pub(super) scan: Option<ObserveFn<K, NodeScan>>,
    pub(super) passage: Option<ObserveFn<K, StagePassage>>,
    outcomes: Option<OutcomesOf<K>>, // beside shipment
    judge: Judges<K>,
}

struct Judges<K> {
    shipment: Option<JudgeFn<K, Shipment>>,
    consignment: Option<JudgeConsignments<K>>,
    complaint: Option<JudgeFn<K, Complaint>>,
    claim: Option<JudgeFn<K, Claim>>,
    payment: Option<JudgeFn<K, ClaimPayment>>,
    rating: Option<JudgeFn<K, GivenRating>>,
    scan: Option<JudgeFn<K, NodeScan>>,
    passage: Option<JudgeFn<K, StagePassage>>,
}

impl<K: Kpi> Default for Routes<K> {
    fn default() -> Self {
        let judge = Judges {
            shipment: None,
            consignment: None,
            complaint: None,
            claim: None,
            payment: None,
            rating: None,
            scan: None,
            passage: None,
        };
        Self {
            shipment: None,
            consignment: None,
            complaint: None,
            claim: None,
            payment: None,
            rating: None,
            scan: None,
            passage: None,
            outcomes: None,
            judge,
        }
    }
}

impl<K> Clone for Judges<K> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<K: Kpi> Clone for Routes<K> {
    fn clone(&self) -> Self {
        Self { judge: self.judge.clone(), ..*self }
    }
}

impl<K: Kpi> fmt::Debug for Routes<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.kinds()).finish()
    }
}

impl<K: Kpi> Routes<K> {
    fn kinds(&self) -> Vec<FactKind> {
        [
            self.shipment.map(|_| FactKind::Shipment),
            self.complaint.map(|_| FactKind::Complaint),
            self.claim.map(|_| FactKind::Claim),
            self.payment.map(|_| FactKind::Payment),
            self.rating.map(|_| FactKind::Rating),
            self.scan.map(|_| FactKind::Scan),
            self.passage.map(|_| FactKind::Passage),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// A kind of fact that gauges can be laid over: all there are.
pub trait Observable: Fact {
    #[doc(hidden)]
    fn route<K: Observe<Self>>(routes: &mut RoutesOf<K>);
}

/// Names [`Routes`] for [`Observable`] without showing what is inside.
#[doc(hidden)]
#[derive(Debug)]
pub struct RoutesOf<K: Kpi>(Routes<K>);

impl Observable for Shipment {
    fn route<K: Observe<Self>>(routes: &mut RoutesOf<K>) {
        routes.0.shipment = Some(observe_facts);
        routes.0.consignment = Some(observe_consignments);
        routes.0.outcomes = Some(outcomes);
        routes.0.judge.shipment = Some(judge_facts);
        routes.0.judge.consignment = Some(judge_consignments);
    }
}
impl Observable for Complaint {
    fn route<K: Observe<Self>>(routes: &mut RoutesOf<K>) {
        routes.0.complaint = Some(observe_facts);
        routes.0.judge.complaint = Some(judge_facts);
    }
}
impl Observable for Claim {
    fn route<K: Observe<Self>>(routes: &mut RoutesOf<K>) {
        routes.0.claim = Some(observe_facts);
        routes.0.judge.claim = Some(judge_facts);
    }
}
impl Observable for ClaimPayment {
    fn route<K: Observe<Self>>(routes: &mut RoutesOf<K>) {
        routes.0.payment = Some(observe_facts);
        routes.0.judge.payment = Some(judge_facts);
    }
}
impl Observable for GivenRating {
    fn route<K: Observe<Self>>(routes: &mut RoutesOf<K>) {
        routes.0.rating = Some(observe_facts);
        routes.0.judge.rating = Some(judge_facts);
    }
}

impl Observable for NodeScan {
    fn route<K: Observe<Self>>(routes: &mut RoutesOf<K>) {
        routes.0.scan = Some(observe_facts);
        routes.0.judge.scan = Some(judge_facts);
    }
}

impl Observable for StagePassage {
    fn route<K: Observe<Self>>(routes: &mut RoutesOf<K>) {
        routes.0.passage = Some(observe_facts);
        routes.0.judge.passage = Some(judge_facts);
    }
}

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
    wired: Box<dyn Wired>,
}

/// A KPI to which kinds of fact are still being added.
#[derive(Debug)]
#[must_use = "lay it over a kind of fact and erase it"]
pub struct GaugeOf<K: Kpi> {
    kpi: K,
    routes: RoutesOf<K>,
}

impl<K: Kpi> GaugeOf<K> {
    /// Lays it over one kind of fact more.
    pub fn over<F: Observable>(mut self) -> Self
    where
        K: Observe<F>,
    {
        F::route(&mut self.routes);
        self
    }

    /// Erases the type.
    #[must_use]
    pub fn erased(self) -> Gauge {
        Gauge { wired: Box::new(Wire { kpi: self.kpi, routes: self.routes.0 }) }
    }
}

impl Gauge {
    /// Begins with a KPI; name the facts it observes with [`GaugeOf::over`].
    pub fn of<K: Kpi>(kpi: K) -> GaugeOf<K> {
        GaugeOf { kpi, routes: RoutesOf(Routes::default()) }
    }

    /// The published definition.
    #[must_use]
    pub fn definition(&self) -> &'static Definition {
        self.wired.definition()
    }

    /// Every parameter and policy, defaults included.
    #[must_use]
    pub fn params(&self) -> Params {
        self.wired.params()
    }

    /// The policies it reads, each with its value as it is written.
    pub fn policies(&self) -> impl Iterator<Item = (PolicyName, String)> {
        let read = self.definition().policies.iter();
        read.filter_map(|&name| Some((name, self.wired.policies()?.written(name))))
    }

    /// Under another policy.
    ///
    /// # Errors
    /// [`KpiError::PolicyNotRead`], [`KpiError::CohortNotPossible`].
    pub fn with(mut self, policy: Policy) -> Result<Self, KpiError> {
        self.wired.set(policy)?;
        Ok(self)
    }

    /// The kinds of fact it observes.
    #[must_use]
    pub fn observes(&self) -> Vec<FactKind> {
        self.wired.kinds()
    }

    /// Whether it counts consignments, so that all records of one must be folded together.
    #[must_use]
    pub fn counts_consignments(&self) -> bool {
        self.wired.unit() == ShipmentUnit::Consignment
    }

    /// Empty cells, by the periods of a window, with room for so many exemplars each.
    #[must_use]
    pub fn cells(&self, window: Window, evidence: u32) -> Box<dyn Cells> {
        self.wired.cells(window, evidence)
    }

    /// The verdict column: what each fact the KPI is about means, in the order of the facts.
    #[must_use]
    pub fn verdicts(&self, facts: &Facts<'_>, at: &Context) -> Vec<RecordVerdict> {
        self.wired.verdicts(facts, at)
    }

    /// What each shipment comes to, in their order: none for one that the KPI is not about, and nothing at all where it
    /// observes no shipments.
    #[must_use]
    pub fn shipment_outcomes(&self, facts: &Facts<'_>, at: &Context) -> Vec<Option<ShipmentOutcome>> {
        self.wired.shipment_outcomes(facts, at)
    }
}

impl Clone for Gauge {
    fn clone(&self) -> Self {
        Self { wired: self.wired.boxed() }
    }
}

trait Wired: fmt::Debug + Send + Sync {
    fn definition(&self) -> &'static Definition;
    fn params(&self) -> Params;
    fn policies(&self) -> Option<&Policies>;
    fn set(&mut self, policy: Policy) -> Result<(), KpiError>;
    fn kinds(&self) -> Vec<FactKind>;
    fn unit(&self) -> ShipmentUnit;
    fn cells(&self, window: Window, evidence: u32) -> Box<dyn Cells>;
    fn verdicts(&self, facts: &Facts<'_>, at: &Context) -> Vec<RecordVerdict>;
    fn shipment_outcomes(&self, facts: &Facts<'_>, at: &Context) -> Vec<Option<ShipmentOutcome>>;
    fn boxed(&self) -> Box<dyn Wired>;
}

struct Wire<K: Kpi> {
    kpi: K,
    routes: Routes<K>,
}

impl<K: Kpi> fmt::Debug for Wire<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} over {:?}", self.kpi, self.routes)
    }
}

impl<K: Kpi> Wired for Wire<K>
where
    K::State: State,
{
    fn definition(&self) -> &'static Definition {
        self.kpi.definition()
    }
    fn params(&self) -> Params {
        self.kpi.params()
    }
    fn policies(&self) -> Option<&Policies> {
        self.kpi.policies()
    }
    fn set(&mut self, policy: Policy) -> Result<(), KpiError> {
        self.kpi.set(policy)
    }
    fn kinds(&self) -> Vec<FactKind> {
        self.routes.kinds()
    }
    fn unit(&self) -> ShipmentUnit {
        unit_of(&self.kpi)
    }
    fn cells(&self, window: Window, evidence: u32) -> Box<dyn Cells> {
        Box::new(Table::new(self.kpi.clone(), self.routes.clone(), window, evidence))
    }
    fn verdicts(&self, facts: &Facts<'_>, at: &Context) -> Vec<RecordVerdict> {
        let judge = &self.routes.judge;
        let mut verdicts = Vec::new();
        match (unit_of(&self.kpi), judge.shipment, judge.consignment) {
            (ShipmentUnit::Consignment, _, Some(judge)) => judge(&self.kpi, facts, at, &mut verdicts),
            (_, Some(judge), _) => judge(&self.kpi, &facts.shipments, at, &mut verdicts),
            _ => {}
        }
        if let Some(judge) = judge.complaint {
            judge(&self.kpi, &facts.complaints, at, &mut verdicts);
        }
        if let Some(judge) = judge.claim {
            judge(&self.kpi, &facts.claims, at, &mut verdicts);
        }
        if let Some(judge) = judge.payment {
            judge(&self.kpi, &facts.payments, at, &mut verdicts);
        }
        if let Some(judge) = judge.rating {
            judge(&self.kpi, &facts.ratings, at, &mut verdicts);
        }
        if let Some(judge) = judge.scan {
            judge(&self.kpi, &facts.scans, at, &mut verdicts);
        }
        if let Some(judge) = judge.passage {
            judge(&self.kpi, &facts.passages, at, &mut verdicts);
        }
        verdicts
    }
    fn shipment_outcomes(&self, facts: &Facts<'_>, at: &Context) -> Vec<Option<ShipmentOutcome>> {
        self.routes.outcomes.map_or_else(Vec::new, |outcomes| outcomes(&self.kpi, facts, at))
    }
    fn boxed(&self) -> Box<dyn Wired> {
        Box::new(Self { kpi: self.kpi.clone(), routes: self.routes.clone() })
    }
}
