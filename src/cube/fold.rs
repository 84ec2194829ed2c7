use chrono::NaiveDate;

use crate::fact::{Assembly, Context, EventRow, Facts, History, InputAccount};
use crate::kpi::{Cells, FactBatch, Gauge};
use crate::record::{Instant, Records, Window};
use crate::state::UnlikeStates;

use super::by_outcome::Unsettled;
use super::groups::Groups;
use super::slots::Slots;
use super::{CubeError, Dimension, GroupKey, Plan};

/// Shipments that are observed at once: few enough to stay in cache while every KPI looks at them.
const BLOCK: usize = 256;

/// The cells of a plan over some records, as known at one instant. Folds of disjoint records merge.
///
/// Disjoint means that all records of a waybill lie in one of them; where a KPI, or one whose outcome is a dimension, counts
/// consignments (`unit=consignment`), all records of a consignment. Whole source partitions are disjoint either way.
#[derive(Debug)]
pub struct Fold {
    pub(super) groups: Groups,
    pub(super) tables: Vec<Box<dyn Cells>>, // one a gauge, in the plan's order
    pub(super) input: InputAccount,
    dimensions: Vec<Dimension>, // what the values of every group key stand for
    window: Window,
    pub(super) holds_until: Option<Instant>, // of cells and records; groups have their own
    pub(super) unsettled: Vec<Unsettled>,    // one a dimension
}

impl Fold {
    /// Nothing folded yet, in periods of a window.
    #[must_use]
    pub fn empty(plan: &Plan, window: Window) -> Self {
        let tables = plan.gauges().iter().map(|gauge| gauge.cells(window, plan.evidence())).collect();
        Self {
            groups: Groups::default(),
            tables,
            input: InputAccount::default(),
            dimensions: plan.dimensions().to_vec(),
            window,
            holds_until: None,
            unsettled: vec![Unsettled::default(); plan.dimensions().len()],
        }
    }

    /// Folds records in periods of a window. Where the plan looks back and these are not *all* records, `history` must be
    /// of all of them; without it, it is made of these.
    #[must_use]
    pub fn of(records: &Records, plan: &Plan, window: Window, context: &Context, history: Option<&History>) -> Self {
        let own = (plan.looks_back() && history.is_none()).then(|| History::of(records));
        Self::of_part(records, plan, window, context, history.or(own.as_ref()), None)
    }

    /// Folds the records of one source partition.
    pub(super) fn of_part(
        records: &Records,
        plan: &Plan,
        window: Window,
        context: &Context,
        history: Option<&History>,
        partition: Option<NaiveDate>,
    ) -> Self {
        let mut fold = Self::empty(plan, window);
        fold.take(Assembly::begin(&plan.wanted(), records, context, history, partition), plan, context);
        fold
    }

    /// Takes in the facts of an assembly, of waybills that were not taken in before.
    pub(crate) fn take<'a, E: EventRow<'a>>(
        &mut self,
        mut assembly: Assembly<'a, '_, E>,
        plan: &Plan,
        context: &Context,
    ) {
        let (mut facts, mut slots) = (Facts::default(), Slots::new(plan.dimensions()));
        // The pieces of a consignment may lie anywhere among the shipments.
        let most = if plan.consulted().any(Gauge::counts_consignments) { usize::MAX } else { BLOCK };
        while assembly.fill(most, &mut facts) {
            slots.take_block(&facts, &mut self.groups, &mut self.unsettled, context);
            self.observe(&slots.batch(&facts), context);
        }
        let waybills = assembly.finish(&mut facts);
        slots.take_hanging(&facts, &waybills, &mut self.groups);
        self.observe(&slots.batch(&facts), context);
        let decided = self.tables.iter().filter_map(|table| table.holds_until()).min();
        self.holds_until = [self.holds_until, decided, facts.next_change_at].into_iter().flatten().min();
        self.input.merge(&facts.input);
    }

    fn observe(&mut self, batch: &FactBatch<'_>, context: &Context) {
        self.tables.iter_mut().for_each(|table| table.observe(batch, context));
    }

