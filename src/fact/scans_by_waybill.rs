//! Known events, side by side by waybill.

use std::collections::HashMap;

use crate::record::{NodeEvent, RecordKind, Waybill, WaybillKey};

use super::facts::Facts;
use super::known::Known;

/// Known events, side by side by waybill.
#[derive(Debug)]
pub(super) struct ScansByWaybill<'a> {
    events: Vec<&'a NodeEvent>,
    ends: Vec<usize>,
    not_yet_known: u64,
    unknown_waybill: u64,
    pub(super) repeats: u64, // found by the journeys
}

impl<'a> ScansByWaybill<'a> {
    pub(super) fn sort(events: &'a [NodeEvent], waybills: &[&'a Waybill], known: &mut Known) -> Self {
        const NOWHERE: u32 = u32::MAX;
        let index: HashMap<&WaybillKey, u32> =
            waybills.iter().enumerate().map(|(index, waybill)| (&waybill.key, index as u32)).collect();
        let mut places = Vec::with_capacity(events.len());
        let mut ends = vec![0_usize; waybills.len()];
        let (mut not_yet_known, mut unknown_waybill) = (0, 0);
        let mut previous: Option<(&WaybillKey, u32)> = None;
        for event in events {
            let place = match previous {
                // Scans of one waybill often come in a run.
                Some((key, place)) if *key == event.waybill => place,
                _ => index.get(&event.waybill).copied().unwrap_or(NOWHERE),
            };
            previous = Some((&event.waybill, place));
            if !known.admits(event.known_at()) {
                not_yet_known += 1;
                places.push(NOWHERE);
            } else if place == NOWHERE {
                unknown_waybill += 1;
                places.push(NOWHERE);
            } else {
                ends[place as usize] += 1;
                places.push(place);
            }
        }
        let mut total = 0;
        for end in &mut ends {
            let count = *end;
            *end = total;
            total += count;
        }
        let mut sorted: Vec<Option<&NodeEvent>> = vec![None; total];
        for (event, place) in events.iter().zip(places).filter(|&(_, place)| place != NOWHERE) {
            let end = &mut ends[place as usize];
            sorted[*end] = Some(event);
            *end += 1;
        }
        Self { events: sorted.into_iter().flatten().collect(), ends, not_yet_known, unknown_waybill, repeats: 0 }
    }

    pub(super) fn of(&self, index: usize) -> &[&'a NodeEvent] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.events[start..self.ends[index]]
    }

    /// Books the rows into the account of the input.
    pub(super) fn book(&self, facts: &mut Facts<'_>) {
        let Some(count) = facts.input.by_kind.get_mut(&RecordKind::Event) else { return };
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
