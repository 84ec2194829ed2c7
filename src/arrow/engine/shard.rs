//! What one thread packs: its vocabulary, and a share of every partition.

use crate::record::{NodeEvent, RecordError};

use super::chunks::Chunks;
use super::name::{Name, PackedName};
use super::needs::Needs;
use super::packed_event::{CodedEvent, NarrowEvent, PackedEvent, UNTOLD};
use super::packed_waybill::{CodedWaybill, days_of};
use super::vocabulary::Vocabulary;

/// What one thread packs. Shards need not know of one another: each has codes of its own.
#[derive(Debug)]
pub(super) struct Shard {
    pub(super) words: Vocabulary,
    /// By partition. What is written to with every scan stands close together, to stay in the nearest cache.
    narrow: Vec<Chunks<NarrowEvent>>,
    wide: Vec<Chunks<CodedEvent>>,
    waybills: Vec<Chunks<u32>>,
    pub(super) needs: Needs,
    /// Whether some scan does not tell the posting day of its waybill.
    pub(super) has_untold: bool,
}

/// The partition of a number by its hash: the high bits, since the low ones are the table's within a partition.
pub(super) fn partition_of(hash: u64, partitions: usize) -> usize {
    ((u128::from(hash) * partitions as u128) >> 64) as usize
}

impl Shard {
    pub(super) fn new(partitions: usize, needs: Needs) -> Self {
        Self {
            words: Vocabulary::default(),
            narrow: vec![Chunks::default(); partitions],
            wide: vec![Chunks::default(); partitions],
            waybills: vec![Chunks::default(); partitions],
            needs,
            has_untold: false,
        }
    }

    /// The partitions rows are scattered to.
    pub(super) fn partitions(&self) -> usize {
        self.narrow.len()
    }

    fn partition(&self, number: PackedName) -> usize {
        partition_of(self.words.texts.name(number).hash(), self.partitions())
    }

    /// Packs a scan.
    pub(super) fn take_event(&mut self, event: &CodedEvent) {
        self.has_untold |= event.posted_on == UNTOLD;
        let place = self.partition(event.number);
        let home = self.words.home_carrier_or(event.carrier);
        match NarrowEvent::of(event, home) {
            Some(narrow) => self.narrow[place].push(narrow),
            None => self.wide[place].push(*event),
        }
    }

    /// Packs a waybill.
    pub(super) fn take_waybill(&mut self, waybill: &CodedWaybill) {
        let place = self.partition(waybill.number);
        waybill.pack(self.waybills[place].room_for(CodedWaybill::MOST_WORDS));
    }

    /// Gives codes to the texts of a scan, as far as the figures asked for can tell them apart.
    ///
    /// # Errors
    /// [`RecordError`] never for a scan that was made; the dictionaries ask for it.
    pub(super) fn code_event(&mut self, event: &NodeEvent) -> Result<CodedEvent, RecordError> {
        let words = &mut self.words;
        let courier = event.courier.as_ref().filter(|_| self.needs.courier_of(event.kind));
        Ok(CodedEvent {
            number: words.texts.pack(Name::of(event.waybill.number.as_str())),
            posted_on: days_of(event.waybill.posted_on),
            carrier: words.carrier(event.waybill.carrier.as_ref())?,
            kind: event.kind,
            occurred_at: event.occurred_at,
            recorded_at: event.recorded_at,
            facility: words.facility(event.facility.as_ref().map(|id| id.as_str()))?,
            leg: words.leg(event.leg.as_ref().map(|label| label.as_str()))?,
            courier: words.courier(courier.map(|id| id.as_str()))?,
            consent: event.consent,
            party: event.party,
        })
    }

    /// The scans of a partition.
    pub(super) fn events(&self, partition: usize) -> impl Iterator<Item = PackedEvent<'_>> + Clone {
        let narrow = self.narrow[partition].iter().flatten().map(|event| PackedEvent::Narrow(event, &self.words));
        let wide = self.wide[partition].iter().flatten().map(|event| PackedEvent::Wide(event, &self.words));
        narrow.chain(wide)
    }

    /// The waybills of a partition.
    pub(super) fn waybills(&self, partition: usize) -> impl Iterator<Item = CodedWaybill> {
        self.waybills[partition].iter().flat_map(|chunk| {
            let mut words = chunk;
            std::iter::from_fn(move || {
                let (coded, length) = (!words.is_empty()).then(|| CodedWaybill::unpack(words))?;
                words = &words[length..];
                Some(coded)
            })
        })
    }
}
