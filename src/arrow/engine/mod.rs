//! The columnar engine: rows in any order → packed → scattered by waybill → folded partition by partition, in cache.
//!
//! [`Columnar`] takes rows in and hands a [`Fold`](crate::cube::Fold) out. Nothing is computed here: facts are assembled and
//! observed by the code of the row path, block by block; what differs is only how rows are kept until then.
//!
//! ```text
//! batches → shard (one a thread: codes for texts, 20 bytes a scan, a word a field of a waybill)
//!         → share of one of 1,024 partitions, by the hash of the waybill's number
//!         → places of waybills, scans side by side → Assembly → Fold
//! ```
//! Numbers are found by hash and told apart by comparing; no hash is trusted. Nothing depends on the order of rows, the number
//! of threads or the partition a waybill falls into.
//!
//! Memory is 20 bytes a scan (48 where it does not fit the narrow form, and the bytes of its number where that is a text),
//! about 4 bytes a field of a waybill, the facts of the partitions in work, and the cells ([`Fold::bytes`]). Above the caller's
//! limit packed rows go to temporary files, and come back a partition at a time; a plan whose cells find no room is refused.
//! Other tables are held as records, whatever the limit, and KPIs that look back hold the orders of all waybills besides. Where
//! consignments are counted there is one partition, so that all facts are made at once.
//!
//! [`Fold::bytes`]: crate::cube::Fold::bytes
//!
//! # Cubes
//! [`Columnar::finish_cube`] folds the same rows into a [`Cube`](crate::cube::Cube), one fold of days a source partition.
//! When records arrive, [`Cube::dirty`](crate::cube::Cube::dirty) names the partitions they touch, and
//! [`Columnar::replace_in`] folds these again from all their rows: the cost is that of these partitions alone. New rows that
//! come as batches are made records by [`BatchIntake`](crate::arrow::BatchIntake); they tell the posting day of their
//! waybills, or come with these.
//!
//! What this room does not do: it stores no cube: `write_cube` does, with the feature `parquet`.

mod allowance;
mod chunks;
mod codes;
mod columnar;
mod days;
mod dictionary;
#[cfg(feature = "parquet")]
mod files;
mod into_cube;
mod name;
mod needs;
mod packed_event;
mod packed_waybill;
mod packer;
mod part;
mod partition;
mod places;
mod referred;
mod shard;
mod spill;
mod threads;
mod vocabulary;

pub use columnar::{Columnar, Folded};
pub use into_cube::{FoldedCube, Replaced};
