use parcelgauge::record::{Consent, NodeKind};
use parcelgauge::simulate::Rate;

use super::*;

const KPI: &str = "loss_rate";

fn told_at(scans: &[(NodeKind, i64)], as_of: i64) -> String {
    word(&kpi(KPI), &one(scans), as_of)
}

#[test]
fn as_usual() {
    does_the_usual(&kpi(KPI));
}

#[test]
fn nothing_is_decided_before_the_horizon() {
    for (scans, expected) in [
        (vec![(NodeKind::Delivered, DAY)], "miss"),
        (vec![(NodeKind::Lost, DAY)], "hit by 44d"),
        (vec![], "hit by 15d"),
        (vec![(NodeKind::Returned, DAY)], "miss"),
    ] {
        assert_eq!(told_at(&scans, 45 * DAY - 1), "open 45d");
        assert_eq!(told_at(&scans, 45 * DAY), expected);
    }
    let young = row(&kpi(KPI), &one(&[(NodeKind::Lost, DAY)]), 44 * DAY);
    assert_eq!((young.figure.value(), five(&young)), (None, [0, 0, 1, 0, 0]));
    let sooner = under(KPI, &["horizon=10d"]);
    assert_eq!(word(&sooner, &one(&[(NodeKind::Lost, DAY)]), 10 * DAY), "hit by 9d");
    assert_eq!(word(&sooner, &one(&[]), 10 * DAY), "open 30d");
}

#[test]
fn thirty_silent_days_are_a_loss() {
    let seen = [(NodeKind::HubArrived, 20 * DAY)];
    assert_eq!(told_at(&seen, 45 * DAY), "open 50d");
    assert_eq!(told_at(&seen, 50 * DAY - 1), "open 50d");
    assert_eq!(told_at(&seen, 50 * DAY), "hit by 0h");
    assert_eq!(told_at(&[(NodeKind::HubArrived, 15 * DAY)], 45 * DAY), "hit by 0h");
    assert_eq!(told_at(&[(NodeKind::HubArrived, 15 * DAY + 1)], 45 * DAY), "open 3888000001ms");
    // One more scan, and it is not lost: another record, not another time.
    assert_eq!(told_at(&[(NodeKind::HubArrived, 20 * DAY), (NodeKind::HubDeparted, 50 * DAY)], 50 * DAY), "open 80d");
    let patient = under(KPI, &["silent_after=60d"]);
    assert_eq!(word(&patient, &one(&seen), 80 * DAY - 1), "open 80d");
    assert_eq!(word(&patient, &one(&seen), 80 * DAY), "hit by 0h");
    assert_eq!(row(&kpi(KPI), &one(&seen), 50 * DAY).notes.iter().next(), Some(("presumed_lost", 1)));
    assert_eq!(row(&kpi(KPI), &one(&seen), 49 * DAY).notes.iter().next(), None);
    // A scanner a year ahead does not keep it alive.
    let mut ahead = one(&[(NodeKind::HubArrived, 365 * DAY)]);
    ahead.events[1].recorded_at = Some(after(DAY));
    assert_eq!(word(&kpi(KPI), &ahead, 45 * DAY), "hit by 14d");
}

#[test]
fn where_it_was_last_seen() {
    for (kind, expected) in [
        (NodeKind::Stored, "miss"), // consent unknown completes
        (NodeKind::Held, "open"),
        (NodeKind::Refused, "miss"),
        (NodeKind::Returned, "miss"),
        (NodeKind::Cancelled, "miss"),
        (NodeKind::AddressProblem, "hit by 369d"),
        (NodeKind::AttemptFailed, "hit by 369d"),
        (NodeKind::Damaged, "hit by 369d"),
    ] {
        assert_eq!(told_at(&[(kind, DAY)], LATER), expected, "{kind:?}");
        let moved_on = told_at(&[(kind, DAY), (NodeKind::HubArrived, 2 * DAY)], LATER);
        let ended = matches!(kind, NodeKind::Stored | NodeKind::Returned);
        assert_eq!(moved_on, if ended { "miss" } else { "hit by 368d" }, "{kind:?}");
    }
    let mut stored = one(&[(NodeKind::Stored, DAY)]);
    stored.events[1].consent = Consent::No;
    assert_eq!(word(&kpi(KPI), &stored, LATER), "open");
    assert_eq!(word(&under(KPI, &["storage_completes=always"]), &stored, LATER), "miss");
    stored.events[1].consent = Consent::Yes;
    assert_eq!(word(&under(KPI, &["storage_completes=never"]), &stored, LATER), "open");
}

