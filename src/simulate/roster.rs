//! Rosters: every courier has each seventh day off; of the others few are on leave, on call, or do not come.
//!
//! What this module does not do: nobody who is off is taken out of the scans of shipments, which follow from their own
//! numbers.

use super::Network;
use super::draws::{Draws, Topic};
use super::operations::{OperatingDay, Place};
use crate::record::{CourierDay, Duration, RosterStanding};

/// How couriers stand, out of a thousand: as [`RosterStanding::ALL`].
const STANDINGS: [u32; 4] = [940, 30, 24, 6];

/// The roster of a region's day.
pub(super) fn draw(network: &Network, place: Place, made: &mut OperatingDay) {
    let Some(region) = network.regions().get(place.region) else { return };
    let date = network.midnight.date(i64::from(place.day));
    let couriers = region.sites.iter().flat_map(|site| site.couriers.iter().map(move |courier| (site, courier)));
    for (row, (site, courier)) in (0_u64..).zip(couriers) {
        if (u64::from(place.day) + row).is_multiple_of(7) {
            continue;
        }
        let draws = &mut Draws::new(network.seed(), place.number(row), Topic::Roster);
        let standing = RosterStanding::ALL[draws.weighted(&STANDINGS)];
        let minutes = match standing {
            RosterStanding::OnDuty => draws.between(7 * 60, 11 * 60),
            RosterStanding::StandBy => draws.between(0, 4 * 60),
            RosterStanding::Leave | RosterStanding::Absent => 0,
        };
        let mut courier_day = CourierDay::new(courier.id.clone(), date, standing);
        courier_day.facility = Some(site.id.clone());
        courier_day.hours = standing.may_work().then(|| Duration::from_millis(minutes * 60_000));
        courier_day.recorded_at = Some(place.after(network, draws.between(60, 6 * 3_600)));
        made.truth.roster(standing, minutes);
        made.courier_days.push(courier_day);
    }
}
