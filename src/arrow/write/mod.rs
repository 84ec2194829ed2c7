//! Records as rows of record batches of the published schemas.

mod batches;
mod builder;
mod cells;
mod error;
mod further;
mod operations;
mod rows;

pub use batches::record_batches;
pub(crate) use builder::{TableBuilder, TableRow};
pub(crate) use cells::{Cell, Cells};
pub use error::ArrowOutputError;
pub use further::FurtherColumns;
pub(crate) use rows::{CaseStepRow, ClaimStepRow, MoveRow, Numbered, PaymentRow};
