use serde::Deserialize;

/// How well a vocabulary is attested. What was seen in no source is in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// The issuer's own page or file.
    Primary,
    /// Copies and pages of others.
    Secondary,
}
