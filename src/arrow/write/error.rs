use arrow_schema::ArrowError;
use thiserror::Error;

/// Why records or results cannot be written as record batches.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ArrowOutputError {
    /// A waybill has an attribute or a stage plan for which no column was made.
    #[error(
        "the waybill {waybill} has `{name}`, for which there is no column; name all attributes and stage plans in \
         `FurtherColumns` before the first row is written"
    )]
    UnforeseenColumn {
        /// The waybill's key.
        waybill: String,
        /// The attribute, or the key of the stage plan.
        name: String,
    },
    /// A number that the schema's type cannot hold.
    #[error("{field}: {value} is not allowed; expected at most {most}; correct the record")]
    OutOfRange {
        /// The column.
        field: &'static str,
        /// The number.
        value: i128,
        /// The greatest number that the type holds.
        most: i128,
    },
    /// Arrow refuses a batch.
    #[error("a record batch cannot be made: {0}; write fewer rows a batch")]
    Arrow(#[from] ArrowError),
}
