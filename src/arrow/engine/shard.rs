//! What one thread packs: its vocabulary, and a share of every partition.

use crate::arrow::ArrowInputError;
use crate::record::{NodeEvent, RecordError};

use super::chunks::Chunks;
use super::name::{Name, Texts};
use super::needs::Needs;
use super::packed_event::{CodedEvent, UNTOLD};
use super::packed_waybill::{CodedWaybill, days_of};
use super::part::Part;
use super::spill::{Room, Spilled};
use super::vocabulary::Vocabulary;

/// What one thread packs. Shards need not know of one another: each has codes of its own.
///
/// Every list is by partition. What is written to with every scan stands close together, to stay in the nearest cache.
#[derive(Debug)]
pub(super) struct Shard {
    pub(super) words: Vocabulary,
    pub(super) narrow: Vec<Chunks<u32>>,
    pub(super) wide: Vec<Chunks<u32>>,
    pub(super) waybills: Vec<Chunks<u32>>,
    pub(super) texts: Vec<Texts>,
    pub(super) needs: Needs,
    /// Whether some scan does not tell the posting day of its waybill.
    pub(super) has_untold: bool,
    pub(super) spilled: Spilled,
}

/// The partition of a number by its hash: the high bits, since the low ones are the table's within a partition.
pub(super) fn partition_of(hash: u64, partitions: usize) -> usize {
    ((u128::from(hash) * partitions as u128) >> 64) as usize
}

impl Shard {
    pub(super) fn new(partitions: usize, needs: Needs, room: Room) -> Self {
        Self {
            words: Vocabulary::default(),
            narrow: vec![Chunks::default(); partitions],
            wide: vec![Chunks::default(); partitions],
            waybills: vec![Chunks::default(); partitions],
            texts: vec![Texts::default(); partitions],
            needs,
            has_untold: false,
            spilled: Spilled::new(room),
        }
    }

    /// The partitions rows are scattered to.
    pub(super) fn partitions(&self) -> usize {
        self.narrow.len()
    }

    /// Packs a scan.
    pub(super) fn take_event(&mut self, event: &CodedEvent<'_>) {
        self.has_untold |= event.posted_on == UNTOLD;
        let place = partition_of(event.number.hash(), self.partitions());
        let home = self.words.home_carrier_or(event.carrier);
        let [low, next] = self.texts[place].pack(event.number);
        match event.narrow(home) {
            Some([a, b, c]) => self.narrow[place].room_for(5).extend([low, next, a, b, c]),
            None => {
                let wide = event.wide([low, next]);
                self.wide[place].room_for(wide.len()).extend(wide);
            }
        }
    }

    /// Packs a waybill.
    pub(super) fn take_waybill(&mut self, waybill: &CodedWaybill<'_>) {
        let place = partition_of(waybill.number.hash(), self.partitions());
        waybill.pack(&mut self.waybills[place], &mut self.texts[place]);
    }

    /// Gives codes to the texts of a scan, as far as the figures asked for can tell them apart.
    ///
    /// # Errors
    /// [`RecordError`] never for a scan that was made; the dictionaries ask for it.
    pub(super) fn code_event<'n>(&mut self, event: &'n NodeEvent) -> Result<CodedEvent<'n>, RecordError> {
        let words = &mut self.words;
        let courier = event.courier.as_ref().filter(|_| self.needs.courier_of(event.kind));
        Ok(CodedEvent {
            number: Name::of(event.waybill.number.as_str()),
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

    /// What it has of a partition.
    ///
    /// # Errors
    /// [`ArrowInputError::Spill`] where what was spilled cannot be read back.
    pub(super) fn part(&self, partition: usize) -> Result<Part<'_>, ArrowInputError> {
        Ok(Part {
            narrow: self.spilled.words(Spilled::NARROW, partition, &self.narrow[partition])?,
            wide: self.spilled.words(Spilled::WIDE, partition, &self.wide[partition])?,
            ..self.waybill_part(partition)?
        })
    }

    /// The waybills it has of a partition.
    ///
    /// # Errors
    /// [`ArrowInputError::Spill`] where what was spilled cannot be read back.
    pub(super) fn waybill_part(&self, partition: usize) -> Result<Part<'_>, ArrowInputError> {
        Ok(Part {
            words: &self.words,
            narrow: Vec::new(),
            wide: Vec::new(),
            waybills: self.spilled.words(Spilled::WAYBILLS, partition, &self.waybills[partition])?,
            texts: self.spilled.text(partition, &self.texts[partition].bytes)?,
        })
    }

    /// Spills what it holds, where that is more than there is room for.
    ///
    /// # Errors
    /// [`ArrowInputError::Spill`] where it cannot be written.
    pub(super) fn make_room(&mut self) -> Result<(), ArrowInputError> {
        let lists = self.narrow.iter().chain(&self.wide).chain(&self.waybills);
        let texts = self.texts.iter().map(|texts| texts.bytes.bytes());
        if !self.spilled.is_over(|| lists.map(Chunks::bytes).chain(texts).sum()) {
            return Ok(());
        }
        for partition in 0..self.partitions() {
            self.spilled.spill_words(Spilled::NARROW, partition, &mut self.narrow[partition])?;
            self.spilled.spill_words(Spilled::WIDE, partition, &mut self.wide[partition])?;
            self.spilled.spill_words(Spilled::WAYBILLS, partition, &mut self.waybills[partition])?;
            self.spilled.spill_text(partition, &mut self.texts[partition].bytes)?;
        }
        self.spilled.flush()
    }
}
