//! The columns of one batch of each table, checked as a whole, and its rows as records.
//!
//! A row becomes a record by the same checks in the same order as on the way in from CSV files, so that a bad row has the
//! same reason on both ways.

mod case;
mod claim;
mod event;
mod money;
mod operations;
mod promise;
mod rating;
mod step;
mod take;
mod waybill;
mod whose;
mod work;

pub(crate) use event::EventColumns;
pub(crate) use money::MoneyColumns;
pub(crate) use promise::{PromiseColumns, PromiseMoveColumns};
pub(crate) use take::{TakeRows, take_table};
pub(crate) use waybill::WaybillColumns;
pub(crate) use whose::WhoseColumns;
