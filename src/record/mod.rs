//! Records: what happened, plain and validated. The leftmost room: it imports no other.
//!
//! Newtypes hold the range of a single field, `validate` holds what two fields say together. Records are ordered, so
//! that of two unlike rows the same one is kept whatever order they came in.
//!
//! What this room does not do: it merges nothing, judges nothing and reads no file.

mod case_action;
mod claim;
mod claim_action;
mod complaint;
mod cost;
mod courier_day;
mod dates;
mod error;
mod id;
mod money;
mod node_event;
mod passage;
mod period;
mod promise;
mod rating;
mod records;
mod responsible;
mod site_shift;
mod step;
mod stock_count;
mod text;
mod time;
mod waybill;
mod zone;

pub use case_action::CaseAction;
pub use claim::{Claim, Decision, LossKind, Payment};
pub use claim_action::ClaimAction;
pub use complaint::{CaseClass, Complaint};
pub use cost::{CostEntry, CostKind};
pub use courier_day::{CourierDay, RosterStanding};
#[cfg(feature = "arrow")]
pub(crate) use dates::EPOCH_FROM_CE;
pub(crate) use dates::date_from_ce;
pub use error::RecordError;
pub use id::{
    CarrierId, CaseId, ClaimId, CostId, CourierId, CustomerId, FacilityId, Id, Kind, Label, MAX_ID_BYTES, RatingId,
    ShiftId, StockCountId, WaybillNumber, kind,
};
pub use money::{Currency, Money};
pub use node_event::{Consent, NodeEvent, NodeKind, Party};
pub use passage::PassageKey;
pub use period::{Period, Window};
pub use promise::{Mover, Promise, PromiseMove};
pub use rating::{Rating, RatingAspect, RatingQuestion, Score};
pub use records::{InputCount, RecordKind, RecordSet, Records};
pub use responsible::{CarrierPart, Responsible, ShipperFault};
pub use site_shift::{Activity, SiteShift};
pub use step::{Actor, Channel, Step};
pub use stock_count::{MAX_UNITS, StockCount};
pub use text::Text;
pub use time::{Duration, Instant, Span};
pub use waybill::{Flow, Waybill, WaybillKey};
pub use zone::Zone;
