use crate::stats::{Level, poisson_exact};

use super::wire::{Reader, WireError, Writer};
use super::{Figure, Measure, MeasureKind, Scale, State, UnlikeStates};

/// What a fact adds to a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateMark {
    /// One event.
    Event,
    /// One unit of exposure.
    Exposure,
}

impl Measure for RateMark {
    fn kind(&self) -> MeasureKind {
        match self {
            Self::Event => MeasureKind::Event,
            Self::Exposure => MeasureKind::Exposure,
        }
    }
}

/// A rate: events counted in the window over exposure counted in the window. May exceed 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    events: u64,
    exposure: u64,
}

impl Rate {
    /// Events.
    #[must_use]
    pub fn events(self) -> u64 {
        self.events
    }
    /// Exposure.
    #[must_use]
    pub fn exposure(self) -> u64 {
        self.exposure
    }
}

impl State for Rate {
    type Measure = RateMark;

    fn observe(&mut self, measure: RateMark) {
        match measure {
            RateMark::Event => self.events += 1,
            RateMark::Exposure => self.exposure += 1,
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        self.events += other.events;
        self.exposure += other.exposure;
        Ok(())
    }

    fn encode(&self, out: &mut Writer) {
        out.unsigned(self.events);
        out.unsigned(self.exposure);
    }

    fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(Self { events: input.count()?, exposure: input.count()? })
    }

    fn figures(&self, scale: Scale) -> Vec<Figure> {
        let interval = poisson_exact(self.events, self.exposure, Level::NinetyFive);
        vec![Figure::Rate {
            events: self.events,
            exposure: self.exposure,
            value: scale.quotient(i128::from(self.events), i128::from(self.exposure)),
            interval: interval.map(|interval| scale.interval(interval)),
        }]
    }
}
