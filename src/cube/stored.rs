//! Cubes as bytes.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::kpi::CellPlace;
use crate::record::Window;
use crate::state::wire::{CUBE_FORMAT, Reader, WireError, Writer, checksum};

#[cfg(feature = "parquet")]
use super::GroupKey;
use super::cubes::Part;
use super::fold_wire::{begin, decode_account, decode_dimensions, decode_evidence, encode_account, other_plan};
use super::groups::Groups;
use super::plan::identity;
use super::route_wire::{decode_route, encode_route};
use super::{Cube, Fold, Plan};

/// Bytes of a checksum.
const SUM: usize = 8;

/// One cell of a cube as it is stored.
#[cfg(feature = "parquet")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct StoredCell<'c> {
    /// Its source partition; of several made one, the first.
    pub(crate) partition: NaiveDate,
    /// The place of its KPI in the plan.
    pub(crate) gauge: usize,
    /// Its group.
    pub(crate) group: &'c GroupKey,
    /// Its cohort day; none where facts have none.
    pub(crate) day: Option<NaiveDate>,
    /// The cell, as [`Cell::encode`](crate::state::Cell::encode) writes it.
    pub(crate) state: &'c [u8],
}

impl Cube {
    /// Writes it. Equal cubes are equal bytes, in the layout of [`wire`](crate::state::wire):
    ///
    /// | part | of |
    /// | --- | --- |
    /// | format | [`CUBE_FORMAT`] |
    /// | plan | most exemplars; dimensions by name and, of an outcome, KPI, version and parameters; KPIs by name, version and parameters. The window is none of it: days answer for any |
    /// | context | zone, `known_from`, route: names of the mandatory nodes, stages, names of the legs by section |
    /// | account | rows that never became records: as in a fold |
    /// | partitions | their number and of each: its days, each with the `as_of` of its fold, several where sealed ones were made one; whether it is sealed; `holds_until`; of each dimension by outcome its `holds_until` and open shipments; of each KPI its `holds_until` and the number of its cells; account |
    /// | cells | of each partition: groups ascending, and of each KPI its cells ascending by group and day: number of the group, day, cell |
    /// | checksum | [`checksum`] of all that, eight bytes, low first |
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = self.encode_head();
        for part in self.partitions.values() {
            let (groups, tables) = part.fold.in_order(&self.plan);
            groups.encode(&mut out);
            for table in tables {
                table.each(&mut |place, state| {
                    out.unsigned(place.group);
                    out.option(Window::Day.first_day(place.period), Writer::day);
                    out.raw(state);
                });
            }
        }
        with_checksum(out)
    }

    /// Reads what [`Cube::encode`] wrote for a plan of the same KPIs, dimensions and evidence, whatever its window.
    ///
    /// # Errors
    /// [`WireError`] where the bytes are damaged, of another format, or of another plan.
    pub fn decode(bytes: &[u8], plan: &Plan) -> Result<Self, WireError> {
        let mut input = verified(bytes)?;
        let mut loading = Loading::of(plan, &mut input)?;
        for partition in loading.partitions() {
            let part = loading.cube.partitions.get_mut(&partition);
            let Some(fold) = part.map(|part| &mut part.fold) else { continue };
            fold.groups = Groups::decode(&mut input, plan.dimensions().len())?;
            for gauge in 0..plan.gauges().len() {
                for _ in 0..loading.missing(partition, gauge) {
                    let group = u32::try_from(input.unsigned()?).map_err(|_| input.malformed("no such group"))?;
                    let day = input.option(Reader::day)?;
                    loading.put(partition, gauge, group, day, &mut input)?;
                }
            }
        }
        input.finish()?;
        loading.finish()
    }

    /// All but the cells: format to partitions, and a checksum of these.
    #[cfg(feature = "parquet")]
    pub(crate) fn head(&self) -> Vec<u8> {
        with_checksum(self.encode_head())
    }

    /// Shows every cell: ascending by partition, KPI, group and day.
    ///
    /// # Errors
    /// Those of `show`.
    #[cfg(feature = "parquet")]
    pub(crate) fn each_cell<E>(&self, mut show: impl FnMut(StoredCell<'_>) -> Result<(), E>) -> Result<(), E> {
        for (&partition, part) in &self.partitions {
            let (groups, tables) = part.fold.in_order(&self.plan);
            let mut shown = Ok(());
            for (gauge, table) in tables.iter().enumerate() {
                table.each(&mut |place, state| {
                    if let (Ok(()), Some(group)) = (&shown, groups.key(place.group)) {
                        let day = Window::Day.first_day(place.period);
                        shown = show(StoredCell { partition, gauge, group, day, state });
                    }
                });
            }
            shown?;
        }
        Ok(())
    }

    fn encode_head(&self) -> Writer {
        let mut out = Writer::new();
        out.raw(&CUBE_FORMAT);
        out.unsigned(self.plan.evidence());
        out.length(self.plan.dimensions().len());
        self.plan.dimensions().iter().for_each(|dimension| out.text(&dimension.identity()));
        out.length(self.plan.gauges().len());
        self.plan.gauges().iter().for_each(|gauge| out.text(&identity(gauge)));
        out.text(self.context.zone.name());
        out.option(self.context.known_from, Writer::instant);
        encode_route(&self.context.route, &mut out);
        encode_account(&self.set_aside, &mut out);
        out.length(self.partitions.len());
        self.partitions.values().for_each(|part| part.encode(&self.plan, &mut out));
        out
    }
}

