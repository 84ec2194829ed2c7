//! The engine: batches in any order in, a fold out.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use arrow_array::RecordBatch;

use crate::arrow::reading::Run;
use crate::arrow::{ArrowInputError, BatchIntake, Table};
use crate::cube::{Fold, Plan};
use crate::fact::{Casebook, Context, History, Known, OrderRows};
use crate::intake::reach::Days;
use crate::intake::sink::{Moves, Sink};
use crate::intake::{Reach, SetAside, Strictness};
use crate::kpi::Gauge;
use crate::record::{Instant, Records, WaybillKey};

use super::allowance::Allowance;
use super::name::Name;
use super::needs::Needs;
use super::packer::Packer;
use super::partition::Job;
use super::referred::refer;
use super::shard::{Shard, partition_of};
use super::spill::Room;
use super::threads::{Teller, in_threads};

/// As many waybills as one partition should have lie in a second-level cache; so many partitions did best.
const PARTITIONS: usize = 1024;
const MOST_PARTITIONS: usize = 1 << 16;
const MOST_THREADS: usize = 1024;

/// What became of the rows of all batches.
#[derive(Debug)]
#[non_exhaustive]
pub struct Folded {
    /// The cells, as the row path makes them of the same rows.
    pub fold: Fold,
    /// Rows that could not be read, by table and row.
    pub quarantine: Vec<SetAside>,
    /// How far the instants read reach.
    pub reach: Option<Reach>,
}

/// Record batches in any order in, a [`Fold`] out: the same, byte for byte, as the row path makes of the same rows.
///
/// Waybills and events are packed as they come; batches of other tables are held until the end. Only columns that the
/// schema of their table names are read.
pub struct Columnar<'p> {
    pub(super) plan: &'p Plan,
    pub(super) context: Context,
    pub(super) threads: usize,
    strictness: Strictness,
    room: Room,
    room_for_cells: Option<usize>,
    partitions: usize,
    pub(super) packers: Vec<Packer<'p>>,
    held: BTreeMap<Table, Vec<RecordBatch>>,
    read: Option<Sink<'p>>,     // of the batches held, unless more came since
    rows: BTreeMap<Table, u64>, // taken in so far
    progress: Option<Teller<'p>>,
    pub(super) stop: Option<&'p AtomicBool>,
}

