//! The oracle: rules as they are told, and a count that looks at every minute. It shares no code with the calendar but
//! the zone database.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeZone, Timelike};
use chrono_tz::Tz;
use parcelgauge::record::Instant;

/// Spans of minutes from midnight; an end above 1,440 is on the next day.
pub type Minutes = Vec<(i64, i64)>;

#[derive(Debug, Clone)]
pub struct Told {
    pub zone: Tz,
    pub week: [Minutes; 7],
    pub off: Vec<NaiveDate>,
    pub make_up: Vec<NaiveDate>,
    pub exceptions: BTreeMap<NaiveDate, Minutes>,
}

impl Told {
    pub fn minutes_on(&self, day: NaiveDate) -> &[(i64, i64)] {
        match () {
            () if self.exceptions.contains_key(&day) => &self.exceptions[&day],
            () if self.off.contains(&day) => &[],
            () if self.make_up.contains(&day) => &self.week[0],
            () => &self.week[day.weekday().num_days_from_monday() as usize],
        }
    }

    /// The first minute that the clock shows a reading or a later one of that day, at the first time round.
    fn reached(&self, day: NaiveDate, minute: i64) -> i64 {
        let day = day + Days::new((minute / 1_440) as u64);
        let wanted = day.and_hms_opt(0, 0, 0).unwrap() + chrono::TimeDelta::minutes(minute % 1_440);
        let guess = wanted.and_utc().timestamp() / 60;
        let shows = |minute: i64| {
            let at = DateTime::from_timestamp(minute * 60, 0).unwrap();
            self.zone.from_utc_datetime(&at.naive_utc()).naive_local()
        };
        // The zone's distance from UTC just before is right but for the change of clocks, three hours at most.
        let east = shows(guess - 26 * 60).and_utc().timestamp() / 60 - (guess - 26 * 60);
        (guess - east - 3 * 60..).find(|&minute| shows(minute) >= wanted).unwrap()
    }

    /// The open minutes of some days and the nights after them, each by its number since 1970.
    pub fn open_minutes(&self, first: NaiveDate, last: NaiveDate) -> Vec<bool> {
        let begin = self.reached(first, 0);
        let mut open = vec![false; (self.reached(last, 2 * 1_440) - begin) as usize];
        for day in first.iter_days().take_while(|&day| day <= last) {
            for &(start, end) in self.minutes_on(day) {
                for minute in self.reached(day, start)..self.reached(day, end) {
                    open[(minute - begin) as usize] = true;
                }
            }
        }
        open
    }
}

/// Working minutes between two instants, one by one.
pub struct Slow {
    begin: i64,
    open: Vec<bool>,
}

impl Slow {
    pub fn new(told: &Told, first: NaiveDate, last: NaiveDate) -> Self {
        Self { begin: told.reached(first, 0), open: told.open_minutes(first, last) }
    }

    fn place(&self, at: Instant) -> usize {
        assert_eq!(at.to_datetime().second(), 0, "the oracle counts minutes");
        (at.as_millis() / 60_000 - self.begin) as usize
    }

    pub fn working_minutes(&self, from: Instant, to: Instant) -> i64 {
        self.open[self.place(from)..self.place(to)].iter().filter(|&&open| open).count() as i64
    }

    pub fn add(&self, from: Instant, minutes: i64) -> Option<Instant> {
        let mut left = minutes;
        let mut place = self.place(from);
        while left > 0 {
            left -= i64::from(*self.open.get(place)?);
            place += 1;
        }
        Instant::from_millis((self.begin + place as i64) * 60_000).ok()
    }

    pub fn next_opening(&self, from: Instant) -> Option<Instant> {
        let place = (self.place(from)..self.open.len()).find(|&place| self.open[place])?;
        Instant::from_millis((self.begin + place as i64) * 60_000).ok()
    }
}
