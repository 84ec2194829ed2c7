//! Calendars by name, as figures ask for them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use super::{CalendarError, CalendarRules, Holidays, Week, WorkingCalendar};
use crate::record::{RecordError, Zone};

/// The longest name of a calendar in bytes.
const MAX_NAME: usize = 24;

/// The name of a calendar: 1 to 24 of `a` to `z`, `0` to `9` and `_`, of which the first is a letter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CalendarName([u8; MAX_NAME]); // filled up with zeros

impl CalendarName {
    /// The calendar that is always there: Monday to Friday from nine to six in Shanghai, with the holidays and the working
    /// days that make up for them of [`Holidays::china`], and nothing beyond the years these know.
    pub const CHINA: Self = Self(*b"china\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|&byte| byte == 0).unwrap_or(MAX_NAME);
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }
}

impl FromStr for CalendarName {
    type Err = RecordError;

    fn from_str(text: &str) -> Result<Self, RecordError> {
        let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let begins_well = text.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
        if !begins_well || text.len() > MAX_NAME || !text.bytes().all(is_allowed) {
            return Err(RecordError::new(
                "calendar",
                text,
                "1 to 24 of a to z, 0 to 9 and _, of which the first is a letter",
                "give the calendar a short plain name, such as help_desk",
            ));
        }
        let mut name = [0; MAX_NAME];
        name[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self(name))
    }
}

impl fmt::Display for CalendarName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CalendarName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// Calendars by name. [`CalendarName::CHINA`] is always among them; another one may take its place.
///
/// ```
/// use parcelgauge::calendar::{CalendarName, Calendars};
/// let office = Calendars::default();
/// let saturday = chrono::NaiveDate::from_ymd_opt(2026, 2, 14).unwrap();
/// let china = office.named(CalendarName::CHINA).unwrap();
/// assert!(china.is_working_day(saturday)?.value); // it makes up for a day off
/// assert!(office.named("help_desk".parse()?).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendars {
    own: BTreeMap<CalendarName, Arc<WorkingCalendar>>,
}

impl Calendars {
    /// Adds a calendar, in the place of one of the same name.
    pub fn insert(&mut self, name: CalendarName, calendar: WorkingCalendar) {
        self.own.insert(name, Arc::new(calendar));
    }

    /// The calendar of a name; none where there is none.
    #[must_use]
    pub fn named(&self, name: CalendarName) -> Option<&WorkingCalendar> {
        // Rules that could not be laid out would leave the name unknown, never without holidays; a test asks it.
        static CHINA: LazyLock<Option<WorkingCalendar>> = LazyLock::new(|| china().ok());
        let own = self.own.get(&name).map(AsRef::as_ref);
        own.or_else(|| CHINA.as_ref().filter(|_| name == CalendarName::CHINA))
    }
}

fn china() -> Result<WorkingCalendar, CalendarError> {
    let week = Week::monday_to_friday("09:00-18:00".parse()?);
    CalendarRules::new(Zone::SHANGHAI, week).with_holidays(Holidays::china().clone()).build()
}
