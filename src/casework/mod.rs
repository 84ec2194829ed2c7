//! Casework: the lives of complaints and claims.
//!
//! A [`Life`] is the history of one case or claim, replayed from its [`Step`](crate::record::Step)s through the states
//! of a [`LifeCycle`]: [`CaseState`] for complaints, inquiries and appeals, [`ClaimState`] for claims. A history that
//! cannot be (closed before it was opened, paid before it was confirmed, answered by nobody) is an [`IllegalHistory`]
//! with its reason; [`Lives::gather`] sets such ones aside and goes on with the others.
//!
//! A [`Duty`] is a deadline as data: what it begins with, what meets it, how long it may take. [`Watch`] holds many
//! lives against their duties at one instant: what is overdue or due soon, by how much working time, most urgent first,
//! each a [`Notice`] for the caller to send.
//!
//! ```
//! use parcelgauge::calendar::{CalendarRules, Holidays, Week};
//! use parcelgauge::casework::{CaseState, Duty, Life, Standing};
//! use parcelgauge::record::{Actor, CaseAction, Step, Zone};
//! let week = Week::monday_to_friday("09:00-18:00".parse()?);
//! let office = CalendarRules::new(Zone::SHANGHAI, week).with_holidays(Holidays::china().clone()).build()?;
//! let case = Life::<CaseState>::replay("C1", [
//!     Step::new("2026-06-01T10:00:00+08:00".parse()?, CaseAction::Open, Actor::Customer),
//!     Step::new("2026-06-01T10:00:05+08:00".parse()?, CaseAction::Acknowledge, Actor::System),
//!     Step::new("2026-06-02T11:00:00+08:00".parse()?, CaseAction::Answer, Actor::Staff),
//! ])?;
//! // A receipt is no response: the answer came an hour after the 24 hours.
//! let response = Duty::first_response().standing(&case, &office, "2026-06-05T00:00:00Z".parse()?)?;
//! assert!(matches!(response, Some(Standing::MetLate { by, .. }) if by.value.to_string() == "1h"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Life::of_case`] and [`Life::of_claim`] replay the steps that a record holds, [`steps_of_states`] infers them from a log
//! of states. `cargo run --example watch_list` shows a watch list and the trace of a disputed deadline, from files.
//!
//! What this room does not do: it sends nothing and decides nothing; how much is owed is another room's question.

mod case_state;
mod claim_state;
mod duty;
mod duty_baseline;
mod illegal;
mod life;
mod life_cycle;
mod lives;
mod repeats;
mod row;
mod state_log;
mod watch;

pub use case_state::CaseState;
pub use claim_state::ClaimState;
pub use duty::{Duty, Standing};
pub use illegal::{IllegalHistory, IllegalReason};
pub use life::Life;
pub use life_cycle::LifeCycle;
pub use lives::Lives;
pub use repeats::{Repeat, RepeatCause, repeats};
pub use state_log::steps_of_states;
pub use watch::{Notice, Urgency, Watch, WatchItem};
