use thiserror::Error;

/// Why a key makes no pseudonyms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PseudonymError {
    /// It can be guessed.
    #[error("a key of {bytes} bytes can be guessed; give 16 or more, drawn at random and kept secret")]
    ShortKey {
        /// Its length.
        bytes: usize,
    },
}