#[test]
fn declared_lost_and_found() {
    assert_eq!(told_at(&[(NodeKind::Lost, DAY), (NodeKind::Delivered, DAY + 1)], LATER), "miss");
    assert_eq!(told_at(&[(NodeKind::Lost, DAY), (NodeKind::Delivered, DAY)], LATER), "hit by 399d");
    assert_eq!(told_at(&[(NodeKind::Delivered, DAY), (NodeKind::Lost, 2 * DAY)], LATER), "hit by 398d");
    // Lost before the way back, and on it.
    assert_eq!(told_at(&[(NodeKind::Lost, DAY), (NodeKind::Returned, DAY)], LATER), "hit by 399d");
    assert_eq!(told_at(&[(NodeKind::Returned, DAY), (NodeKind::Lost, DAY + 1)], LATER), "miss");
    let found = one(&[(NodeKind::Lost, DAY), (NodeKind::HubArrived, 20 * DAY)]);
    assert_eq!(word(&kpi(KPI), &found, 45 * DAY), "open 50d");
    assert_eq!(word(&kpi(KPI), &found, 50 * DAY), "hit by 0h");
    let notes = row(&kpi(KPI), &found, 50 * DAY).notes;
    assert_eq!(notes.iter().collect::<Vec<_>>(), [("found_after_lost", 1), ("presumed_lost", 1)]);
}

#[test]
fn the_longest_lost_come_first() {
    let parcels = records([
        collected("declared", &[(NodeKind::Lost, 9 * DAY)]),
        collected("silent", &[]),
        collected("safe", &[(NodeKind::Delivered, DAY)]),
    ]);
    assert_eq!(evidence(&kpi(KPI), &parcels, 45 * DAY), ["declared 36d", "silent 15d"]);
    assert_eq!(row(&kpi(KPI), &parcels, 45 * DAY).figure.value(), Some(2.0 / 3.0));
    let inferred = records([scanned("A", &[(NodeKind::HubArrived, 0)])]);
    assert_eq!(row(&kpi(KPI), &inferred, 45 * DAY).notes.of(parcelgauge::outcome::Term::INFERRED_ACCEPTANCE), 1);
}

/// With every fault of the scanners as well: they may hide where a parcel was lost, not that it was.
#[test]
fn the_network_knows_what_it_lost() {
    let (sound, context) = troubled(&[(Rate::Lost, 60_000), (Rate::LossDeclared, 500_000)]);
    let faulty = sound.clone().with_rates(Rates::default().with(Rate::Lost, 60_000).unwrap());
    for network in [sound, faulty] {
        let mut lost = 0;
        for (verdict, shipment) in against_truth(&kpi(KPI), &network, &context) {
            let expected = match outside(&shipment) {
                Some(_) => "excluded",
                None if shipment.truth.happened.contains(Rate::Lost) => "hit",
                None => "miss",
            };
            assert_eq!(verdict.outcome, expected, "{shipment:?}");
            lost += u64::from(expected == "hit");
        }
        let truth = network.truth().rates.into_iter().find(|truth| truth.rate == Rate::Lost).unwrap();
        assert!(lost > 150 && lost <= truth.happened, "{lost} of {}", truth.happened);
    }
}
