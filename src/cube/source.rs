//! Source partitions: which records are replaced together.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::record::{Instant, Records, WaybillKey, Zone};

/// The source partition of a record: its waybill's posting day, else its own date in the reporting zone.
#[must_use]
pub fn source_partition(waybill: Option<&WaybillKey>, own: Instant, zone: Zone) -> NaiveDate {
    waybill.map_or_else(|| zone.date_of(own), |key| key.posted_on)
}

/// Splits records by source partition. Every part hands over the kinds the whole handed over.
///
/// Rows that never became records belong to no day: they stay with the caller, who keeps them beside the cube
/// ([`Cube::set_aside`](super::Cube::set_aside)).
#[must_use]
pub fn partitions(records: &Records, zone: Zone) -> BTreeMap<NaiveDate, Records> {
    let mut parts: BTreeMap<NaiveDate, Records> = BTreeMap::new();
    for waybill in &records.waybills {
        of(&mut parts, waybill.key.posted_on, records).waybills.push(waybill.clone());
    }
    for event in &records.events {
        of(&mut parts, event.waybill.posted_on, records).events.push(event.clone());
    }
    for complaint in &records.complaints {
        let day = source_partition(complaint.waybill.as_ref(), complaint.opened_at, zone);
        of(&mut parts, day, records).complaints.push(complaint.clone());
    }
    for claim in &records.claims {
        let day = source_partition(claim.waybill.as_ref(), claim.filed_at, zone);
        of(&mut parts, day, records).claims.push(claim.clone());
    }
    for rating in &records.ratings {
        let day = source_partition(rating.waybill.as_ref(), rating.rated_at, zone);
        of(&mut parts, day, records).ratings.push(rating.clone());
    }
    parts
}

fn of<'p>(parts: &'p mut BTreeMap<NaiveDate, Records>, day: NaiveDate, whole: &Records) -> &'p mut Records {
    parts.entry(day).or_insert_with(|| Records::supplying(whole.kinds().iter()))
}
