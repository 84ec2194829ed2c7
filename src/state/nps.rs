use crate::stats::{Level, net_score};

use super::wire::{Reader, WireError, Writer};
use super::{Figure, Measure, MeasureKind, Scale, State, UnlikeStates};

/// What one answer to "would you recommend us?" counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recommendation {
    /// Would.
    Promoter,
    /// Neither.
    Passive,
    /// Would not.
    Detractor,
}

impl Measure for Recommendation {
    fn kind(&self) -> MeasureKind {
        match self {
            Self::Promoter => MeasureKind::Hit,
            Self::Passive => MeasureKind::Quantity,
            Self::Detractor => MeasureKind::Miss,
        }
    }
}

/// Counts of promoters, passives and detractors.
///
/// ```
/// use parcelgauge::state::{Nps, Recommendation, Scale, State};
/// let mut nps = Nps::default();
/// [Recommendation::Promoter, Recommendation::Promoter, Recommendation::Passive, Recommendation::Detractor]
///     .into_iter()
///     .for_each(|answer| nps.observe(answer));
/// assert_eq!(nps.figures(Scale::PERCENT)[0].value(), Some(25.0)); // 50 % less 25 %
/// assert_eq!(Nps::default().figures(Scale::PERCENT)[0].value(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Nps {
    promoters: u64,
    passives: u64,
    detractors: u64,
}

impl State for Nps {
    type Measure = Recommendation;

    fn observe(&mut self, measure: Recommendation) {
        match measure {
            Recommendation::Promoter => self.promoters += 1,
            Recommendation::Passive => self.passives += 1,
            Recommendation::Detractor => self.detractors += 1,
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        self.promoters += other.promoters;
        self.passives += other.passives;
        self.detractors += other.detractors;
        Ok(())
    }

    fn encode(&self, out: &mut Writer) {
        [self.promoters, self.passives, self.detractors].into_iter().for_each(|count| out.unsigned(count));
    }

    fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(Self { promoters: input.count()?, passives: input.count()?, detractors: input.count()? })
    }

    fn figures(&self, _: Scale) -> Vec<Figure> {
        let of = self.promoters + self.passives + self.detractors;
        let points = Scale::PERCENT;
        let value = points.quotient(i128::from(self.promoters) - i128::from(self.detractors), of.into());
        let interval = net_score(self.promoters, self.detractors, of, Level::NinetyFive);
        vec![Figure::Nps {
            promoters: self.promoters,
            passives: self.passives,
            detractors: self.detractors,
            value,
            interval: interval.map(|interval| points.interval(interval)),
        }]
    }
}
