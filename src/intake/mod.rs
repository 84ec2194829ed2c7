//! Intake: CSV files in, records out, by a mapping file.

mod amount;
mod case;
mod check;
mod claim;
mod error;
mod event;
mod join;
mod mapping;
mod moment;
mod plan;
mod quarantine;
mod reader;
mod resolve;
mod section;
mod sink;
mod source;
mod table;
mod text;
mod value;
mod waybill;

pub use error::IntakeError;
pub use mapping::Mapping;
pub use quarantine::{Reason, SetAside};
pub use reader::{Intake, Reading, Strictness};
pub use table::MAX_ROW_BYTES;
