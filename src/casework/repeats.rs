//! Complaints that say again what was said before.

use std::collections::HashMap;

use crate::record::{CaseId, Complaint, Duration, Instant};

/// By what a complaint repeats an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RepeatCause {
    /// It is about the same waybill.
    SameWaybill,
    /// The same consumer complains of the same cause. Merchants and enterprises send many parcels, and are not meant.
    SameConsumerAndCause,
}

/// A complaint and the latest one that it repeats.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Repeat {
    /// The later complaint.
    pub case: CaseId,
    /// The earlier one.
    pub earlier: CaseId,
    /// By what; the waybill where both hold.
    pub cause: RepeatCause,
}

/// Which complaints repeat an earlier one, opened no longer than `within` before: in order of opening, ties by id.
///
/// Of two opened at one instant the one with the greater id is the later. A customer of no known segment is a consumer.
#[doc(alias = "重复投诉")]
#[must_use]
pub fn repeats<'c>(cases: impl IntoIterator<Item = &'c Complaint>, within: Duration) -> Vec<Repeat> {
    let mut cases: Vec<_> = cases.into_iter().collect();
    cases.sort_by(|one, other| (one.opened_at, &one.id).cmp(&(other.opened_at, &other.id)));
    let (mut by_waybill, mut by_consumer) = (HashMap::new(), HashMap::new());
    let mut found = Vec::new();
    for case in cases {
        let is_near = |&&(opened, _): &&(Instant, &CaseId)| case.opened_at.since(opened) <= within;
        let seen = (case.opened_at, &case.id);
        let same_waybill = case.waybill.as_ref().and_then(|key| by_waybill.insert(key, seen));
        let consumer = case.customer.as_ref().zip(case.cause.as_ref()).filter(|_| is_consumer(case));
        let same_consumer = consumer.and_then(|key| by_consumer.insert(key, seen));
        let earlier = [(same_waybill, RepeatCause::SameWaybill), (same_consumer, RepeatCause::SameConsumerAndCause)];
        let mut earlier =
            earlier.iter().filter_map(|(seen, cause)| seen.as_ref().filter(is_near).map(|seen| (seen, cause)));
        if let Some(((_, earlier), &cause)) = earlier.next() {
            found.push(Repeat { case: case.id.clone(), earlier: (*earlier).clone(), cause });
        }
    }
    found
}

fn is_consumer(case: &Complaint) -> bool {
    case.customer_segment.as_ref().is_none_or(|segment| !matches!(segment.as_str(), "merchant" | "enterprise"))
}
