use crate::stats::{Level, wilson};

use super::wire::{Reader, WireError, Writer};
use super::{Figure, Measure, MeasureKind, Scale, State, UnlikeStates};

/// In the numerator or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// In the numerator.
    Hit,
    /// In the denominator only.
    Miss,
}

impl Verdict {
    /// The other one.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Hit => Self::Miss,
            Self::Miss => Self::Hit,
        }
    }
}

impl Measure for Verdict {
    fn kind(&self) -> MeasureKind {
        match self {
            Self::Hit => MeasureKind::Hit,
            Self::Miss => MeasureKind::Miss,
        }
    }
}

/// A share: facts that hit, and facts that miss.
///
/// ```
/// use parcelgauge::state::{Share, State, Verdict};
/// let (mut monday, mut tuesday) = (Share::default(), Share::default());
/// monday.observe(Verdict::Hit);
/// tuesday.observe(Verdict::Hit);
/// tuesday.observe(Verdict::Miss);
/// monday.merge(&tuesday)?; // 2 of 3, not the mean of 1 of 1 and 1 of 2
/// assert_eq!((monday.hit(), monday.miss()), (2, 1));
/// # Ok::<(), parcelgauge::state::UnlikeStates>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    hit: u64,
    miss: u64,
}

impl Share {
    /// Facts in the numerator.
    #[must_use]
    pub fn hit(self) -> u64 {
        self.hit
    }
    /// Facts in the denominator only.
    #[must_use]
    pub fn miss(self) -> u64 {
        self.miss
    }
}

impl State for Share {
    type Measure = Verdict;

    fn observe(&mut self, measure: Verdict) {
        match measure {
            Verdict::Hit => self.hit += 1,
            Verdict::Miss => self.miss += 1,
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        self.hit += other.hit;
        self.miss += other.miss;
        Ok(())
    }

    fn encode(&self, out: &mut Writer) {
        out.unsigned(self.hit);
        out.unsigned(self.miss);
    }

    fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(Self { hit: input.count()?, miss: input.count()? })
    }

    fn figures(&self, _: Scale) -> Vec<Figure> {
        vec![Figure::Share {
            hit: self.hit,
            miss: self.miss,
            value: Scale::ONE.quotient(self.hit.into(), i128::from(self.hit) + i128::from(self.miss)),
            interval: wilson(self.hit, self.miss, Level::NinetyFive),
        }]
    }
}
