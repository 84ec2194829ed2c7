//! Working time: the clock that promises are judged by.
//!
//! "Answered within eight working hours", "paid within three working days", "delivered by D+2", "answered within seven
//! days" are four ways of counting. A [`WorkingCalendar`] does them all, from weekly hours, holidays, working days that
//! make up for them (调休), exceptions, and a zone whose clocks may change:
//!
//! | promise | question |
//! | --- | --- |
//! | working time | [`WorkingCalendar::working_time`], [`WorkingCalendar::add_working_time`] |
//! | working days | [`WorkingCalendar::working_days`], [`WorkingCalendar::end_of_working_days`] |
//! | calendar days | [`WorkingCalendar::end_of_calendar_days`] |
//! | D+n | [`DeliveryDays`] |
//! | any of these, as data | [`TimeLimit`] |
//! | one that changes midway | [`LimitHistory`] |
//! | with pauses, closed and reopened | [`Stopwatch`] |
//! | of several kinds, by name | [`Calendars`] |
//! | in dispute | [`WorkingCalendar::trace`] and [`Stopwatch::trace`] print the count day by day |
//!
//! An instant is the same instant in whatever zone it is written: one hour passes from nine in Shanghai to two in
//! Greenwich.
//!
//! ```
//! use parcelgauge::calendar::{CalendarRules, Week};
//! use parcelgauge::record::{Duration, Zone};
//! let week = Week::monday_to_friday("09:00-18:00".parse()?);
//! let desk = CalendarRules::new(Zone::SHANGHAI, week).build()?;
//! let passed = desk.working_time("2026-06-03T09:00:00+08:00".parse()?, "2026-06-03T02:00:00Z".parse()?)?;
//! assert_eq!(passed.value, Duration::from_hours(1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is known
//!
//! [`Holidays::china`] ends with 2026. A question that leads beyond the days known is an error, or an [`Answer`] marked
//! [`Certainty::Provisional`] where the rules allow it, never a guess that looks like an answer.
//!
//! What this room does not do: it reads no wall clock, knows no lunar calendar from which holidays could be foretold,
//! and no two calendars at once: where deposit and delivery lie in two countries, the caller says whose days count.

mod answer;
mod calendar_file;
mod calendars;
mod china;
mod delivery_days;
mod error;
mod holiday_file;
mod holidays;
mod hours;
mod limit_history;
mod pause;
mod rules;
mod stopwatch;
mod time_limit;
mod trace;
mod week;
mod working_calendar;
mod working_days;

pub use answer::{Answer, Certainty};
pub use calendars::{CalendarName, Calendars};
pub use delivery_days::{DeliveryDays, OffDayDelivery};
pub use error::CalendarError;
pub use holidays::{DayMark, HolidayYear, Holidays};
pub use hours::Hours;
pub use limit_history::{LimitHistory, UnderWay};
pub use pause::{Pause, PauseReason};
pub use rules::{CalendarRules, DayKind, MAX_DAYS};
pub use stopwatch::{AfterReopening, Stopwatch};
pub use time_limit::TimeLimit;
pub use trace::{Trace, TraceDay};
pub use week::Week;
pub use working_calendar::WorkingCalendar;
pub use working_days::Closing;
