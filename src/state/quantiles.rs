//! Quantiles of whole numbers: the exact multiset while it is small, log-linear buckets above.

use std::borrow::Cow;

use super::UnlikeStates;
use super::wire::{Reader, WireError, Writer};

/// The default of `exact_up_to`.
pub const EXACT_UP_TO: u32 = 1_024;

/// Buckets a power of two: numbers from 128 to 255 and below have a bucket each.
const BUCKETS_BITS: u32 = 7;

/// Numbers that are taken in at least before they are sorted in.
const LEAST_PENDING: usize = 32;

/// A multiset of whole numbers that answers quantiles.
///
/// Up to `exact_up_to` distinct numbers it is exact. Above, numbers are counted in buckets, 128 a power of two, found by
/// integer arithmetic, negative numbers mirrored: half a bucket is less than 0.4 % of the number. Which form it has
/// depends on the multiset alone, so it stays a commutative monoid: whatever the order of merging, the same bytes.
///
/// A quantile stands at position (n − 1)·p, linear between neighbours; a bucket stands for its midpoint, held within the
/// exact extremes, which the caller keeps.
///
/// Weakness: numbers of unlike size share one relative error; a second in a month is not told apart.
#[derive(Debug, Clone)]
pub struct Quantiles {
    exact_up_to: u32,
    settled: Counts,
    pending: Vec<i64>, // observed, and not yet counted: as long as the list it will be sorted into, so that each costs little
}

/// The multiset in its one form.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Counts {
    exact: bool,
    list: Vec<(i64, u64)>, // ascending by number if exact, else by bucket, none twice; count > 0
}

impl Quantiles {
    /// Bytes of memory it takes besides its own size.
    pub(super) fn heap_bytes(&self) -> usize {
        self.pending.capacity() * size_of::<i64>() + self.settled.list.capacity() * size_of::<(i64, u64)>()
    }
}

impl Counts {
    fn total(&self) -> u64 {
        self.list.iter().map(|&(_, count)| count).sum()
    }

    /// Adds numbers, or where it is coarse their buckets, and coarsens if there are too many distinct ones.
    fn add(&mut self, others: impl Iterator<Item = (i64, u64)>, exact_up_to: u32) {
        let key = |value: i64| if self.exact { value } else { bucket(value) };
        self.list.extend(others.map(|(value, count)| (key(value), count)));
        self.combine();
        if self.exact && self.list.len() > exact_up_to as usize {
            self.coarsen();
        }
    }

    /// [`Counts::add`] for single numbers, which are used up. Nothing is allocated but for what the list grows by.
    fn take(&mut self, numbers: &mut Vec<i64>, exact_up_to: u32) {
        if !self.exact {
            numbers.iter_mut().for_each(|number| *number = bucket(*number));
        }
        numbers.sort_unstable();
        // What stands there already is counted; what does not is brought forward.
        let (mut place, mut fresh, mut distinct) = (0, 0, 0);
        for nth in 0..numbers.len() {
            let number = numbers[nth];
            while self.list.get(place).is_some_and(|&(key, _)| key < number) {
                place += 1;
            }
            match self.list.get_mut(place) {
                Some((key, count)) if *key == number => *count += 1,
                _ => {
                    distinct += usize::from(fresh == 0 || numbers[fresh - 1] != number);
                    numbers[fresh] = number;
                    fresh += 1;
                }
            }
        }
        // Merged from the end, where there is room.
        let mut read = self.list.len();
        let mut write = read + distinct;
        self.list.resize(write, (0, 0));
        let mut left = fresh;
        while left > 0 {
            write -= 1;
            let number = numbers[left - 1];
            if read > 0 && self.list[read - 1].0 > number {
                read -= 1;
                self.list[write] = self.list[read];
            } else {
                let before = numbers[..left].partition_point(|&other| other < number);
                self.list[write] = (number, (left - before) as u64);
                left = before;
            }
        }
        numbers.clear();
        if self.exact && self.list.len() > exact_up_to as usize {
            self.coarsen();
        }
    }

