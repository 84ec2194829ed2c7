use parcelgauge::record::{Mover, NodeKind, Party, Promise, PromiseMove};
use parcelgauge::simulate::{Network, Rate, Rates};

use super::*;

const KPI: &str = "lateness_hours";
const DUE: i64 = 48 * HOUR;

fn promised(scans: &[(NodeKind, i64)]) -> Records {
    let mut records = one(scans);
    records.waybills[0].promise = Some(Promise::By(after(DUE)));
    records
}

fn delivered(millis: i64) -> Records {
    promised(&[(NodeKind::Delivered, millis)])
}

#[test]
fn as_usual() {
    does_the_usual(&kpi(KPI));
    assert_eq!(word(&kpi(KPI), &one(&[]), LATER), "excluded no_promise");
}

#[test]
fn the_promise_itself_is_in_time() {
    let told = |millis: i64| word(&kpi(KPI), &delivered(millis), LATER);
    assert_eq!([told(DUE - 1), told(DUE), told(DUE + 1)], ["excluded on_time", "excluded on_time", "quantity 1ms"]);
    let strict = under(KPI, &["comparison=strictly_before"]);
    assert_eq!(word(&strict, &delivered(DUE), LATER), "quantity 0h");
    assert_eq!(word(&strict, &delivered(DUE - 1), LATER), "excluded on_time");
}

#[test]
fn who_is_under_way_is_open_first_then_late() {
    let gauge = kpi(KPI);
    let (never, late) = (promised(&[]), delivered(DUE + HOUR));
    assert_eq!(word(&gauge, &never, 72 * HOUR - 1), "open 3d");
    assert_eq!(word(&gauge, &late, 72 * HOUR - 1), "open 3d");
    assert_eq!(word(&gauge, &late, 72 * HOUR), "quantity 1h");
    assert_eq!(word(&gauge, &never, 72 * HOUR), "open");
    let age = |as_of| row(&gauge, &never, as_of).open_mean_age;
    assert_eq!([age(72 * HOUR - 1), age(72 * HOUR), age(100 * HOUR)], [None, Some(24.0), Some(52.0)]);
    assert_eq!(five(&row(&gauge, &never, 100 * HOUR)), [0, 0, 1, 0, 0]);
    assert_eq!(word(&under(KPI, &["settle=0h"]), &late, DUE + HOUR), "quantity 1h");
}

#[test]
fn who_will_never_arrive() {
    let gauge = kpi(KPI);
    let ended = |kind: NodeKind| word(&gauge, &promised(&[(kind, 60 * HOUR)]), LATER);
    assert_eq!(ended(NodeKind::Lost), "excluded lost");
    assert_eq!(ended(NodeKind::Returned), "excluded returned");
    assert_eq!(ended(NodeKind::Cancelled), "excluded cancelled");
    let mut refused = promised(&[(NodeKind::AttemptFailed, DUE), (NodeKind::Returned, 60 * HOUR)]);
    refused.events[2].party = Some(Party::Recipient);
    assert_eq!(word(&gauge, &refused, LATER), "excluded customer_return");
    refused.events[1].occurred_at = after(DUE + 1);
    assert_eq!(word(&gauge, &refused, LATER), "excluded returned");
}

#[test]
fn clocks_in_doubt() {
    let mut records = delivered(DUE + 3 * HOUR);
    records.events[1].recorded_at = Some(after(DUE + HOUR));
    assert_eq!(word(&kpi(KPI), &records, LATER), "invalid clock_anomaly");
    assert_eq!(word(&under(KPI, &["anomalies=keep"]), &records, LATER), "quantity 3h");
    // By the earlier clock it was in time, and that holds.
    records.events[1].recorded_at = Some(after(DUE));
    assert_eq!(word(&kpi(KPI), &records, LATER), "excluded on_time");
    assert_eq!(row(&kpi(KPI), &records, LATER).notes.iter().next(), Some(("anomalous_completion", 1)));
}

