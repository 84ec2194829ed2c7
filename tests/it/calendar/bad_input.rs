//! What is refused, and with what words.

use parcelgauge::calendar::{
    CalendarError, CalendarRules, DayMark, HolidayYear, Holidays, Hours, Pause, PauseReason, Stopwatch, Week,
};
use parcelgauge::record::Zone;

use super::{date, desk, hours, office};
use crate::support::at;

#[test]
fn hours_that_cannot_be() {
    for text in
        ["", "9-17", "9:00-17:00", "09:00", "09:00-09:00", "09:60-10:00", "24:00-06:00", "09:00-24:01", "all night"]
    {
        assert!(matches!(text.parse::<Hours>(), Err(CalendarError::Hours { .. })), "{text}");
    }
    for text in ["09:00-12:00, 11:59-18:00", "09:00-12:00, 09:00-12:00", "22:00-06:00, 23:00-24:00"] {
        assert!(matches!(text.parse::<Hours>(), Err(CalendarError::SpansOverlap { .. })), "{text}");
    }
    assert_eq!(hours("09:00-12:00,12:00-18:00").to_string(), "09:00-12:00, 12:00-18:00");
}

#[test]
fn a_night_shift_into_the_next_day() {
    let week = Week::every_day(hours("09:00-17:00")).with(chrono::Weekday::Mon, hours("22:00-09:00"));
    assert!(CalendarRules::new(Zone::UTC, week.clone()).build().is_ok());
    let week = week.with(chrono::Weekday::Mon, hours("22:00-09:01"));
    let refused = CalendarRules::new(Zone::UTC, week).build().unwrap_err();
    assert_eq!(refused, CalendarError::NightsOverlap { date: date("2000-01-04") });
}

#[test]
fn an_end_before_its_start() {
    let calendar = office("UTC");
    let (early, late) = (at("2026-06-01T00:00:00Z"), at("2026-06-01T00:00:00.001Z"));
    assert!(calendar.working_time(early, early).is_ok());
    let refused = calendar.working_time(late, early).unwrap_err();
    assert!(matches!(refused, CalendarError::EndBeforeStart { .. }));
    assert!(refused.to_string().contains("2026-06-01T00:00:00.001Z"), "{refused}");
    assert!(calendar.working_days(date("2026-06-02"), date("2026-06-01")).is_err());
}

#[test]
fn years_that_are_missing_doubled_or_of_another_table() {
    let year = |year| HolidayYear::new(year, "test");
    assert_eq!(Holidays::new([year(2025), year(2023)]), Err(CalendarError::GapOfYears { missing: 2024 }));
    assert_eq!(Holidays::new([year(2023), year(2023)]), Err(CalendarError::YearTwice { year: 2023 }));
    let stray = year(2023).with(date("2024-01-01"), DayMark::MakeUp);
    assert_eq!(stray, Err(CalendarError::OtherYear { date: date("2024-01-01"), year: 2023 }));
    let twice = year(2023).with(date("2023-01-01"), DayMark::MakeUp).unwrap();
    let twice = twice.with(date("2023-01-01"), DayMark::Off { name: "off".into() });
    assert_eq!(twice, Err(CalendarError::ListedTwice { date: date("2023-01-01") }));
    let gap = Holidays::china().clone().with_years([year(2028)]);
    assert_eq!(gap, Err(CalendarError::GapOfYears { missing: 2027 }));
    assert_eq!(Holidays::china().clone().with_years([year(2027)]).unwrap().years(), Some(2023..=2027));
    let twice = Holidays::china().clone().with_years([year(2027), year(2027)]);
    assert_eq!(twice, Err(CalendarError::YearTwice { year: 2027 }));
    let both = Holidays::from_lists(2026..=2026, "test", [(date("2026-01-01"), "off")], [date("2026-01-01")]);
    assert_eq!(both, Err(CalendarError::ListedTwice { date: date("2026-01-01") }));
    let stray = Holidays::from_lists(2026..=2026, "test", [(date("2027-01-01"), "off")], []);
    assert!(matches!(stray, Err(CalendarError::OtherYear { .. })));
}

#[test]
fn days_that_nothing_is_known_of() {
    assert!(matches!(
        desk().with_days(date("2022-12-31"), date("2023-01-31")).build(),
        Err(CalendarError::Unknown { .. })
    ));
    assert!(matches!(
        desk().with_days(date("2026-01-02"), date("2026-01-01")).build(),
        Err(CalendarError::Range { .. })
    ));
    assert!(matches!(
        desk().with_exception(date("2027-01-01"), Hours::closed()).build(),
        Err(CalendarError::Unknown { .. })
    ));
    assert!(matches!(desk().with_holidays(Holidays::default()).build(), Err(CalendarError::Range { .. })));
    let week = || CalendarRules::new(Zone::UTC, Week::closed());
    assert!(week().with_days(date("2000-01-01"), date("2099-12-31")).build().is_ok());
    assert!(matches!(
        week().with_days(date("2000-01-01"), date("2100-01-01")).build(),
        Err(CalendarError::Range { .. })
    ));
    assert!(matches!(week().with_provisional_until(date("9999-12-31")).build(), Err(CalendarError::Range { .. })));
}

