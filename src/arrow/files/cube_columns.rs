//! A cube as columns, a row a cell.

use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, BooleanBuilder, Date32Builder, StringBuilder, UInt32Builder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, UInt32Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use chrono::{Datelike, NaiveDate};

use crate::arrow::results::group_column;
use crate::cube::{GroupKey, GroupValue, Loading, Plan, StoredCell, params_text};
use crate::record::{EPOCH_FROM_CE, Text, date_from_ce};
use crate::state::wire::{Reader, WireError};

/// The columns before the groups, and those behind.
const BEFORE: usize = 4;
const OWN: [&str; 7] = ["partition", "kpi", "version", "params", "unassigned", "day", "state"];

/// The schema of the cells of a plan.
pub(super) fn schema(plan: &Plan) -> SchemaRef {
    let mut fields = vec![
        Field::new("partition", DataType::Date32, false),
        Field::new("kpi", DataType::Utf8, false),
        Field::new("version", DataType::UInt32, false),
        Field::new("params", DataType::Utf8, false),
    ];
    let group = |by| Field::new(group_column(by, |name| OWN.contains(&name)), DataType::Utf8, true);
    fields.extend(plan.dimensions().iter().map(group));
    fields.extend([
        Field::new("unassigned", DataType::Boolean, false),
        Field::new("day", DataType::Date32, true),
        Field::new("state", DataType::Binary, false),
    ]);
    Arc::new(Schema::new(fields))
}

/// What a row says of its KPI, and the rows say of each KPI of a plan.
fn names(plan: &Plan) -> Vec<(&'static str, u32, String)> {
    let gauges = plan.gauges().iter();
    gauges.map(|gauge| (gauge.definition().id, gauge.definition().version, params_text(&gauge.params()))).collect()
}

/// The columns of a batch in the making.
pub(super) struct CellColumns {
    names: Vec<(&'static str, u32, String)>,
    partition: Date32Builder,
    kpi: StringBuilder,
    version: UInt32Builder,
    params: StringBuilder,
    groups: Vec<StringBuilder>,
    unassigned: BooleanBuilder,
    day: Date32Builder,
    state: BinaryBuilder,
    pub(super) rows: usize,
}

impl CellColumns {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            names: names(plan),
            partition: Date32Builder::new(),
            kpi: StringBuilder::new(),
            version: UInt32Builder::new(),
            params: StringBuilder::new(),
            groups: plan.dimensions().iter().map(|_| StringBuilder::new()).collect(),
            unassigned: BooleanBuilder::new(),
            day: Date32Builder::new(),
            state: BinaryBuilder::new(),
            rows: 0,
        }
    }

    pub(super) fn push(&mut self, cell: &StoredCell<'_>) {
        let Some((kpi, version, params)) = self.names.get(cell.gauge) else { return };
        self.partition.append_value(since_epoch(cell.partition));
        self.kpi.append_value(kpi);
        self.version.append_value(*version);
        self.params.append_value(params);
        for (column, value) in self.groups.iter_mut().zip(cell.group) {
            column.append_option(if let GroupValue::Is(text) = value { Some(text.as_str()) } else { None });
        }
        // A fact without a known waybill has no value of any dimension.
        self.unassigned.append_value(cell.group.contains(&GroupValue::Unassigned));
        self.day.append_option(cell.day.map(since_epoch));
        self.state.append_value(cell.state);
        self.rows += 1;
    }

    /// The rows so far; the next one starts new columns.
    pub(super) fn finish(&mut self, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(self.partition.finish()),
            Arc::new(self.kpi.finish()),
            Arc::new(self.version.finish()),
            Arc::new(self.params.finish()),
        ];
        columns.extend(self.groups.iter_mut().map(|group| -> ArrayRef { Arc::new(group.finish()) }));
        let behind: [ArrayRef; 3] =
            [Arc::new(self.unassigned.finish()), Arc::new(self.day.finish()), Arc::new(self.state.finish())];
        columns.extend(behind);
        RecordBatch::try_new(Arc::clone(schema), columns)
    }
}

