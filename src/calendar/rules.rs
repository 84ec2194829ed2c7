//! What a calendar is made of.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{CalendarError, DayMark, Holidays, Hours, Week, WorkingCalendar};
use crate::record::Zone;

/// The days a calendar may speak of, at most: a hundred years.
pub const MAX_DAYS: i64 = 36_525;

/// What a day is to a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DayKind {
    /// Worked, as its weekday is.
    Working,
    /// Off, as its weekday is.
    #[doc(alias = "休息日")]
    Rest,
    /// Off, as a table of holidays says.
    #[doc(alias = "节假日")]
    Holiday,
    /// Worked to make up for a holiday.
    #[doc(alias = "调休")]
    MakeUp,
    /// Given hours of its own, or none.
    Exception,
}

impl DayKind {
    /// The word in traces.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Rest => "rest",
            Self::Holiday => "holiday",
            Self::MakeUp => "make-up",
            Self::Exception => "exception",
        }
    }
}

/// What a [`WorkingCalendar`] is made of: a zone, weekly hours, holidays, exceptions, and the days it may speak of.
///
/// Of what is said of one day an exception is stronger than a holiday or make-up day, and these are stronger than the
/// weekday.
///
/// ```
/// use parcelgauge::calendar::{CalendarRules, Holidays, Week};
/// use parcelgauge::record::Zone;
/// let week = Week::monday_to_friday("09:00-12:00, 13:00-18:00".parse()?);
/// let desk = CalendarRules::new(Zone::SHANGHAI, week).with_holidays(Holidays::china().clone()).build()?;
/// let saturday = chrono::NaiveDate::from_ymd_opt(2026, 2, 14).unwrap();
/// assert!(desk.is_working_day(saturday)?.value);
/// # Ok::<(), parcelgauge::calendar::CalendarError>(())
/// ```
#[derive(Debug, Clone)]
pub struct CalendarRules {
    zone: Zone,
    week: Week,
    later: BTreeMap<NaiveDate, Week>,
    holidays: Option<Holidays>,
    exceptions: BTreeMap<NaiveDate, Hours>,
    days: Option<(NaiveDate, NaiveDate)>,
    provisional_until: Option<NaiveDate>,
}

impl CalendarRules {
    /// Weekly hours by the local clock of a zone, without holidays: of every day from 2000-01-01 to 2099-12-31.
    #[must_use]
    pub fn new(zone: Zone, week: Week) -> Self {
        Self {
            zone,
            week,
            later: BTreeMap::new(),
            holidays: None,
            exceptions: BTreeMap::new(),
            days: None,
            provisional_until: None,
        }
    }

    /// Holidays: the calendar then knows their years and no others.
    #[must_use]
    pub fn with_holidays(mut self, holidays: Holidays) -> Self {
        self.holidays = Some(holidays);
        self
    }

    /// Other weekly hours from a day on, until the next such day: the same calendar before and after an agreement
    /// changed.
    #[must_use]
    pub fn with_week_from(mut self, date: NaiveDate, week: Week) -> Self {
        self.later.insert(date, week);
        self
    }

    /// The hours of one day, stronger than whatever else is said of it.
    #[must_use]
    pub fn with_exception(mut self, date: NaiveDate, hours: Hours) -> Self {
        self.exceptions.insert(date, hours);
        self
    }

    /// The days known, first and last: fewer than the holidays cover, or other ones where there are none.
    #[must_use]
    pub fn with_days(mut self, first: NaiveDate, last: NaiveDate) -> Self {
        self.days = Some((first, last));
        self
    }

    /// Allows answers beyond the days known, up to the end of a day: weekly hours and exceptions count there, holidays
    /// are missing, and every answer that used such a day is [provisional](super::Certainty::Provisional).
    #[must_use]
    pub fn with_provisional_until(mut self, last: NaiveDate) -> Self {
        self.provisional_until = Some(last);
        self
    }

    /// Lays the rules out day by day.
    ///
    /// # Errors
    /// [`CalendarError`] where a night shift lasts into the hours of the next day, where the days known are none, more
    /// than [`MAX_DAYS`] or beyond the years 1 to 9999, and where they, or an exception, lie outside the holidays.
    pub fn build(&self) -> Result<WorkingCalendar, CalendarError> {
        let (first, known_until) = self.known_days()?;
        let last = self.provisional_until.map_or(known_until, |last| last.max(known_until));
        let range = CalendarError::Range { first, last };
        let count = last.signed_duration_since(first).num_days() + 1;
        if !(1..=MAX_DAYS).contains(&count) || first.year() < 1 || last.year() > 9_999 {
            return Err(range);
        }
        if let Some(date) = self.exceptions.keys().find(|&date| !(first..=last).contains(date)) {
            return Err(CalendarError::Unknown { asked: date.to_string(), known_from: first, known_until: last });
        }
        WorkingCalendar::lay_out(self, first, known_until, last)
    }

    fn known_days(&self) -> Result<(NaiveDate, NaiveDate), CalendarError> {
        let year_ends = |first, last| {
            let ends = NaiveDate::from_ymd_opt(first, 1, 1).zip(NaiveDate::from_ymd_opt(last, 12, 31));
            ends.unwrap_or((NaiveDate::MAX, NaiveDate::MIN))
        };
        let Some(holidays) = &self.holidays else {
            return Ok(self.days.unwrap_or_else(|| year_ends(2000, 2099)));
        };
        // No years make no days.
        let known =
            holidays.years().map_or((NaiveDate::MAX, NaiveDate::MIN), |years| year_ends(*years.start(), *years.end()));
        match self.days {
            Some((first, last)) if first < known.0 || last > known.1 => Err(CalendarError::Unknown {
                asked: format!("{first} to {last}"),
                known_from: known.0,
                known_until: known.1,
            }),
            days => Ok(days.unwrap_or(known)),
        }
    }

    pub(super) fn zone(&self) -> Zone {
        self.zone
    }

    /// What a day is, the name of its holiday, and its hours.
    pub(super) fn day(&self, date: NaiveDate) -> Day<'_> {
        static CLOSED: Hours = Hours::CLOSED;
        let week = self.later.range(..=date).next_back().map_or(&self.week, |(_, week)| week);
        let day = |kind, hours| Day { kind, hours, name: None };
        if let Some(hours) = self.exceptions.get(&date) {
            return day(DayKind::Exception, hours);
        }
        match self.holidays.as_ref().and_then(|holidays| holidays.mark(date)) {
            Some(DayMark::Off { name }) => Day { name: Some(name), ..day(DayKind::Holiday, &CLOSED) },
            Some(DayMark::MakeUp) => day(DayKind::MakeUp, week.on_make_up_days()),
            None => {
                let hours = week.on(date.weekday());
                day(if hours.is_closed() { DayKind::Rest } else { DayKind::Working }, hours)
            }
        }
    }
}

/// What the rules say of one day.
pub(super) struct Day<'r> {
    pub(super) kind: DayKind,
    pub(super) name: Option<&'r str>,
    pub(super) hours: &'r Hours,
}