    fn combine(&mut self) {
        // Two ascending runs: a merge sort finds them.
        self.list.sort_by_key(|&(key, _)| key);
        self.list.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 += later.1;
            }
            same
        });
    }

    fn at_rank(&self, rank: u64, (min, max): (i64, i64)) -> Option<i64> {
        let mut below = 0;
        let &(key, _) = self.list.iter().find(|&&(_, count)| {
            below += count;
            rank < below
        })?;
        Some(if self.exact { key } else { midpoint(key).clamp(min, max) })
    }

    fn coarsen(&mut self) {
        self.list.iter_mut().for_each(|(key, _)| *key = bucket(*key));
        self.exact = false;
        self.combine();
    }
}

impl PartialEq for Quantiles {
    fn eq(&self, other: &Self) -> bool {
        self.exact_up_to == other.exact_up_to && self.counts() == other.counts()
    }
}

impl Eq for Quantiles {}

impl Quantiles {
    /// Nothing observed.
    #[must_use]
    pub fn new(exact_up_to: u32) -> Self {
        Self { exact_up_to, settled: Counts { exact: true, list: Vec::new() }, pending: Vec::new() }
    }

    /// Distinct numbers up to which it is exact.
    #[must_use]
    pub fn exact_up_to(&self) -> u32 {
        self.exact_up_to
    }

    /// Whether it still is.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.counts().exact
    }

    /// Takes in a number.
    pub fn observe(&mut self, value: i64) {
        self.pending.push(value);
        if self.pending.len() >= self.settled.list.len().max(LEAST_PENDING) {
            self.settle();
        }
    }

    /// Takes in another multiset.
    ///
    /// # Errors
    /// [`UnlikeStates`] where `exact_up_to` differs.
    pub fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        if self.exact_up_to != other.exact_up_to {
            return Err(UnlikeStates::new("exact_up_to", self.exact_up_to, other.exact_up_to));
        }
        let theirs = other.counts();
        if theirs.exact && theirs.total() <= self.settled.list.len() as u64 {
            // Few beside ours: sorted in by the lot, as numbers are that are observed one by one.
            let numbers = theirs.list.iter().flat_map(|&(value, count)| (0..count).map(move |_| value));
            numbers.for_each(|value| self.observe(value));
            return Ok(());
        }
        self.settle();
        if theirs.exact {
            self.settled.add(theirs.list.iter().copied(), self.exact_up_to);
        } else {
            if self.settled.exact {
                self.settled.coarsen();
            }
            self.settled.list.extend(&theirs.list);
            self.settled.combine();
        }
        Ok(())
    }

    /// Counts what was observed and not yet counted.
    pub(super) fn settle(&mut self) {
        self.settled.take(&mut self.pending, self.exact_up_to);
    }

    /// All numbers, in their one form.
    fn counts(&self) -> Cow<'_, Counts> {
        if self.pending.is_empty() {
            return Cow::Borrowed(&self.settled);
        }
        let mut counts = self.settled.clone();
        counts.take(&mut self.pending.clone(), self.exact_up_to);
        Cow::Owned(counts)
    }

    /// How many numbers.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.settled.total() + self.pending.len() as u64
    }

    /// The quantile at `thousandths` of the way, in thousandths of a unit; none without numbers.
    ///
    /// `extremes` are the exact least and greatest number. // 0 <= thousandths <= 1000
    #[must_use]
    pub fn quantile(&self, thousandths: u32, extremes: (i64, i64)) -> Option<i128> {
        let counts = self.counts();
        let last = counts.total().checked_sub(1)?;
        let position = u128::from(last) * u128::from(thousandths.min(1000));
        let (rank, part) = ((position / 1000) as u64, (position % 1000) as i128);
        let below = counts.at_rank(rank, extremes)?;
        let above = counts.at_rank((rank + 1).min(last), extremes)?;
        Some(i128::from(below) * (1000 - part) + i128::from(above) * part)
    }

    /// Writes it.
    pub fn encode(&self, out: &mut Writer) {
        let counts = self.counts();
        out.unsigned(self.exact_up_to);
        out.unsigned(u8::from(counts.exact));
        out.length(counts.list.len());
        let mut before = 0_i128;
        for &(key, count) in &counts.list {
            out.signed(i128::from(key) - before);
            out.unsigned(count);
            before = i128::from(key);
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        let exact_up_to =
            u32::try_from(input.unsigned()?).map_err(|_| input.malformed("`exact_up_to` beyond 32 bits"))?;
        let exact = match input.unsigned()? {
            0 => false,
            1 => true,
            _ => return Err(input.malformed("neither exact nor in buckets")),
        };
        let mut list = Vec::new();
        let mut total = 0_u64;
        let mut before: Option<i64> = None;
        for _ in 0..input.length()? {
            let step = input.signed_128()?;
            let key = step.checked_add(before.unwrap_or(0).into()).and_then(|key| i64::try_from(key).ok());
            let key = key.ok_or_else(|| input.malformed("a number beyond 64 bits"))?;
            let count = input.count()?;
            if count == 0 || before.is_some_and(|before| before >= key) {
                return Err(input.malformed("counts out of order or empty"));
            }
            list.push((key, count));
            before = Some(key);
            total = total.checked_add(count).ok_or_else(|| input.malformed("more numbers than can be counted"))?;
        }
        if exact && list.len() > exact_up_to as usize {
            return Err(input.malformed("more distinct numbers than an exact state holds"));
        }
        if !exact && total <= exact_up_to.into() {
            return Err(input.malformed("buckets where the numbers themselves are held"));
        }
        Ok(Self { exact_up_to, settled: Counts { exact, list }, pending: Vec::new() })
    }
}

