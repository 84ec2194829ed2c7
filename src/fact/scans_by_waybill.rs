//! Known events, side by side by waybill.

use crate::journey::Scan;
use crate::record::{Instant, NodeEvent, RecordKind};

use super::InputAccount;
use super::known::Known;

/// A row of the event table, whatever it is kept in. It is copied freely: a reference, or little more.
pub(crate) trait EventRow<'a>: Copy {
    /// From when on it is known.
    fn known_at(self) -> Instant;
    /// What it says of its waybill's journey.
    fn scan(self) -> Scan<'a>;
}

impl<'a> EventRow<'a> for &'a NodeEvent {
    fn known_at(self) -> Instant {
        NodeEvent::known_at(self)
    }
    fn scan(self) -> Scan<'a> {
        self.into()
    }
}

/// Known events, side by side by waybill.
#[derive(Debug, Default)]
pub(crate) struct ScansByWaybill<E> {
    events: Vec<E>,
    ends: Vec<usize>,
    not_yet_known: u64,
    unknown_waybill: u64,
    pub(super) repeats: u64, // found by the journeys
}

impl<'a, E: EventRow<'a>> ScansByWaybill<E> {
    /// Sorts events by the place of their waybill among `waybills`; none where that is not known.
    pub(crate) fn sort(
        events: impl Iterator<Item = E> + Clone,
        waybills: usize,
        mut place_of: impl FnMut(E) -> Option<u32>,
        known: &mut Known,
    ) -> Self {
        const NOWHERE: u32 = u32::MAX;
        let mut places = Vec::with_capacity(events.size_hint().0);
        let mut ends = vec![0_usize; waybills];
        let (mut not_yet_known, mut unknown_waybill) = (0, 0);
        for event in events.clone() {
            let place = if !known.admits(event.known_at()) {
                not_yet_known += 1;
                None
            } else {
                let place = place_of(event);
                unknown_waybill += u64::from(place.is_none());
                place
            };
            if let Some(place) = place {
                ends[place as usize] += 1;
            }
            places.push(place.unwrap_or(NOWHERE));
        }
        let mut total = 0;
        for end in &mut ends {
            let count = *end;
            *end = total;
            total += count;
        }
        // Any event stands in for those that are put in their places next.
        let mut sorted = events.clone().next().map_or_else(Vec::new, |any| vec![any; total]);
        for (event, place) in events.zip(places).filter(|&(_, place)| place != NOWHERE) {
            let end = &mut ends[place as usize];
            sorted[*end] = event;
            *end += 1;
        }
        Self { events: sorted, ends, not_yet_known, unknown_waybill, repeats: 0 }
    }

    pub(super) fn of(&self, index: usize) -> &[E] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.events[start..self.ends[index]]
    }

    /// Books the rows into the account of the input.
    pub(super) fn book(&self, input: &mut InputAccount) {
        let Some(count) = input.by_kind.get_mut(&RecordKind::Event) else { return };
        let rows = self.events.len() as u64;
        count.rows += rows;
        count.used += rows - self.repeats;
        count.duplicate += self.repeats;
        count.not_yet_known += self.not_yet_known;
        if self.unknown_waybill > 0 {
            count.quarantine("unknown_waybill", self.unknown_waybill);
        }
    }
}
