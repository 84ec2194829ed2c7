//! What the set's reviews say: satisfaction, its score, and recommendation by a named likeness.

use std::collections::BTreeMap;

use parcelgauge::cube::{Plan, Row, Scorecard};
use parcelgauge::fact::{Context, Facts};
use parcelgauge::record::{Records, WaybillKey, Window, Zone};
use parcelgauge::state::Figure;

use super::{gauge, hits, read};
use crate::support::{at, data_set};

/// When every review of the set is known.
fn context() -> Context {
    Context::at(at("2018-12-31T00:00:00Z")).with_zone(Zone::UTC)
}

fn whole(records: &Records, figure: &str) -> Row {
    let plan = Plan::new([gauge(figure)]).with_window(Window::All);
    Scorecard::measure(records, &plan, &context()).rows.swap_remove(0)
}

fn value(records: &Records, figure: &str) -> f64 {
    whole(records, figure).figure.value().unwrap()
}

#[test]
fn reviews_as_the_reference_counts_them() {
    let Some(folder) = data_set("olist_dev") else { return };
    let records = read(&folder, Zone::UTC);
    let mut by_stars = BTreeMap::new();
    records.ratings.iter().for_each(|rating| *by_stars.entry(rating.score.value() / 1_000).or_insert(0) += 1);
    assert_eq!(by_stars, BTreeMap::from([(1, 796), (2, 229), (3, 568), (4, 1_326), (5, 3_947)]));

    let satisfied = whole(&records, "satisfaction_rate");
    assert_eq!(hits(&satisfied), (1_326 + 3_947, 6_866));
    assert!((satisfied.figure.value().unwrap() - 0.767_987).abs() < 5e-7);
    assert_eq!(hits(&whole(&records, "negative_rating_rate")), (796 + 229, 6_866));

    // The mean of 4.077629 is 76.94 points from the lower end and 81.55 of the maximum.
    assert!((value(&records, "satisfaction_score") - 100.0 * (4.077_629 - 1.0) / 4.0).abs() < 5e-5);
    assert!((value(&records, "satisfaction_score scale_from=of_max") - 100.0 * 4.077_629 / 5.0).abs() < 5e-5);
}

#[test]
fn recommendation_by_the_named_mapping_only() {
    let Some(folder) = data_set("olist_dev") else { return };
    let records = read(&folder, Zone::UTC);
    let plain = whole(&records, "nps");
    assert_eq!((plain.figure.value(), plain.excluded.total()), (None, 6_866), "nobody was asked");
    let Figure::Nps { promoters, passives, detractors, value, .. } =
        whole(&records, "nps scale_mapping=five_point_5_4_123").figure
    else {
        panic!("no score")
    };
    assert_eq!((promoters, passives, detractors), (3_947, 1_326, 796 + 229 + 568));
    assert!((value.unwrap() - 34.2849).abs() < 5e-5);
}

/// Late orders and orders on time are told apart by the verdict column of another figure, joined by waybill.
#[test]
fn late_orders_satisfy_fewer() {
    let Some(folder) = data_set("olist_dev") else { return };
    let records = read(&folder, Zone::UTC);
    let facts = Facts::assemble(&records, &context(), None);
    let on_time = gauge("on_time_delivery_rate denominator=delivered_only promise_end=day_start");
    let shipments = facts.shipments.iter().map(|shipment| &shipment.key);
    let verdicts: BTreeMap<&WaybillKey, &str> =
        shipments.zip(on_time.verdicts(&facts, &context())).map(|(key, verdict)| (key, verdict.outcome)).collect();
    let counted = |figure: &str, on_time: &str| {
        let ratings = facts.ratings.iter().zip(gauge(figure).verdicts(&facts, &context()));
        let of_these: Vec<&str> = ratings
            .filter(|(given, _)| given.rating.waybill.as_ref().and_then(|key| verdicts.get(key)) == Some(&on_time))
            .map(|(_, verdict)| verdict.outcome)
            .collect();
        (of_these.iter().filter(|&&outcome| outcome == "hit").count(), of_these.len())
    };
    assert_eq!(counted("satisfaction_rate", "miss"), (181, 546)); // 33.1502 %
    assert_eq!(counted("satisfaction_rate", "hit"), (5_062, 6_130)); // 82.5775 %
    assert_eq!(counted("negative_rating_rate", "miss"), (305, 546)); // 55.8608 %
    assert_eq!(counted("negative_rating_rate", "hit"), (579, 6_130)); // 9.4454 %
}

/// A few orders were reviewed more than once.
#[test]
fn one_review_an_order_by_policy() {
    let Some(folder) = data_set("olist_dev") else { return };
    let records = read(&folder, Zone::UTC);
    let mut latest = BTreeMap::new();
    for rating in &records.ratings {
        let place = (rating.rated_at, rating.id.clone());
        let held = latest.entry(rating.waybill.clone()).or_insert((place.clone(), rating.score.value()));
        if place > held.0 {
            *held = (place, rating.score.value());
        }
    }
    let satisfied = latest.values().filter(|(_, score)| *score >= 4_000).count() as u64;
    let row = whole(&records, "satisfaction_rate per=waybill");
    assert_eq!(hits(&row), (satisfied, latest.len() as u64));
    assert_eq!(row.excluded.total(), 6_866 - latest.len() as u64);
}
