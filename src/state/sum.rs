use super::wire::{Reader, WireError, Writer};

/// Count, extremes, sum and sum of squares of whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    count: u64,
    sum: i128,
    squares: u128,
    extremes: Option<(i64, i64)>, // min <= max; none iff count == 0
}

impl Sum {
    /// Takes in a number. // |value| <= 2^48
    pub fn observe(&mut self, value: i64) {
        self.count += 1;
        self.sum += i128::from(value);
        let magnitude = u128::from(value.unsigned_abs());
        self.squares = self.squares.wrapping_add(magnitude * magnitude);
        let (min, max) = self.extremes.unwrap_or((value, value));
        self.extremes = Some((min.min(value), max.max(value)));
    }

    /// Takes in another sum.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares = self.squares.wrapping_add(other.squares);
        self.extremes = match (self.extremes, other.extremes) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (ours, theirs) => ours.or(theirs),
        };
    }

    /// How many numbers.
    #[must_use]
    pub fn count(self) -> u64 {
        self.count
    }
    /// Their sum.
    #[must_use]
    pub fn sum(self) -> i128 {
        self.sum
    }
    /// The sum of their squares, modulo 2^128.
    #[must_use]
    pub fn sum_of_squares(self) -> u128 {
        self.squares
    }
    /// The least.
    #[must_use]
    pub fn min(self) -> Option<i64> {
        self.extremes.map(|(min, _)| min)
    }
    /// The greatest.
    #[must_use]
    pub fn max(self) -> Option<i64> {
        self.extremes.map(|(_, max)| max)
    }

    /// Writes it.
    pub fn encode(&self, out: &mut Writer) {
        out.unsigned(self.count);
        if let Some((min, max)) = self.extremes {
            out.signed(self.sum);
            out.unsigned(self.squares);
            out.signed(min);
            out.signed(max);
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        let count = input.count()?;
        if count == 0 {
            return Ok(Self::default());
        }
        let (sum, squares) = (input.sum()?, input.unsigned_128()?);
        let (min, max) = (input.signed()?, input.signed()?);
        if min > max {
            return Err(input.malformed("a minimum above the maximum"));
        }
        Ok(Self { count, sum, squares, extremes: Some((min, max)) })
    }
}
