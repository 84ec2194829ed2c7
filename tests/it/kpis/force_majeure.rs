//! The adjusted figure: what force majeure affected is left out, good and bad alike.

use parcelgauge::record::{NodeKind, Party, Promise};

use super::*;

/// The figures that a contract adjusts, each with a promise or plan that is kept or not by the parcels below.
const FIGURES: [&str; 11] = [
    "on_time_delivery_rate",
    "within_hours_rate(72)",
    "end_to_end_hours",
    "lateness_hours",
    "stage_hours(last_mile)",
    "stage_on_time_rate(last_mile)",
    "first_attempt_delivery_rate",
    "loss_rate",
    "damage_rate",
    "shortage_rate",
    "intact_rate",
];

/// A parcel in time, one late, one that never came: each once undisturbed, and once held up by a storm.
fn stormy() -> Records {
    let trips = [
        ("1 in time", vec![(NodeKind::Delivered, DAY)]),
        ("2 late", vec![(NodeKind::Delivered, 5 * DAY)]),
        ("3 never", vec![]),
    ];
    let mut parcels = Vec::new();
    for (number, scans) in trips {
        for storm in [false, true] {
            let mut scans = scans.clone();
            scans.insert(0, (NodeKind::Held, HOUR));
            let number = format!("{number}{}", if storm { ", storm" } else { "" });
            let (mut waybill, mut events) = collected(&number, &scans);
            waybill.promise = Some(Promise::By(after(3 * DAY)));
            events[1].party = Some(if storm { Party::ForceMajeure } else { Party::Carrier });
            parcels.push((waybill, events));
        }
    }
    records(parcels)
}

#[test]
fn adjusted_figures_leave_out_good_and_bad_alike() {
    let records = stormy();
    for figure in FIGURES {
        let (raw, adjusted) = (kpi(figure), under(figure, &["force_majeure=adjusted"]));
        let (raw_told, told) = (told(&raw, &records, LATER), told(&adjusted, &records, LATER));
        for (place, (raw, adjusted)) in raw_told.iter().zip(&told).enumerate() {
            let expected = if place % 2 == 1 { "excluded force_majeure" } else { raw };
            assert_eq!(adjusted, expected, "{figure}");
        }
        // Both stand beside each other, and say which is which.
        let plan = Plan::new([raw.clone(), adjusted.clone()]);
        assert_eq!(plan.gauges().len(), 2, "{figure}");
        let shown = |gauge: &Gauge| format!("{:?}", gauge.params().get("force_majeure"));
        assert_eq!([shown(&raw), shown(&adjusted)], ["Some(Word(\"raw\"))", "Some(Word(\"adjusted\"))"]);
    }
    let value = |gauge: &Gauge| row(gauge, &records, LATER).figure.value();
    let adjusted = under("on_time_delivery_rate", &["force_majeure=adjusted"]);
    assert_eq!(value(&adjusted), Some(1.0 / 3.0));
    assert_eq!(five(&row(&adjusted, &records, LATER)), [1, 2, 0, 3, 0]);
}

/// One late parcel, changed; the adjusted figure of it.
fn adjusted(change: impl FnOnce(&mut Records), as_of: i64) -> String {
    let mut late = one(&[(NodeKind::HubArrived, HOUR), (NodeKind::Delivered, 5 * DAY)]);
    late.waybills[0].promise = Some(Promise::By(after(3 * DAY)));
    change(&mut late);
    word(&under("on_time_delivery_rate", &["force_majeure=adjusted"]), &late, as_of)
}

#[test]
fn affected_is_what_a_known_scan_of_the_way_there_says() {
    let late = "miss by 2d";
    let on = |place: usize| move |records: &mut Records| records.events[place].party = Some(Party::ForceMajeure);
    assert_eq!(adjusted(|_| {}, LATER), late);
    for place in 0..3 {
        assert_eq!(adjusted(on(place), LATER), "excluded force_majeure");
    }
    // Decided at once, before the promise.
    assert_eq!(adjusted(on(1), 2 * HOUR), "excluded force_majeure");
    assert_eq!(adjusted(on(2), 2 * HOUR), "open 4d", "delivered later: not yet known");
    let returned = |at: i64| {
        move |records: &mut Records| {
            let key = records.waybills[0].key.clone();
            records.events[2] = event(&key, NodeKind::Returned, 5 * DAY);
            let mut storm = event(&key, NodeKind::Held, at);
            storm.party = Some(Party::ForceMajeure);
            records.events.push(storm);
        }
    };
    assert_eq!(adjusted(returned(5 * DAY), LATER), "excluded force_majeure", "with the return");
    assert_eq!(adjusted(returned(5 * DAY + 1), LATER), "miss by 397d", "on the way back");
    // What is none of the population says so by its own reason.
    let unpromised = |records: &mut Records| (on(1)(records), records.waybills[0].promise = None).1;
    assert_eq!(adjusted(unpromised, LATER), "excluded no_promise");
}

#[test]
fn what_befell_a_parcel_after_its_completion_took_none_of_its_time() {
    let spared = |figure: &str, policies: &[&str], scans: &[(NodeKind, i64)]| {
        let mut parcel = one(scans);
        parcel.waybills[0].promise = Some(Promise::By(after(3 * DAY)));
        for event in parcel.events.iter_mut().filter(|event| event.kind == NodeKind::Held) {
            event.party = Some(Party::ForceMajeure);
        }
        let policies: Vec<&str> = policies.iter().copied().chain(["force_majeure=adjusted"]).collect();
        told(&under(figure, &policies), &parcel, LATER) == ["excluded force_majeure"]
    };
    for (place, figure) in FIGURES.into_iter().enumerate() {
        let held_at = |at: i64| [(NodeKind::Delivered, 5 * DAY), (NodeKind::Held, at)];
        assert!(spared(figure, &[], &held_at(5 * DAY)), "{figure}: with its completion");
        let is_of_harm = place >= 7; // loss and harm come to light when they do
        assert_eq!(spared(figure, &[], &held_at(5 * DAY + 1)), is_of_harm, "{figure}: after its completion");
    }
    // Which scan completes is the figure's own choice.
    let stored = [(NodeKind::Stored, DAY), (NodeKind::Held, 2 * DAY), (NodeKind::Delivered, 5 * DAY)];
    assert!(!spared("on_time_delivery_rate", &[], &stored));
    assert!(spared("on_time_delivery_rate", &["storage_completes=never"], &stored));
}

#[test]
fn force_majeure_is_no_customers_account() {
    for (kind, unsaid) in [
        (NodeKind::Returned, "miss by 397d"),
        (NodeKind::Refused, "excluded customer_return"),
        (NodeKind::Redirected, "excluded customer_return"),
        (NodeKind::Cancelled, "excluded customer_return"),
    ] {
        let left = |party: Option<Party>| {
            let mut tried = one(&[(NodeKind::AttemptFailed, DAY), (kind, 2 * DAY)]);
            tried.waybills[0].promise = Some(Promise::By(after(3 * DAY)));
            tried.events[2].party = party;
            word(&kpi("on_time_delivery_rate"), &tried, LATER)
        };
        assert_eq!(left(None), unsaid, "{kind:?}");
        assert_eq!(left(Some(Party::Sender)), "excluded customer_return", "{kind:?}");
        assert_eq!(left(Some(Party::ForceMajeure)), "miss by 397d", "{kind:?}");
    }
}
