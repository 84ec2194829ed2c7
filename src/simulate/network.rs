//! The settings of a network.
//!
//! What this module does not do: it makes no shipment; `shipment` and `stream` do.

use chrono::NaiveDate;

use super::calendar::Midnight;
use super::draws::{Topic, hash};
use super::geography::PLACES;
use super::names::Names;
use super::region::COURIERS_A_REGION;
use super::volume::Volume;
use super::{Defect, Product, Rates, Region, SimulateError};

/// A synthetic courier network: settings from which every shipment follows.
///
/// A shipment is a function of the settings and its number alone. Any part can be made again, in any order, on any
/// machine. Threads do best with a network each, made from the same settings, since clones share the counters of
/// shared texts.
///
/// ```
/// use parcelgauge::simulate::{Defect, Network};
/// let network = Network::new(7)?.with_shipments(1_000).with_defect(Defect::SlowHub { region: 1, extra_hours: 9 })?;
/// let shipment = network.shipment(41);
/// assert_eq!(shipment.waybill.key.number.as_str(), "PG000000000041");
/// assert_eq!(network.shipments().count(), 1_000);
/// # Ok::<(), parcelgauge::simulate::SimulateError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Network {
    seed: u64,
    shipments: u64,
    start: NaiveDate,
    days: u32,
    customers: u32,
    rates: Rates,
    defects: Vec<Defect>,
    regions: Vec<Region>,
    pub(super) region_weights: Vec<u32>, // rising sums, one a region
    pub(super) volume: Volume,
    pub(super) names: Names,
    pub(super) midnight: Midnight, // of `start`
}

const EARLIEST: Option<NaiveDate> = NaiveDate::from_ymd_opt(2000, 1, 1);
const LATEST: Option<NaiveDate> = NaiveDate::from_ymd_opt(2100, 1, 1);
const DEFAULT_START: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 8, 1);

impl Network {
    /// A network of 10,000 shipments ordered in the 92 days from 2026-08-01, between 16 regions and 20,000 customers,
    /// with default rates and no defect.
    ///
    /// # Errors
    /// [`SimulateError::Record`] if a built-in name were none a record may hold.
    pub fn new(seed: u64) -> Result<Self, SimulateError> {
        let start = DEFAULT_START.unwrap_or_default();
        let network = Self {
            seed,
            shipments: 10_000,
            start,
            days: 92,
            customers: 20_000,
            rates: Rates::default(),
            defects: Vec::new(),
            regions: Vec::new(),
            region_weights: Vec::new(),
            volume: Volume::new(start, 92),
            names: Names::new()?,
            midnight: Midnight::of(start),
        };
        network.with_regions(16)
    }

    /// How many shipments there are: those numbered from 0 on.
    #[must_use]
    pub fn with_shipments(mut self, shipments: u64) -> Self {
        self.shipments = shipments;
        self
    }

    /// The first day on which orders are placed, in Shanghai's zone.
    ///
    /// # Errors
    /// [`SimulateError::StartOutOfRange`] outside 2000-01-01 to 2100-01-01.
    pub fn with_start(mut self, start: NaiveDate) -> Result<Self, SimulateError> {
        if let (Some(earliest), Some(latest)) = (EARLIEST, LATEST)
            && !(earliest..=latest).contains(&start)
        {
            return Err(SimulateError::StartOutOfRange { start, earliest, latest });
        }
        self.start = start;
        self.midnight = Midnight::of(start);
        self.volume = Volume::new(start, self.days);
        Ok(self)
    }

    /// On how many days orders are placed.
    ///
    /// # Errors
    /// [`SimulateError::OutOfRange`] outside 1 to 3,660.
    pub fn with_days(mut self, days: u32) -> Result<Self, SimulateError> {
        SimulateError::within("days", u64::from(days), (1, 3_660), "choose a window of one day to ten years")?;
        self.days = days;
        self.volume = Volume::new(self.start, days);
        Ok(self)
    }

