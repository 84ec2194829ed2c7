//! The file of a working calendar.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::{NaiveDate, Weekday};
use serde::Deserialize;

use super::holiday_file::{TomlDate, YearTable};
use super::{CalendarError, CalendarRules, HolidayYear, Holidays, Hours, Week};
use crate::record::Zone;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: Format,
    zone: String,
    #[serde(default)]
    holidays: HolidayTable,
    #[serde(default)]
    holiday_year: Vec<YearTable>,
    first: Option<TomlDate>,
    last: Option<TomlDate>,
    provisional_until: Option<TomlDate>,
    week: WeekTable,
    #[serde(default)]
    change: Vec<Change>,
    #[serde(default)]
    exception: BTreeMap<NaiveDate, Hours>,
}

#[derive(Deserialize)]
enum Format {
    #[serde(rename = "parcelgauge.calendar/1")]
    One,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "snake_case")]
enum HolidayTable {
    #[default]
    None,
    China,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeekTable {
    #[serde(default)]
    monday: Hours,
    #[serde(default)]
    tuesday: Hours,
    #[serde(default)]
    wednesday: Hours,
    #[serde(default)]
    thursday: Hours,
    #[serde(default)]
    friday: Hours,
    #[serde(default)]
    saturday: Hours,
    #[serde(default)]
    sunday: Hours,
    make_up: Option<Hours>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    from: TomlDate,
    week: WeekTable,
}

impl From<WeekTable> for Week {
    fn from(table: WeekTable) -> Self {
        let week = Self::closed()
            .with(Weekday::Mon, table.monday)
            .with(Weekday::Tue, table.tuesday)
            .with(Weekday::Wed, table.wednesday)
            .with(Weekday::Thu, table.thursday)
            .with(Weekday::Fri, table.friday)
            .with(Weekday::Sat, table.saturday)
            .with(Weekday::Sun, table.sunday);
        match table.make_up {
            Some(hours) => week.with_make_up(hours),
            None => week,
        }
    }
}

/// Reads rules from a TOML file. Weekdays not named are closed; all keys but `format`, `zone` and `[week]` may be left
/// out.
///
/// ```
/// use parcelgauge::calendar::CalendarRules;
/// let desk = r#"
/// format = "parcelgauge.calendar/1"
/// zone = "Asia/Shanghai"
/// holidays = "china"               # or "none": every day is as its weekday
/// first = 2026-01-01               # the days known, where they are not all years of the holidays
/// last = 2026-12-31
/// provisional_until = 2027-12-31
///
/// [week]
/// monday = "09:00-12:00, 13:00-18:00"
/// tuesday = "09:00-12:00, 13:00-18:00"
/// friday = "22:00-06:00"           # to Saturday morning
/// make_up = "09:00-17:00"          # days worked for a holiday; as Monday where left out
///
/// [[change]]
/// from = 2026-07-01
/// week = { monday = "all day" }
///
/// [exception]
/// 2026-12-24 = "09:00-12:00"
///
/// [[holiday_year]]                 # a year more, or instead of one shipped: the whole of it
/// year = 2027
/// source = "our own, until the notice is out"
/// make_up = [2027-02-14]
/// off = [{ name = "Spring Festival", first = 2027-02-05, last = 2027-02-11 }]
/// "#;
/// let calendar = desk.parse::<CalendarRules>()?.build()?;
/// assert_eq!(calendar.known_until().to_string(), "2026-12-31");
/// # Ok::<(), parcelgauge::calendar::CalendarError>(())
/// ```
impl FromStr for CalendarRules {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let wrong = |message: String| CalendarError::File { message };
        let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        let Format::One = file.format;
        let mut rules = Self::new(file.zone.parse::<Zone>()?, file.week.into());
        let shipped = match file.holidays {
            HolidayTable::None => Holidays::default(),
            HolidayTable::China => Holidays::china().clone(),
        };
        let own = file.holiday_year.into_iter().map(HolidayYear::try_from).collect::<Result<Vec<_>, _>>()?;
        let holidays = shipped.with_years(own)?;
        if holidays.years().is_some() {
            rules = rules.with_holidays(holidays);
        }
        match (file.first, file.last) {
            (Some(TomlDate(first)), Some(TomlDate(last))) => rules = rules.with_days(first, last),
            (None, None) => {}
            _ => return Err(wrong("`first` and `last` belong together; write both or neither".to_owned())),
        }
        if let Some(TomlDate(last)) = file.provisional_until {
            rules = rules.with_provisional_until(last);
        }
        for change in file.change {
            rules = rules.with_week_from(change.from.0, change.week.into());
        }
        Ok(file.exception.into_iter().fold(rules, |rules, (date, hours)| rules.with_exception(date, hours)))
    }
}
