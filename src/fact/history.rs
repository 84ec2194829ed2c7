//! Who ordered what when, and which days the rows of a case name: the passes that come before partitioning by waybill.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use chrono::NaiveDate;

use crate::record::{CustomerId, Flow, Instant, NodeKind, RecordKind, Records, Waybill, WaybillKey, Zone};

use super::order_rows::{OrderRow as Row, OrderRows, OrderScan, Scan, first_row};
use super::{Context, Hanging, Home};

/// An order that a customer has under some state of its waybill's row and some scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    at: Instant,
    row: usize, // index of the first row of its waybill: ascending as the keys
}

/// The orders of all customers in one role, side by side by customer.
#[derive(Debug, Clone, Default)]
struct Orders {
    ascending: Vec<Order>,     // within one customer
    ranges: Vec<Range<usize>>, // where those of customer n of the history stand
    earlier: Vec<Before>,      // by the first row of a waybill: what is known before its order
}

/// The order before another, as most customers' orders let it be told once and for all.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    at: Option<Instant>,
    holds_from: Option<Instant>, // none where some waybill of these has several rows or scans
}

impl Orders {
    fn of(&self, customer: u32) -> &[Order] {
        self.ranges.get(customer as usize).map_or(&[], |range| &self.ascending[range.clone()])
    }
}

/// An order on its way to its customer's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    customer: u32,
    order: Order,
    known_at: Instant, // at the latest
    ambiguous: bool,   // whether its waybill has several rows or scans, so that not all of them hold at once
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

    fn of_waybill(self, waybill: &Waybill) -> Option<&CustomerId> {
        match self {
            Self::Sender => waybill.customer.as_ref(),
            Self::Recipient => waybill.recipient.as_ref(),
        }
    }
}

/// The orders of every customer, as sender and as recipient, of forward waybills, and the days that the rows of every
/// case, claim, rating, cost, stock count and shift name.
///
/// It is made from *all* records, whichever source partitions are folded later: a customer's earlier order may lie in
/// any of them. It holds those not yet known too, and answers as known at the instant asked for.
#[derive(Debug, Clone, Default)]
pub struct History {
    rows: Vec<Row>,                      // ascending by key; of one key the overruling one first
    scans: Vec<Scan>,                    // ascending
    customers: HashMap<CustomerId, u32>, // numbered as they come, in either role
    by_customer: Orders,
    by_recipient: Orders,
    homes: BTreeMap<(RecordKind, Box<str>), BTreeSet<Home>>,
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
        let orders = records.events.iter().filter(|event| event.kind == NodeKind::Ordered);
        let orders = orders.map(|event| OrderScan::of(&event.waybill, event.occurred_at, event.known_at()));
        let rows = OrderRows::of(records.waybills.iter().collect(), orders);
        let mut history = Self::of_orders(vec![rows]);
        records.complaints.iter().for_each(|row| history.take_home(row));
        records.claims.iter().for_each(|row| history.take_home(row));
        records.ratings.iter().for_each(|row| history.take_home(row));
        records.costs.iter().for_each(|row| history.take_home(row));
        records.stock_counts.iter().for_each(|row| history.take_home(row));
        records.site_shifts.iter().for_each(|row| history.take_home(row));
        history
    }

    /// Puts together the orders of parts, each of which has all rows and scans of its waybills. It knows no days that the rows
    /// of cases name.
    pub(crate) fn of_orders(parts: Vec<OrderRows>) -> Self {
        let OrderRows { rows, scans } = OrderRows::joined(parts);
        let mut history = Self { rows, scans, ..Self::default() };
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
        history
    }

    fn take_home<R: Hanging>(&mut self, row: &R) {
        self.homes.entry((R::RECORD, row.hanging_id().into())).or_default().insert(row.home());
    }

    /// The source partitions that the rows of one case, claim, rating, cost, stock count or shift name.
    #[must_use]
    pub fn homes<R: Hanging>(&self, row: &R, zone: Zone) -> BTreeSet<NaiveDate> {
        let all = self.homes.get(&(R::RECORD, row.hanging_id().into())).into_iter().flatten();
        all.chain([&row.home()]).map(|home| home.day(zone)).collect()
    }

    fn orders(&mut self, role: Role) -> Orders {
        let mut customers = std::mem::take(&mut self.customers);
        let mut found: Vec<Found> = Vec::with_capacity(self.scans.len());
        for scans in self.scans.chunk_by(|a, b| a.row == b.row) {
            let rows = self.rows_of(scans[0].row);
            let ambiguous = rows.len() > 1 || scans.len() > 1;
            for row in rows.iter().filter(|row| row.flow == Flow::Forward) {
                let Some(customer) = role.of(row) else { continue };
                let customer = number_of(customer, &mut customers);
                found.extend(scans.iter().map(|scan| Found {
                    customer,
                    order: Order { at: scan.at, row: scan.row },
                    known_at: row.surely_known_at().max(scan.known_at),
                    ambiguous,
                }));
            }
        }
        self.customers = customers;
        found.sort_unstable();
        let mut orders = Orders { earlier: vec![Before::default(); self.rows.len()], ..Orders::default() };
        orders.ranges.resize(self.customers.len(), 0..0);
        for of_customer in found.chunk_by(|a, b| a.customer == b.customer) {
            let start = orders.ascending.len();
            let (mut last, mut known_at, mut ambiguous) = (None, Instant::MIN, false);
            for Found { order, known_at: this_at, ambiguous: this, .. } in of_customer {
                ambiguous |= this;
                orders.earlier[order.row] = Before { at: last, holds_from: (!ambiguous).then_some(known_at) };
                (last, known_at) = (Some(order.at), known_at.max(*this_at));
                if orders.ascending[start..].last() != Some(order) {
                    orders.ascending.push(*order);
                }
            }
            orders.ranges[of_customer[0].customer as usize] = start..orders.ascending.len();
        }
        orders
    }

    fn orders_of(&self, role: Role) -> &Orders {
        match role {
            Role::Sender => &self.by_customer,
            Role::Recipient => &self.by_recipient,
        }
    }

    fn first_row(&self, key: &WaybillKey, near: usize) -> Option<usize> {
        first_row(&self.rows, key, near)
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

    /// The source partitions of the orders that follow those of some waybills, of the same sender or recipient: they are
    /// dirty when such an order is new or changed.
    pub fn following<'k>(&self, keys: impl IntoIterator<Item = &'k WaybillKey>) -> BTreeSet<NaiveDate> {
        // All that follows the earliest of a customer's orders follows some of them.
        let mut earliest: BTreeMap<(Role, u32), Instant> = BTreeMap::new();
        let mut near = 0;
        for key in keys {
            let Some(first) = self.first_row(key, near) else { continue };
            near = first;
            let Some(scan) = self.scans_of(first).first() else { continue };
            for (row, role) in self.rows_of(first).iter().flat_map(|row| [(row, Role::Sender), (row, Role::Recipient)])
            {
                if let Some(&customer) = role.of(row).and_then(|customer| self.customers.get(customer)) {
                    let at = earliest.entry((role, customer)).or_insert(scan.at);
                    *at = scan.at.min(*at);
                }
            }
        }
        let lists = earliest.into_iter().map(|((role, customer), at)| {
            let orders = self.orders_of(role).of(customer);
            &orders[orders.partition_point(|order| order.at < at)..]
        });
        lists.flatten().map(|order| self.rows[order.row].key.posted_on).collect()
    }
}

