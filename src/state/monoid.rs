//! What every state is: a commutative monoid with identity, serialised one way.

use thiserror::Error;

use super::{Exemplar, Figure, Scale, wire};

/// Two states that cannot be merged: they count different things.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "states differ in {parameter}: {ours} here, {theirs} there; merge only states of one KPI, version and parameters"
)]
#[non_exhaustive]
pub struct UnlikeStates {
    /// What they differ in.
    pub parameter: &'static str,
    /// Here.
    pub ours: String,
    /// There.
    pub theirs: String,
}

impl UnlikeStates {
    /// States the difference.
    #[must_use]
    pub fn new(parameter: &'static str, ours: impl ToString, theirs: impl ToString) -> Self {
        Self { parameter, ours: ours.to_string(), theirs: theirs.to_string() }
    }
}

/// What a measure is called in a verdict column, and how it stands to a KPI's direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MeasureKind {
    /// In the numerator of a share.
    Hit,
    /// In the denominator of a share only.
    Miss,
    /// An event of a rate, or an amount of a ratio's numerator.
    Event,
    /// Exposure of a rate, or an amount of a ratio's denominator.
    Exposure,
    /// A quantity of a distribution.
    Quantity,
    /// Undecided, kept in the state under its key.
    Open,
}

impl MeasureKind {
    /// The word in verdict columns and evidence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Event => "event",
            Self::Exposure => "exposure",
            Self::Quantity => "quantity",
            Self::Open => "open",
        }
    }
}

/// What one decided fact adds to a state.
pub trait Measure {
    /// Its kind.
    fn kind(&self) -> MeasureKind;
    /// The number it adds, for the verdict column; none where its kind says all.
    fn quantity(&self) -> Option<i64> {
        None
    }
}

/// Bytes that the nodes of a tree with so many entries take, about: they are two thirds full as a rule, and the first comes
/// whole.
pub(super) fn tree_bytes<K, V>(entries: usize) -> usize {
    const OF_A_NODE: usize = 11;
    entries.div_ceil(7) * (OF_A_NODE * (size_of::<K>() + size_of::<V>()) + 2 * size_of::<usize>())
}

/// A sufficient statistic.
///
/// # Laws
/// With `e` the identity (a state that observed nothing): `e ∪ a = a ∪ e = a`; `a ∪ b = b ∪ a`;
/// `(a ∪ b) ∪ c = a ∪ (b ∪ c)`; observing facts in any order, in any split, merged, gives one state;
/// `decode(encode(a)) = a`. The catalogue's harness checks them for every KPI.
pub trait State: Clone + std::fmt::Debug + PartialEq + Send + Sync + 'static {
    /// What it counts.
    type Measure: Measure + Clone + std::fmt::Debug + PartialEq;

    /// Takes in one decided fact.
    fn observe(&mut self, measure: Self::Measure);

    /// Takes in another state.
    ///
    /// # Errors
    /// [`UnlikeStates`] where the two count different things; `self` is unchanged then.
    fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates>;

    /// Writes it, the same bytes for equal states.
    fn encode(&self, out: &mut wire::Writer);

    /// Reads what [`State::encode`] wrote.
    ///
    /// # Errors
    /// [`wire::WireError`] where the bytes are cut, out of range or not canonical.
    fn decode(input: &mut wire::Reader<'_>) -> Result<Self, wire::WireError>;

    /// Bytes of memory it takes besides its own size, about: what a fold grows by is held against a limit, not accounted for.
    fn heap_bytes(&self) -> usize {
        0
    }

    /// Facts that the state itself keeps as undecided.
    fn open(&self) -> u64 {
        0
    }

    /// The adverse facts that the state itself can name, worst first; none where [`Cell`](super::Cell) keeps the evidence.
    fn exemplars(&self, _limit: u32) -> Option<Vec<Exemplar>> {
        None
    }

    /// The finished figures: one, or one a currency. The only division.
    fn figures(&self, scale: Scale) -> Vec<Figure>;
}
