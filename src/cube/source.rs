//! Source partitions: which records are replaced together.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::fact::Hanging;
use crate::record::{Records, Zone};

/// Splits records by source partition. Every part hands over the kinds the whole handed over.
///
/// Costs, rosters, stock counts and shifts name no waybill: they lie on the day of their own.
///
/// Where the rows of one thing name several partitions (a complaint filed, its waybill linked later; a cost booked on
/// another day), each of these gets all rows of it: which row holds can be told only by them all. The partition of the row that holds
/// counts it, and every row is in the account of the partition it names.
///
/// Rows that never became records belong to no day: they stay with the caller, who keeps them beside the cube
/// ([`Cube::set_aside`](super::Cube::set_aside)).
#[must_use]
pub fn partitions(records: &Records, zone: Zone) -> BTreeMap<NaiveDate, Records> {
    let mut parts: BTreeMap<NaiveDate, Records> = BTreeMap::new();
    for waybill in &records.waybills {
        part(&mut parts, waybill.key.posted_on, records).waybills.push(waybill.clone());
    }
    for event in &records.events {
        part(&mut parts, event.waybill.posted_on, records).events.push(event.clone());
    }
    split(&records.complaints, zone, |day, row| part(&mut parts, day, records).complaints.push(row.clone()));
    split(&records.claims, zone, |day, row| part(&mut parts, day, records).claims.push(row.clone()));
    split(&records.ratings, zone, |day, row| part(&mut parts, day, records).ratings.push(row.clone()));
    split(&records.costs, zone, |day, row| part(&mut parts, day, records).costs.push(row.clone()));
    for row in &records.courier_days {
        part(&mut parts, row.day, records).courier_days.push(row.clone());
    }
    split(&records.stock_counts, zone, |day, row| part(&mut parts, day, records).stock_counts.push(row.clone()));
    split(&records.site_shifts, zone, |day, row| part(&mut parts, day, records).site_shifts.push(row.clone()));
    parts
}

fn part<'p>(parts: &'p mut BTreeMap<NaiveDate, Records>, day: NaiveDate, whole: &Records) -> &'p mut Records {
    parts.entry(day).or_insert_with(|| Records::supplying(whole.kinds().iter()))
}

fn split<R: Hanging>(rows: &[R], zone: Zone, mut put: impl FnMut(NaiveDate, &R)) {
    let mut homes: BTreeMap<&str, BTreeSet<NaiveDate>> = BTreeMap::new();
    for row in rows {
        homes.entry(row.hanging_id()).or_default().insert(row.home().day(zone));
    }
    for row in rows {
        for &day in &homes[row.hanging_id()] {
            put(day, row);
        }
    }
}
