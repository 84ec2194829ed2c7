//! Orders on their lines: exactly the look-back apart, exactly the look-back after the data begins, at one instant.

use parcelgauge::record::{CustomerId, NodeKind, Records, Window};
use parcelgauge::state::Figure;

use super::choices::Choices;
use super::clock::{self, DAY};
use super::edges::{millis, rows};
use crate::support::{day, key, scan, waybill};

const KPI: &str = "repeat_order_rate";
const ORDERED: &str = "2026-10-01T08:00:00Z";

fn orders(of: &[(&str, &str, i64)]) -> Records {
    let mut records = Records::default();
    for &(number, customer, offset) in of {
        let mut row = waybill(number, day(1, 1));
        row.customer = Some(CustomerId::new(customer).expect("a customer"));
        records.waybills.push(row);
        let mut order = scan(&key(number, day(1, 1)), NodeKind::Ordered, ORDERED);
        order.occurred_at = clock::instant(millis(ORDERED) + offset);
        records.events.push(order);
    }
    records
}

/// Hits, misses and open ones.
#[track_caller]
fn customers(records: &Records, choices: &Choices) -> (u64, u64, u64) {
    // Undated are orders without an instant: they come last and are no customer's.
    let row = rows(records, choices, KPI).remove(0);
    match row.figure {
        Figure::Share { hit, miss, .. } => (hit, miss, row.open),
        ref other => panic!("{other:?}"),
    }
}

fn known_for_years() -> Choices {
    let known_from = Some(millis("2020-01-01T00:00:00Z"));
    Choices { known_from, ..Choices::at(millis("2026-12-01T00:00:00Z")) }
}

#[test]
fn an_order_90_days_later_follows_and_a_millisecond_more_does_not() {
    let apart = |gap: i64| customers(&orders(&[("A", "ann", -gap), ("B", "ann", 0)]), &known_for_years());
    assert_eq!(apart(90 * DAY), (1, 0, 0));
    assert_eq!(apart(90 * DAY + 1), (0, 1, 0));
    let ever = Choices { look_back: None, known_from: None, ..known_for_years() };
    assert_eq!(customers(&orders(&[("A", "ann", -90 * DAY - 1), ("B", "ann", 0)]), &ever), (1, 0, 0));
    assert_eq!(customers(&orders(&[("B", "ann", 0)]), &ever), (0, 1, 0));
}

#[test]
fn an_order_90_days_after_the_data_begins_is_decided() {
    let known = |gap: i64| {
        let known_from = Some(millis(ORDERED) - gap);
        customers(&orders(&[("B", "ann", 0)]), &Choices { known_from, ..known_for_years() })
    };
    assert_eq!(known(90 * DAY), (0, 1, 0));
    assert_eq!(known(90 * DAY - 1), (0, 0, 1));
    let unknown = Choices { known_from: None, ..known_for_years() };
    assert_eq!(customers(&orders(&[("B", "ann", 0)]), &unknown), (0, 0, 1));
    // A miss could not be told there, so a hit does not count either.
    assert_eq!(customers(&orders(&[("A", "ann", -DAY), ("B", "ann", 0)]), &unknown), (0, 0, 1));
}

#[test]
fn of_orders_at_one_instant_the_greater_number_follows() {
    let twins = orders(&[("B", "ann", 0), ("A", "ann", 0)]);
    assert_eq!(customers(&twins, &known_for_years()), (1, 0, 0));
    assert_eq!(customers(&orders(&[("A", "ann", 0), ("B", "bob", 0)]), &known_for_years()), (0, 2, 0));
    // One number used on two days is two orders.
    let mut reused = orders(&[("A", "ann", 0)]);
    let mut again = reused.waybills[0].clone();
    again.key.posted_on = day(1, 2);
    let mut order = reused.events[0].clone();
    order.waybill = again.key.clone();
    reused.waybills.push(again);
    reused.events.push(order);
    assert_eq!(customers(&reused, &known_for_years()), (1, 0, 0));
}

#[test]
fn an_order_not_yet_known_is_followed_by_none() {
    let mut records = orders(&[("A", "ann", -DAY), ("B", "ann", 0)]);
    records.events[0].recorded_at = Some(clock::instant(millis(ORDERED) + 5 * DAY));
    let at = |as_of| customers(&records, &Choices { as_of, ..known_for_years() });
    assert_eq!(at(millis(ORDERED) + 5 * DAY - 1), (0, 1, 0));
    assert_eq!(at(millis(ORDERED) + 5 * DAY), (1, 0, 0));
    // The waybill of it may be what is not yet known.
    records.events[0].recorded_at = None;
    records.waybills[0].recorded_at = Some(clock::instant(millis(ORDERED) + 5 * DAY));
    let at = |as_of| customers(&records, &Choices { as_of, ..known_for_years() });
    assert_eq!(at(millis(ORDERED) + 5 * DAY - 1), (0, 1, 0));
    assert_eq!(at(millis(ORDERED) + 5 * DAY), (1, 0, 0));
}

#[test]
fn a_customer_counts_once_a_window_by_the_latest_order_in_it() {
    let records = orders(&[("A", "ann", 0), ("B", "ann", 91 * DAY), ("C", "ann", 92 * DAY), ("D", "bob", 92 * DAY)]);
    let choices = Choices { as_of: millis("2027-12-01T00:00:00Z"), ..known_for_years() };
    assert_eq!(customers(&records, &choices), (1, 1, 0));
    let monthly = Choices { window: Window::Year, ..choices };
    let rows = rows(&records, &monthly, KPI);
    let shares: Vec<_> = rows.iter().map(|row| (row.window.as_str(), row.figure.value())).collect();
    // Ann's order of 31 December follows none within 90 days; her order of 1 January follows that.
    assert_eq!(shares, [("2026", Some(0.0)), ("2027", Some(0.5))]);
}

#[test]
fn the_recipient_may_be_the_customer() {
    let mut records = orders(&[("A", "ann", -DAY), ("B", "bob", 0)]);
    for row in &mut records.waybills {
        row.recipient = Some(CustomerId::new("cat").expect("a customer"));
    }
    assert_eq!(customers(&records, &known_for_years()), (0, 2, 0));
    assert_eq!(customers(&records, &Choices { of_recipient: true, ..known_for_years() }), (1, 0, 0));
}
