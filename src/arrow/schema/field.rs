use super::FieldKind;

/// Whether a table can do without a column, and a row without its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// The column must be there and may hold no null.
    Required,
    /// The column may be missing, and may hold nulls.
    Optional,
}

/// One column of a published schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// The column's name.
    pub name: &'static str,
    /// What it holds, and so which types it may have.
    pub kind: FieldKind,
    /// Whether it may be missing or null.
    pub presence: Presence,
    /// What its values mean.
    pub meaning: &'static str,
}

impl Field {
    pub(super) const fn required(name: &'static str, kind: FieldKind, meaning: &'static str) -> Self {
        Self { name, kind, presence: Presence::Required, meaning }
    }

    pub(super) const fn optional(name: &'static str, kind: FieldKind, meaning: &'static str) -> Self {
        Self { name, kind, presence: Presence::Optional, meaning }
    }
}
