use chrono::NaiveDate;
use thiserror::Error;

use crate::record::{Duration, Instant, RecordError};

/// Why a calendar cannot be made, or cannot answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// Opening hours that cannot be read.
    #[error(
        "hours `{text}`: {problem}; write them such as `09:00-12:00, 13:00-18:00`, `22:00-06:00`, `all day` or `closed`"
    )]
    Hours {
        /// The text.
        text: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Two spans of one day share time.
    #[error(
        "hours `{first}` and `{second}` overlap; make one span of them, or let the second begin where the first ends"
    )]
    SpansOverlap {
        /// The span that begins earlier.
        first: String,
        /// The other one.
        second: String,
    },
    /// A night shift lasts into the hours of the next day.
    #[error(
        "the hours of {date} begin before those of the day before have ended; shorten the night shift, or begin later"
    )]
    NightsOverlap {
        /// The day that begins too early.
        date: NaiveDate,
    },
    /// The end is before the start.
    #[error("the end {end} is before the start {start}; swap them, or check both clocks and their zones")]
    EndBeforeStart {
        /// The start, an instant or a date.
        start: String,
        /// The end.
        end: String,
    },
    /// A name that is no time zone, a time that is none.
    #[error(transparent)]
    Value(#[from] RecordError),
    /// A year is missing between others.
    #[error(
        "no holidays of {missing}, but of years before and after it; add that year, or leave out the years after it"
    )]
    GapOfYears {
        /// The first year that is missing.
        missing: i32,
    },
    /// Two tables of one year.
    #[error("two tables of holidays for {year}; keep one")]
    YearTwice {
        /// The year.
        year: i32,
    },
    /// A day stands in the table of another year.
    #[error("{date} stands in the table of {year}; move it to the table of its own year")]
    OtherYear {
        /// The day.
        date: NaiveDate,
        /// The year of the table.
        year: i32,
    },
    /// A day is listed twice: as two holidays, or as a day off and a working day.
    #[error("{date} is listed twice; list it once, as a day off or as a working day")]
    ListedTwice {
        /// The day.
        date: NaiveDate,
    },
    /// There are no days the calendar could speak of.
    #[error("a calendar from {first} to {last}; expected 1 to {} days, of the years 1 to 9999", super::MAX_DAYS)]
    Range {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
    /// Asked about days outside what is known.
    #[error(
        "{asked} lies outside the days known, {known_from} to {known_until}; add the holidays of its year, or allow provisional answers"
    )]
    Unknown {
        /// The day or instant asked about; for an addition, where it began.
        asked: String,
        /// The first day known.
        known_from: NaiveDate,
        /// The last day known, or allowed as provisional.
        known_until: NaiveDate,
    },
    /// A length of time below zero.
    #[error("a length of {length}; expected zero or more, for deadlines are counted forwards")]
    NegativeLength {
        /// The length.
        length: Duration,
    },
    /// A pause, an end or a reopening that does not fit the case.
    #[error("{at}: {problem}")]
    OutOfOrder {
        /// When.
        at: Instant,
        /// What does not fit, and what is expected.
        problem: &'static str,
    },
    /// A file that is no calendar.
    #[error("calendar file: {message}")]
    File {
        /// Line, column, what stands there and what could stand there.
        message: String,
    },
}
