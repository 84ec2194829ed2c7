//! Who ordered what when, and which days the rows of a case name: the passes that come before partitioning by waybill.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::record::{CustomerId, Duration, Flow, Instant, NodeKind, RecordKind, Records, Waybill, WaybillKey, Zone};

use super::{Context, Hanging};

/// One state of a waybill's row. Of those known, the one that overrules the others holds.
#[derive(Debug, Clone)]
struct Row {
    key: WaybillKey,
    recorded_at: Option<Instant>,
    flow: Flow,
    customer: Option<CustomerId>,
    recipient: Option<CustomerId>,
}

impl Row {
    fn known_at(&self, zone: Zone) -> Instant {
        self.recorded_at.unwrap_or_else(|| zone.start_of(self.key.posted_on))
    }

    /// An instant at which it is known in any zone.
    fn surely_known_at(&self) -> Instant {
        self.recorded_at
            .unwrap_or_else(|| Zone::UTC.start_of(self.key.posted_on).saturating_add(Duration::from_days(1)))
    }
}

/// A scan that an order was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Scan {
    row: usize, // index of the first row of its waybill
    at: Instant,
    known_at: Instant,
}

/// An order that a customer has under some state of its waybill's row and some scan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    at: Instant,
    row: usize, // index of the first row of its waybill: ascending as the keys
}

#[derive(Debug, Clone)]
struct Orders {
    ascending: Vec<Order>,
    settled_at: Instant, // from then on all of them are known
    ambiguous: bool,     // whether some waybill has several rows or scans, so that not all of them hold at once
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Sender,
    Recipient,
}

impl Role {
    fn of(self, row: &Row) -> Option<&CustomerId> {
        match self {
            Self::Sender => row.customer.as_ref(),
            Self::Recipient => row.recipient.as_ref(),
        }
    }
}

/// The orders of every customer, as sender and as recipient, of forward waybills, and the days that the rows of every
/// case, claim and rating name.
///
/// It is made from *all* records, whichever source partitions are folded later: a customer's earlier order may lie in
/// any of them. It holds those not yet known too, and answers as known at the instant asked for.
#[derive(Debug, Clone, Default)]
pub struct History {
    rows: Vec<Row>,   // ascending by key; of one key the overruling one first
    scans: Vec<Scan>, // ascending
    by_customer: BTreeMap<CustomerId, Orders>,
    by_recipient: BTreeMap<CustomerId, Orders>,
    homes: BTreeMap<(RecordKind, Box<str>), BTreeSet<Home>>,
}

/// The source partition a row names: its waybill's posting day, or its own date in whatever zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Home {
    Posted(NaiveDate),
    Own(Instant),
}

/// What a customer's orders say before one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct EarlierOrder {
    /// The order before.
    pub(super) at: Option<Instant>,
    /// When a row or scan of an earlier order that is not yet known becomes known, at the earliest.
    pub(super) may_change_at: Option<Instant>,
}

impl History {
    /// Reads the orders out of records, those not yet known at any `as_of` included. An order scanned more than once
    /// counts from its first scan.
    #[must_use]
    pub fn of(records: &Records) -> Self {
        let mut waybills: Vec<&Waybill> = records.waybills.iter().filter(|row| row.validate().is_ok()).collect();
        if !waybills.is_sorted_by(|a, b| a.key < b.key) {
            waybills
                .sort_unstable_by(|a, b| a.key.cmp(&b.key).then_with(|| (b.updated_at, *b).cmp(&(a.updated_at, *a))));
            waybills.dedup();
        }
        let row = |waybill: &&Waybill| Row {
            key: waybill.key.clone(),
            recorded_at: waybill.recorded_at,
            flow: waybill.flow,
            customer: waybill.customer.clone(),
            recipient: waybill.recipient.clone(),
        };
        let mut history = Self { rows: waybills.iter().map(row).collect(), ..Self::default() };
        for event in records.events.iter().filter(|event| event.kind == NodeKind::Ordered) {
            if let Some(row) = history.first_row(&event.waybill) {
                history.scans.push(Scan { row, at: event.occurred_at, known_at: event.known_at() });
            }
        }
        history.scans.sort_unstable();
        // A later scan matters only where it is known before the earlier ones.
        let mut first: Option<Scan> = None;
        history.scans.retain(|scan| {
            let matters = first.is_none_or(|first| first.row != scan.row || scan.known_at < first.known_at);
            if matters {
                first = Some(*scan);
            }
            matters
        });
        history.by_customer = history.orders(Role::Sender);
        history.by_recipient = history.orders(Role::Recipient);
        records.complaints.iter().for_each(|row| history.take_home(row));
        records.claims.iter().for_each(|row| history.take_home(row));
        records.ratings.iter().for_each(|row| history.take_home(row));
        history
    }

