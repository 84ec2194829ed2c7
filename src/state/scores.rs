use std::collections::BTreeMap;

use crate::record::Score;

use super::monoid::tree_bytes;
use super::wire::{Reader, WireError, Writer};
use super::{Figure, Measure, MeasureKind, Scale, State, UnlikeStates};

/// How far up its scale an answer stands, in thousandths of a point: so many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScalePoints {
    above: u32, // above <= of
    of: u32,    // of > 0
}

impl ScalePoints {
    /// Counted from the lower end of the scale: (rating − min) of (max − min).
    #[must_use]
    pub fn from_min(score: Score) -> Self {
        Self { above: score.above_min().unsigned_abs(), of: score.width().unsigned_abs() }
    }

    /// Counted from nought: rating of max. None on a scale that reaches below nought, of which no rating is a share.
    #[must_use]
    pub fn from_zero(score: Score) -> Option<Self> {
        let max = score.value() - score.above_min() + score.width();
        let below_nought = score.above_min() > score.value();
        (!below_nought).then(|| Self { above: score.value().unsigned_abs(), of: max.unsigned_abs() })
    }
}

impl Measure for ScalePoints {
    fn kind(&self) -> MeasureKind {
        MeasureKind::Quantity
    }
    fn quantity(&self) -> Option<i64> {
        Some(self.above.into())
    }
}

/// Answers on scales of any width; the mean of their shares of the scale is one quotient.
///
/// ```
/// use parcelgauge::record::Score;
/// use parcelgauge::state::{ScalePoints, Scale, Scores, State};
/// let mut scores = Scores::default();
/// scores.observe(ScalePoints::from_min(Score::parse("4", "1", "5")?)); // 3 of 4 points
/// scores.observe(ScalePoints::from_min(Score::parse("10", "0", "10")?)); // all of 10
/// assert_eq!(scores.figures(Scale::PERCENT)[0].value(), Some(87.5));
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scores {
    by_width: BTreeMap<u32, (u128, u64)>, // width > 0 → Σ of what lies above nought, how many > 0; Σ <= width × how many
}

/// The greatest common multiple of widths that is computed with: above it each width's sum is brought to so many parts.
const GREATEST_COMMON: u128 = 1 << 40;

impl Scores {
    /// What all widths are brought to: their least common multiple, where that is not too great.
    fn common(&self) -> u128 {
        let multiple = self.by_width.keys().try_fold(1_u128, |common, &width| {
            let next = common / gcd(common, width.into()) * u128::from(width);
            (next <= GREATEST_COMMON).then_some(next)
        });
        multiple.unwrap_or(GREATEST_COMMON)
    }
}

impl State for Scores {
    fn heap_bytes(&self) -> usize {
        tree_bytes::<u32, (u128, u64)>(self.by_width.len())
    }

    type Measure = ScalePoints;

    fn observe(&mut self, measure: ScalePoints) {
        let (sum, count) = self.by_width.entry(measure.of).or_default();
        *sum += u128::from(measure.above);
        *count += 1;
    }

    fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        for (&width, &(above, more)) in &other.by_width {
            let (sum, count) = self.by_width.entry(width).or_default();
            *sum += above;
            *count += more;
        }
        Ok(())
    }

    fn encode(&self, out: &mut Writer) {
        out.length(self.by_width.len());
        for (&width, &(sum, count)) in &self.by_width {
            out.unsigned(width);
            out.unsigned(sum);
            out.unsigned(count);
        }
    }

    fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        let mut scores = Self::default();
        for _ in 0..input.length()? {
            let width = u32::try_from(input.unsigned()?).ok().filter(|&width| width > 0);
            let width = width.ok_or_else(|| input.malformed("a scale without width"))?;
            let (sum, count) = (input.unsigned_128()?, input.count()?);
            if count == 0 || scores.by_width.last_key_value().is_some_and(|(&last, _)| last >= width) {
                return Err(input.malformed("scales out of order or empty"));
            }
            if sum > u128::from(count) * u128::from(width) {
                return Err(input.malformed("a sum of answers above their scale"));
            }
            scores.by_width.insert(width, (sum, count));
        }
        Ok(scores)
    }

    /// With L the least common multiple of the widths: above the line Σ over widths of sum × L / width, below it n × L.
    /// Exact while L is at most 2^40. For scales more unlike than that L is 2^40, and each width's part is cut off to a
    /// whole number: the mean of the shares is then good to (number of widths) / 2^40.
    fn figures(&self, scale: Scale) -> Vec<Figure> {
        let common = self.common();
        let part = |(&width, &(sum, _)): (&u32, &(u128, u64))| {
            let width = u128::from(width);
            sum / width * common + sum % width * common / width
        };
        let above: u128 = self.by_width.iter().map(part).sum();
        let below = self.by_width.values().map(|&(_, count)| u128::from(count)).sum::<u128>() * common;
        let [numerator, denominator] = [above, below].map(|whole| i128::try_from(whole).unwrap_or(i128::MAX));
        vec![Figure::Ratio { numerator, denominator, value: scale.quotient(numerator, denominator), currency: None }]
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}
