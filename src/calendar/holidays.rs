//! Tables of days off and of working days that make up for them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::CalendarError;

/// What a table says of a day that differs from its weekday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayMark {
    /// Off, whatever the weekday.
    #[doc(alias = "放假")]
    Off {
        /// What is celebrated, in the words of the table.
        name: String,
    },
    /// Worked, though it be a Saturday or Sunday, to make up for a holiday.
    #[doc(alias = "调休上班")]
    MakeUp,
}

/// The holidays of one year, complete: a day that is not marked is as its weekday is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayYear {
    year: i32,
    source: String,
    marks: BTreeMap<NaiveDate, DayMark>, // of that year
}

impl HolidayYear {
    /// A year without holidays so far.
    #[must_use]
    pub fn new(year: i32, source: impl Into<String>) -> Self {
        Self { year, source: source.into(), marks: BTreeMap::new() }
    }

    /// Marks a day.
    ///
    /// # Errors
    /// [`CalendarError`] for a day of another year and for a day marked before.
    pub fn with(mut self, date: NaiveDate, mark: DayMark) -> Result<Self, CalendarError> {
        if date.year() != self.year {
            return Err(CalendarError::OtherYear { date, year: self.year });
        }
        match self.marks.insert(date, mark) {
            None => Ok(self),
            Some(_) => Err(CalendarError::ListedTwice { date }),
        }
    }

    /// The year.
    #[must_use]
    pub fn year(&self) -> i32 {
        self.year
    }

    /// Who published it, when and where.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

/// The holidays of some years in a row. Of other years nothing is known, which is not the same as no holidays.
///
/// ```
/// use parcelgauge::calendar::{DayMark, Holidays};
/// let china = Holidays::china();
/// let day = |month, day| chrono::NaiveDate::from_ymd_opt(2026, month, day).unwrap();
/// assert_eq!(china.mark(day(2, 14)), Some(&DayMark::MakeUp)); // a Saturday
/// assert_eq!(china.mark(day(10, 1)), Some(&DayMark::Off { name: "National Day 国庆节".into() }));
/// assert_eq!(china.years(), Some(2023..=2026));
/// ```
#[doc(alias = "节假日")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holidays {
    years: BTreeMap<i32, HolidayYear>, // without a gap
}

impl Holidays {
    /// Puts years together, in any order.
    ///
    /// # Errors
    /// [`CalendarError`] where a year is missing between others, or stands twice.
    pub fn new(years: impl IntoIterator<Item = HolidayYear>) -> Result<Self, CalendarError> {
        let mut found = BTreeMap::new();
        for table in years {
            let year = table.year;
            if found.insert(year, table).is_some() {
                return Err(CalendarError::YearTwice { year });
            }
        }
        let pairs = found.keys().zip(found.keys().skip(1));
        if let Some((&year, _)) = pairs.into_iter().find(|&(&year, &next)| next != year + 1) {
            return Err(CalendarError::GapOfYears { missing: year + 1 });
        }
        Ok(Self { years: found })
    }

    /// Takes lists of dates, as holiday packages of other languages hand them over: days off with their names, and days
    /// worked to make up for them. The lists must be complete for all the years named.
    ///
    /// A name is text of any kind; a day off may be listed again under another name, the first one stays. Many lists
    /// name the Saturdays and Sundays within a holiday as well: that changes nothing.
    ///
    /// ```
    /// use parcelgauge::calendar::Holidays;
    /// let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    /// let holidays = Holidays::from_lists(
    ///     2027..=2027,
    ///     "our own calendar, draft of November 2026",
    ///     [(day("2027-01-01"), "New Year's Day")],
    ///     [day("2027-02-14")],
    /// )?;
    /// assert!(holidays.mark(day("2027-02-14")).is_some());
    /// # Ok::<(), parcelgauge::calendar::CalendarError>(())
    /// ```
    ///
    /// # Errors
    /// [`CalendarError`] for a day of a year not named, and for a day both off and worked.
    pub fn from_lists<N: Into<String>>(
        years: std::ops::RangeInclusive<i32>,
        source: &str,
        off: impl IntoIterator<Item = (NaiveDate, N)>,
        make_up: impl IntoIterator<Item = NaiveDate>,
    ) -> Result<Self, CalendarError> {
        let first = *years.start();
        let mut found: BTreeMap<i32, HolidayYear> = years.map(|year| (year, HolidayYear::new(year, source))).collect();
        let other_year = |date| CalendarError::OtherYear { date, year: first };
        for (date, name) in off {
            let table = found.get_mut(&date.year()).ok_or_else(|| other_year(date))?;
            table.marks.entry(date).or_insert_with(|| DayMark::Off { name: name.into() });
        }
        for date in make_up {
            let table = found.get_mut(&date.year()).ok_or_else(|| other_year(date))?;
            if table.marks.insert(date, DayMark::MakeUp).is_some() {
                return Err(CalendarError::ListedTwice { date });
            }
        }
        Self::new(found.into_values())
    }

    /// These years and others; a table of a year that is known replaces it.
    ///
    /// # Errors
    /// [`CalendarError`] where a year would be missing between, or stands twice among the others.
    pub fn with_years(mut self, years: impl IntoIterator<Item = HolidayYear>) -> Result<Self, CalendarError> {
        let mut added = BTreeSet::new();
        for table in years {
            if !added.insert(table.year) {
                return Err(CalendarError::YearTwice { year: table.year });
            }
            self.years.insert(table.year, table);
        }
        Self::new(self.years.into_values())
    }

    /// What is marked on a day; none where it is as its weekday is, or where its year is not known.
    #[must_use]
    pub fn mark(&self, date: NaiveDate) -> Option<&DayMark> {
        self.years.get(&date.year())?.marks.get(&date)
    }

    /// The years known, in a row; none where there are none.
    #[must_use]
    pub fn years(&self) -> Option<std::ops::RangeInclusive<i32>> {
        Some(*self.years.first_key_value()?.0..=*self.years.last_key_value()?.0)
    }

    /// The tables, by year.
    pub fn tables(&self) -> impl Iterator<Item = &HolidayYear> {
        self.years.values()
    }
}
