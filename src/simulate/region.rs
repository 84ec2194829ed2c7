//! Regions with their hubs, sites and couriers.
//!
//! What this module does not do: nobody is hired or moved. Who is off duty when, `roster` tells.

use super::SimulateError;
use super::draws::{Topic, hash, scale};
use super::geography::{PLACES, Place};
use crate::record::{CourierId, FacilityId, Label};

/// Sites of every region.
pub const SITES_A_REGION: u16 = 4;
/// Couriers of every site. Six, because skills come in pairs whose mean is the average, and paces in pairs of pairs
/// with one between.
pub const COURIERS_A_SITE: u16 = 6;
/// Couriers of every region.
pub const COURIERS_A_REGION: u16 = SITES_A_REGION * COURIERS_A_SITE;

/// A courier.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Courier {
    /// The identifier on scans.
    pub id: CourierId,
    /// How often attempts fail and parcels suffer in this courier's hands, in thousandths of the average.
    /// // 600..=1_400; the mean over a site's couriers is 1_000
    pub trouble: u32,
    /// How many parcels this courier takes on a day of duty, in thousandths of the average of those on duty. It has
    /// nothing to do with `trouble`. // 700..=1_300; the mean over a site's couriers is 1_000
    pub pace: u32,
}

/// A site: parcels are brought there after collection and taken out from there for delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Site {
    /// The identifier on scans.
    pub id: FacilityId,
    /// The lockers and stations around it, as one facility.
    pub lockers: FacilityId,
    /// Its couriers.
    pub couriers: Vec<Courier>, // COURIERS_A_SITE of them
}

/// A region with its hub and sites.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Region {
    /// The label on waybills.
    pub name: Label,
    /// Its hub.
    pub hub: FacilityId,
    /// Its sites.
    pub sites: Vec<Site>, // SITES_A_REGION of them
    place: Place,
}

impl Region {
    pub(super) fn new(seed: u64, number: u16) -> Result<Self, SimulateError> {
        let place = PLACES[usize::from(number) % PLACES.len()];
        let sites = (0..SITES_A_REGION).map(|site| Site::new(seed, number, place.name, site));
        Ok(Self {
            name: Label::new(place.name)?,
            hub: FacilityId::new(format!("{}-hub", place.name))?,
            sites: sites.collect::<Result<_, _>>()?,
            place,
        })
    }

    /// Whole kilometres in a straight line between the capitals; within a region 0.
    #[must_use]
    pub fn distance_km(&self, other: &Self) -> u32 {
        self.place.distance_km(&other.place)
    }

    pub(super) fn weight(&self) -> u32 {
        self.place.weight
    }
}

impl Site {
    fn new(seed: u64, region: u16, name: &str, site: u16) -> Result<Self, SimulateError> {
        let site_number = u64::from(region) * u64::from(SITES_A_REGION) + u64::from(site);
        let pace_apart = scale(hash(seed, site_number, Topic::Pace), 301);
        let courier = |number: u16| -> Result<Courier, SimulateError> {
            // Who are a pair by trouble have one pace, so that more parcels in some hands make no more trouble in all.
            let pace = match number / 2 % 3 {
                0 => 1_000 - pace_apart,
                1 => 1_000 + pace_apart,
                _ => 1_000,
            };
            let number = site * COURIERS_A_SITE + number;
            let pair = u64::from(region) * u64::from(COURIERS_A_REGION) + u64::from(number / 2);
            let apart = scale(hash(seed, pair, Topic::Skill), 401);
            let trouble = if number.is_multiple_of(2) { 1_000 - apart } else { 1_000 + apart };
            Ok(Courier { id: CourierId::new(format!("{name}-courier-{:02}", number + 1))?, trouble, pace })
        };
        Ok(Self {
            id: FacilityId::new(format!("{name}-site-{}", site + 1))?,
            lockers: FacilityId::new(format!("{name}-lockers-{}", site + 1))?,
            couriers: (0..COURIERS_A_SITE).map(courier).collect::<Result<_, _>>()?,
        })
    }
}
