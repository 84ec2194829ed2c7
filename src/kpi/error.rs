//! What is wrong with how a KPI was asked for.

use thiserror::Error;

use super::PolicyName;

/// What is wrong with how a KPI was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KpiError {
    /// No such KPI.
    #[error("there is no KPI `{id}`; the catalogue has {known}")]
    UnknownKpi {
        /// What was asked for.
        id: String,
        /// What there is.
        known: String,
    },
    /// An argument that the KPI does not take.
    #[error("`{kpi}` takes no argument `{argument}`; expected {expected}")]
    Argument {
        /// The KPI.
        kpi: String,
        /// What was given.
        argument: String,
        /// What it takes.
        expected: &'static str,
    },
    /// No such policy.
    #[error(
        "there is no policy `{name}`; there are {}, and a KPI's definition names those it reads",
        PolicyName::listed()
    )]
    UnknownPolicy {
        /// What was asked for.
        name: String,
    },
    /// A value that the policy does not take.
    #[error("`{name}={value}` is not allowed; expected {}", name.values())]
    PolicyValue {
        /// The policy.
        name: PolicyName,
        /// What was given.
        value: String,
    },
    /// A policy that the KPI does not read.
    #[error("`{kpi}` does not read the policy `{name}`; it reads {reads}")]
    PolicyNotRead {
        /// The KPI.
        kpi: &'static str,
        /// The policy.
        name: PolicyName,
        /// Those it reads.
        reads: String,
    },
    /// A cohort that the KPI cannot be had by.
    #[error("`{kpi}` cannot be had by cohort `{cohort}`; it can by {possible}")]
    CohortNotPossible {
        /// The KPI.
        kpi: &'static str,
        /// The cohort.
        cohort: &'static str,
        /// Those it can be had by.
        possible: String,
    },
    /// A policy of nobody knows which KPI.
    #[error("`{path}` names no policy of a figure; expected KPI.NAME, as in on_time_delivery_rate.promise_end")]
    PolicyPath {
        /// What was given.
        path: String,
    },
    /// A policy of a KPI that was not asked for.
    #[error("the policy `{path}` is of a figure that was not asked for; ask for `{kpi}` too, or leave the policy out")]
    NotAskedFor {
        /// The KPI.
        kpi: &'static str,
        /// What was given.
        path: String,
    },
}