    fn take_home<R: Hanging>(&mut self, row: &R) {
        let home = row.hangs_on().map_or(Home::Own(row.own_instant()), |key| Home::Posted(key.posted_on));
        self.homes.entry((R::RECORD, row.hanging_id().into())).or_default().insert(home);
    }

    /// The source partitions that the rows of one case, claim or rating name.
    #[must_use]
    pub fn homes<R: Hanging>(&self, row: &R, zone: Zone) -> BTreeSet<NaiveDate> {
        let all = self.homes.get(&(R::RECORD, row.hanging_id().into())).into_iter().flatten();
        let days = all.map(|home| match *home {
            Home::Posted(day) => day,
            Home::Own(at) => zone.date_of(at),
        });
        days.chain([row.home(zone)]).collect()
    }

    fn orders(&self, role: Role) -> BTreeMap<CustomerId, Orders> {
        let mut lists: BTreeMap<CustomerId, Orders> = BTreeMap::new();
        for scan in &self.scans {
            let rows = self.rows_of(scan.row);
            let ambiguous = rows.len() > 1 || self.scans_of(scan.row).len() > 1;
            for row in rows.iter().filter(|row| row.flow == Flow::Forward) {
                let Some(customer) = role.of(row) else { continue };
                let settled_at = row.surely_known_at().max(scan.known_at);
                let order = Order { at: scan.at, row: scan.row };
                if let Some(orders) = lists.get_mut(customer) {
                    orders.settled_at = orders.settled_at.max(settled_at);
                    orders.ambiguous |= ambiguous;
                    orders.ascending.push(order);
                } else {
                    lists.insert(customer.clone(), Orders { ascending: vec![order], settled_at, ambiguous });
                }
            }
        }
        for orders in lists.values_mut() {
            orders.ascending.sort_unstable();
            orders.ascending.dedup();
        }
        lists
    }

    fn first_row(&self, key: &WaybillKey) -> Option<usize> {
        let place = self.rows.partition_point(|row| row.key < *key);
        self.rows.get(place).filter(|row| row.key == *key).map(|_| place)
    }

    fn rows_of(&self, first: usize) -> &[Row] {
        let rest = &self.rows[first..];
        &rest[..rest.iter().take_while(|row| row.key == rest[0].key).count()]
    }

    fn scans_of(&self, first: usize) -> &[Scan] {
        let rest = &self.scans[self.scans.partition_point(|scan| scan.row < first)..];
        &rest[..rest.iter().take_while(|scan| scan.row == first).count()]
    }

    /// Whether an order holds as known at the context's `as_of`: this customer's, at this instant.
    fn holds(&self, order: &Order, customer: &CustomerId, role: Role, context: &Context) -> bool {
        let row = self.rows_of(order.row).iter().find(|row| row.known_at(context.zone) <= context.as_of);
        let scan = self.scans_of(order.row).iter().find(|scan| scan.known_at <= context.as_of);
        row.is_some_and(|row| row.flow == Flow::Forward && role.of(row) == Some(customer))
            && scan.is_some_and(|scan| scan.at == order.at)
    }

    /// When the next row or scan of an order's waybill becomes known.
    fn changes_at(&self, order: &Order, context: &Context) -> Option<Instant> {
        let rows = self.rows_of(order.row).iter().map(|row| row.known_at(context.zone));
        let scans = self.scans_of(order.row).iter().map(|scan| scan.known_at);
        rows.chain(scans).filter(|&known_at| known_at > context.as_of).min()
    }

