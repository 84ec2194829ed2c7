//! The merged history of one waybill: scans, completion, stage times, anomalies.
//!
//! [`Journey`] is the join: partial histories merge in any order, any number of times, into the same one. [`Course`] is
//! what a journey says under a [`RoutePolicy`]: plain instants and counts, computed once and read by every KPI.
//! [`node_notices`] tells of arrival, exception and signature, once a parcel each, as data for the caller to send.
//! [`Passages`] are the stages, legs and the whole way it went through, each with its planned and its taken time.
//!
//! What this room does not do: it knows nothing of promises, windows or KPIs, and repairs no clock; a scan whose clock
//! cannot be right is marked and counted, never moved or dropped.

mod course;
mod milestones;
mod node_notice;
mod pace;
mod passages;
mod route;
mod scans;
mod stage;

pub use course::{AnomalyCounts, Completion, Course, Exit, Milestone, StorageCompletes, Storing};
pub use milestones::ONE_ATTEMPT_WITHIN;
pub use node_notice::{NodeNotice, NoticeKind, NoticeLimits, node_notices};
pub use pace::{ForkJoin, LegPace, Pace};
pub use passages::{Passage, Passages, Stretch};
pub use route::{Leg, NodeSet, RoutePolicy};
pub use scans::{Journey, Scan};
pub use stage::{Between, Boundary, Pick, Stage, WHOLE_LEG, WHOLE_WAY};
