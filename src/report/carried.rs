//! Which figures an input can carry, before anybody reads their values.

use crate::cube::Scorecard;

use super::series::Series;
use super::summary::known_reason;

/// What an input has for one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Carried {
    /// Its name with its arguments: `Stage hours (transport)`.
    pub name: String,
    /// Decided facts behind it, over all windows; of a ratio what stands below the line.
    pub decided: i128,
    /// Facts that are not decided yet.
    pub open: u64,
    /// Why there is no value in any window; none where there is one.
    pub why_not: Option<String>,
}

/// The figures of a scorecard without dimensions, in the order of the catalogue. A figure in several currencies stands
/// there for each.
#[must_use]
pub fn carried(whole: &Scorecard) -> Vec<Carried> {
    let told = |series: &Series<'_>| {
        let valued = series.valued().next().is_some();
        let open = series.rows().map(|row| row.open).sum();
        let waits = || if open > 0 { "nothing decided yet".to_owned() } else { "no facts".to_owned() };
        Carried {
            name: series.name(),
            decided: series.valued().map(|row| row.figure.decided()).sum(),
            open,
            why_not: (!valued).then(|| known_reason(std::slice::from_ref(series)).unwrap_or_else(waits)),
        }
    };
    Series::all(whole, &[]).iter().map(told).collect()
}
