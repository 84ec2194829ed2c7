//! Which cell each period of one group has: a list where periods stand close, a map where they do not.

use std::collections::BTreeMap;

const NO_SLOT: u32 = u32::MAX;

/// A run of periods may be this long whatever stands in it: five years of months.
const SHORT_RUN: usize = 64;
/// A longer one holds at least one period in so many.
const THINNEST_RUN: usize = 8;

/// Where the cells of one group stand.
#[derive(Debug, Clone, Default)]
pub(super) struct GroupSlots {
    first: i32,
    slots: Vec<u32>,         // slots[n] is the cell of period first + n, or NO_SLOT
    far: BTreeMap<i32, u32>, // periods that would make the list too thin, such as the day 9999-12-31
    used: usize,             // periods in either
    pub(super) undated: Option<u32>,
}

impl GroupSlots {
    /// Bytes of memory they take, about.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.slots.capacity() * size_of::<u32>() + self.far.len() * 2 * size_of::<(i32, u32)>()
    }

    /// The slot of a period, `fresh` if it has none yet.
    #[inline]
    pub(super) fn of(&mut self, number: i32, fresh: u32) -> u32 {
        match self.slots.get(number.wrapping_sub(self.first) as usize) {
            Some(&slot) if slot != NO_SLOT => slot,
            _ => self.of_new(number, fresh),
        }
    }

    fn of_new(&mut self, number: i32, fresh: u32) -> u32 {
        let place = i64::from(number) - i64::from(self.first);
        let held = usize::try_from(place).ok().and_then(|place| self.slots.get(place)).copied();
        if let Some(&slot) = self.far.get(&number) {
            return slot;
        }
        self.used += 1;
        match held {
            Some(_) => self.slots[place as usize] = fresh,
            None if self.reaches(number) => self.extend_to(number, fresh),
            None => {
                self.far.insert(number, fresh);
            }
        }
        fresh
    }

    /// Whether the list may grow up to a period.
    fn reaches(&self, number: i32) -> bool {
        let first = i64::from(if self.slots.is_empty() { number } else { self.first });
        let (low, high) = (first.min(number.into()), (first + self.slots.len() as i64 - 1).max(number.into()));
        (high - low) < (SHORT_RUN + THINNEST_RUN * self.used) as i64
    }

    /// Grows the list up to a period, and takes in those that it now reaches.
    fn extend_to(&mut self, number: i32, fresh: u32) {
        if self.slots.is_empty() {
            self.first = number;
        }
        if number < self.first {
            let missing = self.first.abs_diff(number) as usize;
            self.slots.splice(0..0, std::iter::repeat_n(NO_SLOT, missing));
            self.first = number;
        }
        let place = self.first.abs_diff(number) as usize;
        if place >= self.slots.len() {
            self.slots.resize(place + 1, NO_SLOT);
        }
        self.slots[place] = fresh;
        let end = self.first.saturating_add(self.slots.len() as i32);
        let near: Vec<i32> = self.far.range(self.first..end).map(|(&number, _)| number).collect();
        for number in near {
            if let Some(slot) = self.far.remove(&number) {
                self.slots[self.first.abs_diff(number) as usize] = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Periods in an order that makes a list long and thin, then thick, at both ends.
    #[test]
    fn every_period_keeps_its_slot() {
        let (mut slots, mut expected) = (GroupSlots::default(), BTreeMap::new());
        let mut number = 1_i32;
        for step in 0..20_000_u32 {
            number = number.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            let spread = [50, 700, 40_000, 1 << 30][step as usize % 4];
            let period = (number % spread) - spread / 2 * i32::from(step % 3 == 0);
            let fresh = expected.len() as u32;
            let slot = slots.of(period, fresh);
            assert_eq!(slot, *expected.entry(period).or_insert(fresh));
        }
        assert!(expected.len() > 5_000 && slots.far.len() > 1_000);
        assert!(slots.slots.len() <= SHORT_RUN + THINNEST_RUN * expected.len());
    }
}
