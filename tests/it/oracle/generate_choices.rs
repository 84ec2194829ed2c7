//! Choices at random: every policy and argument, any instant, three reporting zones.

use parcelgauge::cube::Dimension;
use parcelgauge::record::Window;
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::select;

use super::choices::{Choices, CohortDate, PromiseEnd, Storage, Volume, Within};
use super::clock::{DAY, HOUR, MINUTE};
use super::generate_moments::{AT_ONE_INSTANT, ZONES, instant};
use super::generate_pieces::STAGES;

/// The KPIs whose outcomes make groups: one of each group of figures, those by consignment among them.
const OUTCOMES_OF: [&str; 6] = [
    "first_attempt_delivery_rate",
    "intact_rate",
    "on_time_delivery_rate",
    "on_time_delivery_rate",
    "tracking_completeness_rate",
    "within_hours_rate",
];

/// What is looked at, when, and by what.
fn scope() -> impl Strategy<Value = Choices> {
    let dimensions = select(vec![
        vec![],
        vec![],
        vec![Dimension::DestinationRegion],
        vec![Dimension::Product],
        vec![Dimension::OriginCity],
        vec![Dimension::DestinationRegion, Dimension::Product],
        vec![Dimension::Facility],
        vec![Dimension::Courier, Dimension::DestinationRegion],
        vec![Dimension::HandledBy],
        vec![Dimension::DestinationRegion, Dimension::HandledBy],
    ]);

    // From when on orders are decided, for now: the look-back is taken off with the spans.
    let decided_from = prop_oneof![
        2 => instant(-1, 3),
        2 => select(AT_ONE_INSTANT.to_vec()),
        3 => Just(-10 * DAY),
    ];
    let cohort = option::of(select(vec![
        CohortDate::Due,
        CohortDate::Ordered,
        CohortDate::Accepted,
        CohortDate::Completed,
        CohortDate::Completed,
    ]));
    let as_of = (instant(2, 13), select(vec![0, 0, 0, 30 * DAY, 45 * DAY]));
    (as_of, weighted(0.8, decided_from), select(&ZONES[..3]), select(&Window::ALL_LENGTHS[..]), dimensions, cohort)
        .prop_map(|((early, later), known_from, zone, window, dimensions, cohort)| Choices {
            known_from,
            zone,
            window,
            dimensions,
            cohort,
            ..Choices::at(early + later)
        })
}

/// Spans of time, the defaults among them.
fn spans(scope: Choices) -> impl Strategy<Value = Choices> {
    let ninety_days = Some(90 * DAY);
    let look_back = select(vec![ninety_days, ninety_days, ninety_days, Some(DAY), Some(DAY), Some(90 * DAY - 1), None]);
    let ends = vec![PromiseEnd::DayEnd, PromiseEnd::DayEnd, PromiseEnd::DayStart, PromiseEnd::CalendarDay];
    (
        (
            select(vec![0, 15 * MINUTE, DAY]),
            select(vec![0, 1, DAY, DAY, 36 * HOUR, 15 * DAY, 15 * DAY]),
            look_back,
            select(ends),
        ),
        (select(vec![0, DAY, DAY, 3 * DAY, 45 * DAY]), select(vec![1, DAY, 3 * DAY, 30 * DAY])),
        select(vec![0_u32, 1, 2, 1_024]),
    )
        .prop_map(move |((grace, settle, look_back, promise_end), (horizon, silent_after), exact_up_to)| Choices {
            known_from: scope.known_from.map(|decided_from| decided_from - look_back.unwrap_or(0)),
            grace,
            settle,
            look_back,
            promise_end,
            horizon,
            silent_after,
            exact_up_to,
            ..scope.clone()
        })
}

/// One of two, or of three.
fn sides(scope: Choices) -> impl Strategy<Value = Choices> {
    let storage = select(vec![Storage::Consented, Storage::Always, Storage::Never]);
    (any::<[bool; 19]>(), storage).prop_map(move |(flags, storage)| Choices {
        by_office: flags[13],
        pauses_count: flags[14],
        first_resolving: flags[15],
        resolved_only: flags[16],
        by_handler: flags[17],
        off_days_count_back: flags[18],
        keep_anomalies: flags[0],
        from_order: flags[1],
        delivered_only: flags[2],
        strictly_before: flags[3],
        current_promise: flags[4],
        of_recipient: flags[5],
        per_waybill: flags[6],
        scale_from_zero: flags[7],
        five_point_mapping: flags[12],
        adjusted: flags[8],
        provisional: flags[9],
        by_consignment: flags[10],
        paid_by_shipment: flags[11],
        storage,
        ..scope.clone()
    })
}

/// What stands in parentheses, and whose outcome makes groups.
fn arguments(scope: Choices) -> impl Strategy<Value = Choices> {
    let within = vec![Within::Hours(1), Within::Hours(24), Within::Hours(72), Within::BetweenCities];
    let volume = vec![Volume::Accepted, Volume::Completed, Volume::InFlight];
    let limits = (
        select(vec![1, HOUR, HOUR, DAY]),
        select(vec![HOUR, DAY, DAY, 3 * DAY]),
        select(vec![1, DAY, 7 * DAY, 7 * DAY]),
    );
    let outcome_of = weighted(0.4, select(&OUTCOMES_OF[..]));
    let days = (1_i64..4, select(vec![None, None, Some(8 * HOUR), Some(17 * HOUR + 30 * MINUTE)]));
    (select(within), select(&STAGES[..]), limits, select(volume), outcome_of, days).prop_map(
        move |(within, stage, limits, volume, outcome_of, (working_days, last_collection))| {
            let (recorded_within, answered_within, resolved_after) = limits;
            let scope = Choices { working_days, last_collection, ..scope.clone() };
            Choices { within, stage, recorded_within, answered_within, resolved_after, volume, outcome_of, ..scope }
        },
    )
}

/// Choices whose instants are still days from the base.
pub fn choices() -> impl Strategy<Value = Choices> {
    scope().prop_flat_map(spans).prop_flat_map(sides).prop_flat_map(arguments)
}
