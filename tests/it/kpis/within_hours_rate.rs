use parcelgauge::record::{Label, NodeKind, Party};
use parcelgauge::simulate::Rate;

use super::*;
use crate::intake::Folder;

const KPI: &str = "within_hours_rate(72)";

#[test]
fn as_usual() {
    does_the_usual(&kpi(KPI));
}

#[test]
fn seventy_two_hours_are_within() {
    for (millis, expected) in [(72 * HOUR - 1, "hit"), (72 * HOUR, "hit"), (72 * HOUR + 1, "miss by 1ms")] {
        assert_eq!(word(&kpi(KPI), &one(&[(NodeKind::Delivered, millis)]), LATER), expected);
    }
    assert_eq!(word(&kpi("within_hours_rate(1)"), &one(&[(NodeKind::Delivered, HOUR)]), LATER), "hit");
    assert_eq!(word(&kpi("within_hours_rate(10000)"), &one(&[(NodeKind::Delivered, 10_000 * HOUR)]), 2 * LATER), "hit");
}

#[test]
fn nobody_is_decided_before_the_hours_and_settle() {
    let early = one(&[(NodeKind::Delivered, HOUR)]);
    assert_eq!(word(&kpi(KPI), &early, 96 * HOUR - 1), "open 4d");
    assert_eq!(word(&kpi(KPI), &early, 96 * HOUR), "hit");
    let never = one(&[]);
    assert_eq!(word(&kpi(KPI), &never, 96 * HOUR - 1), "open 4d");
    assert_eq!(word(&kpi(KPI), &never, 96 * HOUR), "miss by 24h");
    let at_once = under(KPI, &["settle=0h"]);
    assert_eq!(word(&at_once, &never, 72 * HOUR - 1), "open 3d");
    assert_eq!(word(&at_once, &early, 72 * HOUR), "hit");
    assert_eq!(five(&row(&kpi(KPI), &early, 95 * HOUR)), [0, 0, 1, 0, 0]);
    assert_eq!(row(&kpi(KPI), &early, 95 * HOUR).figure.value(), None);
}

#[test]
fn between_cities_only() {
    let city = |name: &str| Some(Label::new(name).unwrap());
    let mut parcels =
        records(["both", "from", "none", "same"].map(|number| collected(number, &[(NodeKind::Delivered, HOUR)])));
    (parcels.waybills[0].origin_city, parcels.waybills[0].destination_city) = (city("Hangzhou"), city("Ningbo"));
    parcels.waybills[1].origin_city = city("Hangzhou");
    (parcels.waybills[2].origin_region, parcels.waybills[2].destination_region) = (city("Zhejiang"), city("Hebei"));
    (parcels.waybills[3].origin_city, parcels.waybills[3].destination_city) = (city("Ningbo"), city("Ningbo"));
    let expected = ["hit", "excluded no_city", "excluded no_city", "excluded same_city"];
    assert_eq!(told(&kpi("within_hours_rate(spb_72h)"), &parcels, LATER), expected);
    assert_eq!(told(&kpi(KPI), &parcels, LATER), ["hit"; 4]);
}

#[test]
fn durations_need_two_sound_clocks() {
    let inferred = records([scanned("A", &[(NodeKind::OriginArrived, 0), (NodeKind::Delivered, HOUR)])]);
    assert_eq!(word(&kpi(KPI), &inferred, 0), "invalid no_collection");

    // Recorded more than five minutes before it occurred: five minutes are borne.
    let mut start_in_doubt = one(&[(NodeKind::Delivered, 73 * HOUR)]);
    start_in_doubt.events[0].recorded_at = Some(after(-300 * SECOND));
    assert_eq!(word(&kpi(KPI), &start_in_doubt, LATER), "miss by 1h");
    start_in_doubt.events[0].recorded_at = Some(after(-300 * SECOND - 1));
    assert_eq!(word(&kpi(KPI), &start_in_doubt, 0), "invalid clock_anomaly");
    assert_eq!(word(&under(KPI, &["anomalies=keep"]), &start_in_doubt, LATER), "miss by 1h");

    let mut end_in_doubt = one(&[(NodeKind::Delivered, 73 * HOUR)]);
    end_in_doubt.events[1].recorded_at = Some(after(71 * HOUR));
    assert_eq!(word(&kpi(KPI), &end_in_doubt, 95 * HOUR), "open 4d");
    assert_eq!(word(&kpi(KPI), &end_in_doubt, 96 * HOUR), "invalid clock_anomaly");
    assert_eq!(word(&under(KPI, &["anomalies=keep"]), &end_in_doubt, LATER), "miss by 1h");

    let backwards = one(&[(NodeKind::Delivered, -HOUR)]);
    assert_eq!(word(&kpi(KPI), &backwards, LATER), "invalid clock_anomaly");
    assert_eq!(word(&under(KPI, &["anomalies=keep"]), &backwards, LATER), "hit");
}

