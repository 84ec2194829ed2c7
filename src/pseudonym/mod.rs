//! Pseudonyms: identifiers in evidence and reports replaced by a keyed hash.
//!
//! Nothing personal is needed to measure, but identifiers of parcels, cases and people stand behind every figure.
//! [`Pseudonyms`] replaces them in a finished [`Scorecard`](crate::cube::Scorecard), so that whatever is made of it, JSON,
//! table or page, holds none. The figures are the same to the bit: nothing is replaced before they are computed.
//!
//! A pseudonym is `p:` and the first 96 bits of HMAC-SHA256 (RFC 2104) of the identifier under the caller's key, in hex:
//! the same for the same key everywhere, so that whoever holds the key finds the parcel again and a third party can
//! recompute it with any tool. Without the key it tells only whether two are the same.
//!
//! What this room does not do: it keeps no key and no table back; it leaves business names as they are (regions, products,
//! carriers, facilities, columns of one's own) unless told; and the listing of rows set aside, which shows cells as they
//! stand, is not for those the pseudonyms are meant for.

mod error;
mod pseudonyms;

pub use error::PseudonymError;
pub use pseudonyms::Pseudonyms;
