//! Cases that are paused, closed and reopened.

use parcelgauge::calendar::{
    AfterReopening, CalendarRules, LimitHistory, Pause, PauseReason, Stopwatch, TimeLimit, UnderWay, Week,
};
use parcelgauge::record::{Duration, Instant, Zone};

use super::{hours, minutes, office};
use crate::support::at;

/// Open on Monday 1 June 2026 from nine to noon, reopened on Wednesday at nine.
fn reopened() -> Stopwatch {
    Stopwatch::opened(at("2026-06-01T09:00:00Z"))
        .closed(at("2026-06-01T12:00:00Z"))
        .unwrap()
        .reopened(at("2026-06-03T09:00:00Z"))
        .unwrap()
}

fn paused(reason: PauseReason, from: &str, until: &str) -> Pause {
    Pause::new(reason, at(from)).with_end(at(until)).unwrap()
}

#[test]
fn what_becomes_of_the_clock_is_a_choice() {
    use AfterReopening::{CountThrough, Restart, Resume};
    let (calendar, as_of) = (office("UTC"), at("2026-06-03T11:00:00Z"));
    for (choice, worked, due) in [
        (Resume, 3 + 2, "2026-06-03T16:00:00Z"),
        (Restart, 2, "2026-06-04T10:00:00Z"),
        (CountThrough, 9 + 9 + 2, "2026-06-02T10:00:00Z"),
    ] {
        let case = reopened();
        assert_eq!(
            case.working_time(&calendar, as_of, choice).unwrap().value,
            Duration::from_hours(worked),
            "{choice:?}"
        );
        let limit = TimeLimit::WorkingTime(Duration::from_hours(10));
        assert_eq!(case.deadline(limit, &calendar, as_of, choice).unwrap().value, at(due), "{choice:?}");
    }
    assert_eq!(reopened().elapsed(as_of, Resume).unwrap(), Duration::from_hours(5));
    assert_eq!(reopened().elapsed(as_of, CountThrough).unwrap(), Duration::from_hours(50));
}

/// What comes after the instant of reading is not known then.
#[test]
fn an_earlier_reading_sees_the_case_as_it_was() {
    let (calendar, case) = (office("UTC"), reopened().closed(at("2026-06-03T10:00:00Z")).unwrap());
    let worked = |as_of: &str| case.working_time(&calendar, at(as_of), AfterReopening::Resume).unwrap().value;
    assert_eq!(worked("2026-06-01T11:00:00Z"), Duration::from_hours(2));
    assert_eq!(worked("2026-06-01T12:00:00Z"), Duration::from_hours(3));
    assert_eq!(worked("2026-06-03T08:59:59Z"), Duration::from_hours(3));
    assert_eq!(worked("2026-06-30T00:00:00Z"), Duration::from_hours(4));
}

#[test]
fn pauses_take_off_working_time_only_and_overlap_is_taken_off_once() {
    let (calendar, as_of) = (office("UTC"), at("2026-06-02T12:00:00Z"));
    let case = Stopwatch::opened(at("2026-06-01T16:00:00Z"))
        // Two hours to the close and one in the morning, and an hour of it again.
        .paused(paused(PauseReason::AwaitingCustomer, "2026-06-01T17:00:00Z", "2026-06-02T10:00:00Z"))
        .unwrap()
        .paused(paused(PauseReason::Customs, "2026-06-02T09:30:00Z", "2026-06-02T10:30:00Z").with_evidence("notice 7"))
        .unwrap();
    let worked = |case: &Stopwatch| case.working_time(&calendar, as_of, AfterReopening::Resume).unwrap().value;
    assert_eq!(worked(&case), minutes(60 + 90));
    // Without evidence customs are no excuse.
    let unproven = Stopwatch::opened(at("2026-06-01T16:00:00Z"))
        .paused(paused(PauseReason::Customs, "2026-06-01T17:00:00Z", "2026-06-02T10:00:00Z"))
        .unwrap();
    assert_eq!(worked(&unproven), minutes(2 * 60 + 3 * 60));
    assert!(!unproven.pauses()[0].stops_the_clock());
}

/// While the customer is silent the deadline moves on.
#[test]
fn a_pause_that_goes_on_moves_the_deadline() {
    let calendar = office("UTC");
    let case = Stopwatch::opened(at("2026-06-01T10:00:00Z"))
        .paused(Pause::new(PauseReason::AwaitingCustomer, at("2026-06-01T11:00:00Z")))
        .unwrap();
    let due = |as_of: &str, limit: &str| {
        let limit: TimeLimit = limit.parse().unwrap();
        case.deadline(limit, &calendar, at(as_of), AfterReopening::Resume).unwrap().value
    };
    assert_eq!(due("2026-06-01T11:00:00Z", "2h working time"), at("2026-06-01T12:00:00Z"));
    assert_eq!(due("2026-06-01T15:00:00Z", "2h working time"), at("2026-06-01T16:00:00Z"));
    assert_eq!(due("2026-06-01T15:00:00Z", "24h"), at("2026-06-02T14:00:00Z"));
    // A limit reached at the very instant the pause begins was reached before it.
    assert_eq!(due("2026-06-01T15:00:00Z", "1h working time"), at("2026-06-01T11:00:00Z"));
}

