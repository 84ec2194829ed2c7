use std::collections::HashMap;

use arrow_array::Array;
use arrow_buffer::ScalarBuffer;
use serde::de::DeserializeOwned;
use serde::de::value::{Error as ValueError, StrDeserializer};

use super::nulls::Nulls;
use super::words::{Key, Words};
use super::{Column, Unfit};
use crate::intake::quarantine::Reason;
use crate::record::{
    Activity, Actor, CaseAction, CaseClass, Channel, ClaimAction, Consent, CostKind, Currency, Decision, Flow,
    LossKind, Mover, NodeKind, Party, RatingAspect, RatingQuestion, RosterStanding, Zone,
};

/// A closed set of values with names: those of the records' own serialisation.
pub(crate) trait Closed: DeserializeOwned + Copy {
    /// Why a row with another name is set aside.
    const UNKNOWN: Reason = Reason::UnknownValue;
}

impl Closed for NodeKind {
    const UNKNOWN: Reason = Reason::UnknownStatus;
}
impl Closed for CostKind {
    const UNKNOWN: Reason = Reason::UnknownStatus;
}
impl Closed for Zone {
    const UNKNOWN: Reason = Reason::UnknownZone;
}
impl Closed for Currency {
    const UNKNOWN: Reason = Reason::InvalidCurrency;
}
impl Closed for Activity {}
impl Closed for Actor {}
impl Closed for CaseAction {
    const UNKNOWN: Reason = Reason::UnknownStatus;
}
impl Closed for Channel {}
impl Closed for ClaimAction {
    const UNKNOWN: Reason = Reason::UnknownStatus;
}
impl Closed for CaseClass {}
impl Closed for Consent {}
impl Closed for Decision {}
impl Closed for Flow {}
impl Closed for LossKind {}
impl Closed for Mover {}
impl Closed for Party {}
impl Closed for RatingAspect {}
impl Closed for RatingQuestion {}
impl Closed for RosterStanding {}

fn parse<T: Closed>(name: &str) -> Result<T, ValueError> {
    T::deserialize(StrDeserializer::<ValueError>::new(name))
}

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning<T> {
    /// This value.
    Known(T),
    /// Nothing: it is null or empty.
    Nothing,
    /// It is no name of the set.
    Unknown,
}

/// Names of a closed set. Each name is read once a batch, however many rows bear it.
#[derive(Debug, Clone)]
pub(crate) struct Codes<T> {
    words: Words,
    codes: ScalarBuffer<u32>,
    meanings: Vec<Meaning<T>>,
    nulls: Nulls,
}

impl<T: Copy> Codes<T> {
    /// Takes a column of texts, each of which is parsed once.
    pub(super) fn parsed(array: &dyn Array, parse: impl Fn(&str) -> Option<T>) -> Result<Self, Unfit> {
        let words = Words::of(array)?;
        if !words.is_text() {
            return Err(Unfit::Type);
        }
        let meaning = |key: Option<Key<'_>>| match key {
            Some(Key::Text(text)) => parse(text).map_or(Meaning::Unknown, Meaning::Known),
            Some(Key::Integer(_) | Key::Large(_)) => Meaning::Unknown,
            None => Meaning::Nothing,
        };
        let (codes, meanings) = match (words.codes(), words.dictionary()) {
            (Some(codes), Some(values)) => (codes.clone(), values.map(meaning).collect()),
            _ => {
                let (codes, names) = distinct(&words, array.len());
                let keys = names.into_iter().map(|name| (!name.is_empty()).then_some(Key::Text(name)));
                (codes.into(), keys.map(meaning).collect())
            }
        };
        Ok(Self { codes, meanings, nulls: Nulls::of(array), words })
    }

    /// What the name in a row means.
    pub(super) fn meaning_at(&self, row: usize) -> Meaning<T> {
        if self.nulls.holds(row) { Meaning::Nothing } else { self.meanings[self.codes[row] as usize] }
    }

    /// The name in a row, for people.
    pub(super) fn name_at(&self, row: usize) -> String {
        self.words.shown(row)
    }
}

