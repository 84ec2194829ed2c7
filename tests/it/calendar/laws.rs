//! What holds for every calendar.

use chrono::{Days, FixedOffset, TimeZone};
use parcelgauge::calendar::{
    AfterReopening, CalendarError, CalendarRules, Pause, PauseReason, Stopwatch, TimeLimit, Week,
};
use parcelgauge::record::{Duration, Instant};
use proptest::prelude::*;

use super::generate::{calendar, last, minute, minutes_after, rules, told};
use super::slow::Slow;
use super::{date, hours, minutes, zone};

fn ordered<const N: usize>(mut instants: [Instant; N]) -> [Instant; N] {
    instants.sort_unstable();
    instants
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The oracle looks at every minute; the calendar must say the same.
    #[test]
    fn it_says_what_a_count_of_every_minute_says(
        (told, calendar) in calendar(),
        asked in prop::collection::vec((minute(), minute(), 0_i64..6_000), 24),
    ) {
        let slow = Slow::new(&told, date("2026-01-01"), last());
        for (one, other, length) in asked {
            let [from, to] = ordered([one, other]);
            let worked = calendar.working_time(from, to).unwrap().value;
            prop_assert_eq!(worked, minutes(slow.working_minutes(from, to) as i32), "{} to {}", from, to);
            let due = calendar.add_working_time(from, minutes(length as i32)).ok().map(|due| due.value);
            // Beyond the year the oracle has the last night shift only, as the calendar has.
            prop_assert_eq!(due, slow.add(from, length), "{} and {} minutes", from, length);
            prop_assert_eq!(calendar.next_opening(from).ok().map(|at| at.value), slow.next_opening(from), "{}", from);
        }
    }

    #[test]
    fn adding_then_measuring_gives_back_the_length(
        (_, calendar) in calendar(),
        from in minute(),
        millis in 0_i64..900_000_000,
    ) {
        let length = Duration::from_millis(millis);
        if let Ok(due) = calendar.add_working_time(from, length) {
            prop_assert!(due.value >= from);
            prop_assert_eq!(calendar.working_time(from, due.value).unwrap().value, length);
            // The earliest such instant: a millisecond before, less has passed.
            if length > Duration::ZERO {
                let before = Instant::from_millis(due.value.as_millis() - 1).unwrap();
                prop_assert!(calendar.working_time(from, before).unwrap().value < length);
            }
        }
    }

    #[test]
    fn splitting_a_span_adds_up_and_never_exceeds_it(
        (_, calendar) in calendar(),
        three in [minute(), minute(), minute()],
    ) {
        let [from, between, to] = ordered(three);
        let worked = |from, to| calendar.working_time(from, to).unwrap().value.as_millis();
        prop_assert_eq!(worked(from, between) + worked(between, to), worked(from, to));
        prop_assert!((0..=to.since(from).as_millis()).contains(&worked(from, to)));
    }

    #[test]
    fn later_starts_and_longer_lengths_are_due_no_earlier(
        (_, calendar) in calendar(),
        two in [minute(), minute()],
        lengths in [0_i32..9_000, 0_i32..9_000],
        days in [0_u32..40, 0_u32..40],
    ) {
        let [early, late] = ordered(two);
        let (short, long) = (*lengths.iter().min().unwrap(), *lengths.iter().max().unwrap());
        let (few, many) = (*days.iter().min().unwrap(), *days.iter().max().unwrap());
        for (less, more) in [
            (TimeLimit::WorkingTime(minutes(short)), TimeLimit::WorkingTime(minutes(long))),
            (TimeLimit::working_days(few), TimeLimit::working_days(many)),
            (TimeLimit::calendar_days(few), TimeLimit::calendar_days(many)),
        ] {
            let due = |limit: TimeLimit, from| limit.deadline(&calendar, from).map(|due| due.value);
            if let Ok(last) = due(more, late) {
                // What lies before the last deadline is known too.
                prop_assert!(due(less, early).unwrap() <= due(less, late).unwrap());
                prop_assert!(due(less, late).unwrap() <= last);
            }
        }
    }

    /// Instants read back from texts in other zones.
    #[test]
    fn the_zone_that_instants_are_written_in_changes_nothing(
        (_, calendar) in calendar(),
        two in [minute(), minute()],
        east in -50_000..50_000,
    ) {
        let [from, to] = ordered(two);
        let east = FixedOffset::east_opt(east / 60 * 60).unwrap();
        let rewritten = |at: Instant| -> Instant {
            east.from_utc_datetime(&at.to_datetime().naive_utc()).to_rfc3339().parse().unwrap()
        };
        prop_assert_eq!(calendar.working_time(from, to), calendar.working_time(rewritten(from), rewritten(to)));
    }

    #[test]
    fn always_open_is_elapsed_time(
        name in prop::sample::select(&["Asia/Shanghai", "Europe/Berlin", "Africa/Cairo"][..]),
        two in [minute(), minute()],
    ) {
        let [from, to] = ordered(two);
        let always = CalendarRules::new(zone(name), Week::every_day(hours("all day"))).build().unwrap();
        prop_assert_eq!(always.working_time(from, to).unwrap().value, to.since(from));
        prop_assert_eq!(always.add_working_time(from, to.since(from)).unwrap().value, to);
        prop_assert_eq!(always.next_opening(from).unwrap().value, from);
    }

    #[test]
    fn a_holiday_more_never_shortens_a_deadline(
        mut told in told(),
        holiday in 0_u64..365,
        from in minute(),
        length in 0_i32..9_000,
        days in 0_u32..40,
    ) {
        let (Ok(before), holiday) = (rules(&told).build(), date("2026-01-01") + Days::new(holiday)) else {
            return Ok(());
        };
        told.make_up.retain(|&day| day != holiday);
        told.off.retain(|&day| day != holiday);
        told.off.push(holiday);
        let after = rules(&told).build().unwrap();
        for limit in [
            TimeLimit::Elapsed(minutes(length)),
            TimeLimit::WorkingTime(minutes(length)),
            TimeLimit::working_days(days),
            TimeLimit::calendar_days(days),
        ] {
            if let Ok(later) = limit.deadline(&after, from) {
                prop_assert!(limit.deadline(&before, from).unwrap().value <= later.value, "{}", limit);
            }
        }
    }

    #[test]
    fn a_trace_adds_up_to_what_it_explains(
        (_, calendar) in calendar(),
        two in [minute(), minute()],
        pause in [minute(), minute()],
    ) {
        let ([from, to], [since, until]) = (ordered(two), ordered(pause));
        let trace = calendar.trace(from, to).unwrap().value;
        let total = trace.days().last().unwrap().total;
        prop_assert_eq!(total, calendar.working_time(from, to).unwrap().value);
        for day in trace.days() {
            let open: i64 = day.open.iter().map(|span| span.duration().as_millis()).sum();
            prop_assert_eq!(open, day.counted.as_millis() + day.stopped.as_millis());
        }
        let case = Stopwatch::opened(from.min(since));
        let pause = Pause::new(PauseReason::AwaitingCustomer, since).with_end(until).unwrap();
        let case = case.paused(pause).unwrap().closed(to.max(until)).unwrap();
        let as_of = last_instant();
        let trace = case.trace(&calendar, as_of, AfterReopening::Resume).unwrap().value;
        let worked = case.working_time(&calendar, as_of, AfterReopening::Resume).unwrap().value;
        prop_assert_eq!(trace.days().last().unwrap().total, worked);
    }

    /// A pause takes off the working time within it, and moves a deadline by what it takes off before.
    #[test]
    fn pauses_are_taken_off_once(
        (told, calendar) in calendar(),
        from in minute(),
        pauses in prop::collection::vec((0_i64..5_000, 0_i64..3_000), 0..4),
        length in 0_i64..4_000,
    ) {
        let to = minutes_after(from, 9_000).min(last_instant());
        let spans: Vec<_> = pauses
            .into_iter()
            .map(|(since, lasts)| (minutes_after(from, since).min(to), minutes_after(from, since + lasts).min(to)))
            .collect();
        let case = spans.iter().try_fold(Stopwatch::opened(from), |case, &(since, until)| {
            case.paused(Pause::new(PauseReason::AwaitingCustomer, since).with_end(until)?)
        });
        let case = case.unwrap();
        // Minute by minute: open, and in no pause.
        let slow = Slow::new(&told, date("2026-01-01"), last());
        let counts = |at: Instant| {
            let in_pause = spans.iter().any(|&(since, until)| since <= at && at < until);
            !in_pause && slow.working_minutes(at, minutes_after(at, 1)) == 1
        };
        let stretch = to.since(from).as_millis() / 60_000;
        let ran: Vec<_> = (0..stretch).map(|minute| counts(minutes_after(from, minute))).collect();
        let worked = case.working_time(&calendar, to, AfterReopening::Resume).unwrap().value;
        prop_assert_eq!(worked, minutes(ran.iter().filter(|&&ran| ran).count() as i32));
        let mut left = length;
        let reached = ran.iter().position(|&ran| { left -= i64::from(ran); left == 0 && ran });
        if let (true, Some(minute)) = (length > 0, reached) {
            let limit = TimeLimit::WorkingTime(minutes(length as i32));
            let due = case.deadline(limit, &calendar, to, AfterReopening::Resume).unwrap().value;
            prop_assert_eq!(due, minutes_after(from, minute as i64 + 1));
        }
    }
}

fn last_instant() -> Instant {
    "2026-12-30T12:00:00Z".parse().unwrap()
}

#[test]
fn a_negative_length_is_refused() {
    let calendar = super::office("UTC");
    let length = Duration::from_millis(-1);
    let refused = calendar.add_working_time(last_instant(), length);
    assert_eq!(refused, Err(CalendarError::NegativeLength { length }));
    assert!(TimeLimit::Elapsed(length).deadline(&calendar, last_instant()).is_err());
}
