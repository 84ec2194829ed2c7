//! Cells of one KPI by (group, period): dense slots, filled a batch at a time.

use std::any::Any;

use chrono::NaiveDate;

use crate::fact::{Context, Facts};
use crate::outcome::Term;
use crate::record::{Instant, Period, Window};
use crate::state::wire::{Reader, WireError, Writer};
use crate::state::{Cell, Exemplar, Figure, MeasureKind, State, Tally, UnlikeStates};

use super::gauge::Routes;
use super::group_slots::GroupSlots;
use super::in_groups::InGroups;
use super::reading::{Reading, maturity_of, unit_of};
use super::{Direction, Kpi, Observe, ShipmentUnit};

/// Facts with the group slots of each, computed once a batch for all KPIs.
#[derive(Debug)]
pub struct FactBatch<'a> {
    /// The facts.
    pub facts: &'a Facts<'a>,
    /// Group slots of the shipments.
    pub shipments: InGroups<'a>,
    /// Group slots of the complaints.
    pub complaints: InGroups<'a>,
    /// Group slots of the claims.
    pub claims: InGroups<'a>,
    /// Group slots of the payments.
    pub payments: InGroups<'a>,
    /// Group slots of the ratings.
    pub ratings: InGroups<'a>,
    /// Group slots of the scans.
    pub scans: InGroups<'a>,
    /// Group slots of the passages.
    pub passages: InGroups<'a>,
}

/// What one cell says, ready to be printed.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RowSource {
    /// Group slot; `u32::MAX` in the one row of a table without cells.
    pub group: u32,
    /// Period of the table's window.
    pub period: Period,
    /// One figure, or one a currency.
    pub figures: Vec<Figure>,
    /// Undecided facts.
    pub open: u64,
    /// Their mean age at the instant asked for, in the KPI's unit.
    pub open_mean_age: Option<f64>,
    /// Facts not of the population.
    pub excluded: Tally,
    /// Facts whose records cannot be used.
    pub invalid: Tally,
    /// Notes on facts counted.
    pub notes: Tally,
    /// Adverse facts, worst first.
    pub evidence: Vec<Exemplar>,
    /// Facts seen.
    pub seen: u64,
}

