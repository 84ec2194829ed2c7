//! Reporting windows: which days make one row.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use super::RecordError;

/// The length of a window.
#[doc(alias = "统计周期")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Window {
    /// A day of the reporting zone.
    Day,
    /// An ISO week, Monday to Sunday.
    Week,
    /// A calendar month.
    #[default]
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
    /// Everything that has a cohort date.
    All,
}

impl Window {
    /// The windows there are, from short to long.
    pub const ALL_LENGTHS: [Self; 6] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year, Self::All];

    /// The name in results: `month`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::All => "all",
        }
    }

    /// The period a cohort date falls into; none falls into [`Period::Undated`].
    #[must_use]
    pub fn period(self, date: Option<NaiveDate>) -> Period {
        let Some(date) = date else { return Period::Undated };
        Period::Number(match self {
            Self::Day => date.num_days_from_ce(),
            // 0001-01-01 was a Monday: whole weeks since then.
            Self::Week => (date.num_days_from_ce() - 1).div_euclid(7),
            Self::Month => date.year() * 12 + date.month0() as i32,
            Self::Quarter => date.year() * 4 + date.month0() as i32 / 3,
            Self::Year => date.year(),
            Self::All => 0,
        })
    }

    /// The first day of a period; none for undated facts and for [`Window::All`].
    #[must_use]
    pub fn first_day(self, period: Period) -> Option<NaiveDate> {
        let Period::Number(number) = period else { return None };
        match self {
            Self::Day => NaiveDate::from_num_days_from_ce_opt(number),
            Self::Week => NaiveDate::from_num_days_from_ce_opt(number * 7 + 1),
            Self::Month => NaiveDate::from_ymd_opt(number.div_euclid(12), number.rem_euclid(12) as u32 + 1, 1),
            Self::Quarter => NaiveDate::from_ymd_opt(number.div_euclid(4), number.rem_euclid(4) as u32 * 3 + 1, 1),
            Self::Year => NaiveDate::from_ymd_opt(number, 1, 1),
            Self::All => None,
        }
    }

    /// The label in results: `2018-07-01`, `2018-W05`, `2018-07`, `2018-Q3`, `2018`, `all`, `undated`.
    ///
    /// ```
    /// use parcelgauge::record::Window;
    /// let date = chrono::NaiveDate::from_ymd_opt(2018, 12, 31);
    /// assert_eq!(Window::Month.label(Window::Month.period(date)), "2018-12");
    /// assert_eq!(Window::Week.label(Window::Week.period(date)), "2019-W01"); // a Monday: the ISO year has begun
    /// ```
    #[must_use]
    pub fn label(self, period: Period) -> String {
        if period == Period::Undated {
            return "undated".to_owned();
        }
        let Some(day) = self.first_day(period) else { return "all".to_owned() };
        match self {
            Self::Day => day.to_string(),
            Self::Week => format!("{}-W{:02}", day.iso_week().year(), day.iso_week().week()),
            Self::Month => format!("{}-{:02}", day.year(), day.month()),
            Self::Quarter => format!("{}-Q{}", day.year(), day.month0() / 3 + 1),
            Self::Year => day.year().to_string(),
            Self::All => "all".to_owned(),
        }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Window {
    type Err = RecordError;
    fn from_str(name: &str) -> Result<Self, RecordError> {
        Self::ALL_LENGTHS.into_iter().find(|window| window.name() == name).ok_or_else(|| {
            RecordError::new("window", name, "one of day, week, month, quarter, year, all", "choose a calendar window")
        })
    }
}

/// One period of a [`Window`], by its running number; undated facts come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// The running number of the window's length.
    Number(i32),
    /// Facts without a cohort date.
    Undated,
}
