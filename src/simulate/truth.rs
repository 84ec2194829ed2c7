//! What was planted and what came of it.
//!
//! What this module does not do: it computes no figure. It counts what a figure ought to find.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::draws::MILLION;
use super::{Defect, Network, OperationsTruth, Rate, RateSet, SimulateError};
use crate::record::{Instant, Promise, WaybillKey};

/// The stage at which a delayed parcel was held up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DelayStage {
    /// Nobody came for it.
    Collection,
    /// It stayed at the origin site.
    Origin,
    /// It stayed at the last hub, or on the road where there was none.
    Transport,
    /// It stayed at the destination site.
    Destination,
    /// A courier took it out and brought it back.
    LastMile,
}

/// What truly happened to one shipment, whatever its records say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[must_use]
#[non_exhaustive]
pub struct ShipmentTruth {
    /// Its number in the network.
    pub index: u64,
    /// Its waybill.
    pub waybill: WaybillKey,
    /// What could have happened to it: the bases it belongs to.
    pub possible: RateSet,
    /// What did happen. // a subset of `possible`
    pub happened: RateSet,
    /// The promise that is judged: the first one, or the customer's own later request.
    pub promise: Option<Promise>,
    /// When it was delivered, or stored not against the recipient's word; none for parcels that never were.
    pub completed_at: Option<Instant>,
    /// Whether it was completed after the promise that is judged; none without a promise or a completion.
    pub late: Option<bool>,
    /// Where it was held up, if that was planted. Parcels are late for other reasons too.
    pub delay: Option<DelayStage>,
    /// The planted defects it met, as positions in [`Network::defects`].
    pub defects: Vec<usize>,
}

/// How often one thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct RateTruth {
    /// What.
    pub rate: Rate,
    /// How often it was to happen, in parts per million of its base.
    pub planted_parts: u32,
    /// To how many shipments it could happen.
    pub possible: u64,
    /// To how many it did. // happened <= possible
    pub happened: u64,
}

/// How much of the network a planted defect reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct DefectTruth {
    /// The defect.
    pub defect: Defect,
    /// How many shipments met it.
    pub met: u64,
    /// How many of those were late.
    pub late: u64,
}

/// What was planted in a network, and how often it came up in the shipments observed.
///
/// Observed in parts, the truths of the parts add up by [`NetworkTruth::merge`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[must_use]
#[non_exhaustive]
pub struct NetworkTruth {
    /// The seed.
    pub seed: u64,
    /// The first day of orders.
    pub start: NaiveDate,
    /// On how many days orders were placed.
    pub days: u32,
    /// How many customers there are.
    pub customers: u32,
    /// The regions' names, in their order.
    pub regions: Vec<String>,
    /// Shipments observed.
    pub shipments: u64,
    /// Those with a promise that were completed. // on time = judged - late
    pub judged: u64,
    /// Those completed after their promise. // late <= judged
    pub late: u64,
    /// Every rate, in the order of [`Rate::ALL`].
    pub rates: Vec<RateTruth>,
    /// Every defect, in the order of planting.
    pub defects: Vec<DefectTruth>,
    /// Rosters, shifts, counts and costs of all days: they follow from the settings, whatever was observed.
    pub operations: OperationsTruth,
}

impl NetworkTruth {
    /// What is planted, with no shipment observed yet. Makes the days of running the network once more.
    pub fn new(network: &Network) -> Self {
        let mut operations = OperationsTruth::default();
        network.operating_days().for_each(|day| operations.merge(&day.truth));
        let rate = |rate| RateTruth { rate, planted_parts: network.rates().of(rate), possible: 0, happened: 0 };
        Self {
            seed: network.seed(),
            start: network.start(),
            days: network.days(),
            customers: network.customers(),
            regions: network.regions().iter().map(|region| region.name.to_string()).collect(),
            shipments: 0,
            judged: 0,
            late: 0,
            rates: Rate::ALL.into_iter().map(rate).collect(),
            defects: network.defects().iter().map(|&defect| DefectTruth { defect, met: 0, late: 0 }).collect(),
            operations,
        }
    }