/// Cells of one KPI, type erased: one call a batch, never one a fact.
pub trait Cells: std::fmt::Debug + Send + Sync {
    /// Takes in a batch.
    fn observe(&mut self, batch: &FactBatch<'_>, at: &Context);

    /// Takes in other cells of the same KPI, whose groups are renumbered by `group_of` and whose periods are those of
    /// days or of the same window.
    ///
    /// # Errors
    /// [`UnlikeStates`] where they are of another KPI or other parameters.
    fn absorb(&mut self, other: &dyn Cells, group_of: &[u32]) -> Result<(), UnlikeStates>;

    /// The first instant at which an open outcome would be decided without a further record.
    fn holds_until(&self) -> Option<Instant>;

    /// Open facts, those that a provisional figure counts included.
    fn open(&self) -> u64;

    /// What the cells say, in no particular order.
    fn rows(&self, as_of: Instant) -> Vec<RowSource>;

    /// Writes the cells, ascending by (group, period).
    fn encode(&self, out: &mut Writer);

    /// Reads cells into an empty table; group slots must lie below `groups`.
    ///
    /// # Errors
    /// [`WireError`].
    fn decode(&mut self, input: &mut Reader<'_>, groups: u32) -> Result<(), WireError>;

    /// For merging.
    fn as_any(&self) -> &dyn Any;
}

/// Cells of the KPI `K`.
#[derive(Debug)]
pub(super) struct Table<K: Kpi> {
    kpi: K,
    routes: Routes<K>,
    window: Window,
    evidence: u32,
    groups: Vec<GroupSlots>,
    keys: Vec<(u32, Period)>,
    cells: Vec<Cell<K::State>>, // cells.len() == keys.len()
    holds_until: Option<Instant>,
}

impl<K: Kpi> Table<K> {
    pub(super) fn new(kpi: K, routes: Routes<K>, window: Window, evidence: u32) -> Self {
        Self {
            kpi,
            routes,
            window,
            evidence,
            groups: Vec::new(),
            keys: Vec::new(),
            cells: Vec::new(),
            holds_until: None,
        }
    }

    pub(super) fn kpi(&self) -> &K {
        &self.kpi
    }

    /// The cell of a fact that counts on a day, of which an instant is known at which it would be read otherwise.
    pub(super) fn place(
        &mut self,
        group: u32,
        day: Option<NaiveDate>,
        holds_until: Option<Instant>,
    ) -> &mut Cell<K::State> {
        if let Some(until) = holds_until {
            self.holds_until = Some(self.holds_until.map_or(until, |held| held.min(until)));
        }
        let period = self.window.period(day);
        self.cell(group, period)
    }

    fn cell(&mut self, group: u32, period: Period) -> &mut Cell<K::State> {
        let slot = self.slot(group, period);
        &mut self.cells[slot]
    }

    fn slot(&mut self, group: u32, period: Period) -> usize {
        if self.groups.len() <= group as usize {
            self.groups.resize_with(group as usize + 1, GroupSlots::default);
        }
        let slots = &mut self.groups[group as usize];
        let fresh = self.cells.len() as u32;
        let found = match period {
            Period::Undated => *slots.undated.get_or_insert(fresh),
            Period::Number(number) => slots.of(number, fresh),
        };
        if found == fresh {
            self.keys.push((group, period));
            self.cells.push(Cell::new(self.kpi.empty(), self.evidence));
        }
        found as usize
    }

    fn ascending(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.keys.len()).collect();
        order.sort_unstable_by_key(|&place| self.keys[place]);
        order
    }
}

/// Whether a measure counts against the KPI: what evidence lists.
pub(super) fn is_adverse(kind: MeasureKind, direction: Direction) -> bool {
    match direction {
        Direction::HigherIsBetter => kind == MeasureKind::Miss,
        Direction::LowerIsBetter => matches!(kind, MeasureKind::Hit | MeasureKind::Event | MeasureKind::Quantity),
        Direction::Neither => false,
    }
}

/// Takes facts of one kind into a table: the one loop over facts.
pub(super) fn observe_facts<K: Observe<F>, F: crate::fact::Fact>(
    table: &mut Table<K>,
    facts: &[F],
    groups: InGroups<'_>,
    at: &Context,
) {
    let InGroups::One(groups) = groups else {
        // Rare, and kept out of the loop: a fact of several groups is taken once for each.
        return groups.each(facts, |fact, in_one| observe_facts(table, fact, in_one, at));
    };
    let kpi = table.kpi.clone();
    let direction = kpi.definition().direction;
    let maturity = maturity_of(&kpi);
    for (fact, &group) in facts.iter().zip(groups).filter(|(fact, _)| kpi.is_about(fact, at)) {
        let read = Reading::of(kpi.outcome(fact, at), maturity);
        let cell = table.place(group, kpi.cohort(fact, at), read.holds_until);
        kpi.notes(fact, at, &mut |note: &Term| cell.note(note));
        read.count_in(cell, direction, || (fact.id().into(), fact.posted_on()));
    }
}

impl<K: Kpi> Cells for Table<K> {
    fn observe(&mut self, batch: &FactBatch<'_>, at: &Context) {
        let routes = self.routes.clone();
        match (unit_of(&self.kpi), routes.shipment, routes.consignment) {
            (ShipmentUnit::Consignment, _, Some(observe)) => observe(self, batch, at),
            (_, Some(observe), _) => observe(self, &batch.facts.shipments, batch.shipments, at),
            _ => {}
        }
        if let Some(observe) = routes.complaint {
            observe(self, &batch.facts.complaints, batch.complaints, at);
        }
        if let Some(observe) = routes.claim {
            observe(self, &batch.facts.claims, batch.claims, at);
        }
        if let Some(observe) = routes.payment {
            observe(self, &batch.facts.payments, batch.payments, at);
        }
        if let Some(observe) = routes.rating {
            observe(self, &batch.facts.ratings, batch.ratings, at);
        }
        if let Some(observe) = routes.scan {
            observe(self, &batch.facts.scans, batch.scans, at);
        }
        if let Some(observe) = routes.passage {
            observe(self, &batch.facts.passages, batch.passages, at);
        }
    }

