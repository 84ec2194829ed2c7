//! One partition, from packed rows to the cells of the source partitions its waybills lie in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::arrow::ArrowInputError;
use crate::cube::{Fold, Plan};
use crate::fact::{Casebook, Context, Known};
use crate::record::{RecordSet, Waybill, Window};

use super::packed_event::PackedEvent;
use super::packed_waybill::day_of;
use super::part::Part;
use super::partition::{Job, unfound};
use super::places::{Found, Places};

/// What hangs on the waybills of a partition, by source partition, with what is known of changes to come.
pub(super) type Books = BTreeMap<NaiveDate, (Casebook, Known)>;

/// Folds of days, one a source partition.
#[derive(Debug, Default)]
pub(super) struct DayFolds {
    pub(super) folds: BTreeMap<NaiveDate, Fold>,
    /// Scans that find no waybill by their number, by reason: they belong to no source partition.
    pub(super) set_aside: BTreeMap<&'static str, u64>,
}

impl DayFolds {
    /// Takes in those over other records.
    pub(super) fn merge(&mut self, other: Self) -> Result<(), ArrowInputError> {
        for (day, fold) in other.folds {
            match self.folds.get_mut(&day) {
                Some(ours) => ours.merge(&fold)?,
                None => {
                    self.folds.insert(day, fold);
                }
            }
        }
        for (reason, rows) in other.set_aside {
            *self.set_aside.entry(reason).or_default() += rows;
        }
        Ok(())
    }

    fn of(&mut self, day: NaiveDate, plan: &Plan) -> &mut Fold {
        self.folds.entry(day).or_insert_with(|| Fold::empty(plan, Window::Day))
    }
}

/// Which source partitions are folded, and of which kinds of record rows were handed over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'w> {
    pub(super) days: Option<&'w BTreeSet<NaiveDate>>, // none: all
    pub(super) kinds: RecordSet,
}

impl Wanted<'_> {
    pub(super) fn has(self, day: NaiveDate) -> bool {
        self.days.is_none_or(|days| days.contains(&day))
    }

    /// A book without rows.
    pub(super) fn blank(self, day: NaiveDate, context: &Context) -> (Casebook, Known) {
        (Casebook::opened(self.kinds), Known::at(context, Some(day)))
    }
}

/// The rows of one source partition that lie in one partition of the engine.
#[derive(Debug, Default)]
struct Rows<'a> {
    waybills: Vec<&'a Waybill>, // ascending by key
    events: Vec<PackedEvent<'a>>,
}

impl Job<'_> {
    /// Folds one partition, each source partition by itself, with what hangs on its waybills. The waybills' memory is used
    /// again.
    ///
    /// # Errors
    /// [`ArrowInputError`] where what was packed or spilled cannot be read back.
    pub(super) fn fold_days(
        &self,
        partition: usize,
        mut books: Books,
        wanted: Wanted<'_>,
        waybills: &mut Vec<Waybill>,
        into: &mut DayFolds,
    ) -> Result<(), ArrowInputError> {
        let parts = self.parts(partition)?;
        let rows = self.unpack_needed(&parts, waybills)?;
        let mut days: BTreeMap<NaiveDate, Rows<'_>> = books.keys().map(|&day| (day, Rows::default())).collect();
        for &row in rows.iter().filter(|row| wanted.has(row.key.posted_on)) {
            days.entry(row.key.posted_on).or_default().waybills.push(row);
        }
        let mut keys = rows.clone();
        keys.dedup_by(|later, kept| later.key == kept.key);
        // Among the waybills of all days a number tells which day a scan belongs to; then it tells the same among its own.
        let has_untold = self.shards.iter().any(|shard| shard.has_untold);
        let places = has_untold.then(|| Places::of(&rows, &keys, self.context.zone));
        for event in parts.iter().flat_map(Part::events) {
            let whose = event.whose();
            let day = match (whose.posted_on, &places) {
                (Some(day), _) => day_of(day),
                (None, Some(places)) => match places.find(whose) {
                    Found::At(place) => keys.get(place as usize).map(|row| row.key.posted_on),
                    found => {
                        if let Some(reason) = unfound(found) {
                            *into.set_aside.entry(reason.code()).or_default() += 1;
                        }
                        None
                    }
                },
                (None, None) => None,
            };
            if let Some(day) = day.filter(|&day| wanted.has(day)) {
                days.entry(day).or_default().events.push(event);
            }
        }
        for (day, rows) in days {
            let (casebook, known) = books.remove(&day).unwrap_or_else(|| wanted.blank(day, self.context));
            let fold = into.of(day, self.plan);
            self.fold_events(&rows.waybills, rows.events.iter().copied(), casebook, known, fold);
        }
        Ok(())
    }
}
