//! Generated calendars, told twice: as rules, and to the oracle.

use chrono::{Days, NaiveDate, Weekday};
use parcelgauge::calendar::{CalendarRules, DayMark, HolidayYear, Holidays, Hours, Week, WorkingCalendar};
use parcelgauge::record::Instant;
use proptest::prelude::*;

use super::slow::{Minutes, Told};
use super::{date, hours, zone};

/// Days about both changes of the clocks in each zone; questions are asked further inside.
pub const FIRST: &str = "2026-01-01";
pub const DAYS: u64 = 365;

/// Zones whose clocks change at night, at midnight, by half an hour, on other days, or never.
const ZONES: [&str; 6] =
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC"];

const DAYTIMES: [&[(i64, i64)]; 7] = [
    &[],
    &[(540, 1_080)],
    &[(540, 720), (780, 1_080)],
    &[(0, 1_440)],
    &[(30, 150), (155, 185), (1_380, 1_440)],
    &[(360, 840), (1_320, 1_800)],
    &[(1_410, 1_470)],
];

fn text(minutes: &[(i64, i64)]) -> String {
    let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    let spans = minutes
        .iter()
        .map(|&(start, end)| format!("{}-{}", clock(start), clock(if end > 1_440 { end - 1_440 } else { end })));
    if minutes.is_empty() { "closed".to_owned() } else { spans.collect::<Vec<_>>().join(",") }
}

pub fn as_hours(minutes: &[(i64, i64)]) -> Hours {
    hours(&text(minutes))
}

/// Rules for 2026 of which some cannot be: night shifts that run into the next day.
pub fn told() -> impl Strategy<Value = Told> {
    let times = || (0..DAYTIMES.len()).prop_map(|place| DAYTIMES[place].to_vec());
    let some_days = |most| prop::collection::btree_set(0..DAYS, 0..most);
    let day = |place| date(FIRST) + Days::new(place);
    (
        prop::sample::select(&ZONES[..]),
        prop::array::uniform7(times()),
        some_days(40),
        some_days(10),
        prop::collection::btree_map((0..DAYS).prop_map(day), times(), 0..10),
    )
        .prop_map(move |(zone, week, off, make_up, exceptions): (_, [Minutes; 7], _, _, _)| Told {
            zone: zone.parse().unwrap(),
            week,
            make_up: make_up.difference(&off).copied().map(day).collect(),
            off: off.into_iter().map(day).collect(),
            exceptions,
        })
}

/// The same, for the calendar.
pub fn rules(told: &Told) -> CalendarRules {
    let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let week = week.into_iter().zip(&told.week).fold(Week::closed(), |week, (day, at)| week.with(day, as_hours(at)));
    let rules = CalendarRules::new(zone(told.zone.name()), week).with_holidays(holidays(told));
    told.exceptions.iter().fold(rules, |rules, (&day, at)| rules.with_exception(day, as_hours(at)))
}

fn holidays(told: &Told) -> Holidays {
    let off = told.off.iter().map(|&day| (day, DayMark::Off { name: "off".into() }));
    let make_up = told.make_up.iter().map(|&day| (day, DayMark::MakeUp));
    let year =
        off.chain(make_up).try_fold(HolidayYear::new(2026, "generated"), |year, (day, mark)| year.with(day, mark));
    Holidays::new([year.unwrap()]).unwrap()
}

/// A calendar that can be, with what was told.
pub fn calendar() -> impl Strategy<Value = (Told, WorkingCalendar)> {
    told().prop_filter_map("a night shift runs into the next day", |told| {
        let calendar = rules(&told).build().ok()?;
        Some((told, calendar))
    })
}

/// Whole minutes of 2026, a day from its ends; every fourth within two hours of a change of clocks somewhere.
pub fn minute() -> impl Strategy<Value = Instant> {
    let start: Instant = "2026-01-02T12:00:00Z".parse().unwrap();
    let near = ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z"];
    let near = near.into_iter().chain([
        "2026-04-04T15:00:00Z",
        "2026-10-03T15:30:00Z",
        "2026-04-23T22:00:00Z",
        "2026-10-29T21:00:00Z",
    ]);
    let near: Vec<Instant> = near.map(|text| text.parse().unwrap()).collect();
    let anywhere = (0_i64..362 * 1_440).prop_map(move |minute| minutes_after(start, minute));
    let about = (prop::sample::select(near), -120_i64..120).prop_map(|(change, minute)| minutes_after(change, minute));
    prop_oneof![3 => anywhere, 1 => about]
}

pub fn minutes_after(start: Instant, minutes: i64) -> Instant {
    Instant::from_millis(start.as_millis() + minutes * 60_000).unwrap()
}

pub fn last() -> NaiveDate {
    date("2026-12-31")
}