/// Makes a dictionary of a plain column: its codes by row, and its names in the order of their first row.
fn distinct(words: &Words, rows: usize) -> (Vec<u32>, Vec<&str>) {
    let (mut codes, mut names) = (Vec::with_capacity(rows), Vec::new());
    let mut known: HashMap<&str, u32> = HashMap::new();
    // The names of a set differ in length or in an end, as a rule: one look here saves the hash of the whole name.
    let mut recent = [0_u32; 256];
    for row in 0..rows {
        let name = match words.key_at(row) {
            Some(Key::Text(name)) => name,
            _ => "",
        };
        let bytes = name.as_bytes();
        let ends =
            bytes.first().zip(bytes.last()).map_or(0, |(&first, &last)| usize::from(first) ^ (usize::from(last) * 3));
        let place = (ends ^ (bytes.len() * 11)) % recent.len();
        let code = if names.get(recent[place] as usize) == Some(&name) {
            recent[place]
        } else {
            *known.entry(name).or_insert_with(|| {
                names.push(name);
                names.len() as u32 - 1
            })
        };
        recent[place] = code;
        codes.push(code);
    }
    (codes, names)
}

impl<T: Closed> Column for Codes<T> {
    type Value<'a>
        = T
    where
        T: 'a;

    fn of(array: &dyn Array) -> Result<Self, Unfit> {
        Self::parsed(array, |name| parse(name).ok())
    }

    fn at(&self, row: usize) -> Result<Option<T>, Reason> {
        match self.meaning_at(row) {
            Meaning::Known(value) => Ok(Some(value)),
            Meaning::Nothing => Ok(None),
            Meaning::Unknown => Err(T::UNKNOWN),
        }
    }

    fn shown(&self, row: usize) -> String {
        self.name_at(row)
    }

    fn expected(&self, row: usize) -> String {
        // The message of the records' own serialisation lists the names there are.
        let told = parse::<T>(&self.words.shown(row)).err().map(|error| error.to_string());
        told.unwrap_or_else(|| "expected a name of the closed set".to_owned()) + "; write one of its names"
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::types::{Int16Type, Int32Type};
    use arrow_array::{DictionaryArray, StringArray};

    use super::*;

    #[test]
    fn plain_and_dictionary_columns_have_codes_alike() {
        let names = [Some("held"), None, Some("lost"), Some("lost"), Some("warped"), Some(""), Some("held")];
        let plain = Codes::<NodeKind>::of(&StringArray::from(names.to_vec())).unwrap();
        let short = Codes::<NodeKind>::of(&names.into_iter().collect::<DictionaryArray<Int16Type>>()).unwrap();
        let long: DictionaryArray<Int32Type> = [None, Some("lost")].into_iter().chain(names).collect();
        let long = Codes::<NodeKind>::of(&long.slice(2, names.len())).unwrap();
        for codes in [plain, short, long] {
            let told: Vec<_> = (0..names.len())
                .map(|row| (!codes.nulls.holds(row)).then(|| codes.meanings[codes.codes[row] as usize]))
                .collect();
            let (held, lost) = (Some(Meaning::Known(NodeKind::Held)), Some(Meaning::Known(NodeKind::Lost)));
            assert_eq!(told, [held, None, lost, lost, Some(Meaning::Unknown), Some(Meaning::Nothing), held]);
            let values: Vec<_> = (0..names.len()).map(|row| codes.at(row)).collect();
            let (held, lost) = (Ok(Some(NodeKind::Held)), Ok(Some(NodeKind::Lost)));
            assert_eq!(values, [held, Ok(None), lost, lost, Err(Reason::UnknownStatus), Ok(None), held]);
        }
    }

    #[test]
    fn each_name_is_read_once_however_many_rows_bear_it() {
        let names: Vec<&str> = (0..1_000).map(|row| NodeKind::ALL[row % 26].name()).collect();
        let codes = Codes::<NodeKind>::of(&StringArray::from(names)).unwrap();
        assert_eq!(codes.meanings.len(), 26);
        assert!((0..1_000).all(|row| codes.at(row) == Ok(Some(NodeKind::ALL[row % 26]))));
    }
}
