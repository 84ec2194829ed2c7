use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use thiserror::Error;

use crate::fact::{Context, History, InputAccount};
use crate::journey::RoutePolicy;
use crate::record::{Instant, NodeKind, Records, WaybillKey, Zone};
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

#[derive(Debug)]
struct Partition {
    fold: Fold, // in days
    as_of: Instant,
    sealed: bool,
}

/// One fold of days a source partition.
///
/// Property, tested: any feed in any order, with refreshes, equals one fold of everything, byte for byte.
#[derive(Debug)]
pub struct Cube {
    plan: Plan,
    zone: Zone,
    known_from: Option<Instant>,
    route: RoutePolicy,
    partitions: BTreeMap<NaiveDate, Partition>,
    set_aside: InputAccount,
}

impl Cube {
    /// An empty cube of a plan, for contexts of one zone, one `known_from` and one route.
    #[must_use]
    pub fn new(plan: Plan, context: &Context) -> Self {
        Self {
            plan,
            zone: context.zone,
            known_from: context.known_from,
            route: context.route.clone(),
            partitions: BTreeMap::new(),
            set_aside: InputAccount::default(),
        }
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
        if (context.zone, context.known_from) == (self.zone, self.known_from) && context.route == self.route {
            return Ok(());
        }
        let shown = |zone: Zone, known_from: Option<Instant>, route: &RoutePolicy| {
            let since = known_from.map_or("nowhere".to_owned(), |at| at.to_string());
            if self.route == context.route {
                format!("zone {zone}, known from {since}")
            } else {
                format!("zone {zone}, known from {since}, {route:?}")
            }
        };
        Err(CubeError::OtherContext {
            ours: shown(self.zone, self.known_from, &self.route),
            theirs: shown(context.zone, context.known_from, &context.route),
        })
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
        own.extend(arrived.complaints.iter().flat_map(|case| after.homes(case, self.zone)));
        own.extend(arrived.claims.iter().flat_map(|claim| after.homes(claim, self.zone)));
        own.extend(arrived.ratings.iter().flat_map(|rating| after.homes(rating, self.zone)));
        own.extend(arrived.costs.iter().flat_map(|cost| after.homes(cost, self.zone)));
        own.extend(arrived.courier_days.iter().map(|row| row.day));
        own.extend(arrived.stock_counts.iter().flat_map(|count| after.homes(count, self.zone)));
        own.extend(arrived.site_shifts.iter().flat_map(|shift| after.homes(shift, self.zone)));
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
        if let Some(&partition) = own.iter().find(|day| self.partitions.get(day).is_some_and(|held| held.sealed)) {
            return Err(CubeError::Sealed { partition });
        }
        Ok(own)
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
        self.check(context)?;
        if self.partitions.get(&partition).is_some_and(|held| held.sealed) {
            return Err(CubeError::Sealed { partition });
        }
        if history.is_none()
            && let Some(gauge) = self.plan.consulted().find(|gauge| gauge.definition().looks_back)
        {
            return Err(CubeError::HistoryMissing { kpi: gauge.definition().id });
        }
        let days = crate::record::Window::Day;
        let mut fold = Fold::of_part(records, &self.plan, days, context, history, Some(partition));
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
        self.partitions.insert(partition, Partition { fold, as_of: context.as_of, sealed: false });
        Ok(())
    }

    /// The partitions that do not answer for an instant: folded after it, or no longer holding at it.
    #[must_use]
    pub fn stale(&self, at: Instant) -> Vec<NaiveDate> {
        let holds = |held: &Partition| held.as_of <= at && held.fold.holds_until().is_none_or(|until| at < until);
        self.partitions.iter().filter(|(_, held)| !holds(held)).map(|(&day, _)| day).collect()
    }

    /// Closes a partition in which nothing is open: further records for it are refused.
    ///
    /// # Errors
    /// [`CubeError::NoPartition`], [`CubeError::StillOpen`].
    pub fn seal(&mut self, partition: NaiveDate) -> Result<(), CubeError> {
        let held = self.partitions.get_mut(&partition).ok_or(CubeError::NoPartition { partition })?;
        let (open, until) = (held.fold.open(), held.fold.holds_until());
        if open > 0 || until.is_some() {
            return Err(CubeError::StillOpen { partition, open, until });
        }
        held.sealed = true;
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
        for held in self.partitions.values() {
            whole.merge(&held.fold)?;
        }
        whole.input.merge(&self.set_aside);
        Ok(Scorecard::of(&whole, &self.plan, context))
    }
}
