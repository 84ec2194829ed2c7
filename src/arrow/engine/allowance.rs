//! Memory for the cells of a plan: what they are held against, and what they would come to.

use crate::arrow::ArrowInputError;
use crate::cube::Fold;

/// How much memory the cells of one thread may take.
///
/// A plan is not refused for what it might need: groups are known only when they are met. It is refused as soon as the cells
/// there are take more than there is room for, with an estimate of what all of them would take. Cells are weighed after 1, 2,
/// 4, 8 … partitions, since weighing looks at every one.
#[derive(Debug, Clone)]
pub(super) struct Allowance {
    room: Option<usize>, // bytes, of all threads together; none for as much as there is
    threads: usize,
    all: usize, // partitions
    done: usize,
    before: usize, // bytes, when cells were weighed last
}

impl Allowance {
    /// For one of so many threads, which fold so many partitions together.
    pub(super) fn new(room: Option<usize>, threads: usize, all: usize) -> Self {
        Self { room, threads: threads.max(1), all, done: 0, before: 0 }
    }

    /// Weighs the cells of some folds after one more partition, if it is time.
    ///
    /// # Errors
    /// [`ArrowInputError::PlanTooLarge`].
    pub(super) fn check<'f>(&mut self, folds: impl Iterator<Item = &'f Fold> + Clone) -> Result<(), ArrowInputError> {
        let Some(room) = self.room else { return Ok(()) };
        self.done += 1;
        if !self.done.is_power_of_two() {
            return Ok(());
        }
        let bytes = folds.clone().map(Fold::bytes).sum::<usize>();
        if bytes.saturating_mul(self.threads) > room {
            let (done, all) = (self.done * self.threads, self.all);
            return Err(ArrowInputError::PlanTooLarge {
                estimate: self.estimate(bytes),
                room,
                cells: folds.map(Fold::cells).sum(),
                done: done.min(all),
                all,
            });
        }
        self.before = bytes;
        Ok(())
    }

    /// What the cells of all threads would take after the last partition, if every doubling of the partitions made them grow
    /// as the last one did.
    fn estimate(&self, bytes: usize) -> usize {
        let own = self.all.div_ceil(self.threads);
        let doublings = (own as f64 / self.done as f64).log2().max(0.0);
        let growth = if self.before > 0 { (bytes as f64 / self.before as f64).clamp(1.0, 2.0) } else { 2.0 };
        (bytes as f64 * growth.powf(doublings)) as usize * self.threads
    }
}