    /// The source partitions of the orders that follow a waybill's order, of the same sender or recipient: they are dirty
    /// when that order is new or changed.
    #[must_use]
    pub fn following(&self, key: &WaybillKey) -> BTreeSet<NaiveDate> {
        let Some(first) = self.first_row(key) else { return BTreeSet::new() };
        let Some(scan) = self.scans_of(first).first() else { return BTreeSet::new() };
        let lists = self.rows_of(first).iter().flat_map(|row| {
            [
                row.customer.as_ref().and_then(|customer| self.by_customer.get(customer)),
                row.recipient.as_ref().and_then(|recipient| self.by_recipient.get(recipient)),
            ]
        });
        lists
            .flatten()
            .flat_map(|orders| &orders.ascending[orders.ascending.partition_point(|order| order.at < scan.at)..])
            .map(|order| self.rows[order.row].key.posted_on)
            .collect()
    }
}

/// A history as known at one instant. What becomes known later is gone through once a customer, not once an order.
pub(super) struct HistoryAt<'a> {
    history: &'a History,
    context: &'a Context,
    upcoming: BTreeMap<(Role, CustomerId), Vec<Upcoming>>,
}

impl<'a> HistoryAt<'a> {
    pub(super) fn new(history: &'a History, context: &'a Context) -> Self {
        Self { history, context, upcoming: BTreeMap::new() }
    }

    /// A customer's order before the one of `key` at `at`.
    pub(super) fn before(&mut self, role: Role, customer: &CustomerId, at: Instant, key: &WaybillKey) -> EarlierOrder {
        let Self { history, context, .. } = *self;
        let lists = match role {
            Role::Sender => &history.by_customer,
            Role::Recipient => &history.by_recipient,
        };
        let Some(orders) = lists.get(customer) else { return EarlierOrder::default() };
        let is_before = |order: &Order| order.at < at || (order.at == at && history.rows[order.row].key < *key);
        let before = &orders.ascending[..orders.ascending.partition_point(is_before)];
        if orders.settled_at <= context.as_of && !orders.ambiguous {
            return EarlierOrder { at: before.last().map(|order| order.at), may_change_at: None };
        }
        let upcoming = self.upcoming.entry((role, customer.clone())).or_insert_with(|| {
            let change = |order: &Order| history.changes_at(order, context).map(|at| (at, order.row));
            let grown = orders.ascending.iter().scan(Upcoming::default(), |upcoming, order| {
                *upcoming = upcoming.with(change(order));
                Some(*upcoming)
            });
            grown.collect()
        });
        let own = |row: usize| history.rows[row].key == *key;
        let mut others = before.iter().rev().filter(|order| !own(order.row));
        EarlierOrder {
            at: others.find(|order| history.holds(order, customer, role, context)).map(|order| order.at),
            may_change_at: before.len().checked_sub(1).and_then(|last| upcoming[last].but(own)),
        }
    }
}

/// Of some orders' waybills, the two whose changes come next, each with the index of its first row.
#[derive(Debug, Clone, Copy, Default)]
struct Upcoming {
    next: Option<(Instant, usize)>,
    of_another: Option<(Instant, usize)>, // of another waybill, and not before `next`
}

impl Upcoming {
    /// With the change of one more order's waybill; every order of a waybill has the same.
    fn with(self, change: Option<(Instant, usize)>) -> Self {
        let Some(change) = change else { return self };
        match self.next {
            Some(next) if next == change => self,
            Some(next) if next < change => {
                Self { next: self.next, of_another: Some(self.of_another.map_or(change, |other| other.min(change))) }
            }
            next => Self { next: Some(change), of_another: next },
        }
    }

    /// The next change of a waybill that is not `own`.
    fn but(self, own: impl Fn(usize) -> bool) -> Option<Instant> {
        let next = self.next.filter(|&(_, row)| !own(row)).or(self.of_another);
        next.map(|(at, _)| at)
    }
}
