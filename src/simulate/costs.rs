//! Costs: wages by the hours worked, fuel, packaging by product, vehicles and rent each month, and what nobody can be
//! charged with.
//!
//! What this module does not do: wages, prices and rents are round numbers of a plausible size, and no entry is reversed.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::calendar::DAY;
use super::draws::{Draws, Topic};
use super::operations::{OperatingDay, Place};
use super::{Network, Product};
use crate::record::{CostEntry, CostKind, Currency, Duration, FacilityId, Money, RosterStanding};

/// Fen a minute of a courier.
const COURIER_MINUTE: i64 = 55;
/// Fen a minute of those who sort and pick.
const SHIFT_MINUTE: i64 = 45;
/// Days until a cost is in the books.
const BOOKING_DAYS: i64 = 5;
/// The region of what belongs to none.
const HEAD_OFFICE: usize = 99;

/// What facilities have cost by the work done there.
#[derive(Debug, Clone, Copy, Default)]
struct Work {
    wages: i64, // fen
    on_duty: i64,
}

/// The costs of a day whose rosters and shifts are made.
pub(super) fn draw(network: &Network, day: u32, made: &mut OperatingDay) {
    let is_first_of_month = network.midnight.date(i64::from(day)).day() == 1;
    let work = work(made);
    for (number, region) in network.regions().iter().enumerate() {
        let mut book = Book { network, place: Place { day, region: number }, row: 0 };
        let facilities = std::iter::once(&region.hub).chain(region.sites.iter().map(|site| &site.id));
        for facility in facilities {
            let Work { wages, on_duty } = work.get(facility).copied().unwrap_or_default();
            let mut costs =
                vec![book.entry(CostKind::Labour, wages), book.entry_within(CostKind::Fuel, on_duty, (1_500, 2_500))];
            if is_first_of_month {
                costs.push(book.entry_within(CostKind::Vehicle, 1, (900_000, 1_200_000)));
                costs.push(book.entry_within(CostKind::Rent, 1, (2_000_000, 4_000_000)));
            }
            for mut cost in costs {
                cost.facility = Some(facility.clone());
                cost.region = Some(region.name.clone());
                made.book(cost);
            }
        }
        let orders = i64::try_from(network.expected_orders(day, number)).unwrap_or(i64::MAX);
        for product in Product::ALL {
            let parcels = orders / Product::ALL.len() as i64;
            let mut cost = book.entry_within(CostKind::Packaging, parcels, (50, 90));
            cost.region = Some(region.name.clone());
            cost.product = Some(network.names.product(product));
            made.book(cost);
        }
    }
    if is_first_of_month {
        let mut book = Book { network, place: Place { day, region: HEAD_OFFICE }, row: 0 };
        made.book(book.entry_within(CostKind::Other, 1, (20_000_000, 30_000_000)));
    }
}

fn work(made: &OperatingDay) -> BTreeMap<FacilityId, Work> {
    let minutes = |hours: Duration| hours.as_millis() / 60_000;
    let mut work: BTreeMap<FacilityId, Work> = BTreeMap::new();
    for courier_day in &made.courier_days {
        let Some(facility) = &courier_day.facility else { continue };
        let at = work.entry(facility.clone()).or_default();
        at.wages += courier_day.hours.map_or(0, minutes) * COURIER_MINUTE;
        at.on_duty += i64::from(courier_day.standing == RosterStanding::OnDuty);
    }
    for shift in &made.site_shifts {
        work.entry(shift.facility.clone()).or_default().wages += minutes(shift.labour_hours) * SHIFT_MINUTE;
    }
    work
}

impl OperatingDay {
    /// Nothing spent, nothing booked.
    fn book(&mut self, cost: CostEntry) {
        if cost.amount.minor_units() > 0 {
            self.truth.cost(&cost);
            self.costs.push(cost);
        }
    }
}

/// The entries of one day and region, numbered as they come.
struct Book<'n> {
    network: &'n Network,
    place: Place,
    row: u64,
}

impl Book<'_> {
    /// The next entry, of so many fen.
    fn entry(&mut self, kind: CostKind, fen: i64) -> CostEntry {
        self.entry_within(kind, fen, (1, 1))
    }

    /// The next entry, of so many units at a price in fen within a range.
    fn entry_within(&mut self, kind: CostKind, units: i64, (least, most): (i64, i64)) -> CostEntry {
        let number = self.place.number(self.row);
        self.row += 1;
        let draws = &mut Draws::new(self.network.seed(), number, Topic::Costs);
        let amount = Money::from_minor_units(units * draws.between(least, most), Currency::CNY);
        let date = self.network.midnight.date(i64::from(self.place.day));
        let mut cost = CostEntry::new(self.network.names.cost(number), date, kind, amount);
        let seconds = draws.between(3_600, BOOKING_DAYS * DAY);
        cost.recorded_at = Some(self.place.after(self.network, seconds));
        cost
    }
}
