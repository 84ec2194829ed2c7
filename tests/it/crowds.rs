//! Many of one thing: what grew with the square of them would not end here.

use parcelgauge::cube::{Fold, Plan, Scorecard};
use parcelgauge::fact::{Context, Facts, History};
use parcelgauge::kpi::catalogue;
use parcelgauge::record::{
    CourierId, CustomerId, Duration, FacilityId, Instant, NodeEvent, NodeKind, Records, Waybill, Window,
};
use parcelgauge::state::Figure;

use crate::support::{at, day, key, waybill};

const MANY: i32 = 100_000;

fn minutes_after(start: Instant, minutes: i32) -> Instant {
    start.saturating_add(Duration::from_minutes(minutes))
}

#[test]
fn failed_attempts_of_many_couriers_on_one_waybill() {
    let mut records = Records::default();
    records.waybills.push(waybill("A", day(3, 1)));
    let start = at("2026-03-01T00:00:00Z");
    for number in 0..MANY {
        // Each courier twice: a group opened by another in between goes on, and 30 minutes after its opener it is over.
        for (minutes, courier) in [(number, number), (number + 29, number), (number + 30, number)] {
            let mut event = NodeEvent::new(key("A", day(3, 1)), NodeKind::AttemptFailed, minutes_after(start, minutes));
            event.courier = Some(CourierId::new(format!("courier {courier}")).expect("an id"));
            event.facility = Some(FacilityId::new(format!("site {courier}")).expect("an id"));
            records.events.push(event);
        }
    }
    let facts = Facts::assemble(&records, &Context::at(at("2027-01-01T00:00:00Z")), None);
    assert_eq!(facts.shipments[0].course.failed_attempts, 2 * MANY as u32);
}

fn ordered(number: i32, start: Instant) -> (Waybill, NodeEvent) {
    let mut row = waybill(&format!("A{number:06}"), day(3, 1));
    row.customer = Some(CustomerId::new("C").expect("an id"));
    row.recorded_at = Some(minutes_after(start, number));
    let event = NodeEvent::new(row.key.clone(), NodeKind::Ordered, minutes_after(start, number));
    (row, event)
}

#[test]
fn orders_of_one_customer_seen_before_all_of_them_were_known() {
    let start = at("2026-03-01T00:00:00Z");
    let mut records = Records::default();
    for number in 0..MANY {
        let (row, event) = ordered(number, start);
        records.waybills.push(row);
        records.events.push(event);
    }
    // A correction that is known only later: until then the first order is this customer's.
    let mut corrected = records.waybills[0].clone();
    corrected.updated_at = Some(minutes_after(start, MANY));
    corrected.recorded_at = corrected.updated_at;
    corrected.customer = None;
    records.waybills.push(corrected);
    let plan = Plan::new([catalogue().find("repeat_order_rate").expect("a KPI")]).with_window(Window::All);
    let history = History::of(&records);
    for (as_of, orders) in [(0, 1), (1, 2), (MANY - 2, MANY - 1)] {
        let context = Context::at(minutes_after(start, as_of)).with_known_from(at("2020-01-01T00:00:00Z"));
        let scorecard = Scorecard::measure(&records, &plan, &context);
        let Figure::Share { hit, miss, .. } = scorecard.rows[0].figure else { panic!("a share") };
        assert_eq!((hit, miss), if orders > 1 { (1, 0) } else { (0, 1) }, "of {orders} orders");
        let fold = Fold::of(&records, &plan, Window::Day, &context, Some(&history));
        assert_eq!(fold.holds_until(), Some(minutes_after(start, orders)), "until the next order is known");
    }
}

#[test]
fn one_order_scanned_many_times() {
    let start = at("2026-03-01T00:00:00Z");
    let mut records = Records::default();
    for number in 0..2 {
        records.waybills.push(ordered(number, start).0);
    }
    for scan in 0..2 * MANY {
        records.events.push(ordered(scan % 2, minutes_after(start, scan)).1);
    }
    let plan = Plan::new([catalogue().find("repeat_order_rate").expect("a KPI")]).with_window(Window::All);
    let context = Context::at(at("2027-01-01T00:00:00Z")).with_known_from(at("2020-01-01T00:00:00Z"));
    let scorecard = Scorecard::measure(&records, &plan, &context);
    let Figure::Share { hit, miss, .. } = scorecard.rows[0].figure else { panic!("a share") };
    assert_eq!((hit, miss), (1, 0));
}