/// Puts the cells of batches into a cube in loading.
pub(super) struct CellRows {
    names: Vec<(&'static str, u32, String)>,
    dimensions: usize,
    gauge: usize, // of the row before
}

impl CellRows {
    pub(super) fn new(plan: &Plan) -> Self {
        Self { names: names(plan), dimensions: plan.dimensions().len(), gauge: 0 }
    }

    /// The place of a row's KPI in the plan: most often that of the row before.
    fn gauge(&mut self, kpi: &str, version: u32, params: &str) -> Option<usize> {
        let is_it = |(known, of, with): &(&str, u32, String)| (*known, *of, with.as_str()) == (kpi, version, params);
        if !self.names.get(self.gauge).is_some_and(is_it) {
            self.gauge = self.names.iter().position(is_it)?;
        }
        Some(self.gauge)
    }

    /// Reads a batch of the plan's [`schema`].
    ///
    /// # Errors
    /// [`WireError`] where a row is none of the cells that the head speaks of.
    pub(super) fn load(&mut self, batch: &RecordBatch, loading: &mut Loading) -> Result<(), WireError> {
        let behind = BEFORE + self.dimensions;
        let column = |place: usize| batch.columns().get(place);
        let unlike = || Reader::new(&[]).malformed("other columns than a cube's");
        let dates = |place: usize| column(place).and_then(|dates| dates.as_primitive_opt::<Date32Type>());
        let texts = |place: usize| column(place).and_then(|texts| texts.as_string_opt::<i32>());
        let partitions = dates(0).ok_or_else(unlike)?;
        let kpis = texts(1).ok_or_else(unlike)?;
        let versions = column(2).and_then(|numbers| numbers.as_primitive_opt::<UInt32Type>()).ok_or_else(unlike)?;
        let params = texts(3).ok_or_else(unlike)?;
        let groups = (BEFORE..behind).map(|place| texts(place).ok_or_else(unlike)).collect::<Result<Vec<_>, _>>()?;
        let unassigned = column(behind).and_then(|truths| truths.as_boolean_opt()).ok_or_else(unlike)?;
        let days = dates(behind + 1).ok_or_else(unlike)?;
        let states = column(behind + 2).and_then(|states| states.as_binary_opt::<i32>()).ok_or_else(unlike)?;
        for row in 0..batch.num_rows() {
            let mut state = Reader::new(states.value(row));
            let gauge = self.gauge(kpis.value(row), versions.value(row), params.value(row));
            let gauge = gauge.ok_or_else(|| state.malformed("a cell of a KPI that the head does not know of"))?;
            let out_of_range = state.malformed("a day out of range");
            let partition = date(partitions.value(row)).ok_or(out_of_range.clone())?;
            let day = match days.is_null(row) {
                true => None,
                false => Some(date(days.value(row)).ok_or(out_of_range)?),
            };
            let value = |texts: &&arrow_array::StringArray| match (unassigned.value(row), texts.is_null(row)) {
                (true, _) => GroupValue::Unassigned,
                (_, true) => GroupValue::Missing,
                _ => GroupValue::Is(Text::from(texts.value(row))),
            };
            let key: GroupKey = groups.iter().map(value).collect();
            let group = loading.slot(partition, &key);
            let group = group.ok_or_else(|| state.malformed("a partition that the head does not know of"))?;
            loading.put(partition, gauge, group, day, &mut state)?;
            state.finish()?;
        }
        Ok(())
    }
}

fn since_epoch(day: NaiveDate) -> i32 {
    day.num_days_from_ce() - EPOCH_FROM_CE
}

fn date(since_epoch: i32) -> Option<NaiveDate> {
    since_epoch.checked_add(EPOCH_FROM_CE).and_then(date_from_ce)
}
