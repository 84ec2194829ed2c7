//! Work by several threads, and what it tells of its progress.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::intake::sink::Progress;

/// Tells how many rows all threads have read.
#[derive(Clone)]
pub(super) struct Teller<'p> {
    rows: Arc<AtomicU64>,
    tell: Arc<dyn Fn(u64) + Send + Sync + 'p>,
}

impl<'p> Teller<'p> {
    pub(super) fn new(tell: impl Fn(u64) + Send + Sync + 'p) -> Self {
        Self { rows: Arc::default(), tell: Arc::new(tell) }
    }

    /// What takes the rows that one thread has read so far, and tells those of all.
    pub(super) fn of_a_thread(&self) -> Progress<'p> {
        let (teller, mut told) = (self.clone(), 0);
        Box::new(move |rows| {
            let new = rows - told;
            told = rows;
            (teller.tell)(teller.rows.fetch_add(new, Ordering::Relaxed) + new);
        })
    }
}

/// Runs a piece of work in each of several threads, the first in this one; their results in order.
pub(super) fn in_threads<R: Send>(work: impl IntoIterator<Item = impl FnOnce() -> R + Send>) -> Vec<R> {
    let mut work = work.into_iter();
    let Some(own) = work.next() else { return Vec::new() };
    thread::scope(|scope| {
        let others: Vec<_> = work.map(|other| scope.spawn(other)).collect();
        let own = own();
        let joined = others.into_iter().map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        std::iter::once(own).chain(joined).collect()
    })
}
