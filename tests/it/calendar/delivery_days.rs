//! D+n: the worked cases, and what holds for every calendar.

use chrono::{Days, NaiveTime, Weekday};
use parcelgauge::calendar::{CalendarError, DeliveryDays, OffDayDelivery};
use proptest::prelude::*;

use super::generate::{calendar, minute, rules};
use super::{date, office};
use crate::support::at;

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

/// Monday is 1 June 2026.
#[test]
fn the_worked_cases() {
    let calendar = office("UTC");
    let rolled = DeliveryDays::new(time(17, 0));
    let kept = rolled.clone().with_off_day_delivery(OffDayDelivery::SameCount);
    for (deposited, delivered, n, kept_n) in [
        ("2026-06-01T16:59:00Z", "2026-06-02T10:00:00Z", 1, 1),
        ("2026-06-01T16:59:59.999Z", "2026-06-02T10:00:00Z", 1, 1),
        ("2026-06-01T17:00:00Z", "2026-06-02T10:00:00Z", 0, 0), // before the last collection, not at it
        ("2026-06-01T17:01:00Z", "2026-06-02T10:00:00Z", 0, 0), // D is Tuesday
        ("2026-06-01T17:01:00Z", "2026-06-03T10:00:00Z", 1, 1),
        ("2026-06-05T16:00:00Z", "2026-06-08T10:00:00Z", 1, 1), // Friday to Monday
        ("2026-06-05T18:00:00Z", "2026-06-09T10:00:00Z", 1, 1), // D is Monday
        ("2026-06-06T10:00:00Z", "2026-06-09T10:00:00Z", 1, 1), // Saturday, no collection
        ("2026-06-05T16:00:00Z", "2026-06-06T10:00:00Z", 1, 0), // delivered on Saturday
        ("2026-06-01T18:00:00Z", "2026-06-01T20:00:00Z", 0, 0), // delivered before D
    ] {
        assert_eq!(rolled.count(&calendar, at(deposited), at(delivered)).unwrap().value, n, "{deposited} {delivered}");
        assert_eq!(
            kept.count(&calendar, at(deposited), at(delivered)).unwrap().value,
            kept_n,
            "{deposited} {delivered}"
        );
    }
    let swapped = rolled.count(&calendar, at("2026-06-02T00:00:00Z"), at("2026-06-01T00:00:00Z"));
    assert!(matches!(swapped, Err(CalendarError::EndBeforeStart { .. })));
}

#[test]
fn a_weekday_may_have_a_last_collection_of_its_own() {
    let calendar = office("UTC");
    let counted = DeliveryDays::new(time(17, 0)).with_collection_on(Weekday::Sat, time(12, 0));
    let deposit = |text: &str| counted.deposit_day(&calendar, at(text)).unwrap().value;
    assert_eq!(deposit("2026-06-05T17:00:00Z"), date("2026-06-06")); // Friday evening: Saturday
    assert_eq!(deposit("2026-06-06T11:59:00Z"), date("2026-06-06"));
    assert_eq!(deposit("2026-06-06T12:00:00Z"), date("2026-06-08"));
    // D is Saturday: the one working day to Monday elapses.
    let n = counted.count(&calendar, at("2026-06-06T11:00:00Z"), at("2026-06-08T09:00:00Z")).unwrap();
    assert_eq!(n.value, 1);
    // Delivered on D itself nothing has elapsed, though D be no working day.
    let n = counted.count(&calendar, at("2026-06-06T11:00:00Z"), at("2026-06-06T16:00:00Z")).unwrap();
    assert_eq!(n.value, 0);
}

#[test]
fn the_deadline_is_the_midnight_after_the_last_day_in_time() {
    let calendar = office("UTC");
    let rolled = DeliveryDays::new(time(17, 0));
    let kept = rolled.clone().with_off_day_delivery(OffDayDelivery::SameCount);
    let deposited = at("2026-06-04T10:00:00Z"); // a Thursday
    assert_eq!(rolled.deadline(&calendar, deposited, 1).unwrap().value, at("2026-06-06T00:00:00Z"));
    assert_eq!(kept.deadline(&calendar, deposited, 1).unwrap().value, at("2026-06-08T00:00:00Z"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// Later delivery never counts less; what is delivered before the deadline, and only that, counts n or less.
    #[test]
    fn n_grows_with_delivery_and_agrees_with_its_deadline(
        (_, calendar) in calendar(),
        deposited in minute(),
        after in [0_i32..30_000, 0_i32..30_000],
        n in 0_u32..12,
        hour in 0_u32..24,
        off_day in prop::sample::select(&[OffDayDelivery::NextWorkingDay, OffDayDelivery::SameCount][..]),
    ) {
        let counted = DeliveryDays::new(time(hour, 30)).with_off_day_delivery(off_day);
        let at = |minutes: i32| deposited.saturating_add(super::minutes(minutes));
        let count = |minutes: i32| counted.count(&calendar, deposited, at(minutes)).map(|n| n.value);
        let (early, late) = (after[0].min(after[1]), after[0].max(after[1]));
        if let (Ok(early), Ok(late)) = (count(early), count(late)) {
            prop_assert!(early <= late);
        }
        if let (Ok(late_n), Ok(deadline)) = (count(late), counted.deadline(&calendar, deposited, n)) {
            prop_assert_eq!(late_n <= n, at(late) < deadline.value, "{} days by {}", late_n, deadline.value);
        }
    }

    /// A later last collection lets D be earlier, so n can only grow.
    #[test]
    fn a_later_last_collection_never_lowers_n(
        (_, calendar) in calendar(),
        deposited in minute(),
        after in 0_i32..30_000,
        hours in [0_u32..24, 0_u32..24],
    ) {
        let delivered = deposited.saturating_add(super::minutes(after));
        let n = |hour| DeliveryDays::new(time(hour, 0)).count(&calendar, deposited, delivered).map(|n| n.value);
        if let (Ok(early), Ok(late)) = (n(hours[0].min(hours[1])), n(hours[0].max(hours[1]))) {
            prop_assert!(early <= late);
        }
    }

    #[test]
    fn a_holiday_more_never_raises_n(
        (mut told, before) in calendar(),
        holiday in 0_u64..365,
        deposited in minute(),
        after in 0_i32..30_000,
    ) {
        let holiday = date("2026-01-01") + Days::new(holiday);
        told.make_up.retain(|&day| day != holiday);
        told.off.retain(|&day| day != holiday);
        told.off.push(holiday);
        let after_it = rules(&told).build().unwrap();
        let delivered = deposited.saturating_add(super::minutes(after));
        for off_day in [OffDayDelivery::NextWorkingDay, OffDayDelivery::SameCount] {
            let counted = DeliveryDays::new(time(17, 0)).with_off_day_delivery(off_day);
            if let (Ok(before), Ok(after)) = (
                counted.count(&before, deposited, delivered),
                counted.count(&after_it, deposited, delivered),
            ) {
                prop_assert!(after.value <= before.value);
            }
        }
    }
}