/// The bucket of a number: 0 for 0, positive for positive, mirrored for negative.
fn bucket(value: i64) -> i64 {
    let magnitude = value.unsigned_abs();
    let shift = (64 - magnitude.leading_zeros()).saturating_sub(BUCKETS_BITS + 1);
    let index = (i64::from(shift) << BUCKETS_BITS) + (magnitude >> shift) as i64;
    if value < 0 { -index } else { index }
}

/// The number in the middle of a bucket.
fn midpoint(index: i64) -> i64 {
    let place = index.unsigned_abs();
    let shift = (place >> BUCKETS_BITS).saturating_sub(1).min(63);
    let magnitude = (u128::from(place - (shift << BUCKETS_BITS)) << shift) + ((1_u128 << shift) >> 1);
    let magnitude = i64::try_from(magnitude).unwrap_or(i64::MAX);
    if index < 0 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers in an order that tries every way of sorting them in: known and new, repeated, before, between and behind.
    #[test]
    fn numbers_taken_one_by_one_are_those_merged() {
        let mut number = 1_i64;
        for spread in [3, 40, 700, 1 << 40] {
            let (mut taken, mut merged) = (Quantiles::new(300), Quantiles::new(300));
            for nth in 0..2_000_u64 {
                number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let value = (number >> 20) % spread;
                taken.observe(value);
                let mut one = Quantiles::new(300);
                one.observe(value);
                merged.merge(&one).unwrap_or_else(|error| unreachable!("{error}"));
                if nth % 97 == 0 {
                    assert_eq!(taken, merged, "{spread}, {nth}");
                }
            }
            assert_eq!((taken.count(), taken.is_exact()), (2_000, spread < 300));
        }
    }

    #[test]
    fn buckets_ascend_without_gap_and_keep_their_error() {
        let mut before = bucket(0);
        for value in (1..100_000_i64).chain((1..40).map(|n| 100_000 + n * 7_919_777)) {
            let index = bucket(value);
            assert!(index >= before, "{value}");
            assert!(value > 100_000 || index - before <= 1, "{value}");
            before = index;
            let error = (midpoint(index) - value).unsigned_abs();
            assert!(error * 256 <= value.unsigned_abs(), "{value} reads as {}", midpoint(index));
            assert_eq!(bucket(-value), -index);
            assert_eq!(midpoint(-index), -midpoint(index));
        }
        for value in [i64::MAX, i64::MIN, i64::MIN + 1] {
            assert_eq!(midpoint(bucket(value)).signum(), value.signum());
        }
    }
}
