//! How far the input reaches in time, whatever a slip of the pen says.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::record::{Duration, Instant};

/// Instants this much later than all others may be slips.
const FAR_BEYOND: Duration = Duration::from_days(30);
/// They are, if they are less than one in so many.
const ONE_IN: u64 = 100;

/// An instant, and the row that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Seen {
    /// The instant.
    pub at: Instant,
    /// The file, as the mapping names it.
    pub file: Arc<str>,
    /// The line its row begins on, the header being line 1.
    pub line: u64,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}:{})", self.at, self.file, self.line)
    }
}

/// How far the instants of an input reach.
///
/// One date in the wrong year must not make every open parcel late. So instants that begin more than 30 days after all
/// before them, and are fewer than one in a hundred of all, are taken for slips: they are counted here, and the input ends
/// before them. In a small input no slip is told from a late record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reach {
    /// Where the input ends: what to judge it at, unless told otherwise.
    pub end: Seen,
    /// Instants taken for slips.
    pub beyond: u64,
    /// The latest instant of all, slips included.
    pub latest: Seen,
}

/// The instants read so far, by days of 24 hours.
#[derive(Debug, Default)]
pub(super) struct Days {
    days: BTreeMap<i64, Day>,
}

#[derive(Debug)]
struct Day {
    first: Instant,
    latest: Seen,
    count: u64,
}

impl Days {
    pub(super) fn take(&mut self, at: Instant, file: &Arc<str>, line: u64) {
        let seen = || Seen { at, file: Arc::clone(file), line };
        let number = at.as_millis().div_euclid(Duration::from_days(1).as_millis());
        let day = self.days.entry(number).or_insert_with(|| Day { first: at, latest: seen(), count: 0 });
        day.count += 1;
        day.first = day.first.min(at);
        if day.latest.at < at {
            day.latest = seen();
        }
    }

    pub(super) fn reach(&self) -> Option<Reach> {
        let all: u64 = self.days.values().map(|day| day.count).sum();
        let latest = &self.days.values().next_back()?.latest;
        let mut reach = Reach { end: latest.clone(), beyond: 0, latest: latest.clone() };
        let mut passed = 0;
        for ((_, before), (_, day)) in self.days.iter().rev().skip(1).zip(self.days.iter().rev()) {
            passed += day.count;
            if passed.saturating_mul(ONE_IN) >= all {
                break;
            }
            if day.first.since(before.latest.at) > FAR_BEYOND {
                (reach.end, reach.beyond) = (before.latest.clone(), passed);
            }
        }
        Some(reach)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = Duration::from_hours(1).as_millis();

    fn reach(instants: &[(i64, u64)]) -> (i64, u64, i64) {
        let mut days = Days::default();
        for &(hours, times) in instants {
            let at = Instant::from_millis(hours * HOUR).unwrap_or(Instant::MIN);
            (0..times).for_each(|_| days.take(at, &Arc::from("f.csv"), 1));
        }
        let reach = days.reach().unwrap_or_else(|| unreachable!("there are instants"));
        let hours = |seen: &Seen| seen.at.as_millis() / HOUR;
        (hours(&reach.end), reach.beyond, hours(&reach.latest))
    }

    #[test]
    fn what_lies_far_beyond_all_others_is_no_end() {
        let month = 30 * 24;
        assert_eq!(reach(&[(0, 200), (month + 1, 1)]), (0, 1, month + 1));
        assert_eq!(reach(&[(0, 200), (month, 1)]), (month, 0, month), "30 days are not more than 30 days");
        assert_eq!(reach(&[(0, 99), (month + 1, 1)]), (month + 1, 0, month + 1), "one in a hundred is not less");
        assert_eq!(reach(&[(0, 100), (month + 1, 1)]).1, 1);
        let (year, decade) = (12 * month, 120 * month);
        assert_eq!(reach(&[(0, 500), (5, 500), (year, 2), (decade, 1)]), (5, 3, decade), "the earliest gap of all");
        assert_eq!(reach(&[(0, 50), (year, 500), (decade, 1)]), (year, 1, decade), "old records are none");
    }

    #[test]
    fn nothing_reaches_nowhere() {
        assert_eq!(Days::default().reach(), None);
    }
}
