//! The engine: batches in any order in, a fold out.

use std::panic::resume_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::cube::{Fold, Plan};
use crate::fact::{Casebook, Context, History, Known};
use crate::kpi::Gauge;
use crate::record::{NodeKind, RecordError, Records};

use super::needs::Needs;
use super::partition::{Job, key_of};
use super::shard::{Shard, partition_of};

/// As many waybills as one partition should have lie in a second-level cache; so many partitions did best.
const PARTITIONS: usize = 1024;

/// Columns in any order in, a [`Fold`] out: the same, byte for byte, as the row path makes of the same rows.
#[derive(Debug)]
pub struct Columnar<'p> {
    plan: &'p Plan,
    context: &'p Context,
    threads: usize,
    shards: Vec<Shard>,
    rest: Records, // all but waybills and scans
}

impl<'p> Columnar<'p> {
    /// Nothing taken in yet.
    #[must_use]
    pub fn new(plan: &'p Plan, context: &'p Context) -> Self {
        Self { plan, context, threads: 1, shards: Vec::new(), rest: Records::default() }
    }

    /// Folds with so many threads, at least one.
    #[must_use]
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }

    fn new_shard(&self) -> Shard {
        // The pieces of a consignment, whatever their numbers, are folded together.
        let together = self.plan.gauges().iter().any(Gauge::counts_consignments);
        Shard::new(if together { 1 } else { PARTITIONS }, Needs::of(self.plan))
    }

    /// Takes in records.
    ///
    /// # Errors
    /// [`RecordError`] never for records that were made.
    pub fn take(&mut self, mut records: Records) -> Result<(), RecordError> {
        if self.shards.is_empty() {
            self.shards.push(self.new_shard());
        }
        let supplied = records.kinds();
        if let Some(shard) = self.shards.last_mut() {
            shard.take_records(&records.waybills, &records.events)?;
        }
        records.waybills.clear();
        records.events.clear();
        self.rest.append(records);
        self.rest.supplied = self.rest.supplied.union(supplied);
        Ok(())
    }

    /// Folds what was taken in.
    ///
    /// # Errors
    /// [`RecordError`] where packed words are none that a record was packed into.
    pub fn finish(self) -> Result<Fold, RecordError> {
        let partitions = self.shards.first().map_or(1, |shard| shard.shares.len());
        let mut known = Known::at(self.context, None);
        let casebook = Casebook::settle(&self.rest, &mut known);
        let books = casebook
            .split(partitions, |waybill| waybill.map_or(0, |waybill| partition_of(key_of(waybill).hash(), partitions)));
        // What the cases say of changes to come goes with the first.
        let changes = std::iter::once(known).chain(std::iter::repeat_with(|| Known::at(self.context, None)));
        let parts: Vec<Mutex<Option<(Casebook, Known)>>> =
            books.into_iter().zip(changes).map(|part| Mutex::new(Some(part))).collect();
        let history = if self.plan.looks_back() { Some(self.history()?) } else { None };
        let wanted = self.plan.observes();
        let job = Job {
            shards: &self.shards,
            plan: self.plan,
            wanted: &wanted,
            context: self.context,
            history: history.as_ref(),
        };
        let next = AtomicUsize::new(0);
        let work = || {
            let mut fold = Fold::empty(self.plan, self.plan.window());
            let mut waybills = Vec::new();
            loop {
                let partition = next.fetch_add(1, Ordering::Relaxed);
                let Some(part) = parts.get(partition) else { return Ok(fold) };
                let part = part.lock().ok().and_then(|mut part| part.take());
                if let Some((casebook, known)) = part {
                    job.fold(partition, casebook, known, &mut waybills, &mut fold)?;
                }
            }
        };
        let folds: Vec<Result<Fold, RecordError>> = thread::scope(|scope| {
            let others: Vec<_> = (1..self.threads).map(|_| scope.spawn(work)).collect();
            let own = work();
            let joined = others.into_iter().map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
            std::iter::once(own).chain(joined).collect()
        });
        let mut folds = folds.into_iter();
        let mut whole = folds.next().unwrap_or_else(|| Ok(Fold::empty(self.plan, self.plan.window())))?;
        for fold in folds {
            // Folds of one plan are alike.
            let _ = whole.merge(&fold?);
        }
        Ok(whole)
    }

    /// The orders of all customers, where a KPI looks back at them.
    fn history(&self) -> Result<History, RecordError> {
        let mut records = Records::default();
        let partitions = self.shards.first().map_or(0, |shard| shard.shares.len());
        for partition in 0..partitions {
            for shard in &self.shards {
                shard.waybills(partition, &mut records.waybills)?;
                let ordered = shard.events(partition).filter(|event| event.kind() == NodeKind::Ordered);
                for event in ordered {
                    records.events.push(event.record()?);
                }
            }
        }
        Ok(History::of(&records))
    }
}
