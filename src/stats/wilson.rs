use super::{Interval, Level};

/// The Wilson score interval of a share.
///
/// # Formula
/// With p = hit / n: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), computed on counts as
/// (hit + z²/2 ± z √(hit·miss/n + z²/4)) / (n + z²), so that a share of 0 or 1 has its end exactly there.
///
/// None for n = 0. Built from the basic operations and one square root: the same bits on every platform.
///
/// # Source
/// Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209–212.
///
/// ```
/// use parcelgauge::stats::{Level, wilson};
/// let interval = wilson(98, 2, Level::NinetyFive).unwrap();
/// assert!((interval.low - 0.9300).abs() < 5e-5 && (interval.high - 0.9945).abs() < 5e-5);
/// assert_eq!(wilson(0, 0, Level::NinetyFive), None);
/// ```
#[must_use]
pub fn wilson(hit: u64, miss: u64, level: Level) -> Option<Interval> {
    let (hits, misses) = (hit as f64, miss as f64);
    let n = hits + misses;
    if hit == 0 && miss == 0 {
        return None;
    }
    let z = level.z();
    let squared = z * z;
    let spread = z * (hits * misses / n + squared / 4.0).sqrt();
    let low = if hit == 0 { 0.0 } else { (hits + squared / 2.0 - spread) / (n + squared) };
    let high = if miss == 0 { 1.0 } else { (hits + squared / 2.0 + spread) / (n + squared) };
    Some(Interval { low, high })
}
