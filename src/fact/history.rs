//! Who ordered what when: the pass keyed on the customer that comes before partitioning by waybill.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::record::{CustomerId, Flow, Instant, NodeKind, Records, WaybillKey};

use super::settle::{Settled, latest_waybills};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    at: Instant,
    key: WaybillKey,
    known_at: Instant,
}

#[derive(Debug, Clone)]
struct Orders {
    ascending: Vec<Order>,
    all_known_at: Instant, // the greatest known_at
}

/// The orders of every customer, as sender and as recipient, of forward waybills.
///
/// It is made from *all* records, whichever source partitions are folded later: a customer's earlier order may lie in
/// any of them.
#[derive(Debug, Clone, Default)]
pub struct OrderHistory {
    by_customer: BTreeMap<CustomerId, Orders>,
    by_recipient: BTreeMap<CustomerId, Orders>,
    orders: BTreeMap<WaybillKey, Ordered>,
}

#[derive(Debug, Clone)]
struct Ordered {
    at: Instant,
    customer: Option<CustomerId>,
    recipient: Option<CustomerId>,
}

impl Orders {
    fn push(lists: &mut BTreeMap<CustomerId, Self>, customer: &CustomerId, order: Order) {
        match lists.get_mut(customer) {
            Some(orders) => {
                orders.all_known_at = orders.all_known_at.max(order.known_at);
                orders.ascending.push(order);
            }
            None => {
                let all_known_at = order.known_at;
                lists.insert(customer.clone(), Self { ascending: vec![order], all_known_at });
            }
        }
    }
}

/// What a customer's orders say before one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct EarlierOrder {
    /// The order before.
    pub(super) at: Option<Instant>,
    /// When an earlier order that is not yet known becomes known, at the earliest.
    pub(super) may_change_at: Option<Instant>,
}

impl OrderHistory {
    /// Reads the orders out of records, those not yet known at any `as_of` included. An order scanned more than once
    /// counts from its first scan.
    #[must_use]
    pub fn of(records: &Records) -> Self {
        let waybills = latest_waybills(records.waybills.iter().collect(), &mut Settled::default());
        let mut first_orders: Vec<Option<(Instant, Instant)>> = vec![None; waybills.len()];
        for event in records.events.iter().filter(|event| event.kind == NodeKind::Ordered) {
            if let Ok(found) = waybills.binary_search_by(|waybill| waybill.key.cmp(&event.waybill)) {
                let order = (event.occurred_at, event.known_at());
                let first = first_orders[found].get_or_insert(order);
                *first = (*first).min(order);
            }
        }
        let mut history = Self::default();
        for (waybill, first) in waybills.into_iter().zip(first_orders) {
            let Some((at, known_at)) = first.filter(|_| waybill.flow == Flow::Forward) else { continue };
            let ordered = Ordered { at, customer: waybill.customer.clone(), recipient: waybill.recipient.clone() };
            history.orders.insert(waybill.key.clone(), ordered);
            let order = Order { at, key: waybill.key.clone(), known_at };
            if let Some(customer) = &waybill.customer {
                Orders::push(&mut history.by_customer, customer, order.clone());
            }
            if let Some(recipient) = &waybill.recipient {
                Orders::push(&mut history.by_recipient, recipient, order);
            }
        }
        for orders in history.by_customer.values_mut().chain(history.by_recipient.values_mut()) {
            orders.ascending.sort_unstable();
        }
        history
    }

    /// The sender's order before the one of `key` at `at`, as known at `as_of`.
    pub(super) fn before(&self, customer: &CustomerId, at: Instant, key: &WaybillKey, as_of: Instant) -> EarlierOrder {
        earlier(self.by_customer.get(customer), at, key, as_of)
    }

    /// The recipient's order before the one of `key` at `at`, as known at `as_of`.
    pub(super) fn before_for_recipient(
        &self,
        recipient: &CustomerId,
        at: Instant,
        key: &WaybillKey,
        as_of: Instant,
    ) -> EarlierOrder {
        earlier(self.by_recipient.get(recipient), at, key, as_of)
    }

    /// The source partitions of the orders that follow a waybill's order, of the same sender or recipient: they are dirty
    /// when that order is new or changed.
    #[must_use]
    pub fn following(&self, key: &WaybillKey) -> BTreeSet<NaiveDate> {
        let Some(ordered) = self.orders.get(key) else { return BTreeSet::new() };
        let lists = [
            ordered.customer.as_ref().and_then(|customer| self.by_customer.get(customer)),
            ordered.recipient.as_ref().and_then(|recipient| self.by_recipient.get(recipient)),
        ];
        lists
            .into_iter()
            .flatten()
            .flat_map(|orders| &orders.ascending[orders.ascending.partition_point(|order| order.at < ordered.at)..])
            .map(|order| order.key.posted_on)
            .collect()
    }
}

fn earlier(orders: Option<&Orders>, at: Instant, key: &WaybillKey, as_of: Instant) -> EarlierOrder {
    let Some(orders) = orders else { return EarlierOrder::default() };
    let before = &orders.ascending[..orders.ascending.partition_point(|order| (order.at, &order.key) < (at, key))];
    let found = before.iter().rev().find(|order| order.known_at <= as_of);
    let may_change_at = if orders.all_known_at <= as_of {
        None
    } else {
        before.iter().map(|order| order.known_at).filter(|&known_at| known_at > as_of).min()
    };
    EarlierOrder { at: found.map(|order| order.at), may_change_at }
}
