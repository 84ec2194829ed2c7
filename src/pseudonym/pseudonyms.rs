//! The replacement.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::PseudonymError;
use crate::cube::{Dimension, GroupValue, Row, Scorecard};
use crate::record::Text;

/// The least bytes of a key.
const SHORTEST_KEY: usize = 16;
/// So many bytes of the hash are kept: among a thousand million identifiers two meet with a chance of 1 in 10^11.
const KEPT: usize = 12;

/// Replaces identifiers by a keyed hash.
///
/// ```
/// use parcelgauge::pseudonym::Pseudonyms;
/// let pseudonyms = Pseudonyms::new(b"0123456789abcdef")?;
/// assert_eq!(pseudonyms.of("SF1234567").len(), 2 + 24);
/// assert_eq!(pseudonyms.of("SF1234567"), Pseudonyms::new(b"0123456789abcdef")?.of("SF1234567"));
/// assert_ne!(pseudonyms.of("SF1234567"), Pseudonyms::new(b"another key, 18 b.")?.of("SF1234567"));
/// # Ok::<(), parcelgauge::pseudonym::PseudonymError>(())
/// ```
#[derive(Clone)]
pub struct Pseudonyms {
    keyed: Hmac<Sha256>,
    dimensions: Vec<Dimension>,
}

/// The key is never shown.
impl fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pseudonyms").field("dimensions", &self.dimensions).finish_non_exhaustive()
    }
}

impl Pseudonyms {
    /// Pseudonyms under a key, for evidence and for groups by people: customers and couriers.
    ///
    /// # Errors
    /// [`PseudonymError::ShortKey`] under 16 bytes.
    pub fn new(key: &[u8]) -> Result<Self, PseudonymError> {
        let short = PseudonymError::ShortKey { bytes: key.len() };
        if key.len() < SHORTEST_KEY {
            return Err(short);
        }
        let keyed = Hmac::new_from_slice(key).map_err(|_| short)?; // a key of any length will do
        Ok(Self { keyed, dimensions: vec![Dimension::Customer, Dimension::Courier, Dimension::DeliveryCourier] })
    }

    /// Replaces the names of a dimension's groups too: of facilities, or of a column of one's own.
    #[must_use]
    pub fn with_dimension(mut self, dimension: Dimension) -> Self {
        self.dimensions.push(dimension);
        self
    }

    /// The pseudonym of an identifier.
    #[must_use]
    pub fn of(&self, id: &str) -> Text {
        let hash = self.keyed.clone().chain_update(id.as_bytes()).finalize().into_bytes();
        let digit = |half: u8| char::from_digit(half.into(), 16);
        let hex = hash.iter().take(KEPT).flat_map(|&byte| [digit(byte >> 4), digit(byte & 15)]).flatten();
        Text::from("p:".chars().chain(hex).collect::<String>())
    }

    /// The scorecard with pseudonyms. Rows of one period and facts of one severity are ordered by pseudonym: an order by the
    /// identifiers themselves would tell of them.
    pub fn scorecard(&self, scorecard: &Scorecard) -> Scorecard {
        let mut hidden = scorecard.clone();
        let replaced: Vec<bool> =
            hidden.dimensions.iter().map(|dimension| self.dimensions.contains(dimension)).collect();
        hidden.rows.iter_mut().for_each(|row| self.row(row, &replaced));
        let alike = |one: &Row, other: &Row| {
            one.definition.id == other.definition.id && one.params == other.params && one.period == other.period
        };
        let mut rest = hidden.rows.as_mut_slice();
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|row| alike(first, row)).count();
            let (rows, others) = rest.split_at_mut(count);
            rows.sort_by(|one, other| one.group.cmp(&other.group)); // stable: currencies stay in their order
            rest = others;
        }
        hidden
    }

    fn row(&self, row: &mut Row, replaced: &[bool]) {
        for (value, _) in row.group.iter_mut().zip(replaced).filter(|&(_, &replaced)| replaced) {
            if let GroupValue::Is(name) = value {
                *name = self.of(name);
            }
        }
        let Some(evidence) = &mut row.evidence else { return };
        for exemplar in evidence.iter_mut() {
            exemplar.id = self.of(&exemplar.id);
        }
        evidence.sort_by(|one, other| {
            (one.severity.rank(), &one.id, one.posted_on).cmp(&(other.severity.rank(), &other.id, other.posted_on))
        });
    }
}