impl Part {
    fn encode(&self, plan: &Plan, out: &mut Writer) {
        out.length(self.days.len());
        for (&day, &as_of) in &self.days {
            out.day(day);
            out.instant(as_of);
        }
        out.unsigned(u8::from(self.sealed));
        out.option(self.fold.holds_until, Writer::instant);
        self.fold.encode_unsettled(plan, out);
        for table in &self.fold.tables {
            out.option(table.holds_until(), Writer::instant);
            out.length(table.count());
        }
        encode_account(&self.fold.input, out);
    }

    /// Reads all but its cells, and how many of these each KPI has.
    fn decode(plan: &Plan, input: &mut Reader<'_>) -> Result<(Self, Vec<u64>), WireError> {
        let mut days = BTreeMap::new();
        for _ in 0..input.length()? {
            let (day, as_of) = (input.day()?, input.instant()?);
            if days.last_key_value().is_some_and(|(&last, _)| last >= day) {
                return Err(input.malformed("days out of order"));
            }
            days.insert(day, as_of);
        }
        let sealed = match input.unsigned()? {
            0 if days.len() == 1 => false,
            1 if !days.is_empty() => true,
            _ => return Err(input.malformed("neither a partition nor sealed ones")),
        };
        let mut fold = Fold::empty(plan, Window::Day);
        fold.holds_until = input.option(Reader::instant)?;
        fold.decode_unsettled(plan, input)?;
        let mut cells = Vec::with_capacity(fold.tables.len());
        for table in &mut fold.tables {
            table.hold_until(input.option(Reader::instant)?);
            cells.push(input.count()?);
        }
        fold.input = decode_account(input)?;
        Ok((Self { days, sealed, fold }, cells))
    }
}

/// A cube of which the head was read, and whose cells come one by one.
#[derive(Debug)]
pub(crate) struct Loading {
    cube: Cube,
    missing: BTreeMap<NaiveDate, Vec<u64>>, // cells yet to come, by partition and KPI
}

impl Loading {
    /// Begins with what [`Cube::head`] wrote.
    ///
    /// # Errors
    /// [`WireError`] where the bytes are damaged, of another format, or of another plan.
    #[cfg(feature = "parquet")]
    pub(crate) fn begin(plan: &Plan, head: &[u8]) -> Result<Self, WireError> {
        let mut input = verified(head)?;
        let loading = Self::of(plan, &mut input)?;
        input.finish()?;
        Ok(loading)
    }

