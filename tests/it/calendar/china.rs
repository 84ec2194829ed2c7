//! China's days, held against the facts beside the project.

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate, Weekday};
use parcelgauge::calendar::{CalendarError, Certainty, DayKind, DayMark, Holidays};
use serde_json::Value;

use super::{date, desk};
use crate::support::at;

#[test]
fn all_1461_days_agree_with_the_facts() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/facts/china_calendar_2023_2026.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: the facts on holidays are not beside this project");
        return;
    };
    let facts: Value = serde_json::from_str(&text).unwrap();
    let calendar = desk().build().unwrap();
    let mut seen = 0;
    for year in 2023..=2026 {
        let table = &facts[year.to_string()];
        let listed = |key: &str, day: NaiveDate| {
            table[key].as_array().unwrap().iter().any(|listed| listed.as_str() == Some(&day.to_string()))
        };
        let (mut worked, mut off) = (0, 0);
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        for day in first.iter_days().take_while(|day| day.year() == year) {
            let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            let is_worked = !listed("holiday_days", day) && (listed("makeup_workdays", day) || !is_weekend);
            assert_eq!(calendar.is_working_day(day).unwrap().value, is_worked, "{day}");
            let mark = Holidays::china().mark(day);
            assert_eq!(matches!(mark, Some(DayMark::Off { .. })), listed("holiday_days", day), "{day}");
            assert_eq!(matches!(mark, Some(DayMark::MakeUp)), listed("makeup_workdays", day), "{day}");
            if is_worked { worked += 1 } else { off += 1 }
        }
        assert_eq!((table["workdays"].as_u64(), table["offdays"].as_u64()), (Some(worked), Some(off)), "{year}");
        seen += worked + off;
    }
    assert_eq!(seen, 1_461);
}

/// Read also where the facts are absent: working days a year, by the notices.
#[test]
fn each_year_has_its_working_days_and_its_source() {
    let calendar = desk().build().unwrap();
    for (year, worked) in [(2023, 249), (2024, 251), (2025, 248), (2026, 248)] {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let counted = calendar.working_days(first, NaiveDate::from_ymd_opt(year, 12, 31).unwrap()).unwrap();
        assert_eq!(counted.value + u32::from(calendar.is_working_day(first).unwrap().value), worked, "{year}");
    }
    let sources: Vec<_> = Holidays::china().tables().map(|table| (table.year(), table.source().len() > 60)).collect();
    assert_eq!(sources, [(2023, true), (2024, true), (2025, true), (2026, true)]);
}

#[test]
fn a_make_up_saturday_is_worked_a_holiday_is_not_and_2027_is_not_known() {
    let calendar = desk().build().unwrap();
    assert!(calendar.is_working_day(date("2026-02-14")).unwrap().value);
    assert_eq!(calendar.day_kind(date("2026-02-14")).unwrap().value, DayKind::MakeUp);
    assert!(!calendar.is_working_day(date("2026-10-01")).unwrap().value);
    assert_eq!(calendar.holiday_name(date("2026-10-01")), Some("National Day 国庆节"));
    let unknown = calendar.is_working_day(date("2027-01-04")).unwrap_err();
    assert!(matches!(unknown, CalendarError::Unknown { known_until, .. } if known_until == date("2026-12-31")));
    assert!(calendar.working_time(at("2026-12-31T00:00:00Z"), at("2027-01-04T00:00:00Z")).is_err());
    assert!(calendar.end_of_working_days(at("2026-12-31T00:00:00Z"), 3, Default::default()).is_err());
}

/// The midnight that ends the last day known is known, the instant after it is not.
#[test]
fn the_edge_of_what_is_known() {
    let (calendar, start) = (desk().build().unwrap(), at("2026-12-31T09:00:00+08:00"));
    let known = calendar.working_time(start, at("2027-01-01T00:00:00+08:00")).unwrap();
    assert_eq!((known.value.to_string(), known.certainty), ("8h".to_owned(), Certainty::Known));
    assert!(calendar.working_time(start, at("2027-01-01T00:00:00.001+08:00")).is_err());
    assert!(calendar.working_time(at("2022-12-31T23:59:59.999+08:00"), start).is_err());
    assert!(calendar.add_working_time(start, known.value).is_ok());
    assert!(calendar.add_working_time(start, parcelgauge::record::Duration::from_millis(8 * 3_600_000 + 1)).is_err());
}

#[test]
fn beyond_it_an_answer_may_be_provisional_and_says_so() {
    let calendar = desk().with_provisional_until(date("2027-01-31")).build().unwrap();
    let monday = calendar.is_working_day(date("2027-01-04")).unwrap();
    assert_eq!((monday.value, monday.certainty), (true, Certainty::Provisional));
    let (eve, new_year) = (at("2026-12-31T09:00:00+08:00"), at("2027-01-01T00:00:00+08:00"));
    assert_eq!(calendar.working_time(eve, new_year).unwrap().certainty, Certainty::Known);
    let over = calendar.end_of_working_days(eve, 3, Default::default()).unwrap();
    // New Year's Day is a Friday: without its holiday it is counted, which is what provisional warns of.
    assert_eq!((over.value, over.certainty), (at("2027-01-06T00:00:00+08:00"), Certainty::Provisional));
    let over = calendar.add_working_time(eve, "9h".parse().unwrap()).unwrap();
    assert_eq!((over.value, over.certainty), (at("2027-01-01T10:00:00+08:00"), Certainty::Provisional));
    assert_eq!(calendar.next_opening(new_year).unwrap().certainty, Certainty::Provisional);
    let trace = calendar.trace(eve, at("2027-01-02T00:00:00+08:00")).unwrap();
    assert_eq!(trace.certainty, Certainty::Provisional);
    let flagged: Vec<_> = trace.value.to_string().lines().map(|line| line.ends_with("  provisional")).collect();
    assert_eq!(flagged, [false, false, true]);
    assert_eq!(calendar.is_open(eve).unwrap().certainty, Certainty::Known);
    assert!(calendar.is_working_day(date("2027-02-01")).is_err());
}
