//! A real set: orders parsed here, records built by hand, figures held against those known of it and the oracle.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use parcelgauge::cube::{Dimension, Row};
use parcelgauge::record::{
    CustomerId, Instant, Label, NodeEvent, NodeKind, Promise, Records, Waybill, WaybillKey, WaybillNumber, Window,
};
use parcelgauge::state::Figure;
use serde_json::Value;

use super::choices::{Choices, CohortDate, PromiseEnd};
use super::edges::{millis, row, rows};
use crate::support::data_set;

type Table = Vec<BTreeMap<String, String>>;

fn table(folder: &Path, name: &str) -> Table {
    let mut reader = csv::Reader::from_path(folder.join(name)).expect("a file of the set");
    reader.deserialize().map(|row| row.expect("a row with all its columns")).collect()
}

fn local(text: &str) -> Option<NaiveDateTime> {
    (!text.is_empty()).then(|| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").expect("a time"))
}

/// A local time in a zone: the earlier one where it is doubled, none where it does not exist.
fn instant(zone: Tz, local: NaiveDateTime) -> Option<Instant> {
    let earliest = zone.from_local_datetime(&local).earliest()?;
    Some(Instant::from_millis(earliest.timestamp_millis()).expect("an instant of our years"))
}

fn records(folder: &Path, zone: Tz) -> Records {
    let customers: BTreeMap<String, (String, String)> = table(folder, "customers.csv")
        .into_iter()
        .map(|row| (row["customer_id"].clone(), (row["customer_unique_id"].clone(), row["customer_state"].clone())))
        .collect();
    let mut records = Records::default();
    for order in table(folder, "orders.csv") {
        let time = |column: &str| local(&order[column]);
        let purchase = time("order_purchase_timestamp").expect("every order has one");
        let carrier = time("order_delivered_carrier_date");
        let number = WaybillNumber::new(&order["order_id"]).expect("a number");
        let key = WaybillKey::new(number, purchase.date());
        let (customer, state) = &customers[&order["customer_id"]];
        let mut waybill = Waybill::new(key.clone());
        waybill.customer = Some(CustomerId::new(customer).expect("a customer"));
        waybill.destination_region = Some(Label::new(state).expect("a state"));
        waybill.promise = time("order_estimated_delivery_date").map(|promised| Promise::On(promised.date()));
        records.waybills.push(waybill);
        let is_cancelled = order["order_status"] == "canceled";
        let cancelled = carrier.or(time("order_approved_at")).or(Some(purchase)).filter(|_| is_cancelled);
        let scans = [
            (NodeKind::Ordered, Some(purchase)),
            (NodeKind::Collected, carrier),
            (NodeKind::Delivered, time("order_delivered_customer_date")),
            (NodeKind::Cancelled, cancelled),
        ];
        for (kind, at) in scans {
            if let Some(at) = at.and_then(|local| instant(zone, local)) {
                records.events.push(NodeEvent::new(key.clone(), kind, at));
            }
        }
    }
    records
}

fn choices(zone: Tz) -> Choices {
    Choices { zone, ..Choices::at(millis("2018-10-18T00:00:00Z")) }
}

#[track_caller]
fn share(row: &Row) -> (u64, u64) {
    match row.figure {
        Figure::Share { hit, miss, .. } => (hit, hit + miss),
        ref other => panic!("{other:?}"),
    }
}

#[track_caller]
fn hours(records: &Records, choices: &Choices) -> (u64, String) {
    let rows = rows(records, choices, "end_to_end_hours");
    match rows[0].figure {
        Figure::Distribution { count, mean: Some(mean), .. } => (count, format!("{mean:.4}")),
        ref other => panic!("{other:?}"),
    }
}

fn answer(folder: &Path, name: &str) -> Vec<Vec<Value>> {
    let text = std::fs::read_to_string(folder.join("reference.json")).expect("the set's reference");
    let reference: Value = serde_json::from_str(&text).expect("JSON");
    let (_, found) = reference["answers"]
        .as_object()
        .and_then(|answers| answers.iter().find(|(question, _)| question.starts_with(name)))
        .expect("an answer of that name");
    serde_json::from_value(found["rows"].clone()).expect("rows")
}

/// What the set's own queries ask: delivered ones only, a midnight for a day.
fn as_asked() -> Choices {
    Choices { delivered_only: true, promise_end: PromiseEnd::DayStart, ..choices(Tz::UTC) }
}

#[test]
fn the_figures_of_the_set_come_out() {
    let Some(folder) = data_set("olist_dev") else { return };
    let records = records(&folder, Tz::UTC);
    let on_time = |choices: &Choices| {
        let rows = rows(&records, choices, "on_time_delivery_rate");
        (share(&rows[0]), rows[0].excluded.iter().map(|(reason, n)| (reason.to_owned(), n)).collect::<Vec<_>>())
    };
    let reasons = |more: &[(&str, u64)]| -> Vec<(String, u64)> {
        let all = [&[("cancelled", 40), ("never_collected", 74)], more].concat();
        all.into_iter().map(|(reason, count)| (reason.to_owned(), count)).collect()
    };
    assert_eq!(on_time(&choices(Tz::UTC)), ((6_229, 6_773), reasons(&[])));
    assert_eq!(on_time(&as_asked()), ((6_134, 6_690), reasons(&[("not_delivered", 83)])));
    let day_end = Choices { promise_end: PromiseEnd::DayEnd, ..as_asked() };
    assert_eq!(on_time(&day_end).0, (6_229, 6_690));
    let calendar_day = Choices { promise_end: PromiseEnd::CalendarDay, ..as_asked() };
    assert_eq!(on_time(&calendar_day).0, (6_229, 6_690));
    let value = rows(&records, &choices(Tz::UTC), "on_time_delivery_rate")[0].figure.value();
    assert_eq!(value, Some(6_229.0 / 6_773.0));

    let ever = Choices { look_back: None, ..choices(Tz::UTC) };
    assert_eq!(share(&row(&records, &ever, "repeat_order_rate")), (13, 6_874));
}

#[test]
fn durations_of_the_set_come_out_in_both_zones() {
    let Some(folder) = data_set("olist_dev") else { return };
    let in_utc = records(&folder, Tz::UTC);
    let in_brazil = records(&folder, Tz::America__Sao_Paulo);
    let under = |records: &Records, zone, from_order, keep_anomalies| {
        hours(records, &Choices { from_order, keep_anomalies, ..choices(zone) })
    };
    let mean = |count, mean: &str| (count, mean.to_owned());
    assert_eq!(under(&in_utc, Tz::UTC, true, true), mean(6_690, "301.2110"));
    assert_eq!(under(&in_utc, Tz::UTC, false, true), mean(6_690, "223.1966"));
    assert_eq!(under(&in_utc, Tz::UTC, true, false), mean(6_689, "301.2409"));
    assert_eq!(under(&in_utc, Tz::UTC, false, false), mean(6_689, "223.2877"));
    assert_eq!(under(&in_brazil, Tz::America__Sao_Paulo, true, true).1, "301.2386");
    assert_eq!(under(&in_brazil, Tz::America__Sao_Paulo, false, true).1, "223.2171");
}

#[test]
fn quantiles_of_the_set_are_exact_above_as_many_as_asked_for() {
    let Some(folder) = data_set("olist_dev") else { return };
    let exact = Choices { from_order: true, keep_anomalies: true, exact_up_to: 10_000, ..choices(Tz::UTC) };
    let rows = rows(&records(&folder, Tz::UTC), &exact, "end_to_end_hours");
    let Figure::Distribution { p50: Some(p50), p90: Some(p90), max: Some(max), .. } = rows[0].figure else {
        panic!("{:?}", rows[0])
    };
    let found: Vec<String> = [p50, p90, max].iter().map(|hours| format!("{hours:.4}")).collect();
    let expected: Vec<String> = [2, 3, 5]
        .iter()
        .map(|&column| format!("{:.4}", answer(&folder, "lead_time_hours")[0][column].as_f64().expect("hours")))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn months_and_states_of_the_set_come_out() {
    let Some(folder) = data_set("olist_dev") else { return };
    let records = records(&folder, Tz::UTC);
    let by_purchase = Choices { cohort: Some(CohortDate::Ordered), ..as_asked() };
    let months = Choices { window: Window::Month, ..by_purchase.clone() };
    let found: BTreeMap<String, (u64, u64)> = rows(&records, &months, "on_time_delivery_rate")
        .iter()
        .map(|row| (row.window.clone(), share(row)))
        .filter(|(_, share)| share.1 > 0)
        .collect();
    let expected = |name| -> BTreeMap<String, (u64, u64)> {
        let count = |value: &Value| value.as_u64().expect("a count");
        let row = |row: &Vec<Value>| (row[0].as_str().expect("a label").to_owned(), (count(&row[2]), count(&row[1])));
        answer(&folder, name).iter().map(row).collect()
    };
    assert_eq!(found, expected("on_time_by_purchase_month"));

    let states = Choices { dimensions: vec![Dimension::DestinationRegion], ..by_purchase };
    let found: BTreeMap<String, (u64, u64)> = rows(&records, &states, "on_time_delivery_rate")
        .iter()
        .map(|row| (row.group[0].text().expect("a state").to_owned(), share(row)))
        .filter(|(_, share)| share.1 > 0)
        .collect();
    assert_eq!(found, expected("on_time_by_customer_state"));
}

#[test]
fn the_set_agrees_with_the_oracle_by_week_and_state_in_three_zones() {
    let Some(folder) = data_set("olist_dev") else { return };
    for zone in [Tz::UTC, Tz::Asia__Shanghai, Tz::America__Sao_Paulo] {
        let choices = Choices {
            window: Window::Week,
            dimensions: vec![Dimension::DestinationRegion],
            known_from: Some(millis("2016-10-04T00:00:00Z")),
            ..choices(zone)
        };
        assert!(!rows(&records(&folder, zone), &choices, "on_time_delivery_rate").is_empty());
        let young = Choices { as_of: millis("2018-03-01T00:00:00Z"), ..choices };
        assert!(!rows(&records(&folder, zone), &young, "on_time_delivery_rate").is_empty());
    }
}
