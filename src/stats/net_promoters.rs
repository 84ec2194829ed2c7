use super::{Interval, Level};

/// The normal interval of a net promoter score, in points, held within −100 and 100.
///
/// # Formula
/// With p and d the shares of promoters and detractors of n answers: 100 × (p − d ± z √((p + d − (p − d)²) / n)).
///
/// None without answers. Too narrow for a few dozen answers, and of no width where all agree.
///
/// # Source
/// Variance of one answer scored +1, 0 or −1.
///
/// ```
/// use parcelgauge::stats::{Level, net_promoters};
/// let interval = net_promoters(162, 108, 54, Level::NinetyFive).unwrap(); // 33.3 ± 8.1 points
/// assert!((interval.high - 33.333 - 8.116).abs() < 1e-3 && (33.333 - interval.low - 8.116).abs() < 1e-3);
/// ```
#[must_use]
pub fn net_promoters(promoters: u64, passives: u64, detractors: u64, level: Level) -> Option<Interval> {
    let n = (promoters + passives + detractors) as f64;
    if n == 0.0 {
        return None;
    }
    let (promoters, detractors) = (promoters as f64 / n, detractors as f64 / n);
    let score = promoters - detractors;
    let half = level.z() * ((promoters + detractors - score * score).max(0.0) / n).sqrt();
    let end = |share: f64| 100.0 * share.clamp(-1.0, 1.0);
    Some(Interval { low: end(score - half), high: end(score + half) })
}
