//! The file of one year of holidays.

use std::str::FromStr;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{CalendarError, DayMark, HolidayYear};

/// A year, as a file of its own or within that of a calendar, where it needs no `format`.
///
/// ```toml
/// format = "parcelgauge.holidays/1"
/// year = 2027
/// source = "who published it, when and where"
/// make_up = [2027-02-14]
///
/// [[off]]
/// name = "Spring Festival"
/// first = 2027-02-05
/// last = 2027-02-11  # without it the first day only
/// ```
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct YearTable {
    format: Option<Format>,
    year: i32,
    source: String,
    #[serde(default)]
    make_up: Vec<TomlDate>,
    #[serde(default)]
    off: Vec<Off>,
}

#[derive(Deserialize, Clone, Copy)]
enum Format {
    #[serde(rename = "parcelgauge.holidays/1")]
    One,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Off {
    name: String,
    first: TomlDate,
    last: Option<TomlDate>,
}

/// A date of TOML, written without quotes.
#[derive(Deserialize, Clone, Copy)]
#[serde(try_from = "toml::value::Datetime")]
pub(super) struct TomlDate(pub(super) NaiveDate);

impl TryFrom<toml::value::Datetime> for TomlDate {
    type Error = String;
    fn try_from(value: toml::value::Datetime) -> Result<Self, String> {
        let date = match value {
            toml::value::Datetime { date: Some(date), time: None, offset: None } => date,
            other => return Err(format!("`{other}` is no date; write it such as 2026-10-01")),
        };
        NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
            .map(Self)
            .ok_or_else(|| format!("there is no day `{date}`"))
    }
}

/// Reads the file of one year: `format = "parcelgauge.holidays/1"`, `year`, `source`, `make_up` (a list of dates), and
/// an `[[off]]` with `name`, `first`, and `last` where it is more than a day, for each holiday. Those of China in this
/// crate's sources are such files.
impl FromStr for HolidayYear {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let wrong = |message| CalendarError::File { message };
        let table: YearTable = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        match table.format {
            Some(Format::One) => table.try_into(),
            None => Err(wrong("no `format`; write format = \"parcelgauge.holidays/1\"".to_owned())),
        }
    }
}

impl TryFrom<YearTable> for HolidayYear {
    type Error = CalendarError;

    fn try_from(YearTable { year, source, make_up, off, .. }: YearTable) -> Result<Self, CalendarError> {
        let mut table = Self::new(year, source);
        for Off { name, first: TomlDate(first), last } in off {
            let last = last.map_or(first, |TomlDate(last)| last);
            if last < first {
                return Err(CalendarError::EndBeforeStart { start: first.to_string(), end: last.to_string() });
            }
            for date in first.iter_days().take_while(|&date| date <= last) {
                table = table.with(date, DayMark::Off { name: name.clone() })?;
            }
        }
        make_up.into_iter().try_fold(table, |table, TomlDate(date)| table.with(date, DayMark::MakeUp))
    }
}
