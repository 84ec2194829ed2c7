//! Cells by (group, period): dense slots in the order in which they were met.

use std::fmt;

use chrono::NaiveDate;

use crate::record::{Instant, Period, Window};
use crate::state::wire::{Reader, WireError, Writer};
use crate::state::{Cell, State, UnlikeStates};

use super::group_slots::GroupSlots;

/// The cells of one KPI, whatever it is: what they have in common depends on their state only.
pub struct CellGrid<S> {
    empty: S,
    window: Window,
    evidence: u32,
    groups: Vec<GroupSlots>,
    keys: Vec<(u32, Period)>,
    cells: Vec<Cell<S>>, // cells.len() == keys.len()
    holds_until: Option<Instant>,
}

impl<S> fmt::Debug for CellGrid<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cells by {}", self.cells.len(), self.window.name())
    }
}

impl<S: State> CellGrid<S> {
    /// No cells yet; each will begin as `empty`, with room for so many exemplars.
    pub(super) fn new(empty: S, window: Window, evidence: u32) -> Self {
        Self { empty, window, evidence, groups: Vec::new(), keys: Vec::new(), cells: Vec::new(), holds_until: None }
    }

    /// The first instant at which a fact placed here would be read otherwise.
    pub(super) fn holds_until(&self) -> Option<Instant> {
        self.holds_until
    }

    /// Every cell with its group and period, in the order in which they were met.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = ((u32, Period), &Cell<S>)> {
        self.keys.iter().copied().zip(&self.cells)
    }

    /// A cell in which nothing was counted, as any here began but without evidence.
    pub(super) fn empty_cell(&self) -> Cell<S> {
        Cell::new(self.empty.clone(), 0)
    }

    /// The cell of a fact that counts on a day, of which an instant is known at which it would be read otherwise.
    pub(super) fn place(&mut self, group: u32, day: Option<NaiveDate>, holds_until: Option<Instant>) -> &mut Cell<S> {
        if let Some(until) = holds_until {
            self.holds_until = Some(self.holds_until.map_or(until, |held| held.min(until)));
        }
        let period = self.window.period(day);
        self.cell(group, period)
    }

    #[inline]
    fn cell(&mut self, group: u32, period: Period) -> &mut Cell<S> {
        let slot = self.slot(group, period);
        &mut self.cells[slot]
    }

    #[inline]
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
            self.cells.push(Cell::new(self.empty.clone(), self.evidence));
        }
        found as usize
    }

    /// Takes in other cells, whose groups are renumbered by `group_of` and whose periods are days or of the same window.
    pub(super) fn absorb(&mut self, other: &Self, group_of: &[u32]) -> Result<(), UnlikeStates> {
        if other.window != self.window && other.window != Window::Day {
            return Err(UnlikeStates::new("window", self.window, other.window));
        }
        for ((group, period), cell) in other.iter() {
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

    /// Writes the cells, ascending by (group, period).
    pub(super) fn encode(&self, out: &mut Writer) {
        out.option(self.holds_until, Writer::instant);
        out.length(self.keys.len());
        self.each(|(group, period), cell| {
            out.unsigned(group);
            match period {
                Period::Undated => out.unsigned(0_u8),
                Period::Number(number) => {
                    out.unsigned(1_u8);
                    out.signed(number);
                }
            }
            cell.encode(out);
        });
    }

    /// Shows every cell, ascending by (group, period).
    pub(super) fn each(&self, mut show: impl FnMut((u32, Period), &Cell<S>)) {
        ascending(&self.keys).into_iter().for_each(|place| show(self.keys[place], &self.cells[place]));
    }

    /// Reads cells where there are none yet; groups must lie below `groups`.
    pub(super) fn decode(&mut self, input: &mut Reader<'_>, groups: u32) -> Result<(), WireError> {
        self.holds_until = input.option(Reader::instant)?;
        let mut before = None;
        for _ in 0..input.length()? {
            let (group, period) = decode_key(input, groups)?;
            if before.is_some_and(|before| before >= (group, period)) {
                return Err(input.malformed("cells out of order"));
            }
            before = Some((group, period));
            self.put((group, period), input)?;
        }
        Ok(())
    }

    /// Reads one cell where there is none yet.
    pub(super) fn put(&mut self, (group, period): (u32, Period), input: &mut Reader<'_>) -> Result<(), WireError> {
        let cell = Cell::decode(input)?;
        let before = self.cells.len();
        // Merged into an empty cell of this grid, so that one of other parameters is refused.
        let merged = self.cell(group, period).merge(&cell);
        merged.map_err(|_| input.malformed("a state of other parameters"))?;
        if self.cells.len() == before { Err(input.malformed("a cell that is there twice")) } else { Ok(()) }
    }

    /// Notes the instant at which a fact placed here would be read otherwise.
    pub(super) fn hold_until(&mut self, until: Option<Instant>) {
        self.holds_until = until;
    }
}

/// The places of keys, ascending by key: apart from the cells, so that the sort is compiled once and not for each state.
fn ascending(keys: &[(u32, Period)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_unstable_by_key(|&place| keys[place]);
    order
}

fn decode_key(input: &mut Reader<'_>, groups: u32) -> Result<(u32, Period), WireError> {
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
    Ok((group, period))
}
