//! Arrivals and departures without a place.

use std::collections::BTreeMap;

use parcelgauge::codes::{FacilityRole, Passing, Placed, Sense, place};
use parcelgauge::record::{FacilityId, NodeKind};
use proptest::prelude::*;

const ARRIVAL: Sense = Sense::Arrival;
const DEPARTURE: Sense = Sense::Departure;
const COLLECTED: Sense = Sense::Node(NodeKind::Collected);
const OUT: Sense = Sense::Node(NodeKind::OutForDelivery);

fn facility(name: &str) -> Option<FacilityId> {
    (!name.is_empty()).then(|| FacilityId::new(name).expect("a name"))
}

/// One word a scan: the node's name, `unplaced`, or `-`.
fn placed(scans: &[(Sense, &str)], hubs: &[&str]) -> String {
    let scans: Vec<_> = scans.iter().map(|&(sense, name)| Passing::new(sense, facility(name))).collect();
    let roles = hubs.iter().filter_map(|name| Some((facility(name)?, FacilityRole::Hub))).collect();
    let word = |placed| match placed {
        Placed::Node(kind) => NodeKind::name(kind),
        Placed::NoNode => "-",
        Placed::Unplaced => "unplaced",
    };
    place(&scans, &roles).into_iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_whole_journey_finds_all_its_places() {
    let scans = [
        (COLLECTED, ""),
        (ARRIVAL, ""),
        (DEPARTURE, ""),
        (ARRIVAL, ""),
        (Sense::NoNode, ""),
        (DEPARTURE, ""),
        (ARRIVAL, ""),
        (OUT, ""),
        (ARRIVAL, ""),
    ];
    assert_eq!(
        placed(&scans, &[]),
        "collected origin_arrived origin_departed hub_arrived - hub_departed destination_arrived out_for_delivery unplaced",
        "back at a site after it was taken out: the journey does not tell which"
    );
}

#[test]
fn what_is_not_known_yet_is_unplaced() {
    assert_eq!(placed(&[(ARRIVAL, ""), (DEPARTURE, "")], &[]), "unplaced unplaced", "without a collection");
    assert_eq!(placed(&[(COLLECTED, ""), (DEPARTURE, ""), (ARRIVAL, "")], &[]), "collected origin_departed unplaced");
    // Middle stations are hubs, whether the start is known or not.
    assert_eq!(
        placed(&[(DEPARTURE, ""), (ARRIVAL, ""), (DEPARTURE, ""), (ARRIVAL, ""), (OUT, "")], &[]),
        "unplaced hub_arrived hub_departed destination_arrived out_for_delivery"
    );
}

#[test]
fn facilities_tell_what_the_journey_does_not() {
    // The first arrival is somewhere else than the collection: a hub.
    let scans = [(COLLECTED, "A"), (ARRIVAL, "H"), (DEPARTURE, "H"), (ARRIVAL, "B"), (OUT, "B")];
    assert_eq!(placed(&scans, &[]), "collected hub_arrived hub_departed destination_arrived out_for_delivery");
    // A hub of the caller's register is one even where nothing is known before and after.
    assert_eq!(
        placed(&[(ARRIVAL, "H"), (DEPARTURE, "H"), (ARRIVAL, "B")], &["H"]),
        "hub_arrived hub_departed unplaced"
    );
    // Same city: collected and delivered by one site, nothing left in between.
    assert_eq!(
        placed(&[(COLLECTED, "A"), (ARRIVAL, "A"), (OUT, "A")], &[]),
        "collected origin_arrived out_for_delivery"
    );
    assert_eq!(
        placed(&[(COLLECTED, "A"), (ARRIVAL, "B"), (OUT, "B")], &[]),
        "collected destination_arrived out_for_delivery"
    );
}

proptest! {
    /// What a code says is never changed, and every arrival stays an arrival.
    #[test]
    fn placing_keeps_the_count_and_the_direction(picks in prop::collection::vec((0_usize..6, 0_usize..3), 0..12)) {
        let senses = [ARRIVAL, DEPARTURE, COLLECTED, OUT, Sense::NoNode, Sense::Node(NodeKind::Delivered)];
        let scans: Vec<_> = picks
            .iter()
            .map(|&(sense, place)| Passing::new(senses[sense], facility(["", "A", "B"][place])))
            .collect();
        let placed = place(&scans, &BTreeMap::new());
        prop_assert_eq!(placed.len(), scans.len());
        for (scan, placed) in scans.iter().zip(placed) {
            let fits = match (scan.sense, placed) {
                (Sense::Node(kind), Placed::Node(same)) => kind == same,
                (Sense::NoNode, Placed::NoNode) | (ARRIVAL | DEPARTURE, Placed::Unplaced) => true,
                (ARRIVAL, Placed::Node(kind)) => kind.name().ends_with("_arrived"),
                (DEPARTURE, Placed::Node(kind)) => kind.name().ends_with("_departed"),
                _ => false,
            };
            prop_assert!(fits, "{:?} became {:?}", scan.sense, placed);
        }
    }
}