#[test]
fn who_leaves_on_the_customers_account() {
    let left = |tried: i64, exit: NodeKind, party: Option<Party>| {
        let mut records = one(&[(NodeKind::AttemptFailed, tried), (exit, 80 * HOUR)]);
        records.events[2].party = party;
        word(&kpi(KPI), &records, 100 * HOUR)
    };
    assert_eq!(left(72 * HOUR, NodeKind::Refused, None), "excluded customer_return");
    assert_eq!(left(72 * HOUR + 1, NodeKind::Refused, None), "miss by 28h");
    assert_eq!(left(HOUR, NodeKind::Returned, Some(Party::Recipient)), "excluded customer_return");
    assert_eq!(left(HOUR, NodeKind::Returned, Some(Party::Carrier)), "miss by 28h");
    assert_eq!(left(HOUR, NodeKind::Returned, None), "miss by 28h");
    assert_eq!(left(HOUR, NodeKind::Cancelled, None), "excluded customer_return");
    assert_eq!(left(HOUR, NodeKind::Redirected, Some(Party::Sender)), "excluded customer_return");
    assert_eq!(left(HOUR, NodeKind::Lost, None), "miss by 28h");
    // An attempt to give it back to the sender is none in time.
    let mut back = one(&[(NodeKind::Returned, HOUR), (NodeKind::AttemptFailed, 2 * HOUR)]);
    back.events[1].party = Some(Party::Sender);
    assert_eq!(word(&kpi(KPI), &back, 100 * HOUR), "miss by 28h");
}

#[test]
fn policies_that_change_the_figure() {
    let never = one(&[]);
    assert_eq!(word(&under(KPI, &["denominator=delivered_only"]), &never, LATER), "excluded not_delivered");
    let mut stored = one(&[(NodeKind::Stored, HOUR), (NodeKind::Delivered, 73 * HOUR)]);
    let with = |records: &Records, policy: &str| word(&under(KPI, &[policy]), records, LATER);
    assert_eq!(with(&stored, "storage_completes=consented"), "hit");
    assert_eq!(with(&stored, "storage_completes=never"), "miss by 1h");
    assert_eq!(row(&kpi(KPI), &stored, LATER).notes.iter().collect::<Vec<_>>(), [("consent_unknown", 1)]);
    stored.events[1].consent = parcelgauge::record::Consent::No;
    assert_eq!(with(&stored, "storage_completes=consented"), "miss by 1h");
    assert_eq!(with(&stored, "storage_completes=always"), "hit");
    let ordered = one(&[(NodeKind::Ordered, -40 * DAY), (NodeKind::Delivered, HOUR)]);
    let day_of = |policy: &str| {
        let gauge = under(KPI, &[policy]);
        gauge.verdicts(&Facts::assemble(&ordered, &context(LATER), None), &context(LATER))[0].cohort
    };
    assert_eq!((day_of("cohort=accepted"), day_of("cohort=ordered")), (Some(day(10, 1)), Some(day(8, 22))));
}

