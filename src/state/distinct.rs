use std::collections::BTreeMap;

use crate::outcome::Severity;
use crate::record::{Instant, Text};
use crate::stats::{Level, wilson};

use super::monoid::tree_bytes;
use super::wire::{Reader, WireError, Writer};
use super::{Exemplar, Figure, Measure, MeasureKind, Scale, State, UnlikeStates};

/// How the latest order of a customer stands. Of entries alike in instant and id the hit holds: one of them follows the
/// other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Undecided.
    Open,
    /// In the denominator only.
    Miss,
    /// In the numerator.
    Hit,
}

/// One key's latest entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Latest {
    /// The instant; the later one holds.
    pub at: Instant,
    /// The identifier; of equal instants the greater one holds.
    pub id: Text,
    /// How it stands.
    pub standing: Standing,
    /// Whose entry it is.
    pub key: Text,
}

impl Measure for Latest {
    fn kind(&self) -> MeasureKind {
        match self.standing {
            Standing::Hit => MeasureKind::Hit,
            Standing::Miss => MeasureKind::Miss,
            Standing::Open => MeasureKind::Open,
        }
    }
}

/// A share over distinct keys, each judged by its latest entry in the window.
///
/// It holds every key: that is the price of counting each once across days. Windows are merges all the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Distinct {
    latest: BTreeMap<Text, (Instant, Text, Standing)>,
}

impl Distinct {
    /// How many keys stand so.
    #[must_use]
    pub fn count(&self, standing: Standing) -> u64 {
        self.latest.values().filter(|entry| entry.2 == standing).count() as u64
    }

    fn put(&mut self, key: &Text, entry: &(Instant, Text, Standing)) {
        match self.latest.get_mut(key) {
            Some(held) if *held >= *entry => {}
            Some(held) => held.clone_from(entry),
            None => {
                self.latest.insert(key.clone(), entry.clone());
            }
        }
    }
}

impl State for Distinct {
    fn heap_bytes(&self) -> usize {
        tree_bytes::<Text, (Instant, Text, Standing)>(self.latest.len())
    }

    type Measure = Latest;

    fn observe(&mut self, measure: Latest) {
        self.put(&measure.key, &(measure.at, measure.id, measure.standing));
    }

    fn merge(&mut self, other: &Self) -> Result<(), UnlikeStates> {
        for (key, entry) in &other.latest {
            self.put(key, entry);
        }
        Ok(())
    }

    fn encode(&self, out: &mut Writer) {
        out.length(self.latest.len());
        for (key, (at, id, standing)) in &self.latest {
            out.text(key);
            out.signed(at.as_millis());
            out.text(id);
            out.unsigned(*standing as u8);
        }
    }

    fn decode(input: &mut Reader<'_>) -> Result<Self, WireError> {
        let mut latest: BTreeMap<Text, _> = BTreeMap::new();
        for _ in 0..input.length()? {
            let key: Text = input.text()?.into();
            let at = Instant::from_millis(input.signed()?).map_err(|_| input.malformed("an instant out of range"))?;
            let id: Text = input.text()?.into();
            let standing = match input.unsigned()? {
                0 => Standing::Open,
                1 => Standing::Miss,
                2 => Standing::Hit,
                _ => return Err(input.malformed("no such standing")),
            };
            if latest.last_key_value().is_some_and(|(last, _)| *last >= key) {
                return Err(input.malformed("keys out of order"));
            }
            latest.insert(key, (at, id, standing));
        }
        Ok(Self { latest })
    }

    fn open(&self) -> u64 {
        self.count(Standing::Open)
    }

    fn exemplars(&self, limit: u32) -> Option<Vec<Exemplar>> {
        // Which entry is the latest is known only here, when all are merged.
        let mut missed: Vec<&Text> =
            self.latest.values().filter(|entry| entry.2 == Standing::Miss).map(|entry| &entry.1).collect();
        missed.sort_unstable();
        missed.truncate(limit as usize);
        let exemplar = |id: &Text| Exemplar {
            severity: Severity::Unranked,
            id: id.clone(),
            posted_on: None,
            outcome: MeasureKind::Miss,
        };
        Some(missed.into_iter().map(exemplar).collect())
    }

    fn figures(&self, _: Scale) -> Vec<Figure> {
        let (hit, miss) = (self.count(Standing::Hit), self.count(Standing::Miss));
        vec![Figure::Share {
            hit,
            miss,
            value: Scale::ONE.quotient(hit.into(), i128::from(hit) + i128::from(miss)),
            interval: wilson(hit, miss, Level::NinetyFive),
        }]
    }
}
