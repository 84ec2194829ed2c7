//! Choices at random: every policy, any instant, three reporting zones.

use parcelgauge::cube::Dimension;
use parcelgauge::record::Window;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::choices::{Choices, CohortDate, PromiseEnd, Storage};
use super::clock::{DAY, HOUR, MINUTE};
use super::generate::{ZONES, instant};

/// Choices whose instants are still days from the base.
pub fn choices() -> impl Strategy<Value = Choices> {
    let cohorts = vec![CohortDate::Ordered, CohortDate::Accepted, CohortDate::Completed];
    let on_time_cohort = prop_oneof![2 => Just(CohortDate::Due), 2 => select(cohorts.clone())];
    let cohort = (on_time_cohort, prop_oneof![1 => Just(CohortDate::Completed), 2 => select(cohorts)]);
    let ends = vec![PromiseEnd::DayEnd, PromiseEnd::DayEnd, PromiseEnd::DayStart, PromiseEnd::CalendarDay];
    let spans = (select(vec![0, 15 * MINUTE, DAY]), select(vec![0, 1, DAY, 36 * HOUR]));
    let dimensions = select(vec![
        vec![],
        vec![Dimension::DestinationRegion],
        vec![Dimension::Product],
        vec![Dimension::DestinationRegion, Dimension::Product],
    ]);
    let paid_within = select(vec![None, Some(0), Some(DAY), Some(3 * DAY), Some(90 * DAY)]);
    let look_back = select(vec![Some(90 * DAY), Some(90 * DAY), Some(DAY), Some(90 * DAY - 1), None]);
    let known_from = option::of(prop_oneof![instant(-1, 3), instant(-1, 3).prop_map(|offset| offset - 90 * DAY)]);
    let flags = any::<[bool; 9]>();
    (
        (instant(2, 13), known_from, select(&ZONES[..3]), select(&Window::ALL_LENGTHS[..]), dimensions),
        (
            select(vec![Storage::Consented, Storage::Always, Storage::Never]),
            cohort,
            select(ends),
            spans,
            (look_back, paid_within),
        ),
        flags,
        select(vec![0_u32, 1, 2, 1_024]),
    )
        .prop_map(
            |(
                (as_of, known_from, zone, window, dimensions),
                (storage, cohort, end, spans, (look_back, paid_within)),
                flags,
                exact,
            )| {
                Choices {
                    as_of,
                    known_from,
                    zone,
                    window,
                    dimensions,
                    storage,
                    keep_anomalies: flags[0],
                    adjusted: flags[6],
                    provisional: flags[7],
                    by_consignment: flags[8],
                    from_order: flags[1],
                    exact_up_to: exact,
                    delivered_only: flags[2],
                    promise_end: end,
                    strictly_before: flags[3],
                    grace: spans.0,
                    settle: spans.1,
                    current_promise: flags[4],
                    on_time_cohort: cohort.0,
                    hours_cohort: cohort.1,
                    of_recipient: flags[5],
                    look_back,
                    paid_within,
                }
            },
        )
}
