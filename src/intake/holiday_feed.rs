//! Holidays out of an iCalendar file.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate};

use crate::calendar::{CalendarError, Holidays};

/// Reads the iCalendar files (RFC 5545) in which holidays are published: whole-day events, a holiday each.
///
/// A file does not say which years it is complete for, so the caller does; events of other years are passed over. An
/// event whose summary or category has one of the make-up words is a day worked for a holiday, every other one is off.
///
/// ```
/// use parcelgauge::calendar::DayMark;
/// use parcelgauge::intake::HolidayFeed;
/// let text = "BEGIN:VCALENDAR\nVERSION:2.0\n\
///     BEGIN:VEVENT\nSUMMARY:春节 休\nDTSTART;VALUE=DATE:20270205\nDTEND;VALUE=DATE:20270212\nEND:VEVENT\n\
///     BEGIN:VEVENT\nSUMMARY:春节 班\nDTSTART;VALUE=DATE:20270214\nEND:VEVENT\n\
///     END:VCALENDAR\n";
/// let holidays = HolidayFeed::new(2027..=2027, "a feed").with_make_up_word("班").read(text)?;
/// let day = |day| chrono::NaiveDate::from_ymd_opt(2027, 2, day).unwrap();
/// assert_eq!(holidays.mark(day(11)), Some(&DayMark::Off { name: "春节 休".into() }));
/// assert_eq!(holidays.mark(day(12)), None); // an end is not included
/// assert_eq!(holidays.mark(day(14)), Some(&DayMark::MakeUp));
/// # Ok::<(), parcelgauge::calendar::CalendarError>(())
/// ```
///
/// What it does not read: events with times of day, recurring events (the years are few, list them), and lists of
/// excepted dates. They are errors, not gaps.
#[derive(Debug, Clone)]
pub struct HolidayFeed {
    years: RangeInclusive<i32>,
    source: String,
    make_up_words: Vec<String>,
}

impl HolidayFeed {
    /// For files that are complete for some years in a row; the source is kept with each of them.
    #[must_use]
    pub fn new(years: RangeInclusive<i32>, source: impl Into<String>) -> Self {
        Self { years, source: source.into(), make_up_words: Vec::new() }
    }

    /// A word by which days that are worked are known, such as `班`.
    #[must_use]
    pub fn with_make_up_word(mut self, word: impl Into<String>) -> Self {
        self.make_up_words.push(word.into());
        self
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// [`CalendarError::File`] with the line and what stands there, and what [`Holidays::from_lists`] refuses.
    pub fn read(&self, text: &str) -> Result<Holidays, CalendarError> {
        let (mut off, mut make_up) = (Vec::new(), Vec::new());
        for event in events(text)? {
            let is_make_up = self.make_up_words.iter().any(|word| event.names.iter().any(|name| name.contains(word)));
            let days = event.first.iter_days().take_while(|&day| day < event.end);
            for day in days.filter(|day| self.years.contains(&day.year())) {
                if is_make_up { make_up.push(day) } else { off.push((day, event.names[0].clone())) }
            }
        }
        Holidays::from_lists(self.years.clone(), &self.source, off, make_up)
    }
}

/// A whole-day event.
struct Event {
    names: [String; 2], // summary, categories
    first: NaiveDate,
    end: NaiveDate, // not included
}

/// An event of which not all lines are read yet.
#[derive(Default)]
struct Draft {
    names: [String; 2],
    first: Option<NaiveDate>,
    end: Option<NaiveDate>,
    is_cancelled: bool,
}

fn wrong(line: usize, problem: &str, text: &str) -> CalendarError {
    CalendarError::File { message: format!("line {line}: {problem}: `{text}`") }
}

fn events(text: &str) -> Result<Vec<Event>, CalendarError> {
    let mut found = Vec::new();
    let mut inside = Vec::new(); // components, from the outermost
    let mut draft = Draft::default();
    for (number, line) in unfolded(text) {
        let (head, value) = line.split_once(':').ok_or_else(|| wrong(number, "no `:` after a name", &line))?;
        let name = head.split(';').next().unwrap_or(head).to_ascii_uppercase();
        match (name.as_str(), inside.last().map(String::as_str)) {
            ("BEGIN", _) => {
                inside.push(value.to_ascii_uppercase());
                if value.eq_ignore_ascii_case("VEVENT") {
                    draft = Draft::default();
                }
            }
            ("END", Some(open)) if value.eq_ignore_ascii_case(open) => {
                if open == "VEVENT" {
                    found.extend(std::mem::take(&mut draft).finish(number)?);
                }
                inside.pop();
            }
            ("END", _) => return Err(wrong(number, "an end without its beginning", &line)),
            (_, Some("VEVENT")) => draft.take(&name, value).map_err(|problem| wrong(number, problem, &line))?,
            _ => {}
        }
    }
    match inside.pop() {
        None => Ok(found),
        Some(open) => Err(wrong(text.lines().count(), "the file ends inside", &open)),
    }
}

/// Lines by number; one that begins with a blank goes on with the one before it.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (place, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, last))) => last.push_str(rest),
            _ if line.is_empty() => {}
            _ => lines.push((place + 1, line.to_owned())),
        }
    }
    lines
}

impl Draft {
    fn take(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        match name {
            "SUMMARY" => self.names[0] = plain(value),
            "CATEGORIES" => self.names[1] = plain(value),
            "STATUS" => self.is_cancelled = value.eq_ignore_ascii_case("CANCELLED"),
            "DTSTART" => self.first = Some(date(value)?),
            "DTEND" => self.end = Some(date(value)?),
            "DURATION" => {
                let first = self.first.ok_or("a duration before its DTSTART")?;
                self.end = first.checked_add_days(whole_days(value)?);
            }
            "RRULE" | "RDATE" | "EXDATE" => return Err("recurring events are not read; list each year's"),
            _ => {}
        }
        Ok(())
    }

    fn finish(self, line: usize) -> Result<Option<Event>, CalendarError> {
        if self.is_cancelled {
            return Ok(None);
        }
        let first = self.first.ok_or_else(|| wrong(line, "an event without DTSTART", &self.names[0]))?;
        // Without an end a whole-day event lasts its day.
        let end = self.end.or_else(|| first.succ_opt()).unwrap_or(first);
        if end <= first {
            return Err(wrong(line, "an event that ends before or when it begins", &self.names[0]));
        }
        Ok(Some(Event { names: self.names, first, end }))
    }
}

fn date(text: &str) -> Result<NaiveDate, &'static str> {
    let is_date = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_date {
        return Err("expected a date such as 20261001; events with times of day are no holidays");
    }
    NaiveDate::parse_from_str(text, "%Y%m%d").map_err(|_| "there is no such day")
}

/// `P7D` or `P1W`.
fn whole_days(text: &str) -> Result<Days, &'static str> {
    let problem = "expected whole days or weeks such as P7D or P1W";
    let amount = text.strip_prefix('P').ok_or(problem)?;
    let (number, unit) = match (amount.strip_suffix('D'), amount.strip_suffix('W')) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 7),
        _ => return Err(problem),
    };
    number.parse::<u16>().map(|number| Days::new(u64::from(number) * unit)).map_err(|_| problem)
}

/// Text without its escapes.
fn plain(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => text.extend(letters.next().map(|escaped| if matches!(escaped, 'n' | 'N') { ' ' } else { escaped })),
            plain => text.push(plain),
        }
    }
    text
}
