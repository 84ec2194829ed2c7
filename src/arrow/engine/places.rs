//! Which waybill of a partition a scan is of.

use chrono::NaiveDate;
use hashbrown::HashTable;

use crate::intake::resolve::{Choice, choose};
use crate::record::{CarrierId, Waybill, WaybillKey, Zone};

use super::name::Name;
use super::packed_event::Whose;
use super::packed_waybill::days_of;

/// The waybills of a partition by their numbers: found by hash, told apart by comparing.
#[derive(Debug)]
pub(super) struct Places<'w> {
    keys: Vec<&'w WaybillKey>, // of every row, ascending, none twice
    names: Vec<Name<'w>>,      // of the keys
    days: Vec<i32>,            // their posting days
    places: Vec<Option<u32>>,  // of the keys, among the waybills that hold
    firsts: HashTable<u32>,    // of every number, the first of its keys
    zone: Zone,
}

/// Where a scan belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// To this waybill of those that hold.
    At(u32),
    /// To one that does not hold, or to none that its full key names.
    Nowhere,
    /// To none of its number that was posted by then.
    Unknown,
    /// To one of several carriers'.
    Ambiguous,
}

/// The partition is chosen by the high bits of the hash, which the table reads too: in a partition they are all alike.
fn spread(hash: u64) -> u64 {
    hash.rotate_left(32)
}

impl<'w> Places<'w> {
    /// Of rows ascending by key, of which `holding` hold, none of them twice.
    pub(super) fn of(rows: &[&'w Waybill], holding: &[&'w Waybill], zone: Zone) -> Self {
        let mut keys: Vec<&WaybillKey> = rows.iter().map(|row| &row.key).collect();
        keys.dedup();
        let names: Vec<Name<'w>> = keys.iter().map(|key| Name::of(key.number.as_str())).collect();
        let days = keys.iter().map(|key| days_of(key.posted_on)).collect();
        let mut held = holding.iter().enumerate().peekable();
        let place_of = |key: &&WaybillKey| held.next_if(|(_, waybill)| waybill.key == **key).map(|(at, _)| at as u32);
        let places = keys.iter().map(place_of).collect();
        let mut firsts = HashTable::with_capacity(keys.len());
        for (place, name) in names.iter().enumerate() {
            if place == 0 || names[place - 1] != *name {
                firsts.insert_unique(spread(name.hash()), place as u32, |&at| spread(names[at as usize].hash()));
            }
        }
        Self { keys, names, days, places, firsts, zone }
    }

    /// The keys of a number.
    fn of_number(&self, number: Name<'_>) -> std::ops::Range<usize> {
        let first = self.firsts.find(spread(number.hash()), |&place| self.names[place as usize] == number);
        first.map_or(0..0, |&first| {
            let first = first as usize;
            first..first + self.names[first..].iter().take_while(|name| **name == number).count()
        })
    }

    pub(super) fn find(&self, whose: Whose<'_>) -> Found {
        let range = self.of_number(whose.number);
        let at = |place: Option<usize>| place.and_then(|place| self.places[place]).map_or(Found::Nowhere, Found::At);
        match whose.posted_on {
            Some(posted_on) => {
                let is_it = |place: &usize| {
                    self.days[*place] == posted_on && self.keys[*place].carrier.as_ref() == whose.carrier
                };
                at({ range }.find(is_it))
            }
            None => {
                let posting = |place: usize| {
                    let key = self.keys[place];
                    (key.carrier.as_ref(), key.posted_on)
                };
                let on = || -> NaiveDate { self.zone.date_of(whose.occurred_at) };
                let postings: &mut dyn Iterator<Item = (Option<&CarrierId>, NaiveDate)> =
                    &mut range.clone().map(posting);
                match choose(postings, whose.carrier, on) {
                    Choice::Found(nth) => at(Some(range.start + nth)),
                    Choice::Unknown => Found::Unknown,
                    Choice::Ambiguous => Found::Ambiguous,
                }
            }
        }
    }
}