    /// Adds one shipment.
    pub fn observe(&mut self, truth: &ShipmentTruth) {
        let late = u64::from(truth.late == Some(true));
        self.shipments += 1;
        self.judged += u64::from(truth.late.is_some());
        self.late += late;
        for rate in &mut self.rates {
            rate.possible += u64::from(truth.possible.contains(rate.rate));
            rate.happened += u64::from(truth.happened.contains(rate.rate));
        }
        for &position in &truth.defects {
            if let Some(defect) = self.defects.get_mut(position) {
                defect.met += 1;
                defect.late += late;
            }
        }
    }

    /// Adds what was observed of another part of the same network.
    ///
    /// # Errors
    /// [`SimulateError::UnlikeNetworks`] where settings differ; nothing is added then.
    pub fn merge(&mut self, other: &Self) -> Result<(), SimulateError> {
        if !self.is_like(other) {
            return Err(SimulateError::UnlikeNetworks);
        }
        self.shipments += other.shipments;
        self.judged += other.judged;
        self.late += other.late;
        for (mine, theirs) in self.rates.iter_mut().zip(&other.rates) {
            mine.possible += theirs.possible;
            mine.happened += theirs.happened;
        }
        for (mine, theirs) in self.defects.iter_mut().zip(&other.defects) {
            mine.met += theirs.met;
            mine.late += theirs.late;
        }
        Ok(())
    }

    fn is_like(&self, other: &Self) -> bool {
        let planted = |truth: &Self| truth.rates.iter().map(|rate| rate.planted_parts).collect::<Vec<_>>();
        let defects = |truth: &Self| truth.defects.iter().map(|defect| defect.defect).collect::<Vec<_>>();
        (self.seed, self.start, self.days, self.customers) == (other.seed, other.start, other.days, other.customers)
            && self.regions == other.regions
            && self.operations == other.operations
            && planted(self) == planted(other)
            && defects(self) == defects(other)
    }
}

impl fmt::Display for NetworkTruth {
    /// Plain text, one line a fact. Observed rates are whole parts per million, cut off.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {}, {} days from {}", self.seed, self.days, self.start)?;
        writeln!(f, "{} customers in {}", self.customers, self.regions.join(", "))?;
        writeln!(f, "{} shipments, {} completed with a promise, {} late", self.shipments, self.judged, self.late)?;
        writeln!(
            f,
            "\n{:<28}{:>10}{:>10}{:>12}{:>12}  base",
            "rate (ppm)", "planted", "observed", "happened", "possible"
        )?;
        for truth in &self.rates {
            let observed = match truth.possible {
                0 => "-".to_owned(),
                possible => (u128::from(truth.happened) * u128::from(MILLION) / u128::from(possible)).to_string(),
            };
            let (name, base) = (truth.rate.name(), truth.rate.base());
            let (planted, happened, possible) = (truth.planted_parts, truth.happened, truth.possible);
            writeln!(f, "{name:<28}{planted:>10}{observed:>10}{happened:>12}{possible:>12}  {base}")?;
        }
        write!(f, "\n{}", self.operations)?;
        if self.defects.is_empty() {
            return writeln!(f, "\nno defect planted");
        }
        writeln!(f)?;
        for truth in &self.defects {
            let name = |region: u16| self.regions.get(usize::from(region)).map_or("?", String::as_str);
            match truth.defect {
                Defect::SlowHub { region, extra_hours } => {
                    write!(f, "slow hub: {}, {extra_hours} hours more", name(region))?;
                }
                Defect::CarelessCourier { region, courier, times } => {
                    write!(f, "careless courier: {} courier {:02}, {times} times", name(region), courier + 1)?;
                }
                Defect::ComplaintHotSpot { region, times } => {
                    write!(f, "complaint hot spot: {}, {times} times", name(region))?;
                }
            }
            writeln!(f, "; met by {} shipments, {} of them late", truth.met, truth.late)?;
        }
        Ok(())
    }
}
