//! Refused settings.
//!
//! What this module does not do: a network once made never fails.

use chrono::NaiveDate;
use thiserror::Error;

use crate::record::RecordError;

/// A setting that no network can have: which field, the value, what is allowed, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SimulateError {
    /// A number outside its range.
    #[error("{field}: {value} is out of range; expected {least} to {most}; {remedy}")]
    OutOfRange {
        /// The setting.
        field: &'static str,
        /// The number given.
        value: u64,
        /// The least number allowed.
        least: u64,
        /// The greatest number allowed.
        most: u64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A first day outside the years in which Shanghai's offset is known to stand still.
    #[error("start: {start} is out of range; expected {earliest} to {latest}; choose a day of this century")]
    StartOutOfRange {
        /// The day given.
        start: NaiveDate,
        /// The earliest day allowed.
        earliest: NaiveDate,
        /// The latest day allowed.
        latest: NaiveDate,
    },
    /// A name of no rate.
    #[error("rate: `{name}` is unknown; expected a name that `Rate::name` gives, such as lost; check the spelling")]
    UnknownRate {
        /// The name given, cut to 200 characters.
        name: String,
    },
    /// Truths of unlike networks, which have no sum.
    #[error("truth: the parts are of unlike networks; expected the same settings; observe parts of one network")]
    UnlikeNetworks,
    /// A name that no record may hold.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl SimulateError {
    /// Lets a number pass that lies in its range.
    pub(super) fn within(
        field: &'static str,
        value: u64,
        (least, most): (u64, u64),
        remedy: &'static str,
    ) -> Result<(), Self> {
        if (least..=most).contains(&value) {
            Ok(())
        } else {
            Err(Self::OutOfRange { field, value, least, most, remedy })
        }
    }
}
