//! The rows and scans that orders are read off.

use crate::record::{CustomerId, Duration, Flow, Instant, Waybill, WaybillKey, Zone};

/// One state of a waybill's row. Of those known, the one that overrules the others holds.
#[derive(Debug, Clone)]
pub(super) struct OrderRow {
    pub(super) key: WaybillKey,
    pub(super) recorded_at: Option<Instant>,
    pub(super) flow: Flow,
    pub(super) customer: Option<CustomerId>,
    pub(super) recipient: Option<CustomerId>,
}

impl OrderRow {
    pub(super) fn known_at(&self, zone: Zone) -> Instant {
        self.recorded_at.unwrap_or_else(|| zone.start_of(self.key.posted_on))
    }

    /// An instant at which it is known in any zone.
    pub(super) fn surely_known_at(&self) -> Instant {
        self.recorded_at
            .unwrap_or_else(|| Zone::UTC.start_of(self.key.posted_on).saturating_add(Duration::from_days(1)))
    }
}

/// A scan that an order was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Scan {
    pub(super) row: usize, // index of the first row of its waybill
    pub(super) at: Instant,
    pub(super) known_at: Instant,
}

/// A scan that an order was placed, with its waybill.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OrderScan<'k> {
    key: &'k WaybillKey,
    at: Instant,
    known_at: Instant,
}

impl<'k> OrderScan<'k> {
    pub(crate) fn of(key: &'k WaybillKey, at: Instant, known_at: Instant) -> Self {
        Self { key, at, known_at }
    }
}

/// What of some waybills a history is made of, those not yet known included: all their rows, and all scans of their orders.
#[derive(Debug, Clone, Default)]
pub(crate) struct OrderRows {
    pub(super) rows: Vec<OrderRow>, // ascending by key; of one key the overruling one first
    pub(super) scans: Vec<Scan>,
}

impl OrderRows {
    /// Of waybills in any order; scans of others are left out.
    pub(crate) fn of<'k>(mut waybills: Vec<&Waybill>, scans: impl Iterator<Item = OrderScan<'k>>) -> Self {
        waybills.retain(|row| row.validate().is_ok());
        if !waybills.is_sorted_by(|a, b| a.key < b.key) {
            waybills
                .sort_unstable_by(|a, b| a.key.cmp(&b.key).then_with(|| (b.updated_at, *b).cmp(&(a.updated_at, *a))));
            waybills.dedup();
        }
        let row = |waybill: &&Waybill| OrderRow {
            key: waybill.key.clone(),
            recorded_at: waybill.recorded_at,
            flow: waybill.flow,
            customer: waybill.customer.clone(),
            recipient: waybill.recipient.clone(),
        };
        let mut orders = Self { rows: waybills.iter().map(row).collect(), scans: Vec::new() };
        let mut near = 0;
        for scan in scans {
            if let Some(row) = first_row(&orders.rows, scan.key, near) {
                near = row;
                orders.scans.push(Scan { row, at: scan.at, known_at: scan.known_at });
            }
        }
        orders
    }

    /// Those of parts that have no waybill in common, together.
    pub(super) fn joined(mut parts: Vec<Self>) -> Self {
        if parts.len() == 1 {
            return parts.pop().unwrap_or_default();
        }
        let mut all = Self::default();
        for part in parts {
            let before = all.rows.len();
            all.rows.extend(part.rows);
            all.scans.extend(part.scans.into_iter().map(|scan| Scan { row: scan.row + before, ..scan }));
        }
        // Rows of one key stand side by side in their part, and stay in their order.
        let mut order: Vec<usize> = (0..all.rows.len()).collect();
        order.sort_by(|&one, &other| all.rows[one].key.cmp(&all.rows[other].key));
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, &row)| places[row] = place);
        all.scans.iter_mut().for_each(|scan| scan.row = places[scan.row]);
        let mut rows: Vec<Option<OrderRow>> = all.rows.into_iter().map(Some).collect();
        all.rows = order.into_iter().filter_map(|row| rows[row].take()).collect();
        all
    }
}

/// The first row of a waybill. Waybills are often asked for in their order: it may lie at `near` or next to it.
pub(super) fn first_row(rows: &[OrderRow], key: &WaybillKey, near: usize) -> Option<usize> {
    let key_at = |place: usize| rows.get(place).map(|row| &row.key);
    let is_first = |&place: &usize| key_at(place) == Some(key) && place.checked_sub(1).and_then(key_at) != Some(key);
    let search = || Some(rows.partition_point(|row| row.key < *key)).filter(is_first);
    [near, near + 1].into_iter().find(is_first).or_else(search)
}
