//! Named policies: every choice that changes a figure, with its default first.
//!
//! A KPI declares which policies it reads; any other is an error, not a silent no-op. What a KPI does not read is not in
//! its `params`.

mod choices;
mod name;
mod policies;

pub use choices::{
    Anomalies, Comparison, CustomerRole, DayEnd, Denominator, LookBack, Per, PromiseChoice, ScaleMapping, StartsFrom,
};
pub use name::PolicyName;
pub use policies::{Policies, Policy};
