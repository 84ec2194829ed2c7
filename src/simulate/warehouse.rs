//! Hubs sort, take in, pick and hand out; sites sort. A few lines are picked wrong, a few locations hold other than the
//! books say.
//!
//! What this module does not do: no stock moves from day to day, and sorting errors are those of shipments (`missorted`).

use super::Network;
use super::draws::{Draws, MILLION, Topic};
use super::operations::{OperatingDay, Place};
use crate::record::{Activity, Duration, FacilityId, MAX_UNITS, SiteShift, StockCount};

/// Lines picked wrong, in parts per million.
const PICKED_WRONG: u64 = 2_000;
/// Locations that hold other than the books say, in parts per million.
const MISCOUNTED: u32 = 15_000;
/// Stock locations of a hub.
const LOCATIONS: u64 = 400;
/// Locations counted a day: all of them in turn.
const COUNTS_A_DAY: u64 = 2;

/// What a shift is to get done.
struct Load<'n> {
    facility: &'n FacilityId,
    activity: Activity,
    units: u64,
}

/// Shifts and counts of a region's day.
pub(super) fn draw(network: &Network, place: Place, made: &mut OperatingDay) {
    let Some(region) = network.regions().get(place.region) else { return };
    let orders = network.expected_orders(place.day, place.region);
    // Whatever goes out or comes in passes the hub; some of it is stock that merchants keep there.
    let at_hub = [
        (Activity::Sorting, 2 * orders),
        (Activity::Inbound, orders / 2),
        (Activity::Outbound, orders / 2),
        (Activity::Picking, orders),
    ];
    let of_hub = at_hub.map(|(activity, load)| (&region.hub, activity, load));
    let sites = region.sites.len().max(1) as u64;
    let of_sites = region.sites.iter().map(|site| (&site.id, Activity::Sorting, 2 * orders / sites));
    for (row, (facility, activity, load)) in (0_u64..).zip(of_hub.into_iter().chain(of_sites)) {
        let shift = shift(network, place, row, Load { facility, activity, units: load });
        made.truth.shift(&shift);
        made.site_shifts.push(shift);
    }
    for row in 0..COUNTS_A_DAY {
        let draws = &mut Draws::new(network.seed(), place.number(row), Topic::Stock);
        let location = (u64::from(place.day) * COUNTS_A_DAY + row) % LOCATIONS;
        let expected = draws.between(5, 200);
        let is_miscounted = draws.chance(MISCOUNTED);
        let off = if is_miscounted { draws.between(1, 5) } else { 0 };
        let counted = if draws.below(3) == 0 { expected + off } else { expected - off };
        let minute = draws.between(0, 119);
        let mut count = StockCount::new(
            network.names.stock_count(place.number(row)),
            region.hub.clone(),
            network.names.location(location),
            place.at(network, 20, minute * 60),
            expected.unsigned_abs(),
            counted.unsigned_abs(),
        );
        count.recorded_at = Some(place.at(network, 20, minute * 60 + draws.between(60, 1_800)));
        made.truth.stock_counts += 1;
        made.truth.stock_counts_off += u64::from(is_miscounted);
        made.stock_counts.push(count);
    }
}

/// One shift: a load that was done within a tenth, at the pace of the day.
fn shift(network: &Network, place: Place, row: u64, Load { facility, activity, units }: Load<'_>) -> SiteShift {
    let draws = &mut Draws::new(network.seed(), place.number(row), Topic::Shifts);
    let units = (units.min(MAX_UNITS) * draws.between(900, 1_100).unsigned_abs() / 1_000).min(MAX_UNITS);
    let pace = match activity {
        Activity::Sorting => draws.between(180, 260),
        Activity::Inbound | Activity::Outbound => draws.between(60, 90),
        Activity::Picking => draws.between(70, 110),
    };
    // Two hours to open and to close, whatever comes.
    let minutes = 120 + (units * 60).div_ceil(pace.unsigned_abs());
    let hours =
        Duration::from_millis(i64::try_from(minutes * 60_000).unwrap_or(i64::MAX)).min(SiteShift::MAX_LABOUR_HOURS);
    let date = network.midnight.date(i64::from(place.day));
    let mut shift =
        SiteShift::new(network.names.shift(place.number(row)), facility.clone(), date, activity, units, hours);
    if activity == Activity::Picking {
        // The broken part is drawn, so that few lines have as many errors in the long run as many at once.
        let drawn = u64::from(draws.below(MILLION));
        shift.wrong_units = Some((units * PICKED_WRONG + drawn) / u64::from(MILLION));
    }
    shift.recorded_at = Some(place.after(network, draws.between(60, 4 * 3_600)));
    shift
}
