//! Rosters: every courier has each seventh day off; of the others few are on leave, on call, or do not come.
//!
//! Rosters follow from the seed, the courier and the day, so that rosters and scans tell the same without either being
//! held: who collects a parcel or takes it out is on duty that day.
//!
//! What this module does not do: nobody works at two sites, and holidays change no roster.

use super::Network;
use super::calendar::DAY;
use super::draws::{Draws, Topic};
use super::operations::{OperatingDay, Place};
use super::region::{COURIERS_A_SITE, Courier};
use crate::record::{CourierDay, Duration, RosterStanding};

const COURIERS: usize = COURIERS_A_SITE as usize;

/// How couriers stand, out of a thousand: as [`RosterStanding::ALL`].
const STANDINGS: [u32; 4] = [940, 30, 24, 6];

/// How a courier of a region stands on a day, and the draws that the rest of the row comes from. None on a day off.
///
/// Whoever comes back from a day off is on duty for two days for sure. Six couriers in a row have their days off on six
/// days of seven, so that a site always has one of these two.
fn standing(network: &Network, place: Place, courier: u64) -> Option<(RosterStanding, Draws)> {
    let days_after_day_off = (u64::from(place.day) + courier) % 7;
    if days_after_day_off == 0 {
        return None;
    }
    let mut draws = Draws::new(network.seed(), place.number(courier), Topic::Roster);
    let drawn = RosterStanding::ALL[draws.weighted(&STANDINGS)];
    Some((if days_after_day_off <= 2 { RosterStanding::OnDuty } else { drawn }, draws))
}

/// The roster of a region's day.
pub(super) fn draw(network: &Network, place: Place, made: &mut OperatingDay) {
    let Some(region) = network.regions().get(place.region) else { return };
    let date = network.midnight.date(i64::from(place.day));
    let couriers = region.sites.iter().flat_map(|site| site.couriers.iter().map(move |courier| (site, courier)));
    for (row, (site, courier)) in (0_u64..).zip(couriers) {
        let Some((standing, mut draws)) = standing(network, place, row) else { continue };
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

/// Who of a site's couriers is on duty at a moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct OnDuty([bool; COURIERS]); // one at least

impl OnDuty {
    /// Of a site, at seconds of the simulation's clock.
    pub(super) fn of(network: &Network, region: usize, site: usize, at: i64) -> Self {
        let place = Place { day: u32::try_from(at.div_euclid(DAY)).unwrap_or(0), region };
        let is_on_duty = |courier: usize| {
            let standing = standing(network, place, (site * COURIERS + courier) as u64);
            standing.is_some_and(|(standing, _)| standing == RosterStanding::OnDuty)
        };
        Self(std::array::from_fn(is_on_duty))
    }

    /// The paces of those on duty, and 0 for the others.
    pub(super) fn paces(&self, couriers: &[Courier]) -> [u32; COURIERS] {
        std::array::from_fn(|courier| if self.0[courier] { couriers[courier].pace } else { 0 })
    }

    /// The courier, or who is next to stand in.
    pub(super) fn or_stand_in(&self, courier: usize) -> usize {
        let mut others = (courier..courier + COURIERS).map(|next| next % COURIERS);
        others.find(|&next| self.0[next]).unwrap_or(courier)
    }
}