#[test]
fn pauses_ends_and_reopenings_outside_the_case() {
    let (before, open, during, end, after) = (
        at("2026-06-01T00:00:00Z"),
        at("2026-06-02T00:00:00Z"),
        at("2026-06-03T00:00:00Z"),
        at("2026-06-04T00:00:00Z"),
        at("2026-06-05T00:00:00Z"),
    );
    let case = || Stopwatch::opened(open);
    let pause = |from, until| Pause::new(PauseReason::AwaitingCustomer, from).with_end(until).unwrap();
    let is_refused = |made: Result<Stopwatch, _>| matches!(made, Err(CalendarError::OutOfOrder { .. }));
    assert!(is_refused(case().closed(before)));
    assert!(case().closed(open).is_ok());
    assert!(is_refused(case().closed(end).unwrap().closed(after)));
    assert!(is_refused(case().reopened(end)));
    assert!(is_refused(case().closed(end).unwrap().reopened(during)));
    assert!(is_refused(case().paused(pause(before, during))));
    assert!(is_refused(case().closed(end).unwrap().paused(pause(during, after))));
    assert!(is_refused(case().paused(pause(during, after)).unwrap().closed(end)));
    assert!(case().paused(pause(open, end)).unwrap().closed(end).is_ok());
    assert!(Pause::new(PauseReason::Customs, end).with_end(during).is_err());
    assert!(case().elapsed(before, Default::default()).is_err());
}

#[test]
fn files_that_are_no_calendars() {
    let file = |body: &str| format!("format = \"parcelgauge.calendar/1\"\n{body}").parse::<CalendarRules>();
    let good = "zone = \"Asia/Shanghai\"\n[week]\nmonday = \"09:00-17:00\"\n";
    assert!(file(good).unwrap().build().is_ok());
    assert!(matches!(file(&good.replace("Shanghai", "Shangri-La")), Err(CalendarError::Value(_))));
    for (wrong, word) in [
        (good.replace("monday", "moonday"), "moonday"),
        (good.replace("09:00-17:00", "09:00-12:00, 11:00-17:00"), "overlap"),
        (format!("first = 2026-01-01\n{good}"), "belong together"),
        (format!("first = 2026-01-01T00:00:00\nlast = 2026-12-31\n{good}"), "no date"),
        (format!("{good}\n[exception]\n2026-02-30 = \"closed\"\n"), "2026-02-30"),
        (good.replace("[week]", "[other]"), "week"),
        (format!("holidays = \"china\"\n{good}\n[[holiday_year]]\nyear = 2028\nsource = \"s\"\n"), "2027"),
        (format!("{good}\n[[holiday_year]]\nyear = 2026\n"), "source"),
    ] {
        let refused = file(&wrong).unwrap_err().to_string();
        assert!(refused.contains(word), "{refused}");
    }
    assert!(good.parse::<CalendarRules>().is_err(), "no format");
    // A year of the caller's own is added to those shipped, or stands for one of them.
    let own = "[[holiday_year]]\nyear = 2027\nsource = \"own\"\noff = [{ name = \"n\", first = 2027-01-04 }]\n";
    let calendar = file(&format!("holidays = \"china\"\n{good}\n{own}")).unwrap().build().unwrap();
    assert_eq!(calendar.known_until(), date("2027-12-31"));
    assert!(!calendar.is_working_day(date("2027-01-04")).unwrap().value);
    assert!(calendar.is_working_day(date("2027-01-11")).unwrap().value);
    let calendar = file(&format!("{good}\n{own}")).unwrap().build().unwrap();
    assert_eq!((calendar.known_from(), calendar.known_until()), (date("2027-01-01"), date("2027-12-31")));
    assert!("year = 2027\nsource = \"s\"".parse::<HolidayYear>().unwrap_err().to_string().contains("no `format`"));
    let year = |body: &str| {
        format!("format = \"parcelgauge.holidays/1\"\nyear = 2027\nsource = \"s\"\n{body}").parse::<HolidayYear>()
    };
    assert!(year("[[off]]\nname = \"n\"\nfirst = 2027-01-01\nlast = 2027-01-03\n").is_ok());
    assert!(matches!(
        year("[[off]]\nname = \"n\"\nfirst = 2027-01-03\nlast = 2027-01-01\n"),
        Err(CalendarError::EndBeforeStart { .. })
    ));
    assert!(matches!(year("make_up = [2027-01-02, 2027-01-02]"), Err(CalendarError::ListedTwice { .. })));
    assert!(matches!(year("make_up = [2028-01-02]"), Err(CalendarError::OtherYear { .. })));
    assert!(matches!(year("make_up = [2027-02-29]"), Err(CalendarError::File { .. })));
}
