use parcelgauge::fact::StagePassage;
use parcelgauge::kpi::timeliness::StageHours;
use parcelgauge::record::{Consent, Label, NodeKind};
use parcelgauge::simulate::{Network, Rates};

use super::*;

/// Scans at the ends of all four stages: 8, 30, 4 and 2 hours.
pub const TRIP: [(NodeKind, i64); 4] = [
    (NodeKind::OriginDeparted, 8 * HOUR),
    (NodeKind::DestinationArrived, 38 * HOUR),
    (NodeKind::OutForDelivery, 42 * HOUR),
    (NodeKind::Delivered, 44 * HOUR),
];

const STAGES: [&str; 4] = [
    "stage_hours(origin_processing)",
    "stage_hours(transport)",
    "stage_hours(destination_processing)",
    "stage_hours(last_mile)",
];

#[test]
fn as_usual() {
    STAGES.iter().for_each(|stage| does_the_usual(&kpi(stage)));
}

#[test]
fn four_stages_make_the_trip() {
    let told = STAGES.map(|stage| word(&kpi(stage), &one(&TRIP), 44 * HOUR));
    assert_eq!(told, ["quantity 8h", "quantity 30h", "quantity 4h", "quantity 2h"]);
    assert_eq!(row(&kpi(STAGES[1]), &one(&TRIP), LATER).figure.value(), Some(30.0));
    assert_eq!(evidence(&kpi(STAGES[1]), &one(&TRIP), LATER), ["A 30h"]);
}

#[test]
fn first_and_last_scans_bound_them() {
    let mut twice = TRIP.to_vec();
    twice.extend([
        (NodeKind::OriginDeparted, 9 * HOUR),
        (NodeKind::DestinationArrived, 39 * HOUR),
        (NodeKind::OutForDelivery, 43 * HOUR),
    ]);
    let told = STAGES.map(|stage| word(&kpi(stage), &one(&twice), LATER));
    assert_eq!(told, ["quantity 9h", "quantity 29h", "quantity 4h", "quantity 2h"]);
}

#[test]
fn a_stage_without_a_sound_end_has_no_time() {
    let without = |missing: usize| {
        let mut scans = TRIP.to_vec();
        scans.remove(missing);
        STAGES.map(|stage| word(&kpi(stage), &one(&scans), LATER))
    };
    let none = "invalid no_stage_time";
    assert_eq!(without(1), ["quantity 8h", none, none, "quantity 2h"]);
    let mut in_doubt = one(&TRIP);
    in_doubt.events[2].recorded_at = Some(after(30 * HOUR));
    assert_eq!(word(&kpi(STAGES[1]), &in_doubt, LATER), none);
    // One millisecond out of order, and at the same instant.
    let mut swapped = TRIP;
    swapped[1].1 = 8 * HOUR - 1;
    assert_eq!(word(&kpi(STAGES[1]), &one(&swapped), LATER), none);
    swapped[1].1 = 8 * HOUR;
    assert_eq!(word(&kpi(STAGES[1]), &one(&swapped), LATER), "quantity 0h");
    let inferred = records([scanned("A", &TRIP)]);
    assert_eq!(word(&kpi(STAGES[0]), &inferred, LATER), none);
    assert_eq!(word(&kpi(STAGES[1]), &inferred, LATER), "quantity 30h");
    assert_eq!(row(&kpi(STAGES[1]), &inferred, LATER).notes.iter().next(), Some(("inferred_acceptance", 1)));
}

#[test]
fn only_completed_trips_have_stages() {
    let gauge = kpi(STAGES[1]);
    let under_way = one(&TRIP[..3]);
    assert_eq!(word(&gauge, &under_way, LATER), "open");
    let undated = row(&gauge, &under_way, LATER);
    assert_eq!((undated.window.as_str(), undated.open, undated.open_mean_age), ("undated", 1, None));
    for (kind, reason) in
        [(NodeKind::Returned, "returned"), (NodeKind::Lost, "lost"), (NodeKind::Cancelled, "cancelled")]
    {
        let mut ended = TRIP[..3].to_vec();
        ended.push((kind, 50 * HOUR));
        assert_eq!(word(&gauge, &one(&ended), LATER), format!("excluded {reason}"));
    }
    let mut stored = TRIP;
    stored[3].0 = NodeKind::Stored;
    let mut stored = one(&stored);
    assert_eq!(word(&gauge, &stored, LATER), "quantity 30h");
    stored.events[4].consent = Consent::No;
    assert_eq!(word(&gauge, &stored, LATER), "open");
}

#[test]
fn a_route_has_the_stages_it_has() {
    let own = Gauge::of(StageHours::of(Label::new("customs").unwrap())).over::<StagePassage>().erased();
    let row = row(&own, &one(&TRIP), LATER);
    assert_eq!((row.figure.value(), row.seen), (None, 0));
    // Without a destination site of its own the time goes to the next stage.
    let route = parcelgauge::journey::RoutePolicy::standard().with_mandatory([
        NodeKind::Collected,
        NodeKind::OriginDeparted,
        NodeKind::OutForDelivery,
    ]);
    let same_city = context(LATER).with_route(route);
    let told = STAGES.map(|stage| told_in(&kpi(stage), &one(&TRIP), &same_city).swap_remove(0));
    assert_eq!(told, ["quantity 8h", "quantity 0h", "quantity 34h", "quantity 2h"]);
}

#[test]
fn stages_add_up_to_the_whole_trip() {
    for (rates, orderly) in [(Rates::none(), 2_000..=2_000), (Rates::default(), 500..=1_999)] {
        let network = Network::new(7).unwrap().with_shipments(2_000).with_rates(rates);
        let (records, context) = (network.records(), Context::at(at("2028-01-01T00:00:00Z")));
        let facts = Facts::assemble(&records, &context, None);
        let column = |name: &str| kpi(name).verdicts(&facts, &context);
        let (whole, way, parts) = (column("end_to_end_hours"), column("stage_hours(way)"), STAGES.map(column));
        let mut added = 0;
        for (place, whole) in whole.iter().enumerate() {
            let sum: Option<i64> = parts.iter().map(|part| part[place].quantity).sum();
            assert_eq!(way[place].quantity, sum, "{}", whole.id);
            if sum.is_some() {
                assert_eq!(sum, whole.quantity, "{}", whole.id);
                added += 1;
            }
        }
        assert!(orderly.contains(&added), "{added}");
    }
}
