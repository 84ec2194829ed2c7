//! What a text says where the code does not: rules of words, one file a language.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Meaning, VocabularyError};

/// The language of the texts that come with codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub enum TextLanguage {
    /// Chinese.
    #[serde(rename = "zh")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "format")]
    _format: Format,
    #[serde(rename = "language")]
    _language: TextLanguage,
    #[serde(rename = "source")]
    _source: String,
    rules: Vec<[String; 2]>,
}

#[derive(Deserialize)]
enum Format {
    #[serde(rename = "parcelgauge.texts/1")]
    One,
}

#[derive(Debug)]
struct Rule {
    words: Vec<String>, // lower case; the whole pattern where it is English, which has blanks of its own
    meaning: Meaning,
}

impl TextLanguage {
    /// The meaning of the first rule that fits a text and that `allowed` lets pass.
    #[must_use]
    pub fn meaning(self, text: &str, allowed: impl Fn(Meaning) -> bool) -> Option<Meaning> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let fits = |rule: &&Rule| {
            rule.words.iter().all(|word| match word.strip_prefix('^') {
                Some(start) => text.starts_with(start),
                None => text.contains(word.as_str()),
            })
        };
        self.rules().iter().filter(|rule| allowed(rule.meaning)).find(fits).map(|rule| rule.meaning)
    }

    fn rules(self) -> &'static [Rule] {
        // A file that could not be read would leave its texts unread, and counted; a test reads both.
        static CHINESE: LazyLock<Vec<Rule>> = LazyLock::new(|| TextLanguage::Chinese.read().unwrap_or_default());
        static ENGLISH: LazyLock<Vec<Rule>> = LazyLock::new(|| TextLanguage::English.read().unwrap_or_default());
        match self {
            Self::Chinese => &CHINESE,
            Self::English => &ENGLISH,
        }
    }

    fn read(self) -> Result<Vec<Rule>, VocabularyError> {
        let text = match self {
            Self::Chinese => include_str!("data/texts_zh.toml"),
            Self::English => include_str!("data/texts_en.toml"),
        };
        let file: File =
            toml::from_str(text).map_err(|error| VocabularyError::Syntax { message: error.to_string() })?;
        let rule = |[pattern, name]: [String; 2]| {
            let words = match self {
                Self::Chinese => pattern.split(' ').map(str::to_lowercase).collect(),
                Self::English => vec![pattern.to_lowercase()],
            };
            let unknown =
                || VocabularyError::UnknownWord { code: pattern.clone(), word: name.clone(), expected: "meaning" };
            Ok(Rule { words, meaning: Meaning::named(&name).ok_or_else(unknown)? })
        };
        file.rules.into_iter().map(rule).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_words_can_be_read() {
        assert!(TextLanguage::Chinese.read().is_ok_and(|rules| rules.len() > 30));
        assert!(TextLanguage::English.read().is_ok_and(|rules| rules.len() > 50));
    }
}
