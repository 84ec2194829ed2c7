//! Reads codes by a vocabulary, and keeps account of those it does not know.

use std::collections::BTreeMap;

use super::{Code, CodePolicies, Meaning, Sense, Vocabulary, party_of};
use crate::record::{Party, Responsible};

/// Reads the codes of one system.
///
/// A code decides. Where a code is used for several things, its text may tell which, among those that its row names.
/// Where there is no code, or one the vocabulary lacks, the text alone is read. A code it lacks is counted, also where
/// its text could be read.
///
/// ```
/// use parcelgauge::codes::{CodePolicies, Decoder, Meaning, System};
/// let mut decoder = Decoder::new(System::Kuaidi100.vocabulary()?, CodePolicies::default());
/// assert_eq!(decoder.decode(Some("301"), None, None).meaning, Some(Meaning::Delivered));
/// assert_eq!(decoder.decode(Some("0"), Some("【天津转运中心】 已发出"), None).meaning, Some(Meaning::DepartedHub));
/// assert_eq!(decoder.decode(Some("3011"), None, None).meaning, None);
/// let unknown = decoder.unknown().next();
/// assert!(unknown.is_some_and(|code| code.count == 1 && code.suggestion.as_deref() == Some("301: delivered")));
/// # Ok::<(), parcelgauge::codes::VocabularyError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Decoder<'v> {
    vocabulary: &'v Vocabulary,
    policies: CodePolicies,
    unknown: BTreeMap<String, (u64, Option<String>)>,
}

/// What one code was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded {
    /// What it means; none where neither code nor text is known.
    pub meaning: Option<Meaning>,
    /// Which node that is under the decoder's policies.
    pub sense: Sense,
    /// Who answers for it, where code or reason tell.
    pub responsible: Option<Responsible>,
}

impl Decoded {
    /// On whose account the scan stands.
    #[must_use]
    pub fn party(&self) -> Option<Party> {
        self.responsible.as_ref().and_then(party_of)
    }
}

/// A code that the vocabulary lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownCode<'d> {
    /// The code, or the text where there was none.
    pub code: &'d str,
    /// How often it came.
    pub count: u64,
    /// What it may be: what its text says, else the nearest code. A proposal, never applied.
    pub suggestion: Option<String>,
}

impl<'v> Decoder<'v> {
    /// A decoder that has read nothing yet.
    #[must_use]
    pub fn new(vocabulary: &'v Vocabulary, policies: CodePolicies) -> Self {
        Self { vocabulary, policies, unknown: BTreeMap::new() }
    }

    /// The policies it reads by.
    #[must_use]
    pub fn policies(&self) -> CodePolicies {
        self.policies
    }

    /// Reads one scan: its code, its text, and the reason told with it.
    pub fn decode(&mut self, code: Option<&str>, text: Option<&str>, reason: Option<&str>) -> Decoded {
        let listed = code.and_then(|code| self.vocabulary.code(code));
        let reason = reason.and_then(|reason| self.vocabulary.reason(reason));
        let language = self.vocabulary.language;
        let meaning = match listed {
            Some(Code { meaning, also, .. }) if also.is_empty() => Some(*meaning),
            Some(listed) => {
                let told = reason.map(|reason| reason.meaning).filter(|&meaning| listed.may_mean(meaning));
                let read = || text.and_then(|text| language.meaning(text, |meaning| listed.may_mean(meaning)));
                Some(told.or_else(read).unwrap_or(listed.meaning))
            }
            None => text.and_then(|text| language.meaning(text, |_| true)),
        };
        match (code, listed) {
            (Some(code), None) => self.miss(code, meaning),
            (None, _) if meaning.is_none() => self.miss(text.unwrap_or_default(), None),
            _ => {}
        }
        let by_code = || listed.and_then(|code| code.responsible.clone());
        Decoded {
            meaning,
            sense: meaning.map_or(Sense::NoNode, |meaning| meaning.sense(self.policies)),
            responsible: reason.map(|reason| reason.responsible.clone()).or_else(by_code),
        }
    }

    fn miss(&mut self, code: &str, read: Option<Meaning>) {
        let told = self.unknown.entry(code.to_owned()).or_default();
        told.0 += 1;
        told.1 = told.1.take().or_else(|| read.map(|meaning| format!("by its text {}", meaning.name())));
    }

    /// The codes it did not know, ascending. Where there was no code it is the text, which may hold names and numbers of
    /// people: a list for those who keep the vocabulary, not for reports.
    pub fn unknown(&self) -> impl Iterator<Item = UnknownCode<'_>> {
        self.unknown.iter().map(|(code, (count, by_text))| UnknownCode {
            code,
            count: *count,
            suggestion: by_text.clone().or_else(|| self.nearest(code)),
        })
    }

    /// The listed code within the fewest changes of letters, and of no more than a third of them.
    fn nearest(&self, code: &str) -> Option<String> {
        const LONGEST: usize = 64; // beyond it is a text, not a code
        let length = code.chars().count();
        if length == 0 || length > LONGEST {
            return None;
        }
        let all = self.vocabulary.codes().map(|(name, listed)| (distance(code, name), name, listed));
        let (changes, name, listed) = all.min_by_key(|&(changes, name, _)| (changes, name))?;
        (changes * 3 <= length).then(|| format!("{name}: {}", listed.meaning.name()))
    }
}

/// Changes of single letters between two codes, whatever their case: insertions, deletions, replacements.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, &against) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != against);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}
