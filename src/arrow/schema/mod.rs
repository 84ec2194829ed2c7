//! Published schemas: which columns a table of records has, of which types, and what they mean.

mod field;
mod fields;
mod kind;
mod table;

pub use field::{Field, Presence};
pub use kind::FieldKind;
pub(crate) use table::{ATTRIBUTES, STAGE_PLANS};
pub use table::{ColumnUse, Table};
