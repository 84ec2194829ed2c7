//! The catalogue: the only list of KPIs. Tables in the README and the docs are generated from it.

use std::str::FromStr;

use crate::fact::{ClaimPayment, GivenRating, NodeScan, Shipment, StagePassage};
use crate::record::{Claim, Complaint};

use super::argument::with_lasting;
use super::cases::{
    ComplaintRate, FirstContactResolutionRate, ReopenRate, ResolutionHours, ResolutionRate, ResolutionWithinRate,
    ResponseWithinRate,
};
use super::claims::{ClaimRate, CompensationPer10k, PayoutWithinRate};
use super::experience::{
    NegativeRatingRate, NetPromoterScore, RepeatOrderRate, SatisfactionRate, SatisfactionScore, UnconsentedStorageRate,
};
use super::integrity::{DamageRate, IntactRate, LossRate, ShortageRate};
use super::stage::STANDARD_STAGES;
use super::timeliness::{
    DeliveredByDayRate, EndToEndHours, FirstAttemptDeliveryRate, LatenessHours, OnTimeDeliveryRate, StageHours,
    StageOnTimeRate, WithinHoursRate,
};
use super::tracking::{RecordingDelayHours, TrackingAccuracyRate, TrackingCompletenessRate, TrackingFreshnessRate};
use super::volume::ShipmentVolume;
use super::{Gauge, KpiError, Observable, Observe};

/// How a KPI of the catalogue is made, and the arguments under which it is listed.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    make: fn(Option<&str>) -> Result<Gauge, KpiError>,
    presets: &'static [&'static str], // empty for a KPI without argument, or with a default
}

impl Listed {
    const fn new(make: fn(Option<&str>) -> Result<Gauge, KpiError>) -> Self {
        Self { make, presets: &[] }
    }

    const fn with_presets(
        make: fn(Option<&str>) -> Result<Gauge, KpiError>,
        presets: &'static [&'static str], // the first is the one meant where no argument is given
    ) -> Self {
        Self { make, presets }
    }
}

const LISTED: &[Listed] = &[
    Listed::new(|argument| plain(argument, Gauge::of(OnTimeDeliveryRate::default()).over::<Shipment>().erased())),
    Listed::with_presets(of_argument::<WithinHoursRate, Shipment>, &["72", "spb_72h"]),
    Listed::with_presets(of_argument::<DeliveredByDayRate, Shipment>, &["2"]),
    Listed::new(|argument| plain(argument, Gauge::of(EndToEndHours::default()).over::<Shipment>().erased())),
    Listed::with_presets(of_argument::<StageHours, StagePassage>, STANDARD_STAGES),
    Listed::with_presets(of_argument::<StageOnTimeRate, StagePassage>, STANDARD_STAGES),
    Listed::new(|argument| plain(argument, Gauge::of(LatenessHours::default()).over::<Shipment>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(FirstAttemptDeliveryRate::default()).over::<Shipment>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(LossRate::default()).over::<Shipment>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(DamageRate::default()).over::<Shipment>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(ShortageRate::default()).over::<Shipment>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(IntactRate::default()).over::<Shipment>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(TrackingCompletenessRate::default()).over::<Shipment>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(TrackingAccuracyRate::default()).over::<Shipment>().erased())),
    Listed::new(|argument| {
        let kpi = with_lasting(argument, TrackingFreshnessRate::within)?;
        Ok(Gauge::of(kpi).over::<NodeScan>().erased())
    }),
    Listed::new(|argument| plain(argument, Gauge::of(RecordingDelayHours::default()).over::<NodeScan>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(ComplaintRate).over::<Complaint>().over::<Shipment>().erased())),
    Listed::new(|argument| {
        let kpi = with_lasting(argument, ResponseWithinRate::within)?;
        Ok(Gauge::of(kpi).over::<Complaint>().erased())
    }),
    Listed::new(|argument| {
        let kpi = with_lasting(argument, ResolutionRate::after)?;
        Ok(Gauge::of(kpi).over::<Complaint>().erased())
    }),
    Listed::new(|argument| {
        let kpi = with_lasting(argument, ResolutionWithinRate::within)?;
        Ok(Gauge::of(kpi).over::<Complaint>().erased())
    }),
    Listed::new(|argument| plain(argument, Gauge::of(ResolutionHours::default()).over::<Complaint>().erased())),
    Listed::new(|argument| {
        let kpi = with_lasting(argument, FirstContactResolutionRate::after)?;
        Ok(Gauge::of(kpi).over::<Complaint>().erased())
    }),
    Listed::new(|argument| {
        let kpi = with_lasting(argument, ReopenRate::within)?;
        Ok(Gauge::of(kpi).over::<Complaint>().erased())
    }),
    Listed::new(|argument| plain(argument, Gauge::of(ClaimRate).over::<Claim>().over::<Shipment>().erased())),
    Listed::with_presets(of_argument::<PayoutWithinRate, Claim>, &["3"]),
    Listed::new(|argument| {
        plain(argument, Gauge::of(CompensationPer10k::default()).over::<ClaimPayment>().over::<Shipment>().erased())
    }),
    Listed::new(|argument| plain(argument, Gauge::of(SatisfactionRate::default()).over::<GivenRating>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(SatisfactionScore::default()).over::<GivenRating>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(NegativeRatingRate::default()).over::<GivenRating>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(NetPromoterScore::default()).over::<GivenRating>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(RepeatOrderRate::default()).over::<Shipment>().erased())),
    Listed::new(|argument| plain(argument, Gauge::of(UnconsentedStorageRate).over::<Shipment>().erased())),
    Listed::new(|argument| Ok(Gauge::of(ShipmentVolume::parse(argument)?).over::<Shipment>().erased())),
];

