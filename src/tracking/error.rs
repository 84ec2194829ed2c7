use thiserror::Error;

use crate::codes::VocabularyError;

/// Why an answer could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TrackingError {
    /// Neither JSON nor XML, or broken.
    #[error("the answer is no JSON and no XML that can be read: {message}")]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// None of the shapes known.
    #[error(
        "the answer has none of the shapes known ({known}); bring it to the tracking form, a line of JSON a shipment, \
         with `number` and `scans`"
    )]
    UnknownShape {
        /// Their names.
        known: String,
    },
    /// A system named in a shipment that has no vocabulary.
    #[error("there is no vocabulary of `{system}`; leave the system out to have texts read, or name one of {known}")]
    UnknownSystem {
        /// What was named.
        system: String,
        /// The systems there are.
        known: String,
    },
    /// A vocabulary of this crate.
    #[error(transparent)]
    Vocabulary(#[from] VocabularyError),
}
