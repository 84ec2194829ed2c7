use statrs::distribution::{ContinuousCDF, Gamma};

use super::{Interval, Level};

/// The exact (Garwood) interval of a rate of counted events: Poisson on the count, the exposure taken as given.
///
/// # Formula
/// Lower end: quantile α/2 of Gamma(events, 1), 0 for no events; upper end: quantile 1 − α/2 of Gamma(events + 1, 1);
/// both divided by the exposure.
///
/// None for an exposure of 0. The gamma quantile is good to about 1e-10; it is no promise to the bit across platforms.
///
/// # Source
/// Garwood, F. (1936), Fiducial limits for the Poisson distribution, Biometrika 28, 437–442.
///
/// ```
/// use parcelgauge::stats::{Level, poisson_exact};
/// let interval = poisson_exact(10, 1, Level::NinetyFive).unwrap();
/// assert!((interval.low - 4.795389).abs() < 1e-6 && (interval.high - 18.390356).abs() < 1e-6);
/// ```
#[must_use]
pub fn poisson_exact(events: u64, exposure: u64, level: Level) -> Option<Interval> {
    if exposure == 0 {
        return None;
    }
    let quantile = |shape: f64, p: f64| Gamma::new(shape, 1.0).ok().map(|gamma| gamma.inverse_cdf(p));
    let low = if events == 0 { 0.0 } else { quantile(events as f64, level.tail())? };
    let high = quantile(events as f64 + 1.0, 1.0 - level.tail())?;
    Some(Interval { low: low / exposure as f64, high: high / exposure as f64 })
}
