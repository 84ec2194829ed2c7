//! Holidays from iCalendar files.

use parcelgauge::calendar::{CalendarError, DayMark, Holidays};
use parcelgauge::intake::HolidayFeed;

fn feed(events: &str) -> Result<Holidays, CalendarError> {
    let text = format!("BEGIN:VCALENDAR\r\nX-WR-CALNAME:test\r\n{}\r\nEND:VCALENDAR\r\n", events.replace('\n', "\r\n"));
    HolidayFeed::new(2026..=2027, "test").with_make_up_word("班").with_make_up_word("WORK").read(&text)
}

fn event(lines: &str) -> Result<Holidays, CalendarError> {
    feed(&format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT"))
}

fn name_on(holidays: &Holidays, date: &str) -> Option<String> {
    match holidays.mark(date.parse().unwrap())? {
        DayMark::Off { name } => Some(name.clone()),
        DayMark::MakeUp => Some("make-up".to_owned()),
    }
}

#[test]
fn whole_days_with_and_without_an_end() {
    for (lines, last) in [
        ("DTSTART;VALUE=DATE:20261001", "2026-10-01"),
        ("DTSTART:20261001\nDTEND:20261002", "2026-10-01"),
        ("DTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261008", "2026-10-07"),
        ("DTSTART;VALUE=DATE:20261001\nDURATION:P7D", "2026-10-07"),
        ("DTSTART;VALUE=DATE:20261001\nDURATION:P1W", "2026-10-07"),
    ] {
        let holidays = event(&format!("SUMMARY:National Day\n{lines}")).unwrap();
        assert_eq!(name_on(&holidays, last).as_deref(), Some("National Day"), "{lines}");
        let after = last.parse::<chrono::NaiveDate>().unwrap().succ_opt().unwrap();
        assert_eq!(holidays.mark(after), None, "{lines}");
    }
}

#[test]
fn folded_lines_escapes_alarms_and_what_is_called_off() {
    let holidays = feed(
        "BEGIN:VEVENT\nSUMMARY:Mid-Autumn\\, and Nati\n onal Day\nDTSTART;VALUE=DATE:20261001\n\
         BEGIN:VALARM\nSUMMARY:ring\nEND:VALARM\nEND:VEVENT\n\
         BEGIN:VEVENT\nSUMMARY:none\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20261101\nEND:VEVENT\n\
         BEGIN:VEVENT\nSUMMARY:a Saturday\nCATEGORIES:WORK\nDTSTART;VALUE=DATE:20261010\nEND:VEVENT",
    );
    let holidays = holidays.unwrap();
    assert_eq!(name_on(&holidays, "2026-10-01").as_deref(), Some("Mid-Autumn, and National Day"));
    assert_eq!(name_on(&holidays, "2026-11-01"), None);
    assert_eq!(name_on(&holidays, "2026-10-10").as_deref(), Some("make-up"));
}

#[test]
fn other_years_are_passed_over_day_by_day() {
    let holidays = event("SUMMARY:turn\nDTSTART:20271230\nDTEND:20280103").unwrap();
    assert_eq!(name_on(&holidays, "2027-12-31").as_deref(), Some("turn"));
    assert_eq!(holidays.years(), Some(2026..=2027));
}

#[test]
fn what_is_no_holiday_is_an_error_with_its_line() {
    for (lines, word) in [
        ("SUMMARY:x\nDTSTART:20261001T090000Z", "line 5: expected a date"),
        ("SUMMARY:x\nDTSTART;VALUE=DATE:20260230", "no such day"),
        ("SUMMARY:x", "without DTSTART"),
        ("DTSTART:20261001\nDTEND:20261001", "ends before"),
        ("DTSTART:20261001\nRRULE:FREQ=YEARLY", "recurring"),
        ("DTSTART:20261001\nDURATION:PT1H", "whole days"),
        ("DURATION:P1D\nDTSTART:20261001", "before its DTSTART"),
        ("no colon", "no `:`"),
        ("END:VALARM", "without its beginning"),
        ("BEGIN:VALARM", "without its beginning"),
    ] {
        let refused = event(lines).unwrap_err().to_string();
        assert!(refused.contains(word), "{lines}: {refused}");
    }
    assert!(HolidayFeed::new(2026..=2026, "test").read("BEGIN:VCALENDAR\n").is_err());
    let both = feed(
        "BEGIN:VEVENT\nSUMMARY:x\nDTSTART:20261001\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:班\nDTSTART:20261001\nEND:VEVENT",
    );
    assert!(matches!(both, Err(CalendarError::ListedTwice { .. })));
}
