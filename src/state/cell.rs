use crate::outcome::{Outcome, Term};
use crate::record::{Instant, Text};

use super::wire::{Reader, WireError, Writer};
use super::{Evidence, Exemplar, Measure, Scale, State, Tally, UnlikeStates};

/// Open facts: how many, and since when they have been under way. Ages follow for any `as_of` without being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenAges {
    count: u64,
    since_count: u64,          // since_count <= count
    since_sum: i128,           // milliseconds
    earliest: Option<Instant>, // none iff since_count == 0
}

impl OpenAges {
    fn observe(&mut self, since: Option<Instant>) {
        self.count += 1;
        if let Some(since) = since {
            self.since_count += 1;
            self.since_sum += i128::from(since.as_millis());
            self.earliest = Some(self.earliest.map_or(since, |earliest| earliest.min(since)));
        }
    }

    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.since_count += other.since_count;
        self.since_sum += other.since_sum;
        self.earliest = [self.earliest, other.earliest].into_iter().flatten().min();
    }

    /// How many.
    #[must_use]
    pub fn count(self) -> u64 {
        self.count
    }

    /// Since when the oldest has been under way.
    #[must_use]
    pub fn earliest(self) -> Option<Instant> {
        self.earliest
    }

    /// Their mean age at an instant, in the KPI's unit.
    #[must_use]
    pub fn mean_age(self, as_of: Instant, scale: Scale) -> Option<f64> {
        let ages = i128::from(as_of.as_millis()) * i128::from(self.since_count) - self.since_sum;
        scale.quotient(ages, self.since_count.into())
    }

    fn encode(&self, out: &mut Writer) {
        out.unsigned(self.count);
        out.unsigned(self.since_count);
        if let Some(earliest) = self.earliest {
            out.signed(self.since_sum);
            out.signed(earliest.as_millis());
        }
    }

    fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        let mut ages = Self { count: input.count()?, since_count: input.count()?, ..Self::default() };
        if ages.since_count > ages.count {
            return Err(input.malformed("more ages than open facts"));
        }
        if ages.since_count > 0 {
            ages.since_sum = input.sum()?;
            let earliest = Instant::from_millis(input.signed()?);
            ages.earliest = Some(earliest.map_err(|_| input.malformed("an instant out of range"))?);
        }
        Ok(ages)
    }
}

/// A state in its frame: with the facts that are open, excluded and invalid, and the worst adverse ones on request.
///
/// Facts seen = measured + open + excluded + invalid.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell<S> {
    /// The decided facts.
    pub state: S,
    /// The undecided ones.
    pub open: OpenAges,
    /// Those not of the population, by reason.
    pub excluded: Tally,
    /// Those whose records cannot be used, by reason.
    pub invalid: Tally,
    /// What is to be known of the facts counted.
    pub notes: Tally,
    /// The worst adverse facts, where they were asked for.
    pub evidence: Option<Box<Evidence>>,
    seen: u64,
}

impl<S: State> Cell<S> {
    /// An empty cell around the identity, with room for so many exemplars.
    #[must_use]
    pub fn new(state: S, evidence: u32) -> Self {
        Self {
            state,
            open: OpenAges::default(),
            excluded: Tally::default(),
            invalid: Tally::default(),
            notes: Tally::default(),
            evidence: (evidence > 0).then(|| Box::new(Evidence::new(evidence))),
            seen: 0,
        }
    }

    /// Facts seen.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// Bytes of memory it takes, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let tallies = [&self.excluded, &self.invalid, &self.notes].map(Tally::heap_bytes);
        let evidence = self.evidence.as_ref().map_or(0, |kept| size_of::<Evidence>() + kept.heap_bytes());
        size_of::<Self>() + self.state.heap_bytes() + tallies.iter().sum::<usize>() + evidence
    }

    /// Undecided facts, those the state keeps under their keys included.
    #[must_use]
    pub fn open_count(&self) -> u64 {
        self.open.count() + self.state.open()
    }

    /// The adverse facts it can name, worst first; none where evidence was not asked for.
    #[must_use]
    pub fn exemplars(&self) -> Vec<Exemplar> {
        match &self.evidence {
            None => Vec::new(),
            Some(kept) => self.state.exemplars(kept.limit()).unwrap_or_else(|| kept.worst().to_vec()),
        }
    }

    /// Takes in what one fact means. `adverse` describes it, should its measure be adverse and evidence be kept.
    pub fn observe(
        &mut self,
        outcome: Outcome<S::Measure>,
        is_adverse: impl FnOnce(&S::Measure) -> bool,
        describe: impl FnOnce() -> (Text, Option<chrono::NaiveDate>),
    ) {
        self.seen += 1;
        match outcome {
            Outcome::Measured { measure, severity } => {
                if let Some(evidence) = &mut self.evidence
                    && is_adverse(&measure)
                {
                    evidence.observe(severity, || {
                        let (id, posted_on) = describe();
                        Exemplar { severity, id, posted_on, outcome: measure.kind() }
                    });
                }
                self.state.observe(measure);
            }
            Outcome::Open { since, .. } => self.open.observe(since),
            Outcome::Excluded(reason) => self.excluded.add(reason),
            Outcome::Invalid(reason) => self.invalid.add(reason),
        }
    }

    /// Adds a note.
    pub fn note(&mut self, note: &Term) {
        self.notes.add(*note);
    }

    /// Takes in another cell of the same KPI.
    ///
    /// # Errors
    /// [`UnlikeStates`] where the two count different things.
    pub fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        let limit = |cell: &Self| cell.evidence.as_ref().map_or(0, |evidence| evidence.limit());
        if limit(self) != limit(other) {
            return Err(UnlikeStates::new("evidence", limit(self), limit(other)));
        }
        self.state.merge(&other.state)?;
        if let (Some(ours), Some(theirs)) = (&mut self.evidence, &other.evidence) {
            ours.merge(theirs)?;
        }
        self.open.merge(&other.open);
        self.excluded.merge(&other.excluded);
        self.invalid.merge(&other.invalid);
        self.notes.merge(&other.notes);
        self.seen += other.seen;
        Ok(())
    }

    /// Writes it.
    pub fn encode(&self, out: &mut Writer) {
        out.unsigned(self.seen);
        self.state.encode(out);
        self.open.encode(out);
        self.excluded.encode(out);
        self.invalid.encode(out);
        self.notes.encode(out);
        out.option(self.evidence.as_ref(), |out, evidence| evidence.encode(out));
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(Self {
            seen: input.count()?,
            state: S::decode(input)?,
            open: OpenAges::decode(input)?,
            excluded: Tally::decode(input)?,
            invalid: Tally::decode(input)?,
            notes: Tally::decode(input)?,
            evidence: input.option(|input| Evidence::decode(input).map(Box::new))?,
        })
    }
}