    /// How many regions there are: the provinces of China, the busiest first.
    ///
    /// # Errors
    /// [`SimulateError::OutOfRange`] outside 1 to 31, or where a defect sits in a region that would be gone.
    pub fn with_regions(mut self, regions: u16) -> Result<Self, SimulateError> {
        let most = PLACES.len() as u64;
        SimulateError::within(
            "regions",
            u64::from(regions),
            (1, most),
            "there are 31 to choose from, the busiest first",
        )?;
        for defect in &self.defects {
            check_region(*defect, regions)?;
        }
        self.regions = (0..regions).map(|number| Region::new(self.seed, number)).collect::<Result<_, _>>()?;
        let mut sum = 0;
        let sums = self.regions.iter().map(|region| {
            sum += region.weight();
            sum
        });
        self.region_weights = sums.collect();
        Ok(self)
    }

    /// How many customers send and receive: the fewer, the more often each comes again.
    ///
    /// # Errors
    /// [`SimulateError::OutOfRange`] outside 100 to 90,000,000.
    pub fn with_customers(mut self, customers: u32) -> Result<Self, SimulateError> {
        let range = (100, 90_000_000);
        SimulateError::within(
            "customers",
            u64::from(customers),
            range,
            "a hundredth are enterprises: 100 at the least",
        )?;
        self.customers = customers;
        Ok(self)
    }

    /// How often each thing happens.
    #[must_use]
    pub fn with_rates(mut self, rates: Rates) -> Self {
        self.rates = rates;
        self
    }

    /// One defect more.
    ///
    /// # Errors
    /// [`SimulateError::OutOfRange`] where region, courier, hours or times are outside what [`Defect`] says.
    pub fn with_defect(mut self, defect: Defect) -> Result<Self, SimulateError> {
        check_region(defect, self.regions.len() as u16)?;
        match defect {
            Defect::SlowHub { extra_hours, .. } => {
                SimulateError::within(
                    "extra_hours",
                    u64::from(extra_hours),
                    (1, 240),
                    "leave the defect out for none",
                )?;
            }
            Defect::CarelessCourier { courier, times, .. } => {
                let last = u64::from(COURIERS_A_REGION - 1);
                SimulateError::within("courier", u64::from(courier), (0, last), "count a region's couriers from 0")?;
                check_times(times)?;
            }
            Defect::ComplaintHotSpot { times, .. } => check_times(times)?,
        }
        self.defects.push(defect);
        Ok(self)
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }
    /// How many shipments there are.
    #[must_use]
    pub fn shipment_count(&self) -> u64 {
        self.shipments
    }
    /// The first day on which orders are placed.
    #[must_use]
    pub fn start(&self) -> NaiveDate {
        self.start
    }
    /// On how many days orders are placed.
    #[must_use]
    pub fn days(&self) -> u32 {
        self.days
    }
    /// How many customers there are.
    #[must_use]
    pub fn customers(&self) -> u32 {
        self.customers
    }
    /// How often each thing happens.
    #[must_use]
    pub fn rates(&self) -> &Rates {
        &self.rates
    }
    /// The planted defects, in the order in which they were planted.
    #[must_use]
    pub fn defects(&self) -> &[Defect] {
        &self.defects
    }
    /// The regions with their hubs, sites and couriers.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }
    /// Hours from origin site to destination site that a product plans between two regions.
    #[must_use]
    pub fn plan_hours(&self, product: Product, origin: &Region, destination: &Region) -> u32 {
        product.plan_hours(origin.distance_km(destination))
    }

    /// The day of a shipment's order, counted from the first.
    pub(super) fn order_day(&self, index: u64) -> i64 {
        self.volume.day(hash(self.seed, index, Topic::Day))
    }
}

fn check_region(defect: Defect, regions: u16) -> Result<(), SimulateError> {
    let last = u64::from(regions.saturating_sub(1));
    SimulateError::within("region", u64::from(defect.region()), (0, last), "count the network's regions from 0")
}

fn check_times(times: u32) -> Result<(), SimulateError> {
    SimulateError::within("times", u64::from(times), (2, 1_000), "leave the defect out for once as often")
}
