//! The hours of a week.

use chrono::Weekday;

use super::Hours;

/// The opening hours of each weekday, and of working days that make up for a holiday.
///
/// ```
/// use chrono::Weekday;
/// use parcelgauge::calendar::{Hours, Week};
/// let desk = Week::monday_to_friday("09:00-18:00".parse()?).with(Weekday::Sat, "10:00-14:00".parse()?);
/// assert_eq!(desk.on(Weekday::Sun), &Hours::closed());
/// # Ok::<(), parcelgauge::calendar::CalendarError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Week {
    days: [Hours; 7], // from Monday
    make_up: Option<Hours>,
}

impl Week {
    /// Closed on every day.
    #[must_use]
    pub fn closed() -> Self {
        Self::default()
    }

    /// The same hours on every day.
    #[must_use]
    pub fn every_day(hours: Hours) -> Self {
        Self { days: std::array::from_fn(|_| hours.clone()), make_up: None }
    }

    /// The same hours from Monday to Friday, closed on Saturday and Sunday.
    #[must_use]
    pub fn monday_to_friday(hours: Hours) -> Self {
        Self::every_day(hours).with(Weekday::Sat, Hours::closed()).with(Weekday::Sun, Hours::closed())
    }

    /// Other hours on one weekday.
    #[must_use]
    pub fn with(mut self, weekday: Weekday, hours: Hours) -> Self {
        self.days[weekday.num_days_from_monday() as usize] = hours;
        self
    }

    /// Other hours on days that are worked to make up for a holiday. Unless told they have the hours of Monday,
    /// whatever weekday they fall on.
    #[doc(alias = "调休")]
    #[must_use]
    pub fn with_make_up(mut self, hours: Hours) -> Self {
        self.make_up = Some(hours);
        self
    }

    /// The hours of a weekday.
    #[must_use]
    pub fn on(&self, weekday: Weekday) -> &Hours {
        &self.days[weekday.num_days_from_monday() as usize]
    }

    /// The hours of a day that makes up for a holiday.
    #[must_use]
    pub fn on_make_up_days(&self) -> &Hours {
        self.make_up.as_ref().unwrap_or(&self.days[0])
    }
}
