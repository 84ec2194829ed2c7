use thiserror::Error;

/// What is wrong with a vocabulary file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum VocabularyError {
    /// No TOML, or not of this format.
    #[error("the vocabulary cannot be read: {message}")]
    Syntax {
        /// What the parser says, with line and column.
        message: String,
    },
    /// A row with too few words.
    #[error("the row of `{code}` has {found} words; write [code, meaning, text] and what else there is")]
    ShortRow {
        /// Its code.
        code: String,
        /// How many.
        found: usize,
    },
    /// A code listed twice.
    #[error("`{code}` is listed twice; keep one row, and name its other meanings behind it")]
    Twice {
        /// The code.
        code: String,
    },
    /// A word that no closed set holds.
    #[error("`{code}`: `{word}` is no {expected}")]
    UnknownWord {
        /// The code in whose row it stands.
        code: String,
        /// The word.
        word: String,
        /// What was expected.
        expected: &'static str,
    },
}
