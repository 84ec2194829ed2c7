use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use thiserror::Error;

use crate::fact::{Context, History, InputAccount};
use crate::record::{Instant, NodeKind, Records, WaybillKey, Window};
use crate::state::UnlikeStates;

use super::{Fold, Plan, Scorecard};

/// What a cube cannot do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CubeError {
    /// Partitions whose cells no longer hold at the instant asked for.
    #[error("{} source partitions no longer hold at {at}, the first is {}; fold them again at {at}",
        partitions.len(), partitions.first().map_or_else(String::new, ToString::to_string))]
    Stale {
        /// The instant asked for.
        at: Instant,
        /// The partitions to fold again.
        partitions: Vec<NaiveDate>,
    },
    /// A record for a partition that was sealed.
    #[error("source partition {partition} is sealed; a correction of it is a new cube")]
    Sealed {
        /// The partition.
        partition: NaiveDate,
    },
    /// A partition that still has something open cannot be sealed.
    #[error("source partition {partition} has {open} open facts{}; seal it when nothing is open, folded again",
        until.map_or_else(String::new, |until| format!(" and changes at {until}")))]
    StillOpen {
        /// The partition.
        partition: NaiveDate,
        /// Open facts, see [`Fold::open`].
        open: u64,
        /// When it changes if no further record comes; none if only a record can change it.
        until: Option<Instant>,
    },
    /// There is no such partition.
    #[error("there is no source partition {partition}; fold it first")]
    NoPartition {
        /// The partition.
        partition: NaiveDate,
    },
    /// The cube was folded in another reporting zone, since another `known_from`, or on another route.
    #[error("the cube was folded with {ours}, asked for is {theirs}; fold it again")]
    OtherContext {
        /// The cube's.
        ours: String,
        /// The caller's.
        theirs: String,
    },
    /// A KPI of the plan looks back, and no history was handed over.
    #[error("`{kpi}` looks back at earlier orders; hand over the `History` of all records")]
    HistoryMissing {
        /// The KPI.
        kpi: &'static str,
    },
    /// Groups that overlap cannot be merged: a fact would count once for each of them.
    #[error("the groups by `{dimension}` overlap, so they are not rolled up; keep it, or fold the records without it")]
    Overlapping {
        /// The dimension.
        dimension: String,
    },
    /// States that cannot be merged.
    #[error(transparent)]
    Unlike(#[from] UnlikeStates),
}

/// One source partition, or several sealed ones made one.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) days: BTreeMap<NaiveDate, Instant>, // each with the `as_of` it was folded at; one, or more where sealed
    pub(super) sealed: bool,
    pub(super) fold: Fold, // in days
}

impl Part {
    /// The day it stands under.
    pub(super) fn first_day(&self) -> NaiveDate {
        self.days.keys().next().copied().unwrap_or_default()
    }
}

/// One fold of days a source partition.
///
/// Property, tested: any feed in any order, with refreshes, equals one fold of everything, byte for byte.
#[derive(Debug)]
pub struct Cube {
    pub(super) plan: Plan,
    pub(super) context: Context, // of which the `as_of` is nothing: every partition has its own
    pub(super) partitions: BTreeMap<NaiveDate, Part>, // by their first day; no day lies in two
    pub(super) set_aside: InputAccount,
}

impl Cube {
    /// An empty cube of a plan, for contexts of one zone, one `known_from` and one route.
    #[must_use]
    pub fn new(plan: Plan, context: &Context) -> Self {
        Self { context: context.clone().moved_to(Instant::MIN), ..Self::of_nothing(plan) }
    }

