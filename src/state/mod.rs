//! States: sufficient statistics of whole numbers, each a commutative monoid with identity.
//!
//! A state is what survives of facts: it merges in any order, any split, any number of threads into the same value, and
//! serialises to the same bytes. [`Cell`] is the frame they all stand in: it adds the open, excluded and invalid facts,
//! so that nothing vanishes.
//!
//! # Ranges
//! Counts are 64-bit; sums are 128-bit over values within ±2^48 (8,900 years in milliseconds, 2.8e12 yuan in fen), so
//! that 2^31 squares still fit. Nothing here is a float.
//!
//! What this room does not do: it divides nothing. The one division is in [`State::figures`], which makes a
//! [`Figure`] out of a state that is done.

#![deny(clippy::float_arithmetic)]

mod cell;
mod count;
mod distinct;
mod distribution;
mod evidence;
mod figure;
mod ledger;
mod monoid;
mod nps;
mod quantiles;
mod rate;
mod ratio;
mod scores;
mod share;
mod sum;
mod tally;
pub mod wire;

pub use cell::{Cell, OpenAges};
pub use count::{Count, One};
pub use distinct::{Distinct, Latest, Standing};
pub use distribution::Distribution;
pub use evidence::{Evidence, Exemplar};
pub use figure::{Figure, Scale};
pub use ledger::Amounts;
pub use monoid::{Measure, MeasureKind, State, UnlikeStates};
pub use nps::{Nps, Recommendation};
pub use quantiles::{EXACT_UP_TO, Quantiles};
pub use rate::{Rate, RateMark};
pub use ratio::{Ratio, RatioPart};
pub use scores::{ScalePoints, Scores};
pub use share::{Share, Verdict};
pub use sum::Sum;
pub use tally::Tally;
