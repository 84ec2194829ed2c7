//! Regions with their hubs, sites and couriers.
//!
//! What this module does not do: nobody is hired, moved or off duty.

use super::SimulateError;
use super::draws::{Topic, hash, scale};
use super::geography::{PLACES, Place};
use crate::record::{CourierId, FacilityId, Label};

/// Sites of every region.
pub const SITES_A_REGION: u16 = 4;
/// Couriers of every site. Even, because skills come in pairs whose mean is the average.
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
        let courier = |number: u16| -> Result<Courier, SimulateError> {
            let number = site * COURIERS_A_SITE + number;
            let pair = u64::from(region) * u64::from(COURIERS_A_REGION) + u64::from(number / 2);
            let apart = scale(hash(seed, pair, Topic::Skill), 401);
            let trouble = if number.is_multiple_of(2) { 1_000 - apart } else { 1_000 + apart };
            Ok(Courier { id: CourierId::new(format!("{name}-courier-{:02}", number + 1))?, trouble })
        };
        Ok(Self {
            id: FacilityId::new(format!("{name}-site-{}", site + 1))?,
            lockers: FacilityId::new(format!("{name}-lockers-{}", site + 1))?,
            couriers: (0..COURIERS_A_SITE).map(courier).collect::<Result<_, _>>()?,
        })
    }
}
