//! D+n: the working days a parcel took, as postal law counts them.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::{Answer, CalendarError, Closing, DayKind, WorkingCalendar};
use crate::record::Instant;

/// How a delivery on a day that is not worked counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum OffDayDelivery {
    /// As of the next working day: a promise of D+n is broken when the n-th working day is over.
    #[default]
    NextWorkingDay,
    /// As it is: no working day elapsed since the last one, so a Saturday counts as the Friday before.
    SameCount,
}

/// How D+n is counted: D is the day of deposit, n the working days that elapse from it to delivery.
///
/// What is deposited before the last collection has that day as D, what is deposited later (or at that very time) the
/// next day of collection. Every working day is a day of collection.
///
/// ```
/// use parcelgauge::calendar::{CalendarRules, DeliveryDays, Week};
/// use parcelgauge::record::Zone;
/// let office = CalendarRules::new(Zone::UTC, Week::monday_to_friday("09:00-18:00".parse()?)).build()?;
/// let counted = DeliveryDays::new(chrono::NaiveTime::from_hms_opt(17, 0, 0).unwrap());
/// // Friday after the last collection, delivered on Tuesday: D is Monday, n is 1.
/// let n = counted.count(&office, "2026-06-05T18:00:00Z".parse()?, "2026-06-09T11:00:00Z".parse()?)?;
/// assert_eq!(n.value, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: Directive 97/67/EC, annex II, for the date of deposit and the counting of working days, which EN 13850
/// measures. Both say nothing of deliveries on other days: [`OffDayDelivery`] is the caller's choice.
#[doc(alias = "D+n")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryDays {
    last_collection: NaiveTime,
    on_weekday: [Option<NaiveTime>; 7], // from Monday
    off_day: OffDayDelivery,
}

impl DeliveryDays {
    /// The last collection of a working day, by the clock of the calendar's zone.
    #[must_use]
    pub fn new(last_collection: NaiveTime) -> Self {
        Self { last_collection, on_weekday: [None; 7], off_day: OffDayDelivery::default() }
    }

    /// Another last collection on one weekday, which makes it a day of collection though it be no working day (a
    /// holiday excepted).
    #[must_use]
    pub fn with_collection_on(mut self, weekday: Weekday, last_collection: NaiveTime) -> Self {
        self.on_weekday[weekday.num_days_from_monday() as usize] = Some(last_collection);
        self
    }

    /// How a delivery on a day that is not worked counts.
    #[must_use]
    pub fn with_off_day_delivery(mut self, off_day: OffDayDelivery) -> Self {
        self.off_day = off_day;
        self
    }

    /// D, the day of deposit.
    ///
    /// # Errors
    /// [`CalendarError::Unknown`] where that is outside the days known.
    pub fn deposit_day(
        &self,
        calendar: &WorkingCalendar,
        deposited: Instant,
    ) -> Result<Answer<NaiveDate>, CalendarError> {
        let local = calendar.zone().local(deposited);
        let mut day = calendar.day_kind(local.date())?.map(|_| local.date());
        let is_missed = |last: NaiveTime| local.date() == day.value && local.time() >= last;
        if self.last_collection_on(calendar, day.value)?.is_some_and(|last| !is_missed(last)) {
            return Ok(day);
        }
        loop {
            let next = day.value.succ_opt().ok_or_else(|| calendar.unknown(deposited))?;
            day = calendar.day_kind(next)?.map(|_| next);
            if self.last_collection_on(calendar, next)?.is_some() {
                return Ok(day);
            }
        }
    }

    fn last_collection_on(
        &self,
        calendar: &WorkingCalendar,
        date: NaiveDate,
    ) -> Result<Option<NaiveTime>, CalendarError> {
        let of_weekday = self.on_weekday[date.weekday().num_days_from_monday() as usize];
        let of_any_day = calendar.is_working_day(date)?.value.then_some(self.last_collection);
        let is_holiday = calendar.day_kind(date)?.value == DayKind::Holiday;
        Ok(if is_holiday { of_any_day } else { of_weekday.or(of_any_day) })
    }

    /// n, from deposit to delivery; 0 where a parcel is delivered on or before D.
    ///
    /// # Errors
    /// [`CalendarError::EndBeforeStart`], and [`CalendarError::Unknown`] where it leads outside the days known.
    pub fn count(
        &self,
        calendar: &WorkingCalendar,
        deposited: Instant,
        delivered: Instant,
    ) -> Result<Answer<u32>, CalendarError> {
        if delivered < deposited {
            return Err(CalendarError::EndBeforeStart { start: deposited.to_string(), end: delivered.to_string() });
        }
        let deposit = self.deposit_day(calendar, deposited)?;
        let delivery = calendar.zone().date_of(delivered);
        if delivery <= deposit.value {
            return Ok(deposit.map(|_| 0));
        }
        let delivery = match self.off_day {
            OffDayDelivery::NextWorkingDay => calendar.working_day_from(delivery)?.value,
            OffDayDelivery::SameCount => delivery,
        };
        Ok(calendar.working_days(deposit.value, delivery)?.no_surer_than(deposit.certainty))
    }

    /// The first instant at which a delivery is later than D+n: what is delivered before it [counts](Self::count) n or
    /// less.
    ///
    /// # Errors
    /// [`CalendarError::Unknown`] where it leads outside the days known.
    pub fn deadline(
        &self,
        calendar: &WorkingCalendar,
        deposited: Instant,
        n: u32,
    ) -> Result<Answer<Instant>, CalendarError> {
        let deposit = self.deposit_day(calendar, deposited)?;
        let last = match self.off_day {
            OffDayDelivery::NextWorkingDay => calendar.add_working_days(deposit.value, n)?,
            OffDayDelivery::SameCount => {
                let late = calendar.add_working_days(deposit.value, n.saturating_add(1))?;
                late.map(|day| day.pred_opt().unwrap_or(day))
            }
        };
        Ok(calendar.closing_of(last, Closing::Midnight).no_surer_than(deposit.certainty))
    }
}