    fn absorb(&mut self, other: &dyn Cells, group_of: &[u32]) -> Result<(), UnlikeStates> {
        let Some(other) = other.as_any().downcast_ref::<Self>() else {
            return Err(UnlikeStates::new("kpi", self.kpi.definition().id, "another"));
        };
        if self.kpi.params() != other.kpi.params() {
            let shown = |kpi: &K| format!("{:?}", kpi.params());
            return Err(UnlikeStates::new("params", shown(&self.kpi), shown(&other.kpi)));
        }
        if other.window != self.window && other.window != Window::Day {
            return Err(UnlikeStates::new("window", self.window, other.window));
        }
        for (&(group, period), cell) in other.keys.iter().zip(&other.cells) {
            let period = if other.window == self.window || period == Period::Undated {
                period
            } else {
                self.window.period(other.window.first_day(period))
            };
            self.cell(group_of[group as usize], period).merge(cell)?;
        }
        self.holds_until = [self.holds_until, other.holds_until].into_iter().flatten().min();
        Ok(())
    }

    fn holds_until(&self) -> Option<Instant> {
        self.holds_until
    }

    fn open(&self) -> u64 {
        self.cells.iter().map(|cell| cell.open_count() + cell.notes.of(Term::PROVISIONAL)).sum()
    }

    fn rows(&self, as_of: Instant) -> Vec<RowSource> {
        let scale = self.kpi.definition().unit.scale();
        let row = |(&(group, period), cell): (&(u32, Period), &Cell<K::State>)| RowSource {
            group,
            period,
            figures: cell.state.figures(scale),
            open: cell.open_count(),
            open_mean_age: cell.open.mean_age(as_of, scale),
            excluded: cell.excluded.clone(),
            invalid: cell.invalid.clone(),
            notes: cell.notes.clone(),
            evidence: match &cell.evidence {
                None => Vec::new(),
                Some(kept) => cell.state.exemplars(self.evidence).unwrap_or_else(|| kept.worst().to_vec()),
            },
            seen: cell.seen(),
        };
        let rows: Vec<RowSource> = self.keys.iter().zip(&self.cells).map(row).collect();
        if rows.is_empty() {
            // Of no group: the first one there happens to be belongs to other KPIs' facts.
            vec![row((&(u32::MAX, Period::Undated), &Cell::new(self.kpi.empty(), 0)))]
        } else {
            rows
        }
    }

    fn encode(&self, out: &mut Writer) {
        out.option(self.holds_until, |out, until| out.signed(until.as_millis()));
        out.length(self.keys.len());
        for place in self.ascending() {
            let (group, period) = self.keys[place];
            out.unsigned(group);
            match period {
                Period::Undated => out.unsigned(0_u8),
                Period::Number(number) => {
                    out.unsigned(1_u8);
                    out.signed(number);
                }
            }
            self.cells[place].encode(out);
        }
    }

    fn decode(&mut self, input: &mut Reader<'_>, groups: u32) -> Result<(), WireError> {
        self.holds_until = input.option(|input| {
            let millis = input.signed()?;
            Instant::from_millis(millis).map_err(|_| input.malformed("an instant out of range"))
        })?;
        let mut before = None;
        for _ in 0..input.length()? {
            let group = u32::try_from(input.unsigned()?).ok().filter(|&group| group < groups);
            let group = group.ok_or_else(|| input.malformed("a group that is not there"))?;
            let period = match input.unsigned()? {
                0 => Period::Undated,
                1 => {
                    let number = i32::try_from(input.signed()?).ok().filter(|number| number.abs() < 4_000_000);
                    Period::Number(number.ok_or_else(|| input.malformed("a period out of range"))?)
                }
                _ => return Err(input.malformed("neither dated nor undated")),
            };
            if before.is_some_and(|before| before >= (group, period)) {
                return Err(input.malformed("cells out of order"));
            }
            before = Some((group, period));
            let cell = Cell::decode(input)?;
            // Merged into an empty cell of this table, so that one of other parameters is refused.
            let merged = self.cell(group, period).merge(&cell);
            merged.map_err(|_| input.malformed("a state of other parameters"))?;
        }
        Ok(())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
