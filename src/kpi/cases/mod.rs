//! Complaints, inquiries and appeals.

mod complaint_rate;

pub use complaint_rate::ComplaintRate;
