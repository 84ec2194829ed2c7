//! One partition, from packed rows to cells.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::arrow::ArrowInputError;
use crate::cube::{Fold, Plan};
use crate::fact::{
    Assembly, Casebook, Context, EventRow, FactKind, History, Known, OrderRows, OrderScan, ScansByWaybill,
};
use crate::intake::Reason;
use crate::intake::sink::Moves;
use crate::record::{NodeKind, PromiseMove, RecordError, RecordKind, Waybill};

use super::needs::Maps;
use super::packed_event::PackedEvent;
use super::part::Part;
use super::places::{Found, Places};
use super::shard::Shard;

/// What every partition is folded with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job<'j> {
    pub(super) shards: &'j [&'j Shard],
    pub(super) moves: &'j Moves,
    pub(super) plan: &'j Plan,
    pub(super) wanted: &'j [FactKind],
    pub(super) context: &'j Context,
    pub(super) history: Option<&'j History>,
    pub(super) stop: Option<&'j AtomicBool>,
}

/// Why a scan that does not tell its full key finds no waybill, if so.
pub(super) fn unfound(found: Found) -> Option<Reason> {
    match found {
        Found::Unknown => Some(Reason::UnknownWaybill),
        Found::Ambiguous => Some(Reason::AmbiguousWaybill),
        Found::At(_) | Found::Nowhere => None,
    }
}

/// The places of waybills, ascending by their keys. The first bytes of the number decide as a rule, and are compared without
/// looking at the rows.
fn places_ascending(waybills: &[Waybill]) -> Vec<u32> {
    let beginning = |waybill: &Waybill| {
        let mut bytes = [0_u8; 16];
        let number = waybill.key.number.as_str().as_bytes();
        let length = number.len().min(bytes.len());
        bytes[..length].copy_from_slice(&number[..length]);
        u128::from_be_bytes(bytes)
    };
    let mut rows: Vec<(u128, u32)> = (0..).zip(waybills).map(|(place, waybill)| (beginning(waybill), place)).collect();
    let key = |place: u32| &waybills[place as usize].key;
    rows.sort_unstable_by(|(first, one), (second, other)| first.cmp(second).then_with(|| key(*one).cmp(key(*other))));
    rows.into_iter().map(|(_, place)| place).collect()
}

impl Job<'_> {
    /// What all threads packed of a partition, unless the caller wants no more.
    pub(super) fn parts(&self, partition: usize) -> Result<Vec<Part<'_>>, ArrowInputError> {
        if self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            return Err(ArrowInputError::Stopped);
        }
        self.shards.iter().map(|shard| shard.part(partition)).collect()
    }

    /// Puts the waybills of a partition, with the moves of their promises, in the place of those there are.
    fn unpack(&self, parts: &[Part<'_>], waybills: &mut Vec<Waybill>) -> Result<(), RecordError> {
        self.unpack_with(Maps::Unpacked, parts, waybills)
    }

    /// [`Job::unpack`] without what no figure looks at; the waybills ascending by key.
    pub(super) fn unpack_needed<'w>(
        &self,
        parts: &[Part<'_>],
        waybills: &'w mut Vec<Waybill>,
    ) -> Result<Vec<&'w Waybill>, RecordError> {
        let maps = self.shards.first().map_or(Maps::Unpacked, |shard| shard.needs.maps());
        self.unpack_with(maps, parts, waybills)?;
        let order = places_ascending(waybills);
        let key = |place: u32| &waybills[place as usize].key;
        // Where one waybill has several rows, all that they say decides which of them holds.
        if maps == Maps::Left && order.windows(2).any(|pair| key(pair[0]) == key(pair[1])) {
            self.unpack(parts, waybills)?;
        }
        Ok(order.into_iter().map(|place| &waybills[place as usize]).collect())
    }

    fn unpack_with(&self, maps: Maps, parts: &[Part<'_>], waybills: &mut Vec<Waybill>) -> Result<(), RecordError> {
        let mut count = 0;
        for part in parts {
            for coded in part.waybills() {
                if waybills.len() == count {
                    let key = part.words.waybill_key(coded.number, coded.posted_on, coded.carrier)?;
                    waybills.push(Waybill::new(key));
                }
                let waybill = &mut waybills[count];
                part.words.unpack(&coded, maps, waybill)?;
                if !self.moves.is_empty() {
                    let moves: Vec<PromiseMove> = self.moves.of(&waybill.key, coded.row).copied().collect();
                    waybill.take_moves(moves);
                }
                count += 1;
            }
        }
        waybills.truncate(count);
        Ok(())
    }

    /// Folds one partition into `fold`, with what hangs on its waybills. The waybills' memory is used again.
    ///
    /// # Errors
    /// [`ArrowInputError`] where what was packed or spilled cannot be read back.
    pub(super) fn fold(
        &self,
        partition: usize,
        mut casebook: Casebook,
        known: Known,
        waybills: &mut Vec<Waybill>,
        fold: &mut Fold,
    ) -> Result<(), ArrowInputError> {
        let parts = self.parts(partition)?;
        let rows = self.unpack_needed(&parts, waybills)?;
        let events = parts.iter().flat_map(Part::events);
        if self.shards.iter().any(|shard| shard.has_untold) {
            // A scan that finds no waybill by its number is set aside before anything is asked of it.
            let places = Places::of(&rows, &[], self.context.zone);
            let mut found = Vec::new();
            for event in events {
                match unfound(places.find(event.whose())) {
                    None => found.push(event),
                    Some(reason) => casebook.set_aside(RecordKind::Event, reason.code()),
                }
            }
            self.fold_events(&rows, found.into_iter(), casebook, known, fold);
        } else {
            self.fold_events(&rows, events, casebook, known, fold);
        }
        Ok(())
    }

    pub(super) fn fold_events<'a>(
        &self,
        rows: &[&'a Waybill],
        events: impl Iterator<Item = PackedEvent<'a>> + Clone,
        casebook: Casebook,
        known: Known,
        fold: &mut Fold,
    ) {
        let scans = |holding: &[&'a Waybill], known: &mut Known| {
            let places = Places::of(rows, holding, self.context.zone);
            let place_of = |event: PackedEvent<'a>| match places.find(event.whose()) {
                Found::At(place) => Some(place),
                _ => None,
            };
            ScansByWaybill::sort(events, holding.len(), place_of, known)
        };
        let rows = rows.iter().copied();
        let assembly = Assembly::over(self.wanted, rows, scans, casebook, known, self.context, self.history);
        fold.take(assembly, self.plan, self.context);
    }

    /// The waybills and orders of a partition, as a history is made of them. The waybills' memory is used again.
    ///
    /// # Errors
    /// [`ArrowInputError`] where what was packed or spilled cannot be read back.
    pub(super) fn orders(&self, partition: usize, waybills: &mut Vec<Waybill>) -> Result<OrderRows, ArrowInputError> {
        let parts = self.parts(partition)?;
        let rows = self.unpack_needed(&parts, waybills)?;
        let mut keys = rows.clone();
        keys.dedup_by(|later, kept| later.key == kept.key);
        let places = Places::of(&keys, &keys, self.context.zone);
        let orders = parts.iter().flat_map(Part::events).filter(|event| event.kind() == NodeKind::Ordered);
        let scan = |event: PackedEvent<'_>| match places.find(event.whose()) {
            Found::At(place) => {
                keys.get(place as usize).map(|row| OrderScan::of(&row.key, event.occurred_at(), event.known_at()))
            }
            _ => None,
        };
        Ok(OrderRows::of(rows, orders.filter_map(scan)))
    }
}
