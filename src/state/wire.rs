//! One documented layout for everything that is kept: little-endian base-128 varints.
//!
//! | value | layout |
//! | --- | --- |
//! | unsigned | 7 bits a byte, low first, the high bit says that more follow; the shortest form only |
//! | signed | zigzag (0, −1, 1, −2 …), then as unsigned |
//! | count, sum | as unsigned up to 2^48, as signed within ±2^111 |
//! | text | length in bytes as unsigned, then UTF-8 |
//! | option | 0, or 1 and the value |
//! | map, list | length as unsigned, then the entries in ascending order of key |
//! | instant | milliseconds since 1970-01-01T00:00Z as signed |
//! | day | days from 0001-01-01, which is day 1, as signed |
//!
//! Equal states have equal bytes, since there is one way to write each value. Whoever stores states puts
//! [`FORMAT`] in front, whoever stores cubes [`CUBE_FORMAT`]; the number grows with any change of layout, and older ones
//! stay readable.
//!
//! What this page does not do: no compression, no I/O.

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

use crate::record::{Instant, date_from_ce};

/// What stored states begin with: `PGS` and the number of the layout.
pub const FORMAT: [u8; 4] = *b"PGS\x01";
/// What stored cubes begin with: `PGC` and the number of the layout.
pub const CUBE_FORMAT: [u8; 4] = *b"PGC\x01";

/// The greatest count that is read: more facts than there will be.
const GREATEST_COUNT: u64 = 1 << 48;
/// The greatest sum that is read: [`GREATEST_COUNT`] times the greatest number of 64 bits.
const GREATEST_SUM: u128 = 1 << 111;

/// Bytes that are no state.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WireError {
    /// The bytes end in the middle of a value.
    #[error("the bytes end at {at} in the middle of a value; the file is cut, take it from its source again")]
    Cut {
        /// Offset in bytes.
        at: usize,
    },
    /// A value that this layout cannot hold there.
    #[error("at byte {at}: {what}; the file is damaged or of another format")]
    Malformed {
        /// Offset in bytes.
        at: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// Bytes left over.
    #[error("{count} bytes are left over; the file is damaged or of another format")]
    Trailing {
        /// How many.
        count: usize,
    },
    /// Another format or a newer one.
    #[error("the bytes begin with {found:?}, expected {expected:?}; read them with the version that wrote them")]
    Format {
        /// What they begin with.
        found: Vec<u8>,
        /// What they should begin with.
        expected: [u8; 4],
    },
    /// Bytes that are not those that were written.
    #[error("the bytes are not those of their checksum; the file is cut or damaged, take it from its source again")]
    Damaged,
    /// A state of another KPI, version or parameters.
    #[error("the state is of `{found}`, expected `{expected}`; recompute it or ask for the KPI it is of")]
    OtherKpi {
        /// What it is of.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// Cells that should be there and are not.
    #[error("{cells} cells are missing; the file is cut or damaged, take it from its source again")]
    Missing {
        /// How many.
        cells: u64,
    },
    /// States of another plan.
    #[error(
        "the {part} of the states are `{found}`, expected `{expected}`; ask for the plan they are of, or fold anew"
    )]
    OtherPlan {
        /// What of the plan differs.
        part: &'static str,
        /// What they are of.
        found: String,
        /// What was expected.
        expected: String,
    },
}

/// A checksum of bytes, FNV-1a of 64 bits: any change of one byte is found, other damage but for a chance in 2^64.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    bytes.iter().fold(BASIS, |sum, &byte| (sum ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// Writes values into bytes.
#[derive(Debug, Clone, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Nothing written yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
    /// What was written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
    /// Raw bytes, without their length.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }
    /// An unsigned number.
    pub fn unsigned(&mut self, value: impl Into<u128>) {
        let mut value = value.into();
        while value >= 0x80 {
            self.bytes.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }
    /// A signed number.
    pub fn signed(&mut self, value: impl Into<i128>) {
        let value = value.into();
        self.unsigned(((value << 1) ^ (value >> 127)) as u128);
    }
    /// A length.
    pub fn length(&mut self, length: usize) {
        self.unsigned(length as u64);
    }
    /// Text.
    pub fn text(&mut self, text: &str) {
        self.length(text.len());
        self.raw(text.as_bytes());
    }
    /// An instant.
    pub fn instant(&mut self, instant: Instant) {
        self.signed(instant.as_millis());
    }
    /// A day.
    pub fn day(&mut self, day: NaiveDate) {
        self.signed(day.num_days_from_ce());
    }
    /// A value or none.
    pub fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            None => self.unsigned(0_u8),
            Some(value) => {
                self.unsigned(1_u8);
                write(self, value);
            }
        }
    }
}

