//! One partition, from packed rows to cells.

use hashbrown::HashTable;

use crate::cube::{Fold, Plan};
use crate::fact::{Assembly, Casebook, Context, FactKind, History, Known, ScansByWaybill};
use crate::record::{CarrierId, RecordError, Waybill};

use super::name::{Key, Name};
use super::packed_event::PackedEvent;
use super::packed_waybill::days_of;
use super::shard::Shard;

/// What every partition is folded with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job<'j> {
    pub(super) shards: &'j [Shard],
    pub(super) plan: &'j Plan,
    pub(super) wanted: &'j [FactKind],
    pub(super) context: &'j Context,
    pub(super) history: Option<&'j History>,
}

/// The places of waybills by their keys: found by hash, told apart by comparing.
struct Places<'w> {
    keys: Vec<Key<'w>>,
    table: HashTable<u32>,
}

/// The partition is chosen by the high bits of the hash, which the table reads too: in a partition they are all alike.
fn spread(hash: u64) -> u64 {
    hash.rotate_left(32)
}

pub(super) fn key_of(waybill: &crate::record::WaybillKey) -> Key<'_> {
    Key {
        number: Name::of(waybill.number.as_str()),
        posted_on: days_of(waybill.posted_on),
        carrier: waybill.carrier.as_ref().map(CarrierId::as_str),
    }
}

impl<'w> Places<'w> {
    fn of(waybills: &[&'w Waybill]) -> Self {
        let keys: Vec<Key<'w>> = waybills.iter().map(|waybill| key_of(&waybill.key)).collect();
        let mut table = HashTable::with_capacity(keys.len());
        for (place, key) in keys.iter().enumerate() {
            table.insert_unique(spread(key.hash()), place as u32, |&place| spread(keys[place as usize].hash()));
        }
        Self { keys, table }
    }

    fn find(&self, key: Key<'_>) -> Option<u32> {
        self.table.find(spread(key.hash()), |&place| self.keys[place as usize] == key).copied()
    }
}

impl Job<'_> {
    /// Folds one partition into `fold`, with what hangs on its waybills.
    ///
    /// # Errors
    /// [`RecordError`] where packed words are none that a record was packed into.
    pub(super) fn fold(
        &self,
        partition: usize,
        casebook: Casebook,
        known: Known,
        waybills: &mut Vec<Waybill>,
        fold: &mut Fold,
    ) -> Result<(), RecordError> {
        waybills.clear();
        for shard in self.shards {
            shard.waybills(partition, waybills)?;
        }
        let events = self.shards.iter().flat_map(|shard| shard.events(partition));
        let scans = |waybills: &[&Waybill], known: &mut Known| {
            let places = Places::of(waybills);
            ScansByWaybill::sort(events, waybills.len(), |event: PackedEvent<'_>| places.find(event.key()), known)
        };
        let assembly = Assembly::over(self.wanted, waybills, scans, casebook, known, self.context, self.history);
        fold.take(assembly, self.plan, self.context);
        Ok(())
    }
}