    /// An empty cube of a plan, for contexts that are yet to be told.
    pub(super) fn of_nothing(plan: Plan) -> Self {
        let context = Context::at(Instant::MIN);
        Self { plan, context, partitions: BTreeMap::new(), set_aside: InputAccount::default() }
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Keeps the account of rows that never became records, in place of the one kept before.
    pub fn set_aside(&mut self, records: &Records) {
        self.set_aside = InputAccount::default();
        for kind in records.kinds().iter() {
            let count = records.set_aside.get(&kind).cloned().unwrap_or_default();
            self.set_aside.by_kind.insert(kind, count);
        }
    }

    fn check(&self, context: &Context) -> Result<(), CubeError> {
        let (ours, theirs) = (&self.context, context);
        if (theirs.zone, theirs.known_from) == (ours.zone, ours.known_from) && theirs.route == ours.route {
            return Ok(());
        }
        let shown = |of: &Context| {
            let since = of.known_from.map_or("nowhere".to_owned(), |at| at.to_string());
            if ours.route == theirs.route {
                format!("zone {}, known from {since}", of.zone)
            } else {
                format!("zone {}, known from {since}, {:?}", of.zone, of.route)
            }
        };
        Err(CubeError::OtherContext { ours: shown(ours), theirs: shown(theirs) })
    }

    /// The source partitions that new records make dirty: those of their waybills or their own days, those that
    /// other rows of the same case, claim, rating, cost, stock count or shift name, and where a KPI looks back, those of the later orders of the same customers, in the histories
    /// `before` and `after` the records came: a row may move an order from one customer to another.
    ///
    /// # Errors
    /// [`CubeError::Sealed`] where a record belongs to a sealed partition, or changes what an order in one follows.
    pub fn dirty(
        &self,
        arrived: &Records,
        before: &History,
        after: &History,
    ) -> Result<BTreeSet<NaiveDate>, CubeError> {
        let mut own: BTreeSet<NaiveDate> = BTreeSet::new();
        own.extend(arrived.waybills.iter().map(|waybill| waybill.key.posted_on));
        own.extend(arrived.events.iter().map(|event| event.waybill.posted_on));
        own.extend(arrived.complaints.iter().flat_map(|case| after.homes(case, self.context.zone)));
        own.extend(arrived.claims.iter().flat_map(|claim| after.homes(claim, self.context.zone)));
        own.extend(arrived.ratings.iter().flat_map(|rating| after.homes(rating, self.context.zone)));
        own.extend(arrived.costs.iter().flat_map(|cost| after.homes(cost, self.context.zone)));
        own.extend(arrived.courier_days.iter().map(|row| row.day));
        own.extend(arrived.stock_counts.iter().flat_map(|count| after.homes(count, self.context.zone)));
        own.extend(arrived.site_shifts.iter().flat_map(|shift| after.homes(shift, self.context.zone)));
        if self.plan.looks_back() {
            let ordered = arrived.events.iter().filter(|event| event.kind == NodeKind::Ordered);
            let changed: BTreeSet<&WaybillKey> = arrived
                .waybills
                .iter()
                .map(|waybill| &waybill.key)
                .chain(ordered.map(|event| &event.waybill))
                .collect();
            own.extend(before.following(changed.iter().copied()));
            own.extend(after.following(changed));
        }
        own.iter().try_for_each(|&partition| self.check_unsealed(partition))?;
        Ok(own)
    }

    /// The part that a source partition lies in.
    pub(super) fn part_of(&self, partition: NaiveDate) -> Option<&Part> {
        // Beside a partition that stands under its own day only sealed ones made one can hold it.
        let own = self.partitions.get(&partition);
        own.or_else(|| self.partitions.values().find(|part| part.days.contains_key(&partition)))
    }

    fn check_unsealed(&self, partition: NaiveDate) -> Result<(), CubeError> {
        match self.part_of(partition) {
            Some(part) if part.sealed => Err(CubeError::Sealed { partition }),
            _ => Ok(()),
        }
    }

    /// Folds one source partition and puts it in place of what was there. `records` are all records of the partition, as
    /// [`partitions`](super::partitions) makes them,
    /// `history` is of all records of the cube, where the plan looks back.
    ///
    /// # Errors
    /// [`CubeError::Sealed`], [`CubeError::OtherContext`], [`CubeError::HistoryMissing`].
    pub fn replace(
        &mut self,
        partition: NaiveDate,
        records: &Records,
        context: &Context,
        history: Option<&History>,
    ) -> Result<(), CubeError> {
        self.check_replace(partition, context, history)?;
        let mut fold = Fold::of_part(records, &self.plan, Window::Day, context, history, Some(partition));
        // What never became a record is kept once, beside the partitions.
        for (kind, count) in &mut fold.input.by_kind {
            if let Some(aside) = records.set_aside.get(kind) {
                count.rows -= aside.rows;
                for (reason, rows) in &aside.quarantined {
                    if let Some(held) = count.quarantined.get_mut(reason) {
                        *held -= rows;
                    }
                }
                count.quarantined.retain(|_, rows| *rows > 0);
            }
        }
        self.put(partition, fold, context);
        Ok(())
    }

    /// Whether [`Cube::replace`] takes a partition.
    pub(crate) fn check_replace(
        &self,
        partition: NaiveDate,
        context: &Context,
        history: Option<&History>,
    ) -> Result<(), CubeError> {
        self.check(context)?;
        self.check_unsealed(partition)?;
        match self.plan.consulted().find(|gauge| gauge.definition().looks_back) {
            Some(gauge) if history.is_none() => Err(CubeError::HistoryMissing { kpi: gauge.definition().id }),
            _ => Ok(()),
        }
    }

    /// Whether cells of a plan are cells of this cube's, whatever the windows.
    #[cfg(feature = "arrow")]
    pub(crate) fn check_plan(&self, plan: &Plan) -> Result<(), CubeError> {
        let (ours, theirs) = (self.plan.identity(), plan.identity());
        if ours == theirs { Ok(()) } else { Err(UnlikeStates::new("plan", ours, theirs).into()) }
    }

    /// Puts a fold of a partition, in days and of this plan, in place of what was there.
    pub(crate) fn put(&mut self, partition: NaiveDate, fold: Fold, context: &Context) {
        let days = BTreeMap::from([(partition, context.as_of)]);
        self.partitions.insert(partition, Part { days, sealed: false, fold });
    }

    /// The source partitions there are.
    #[must_use]
    pub fn partitions(&self) -> BTreeSet<NaiveDate> {
        self.partitions.values().flat_map(|part| part.days.keys().copied()).collect()
    }

    /// The partitions that do not answer for an instant: folded after it, or no longer holding at it. Sealed ones hold for
    /// good, but cannot be folded again for an instant before they were.
    #[must_use]
    pub fn stale(&self, at: Instant) -> Vec<NaiveDate> {
        let mut stale = Vec::new();
        for part in self.partitions.values() {
            let is_over = part.fold.holds_until().is_some_and(|until| until <= at);
            stale.extend(part.days.iter().filter(|&(_, &as_of)| is_over || as_of > at).map(|(&day, _)| day));
        }
        stale.sort_unstable();
        stale
    }

    /// Closes a partition in which nothing is open: further records for it are refused.
    ///
    /// # Errors
    /// [`CubeError::NoPartition`], [`CubeError::StillOpen`].
    pub fn seal(&mut self, partition: NaiveDate) -> Result<(), CubeError> {
        if self.part_of(partition).is_some_and(|part| part.sealed) {
            return Ok(());
        }
        let part = self.partitions.get_mut(&partition).ok_or(CubeError::NoPartition { partition })?;
        let (open, until) = (part.fold.open(), part.fold.holds_until());
        if open > 0 || until.is_some() {
            return Err(CubeError::StillOpen { partition, open, until });
        }
        part.sealed = true;
        Ok(())
    }

    /// Makes all sealed partitions one, which takes less room and less time to merge. It answers as they did, and each of
    /// them stays sealed by its own name. Cells are still of days: any window is made of them as before.
    ///
    /// # Errors
    /// [`CubeError::Unlike`] never for partitions of one cube; merging asks for it.
    pub fn compact(&mut self) -> Result<(), CubeError> {
        let mut one = Part { days: BTreeMap::new(), sealed: true, fold: Fold::empty(&self.plan, Window::Day) };
        for part in self.partitions.values().filter(|part| part.sealed) {
            one.fold.merge(&part.fold)?;
            one.days.extend(&part.days);
        }
        self.partitions.retain(|_, part| !part.sealed);
        if !one.days.is_empty() {
            self.partitions.insert(one.first_day(), one);
        }
        Ok(())
    }

    /// The scorecard at the context's `as_of`, merged from the partitions.
    ///
    /// # Errors
    /// [`CubeError::Stale`] with the partitions to fold again; [`CubeError::OtherContext`].
    pub fn scorecard(&self, context: &Context) -> Result<Scorecard, CubeError> {
        self.check(context)?;
        let partitions = self.stale(context.as_of);
        if !partitions.is_empty() {
            return Err(CubeError::Stale { at: context.as_of, partitions });
        }
        let mut whole = Fold::empty(&self.plan, self.plan.window());
        for part in self.partitions.values() {
            whole.merge(&part.fold)?;
        }
        whole.input.merge(&self.set_aside);
        Ok(Scorecard::of(&whole, &self.plan, context))
    }
}