/// Reads values out of bytes.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize, // at <= bytes.len()
}

impl<'a> Reader<'a> {
    /// From the start.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// That nothing is left.
    ///
    /// # Errors
    /// [`WireError::Trailing`].
    pub fn finish(self) -> Result<(), WireError> {
        match self.bytes.len() - self.at {
            0 => Ok(()),
            count => Err(WireError::Trailing { count }),
        }
    }

    /// An error at the place reached.
    #[must_use]
    pub fn malformed(&self, what: &'static str) -> WireError {
        WireError::Malformed { at: self.at, what }
    }

    /// Raw bytes.
    ///
    /// # Errors
    /// [`WireError::Cut`].
    pub fn raw(&mut self, length: usize) -> Result<&'a [u8], WireError> {
        let rest = &self.bytes[self.at..];
        let found = rest.get(..length).ok_or(WireError::Cut { at: self.bytes.len() })?;
        self.at += length;
        Ok(found)
    }

    /// A number of 128 bits.
    ///
    /// # Errors
    /// [`WireError`] where it is cut, too long, or not in its shortest form.
    pub fn unsigned_128(&mut self) -> Result<u128, WireError> {
        let mut value = 0_u128;
        for place in 0..19 {
            let byte = self.raw(1)?[0];
            let bits = u128::from(byte & 0x7f);
            if place == 18 && bits > 3 {
                return Err(self.malformed("a number beyond 128 bits"));
            }
            value |= bits << (7 * place);
            if byte & 0x80 == 0 {
                return if byte == 0 && place > 0 {
                    Err(self.malformed("a number not in its shortest form"))
                } else {
                    Ok(value)
                };
            }
        }
        Err(self.malformed("a number beyond 128 bits"))
    }

    /// A number of 64 bits.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn unsigned(&mut self) -> Result<u64, WireError> {
        let value = self.unsigned_128()?;
        u64::try_from(value).map_err(|_| self.malformed("a count beyond 64 bits"))
    }

    /// A count of facts or rows: at most 2^48, so that damaged bytes cannot make merging or dividing overflow.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn count(&mut self) -> Result<u64, WireError> {
        let count = self.unsigned()?;
        if count <= GREATEST_COUNT { Ok(count) } else { Err(self.malformed("a count beyond 2^48")) }
    }

    /// A sum over counted whole numbers of 64 bits: within ±2^111.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn sum(&mut self) -> Result<i128, WireError> {
        let sum = self.signed_128()?;
        if sum.unsigned_abs() <= GREATEST_SUM { Ok(sum) } else { Err(self.malformed("a sum beyond 2^111")) }
    }

    /// A signed number of 128 bits.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn signed_128(&mut self) -> Result<i128, WireError> {
        let value = self.unsigned_128()?;
        Ok((value >> 1) as i128 ^ -((value & 1) as i128))
    }

    /// A signed number of 64 bits.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn signed(&mut self) -> Result<i64, WireError> {
        let value = self.signed_128()?;
        i64::try_from(value).map_err(|_| self.malformed("a number beyond 64 bits"))
    }

    /// A length; each entry takes a byte at least, so that no length can ask for more memory than there are bytes.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn length(&mut self) -> Result<usize, WireError> {
        let length = self.unsigned()?;
        match usize::try_from(length) {
            Ok(length) if length <= self.bytes.len() - self.at => Ok(length),
            _ => Err(WireError::Cut { at: self.bytes.len() }),
        }
    }

    /// Text.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn text(&mut self) -> Result<&'a str, WireError> {
        let length = self.length()?;
        let bytes = self.raw(length)?;
        std::str::from_utf8(bytes).map_err(|_| self.malformed("text that is not UTF-8"))
    }

    /// An instant.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn instant(&mut self) -> Result<Instant, WireError> {
        let millis = self.signed()?;
        Instant::from_millis(millis).map_err(|_| self.malformed("an instant out of range"))
    }

    /// A day.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn day(&mut self) -> Result<NaiveDate, WireError> {
        let day = i32::try_from(self.signed()?).ok().and_then(date_from_ce);
        day.ok_or_else(|| self.malformed("a day out of range"))
    }

    /// A value or none.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, WireError>) -> Result<Option<T>, WireError> {
        match self.unsigned()? {
            0 => Ok(None),
            1 => read(self).map(Some),
            _ => Err(self.malformed("neither none nor some")),
        }
    }
}
