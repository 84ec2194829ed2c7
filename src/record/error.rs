use thiserror::Error;

/// A value that no record may hold: which field, the value, what is allowed, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{field}: `{value}` is not allowed; expected {allowed}; {remedy}")]
#[non_exhaustive]
pub struct RecordError {
    /// The field, in the words of the record's documentation.
    pub field: &'static str,
    /// The value found, cut to 200 characters.
    pub value: String,
    /// The range or set that is allowed.
    pub allowed: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

impl RecordError {
    /// States what is wrong.
    #[must_use]
    pub fn new(field: &'static str, value: impl ToString, allowed: &'static str, remedy: &'static str) -> Self {
        let mut value = value.to_string();
        if let Some((cut, _)) = value.char_indices().nth(200) {
            value.truncate(cut);
            value.push('…');
        }
        Self { field, value, allowed, remedy }
    }
}
