use super::{Interval, Level};

/// The interval of a net score: the share in favour less the share against, between −1 and 1.
///
/// # Formula
/// p − d ± z √((p + d − (p − d)²) / n): one answer counts 1, 0 or −1, and that is its variance.
///
/// None for n = 0. Built from the basic operations and one square root: the same bits on every platform.
///
/// Weakness: the normal approximation; of few answers, or of answers all alike, it is too narrow.
///
/// ```
/// use parcelgauge::stats::{Level, net_score};
/// let interval = net_score(60, 20, 100, Level::NinetyFive).unwrap();
/// assert!((interval.low - 0.2432).abs() < 5e-5 && (interval.high - 0.5568).abs() < 5e-5);
/// ```
#[must_use]
pub fn net_score(in_favour: u64, against: u64, of: u64, level: Level) -> Option<Interval> {
    if of == 0 {
        return None;
    }
    let [p, d, n] = [in_favour, against, of].map(|count| count as f64);
    let (p, d) = (p / n, d / n);
    let half = level.z() * ((p + d - (p - d) * (p - d)).max(0.0) / n).sqrt();
    Some(Interval { low: (p - d - half).clamp(-1.0, 1.0), high: (p - d + half).clamp(-1.0, 1.0) })
}