    fn of(plan: &Plan, input: &mut Reader<'_>) -> Result<Self, WireError> {
        decode_evidence(plan, input)?;
        decode_dimensions(plan, input)?;
        let found = (0..input.length()?).map(|_| input.text()).collect::<Result<Vec<_>, _>>()?;
        let expected: Vec<String> = plan.gauges().iter().map(identity).collect();
        if found != expected {
            let only = |these: &[&str], others: &[&str]| {
                let only = these.iter().filter(|kpi| !others.contains(kpi)).copied();
                only.collect::<Vec<_>>().join(", ")
            };
            let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
            return Err(other_plan("KPIs", only(&found, &expected), only(&expected, &found)));
        }
        let mut cube = Cube::of_nothing(plan.clone());
        cube.context.zone = input.text()?.parse().map_err(|_| input.malformed("no such zone"))?;
        cube.context.known_from = input.option(Reader::instant)?;
        cube.context.route = decode_route(input)?;
        cube.set_aside = decode_account(input)?;
        let mut missing = BTreeMap::new();
        for _ in 0..input.length()? {
            let (part, cells) = Part::decode(plan, input)?;
            let first = part.first_day();
            let is_after = cube.partitions.last_key_value().is_none_or(|(&last, _)| last < first);
            if !is_after || part.days.keys().any(|day| cube.part_of(*day).is_some()) {
                return Err(input.malformed("partitions out of order or there twice"));
            }
            missing.insert(first, cells);
            cube.partitions.insert(first, part);
        }
        Ok(Self { cube, missing })
    }

    /// The first day of every partition.
    fn partitions(&self) -> Vec<NaiveDate> {
        self.missing.keys().copied().collect()
    }

    fn missing(&self, partition: NaiveDate, gauge: usize) -> u64 {
        self.missing.get(&partition).and_then(|cells| cells.get(gauge)).copied().unwrap_or_default()
    }

    /// The number of a group in a partition; none where there is no such partition.
    #[cfg(feature = "parquet")]
    pub(crate) fn slot(&mut self, partition: NaiveDate, group: &GroupKey) -> Option<u32> {
        Some(self.cube.partitions.get_mut(&partition)?.fold.groups.slot(group))
    }

    /// Reads one cell of a partition.
    ///
    /// # Errors
    /// [`WireError`] where the head knows of no such cell, or the bytes are damaged.
    pub(crate) fn put(
        &mut self,
        partition: NaiveDate,
        gauge: usize,
        group: u32,
        day: Option<NaiveDate>,
        input: &mut Reader<'_>,
    ) -> Result<(), WireError> {
        let unknown = input.malformed("a cell that the head does not know of");
        let missing = self.missing.get_mut(&partition).and_then(|cells| cells.get_mut(gauge));
        let Some(missing) = missing.filter(|missing| **missing > 0) else { return Err(unknown) };
        *missing -= 1;
        let Some(part) = self.cube.partitions.get_mut(&partition) else { return Err(unknown) };
        if group >= part.fold.groups.len() {
            return Err(input.malformed("a group that is not there"));
        }
        let place = CellPlace { group, period: Window::Day.period(day) };
        part.fold.tables.get_mut(gauge).map_or(Err(unknown), |table| table.put(place, input))
    }

    /// The cube, all of whose cells have come.
    ///
    /// # Errors
    /// [`WireError`] where some have not.
    pub(crate) fn finish(self) -> Result<Cube, WireError> {
        let cells: u64 = self.missing.values().flatten().sum();
        if cells == 0 { Ok(self.cube) } else { Err(WireError::Missing { cells }) }
    }
}

fn with_checksum(out: Writer) -> Vec<u8> {
    let mut bytes = out.into_bytes();
    let sum = checksum(&bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

/// What stands between the format and the checksum, where both are right.
fn verified(bytes: &[u8]) -> Result<Reader<'_>, WireError> {
    begin(&mut Reader::new(bytes), bytes, CUBE_FORMAT)?;
    let (body, sum) = bytes.split_last_chunk::<SUM>().ok_or(WireError::Cut { at: bytes.len() })?;
    if checksum(body) != u64::from_le_bytes(*sum) {
        return Err(WireError::Damaged);
    }
    let mut input = Reader::new(body);
    begin(&mut input, body, CUBE_FORMAT)?;
    Ok(input)
}