/// A day on which the clock stood throughout does not count; one that was worked for a minute does.
#[test]
fn days_count_unless_the_clock_stood_for_all_of_them() {
    let calendar = office("UTC");
    let due = |from: &str, until: &str, limit: TimeLimit| {
        let pause = paused(PauseReason::AwaitingCustomer, from, until);
        let case = Stopwatch::opened(at("2026-06-01T10:00:00Z")).paused(pause).unwrap();
        case.deadline(limit, &calendar, at("2026-06-30T00:00:00Z"), AfterReopening::Resume).unwrap().value
    };
    let three = TimeLimit::working_days(3);
    let ends = |day: u32| -> Instant { at(&format!("2026-06-{:02}T00:00:00Z", day + 1)) };
    assert_eq!(due("2026-06-02T09:01:00Z", "2026-06-02T18:00:00Z", three), ends(4));
    assert_eq!(due("2026-06-02T09:00:00Z", "2026-06-02T18:00:00Z", three), ends(5));
    // A week-end within the pause costs nothing, the Monday after it one day.
    assert_eq!(due("2026-06-02T09:00:00Z", "2026-06-08T18:00:00Z", three), ends(11));
    let seven = TimeLimit::calendar_days(7);
    assert_eq!(due("2026-06-02T09:00:00Z", "2026-06-02T18:00:00Z", seven), ends(8));
    assert_eq!(due("2026-06-02T00:00:00Z", "2026-06-03T00:00:00Z", seven), ends(9));
}

#[test]
fn a_trace_shows_what_the_pauses_took() {
    let week = Week::monday_to_friday(hours("09:00-12:00, 13:00-18:00"));
    let calendar = CalendarRules::new(Zone::UTC, week).build().unwrap();
    let case = reopened()
        .paused(paused(PauseReason::AwaitingCustomer, "2026-06-03T10:00:00Z", "2026-06-03T10:30:30Z"))
        .unwrap()
        .closed(at("2026-06-03T14:00:00Z"))
        .unwrap();
    let trace = case.trace(&calendar, at("2026-06-30T00:00:00Z"), AfterReopening::Resume).unwrap().value;
    assert_eq!(
        trace.to_string(),
        "\
UTC             day         counted   stopped     total  working days
2026-06-01 Mon  working        3:00      5:00      3:00             0  09:00-12:00 13:00-18:00
2026-06-02 Tue  working        0:00      8:00      3:00             0  09:00-12:00 13:00-18:00
2026-06-03 Wed  working     3:29:30   0:30:30   6:29:30             1  09:00-12:00 13:00-14:00
"
    );
}

#[test]
fn a_limit_that_changes_midway() {
    use UnderWay::{KeepsItsLimit, TakesTheNewOne};
    let (calendar, change) = (office("UTC"), at("2026-06-03T12:00:00Z"));
    let limit = |text: &str| text.parse::<TimeLimit>().unwrap();
    let shorter = LimitHistory::new(limit("48h")).with_change(change, limit("24h"));
    let longer = LimitHistory::new(limit("24h")).with_change(change, limit("48h"));
    let due = |agreed: &LimitHistory, opened: &str, as_of: &str, under_way| {
        let case = Stopwatch::opened(at(opened));
        agreed.deadline(&case, &calendar, at(as_of), AfterReopening::Resume, under_way).unwrap().value
    };
    let later = "2026-06-30T00:00:00Z";
    for (agreed, opened, keeps, takes) in [
        // Long late by the old limit when the new one comes.
        (&longer, "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z", "2026-06-02T00:00:00Z"),
        // Late by the old limit a millisecond before; at the very instant of the change it is not late yet.
        (&longer, "2026-06-02T11:59:59.999Z", "2026-06-03T11:59:59.999Z", "2026-06-03T11:59:59.999Z"),
        (&longer, "2026-06-02T12:00:00Z", "2026-06-03T12:00:00Z", "2026-06-04T12:00:00Z"),
        // Late by the new limit before it came: due when it came.
        (&shorter, "2026-06-02T00:00:00Z", "2026-06-04T00:00:00Z", "2026-06-03T12:00:00Z"),
        (&shorter, "2026-06-03T00:00:00Z", "2026-06-05T00:00:00Z", "2026-06-04T00:00:00Z"),
        // Opened with the change: the new limit for both.
        (&shorter, "2026-06-03T12:00:00Z", "2026-06-04T12:00:00Z", "2026-06-04T12:00:00Z"),
    ] {
        assert_eq!(due(agreed, opened, later, KeepsItsLimit), at(keeps), "{opened}");
        assert_eq!(due(agreed, opened, later, TakesTheNewOne), at(takes), "{opened}");
    }
    // Before the change nobody knows of it.
    let before = due(&shorter, "2026-06-03T00:00:00Z", "2026-06-03T11:59:59Z", TakesTheNewOne);
    assert_eq!(before, at("2026-06-05T00:00:00Z"));
    assert_eq!(shorter.in_force(change), limit("24h"));
    assert_eq!(shorter.in_force(at("2026-06-03T11:59:59.999Z")), limit("48h"));
}

/// A pause that nobody ended is over when the case is closed, whichever of the two is told first.
#[test]
fn a_pause_that_goes_on_ends_with_the_case() {
    let calendar = office("UTC");
    let pause = || Pause::new(PauseReason::AwaitingCustomer, at("2026-06-01T11:00:00Z"));
    let open = || Stopwatch::opened(at("2026-06-01T10:00:00Z"));
    let end = at("2026-06-01T12:00:00Z");
    let paused_first = open().paused(pause()).unwrap().closed(end).unwrap();
    let closed_first = open().closed(end).unwrap().paused(pause()).unwrap();
    assert_eq!(paused_first, closed_first);
    let reopened = paused_first.reopened(at("2026-06-01T13:00:00Z")).unwrap();
    let worked = reopened.working_time(&calendar, at("2026-06-01T14:00:00Z"), AfterReopening::Resume);
    assert_eq!(worked.unwrap().value, Duration::from_hours(2));
}
