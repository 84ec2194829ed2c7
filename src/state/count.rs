use super::wire::{Reader, WireError, Writer};
use super::{Figure, Measure, MeasureKind, Scale, State, UnlikeStates};

/// One more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct One;

impl Measure for One {
    fn kind(&self) -> MeasureKind {
        MeasureKind::Event
    }
}

/// A plain count.
///
/// ```
/// use parcelgauge::state::{Count, Figure, One, Scale, State};
/// let (mut monday, mut tuesday) = (Count::default(), Count::default());
/// monday.observe(One);
/// tuesday.observe(One);
/// monday.merge(&tuesday)?;
/// assert_eq!(monday.figures(Scale::ONE), [Figure::Count { count: Some(2) }]);
/// # Ok::<(), parcelgauge::state::UnlikeStates>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    count: u64,
}

impl State for Count {
    type Measure = One;

    fn observe(&mut self, _: One) {
        self.count += 1;
    }

    fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        self.count += other.count;
        Ok(())
    }

    fn encode(&self, out: &mut Writer) {
        out.unsigned(self.count);
    }

    fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(Self { count: input.count()? })
    }

    fn figures(&self, _: Scale) -> Vec<Figure> {
        vec![Figure::Count { count: Some(self.count) }]
    }
}
