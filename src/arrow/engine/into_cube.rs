//! The engine and cubes: one fold of days a source partition, all of them or those to be replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::NaiveDate;

use crate::arrow::ArrowInputError;
use crate::cube::{Cube, partitions};
use crate::fact::{Casebook, History, Known};
use crate::intake::{Reach, SetAside};
use crate::record::{InputCount, RecordKind, Records};

use super::Columnar;
use super::columnar::{Unloaded, partition_of_waybill};
use super::days::{Books, DayFolds, Wanted};
use super::partition::Job;
use super::shard::Shard;
use super::threads::in_threads;

/// A cube of all rows taken in.
#[derive(Debug)]
#[non_exhaustive]
pub struct FoldedCube {
    /// The cube, as the row path makes it of the same rows.
    pub cube: Cube,
    /// Rows that could not be read, by table and row.
    pub quarantine: Vec<SetAside>,
    /// How far the instants read reach.
    pub reach: Option<Reach>,
}

/// What became of the rows of partitions that were replaced.
#[derive(Debug)]
#[non_exhaustive]
pub struct Replaced {
    /// Rows that could not be read, by table and row.
    pub quarantine: Vec<SetAside>,
    /// The account of rows that never became records. The cube keeps the account it has: what it says of these rows, it has
    /// said before ([`Cube::set_aside`]).
    pub set_aside: BTreeMap<RecordKind, InputCount>,
    /// How far the instants read reach.
    pub reach: Option<Reach>,
}

/// Folds of days, with what is left over of the rows.
struct OfDays {
    folds: DayFolds,
    rest: Records,
    quarantine: Vec<SetAside>,
    reach: Option<Reach>,
}

impl Columnar<'_> {
    /// Folds what was taken in into a cube of the plan: every source partition by itself, in days. Where the plan looks
    /// back, the rows taken in are all there are.
    ///
    /// # Errors
    /// Those of [`Columnar::finish`].
    pub fn finish_cube(self) -> Result<FoldedCube, ArrowInputError> {
        let (plan, context) = (self.plan, self.context.clone());
        let OfDays { folds, rest, quarantine, reach } = self.fold_days(None, None)?;
        let mut cube = Cube::new(plan.clone(), &context);
        folds.folds.into_iter().for_each(|(day, fold)| cube.put(day, fold, &context));
        cube.set_aside(&rest);
        Ok(FoldedCube { cube, quarantine, reach })
    }

    /// Folds some source partitions of a cube again and puts them in place of what was there: those that
    /// [`Cube::dirty`] and [`Cube::stale`] name. The rows taken in are *all* of these partitions; what else is among them
    /// is left out. `history` is of all records of the cube, where the plan looks back.
    ///
    /// All of them are replaced or, where there is an error, none.
    ///
    /// # Errors
    /// [`ArrowInputError::Cube`] where the cube is of another plan or context, a partition is sealed, or the history is
    /// missing; else those of [`Columnar::finish`].
    pub fn replace_in(
        self,
        cube: &mut Cube,
        partitions: &BTreeSet<NaiveDate>,
        history: Option<&History>,
    ) -> Result<Replaced, ArrowInputError> {
        let context = self.context.clone();
        cube.check_plan(self.plan)?;
        partitions.iter().try_for_each(|&partition| cube.check_replace(partition, &context, history))?;
        let OfDays { folds, rest, quarantine, reach } = self.fold_days(Some(partitions), history)?;
        folds.folds.into_iter().for_each(|(day, fold)| cube.put(day, fold, &context));
        Ok(Replaced { quarantine, set_aside: rest.set_aside, reach })
    }

    /// One fold of days a source partition. A history that is not handed over is made of the rows taken in.
    fn fold_days(
        mut self,
        days: Option<&BTreeSet<NaiveDate>>,
        history: Option<&History>,
    ) -> Result<OfDays, ArrowInputError> {
        let Unloaded { shards, moves, mut rest, quarantine, reach } = self.unload()?;
        let shards: Vec<&Shard> = shards.iter().collect();
        let partitions = shards.first().map_or(1, |shard| shard.partitions());
        let wanted = Wanted { days, kinds: rest.kinds() };
        let books: Vec<Mutex<Books>> = self.books(&rest, wanted, partitions).into_iter().map(Mutex::new).collect();
        let facts = self.plan.wanted();
        let mut job = Job {
            shards: &shards,
            moves: &moves,
            plan: self.plan,
            wanted: &facts,
            context: &self.context,
            history: None,
        };
        let own =
            if self.plan.looks_back() && history.is_none() { Some(self.history(&job, partitions)?) } else { None };
        job.history = history.or(own.as_ref());
        let next = AtomicUsize::new(0);
        let allowance = self.allowance(partitions);
        let work = || -> Result<DayFolds, ArrowInputError> {
            let (mut folds, mut waybills) = (DayFolds::default(), Vec::new());
            let mut allowance = allowance.clone();
            loop {
                let partition = next.fetch_add(1, Ordering::Relaxed);
                let Some(books) = books.get(partition) else { return Ok(folds) };
                let books = books.lock().map(|mut books| std::mem::take(&mut *books)).unwrap_or_default();
                job.fold_days(partition, books, wanted, &mut waybills, &mut folds)?;
                allowance.check(folds.folds.values())?;
            }
        };
        let mut folds = DayFolds::default();
        for other in in_threads((0..self.threads).map(|_| work)) {
            folds.merge(other?)?;
        }
        for (reason, &rows) in &folds.set_aside {
            rest.set_aside.entry(RecordKind::Event).or_default().quarantine(reason, rows);
        }
        Ok(OfDays { folds, rest, quarantine, reach })
    }

    /// What hangs on waybills, settled within each source partition, by the engine's partitions. The first of these has a
    /// book of every day, with its account.
    fn books(&self, rest: &Records, wanted: Wanted<'_>, parts: usize) -> Vec<Books> {
        let mut books: Vec<Books> = Vec::new();
        books.resize_with(parts.max(1), Books::default);
        for &day in wanted.days.into_iter().flatten() {
            books[0].insert(day, wanted.blank(day, &self.context));
        }
        for (day, records) in partitions(rest, self.context.zone).into_iter().filter(|(day, _)| wanted.has(*day)) {
            let mut known = Known::at(&self.context, Some(day));
            let casebook = Casebook::settle(&records, &mut known);
            for (part, book) in casebook.split_sparsely(partition_of_waybill(parts)) {
                // What the cases say of changes to come goes with the first.
                let changes = std::mem::replace(&mut known, Known::at(&self.context, Some(day)));
                books[part].insert(day, (book, changes));
            }
        }
        books
    }
}
