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

/// The instants read so far, by days of 24 hours. Nothing depends on their order: of two rows that hold the latest instant of
/// a day, the one in the first file and line is told.
#[derive(Debug, Default)]
pub(crate) struct Days {
    files: Vec<Arc<str>>,
    first: i64,     // the number of the first day near
    near: Vec<Day>, // as many as there may be, once one is; those of which nothing was seen have no count
    far: BTreeMap<i64, Day>,
}

/// How many days are found by their number alone: enough for the years of any one input.
const NEAR: usize = 4096;

#[derive(Debug, Clone, Copy)]
struct Day {
    first: Instant,
    latest: Instant,
    place: (u32, u64), // of the latest: which file, which line
    count: u64,
}

impl Day {
    const EMPTY: Self = Self { first: Instant::MAX, latest: Instant::MIN, place: (0, 0), count: 0 };
}

impl Days {
    /// The instants to come are of a file.
    pub(super) fn enter(&mut self, file: &str) {
        if self.files.last().is_none_or(|last| **last != *file) {
            self.files.push(Arc::from(file));
        }
    }

    /// Takes an instant of the file entered last.
    #[inline]
    pub(super) fn take(&mut self, at: Instant, line: u64) {
        let file = self.files.len().saturating_sub(1) as u32;
        let number = at.as_millis().div_euclid(Duration::from_days(1).as_millis());
        let day = self.day(number);
        day.count += 1;
        day.first = day.first.min(at);
        if day.latest < at || day.count == 1 {
            (day.latest, day.place) = (at, (file, line));
        } else if day.latest == at {
            self.settle(number, (file, line));
        }
    }

    #[inline]
    fn day(&mut self, number: i64) -> &mut Day {
        if self.near.is_empty() {
            self.first = number - NEAR as i64 / 2;
            self.near = vec![Day::EMPTY; NEAR];
        }
        match self.near.get_mut(number.wrapping_sub(self.first) as usize) {
            Some(day) => day,
            None => self.far.entry(number).or_insert(Day::EMPTY),
        }
    }

    /// Tells the latest instant of a day from another place, if that comes first.
    fn settle(&mut self, number: i64, other: (u32, u64)) {
        let held = self.day(number).place;
        let by_name = |(file, line): (u32, u64)| (self.files.get(file as usize), line);
        if by_name(other) < by_name(held) {
            self.day(number).place = other;
        }
    }

    /// Takes in the instants of another reading.
    #[cfg(any(feature = "arrow", test))]
    pub(crate) fn merge(&mut self, other: &Self) {
        let offset = self.files.len() as u32;
        self.files.extend(other.files.iter().cloned());
        for (number, theirs) in other.ascending() {
            let place = (theirs.place.0 + offset, theirs.place.1);
            let ours = self.day(number);
            ours.count += theirs.count;
            ours.first = ours.first.min(theirs.first);
            if ours.latest < theirs.latest || ours.count == theirs.count {
                (ours.latest, ours.place) = (theirs.latest, place);
            } else if ours.latest == theirs.latest {
                self.settle(number, place);
            }
        }
    }

    /// The days of which something was seen.
    fn ascending(&self) -> Vec<(i64, Day)> {
        let near = (self.first..).zip(&self.near);
        let mut all: Vec<(i64, Day)> = self.far.iter().map(|(&number, &day)| (number, day)).collect();
        all.extend(near.filter(|(_, day)| day.count > 0).map(|(number, &day)| (number, day)));
        all.sort_unstable_by_key(|&(number, _)| number);
        all
    }

    fn seen(&self, day: Day) -> Seen {
        let file = self.files.get(day.place.0 as usize).cloned().unwrap_or_else(|| Arc::from(""));
        Seen { at: day.latest, file, line: day.place.1 }
    }

    /// How far they reach; none where there are none.
    pub(crate) fn reach(&self) -> Option<Reach> {
        let days = self.ascending();
        let all: u64 = days.iter().map(|(_, day)| day.count).sum();
        let latest = self.seen(days.last()?.1);
        let mut reach = Reach { end: latest.clone(), beyond: 0, latest };
        let mut passed = 0;
        for pair in days.windows(2).rev() {
            let [(_, before), (_, day)] = pair else { break };
            passed += day.count;
            if passed.saturating_mul(ONE_IN) >= all {
                break;
            }
            if day.first.since(before.latest) > FAR_BEYOND {
                (reach.end, reach.beyond) = (self.seen(*before), passed);
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
        days.enter("f.csv");
        for &(hours, times) in instants {
            let at = Instant::from_millis(hours * HOUR).unwrap_or(Instant::MIN);
            (0..times).for_each(|_| days.take(at, 1));
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

    /// Far days are kept beside the near ones; of one instant in two rows the first row is told, however it is taken in.
    #[test]
    fn nothing_depends_on_the_order() {
        let rows = [("a", 3, 0), ("b", 1, 7), ("a", 2, 7), ("a", 9, 2_000_000), ("b", 4, -900_000), ("b", 2, 7)];
        let of = |rows: &[(&str, u64, i64)]| {
            let mut days = Days::default();
            for &(file, line, hours) in rows {
                days.enter(file);
                days.take(Instant::from_millis(hours * HOUR).unwrap_or(Instant::MIN), line);
            }
            days
        };
        let shown = |days: &Days| -> Vec<(i64, u64, String)> {
            days.ascending().into_iter().map(|(number, day)| (number, day.count, days.seen(day).to_string())).collect()
        };
        let whole = shown(&of(&rows));
        assert_eq!(whole.len(), 3);
        assert!(whole.iter().any(|(_, count, seen)| *count == 4 && seen.ends_with("(a:2)")), "{whole:?}");
        for split in 0..=rows.len() {
            let (one, other) = rows.split_at(split);
            let (mut merged, mut turned) = (of(other), of(one));
            merged.merge(&of(one));
            turned.merge(&of(other));
            assert_eq!((shown(&merged), shown(&turned)), (whole.clone(), whole.clone()), "split at {split}");
        }
    }

    #[test]
    fn nothing_reaches_nowhere() {
        assert_eq!(Days::default().reach(), None);
    }
}
