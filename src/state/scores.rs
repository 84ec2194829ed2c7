use std::collections::BTreeMap;

use crate::record::Score;

use super::wire::{Reader, WireError, Writer};
use super::{Figure, Measure, MeasureKind, Scale, State, UnlikeStates};

impl Measure for Score {
    fn kind(&self) -> MeasureKind {
        MeasureKind::Quantity
    }
    fn quantity(&self) -> Option<i64> {
        Some(self.value().into())
    }
}

/// Which end of a scale is nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ScaleFrom {
    /// Its lower end: (rating − min) / (max − min).
    #[default]
    Min,
    /// Nought itself: rating / max.
    Zero,
}

/// Answers on scales of any width, in thousandths of a point; the mean of their shares of the scale is one quotient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores {
    from: ScaleFrom,
    by_width: BTreeMap<u32, (i128, u64)>, // width > 0 → Σ of what lies above nought, how many
}

impl Scores {
    /// Nothing observed.
    #[must_use]
    pub fn new(from: ScaleFrom) -> Self {
        Self { from, by_width: BTreeMap::new() }
    }
}

impl State for Scores {
    type Measure = Score;

    /// A scale whose greatest value is not above nought has no share of it: such answers count from the lower end.
    fn observe(&mut self, measure: Score) {
        let max = measure.value() - measure.above_min() + measure.width();
        let (width, above) = match self.from {
            ScaleFrom::Zero if max > 0 => (max, measure.value()),
            _ => (measure.width(), measure.above_min()),
        };
        let (sum, count) = self.by_width.entry(width.unsigned_abs()).or_default();
        *sum += i128::from(above);
        *count += 1;
    }

    fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        if self.from != other.from {
            return Err(UnlikeStates::new("scale", format!("{:?}", self.from), format!("{:?}", other.from)));
        }
        for (&width, &(above, more)) in &other.by_width {
            let (sum, count) = self.by_width.entry(width).or_default();
            *sum += above;
            *count += more;
        }
        Ok(())
    }

    fn encode(&self, out: &mut Writer) {
        out.unsigned(u8::from(self.from == ScaleFrom::Zero));
        out.length(self.by_width.len());
        for (&width, &(sum, count)) in &self.by_width {
            out.unsigned(width);
            out.signed(sum);
            out.unsigned(count);
        }
    }

    fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        let from = match input.unsigned()? {
            0 => ScaleFrom::Min,
            1 => ScaleFrom::Zero,
            _ => return Err(input.malformed("no such end of a scale")),
        };
        let mut scores = Self::new(from);
        for _ in 0..input.length()? {
            let width = u32::try_from(input.unsigned()?).ok().filter(|&width| width > 0);
            let width = width.ok_or_else(|| input.malformed("a scale without width"))?;
            let (sum, count) = (input.sum()?, input.count()?);
            if count == 0 || scores.by_width.last_key_value().is_some_and(|(&last, _)| last >= width) {
                return Err(input.malformed("scales out of order or empty"));
            }
            scores.by_width.insert(width, (sum, count));
        }
        Ok(scores)
    }

    /// Above the line Σ (what lies above nought) × L / width, below it n × L, with L the least common multiple of the
    /// widths. Scales so unlike that L leaves 64 bits are beyond the range.
    fn figures(&self, scale: Scale) -> Vec<Figure> {
        let common =
            self.by_width.keys().fold(1_i128, |common, &width| common / gcd(common, width.into()) * i128::from(width));
        let numerator = self.by_width.iter().map(|(&width, &(sum, _))| sum * (common / i128::from(width))).sum();
        let denominator = self.by_width.values().map(|&(_, count)| i128::from(count)).sum::<i128>() * common;
        vec![Figure::Ratio { numerator, denominator, value: scale.quotient(numerator, denominator), currency: None }]
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}
