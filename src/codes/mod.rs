//! Codes: what carriers and tracking systems call things, brought to the node kinds of this crate.
//!
//! A [`Vocabulary`] is one system's list, a data file with source, edition and [`Grade`]; [`System`] names those that
//! come with the crate. A [`Decoder`] reads codes by one and counts those it lacks, each with a suggestion. Between code
//! and node stands the [`Meaning`]:
//!
//! ```text
//! code --vocabulary--> meaning --policies--> sense --journey--> node kind
//! ```
//!
//! Many codes come to one meaning, and several meanings to one node: what is lost on the way stays on the event as its
//! raw code. Systems contradict one another on lockers; [`CodePolicies`] say which reading holds. Arrivals and
//! departures that name no site are placed by [`place`]. Reasons point at the party that answers ([`Responsible`]).
//!
//! | meaning | node |
//! | --- | --- |
//! | `ordered` | `ordered` |
//! | `picked_up` | `collected` |
//! | `arrived_origin`, `arrived_hub`, `arrived_destination` | the arrival of that name |
//! | `arrived_facility` | an arrival, placed by facility or journey, else unplaced |
//! | `departed_origin`, `departed_hub` | the departure of that name |
//! | `departed_facility` | a departure, placed likewise |
//! | `sorted`, `linehaul`, `uncollected`, `stale`, `exception`, `no_event` | none |
//! | `customs_in`, `customs_cleared` | `customs_in`, `customs_out` |
//! | `customs_held`, `exc_delay` | `held` |
//! | `out_for_delivery`, `attempt_failed`, `stored`, `delivered`, `cancelled` | the node of that name |
//! | `locker_deposit` | `stored` (`locker_deposit=delivered`: `delivered`) |
//! | `locker_signature` | `delivered` (`locker_signature=stored`: `stored`) |
//! | `exc_damage`, `exc_loss`, `exc_misroute` | `damaged`, `lost`, `missorted` |
//! | `exc_refused`, `exc_address` | `refused`, `address_problem` |
//! | `forwarded` | `redirected` |
//! | `returning`, `returned_signed` | `returned` |
//!
//! # Waybill numbers
//!
//! [`NumberFormat`] knows 39 formats of 18 couriers, most by check digits of a closed set of algorithms ([`CheckDigit`]).
//! A right check digit says that a number was copied well, not that it was ever given out; and couriers use their numbers
//! again, S10 after twelve months. So a number is a key only with its courier and the day it was posted
//! ([`NumberReading::key`]), and a text may be a number of several couriers: [`number_readings`] lists them all. No
//! number is looked up, and none is taken apart into service, shipper or ZIP code.
//!
//! What this room does not do: it reads no files but its own, applies no suggestion, and knows nothing of codes that no
//! source attests.
//!
//! [`Responsible`]: crate::record::Responsible

mod decoder;
mod error;
mod grade;
mod meaning;
mod number;
mod place;
mod policies;
mod responsibility;
mod system;
mod texts;
mod vocabulary;

pub use decoder::{Decoded, Decoder, UnknownCode};
pub use error::VocabularyError;
pub use grade::Grade;
pub use meaning::{Meaning, Sense};
pub use number::{Certainty, CheckDigit, NumberError, NumberFormat, NumberReading, normalised_number, number_readings};
pub use place::{FacilityRole, Passing, Placed, place};
pub use policies::{CodePolicies, LockerDeposit, LockerSignature};
pub use responsibility::party_of;
pub use system::System;
pub use texts::TextLanguage;
pub use vocabulary::{Code, Reason, Vocabulary};
