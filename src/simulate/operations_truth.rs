//! What was planted in rosters, shifts, counts and costs.
//!
//! What this module does not do: it computes no figure. It adds up what a figure ought to find.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::record::{Activity, CostEntry, CostKind, RosterStanding, SiteShift};

/// What was done in one activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[non_exhaustive]
pub struct ActivityTruth {
    /// Shifts.
    pub shifts: u64,
    /// Pieces, units or order lines.
    pub units: u64,
    /// Those done wrong, where somebody checked. // wrong_units <= units
    pub wrong_units: u64,
    /// Minutes of all who worked.
    pub labour_minutes: u64,
}

/// What running the network took, added up over days.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[must_use]
#[non_exhaustive]
pub struct OperationsTruth {
    /// Fen by what they went on.
    pub costs: BTreeMap<CostKind, i64>,
    /// Fen of the costs booked on no facility: in figures by facility they stay unallocated.
    pub costs_without_facility: i64,
    /// Fen of the costs booked on no region.
    pub costs_without_region: i64,
    /// Couriers' days by standing.
    pub courier_days: BTreeMap<RosterStanding, u64>,
    /// Minutes couriers worked.
    pub courier_minutes: u64,
    /// What facilities did.
    pub activities: BTreeMap<Activity, ActivityTruth>,
    /// Locations counted, each as often as it was.
    pub stock_counts: u64,
    /// Those at which other was found than the books say. // stock_counts_off <= stock_counts
    pub stock_counts_off: u64,
}

impl OperationsTruth {
    /// All costs in fen.
    #[must_use]
    pub fn total_cost(&self) -> i64 {
        self.costs.values().sum()
    }

    /// Adds what other days took.
    pub fn merge(&mut self, other: &Self) {
        for (&kind, fen) in &other.costs {
            *self.costs.entry(kind).or_default() += fen;
        }
        self.costs_without_facility += other.costs_without_facility;
        self.costs_without_region += other.costs_without_region;
        for (&standing, days) in &other.courier_days {
            *self.courier_days.entry(standing).or_default() += days;
        }
        self.courier_minutes += other.courier_minutes;
        for (&activity, theirs) in &other.activities {
            let mine = self.activities.entry(activity).or_default();
            mine.shifts += theirs.shifts;
            mine.units += theirs.units;
            mine.wrong_units += theirs.wrong_units;
            mine.labour_minutes += theirs.labour_minutes;
        }
        self.stock_counts += other.stock_counts;
        self.stock_counts_off += other.stock_counts_off;
    }

    pub(super) fn cost(&mut self, cost: &CostEntry) {
        let fen = cost.amount.minor_units();
        *self.costs.entry(cost.kind).or_default() += fen;
        self.costs_without_facility += if cost.facility.is_none() { fen } else { 0 };
        self.costs_without_region += if cost.region.is_none() { fen } else { 0 };
    }

    pub(super) fn roster(&mut self, standing: RosterStanding, minutes: i64) {
        *self.courier_days.entry(standing).or_default() += 1;
        self.courier_minutes += minutes.unsigned_abs();
    }

    pub(super) fn shift(&mut self, shift: &SiteShift) {
        let of = self.activities.entry(shift.activity).or_default();
        of.shifts += 1;
        of.units += shift.units;
        of.wrong_units += shift.wrong_units.unwrap_or(0);
        of.labour_minutes += shift.labour_hours.as_millis().unsigned_abs() / 60_000;
    }
}

impl fmt::Display for OperationsTruth {
    /// Plain text, one line a fact; money in whole fen.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (total, loose) = (self.total_cost(), self.costs_without_facility);
        writeln!(f, "costs {total} fen, {loose} of them on no facility, {} on no region", self.costs_without_region)?;
        for (kind, fen) in &self.costs {
            writeln!(f, "  {}: {fen} fen", kind.name())?;
        }
        writeln!(f, "couriers worked {} minutes", self.courier_minutes)?;
        for (standing, days) in &self.courier_days {
            writeln!(f, "  {}: {days} days", standing.name())?;
        }
        for (activity, done) in &self.activities {
            let (name, ActivityTruth { shifts, units, wrong_units, labour_minutes }) = (activity.name(), done);
            writeln!(f, "{name}: {units} units, {wrong_units} wrong, {labour_minutes} minutes, {shifts} shifts")?;
        }
        writeln!(f, "{} stock counts, {} of them off", self.stock_counts, self.stock_counts_off)
    }
}
