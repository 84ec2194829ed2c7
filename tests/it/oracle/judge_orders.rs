//! `repeat_order_rate`: customers, not shipments.

use std::collections::BTreeMap;

use parcelgauge::record::{CustomerId, Flow, WaybillKey};

use super::choices::Choices;
use super::judge::{Shipment, Verdict};
use super::watch::{at_most, has_come};

/// All orders by customer: instant and waybill of each.
pub type Orders<'a> = BTreeMap<&'a CustomerId, Vec<(i64, &'a WaybillKey)>>;

/// Why it is no customer's order, if it is none.
pub fn no_order_of_a_customer(shipment: &Shipment<'_>, choices: &Choices) -> Option<&'static str> {
    if shipment.waybill.flow != Flow::Forward {
        Some("not_forward")
    } else if shipment.customer(choices).is_none() {
        Some("no_customer")
    } else if shipment.trip.ordered.is_none() {
        Some("no_order")
    } else {
        None
    }
}

/// Whether an order follows another of its customer.
pub fn follows(order: (i64, &WaybillKey), orders: &[(i64, &WaybillKey)], choices: &Choices) -> Verdict {
    let reach =
        |other: i64| choices.look_back.is_none_or(|look_back| at_most("order look-back", order.0 - other, look_back));
    if let Some(look_back) = choices.look_back {
        let is_far_enough = |from: i64| has_come("look-back after the data begins", from + look_back, order.0);
        if !choices.known_from.is_some_and(is_far_enough) {
            return Verdict::Open(None);
        }
    }
    // Each is asked, so that each on the line is taken note of.
    let reached: Vec<bool> = orders.iter().filter(|&&other| other < order).map(|&(at, _)| reach(at)).collect();
    if reached.contains(&true) { Verdict::Hit } else { Verdict::Miss }
}
