use chrono::NaiveDate;

use crate::fact::{Assembly, Context, EventRow, Facts, History, InputAccount};
use crate::kpi::{Cells, FactBatch, Gauge};
use crate::record::{InputCount, Instant, RecordKind, Records, Window};
use crate::state::UnlikeStates;
use crate::state::wire::{FORMAT, Reader, WireError, Writer};

use super::by_outcome::Unsettled;
use super::groups::Groups;
use super::plan::identity;
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
    holds_until: Option<Instant>, // of cells and records; groups have their own
    unsettled: Vec<Unsettled>,    // one a dimension
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

    /// Writes it: format, plan, groups, cells, input. Equal folds are equal bytes.
    #[must_use]
    pub fn encode(&self, plan: &Plan) -> Vec<u8> {
        let (groups, renumbered) = self.groups.ascending();
        let mut out = Writer::new();
        out.raw(&FORMAT);
        out.text(self.window.name());
        out.unsigned(plan.evidence());
        out.length(plan.dimensions().len());
        plan.dimensions().iter().for_each(|dimension| out.text(&dimension.identity()));
        groups.encode(&mut out);
        out.option(self.holds_until, |out, until| out.signed(until.as_millis()));
        for (dimension, unsettled) in plan.dimensions().iter().zip(&self.unsettled) {
            if matches!(dimension, Dimension::Outcome(_)) {
                unsettled.encode(&mut out);
            }
        }
        out.length(self.tables.len());
        for (gauge, table) in plan.gauges().iter().zip(&self.tables) {
            out.text(&identity(gauge));
            let mut ordered = gauge.cells(self.window, plan.evidence());
            // Absorbing into an empty table of the same gauge cannot fail.
            if ordered.absorb(table.as_ref(), &renumbered).is_ok() {
                ordered.encode(&mut out);
            }
        }
        out.length(self.input.by_kind.len());
        for (&kind, count) in &self.input.by_kind {
            out.text(kind.name());
            for rows in [count.rows, count.used, count.duplicate, count.not_yet_known] {
                out.unsigned(rows);
            }
            out.length(count.quarantined.len());
            for (reason, &rows) in &count.quarantined {
                out.text(reason);
                out.unsigned(rows);
            }
        }
        out.into_bytes()
    }

    /// Reads what [`Fold::encode`] wrote for the same plan.
    ///
    /// # Errors
    /// [`WireError`] where the bytes are damaged, of another format, or of another plan.
    pub fn decode(bytes: &[u8], plan: &Plan) -> Result<Self, WireError> {
        let mut input = Reader::new(bytes);
        let found = input.raw(FORMAT.len().min(bytes.len()))?;
        if found != FORMAT {
            return Err(WireError::Format { found: found.to_vec() });
        }
        let window: Window = input.text()?.parse().map_err(|_| input.malformed("no such window"))?;
        if input.unsigned()? != u64::from(plan.evidence()) {
            return Err(input.malformed("evidence of another length than the plan's"));
        }
        let mut fold = Self::empty(plan, window);
        let dimensions = input.length()?;
        let names = (0..dimensions).map(|_| input.text()).collect::<Result<Vec<_>, _>>()?;
        if names != plan.dimensions().iter().map(Dimension::identity).collect::<Vec<_>>() {
            return Err(input.malformed("other dimensions than the plan's"));
        }
        fold.groups = Groups::decode(&mut input, dimensions)?;
        fold.holds_until = input.option(|input| {
            let millis = input.signed()?;
            Instant::from_millis(millis).map_err(|_| input.malformed("an instant out of range"))
        })?;
        for (dimension, unsettled) in plan.dimensions().iter().zip(&mut fold.unsettled) {
            if matches!(dimension, Dimension::Outcome(_)) {
                *unsettled = Unsettled::decode(&mut input)?;
            }
        }
        if input.length()? != fold.tables.len() {
            return Err(input.malformed("another number of KPIs than the plan's"));
        }
        for (gauge, table) in plan.gauges().iter().zip(&mut fold.tables) {
            let found = input.text()?;
            if found != identity(gauge) {
                return Err(WireError::OtherKpi { found: found.to_owned(), expected: identity(gauge) });
            }
            table.decode(&mut input, fold.groups.len())?;
        }
        for _ in 0..input.length()? {
            let name = input.text()?;
            let kind = RecordKind::ALL.into_iter().find(|kind| kind.name() == name);
            let kind = kind.ok_or_else(|| input.malformed("no such record kind"))?;
            if fold.input.by_kind.last_key_value().is_some_and(|(&last, _)| last >= kind) {
                return Err(input.malformed("record kinds out of order"));
            }
            let mut count = InputCount::of_rows(input.count()?, input.count()?, input.count()?);
            count.not_yet_known = input.count()?;
            for _ in 0..input.length()? {
                let reason = input.text()?.to_owned();
                if count.quarantined.last_key_value().is_some_and(|(last, _)| *last >= reason) {
                    return Err(input.malformed("reasons out of order"));
                }
                count.quarantined.insert(reason, input.count()?);
            }
            fold.input.by_kind.insert(kind, count);
        }
        input.finish()?;
        Ok(fold)
    }
}
