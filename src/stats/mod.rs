//! Intervals around figures.
//!
//! What this room does not do: it holds no state and knows no KPI; floats begin here, after the counting is done.

mod interval;
mod net_score;
mod poisson;
mod wilson;

pub use interval::{Interval, Level};
pub use net_score::net_score;
pub use poisson::poisson_exact;
pub use wilson::wilson;
