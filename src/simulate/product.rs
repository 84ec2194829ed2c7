//! Products and their plans.
//!
//! What this module does not do: it knows no cut-off but the last truck of a day, and no plan for a stage but transport.

use serde::{Deserialize, Serialize};

use super::calendar::{DAY, HOUR, MINUTE, next_wave};
use super::draws::Draws;

/// Seconds after midnight at which couriers leave with the day's parcels.
pub(super) const DELIVERY_WAVES: [i64; 2] = [8 * HOUR + 30 * MINUTE, 14 * HOUR + 30 * MINUTE];
/// The shortest time from arrival at the destination site to a wave.
pub(super) const SORTING: i64 = 30 * MINUTE;
/// By when the last truck of a day has left the origin site.
const LAST_DISPATCH: i64 = 23 * HOUR;

/// A product of the simulated carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Product {
    /// Parcels that are in no hurry, promised for a day, with a day to spare on long ways.
    Standard,
    /// The cheapest: slow trucks, two days to spare.
    Economy,
    /// Promised for 18:00 of a day; by air beyond 1,000 km.
    Express,
    /// Fresh goods, promised for a day; by air beyond 1,000 km.
    Fresh,
}

impl Product {
    /// All products.
    pub const ALL: [Self; 4] = [Self::Standard, Self::Economy, Self::Express, Self::Fresh];
    /// How often each is chosen, of 100.
    pub(super) const WEIGHTS: [u32; 4] = [62, 22, 12, 4];

    /// The label on waybills.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Economy => "economy",
            Self::Express => "express",
            Self::Fresh => "fresh",
        }
    }

    /// Hours from the origin site to the destination site that a parcel never exceeds unless something goes wrong.
    #[must_use]
    pub fn plan_hours(self, distance_km: u32) -> u32 {
        let seconds = self.haul_seconds(distance_km) * 11 / 10
            + hubs_on_the_way(distance_km) * self.dwell_seconds().1
            + 2 * LOCAL_LEG.1;
        seconds.unsigned_abs().div_ceil(HOUR.unsigned_abs()) as u32
    }

    /// The day a parcel collected on `day` is promised for.
    pub(super) fn promised_day(self, day: i64, distance_km: u32) -> i64 {
        let arrival = day * DAY + LAST_DISPATCH + i64::from(self.plan_hours(distance_km)) * HOUR;
        let spare = match self {
            Self::Standard => i64::from(distance_km > 800),
            Self::Economy => 2,
            Self::Express | Self::Fresh => 0,
        };
        next_wave(arrival + SORTING, &DELIVERY_WAVES).div_euclid(DAY) + spare
    }

    /// Time on trunk roads or in the air.
    fn haul_seconds(self, distance_km: u32) -> i64 {
        let (metres_a_second, by_air) = match self {
            Self::Standard => (16, false),
            Self::Economy => (12, false),
            Self::Express | Self::Fresh => (21, true),
        };
        if by_air && distance_km > 1_000 { 13 * HOUR } else { i64::from(distance_km) * 1_000 / metres_a_second }
    }

    /// The shortest and the longest stay at a hub.
    fn dwell_seconds(self) -> (i64, i64) {
        match self {
            Self::Standard => (90 * MINUTE, 4 * HOUR),
            Self::Economy => (2 * HOUR, 8 * HOUR),
            Self::Express | Self::Fresh => (45 * MINUTE, 2 * HOUR),
        }
    }

    pub(super) fn draw_dwell(self, draws: &mut Draws) -> i64 {
        let (shortest, longest) = self.dwell_seconds();
        draws.between(shortest, longest)
    }

    pub(super) fn draw_haul(self, distance_km: u32, draws: &mut Draws) -> i64 {
        self.haul_seconds(distance_km) * draws.between(900, 1_100) / 1_000
    }

    /// Base price, price a started kilogram beyond the first, price a full 500 km; in fen.
    pub(super) fn tariff(self) -> (i64, i64, i64) {
        match self {
            Self::Standard => (800, 200, 100),
            Self::Economy => (450, 120, 60),
            Self::Express => (1_600, 400, 300),
            Self::Fresh => (2_000, 500, 300),
        }
    }
}

/// The shortest and the longest way between a site and a hub, or two sites of a region.
pub(super) const LOCAL_LEG: (i64, i64) = (40 * MINUTE, 80 * MINUTE);

/// Hubs passed: that of the origin, and beyond 300 km that of the destination.
pub(super) fn hubs_on_the_way(distance_km: u32) -> i64 {
    if distance_km > 300 { 2 } else { 1 }
}
