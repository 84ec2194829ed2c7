//! Complaints, inquiries and appeals.

mod complaint_rate;
mod first_contact_resolution_rate;
mod reopen_rate;
mod resolution_hours;
mod resolution_rate;
mod resolution_within_rate;
mod response_within_rate;

pub use complaint_rate::ComplaintRate;
pub use first_contact_resolution_rate::FirstContactResolutionRate;
pub use reopen_rate::ReopenRate;
pub use resolution_hours::ResolutionHours;
pub use resolution_rate::ResolutionRate;
pub use resolution_within_rate::ResolutionWithinRate;
pub use response_within_rate::ResponseWithinRate;
