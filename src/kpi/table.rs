//! Cells of one KPI, type erased and filled a batch at a time.

use std::any::Any;
use std::fmt;

use crate::fact::{Context, FactKind, Facts};
use crate::outcome::Term;
use crate::record::{Instant, Period};
use crate::state::wire::{Reader, WireError, Writer};
use crate::state::{Cell, Exemplar, Figure, State, Tally, UnlikeStates};

use super::cell_grid::CellGrid;
use super::in_groups::InGroups;
use super::look::Look;
use super::{Definition, Params};

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

impl FactBatch<'_> {
    /// Group slots of the facts of a kind.
    #[must_use]
    pub fn groups_of(&self, kind: FactKind) -> InGroups<'_> {
        match kind {
            FactKind::Shipment => self.shipments,
            FactKind::Complaint => self.complaints,
            FactKind::Claim => self.claims,
            FactKind::Payment => self.payments,
            FactKind::Rating => self.ratings,
            FactKind::Scan => self.scans,
            FactKind::Passage => self.passages,
        }
    }
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

/// Where a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellPlace {
    /// Group slot.
    pub group: u32,
    /// Period of the table's window.
    pub period: Period,
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

    /// How many cells there are.
    fn count(&self) -> usize;

    /// Bytes of memory they take, about.
    fn bytes(&self) -> usize;

    /// Writes every cell by itself, ascending by (group, period), and shows each as bytes.
    fn each(&self, show: &mut dyn FnMut(CellPlace, &[u8]));

    /// Reads one cell where there is none yet; its group must be one of those that the caller numbered.
    ///
    /// # Errors
    /// [`WireError`].
    fn put(&mut self, place: CellPlace, input: &mut Reader<'_>) -> Result<(), WireError>;

    /// Takes over what [`Cells::holds_until`] said of the cells that were written.
    fn hold_until(&mut self, until: Option<Instant>);

    /// For merging.
    fn as_any(&self) -> &dyn Any;
}

/// Cells whose states are of one type: which KPI fills them is known from its definition and from how it looks at facts.
pub(super) struct Table<S: State> {
    pub(super) definition: &'static Definition,
    pub(super) params: Params,
    pub(super) looks: Vec<Box<dyn Look<S>>>, // one a kind of fact
    pub(super) grid: CellGrid<S>,
}

impl<S: State> fmt::Debug for Table<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("kpi", &self.definition.id).field("grid", &self.grid).finish_non_exhaustive()
    }
}

impl<S: State> Table<S> {
    fn row(&self, (group, period): (u32, Period), cell: &Cell<S>, as_of: Instant) -> RowSource {
        let scale = self.definition.unit.scale();
        RowSource {
            group,
            period,
            figures: cell.state.figures(scale),
            open: cell.open_count(),
            open_mean_age: cell.open.mean_age(as_of, scale),
            excluded: cell.excluded.clone(),
            invalid: cell.invalid.clone(),
            notes: cell.notes.clone(),
            evidence: cell.exemplars(),
            seen: cell.seen(),
        }
    }
}

impl<S: State> Cells for Table<S> {
    fn observe(&mut self, batch: &FactBatch<'_>, at: &Context) {
        for look in &self.looks {
            look.observe(batch, at, &mut self.grid);
        }
    }

    fn absorb(&mut self, other: &dyn Cells, group_of: &[u32]) -> Result<(), UnlikeStates> {
        let other = other.as_any().downcast_ref::<Self>().filter(|other| other.definition == self.definition);
        let Some(other) = other else {
            return Err(UnlikeStates::new("kpi", self.definition.id, "another"));
        };
        if other.params != self.params {
            let shown = |table: &Self| format!("{:?}", table.params);
            return Err(UnlikeStates::new("params", shown(self), shown(other)));
        }
        self.grid.absorb(&other.grid, group_of)
    }

    fn holds_until(&self) -> Option<Instant> {
        self.grid.holds_until()
    }

    fn open(&self) -> u64 {
        self.grid.iter().map(|(_, cell)| cell.open_count() + cell.notes.of(Term::PROVISIONAL)).sum()
    }

    fn rows(&self, as_of: Instant) -> Vec<RowSource> {
        let rows: Vec<RowSource> = self.grid.iter().map(|(key, cell)| self.row(key, cell, as_of)).collect();
        if rows.is_empty() {
            // Of no group: the first one there happens to be belongs to other KPIs' facts.
            vec![self.row((u32::MAX, Period::Undated), &self.grid.empty_cell(), as_of)]
        } else {
            rows
        }
    }

    fn encode(&self, out: &mut Writer) {
        self.grid.encode(out);
    }

    fn decode(&mut self, input: &mut Reader<'_>, groups: u32) -> Result<(), WireError> {
        self.grid.decode(input, groups)
    }

    fn count(&self) -> usize {
        self.grid.iter().len()
    }

    fn bytes(&self) -> usize {
        self.grid.bytes()
    }

    fn each(&self, show: &mut dyn FnMut(CellPlace, &[u8])) {
        self.grid.each(|(group, period), cell| {
            let mut out = Writer::new();
            cell.encode(&mut out);
            show(CellPlace { group, period }, &out.into_bytes());
        });
    }

    fn put(&mut self, place: CellPlace, input: &mut Reader<'_>) -> Result<(), WireError> {
        self.grid.put((place.group, place.period), input)
    }

    fn hold_until(&mut self, until: Option<Instant>) {
        self.grid.hold_until(until);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
