//! A count laid open, day by day.

use std::fmt;

use chrono::NaiveDate;

use super::stopwatch::Reading;
use super::{Answer, CalendarError, Certainty, DayKind, WorkingCalendar};
use crate::record::{Duration, Instant, Span, Text, Zone};

/// How a length of working time came about: a row a day, whose counts add up to it. Printed, a disputed deadline can be
/// checked by hand:
///
/// ```
/// use parcelgauge::calendar::{CalendarRules, Holidays, Week};
/// use parcelgauge::record::Zone;
/// let week = Week::monday_to_friday("09:00-12:00, 13:00-18:00".parse()?);
/// let desk = CalendarRules::new(Zone::SHANGHAI, week).with_holidays(Holidays::china().clone()).build()?;
/// let trace = desk.trace("2026-02-13T17:00:00+08:00".parse()?, "2026-02-15T12:00:00+08:00".parse()?)?.value;
/// assert_eq!(trace.to_string(), "\
/// Asia/Shanghai   day         counted   stopped     total  working days
/// 2026-02-13 Fri  working        1:00      0:00      1:00             0  17:00-18:00
/// 2026-02-14 Sat  make-up        8:00      0:00      9:00             1  09:00-12:00 13:00-18:00
/// 2026-02-15 Sun  holiday        0:00      0:00      9:00             1  Spring Festival 春节
/// ");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    zone: Zone,
    days: Vec<TraceDay>,
}

/// One day of a [`Trace`], from midnight to midnight of its zone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TraceDay {
    /// The day.
    pub date: NaiveDate,
    /// What it is to the calendar.
    pub kind: DayKind,
    /// The name of its holiday.
    pub holiday: Option<Text>,
    /// Openings, cut to the day and to what is counted; pauses are not taken out of them.
    pub open: Vec<Span>,
    /// Working time that counts.
    pub counted: Duration,
    /// Working time for which the clock stood.
    pub stopped: Duration,
    /// What was counted up to the end of the day.
    pub total: Duration,
    /// Working days that count up to this day, the first day not among them.
    pub working_days: u32,
    /// Whether the holidays of the day are known.
    pub certainty: Certainty,
}

impl Trace {
    /// A row a day, in order; the total of the last is what was asked for.
    #[must_use]
    pub fn days(&self) -> &[TraceDay] {
        &self.days
    }

    pub(super) fn of(calendar: &WorkingCalendar, reading: &Reading) -> Result<Answer<Self>, CalendarError> {
        let whole = calendar.working_time(reading.from, reading.until)?;
        let (zone, length) = (calendar.zone(), |from, to| calendar.worked_between(from, to));
        let first = zone.date_of(reading.from);
        let mut days = Vec::new();
        let (mut total, mut working_days) = (Duration::ZERO, 0);
        for date in first.iter_days() {
            let (start, end) = (zone.start_of(date).max(reading.from), zone.end_of(date).min(reading.until));
            if start > reading.until || (start == reading.until && date > first) {
                break;
            }
            let counted = reading.running(start, end, length);
            total = Duration::from_millis(total.as_millis() + counted.as_millis());
            working_days += u32::from(date > first && reading.counts(calendar, date)?.is_working_day);
            let kind = calendar.day_kind(date)?;
            days.push(TraceDay {
                date,
                kind: kind.value,
                holiday: calendar.holiday_name(date).map(Text::from),
                open: calendar.openings_within(start, end).collect(),
                counted,
                stopped: reading.stopped(start, end, length),
                total,
                working_days,
                certainty: kind.certainty,
            });
        }
        Ok(whole.map(|_| Self { zone, days }))
    }
}

impl WorkingCalendar {
    /// The working time between two instants, laid open day by day.
    ///
    /// # Errors
    /// As [`Self::working_time`].
    pub fn trace(&self, from: Instant, to: Instant) -> Result<Answer<Trace>, CalendarError> {
        Trace::of(self, &Reading::running_through(from, to))
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zone = self.zone.name();
        writeln!(f, "{zone:<14}  day         counted   stopped     total  working days")?;
        for day in &self.days {
            let [counted, stopped, total] = [day.counted, day.stopped, day.total].map(hours);
            let (date, kind, number) = (day.date.format("%Y-%m-%d %a"), day.kind.name(), day.working_days);
            write!(f, "{date}  {kind:<9}  {counted:>8}  {stopped:>8}  {total:>8}  {number:>12}")?;
            let clock = |at: Instant| {
                let local = self.zone.local(at);
                // The midnight after the day is its 24:00.
                if local.date() > day.date { "24:00".to_owned() } else { local.format(clock_format(at)).to_string() }
            };
            for (place, span) in day.open.iter().enumerate() {
                let gap = if place == 0 { "  " } else { " " };
                write!(f, "{gap}{}-{}", clock(span.start()), clock(span.end()))?;
            }
            if let Some(holiday) = &day.holiday {
                write!(f, "  {}", &**holiday)?;
            }
            if day.certainty == Certainty::Provisional {
                f.write_str("  provisional")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// Seconds and milliseconds only where there are some.
fn clock_format(at: Instant) -> &'static str {
    match at.as_millis() {
        millis if millis % 60_000 == 0 => "%H:%M",
        millis if millis % 1_000 == 0 => "%H:%M:%S",
        _ => "%H:%M:%S%.3f",
    }
}

/// Hours and minutes, with seconds and milliseconds where there are some.
fn hours(length: Duration) -> String {
    let millis = length.as_millis();
    let (hours, minutes, rest) = (millis / 3_600_000, millis / 60_000 % 60, millis % 60_000);
    match (rest / 1_000, rest % 1_000) {
        (0, 0) => format!("{hours}:{minutes:02}"),
        (seconds, 0) => format!("{hours}:{minutes:02}:{seconds:02}"),
        (seconds, millis) => format!("{hours}:{minutes:02}:{seconds:02}.{millis:03}"),
    }
}
