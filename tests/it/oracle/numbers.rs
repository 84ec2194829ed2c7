//! Quantiles, intervals and points, written anew from their definitions.

use std::collections::BTreeMap;

/// The normal quantile of 0.975.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's interval: the roots p of |hit/n − p| = z √(p (1 − p) / n).
pub fn wilson(hit: u64, miss: u64) -> Option<(f64, f64)> {
    let n = (hit + miss) as f64;
    if n == 0.0 {
        return None;
    }
    let share = hit as f64 / n;
    let centre = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some((centre - half, centre + half))
}

/// The normal interval of a net score in points, held within the scale: one answer counts 1, 0 or −1.
pub fn net_score(promoters: u64, passives: u64, detractors: u64) -> Option<(f64, f64)> {
    let n = (promoters + passives + detractors) as f64;
    if n == 0.0 {
        return None;
    }
    let mean = (promoters as f64 - detractors as f64) / n;
    let counts = [(1.0, promoters), (0.0, passives), (-1.0, detractors)];
    let variance = counts.iter().map(|&(score, count)| count as f64 * (score - mean) * (score - mean)).sum::<f64>() / n;
    let half = Z * (variance / n).sqrt();
    Some((100.0 * (mean - half).max(-1.0), 100.0 * (mean + half).min(1.0)))
}

/// Answers on scales of several widths over the width times their number, brought to the least width all divide.
pub fn points(stands: &BTreeMap<u64, Vec<u64>>) -> (i128, i128) {
    let is_common = |common: &u64| stands.keys().all(|width| common.is_multiple_of(*width));
    let widest = stands.keys().max().copied().unwrap_or(1);
    let common = (1..).map(|times| times * widest).find(is_common).expect("their product at the latest");
    let sum = |(width, above): (&u64, &Vec<u64>)| i128::from(common / width * above.iter().sum::<u64>());
    let count: usize = stands.values().map(Vec::len).sum();
    (stands.iter().map(sum).sum(), i128::from(common) * count as i128)
}

/// The probability of at most `count` events where `mean` are expected, summed term by term.
fn poisson_at_most(count: u64, mean: f64) -> f64 {
    let mut term = (-mean).exp();
    let mut sum = term;
    for k in 1..=count {
        term *= mean / k as f64;
        sum += term;
    }
    sum
}

/// The mean at which a falling probability passes a level, by halving.
fn mean_at(level: f64, probability: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 700.0);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if probability(middle) > level {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// The exact interval of a count of events over an exposure, each tail 2.5 %: for counts of at most 300.
pub fn poisson(events: u64, exposure: u64) -> Option<(f64, f64)> {
    if exposure == 0 {
        return None;
    }
    assert!(events <= 300, "the tail sum is for small counts");
    // At the lower end so many or more have 2.5 %, at the upper end so many or fewer.
    let low = if events == 0 { 0.0 } else { mean_at(0.975, |mean| poisson_at_most(events - 1, mean)) };
    let high = mean_at(0.025, |mean| poisson_at_most(events, mean));
    Some((low / exposure as f64, high / exposure as f64))
}

/// The neighbours of a quantile in an ascending list, with the thousandths of the way from one to the other.
pub struct Between {
    /// The lower neighbour.
    pub low: i64,
    /// The upper neighbour.
    pub high: i64,
    thousandths: i128,
}

impl Between {
    /// The point between them, in hours.
    pub fn hours(&self) -> f64 {
        let sum = i128::from(self.low) * (1_000 - self.thousandths) + i128::from(self.high) * self.thousandths;
        sum as f64 / 3_600_000_000.0
    }
}

/// The quantile at position (n − 1)·p, p in thousandths.
pub fn quantile(ascending: &[i64], thousandths: usize) -> Option<Between> {
    let position = ascending.len().checked_sub(1)? * thousandths;
    let (index, rest) = (position / 1_000, position % 1_000);
    let low = ascending[index];
    let high = if rest == 0 { low } else { ascending[index + 1] };
    Some(Between { low, high, thousandths: rest as i128 })
}
