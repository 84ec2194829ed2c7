//! One system's codes.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Deserialize;

use super::responsibility::of_word;
use super::{Grade, Meaning, TextLanguage, VocabularyError};
use crate::record::Responsible;

/// A system's codes and reasons, as they were published. Those that come with the crate are in [`System`](super::System);
/// whoever has one of their own writes a file of the same format and parses it.
///
/// ```
/// use parcelgauge::codes::{Meaning, Vocabulary};
/// let own: Vocabulary = r#"
/// format = "parcelgauge.vocabulary/1"
/// system = "our_wms"
/// title = "Scan codes of our warehouse"
/// version = "2026-10"
/// source = "manual, page 12"
/// grade = "primary"
/// language = "en"
/// codes = [["50", "picked_up", "in"], ["80", "delivered", "out"]]
/// "#.parse()?;
/// assert_eq!(own.code("80").map(|code| code.meaning), Some(Meaning::Delivered));
/// # Ok::<(), parcelgauge::codes::VocabularyError>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Vocabulary {
    /// Its short name: `kuaidi100`.
    pub system: String,
    /// What it is.
    pub title: String,
    /// Of which edition.
    pub version: String,
    /// Where it was read.
    pub source: String,
    /// How well that attests it.
    pub grade: Grade,
    /// The language of its texts.
    pub language: TextLanguage,
    codes: BTreeMap<String, Code>,
    aliases: BTreeMap<String, String>, // to codes that there are
    reasons: BTreeMap<String, Reason>,
}

/// One code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Code {
    /// What it means, unless its text says otherwise.
    pub meaning: Meaning,
    /// What else it is used for; only a text can tell.
    pub also: Vec<Meaning>,
    /// Its text in the source.
    pub text: String,
    /// Who answers for it, where the code alone tells.
    pub responsible: Option<Responsible>,
}

/// One reason code: why something happened, beside the code of what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason {
    /// Who answers for it.
    pub responsible: Responsible,
    /// What it says of the parcel.
    pub meaning: Meaning,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "format")]
    _format: Format,
    system: String,
    title: String,
    version: String,
    source: String,
    grade: Grade,
    language: TextLanguage,
    #[serde(default)]
    codes: Vec<Vec<String>>,
    #[serde(default)]
    aliases: Vec<[String; 2]>,
    #[serde(default)]
    reasons: Vec<[String; 3]>,
}

#[derive(Deserialize)]
enum Format {
    #[serde(rename = "parcelgauge.vocabulary/1")]
    One,
}

impl Vocabulary {
    /// One without codes, for carriers that publish none: the texts alone are read.
    #[must_use]
    pub fn of_texts(language: TextLanguage) -> Self {
        Self {
            system: "texts".to_owned(),
            title: "Texts without codes".to_owned(),
            version: "1".to_owned(),
            source: "this crate's rules of words".to_owned(),
            grade: Grade::Secondary,
            language,
            codes: BTreeMap::new(),
            aliases: BTreeMap::new(),
            reasons: BTreeMap::new(),
        }
    }

    /// A code of its list, or of another name for one.
    #[must_use]
    pub fn code(&self, code: &str) -> Option<&Code> {
        let code = self.aliases.get(code).map_or(code, String::as_str);
        self.codes.get(code)
    }

    /// A reason of its list.
    #[must_use]
    pub fn reason(&self, reason: &str) -> Option<&Reason> {
        self.reasons.get(reason)
    }

    /// Its codes with their names, ascending by name.
    pub fn codes(&self) -> impl ExactSizeIterator<Item = (&str, &Code)> {
        self.codes.iter().map(|(name, code)| (name.as_str(), code))
    }

    /// Its reasons with their names, ascending by name.
    pub fn reasons(&self) -> impl ExactSizeIterator<Item = (&str, &Reason)> {
        self.reasons.iter().map(|(name, reason)| (name.as_str(), reason))
    }

    /// Other names of codes, ascending, each with the code.
    pub fn aliases(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.aliases.iter().map(|(alias, code)| (alias.as_str(), code.as_str()))
    }
}

fn meaning(code: &str, word: &str) -> Result<Meaning, VocabularyError> {
    let unknown = || VocabularyError::UnknownWord { code: code.into(), word: word.into(), expected: "meaning" };
    Meaning::named(word).ok_or_else(unknown)
}

fn responsible(code: &str, word: &str) -> Result<Responsible, VocabularyError> {
    let expected = "responsible party";
    of_word(word).ok_or_else(|| VocabularyError::UnknownWord { code: code.into(), word: word.into(), expected })
}

/// Puts a row into its table, once.
fn list<V>(table: &mut BTreeMap<String, V>, code: String, value: V) -> Result<(), VocabularyError> {
    if table.contains_key(&code) {
        return Err(VocabularyError::Twice { code });
    }
    table.insert(code, value);
    Ok(())
}

impl Code {
    fn of_row(row: &[String]) -> Result<Self, VocabularyError> {
        let [code, first, text, rest @ ..] = row else {
            let code = row.first().cloned().unwrap_or_default();
            return Err(VocabularyError::ShortRow { code, found: row.len() });
        };
        let party = rest.first().filter(|word| !word.is_empty());
        Ok(Self {
            meaning: meaning(code, first)?,
            also: rest.iter().skip(1).map(|word| meaning(code, word)).collect::<Result<_, _>>()?,
            text: text.clone(),
            responsible: party.map(|word| responsible(code, word)).transpose()?,
        })
    }

    /// Whether it is used for a meaning.
    #[must_use]
    pub fn may_mean(&self, meaning: Meaning) -> bool {
        self.meaning == meaning || self.also.contains(&meaning)
    }
}

/// Reads a file: `format = "parcelgauge.vocabulary/1"`, `system`, `title`, `version`, `source`, `grade` (`primary`,
/// `secondary`), `language` (`zh`, `en`), and lists of
///
/// - `codes`: `[code, meaning, text]`, then the responsible party or `""`, then what else the code is used for;
/// - `aliases`: `[other name, code]`;
/// - `reasons`: `[reason, responsible party, meaning]`.
///
/// A party is `carrier`, `recipient`, `customs`, `force_majeure`, `unknown`, or `shipper.late_hand_over`, `shipper.packing`,
/// `shipper.address`, `shipper.prohibited`, `shipper.other`.
impl FromStr for Vocabulary {
    type Err = VocabularyError;

    fn from_str(text: &str) -> Result<Self, VocabularyError> {
        let file: File =
            toml::from_str(text).map_err(|error| VocabularyError::Syntax { message: error.to_string() })?;
        let (mut codes, mut aliases, mut reasons) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for row in file.codes {
            let code = Code::of_row(&row)?;
            list(&mut codes, row.into_iter().next().unwrap_or_default(), code)?;
        }
        for [alias, code] in file.aliases {
            if codes.contains_key(&alias) {
                return Err(VocabularyError::Twice { code: alias });
            }
            if !codes.contains_key(&code) {
                return Err(VocabularyError::UnknownWord { code: alias, word: code, expected: "code of the list" });
            }
            list(&mut aliases, alias, code)?;
        }
        for [reason, party, word] in file.reasons {
            let entry = Reason { responsible: responsible(&reason, &party)?, meaning: meaning(&reason, &word)? };
            list(&mut reasons, reason, entry)?;
        }
        let File { system, title, version, source, grade, language, .. } = file;
        Ok(Self { system, title, version, source, grade, language, codes, aliases, reasons })
    }
}
