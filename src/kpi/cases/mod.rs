//! Complaints, inquiries and appeals.

mod complaint_rate;
mod resolution_rate;
mod response_within_rate;

pub use complaint_rate::ComplaintRate;
pub use resolution_rate::ResolutionRate;
pub use response_within_rate::ResponseWithinRate;
