//! What is known at one instant, and when more will be.

use chrono::NaiveDate;

use crate::record::{Instant, Zone};

use super::Context;
use super::settle::Homed;

/// What is known at `as_of`, and when more will be.
#[derive(Debug)]
pub(crate) struct Known {
    pub(super) zone: Zone,
    pub(super) partition: Option<NaiveDate>,
    pub(super) as_of: Instant,
    pub(super) next_change_at: Option<Instant>,
}

impl Known {
    /// Nothing looked at yet; of one source partition, or of all.
    pub(crate) fn at(context: &Context, partition: Option<NaiveDate>) -> Self {
        Self { as_of: context.as_of, next_change_at: None, zone: context.zone, partition }
    }

    /// Whether something known from `at` on is known; if not, the instant is noted.
    pub(super) fn admits(&mut self, at: Instant) -> bool {
        if at <= self.as_of {
            return true;
        }
        self.will_change(at);
        false
    }

    /// Whether a row names the partition in work.
    pub(super) fn is_here<R: Homed>(&self, row: &R) -> bool {
        self.partition.is_none_or(|partition| row.home().day(self.zone) == partition)
    }

    pub(super) fn will_change(&mut self, at: Instant) {
        self.next_change_at = Some(self.next_change_at.map_or(at, |next| next.min(at)));
    }
}