#[test]
fn unfinished_ones_are_the_worst() {
    let parcels = records([
        collected("late", &[(NodeKind::Delivered, 300 * HOUR)]),
        collected("later", &[(NodeKind::Delivered, 301 * HOUR)]),
        scanned("young", &[(NodeKind::Collected, HOUR)]),
        collected("old", &[]),
        collected("good", &[(NodeKind::Delivered, HOUR)]),
    ]);
    assert_eq!(evidence(&kpi(KPI), &parcels, 400 * HOUR), ["old 328h", "young 327h", "later 229h", "late 228h"]);
    assert_eq!(five(&row(&kpi(KPI), &parcels, 400 * HOUR)), [1, 4, 0, 0, 0]);
}

#[test]
fn from_files() {
    let reading = Folder::new()
        .with("w.csv", "no,day,from,to,transport_h\nA,2026-10-01,杭州,宁波,36\nB,2026-10-01,杭州,杭州,\nC,2026-10-01,杭州,,\nD,2026-10-01,杭州,上海,\n")
        .with(
            "e.csv",
            "no,kind,at\nA,collected,2026-10-01 10:00\nA,delivered,2026-10-04 10:00\nB,collected,2026-10-01 10:00\n\
             B,delivered,2026-10-01 12:00\nC,collected,2026-10-01 10:00\nD,collected,2026-10-01 10:00\n",
        )
        .read(
            r#"
            zone = "Asia/Shanghai"
            [waybill]
            file = "w.csv"
            number = "no"
            posted_on = "day"
            origin_city = "from"
            destination_city = "to"
            [waybill.stage_plans]
            transport = { column = "transport_h", values = { 36 = "36h" } }
            [event]
            file = "e.csv"
            waybill = "no"
            kind = "kind"
            occurred_at = "at"
            "#,
        );
    assert!(reading.quarantine.is_empty(), "{:?}", reading.quarantine);
    assert_eq!(reading.records.waybills[0].stage_plans.values().next(), Some(&Duration::from_hours(36)));
    let expected = ["hit", "excluded same_city", "excluded no_city", "miss by 24h"];
    assert_eq!(told(&kpi("within_hours_rate(spb_72h)"), &reading.records, 96 * HOUR), expected);
    let by = Plan::new([kpi(KPI)]).by([parcelgauge::cube::Dimension::DestinationCity]).with_window(Window::All);
    let groups: Vec<_> = Scorecard::measure(&reading.records, &by, &context(96 * HOUR))
        .rows
        .iter()
        .map(|row| (row.group[0].text().map(str::to_owned), row.seen))
        .collect();
    let name = |city: &str| Some(city.to_owned());
    assert_eq!(groups, [(name("上海"), 1), (name("宁波"), 1), (name("杭州"), 1), (None, 1)]);
}

#[test]
fn the_network_knows_when_it_delivered() {
    let (network, context) = troubled(&[(Rate::Delayed, 100_000), (Rate::Lost, 20_000), (Rate::Returned, 50_000)]);
    let mut seen = [0; 3];
    for (verdict, shipment) in against_truth(&kpi(KPI), &network, &context) {
        let collected = shipment.events.iter().find(|event| event.kind == NodeKind::Collected);
        let taken = shipment.truth.completed_at.zip(collected).map(|(end, start)| end.since(start.occurred_at));
        let expected = match (outside(&shipment), taken) {
            (Some(_), _) => "excluded",
            (None, Some(taken)) if taken.as_millis() <= 72 * HOUR => "hit",
            (None, Some(_)) => "miss",
            (None, None) if verdict.outcome == "excluded" => {
                let tried = shipment.events.iter().any(|event| event.kind == NodeKind::AttemptFailed);
                assert!(tried || shipment.truth.happened.contains(Rate::CancelledAfterCollection), "{shipment:?}");
                "excluded"
            }
            (None, None) => "miss",
        };
        assert_eq!(verdict.outcome, expected, "{shipment:?}");
        seen[["hit", "miss", "excluded"].iter().position(|&outcome| outcome == expected).unwrap()] += 1;
    }
    assert!(seen.iter().all(|&count| count > 50), "{seen:?}");
}
