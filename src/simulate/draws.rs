//! Random draws by integers alone. Every shipment has its own streams, one a topic, so that a setting which touches
//! complaints leaves scans as they were. So has every row of a day's roster, shifts, counts and costs.
//!
//! What this module does not do: it draws no floats, and it is no source of secrets.

use rand_core::RngCore;
use rand_pcg::Pcg32;

pub(super) const MILLION: u32 = 1_000_000;
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finalizer of SplitMix64: neighbouring numbers end far apart. A bijection, so no two
/// shipments of one seed share a stream.
pub(super) fn mix(number: u64) -> u64 {
    let z = number.wrapping_add(GOLDEN);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// `0..below`, from the upper half of a hash. The bias is below `below` / 2³².
pub(super) fn scale(hash: u64, below: u32) -> u32 {
    (((hash >> 32) * u64::from(below)) >> 32) as u32
}

/// What a stream is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Topic {
    Day = 1,
    Order,
    Trip,
    Scans,
    Cases,
    Claims,
    Ratings,
    Customer,
    Skill,
    Roster,
    Shifts,
    Stock,
    Costs,
    Pace,
}

/// One number for (seed, index, topic).
pub(super) fn hash(seed: u64, index: u64, topic: Topic) -> u64 {
    mix(mix(seed ^ GOLDEN.wrapping_mul(topic as u64)).wrapping_add(mix(index)))
}

/// A stream of draws.
#[derive(Debug)]
pub(super) struct Draws(Pcg32);

impl Draws {
    pub(super) fn new(seed: u64, index: u64, topic: Topic) -> Self {
        let state = hash(seed, index, topic);
        // Streams of one state that differ in a few bits of the increment are alike for long: so it is mixed as well.
        Self(Pcg32::new(state, mix(state)))
    }

    /// `0..limit`; 0 where the limit is 0.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(limit)) >> 32) as u32
    }

    /// `least..=most`; the ends lie less than 2³² apart.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        least + i64::from(self.below((most - least + 1) as u32))
    }

    /// True in `parts` of a million draws.
    pub(super) fn chance(&mut self, parts: u32) -> bool {
        self.below(MILLION) < parts
    }

    /// `0..limit`, the small ones far more often: the square of a uniform number.
    pub(super) fn skewed(&mut self, limit: u32) -> u32 {
        let uniform = u64::from(self.0.next_u32());
        scale(uniform * uniform, limit)
    }

    /// How many draws in a row hit, at most `limit`.
    pub(super) fn run(&mut self, parts: u32, limit: i64) -> i64 {
        let mut length = 0;
        while length < limit && self.chance(parts) {
            length += 1;
        }
        length
    }

    /// An index of `weights`, each as often as it weighs.
    pub(super) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, &weight) in weights.iter().enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        0
    }
}
