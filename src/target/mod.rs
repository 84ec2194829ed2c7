//! What a figure ought to be: targets, red lines, and the literal judgement of a figure against them.
//!
//! A [`Target`] is data: the figure it is for, the [`Line`] to be held, a red line where there is one, and where it comes
//! from. [`BASELINE`] holds those the project starts from. [`Target::judge`] reads a figure as a contract does: 97.99 %
//! is not 98 %, however few facts stand behind it. How sure one may be of that is told by the interval beside it.
//!
//! What this room does not do, for now: no improvement on an earlier period (`damage_rate` 5 percentage points below its
//! baseline, `intact_rate` above last year's), no targets that tighten by date or differ by group, no warning lines, no
//! judgement by evidence, no rectifications.

mod baseline;
mod judge;
mod line;

pub use baseline::BASELINE;
pub use judge::{Statistic, Target, Verdict};
pub use line::Line;
