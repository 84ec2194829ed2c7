//! Working days, and calendar days as the law counts them.

use chrono::{Days, NaiveDate};

use super::{Answer, CalendarError, Certainty, DayKind, WorkingCalendar};
use crate::record::Instant;

/// When the last day of a period is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Closing {
    /// At 24:00.
    #[default]
    Midnight,
    /// With the last opening of that day; at 24:00 where it has none.
    CloseOfBusiness,
}

/// A working day is a day on which an opening starts.
impl WorkingCalendar {
    /// Whether a day is worked.
    ///
    /// # Errors
    /// [`CalendarError::Unknown`] outside the days known.
    #[doc(alias = "工作日")]
    pub fn is_working_day(&self, date: NaiveDate) -> Result<Answer<bool>, CalendarError> {
        let place = self.place_of(date)?;
        let worked = self.days[place + 1].working_days_before > self.days[place].working_days_before;
        Ok(self.sure_for(date, worked))
    }

    /// What a day is.
    ///
    /// # Errors
    /// [`CalendarError::Unknown`] outside the days known.
    pub fn day_kind(&self, date: NaiveDate) -> Result<Answer<DayKind>, CalendarError> {
        let place = self.place_of(date)?;
        Ok(self.sure_for(date, self.days[place].kind))
    }

    /// The name of the holiday on a day.
    #[must_use]
    pub fn holiday_name(&self, date: NaiveDate) -> Option<&str> {
        self.names.get(&date).map(|name| &**name)
    }

    /// The working days after one day, up to and including another.
    ///
    /// # Errors
    /// [`CalendarError::EndBeforeStart`], and [`CalendarError::Unknown`] outside the days known.
    pub fn working_days(&self, after: NaiveDate, to: NaiveDate) -> Result<Answer<u32>, CalendarError> {
        if to < after {
            return Err(CalendarError::EndBeforeStart { start: after.to_string(), end: to.to_string() });
        }
        let count = self.working_days_to(self.place_of(to)?) - self.working_days_to(self.place_of(after)?);
        Ok(self.sure_for(to, count))
    }

    /// The n-th working day after a day, which is not counted itself: three working days from a Friday are Wednesday.
    /// None at all leads to the day itself, worked or not.
    ///
    /// # Errors
    /// [`CalendarError::Unknown`] where it leads outside the days known.
    pub fn add_working_days(&self, date: NaiveDate, count: u32) -> Result<Answer<NaiveDate>, CalendarError> {
        let place = self.place_of(date)?;
        if count == 0 {
            return Ok(self.sure_for(date, date));
        }
        let wanted = u64::from(self.working_days_to(place)) + u64::from(count) - 1;
        let found = usize::try_from(wanted).ok().and_then(|wanted| self.working_days.get(wanted));
        let found = found.and_then(|&place| self.first.checked_add_days(Days::new(place.into())));
        let found = found.ok_or_else(|| self.unknown(format!("{count} working days from {date}")))?;
        Ok(self.sure_for(found, found))
    }

    /// The day itself where it is worked, else the next that is.
    ///
    /// # Errors
    /// [`CalendarError::Unknown`] where that is outside the days known.
    pub fn working_day_from(&self, date: NaiveDate) -> Result<Answer<NaiveDate>, CalendarError> {
        if self.is_working_day(date)?.value { Ok(self.sure_for(date, date)) } else { self.add_working_days(date, 1) }
    }

    /// The end of the n-th working day after the day of an instant.
    ///
    /// ```
    /// use parcelgauge::calendar::{CalendarRules, Closing, Holidays, Week};
    /// use parcelgauge::record::Zone;
    /// let office = CalendarRules::new(Zone::SHANGHAI, Week::monday_to_friday("09:00-18:00".parse()?))
    ///     .with_holidays(Holidays::china().clone())
    ///     .build()?;
    /// // Confirmed on the Friday before the Spring Festival of 2026: the Saturday is worked, then nine days are off.
    /// let confirmed = "2026-02-13T10:00:00+08:00".parse()?;
    /// let due = office.end_of_working_days(confirmed, 3, Closing::Midnight)?.value;
    /// assert_eq!(due, "2026-02-26T00:00:00+08:00".parse()?); // the 14th, the 24th, the 25th
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`CalendarError::Unknown`] where it leads outside the days known.
    pub fn end_of_working_days(
        &self,
        from: Instant,
        count: u32,
        closing: Closing,
    ) -> Result<Answer<Instant>, CalendarError> {
        self.check(from)?;
        let last = self.add_working_days(self.zone.date_of(from), count)?;
        Ok(self.closing_of(last, closing))
    }

    /// The end of a period of calendar days by the rule of the Civil Code (articles 201 and 203): the day it starts on
    /// is not counted, and where the last day is not worked, the period ends with the next working day.
    ///
    /// ```
    /// use parcelgauge::calendar::{CalendarRules, Closing, Holidays, Week};
    /// use parcelgauge::record::Zone;
    /// let office = CalendarRules::new(Zone::SHANGHAI, Week::monday_to_friday("09:00-18:00".parse()?))
    ///     .with_holidays(Holidays::china().clone())
    ///     .build()?;
    /// // Seven days from 25 September 2026 end on 2 October, a holiday; the 8th is the first working day after.
    /// let complained = "2026-09-25T09:00:00+08:00".parse()?;
    /// let due = office.end_of_calendar_days(complained, 7, Closing::CloseOfBusiness)?.value;
    /// assert_eq!(due, "2026-10-08T18:00:00+08:00".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`CalendarError::Unknown`] where it leads outside the days known.
    pub fn end_of_calendar_days(
        &self,
        from: Instant,
        count: u32,
        closing: Closing,
    ) -> Result<Answer<Instant>, CalendarError> {
        self.check(from)?;
        let last = self.zone.date_of(from).checked_add_days(Days::new(count.into()));
        let last = last.ok_or_else(|| self.unknown(format!("{count} days from {from}")))?;
        Ok(self.closing_of(self.working_day_from(last)?, closing))
    }

    pub(super) fn closing_of(&self, day: Answer<NaiveDate>, closing: Closing) -> Answer<Instant> {
        let midnight = || self.zone.end_of(day.value);
        day.map(|date| match (closing, self.place_of(date)) {
            (Closing::CloseOfBusiness, Ok(place)) => self.close_of(place).unwrap_or_else(midnight),
            _ => midnight(),
        })
    }

    /// Working days up to and including the day at a place.
    fn working_days_to(&self, place: usize) -> u32 {
        self.days[place + 1].working_days_before
    }

    fn place_of(&self, date: NaiveDate) -> Result<usize, CalendarError> {
        let place = date.signed_duration_since(self.first).num_days();
        let place = usize::try_from(place).ok().filter(|_| date <= self.last);
        place.ok_or_else(|| self.unknown(date))
    }

    /// An answer into which the days up to a date went.
    pub(super) fn sure_for<T>(&self, date: NaiveDate, value: T) -> Answer<T> {
        Answer { value, certainty: if date <= self.known_until { Certainty::Known } else { Certainty::Provisional } }
    }
}