/// A customer's number, the next one where it has none yet.
fn number_of(customer: &CustomerId, customers: &mut HashMap<CustomerId, u32>) -> u32 {
    match customers.get(customer) {
        Some(&number) => number,
        None => {
            let number = customers.len() as u32;
            customers.insert(customer.clone(), number);
            number
        }
    }
}

/// A history as known at one instant. What becomes known later is gone through once a customer, not once an order.
#[derive(Debug)]
pub(super) struct HistoryAt<'a> {
    history: &'a History,
    context: &'a Context,
    near: usize, // the row last asked for
    upcoming: BTreeMap<(Role, u32), Vec<Upcoming>>,
}

impl<'a> HistoryAt<'a> {
    pub(super) fn new(history: &'a History, context: &'a Context) -> Self {
        Self { history, context, near: 0, upcoming: BTreeMap::new() }
    }

    /// The order before that of a waybill, of its sender or for its recipient.
    pub(super) fn before(&mut self, role: Role, waybill: &Waybill, ordered_at: Instant) -> EarlierOrder {
        let Some(customer) = role.of_waybill(waybill) else { return EarlierOrder::default() };
        if let Some(place) = self.history.first_row(&waybill.key, self.near) {
            self.near = place;
            let before = self.history.orders_of(role).earlier[place];
            if before.holds_from.is_some_and(|from| from <= self.context.as_of)
                && role.of(&self.history.rows[place]) == Some(customer)
            {
                return EarlierOrder { at: before.at, may_change_at: None };
            }
        }
        self.look_up(role, customer, ordered_at, &waybill.key)
    }

    fn look_up(&mut self, role: Role, customer: &CustomerId, at: Instant, key: &WaybillKey) -> EarlierOrder {
        let Self { history, context, .. } = *self;
        let Some(&number) = history.customers.get(customer) else { return EarlierOrder::default() };
        let orders = history.orders_of(role).of(number);
        let is_before = |order: &Order| order.at < at || (order.at == at && history.rows[order.row].key < *key);
        let before = &orders[..orders.partition_point(is_before)];
        let upcoming = self.upcoming.entry((role, number)).or_insert_with(|| {
            let mut changes = BTreeMap::new(); // of each waybill, however many orders it may be
            let grown = orders.iter().scan(Upcoming::default(), |upcoming, order| {
                let change = changes.entry(order.row).or_insert_with(|| history.changes_at(order, context));
                *upcoming = upcoming.with(change.map(|at| (at, order.row)));
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
