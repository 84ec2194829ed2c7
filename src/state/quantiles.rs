//! Quantiles of whole numbers: the exact multiset while it is small, log-linear buckets above.

use std::collections::BTreeMap;

use super::UnlikeStates;
use super::wire::{Reader, WireError, Writer};

/// The default of `exact_up_to`.
pub const EXACT_UP_TO: u32 = 1_024;

/// Buckets a power of two: numbers from 128 to 255 and below have a bucket each.
const BUCKETS_BITS: u32 = 7;

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantiles {
    exact_up_to: u32,
    exact: bool,
    counts: BTreeMap<i64, u64>, // by number if exact, else by bucket; count > 0
}

impl Quantiles {
    /// Nothing observed.
    #[must_use]
    pub fn new(exact_up_to: u32) -> Self {
        Self { exact_up_to, exact: true, counts: BTreeMap::new() }
    }

    /// Distinct numbers up to which it is exact.
    #[must_use]
    pub fn exact_up_to(&self) -> u32 {
        self.exact_up_to
    }

    /// Whether it still is.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// Takes in a number.
    pub fn observe(&mut self, value: i64) {
        let key = if self.exact { value } else { bucket(value) };
        *self.counts.entry(key).or_default() += 1;
        self.settle();
    }

    /// Takes in another multiset.
    ///
    /// # Errors
    /// [`UnlikeStates`] where `exact_up_to` differs.
    pub fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        if self.exact_up_to != other.exact_up_to {
            return Err(UnlikeStates::new("exact_up_to", self.exact_up_to, other.exact_up_to));
        }
        if self.exact && !other.exact {
            self.coarsen();
        }
        for (&key, &count) in &other.counts {
            let key = if other.exact && !self.exact { bucket(key) } else { key };
            *self.counts.entry(key).or_default() += count;
        }
        self.settle();
        Ok(())
    }

    fn settle(&mut self) {
        if self.exact && self.counts.len() > self.exact_up_to as usize {
            self.coarsen();
        }
    }

    fn coarsen(&mut self) {
        let mut buckets = BTreeMap::new();
        for (&value, &count) in &self.counts {
            *buckets.entry(bucket(value)).or_default() += count;
        }
        self.counts = buckets;
        self.exact = false;
    }

    /// How many numbers.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.values().sum()
    }

    /// The quantile at `thousandths` of the way, in thousandths of a unit; none without numbers.
    ///
    /// `extremes` are the exact least and greatest number. // 0 <= thousandths <= 1000
    #[must_use]
    pub fn quantile(&self, thousandths: u32, extremes: (i64, i64)) -> Option<i128> {
        let last = self.count().checked_sub(1)?;
        let position = u128::from(last) * u128::from(thousandths.min(1000));
        let (rank, part) = ((position / 1000) as u64, (position % 1000) as i128);
        let below = self.at_rank(rank, extremes)?;
        let above = self.at_rank((rank + 1).min(last), extremes)?;
        Some(i128::from(below) * (1000 - part) + i128::from(above) * part)
    }

    fn at_rank(&self, rank: u64, (min, max): (i64, i64)) -> Option<i64> {
        let mut below = 0;
        let (&key, _) = self.counts.iter().find(|&(_, &count)| {
            below += count;
            rank < below
        })?;
        Some(if self.exact { key } else { midpoint(key).clamp(min, max) })
    }

    /// Writes it.
    pub fn encode(&self, out: &mut Writer) {
        out.unsigned(self.exact_up_to);
        out.unsigned(u8::from(self.exact));
        out.length(self.counts.len());
        let mut before = 0_i128;
        for (&key, &count) in &self.counts {
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
        let mut counts = BTreeMap::new();
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
            counts.insert(key, count);
            before = Some(key);
            total = total.checked_add(count).ok_or_else(|| input.malformed("more numbers than can be counted"))?;
        }
        if exact && counts.len() > exact_up_to as usize {
            return Err(input.malformed("more distinct numbers than an exact state holds"));
        }
        if !exact && total <= exact_up_to.into() {
            return Err(input.malformed("buckets where the numbers themselves are held"));
        }
        Ok(Self { exact_up_to, exact, counts })
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