    /// Takes in a fold of the same plan over other records, in the same periods or in days.
    ///
    /// # Errors
    /// [`UnlikeStates`] where the two are of unlike plans; what `self` holds after that is not to be used.
    pub fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        if self.dimensions != other.dimensions {
            let shown = |fold: &Self| format!("{:?}", fold.dimensions);
            return Err(UnlikeStates::new("dimensions", shown(self), shown(other)));
        }
        self.merge_by(other, Clone::clone)?;
        self.unsettled.iter_mut().zip(&other.unsettled).for_each(|(ours, theirs)| ours.merge(*theirs));
        Ok(())
    }

    /// [`Fold::merge`] with every group key changed on the way, as a roll-up does.
    pub(super) fn merge_by(&mut self, other: &Self, key: impl Fn(&GroupKey) -> GroupKey) -> Result<(), UnlikeStates> {
        if self.tables.len() != other.tables.len() {
            return Err(UnlikeStates::new("number of KPIs", self.tables.len(), other.tables.len()));
        }
        let group_of = self.groups.renumber(&other.groups, key);
        for (ours, theirs) in self.tables.iter_mut().zip(&other.tables) {
            ours.absorb(theirs.as_ref(), &group_of)?;
        }
        self.input.merge(&other.input);
        self.holds_until = [self.holds_until, other.holds_until].into_iter().flatten().min();
        Ok(())
    }

    /// The same cells over fewer dimensions: groups that agree in those kept are merged.
    ///
    /// # Errors
    /// [`CubeError::Overlapping`] where a dimension of overlapping groups is left out: merged, a fact would count once for
    /// every group it lies in. [`CubeError::Unlike`] where the fold is not of the plan, or a dimension is not the plan's.
    pub fn roll_up(&self, plan: &Plan, kept: &[Dimension]) -> Result<Self, CubeError> {
        let left_out = |by: &&Dimension| by.is_overlapping() && !kept.contains(by);
        if let Some(by) = plan.dimensions().iter().find(left_out) {
            return Err(CubeError::Overlapping { dimension: by.name().to_owned() });
        }
        let places: Vec<usize> =
            (0..plan.dimensions().len()).filter(|&place| kept.contains(&plan.dimensions()[place])).collect();
        if places.len() != kept.len() {
            let shown = format!("{:?}", plan.dimensions());
            return Err(UnlikeStates::new("dimensions", shown, format!("{kept:?}")).into());
        }
        let mut rolled = Self::empty(&plan.clone().by(kept.iter().cloned()), self.window);
        rolled.merge_by(self, |key| places.iter().map(|&place| key[place].clone()).collect())?;
        rolled.unsettled = places.iter().map(|&place| self.unsettled[place]).collect();
        Ok(rolled)
    }

    /// The first instant at which the fold would differ with no further record handed over: an open outcome is decided (of
    /// a KPI, or of one whose outcome is a dimension), or a record already here becomes known. None if that never happens.
    #[must_use]
    pub fn holds_until(&self) -> Option<Instant> {
        let groups = self.unsettled.iter().map(|unsettled| unsettled.until);
        groups.chain([self.holds_until]).flatten().min()
    }

    /// Open facts of all KPIs, those that a provisional figure counts included, and for each dimension by outcome the
    /// shipments whose outcome is open.
    #[must_use]
    pub fn open(&self) -> u64 {
        let in_groups: u64 = self.unsettled.iter().map(|unsettled| unsettled.open).sum();
        self.tables.iter().map(|table| table.open()).sum::<u64>() + in_groups
    }

    /// How many cells there are, of all figures together.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.tables.iter().map(|table| table.count()).sum()
    }

    /// Bytes of memory that cells and groups take, about: some 200 a cell, 16 more for every different number in a
    /// distribution of up to [`EXACT_UP_TO`](crate::state::EXACT_UP_TO) or bucket beyond, 70 to 120 for a customer or a case
    /// that is counted once, and the evidence. Every cell is looked at.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.groups.bytes() + self.tables.iter().map(|table| table.bytes()).sum::<usize>()
    }

    /// The length of its periods.
    #[must_use]
    pub fn window(&self) -> Window {
        self.window
    }

    /// Where the rows went.
    #[must_use]
    pub fn input(&self) -> &InputAccount {
        &self.input
    }
}
