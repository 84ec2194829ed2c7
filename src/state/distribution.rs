use super::wire::{Reader, WireError, Writer};
use super::{Figure, Measure, MeasureKind, Quantiles, Scale, State, Sum, UnlikeStates};

impl Measure for i64 {
    fn kind(&self) -> MeasureKind {
        MeasureKind::Quantity
    }
    fn quantity(&self) -> Option<i64> {
        Some(*self)
    }
}

/// A distribution of whole numbers: durations in milliseconds, amounts in minor units, counts.
///
/// ```
/// use parcelgauge::state::{Distribution, State};
/// let mut hours = Distribution::new(1_024);
/// [1, 2, 3, 4].into_iter().for_each(|n| hours.observe(n));
/// assert_eq!(hours.quantile(500), Some(2_500)); // thousandths: the median of 1, 2, 3, 4 is 2.5
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    sum: Sum,
    quantiles: Quantiles,
}

impl Distribution {
    /// Nothing observed; quantiles are exact up to so many distinct numbers.
    #[must_use]
    pub fn new(exact_up_to: u32) -> Self {
        Self { sum: Sum::default(), quantiles: Quantiles::new(exact_up_to) }
    }

    /// Count, extremes, sum and sum of squares.
    #[must_use]
    pub fn sum(&self) -> Sum {
        self.sum
    }

    /// The quantile at so many thousandths of the way, in thousandths of a unit.
    #[must_use]
    pub fn quantile(&self, thousandths: u32) -> Option<i128> {
        self.quantiles.quantile(thousandths, (self.sum.min()?, self.sum.max()?))
    }
}

impl State for Distribution {
    type Measure = i64;

    fn observe(&mut self, measure: i64) {
        self.sum.observe(measure);
        self.quantiles.observe(measure);
    }

    fn heap_bytes(&self) -> usize {
        self.quantiles.heap_bytes()
    }

    fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        self.quantiles.merge(&other.quantiles)?;
        self.sum.merge(&other.sum);
        Ok(())
    }

    fn encode(&self, out: &mut Writer) {
        self.sum.encode(out);
        self.quantiles.encode(out);
    }

    fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        let (sum, quantiles) = (Sum::decode(input)?, Quantiles::decode(input)?);
        if sum.count() != quantiles.count() {
            return Err(input.malformed("a count that differs from its quantiles'"));
        }
        Ok(Self { sum, quantiles })
    }

    fn figures(&self, scale: Scale) -> Vec<Figure> {
        let mut settled = self.clone();
        settled.quantiles.settle(); // once for all quantiles
        let quantile = |thousandths| settled.quantile(thousandths).and_then(|value| scale.quotient(value, 1000));
        vec![Figure::Distribution {
            count: self.sum.count(),
            mean: scale.quotient(self.sum.sum(), self.sum.count().into()),
            p50: quantile(500),
            p80: quantile(800),
            p90: quantile(900),
            p95: quantile(950),
            p99: quantile(990),
            max: self.sum.max().and_then(|max| scale.quotient(max.into(), 1)),
        }]
    }
}