#[test]
fn policies_on_promises() {
    let told = |records: &Records, policy: &str| word(&under(KPI, &[policy]), records, LATER);
    // Grace decides who is late, not how late.
    assert_eq!(told(&delivered(DUE + HOUR), "grace=60m"), "excluded on_time");
    assert_eq!(told(&delivered(DUE + HOUR + 1), "grace=60m"), "quantity 3600001ms");
    let mut on_a_day = delivered(40 * HOUR); // 3 October, two in the morning
    on_a_day.waybills[0].promise = Some(Promise::On(day(10, 2)));
    assert_eq!(told(&on_a_day, "promise_end=day_end"), "quantity 2h");
    assert_eq!(told(&on_a_day, "promise_end=day_start"), "quantity 26h");
    on_a_day.events[1].occurred_at = after(38 * HOUR);
    assert_eq!(told(&on_a_day, "promise_end=day_end"), "quantity 0h");
    on_a_day.events[1].occurred_at = after(38 * HOUR - 1);
    assert_eq!(told(&on_a_day, "promise_end=day_end"), "excluded on_time");
    let mut moved = delivered(DUE + 5 * HOUR);
    let to = Promise::By(after(DUE + 4 * HOUR));
    moved.waybills[0].promise_moves = vec![PromiseMove { moved_at: after(HOUR), by: Mover::Carrier, to }];
    assert_eq!(told(&moved, "promise=original"), "quantity 5h");
    assert_eq!(told(&moved, "promise=current"), "quantity 1h");
    moved.waybills[0].promise_moves[0].by = Mover::Customer;
    assert_eq!(told(&moved, "promise=original"), "quantity 1h");
    let stored = promised(&[(NodeKind::Stored, DUE + HOUR), (NodeKind::Delivered, DUE + 2 * HOUR)]);
    assert_eq!(told(&stored, "storage_completes=consented"), "quantity 1h");
    assert_eq!(told(&stored, "storage_completes=never"), "quantity 2h");
    let verdict = |policy: &str| {
        let gauge = under(KPI, &[policy]);
        gauge.verdicts(&Facts::assemble(&stored, &context(LATER), None), &context(LATER))[0].cohort
    };
    assert_eq!(verdict("cohort=due"), Some(day(10, 3)));
    assert_eq!(verdict("cohort=accepted"), Some(day(10, 1)));
}

#[test]
fn the_latest_come_first() {
    let mut parcels =
        records([5, 9, 7].map(|late| collected(&late.to_string(), &[(NodeKind::Delivered, DUE + late * HOUR)])));
    parcels.waybills.iter_mut().for_each(|waybill| waybill.promise = Some(Promise::By(after(DUE))));
    assert_eq!(evidence(&kpi(KPI), &parcels, LATER), ["9 9h", "7 7h", "5 5h"]);
    assert_eq!(row(&kpi(KPI), &parcels, LATER).figure.value(), Some(7.0));
}

/// Late by this KPI is a miss by the other, shipment by shipment, in an open month full of faults.
#[test]
fn the_late_ones_are_the_misses_of_the_on_time_rate() {
    let rates = [(Rate::Delayed, 100_000), (Rate::ClockAhead, 50_000), (Rate::Returned, 50_000), (Rate::Lost, 20_000)];
    let rates = rates.into_iter().fold(Rates::default(), |rates, (rate, parts)| rates.with(rate, parts).unwrap());
    let network = Network::new(11).unwrap().with_shipments(4_000).with_rates(rates);
    let records = network.records();
    let middle = network.start() + chrono::Days::new(u64::from(network.days()) / 2);
    let context = Context::at(parcelgauge::record::Zone::SHANGHAI.start_of(middle));
    let facts = Facts::assemble(&records, &context, None);
    let on_time = kpi("on_time_delivery_rate").verdicts(&facts, &context);
    let mut seen = std::collections::BTreeMap::new();
    for (lateness, on_time) in kpi(KPI).verdicts(&facts, &context).into_iter().zip(on_time) {
        let reason = lateness.reason.as_ref().map(|reason| reason.as_str());
        let expected = match (lateness.outcome, reason) {
            ("quantity", _) | ("invalid", Some("clock_anomaly")) | ("excluded", Some("lost" | "returned")) => "miss",
            ("excluded", Some("cancelled")) if on_time.outcome == "miss" => "miss",
            ("open", _) if lateness.until.is_none() => "miss",
            ("excluded", Some("on_time")) => "hit",
            (other, _) => other,
        };
        assert_eq!(on_time.outcome, expected, "{lateness:?} {on_time:?}");
        *seen.entry((lateness.outcome, reason.map(str::to_owned))).or_insert(0) += 1;
        if lateness.outcome == "quantity" {
            assert_eq!(lateness.quantity, on_time.by.map(Duration::as_millis));
        }
    }
    assert!(seen.len() >= 9, "{seen:?}");
}