impl fmt::Debug for Columnar<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Columnar").field("threads", &self.threads).field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl<'p> Columnar<'p> {
    /// Nothing taken in yet; one thread; rows that cannot be read are set aside.
    #[must_use]
    pub fn new(plan: &'p Plan, context: &Context) -> Self {
        Self {
            plan,
            context: context.clone(),
            threads: 1,
            strictness: Strictness::default(),
            room: Room::default(),
            room_for_cells: None,
            partitions: PARTITIONS,
            packers: Vec::new(),
            held: BTreeMap::new(),
            read: None,
            rows: BTreeMap::new(),
            progress: None,
            stop: None,
        }
    }

    /// Folds everything as known at another instant than that of the context: say, at [the end](Reach::end) of what
    /// [was read](Columnar::reach).
    #[must_use]
    pub fn seen_at(mut self, as_of: Instant) -> Self {
        self.context.as_of = as_of;
        self
    }

    /// Is told, by whichever thread, the number of rows read so far of all tables together: every 65,536 rows of a thread.
    #[must_use]
    pub fn with_progress(mut self, tell: impl Fn(u64) + Send + Sync + 'p) -> Self {
        self.progress = Some(Teller::new(tell));
        self
    }

    /// Gives up once `stop` is set, before the next partition is folded, with [`ArrowInputError::Stopped`].
    #[must_use]
    pub fn with_stop(mut self, stop: &'p AtomicBool) -> Self {
        self.stop = Some(stop);
        self
    }

    /// Works with so many threads, at least one and 1,024 at most.
    #[must_use]
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads.clamp(1, MOST_THREADS);
        self
    }

    /// What becomes of a run that meets a row it cannot read.
    #[must_use]
    pub fn with_strictness(mut self, strictness: Strictness) -> Self {
        self.strictness = strictness;
        self
    }

    /// Scatters rows to so many partitions, at least one and 65,536 at most; 1,024 unless said. A partition should have some
    /// thousand waybills, so that what is made of them lies in a second-level cache.
    #[must_use]
    pub fn with_partitions(mut self, partitions: usize) -> Self {
        self.partitions = partitions.clamp(1, MOST_PARTITIONS);
        self
    }

    /// Keeps what it can within so many bytes. Half of them are for packed rows: what does not fit goes to temporary files. The other half
    /// is for what is worked on: cells, the partitions at hand, dictionaries; a plan whose cells alone take more is refused.
    /// Tables but waybills and events are held in memory all the same, and all facts at once where consignments are counted.
    #[must_use]
    pub fn with_memory_limit(mut self, bytes: usize) -> Self {
        (self.room.bytes, self.room_for_cells) = (Some(bytes / 2), Some(bytes / 2));
        self
    }

    /// Keeps packed rows within so many bytes, whatever the limit of memory.
    #[must_use]
    pub fn with_rows_limit(mut self, bytes: usize) -> Self {
        self.room.bytes = Some(bytes);
        self
    }

    /// Keeps temporary files in this folder; without it, in the system's.
    #[must_use]
    pub fn with_spill_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.room.folder = Some(folder.into());
        self
    }

    fn new_packer(&self) -> Packer<'p> {
        // The pieces of a consignment, whatever their numbers, are folded together.
        let together = self.plan.consulted().any(Gauge::counts_consignments);
        let partitions = if together { 1 } else { self.partitions };
        let room = Room { bytes: self.room.bytes.map(|bytes| bytes / self.threads), ..self.room.clone() };
        let shard = Shard::new(partitions, Needs::of(self.plan, &self.context), room);
        Packer::new(shard, self.strictness, self.progress.as_ref().map(Teller::of_a_thread))
    }

    /// The rows taken in so far of a table that is handed over.
    pub(super) fn rows_of(&mut self, table: Table) -> &mut u64 {
        self.rows.entry(table).or_default()
    }

    pub(super) fn hold(&mut self, table: Table, batches: impl IntoIterator<Item = RecordBatch>) {
        self.held.entry(table).or_default().extend(batches);
        self.read = None;
    }

    /// Makes a packer for each thread, but no more than there are jobs.
    pub(super) fn make_packers(&mut self, jobs: usize) {
        self.read = None; // what is held may refer to what is packed next
        while self.packers.len() < self.threads.min(jobs) {
            self.packers.push(self.new_packer());
        }
    }

    /// Takes in a batch of a table. A table handed over without rows counts as handed over.
    ///
    /// # Errors
    /// An [`ArrowInputError`] where the batch lacks a column, has one of the wrong type, or holds a null where none may be;
    /// under [`Strictness::Stop`] also for the first row that cannot be read. The engine is not to be used after that.
    pub fn take(&mut self, table: Table, batch: &RecordBatch) -> Result<(), ArrowInputError> {
        let rows = self.rows_of(table);
        let first = *rows + 1;
        *rows += batch.num_rows() as u64;
        if !is_packed(table) {
            self.hold(table, [batch.clone()]);
            return Ok(());
        }
        self.make_packers(1);
        self.packers.last_mut().map_or(Ok(()), |packer| packer.take(table, batch, first))
    }

    /// Takes in batches with all threads. Positions of rows that cannot be read count from the first batch of a table.
    ///
    /// # Errors
    /// As [`Columnar::take`]; of several errors that of the first batch.
    pub fn take_all(&mut self, batches: &[(Table, RecordBatch)]) -> Result<(), ArrowInputError> {
        let mut packed = Vec::new();
        for (table, batch) in batches {
            let rows = self.rows_of(*table);
            let first = *rows + 1;
            *rows += batch.num_rows() as u64;
            if is_packed(*table) {
                packed.push((*table, batch, first));
            } else {
                self.hold(*table, [batch.clone()]);
            }
        }
        self.make_packers(packed.len());
        let next = AtomicUsize::new(0);
        let work = |packer: &mut Packer<'_>| -> Result<(), (usize, ArrowInputError)> {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(&(table, batch, first)) = packed.get(number) else { return Ok(()) };
                packer.take(table, batch, first).map_err(|error| (number, error))?;
            }
        };
        let results = in_threads(self.packers.iter_mut().map(|packer| || work(packer)));
        let first = results.into_iter().filter_map(Result::err).min_by_key(|(number, _)| *number);
        first.map_or(Ok(()), |(_, error)| Err(error))
    }

    /// Folds what was taken in.
    ///
    /// # Errors
    /// An [`ArrowInputError`] of a batch that was held until now, as for [`Columnar::take`].
    pub fn finish(mut self) -> Result<Folded, ArrowInputError> {
        let Unloaded { shards, moves, rest, quarantine, reach } = self.unload()?;
        let shards: Vec<&Shard> = shards.iter().collect();
        let partitions = shards.first().map_or(1, |shard| shard.partitions());
        let mut known = Known::at(&self.context, None);
        let casebook = Casebook::settle(&rest, &mut known);
        drop(rest); // what holds of it is in the book
        let books = casebook.split(partitions, partition_of_waybill(partitions));
        // What the cases say of changes to come goes with the first.
        let changes = std::iter::once(known).chain(std::iter::repeat_with(|| Known::at(&self.context, None)));
        let parts: Vec<Mutex<Option<(Casebook, Known)>>> =
            books.into_iter().zip(changes).map(|part| Mutex::new(Some(part))).collect();
        let wanted = self.plan.wanted();
        let mut job = Job {
            shards: &shards,
            moves: &moves,
            plan: self.plan,
            wanted: &wanted,
            context: &self.context,
            history: None,
            stop: self.stop,
        };
        let history = if self.plan.looks_back() { Some(self.history(&job, partitions)?) } else { None };
        job.history = history.as_ref();
        let next = AtomicUsize::new(0);
        let allowance = self.allowance(partitions);
        let work = || -> Result<Fold, ArrowInputError> {
            let mut fold = Fold::empty(self.plan, self.plan.window());
            let mut waybills = Vec::new();
            let mut allowance = allowance.clone();
            loop {
                let partition = next.fetch_add(1, Ordering::Relaxed);
                let Some(part) = parts.get(partition) else { return Ok(fold) };
                let part = part.lock().ok().and_then(|mut part| part.take());
                if let Some((casebook, known)) = part {
                    job.fold(partition, casebook, known, &mut waybills, &mut fold)?;
                    allowance.check(std::iter::once(&fold))?;
                }
            }
        };
        let mut folds = in_threads((0..self.threads).map(|_| work)).into_iter();
        let mut fold = folds.next().unwrap_or_else(|| Ok(Fold::empty(self.plan, self.plan.window())))?;
        for other in folds {
            fold.merge(&other?)?;
        }
        Ok(Folded { fold, quarantine, reach })
    }

    /// What the cells of one thread may take.
    pub(super) fn allowance(&self, partitions: usize) -> Allowance {
        Allowance::new(self.room_for_cells, self.threads, partitions)
    }

    /// How far the instants of the rows taken in so far reach: the end proposes an instant to [see them at](Self::seen_at).
    /// None where no row holds any.
    ///
    /// # Errors
    /// Those of [`Columnar::finish`].
    pub fn reach(&mut self) -> Result<Option<Reach>, ArrowInputError> {
        self.read_held()?;
        let sinks = self.packers.iter().map(|packer| &packer.sink).chain(&self.read);
        let mut days = Days::default();
        sinks.for_each(|sink| days.merge(&sink.days));
        Ok(days.reach())
    }

    /// Hands over what was packed, and reads what was held.
    pub(super) fn unload(&mut self) -> Result<Unloaded, ArrowInputError> {
        if self.packers.is_empty() {
            self.make_packers(1);
        }
        let reach = self.reach()?;
        self.held.clear(); // it has been read
        let mut held = self.read.take();
        let moves = held.as_mut().map(|sink| std::mem::take(&mut sink.moves)).unwrap_or_default();
        let (shards, sinks): (Vec<Shard>, Vec<_>) =
            self.packers.drain(..).map(|packer| (packer.shard, packer.sink)).unzip();
        let mut rest = Records::supplying(self.rows.keys().map(|table| table.record_kind()));
        let mut quarantine = Vec::new();
        for mut reading in sinks.into_iter().chain(held).map(Sink::finish) {
            quarantine.append(&mut reading.quarantine);
            rest.append(reading.records);
        }
        quarantine.sort_by_key(|row| (row.kind, row.file.clone(), row.line));
        Ok(Unloaded { shards, moves, rest, quarantine, reach })
    }

    /// Reads the batches held; the moves of promises stay apart, since their waybills are packed.
    fn read_held(&mut self) -> Result<(), ArrowInputError> {
        if self.read.is_some() {
            return Ok(());
        }
        let shards: Vec<&Shard> = self.packers.iter().map(|packer| &packer.shard).collect();
        let intake = BatchIntake::new().with_zone(self.context.zone).with_strictness(self.strictness);
        let intake = match self.progress.as_ref().map(Teller::of_a_thread) {
            Some(tell) => intake.with_progress(tell),
            None => intake,
        };
        let mut run = Run::new(intake, self.held.keys().copied());
        refer(&mut run, &self.held, &shards)?;
        for (&table, batches) in &self.held {
            run.start(table);
            batches.iter().try_for_each(|batch| run.take(batch))?;
        }
        self.read = Some(run.into_sink());
        Ok(())
    }

    /// The orders of all customers, where a KPI looks back at them.
    pub(super) fn history(&self, job: &Job<'_>, partitions: usize) -> Result<History, ArrowInputError> {
        let next = AtomicUsize::new(0);
        let work = || -> Result<Vec<OrderRows>, ArrowInputError> {
            let (mut orders, mut waybills) = (Vec::new(), Vec::new());
            loop {
                let partition = next.fetch_add(1, Ordering::Relaxed);
                if partition >= partitions {
                    return Ok(orders);
                }
                orders.push(job.orders(partition, &mut waybills)?);
            }
        };
        let mut orders = Vec::with_capacity(partitions);
        for part in in_threads((0..self.threads).map(|_| work)) {
            orders.append(&mut part?);
        }
        Ok(History::of_orders(orders))
    }
}

/// What was taken in, ready to be folded.
#[derive(Debug)]
pub(super) struct Unloaded {
    pub(super) shards: Vec<Shard>,
    pub(super) moves: Moves,
    /// What is neither waybill nor event, and the account of all rows set aside.
    pub(super) rest: Records,
    pub(super) quarantine: Vec<SetAside>,
    pub(super) reach: Option<Reach>,
}

/// Where what hangs on a waybill goes; what hangs on none goes to the first.
pub(super) fn partition_of_waybill(partitions: usize) -> impl Fn(Option<&WaybillKey>) -> usize {
    move |waybill| waybill.map_or(0, |key| partition_of(Name::of(key.number.as_str()).hash(), partitions))
}

/// Whether the rows of a table are packed as they come.
pub(super) fn is_packed(table: Table) -> bool {
    matches!(table, Table::Waybills | Table::Events)
}
