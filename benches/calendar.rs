//! What the working-time clock costs: measuring spans of a day, a year and ten years, adding hours and working days,
//! counting D+n, and laying a calendar out.
//!
//! ```text
//! cargo bench --bench calendar
//! ```
//! Per call. The calendar has a lunch break, so a year has some 500 openings, ten years some 5,000.

#![allow(clippy::expect_used, reason = "the calendars are made here")]

use std::hint::black_box;

use chrono::{NaiveDate, NaiveTime};
use criterion::{Criterion, criterion_group, criterion_main};
use parcelgauge::calendar::{CalendarRules, Closing, DeliveryDays, Holidays, Week, WorkingCalendar};
use parcelgauge::record::{Duration, Instant, Zone};

const CALLS: usize = 1_024;

fn rules() -> CalendarRules {
    let hours = "09:00-12:00, 13:00-18:00".parse().expect("hours");
    CalendarRules::new(Zone::SHANGHAI, Week::monday_to_friday(hours))
}

fn of_years(first: i32, last: i32) -> WorkingCalendar {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
    rules().with_days(day(first, 1, 1), day(last, 12, 31)).build().expect("a calendar")
}

/// Instants scattered over a stretch, the same in every run: no call finds the way of the one before.
fn scattered(from: &str, within: Duration) -> Vec<Instant> {
    let from: Instant = from.parse().expect("an instant");
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 16) as i64 % within.as_millis()
    };
    (0..CALLS).map(|_| from.saturating_add(Duration::from_millis(next()))).collect()
}

fn spans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("working time");
    for (name, first, last, length) in [
        ("of a day, calendar of a year", 2026, 2026, Duration::from_days(1)),
        ("of a year, calendar of a year", 2026, 2026, Duration::from_days(364)),
        ("of a year, calendar of ten", 2017, 2026, Duration::from_days(364)),
        ("of ten years, calendar of ten", 2017, 2026, Duration::from_days(3_650)),
    ] {
        let calendar = of_years(first, last);
        let whole = if first == last { 365 } else { 3_652 } - length.as_millis() / 86_400_000;
        let starts = scattered(&format!("{first}-01-01T00:00:00+08:00"), Duration::from_days(whole as i32));
        let mut calls = starts.iter().cycle();
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let from = *calls.next().expect("a start");
                calendar.working_time(black_box(from), from.saturating_add(length)).expect("known")
            });
        });
    }
    group.finish();
}

fn additions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("add");
    let calendar = rules().with_holidays(Holidays::china().clone()).build().expect("a calendar");
    let starts = scattered("2023-01-01T00:00:00+08:00", Duration::from_days(1_400));
    let mut calls = starts.iter().cycle();
    let mut start = || black_box(*calls.next().expect("a start"));
    group.bench_function("8 hours of working time", |bencher| {
        bencher.iter(|| calendar.add_working_time(start(), Duration::from_hours(8)).expect("known"));
    });
    group.bench_function("3 working days", |bencher| {
        bencher.iter(|| calendar.end_of_working_days(start(), 3, Closing::Midnight).expect("known"));
    });
    group.bench_function("7 calendar days", |bencher| {
        bencher.iter(|| calendar.end_of_calendar_days(start(), 7, Closing::Midnight).expect("known"));
    });
    let counted = DeliveryDays::new(NaiveTime::from_hms_opt(17, 0, 0).expect("a time"));
    group.bench_function("D+n", |bencher| {
        bencher.iter(|| {
            let deposited = start();
            counted.count(&calendar, deposited, deposited.saturating_add(Duration::from_hours(60))).expect("known")
        });
    });
    group.finish();
}

fn layout(criterion: &mut Criterion) {
    let china = rules().with_holidays(Holidays::china().clone());
    criterion.bench_function("lay out four years", |bencher| bencher.iter(|| china.build().expect("a calendar")));
}

criterion_group!(benches, spans, additions, layout);
criterion_main!(benches);