fn plain(argument: Option<&str>, gauge: Gauge) -> Result<Gauge, KpiError> {
    match argument {
        None => Ok(gauge),
        Some(argument) => Err(KpiError::Argument {
            kpi: gauge.definition().id.to_owned(),
            argument: argument.to_owned(),
            expected: "none",
        }),
    }
}

/// A KPI over one kind of fact that reads its argument itself.
fn of_argument<K, F: Observable>(argument: Option<&str>) -> Result<Gauge, KpiError>
where
    K: Observe<F> + FromStr<Err = KpiError>,
{
    let kpi: K = argument.unwrap_or_default().parse()?;
    Ok(Gauge::of(kpi).over::<F>().erased())
}

/// The KPIs there are, in the order of the specification.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue {
    listed: &'static [Listed],
}

/// The catalogue.
#[must_use]
pub fn catalogue() -> Catalogue {
    Catalogue { listed: LISTED }
}

impl Catalogue {
    /// Every KPI with its defaults; one with several arguments worth having, once each.
    pub fn iter(self) -> impl Iterator<Item = Gauge> {
        self.listed.iter().flat_map(|listed| {
            let presets = listed.presets.iter().map(|&preset| Some(preset));
            let plain = listed.presets.is_empty().then_some(None);
            presets.chain(plain).filter_map(|argument| (listed.make)(argument).ok())
        })
    }

    /// A KPI by its name, with its argument in parentheses if it takes one: `on_time_delivery_rate`,
    /// `within_hours_rate(72)`.
    ///
    /// # Errors
    /// [`KpiError::UnknownKpi`], [`KpiError::Argument`].
    pub fn find(self, text: &str) -> Result<Gauge, KpiError> {
        let text = text.trim();
        let (id, argument) = match text.split_once('(') {
            None => (text, None),
            Some((id, rest)) => match rest.strip_suffix(')') {
                Some(argument) => (id.trim_end(), Some(argument.trim())),
                None => {
                    return Err(KpiError::Argument {
                        kpi: id.to_owned(),
                        argument: rest.to_owned(),
                        expected: "a closing parenthesis",
                    });
                }
            },
        };
        let known = || {
            let mut ids: Vec<&str> = self.iter().map(|gauge| gauge.definition().id).collect();
            ids.dedup(); // several arguments, one name
            ids.join(", ")
        };
        for listed in self.listed {
            let first = (listed.make)(listed.presets.first().copied())?;
            if first.definition().id == id {
                return if argument.is_none() { Ok(first) } else { (listed.make)(argument) };
            }
        }
        Err(KpiError::UnknownKpi { id: id.to_owned(), known: known() })
    }
}
