//! In the place of Parquet where the example was built without it.

use std::error::Error;
use std::path::Path;

use parcelgauge::cube::Plan;

use crate::arguments::Arguments;
use crate::job::Measured;

/// Says how to build it with Parquet.
pub fn measured(_: &Arguments, _: &Path, _: &Plan) -> Result<Measured, Box<dyn Error>> {
    Err("--data without --mapping reads Parquet files: run with `--features parquet`, or give the mapping of CSV files"
        .into())
}
