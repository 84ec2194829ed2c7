//! Planned and taken time of a stretch, and how those of several are put together.

use crate::record::Duration;

/// How long a stretch of the way was planned to take, and how long it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pace {
    /// As planned; none where the waybill has no plan for it, or not for all of it.
    pub planned: Option<Duration>,
    /// As scanned; none where the scans do not tell, or not for all of it.
    pub took: Option<Duration>,
}

impl Pace {
    /// No stretch at all.
    pub(super) const ZERO: Self = Self { planned: Some(Duration::ZERO), took: Some(Duration::ZERO) };
    /// Neither planned nor known.
    pub(super) const UNKNOWN: Self = Self { planned: None, took: None };

    /// One stretch after another: both times add up.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let sum = |a: Duration, b: Duration| Duration::from_millis(a.as_millis().saturating_add(b.as_millis()));
        Self {
            planned: self.planned.zip(next.planned).map(|(a, b)| sum(a, b)),
            took: self.took.zip(next.took).map(|(a, b)| sum(a, b)),
        }
    }
}

/// A leg that a shipment went along or was planned to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LegPace {
    /// Where it stands in the order of the way: legs of one section run side by side.
    pub section: u16,
    /// Over all its stages.
    pub pace: Pace,
}

/// How the legs of a fork make one stretch of the whole way.
///
/// Where the longest of them is asked for and several are, the first in the route's order is meant. Where the length by
/// which to choose is not known of every leg, there is no choice, and neither time is known. A fork of which a shipment
/// used one leg is that leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ForkJoin {
    /// The longest plan against the longest time, be they of unlike legs: what comes next waits for all.
    #[default]
    EachLongest,
    /// Plan and time of the leg with the longest plan.
    LongestPlanned,
    /// Plan and time of the leg that took longest.
    LongestEffective,
}

impl ForkJoin {
    /// The pace of the whole way: sections one after another, the legs of each joined.
    #[must_use]
    pub fn way(self, legs: &[LegPace]) -> Pace {
        legs.chunk_by(|a, b| a.section == b.section).map(|fork| self.join(fork)).fold(Pace::ZERO, Pace::then)
    }

    fn join(self, fork: &[LegPace]) -> Pace {
        let planned = |leg: &LegPace| leg.pace.planned;
        let took = |leg: &LegPace| leg.pace.took;
        let of = |leg: Option<&LegPace>| leg.map_or(Pace::UNKNOWN, |leg| leg.pace);
        match (self, fork) {
            (_, [only]) => only.pace,
            (Self::EachLongest, _) => {
                Pace { planned: of(longest(fork, planned)).planned, took: of(longest(fork, took)).took }
            }
            (Self::LongestPlanned, _) => of(longest(fork, planned)),
            (Self::LongestEffective, _) => of(longest(fork, took)),
        }
    }
}

/// The first of the longest; none unless the length of each is known.
fn longest(fork: &[LegPace], length: impl Fn(&LegPace) -> Option<Duration>) -> Option<&LegPace> {
    let mut found: Option<(&LegPace, Duration)> = None;
    for leg in fork {
        let length = length(leg)?;
        if found.is_none_or(|(_, longest)| length > longest) {
            found = Some((leg, length));
        }
    }
    found.map(|(leg, _)| leg)
}
