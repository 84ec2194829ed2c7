//! One waybill in as few words as it has fields.

use chrono::NaiveDate;

use crate::record::{Duration, Flow, Instant, Promise, date_from_ce};

use super::chunks::Chunks;
use super::dictionary::NONE;
use super::name::{Name, Texts};

/// The labels of a waybill, in the order they are packed.
pub(super) const LABELS: usize = 8;

/// A waybill whose texts have been given codes. 0 stands for none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CodedWaybill<'n> {
    pub(super) number: Name<'n>,
    pub(super) posted_on: i32,
    pub(super) carrier: u32,
    pub(super) updated_at: Option<Instant>,
    pub(super) recorded_at: Option<Instant>,
    pub(super) flow: Flow,
    pub(super) parent: Option<Name<'n>>,
    pub(super) customer: Option<Name<'n>>,
    pub(super) recipient: Option<Name<'n>>,
    /// Origin and destination region, origin and destination city, product, cargo category, channel, customer segment.
    pub(super) labels: [u32; LABELS],
    pub(super) zone: u32,
    pub(super) promise: Option<Promise>,
    pub(super) fee: Option<CodedMoney>,
    pub(super) declared_value: Option<CodedMoney>,
    pub(super) weight_grams: Option<u32>,
    /// The number by which moves of its promise name the row.
    pub(super) row: Option<u64>,
    /// Plans for stages: the code of the passage, and the length in milliseconds in two halves.
    pub(super) stage_plans: &'n [[u32; 3]],
    /// Columns of the caller's own: the codes of name and value.
    pub(super) attributes: &'n [[u32; 2]],
}

/// Where the codes of plans and of columns of the caller's own are put together, waybill after waybill.
#[derive(Debug, Default)]
pub(super) struct Further {
    pub(super) stage_plans: Vec<[u32; 3]>,
    pub(super) attributes: Vec<[u32; 2]>,
}

impl Further {
    pub(super) fn clear(&mut self) {
        self.stage_plans.clear();
        self.attributes.clear();
    }

    pub(super) fn plan(&mut self, passage: u32, length: Duration) {
        let [low, high] = halves(length.as_millis());
        self.stage_plans.push([passage, low, high]);
    }
}

/// A word of 64 bits in two, the low one first.
pub(super) fn halves(word: i64) -> [u32; 2] {
    [word as u32, (word >> 32) as u32]
}

/// The word that [`halves`] were made of.
pub(super) fn whole([low, high]: [u32; 2]) -> i64 {
    (u64::from(low) | u64::from(high) << 32) as i64
}

/// An amount and the code of its currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CodedMoney {
    pub(super) minor_units: i64,
    pub(super) currency: u32,
}

/// Words written one after another; the first says which follow.
#[derive(Debug)]
struct Writer<'w> {
    words: &'w mut Vec<u32>,
    texts: &'w mut Texts,
    head: usize,
    bit: u32,
}

impl Writer<'_> {
    fn mark(&mut self, present: bool) {
        self.words[self.head] |= u32::from(present) << self.bit;
        self.bit += 1;
    }
    fn long(&mut self, word: i64) {
        self.words.extend(halves(word));
    }
    fn optional_long(&mut self, word: Option<i64>) {
        self.mark(word.is_some());
        word.into_iter().for_each(|word| self.long(word));
    }
    fn optional_word(&mut self, word: Option<u32>) {
        self.mark(word.is_some());
        self.words.extend(word);
    }
    fn optional_name(&mut self, name: Option<Name<'_>>) {
        self.mark(name.is_some());
        name.into_iter().for_each(|name| self.words.extend(self.texts.pack(name)));
    }
    fn code(&mut self, code: u32) {
        self.optional_word((code != NONE).then_some(code));
    }
    fn groups<const N: usize>(&mut self, groups: &[[u32; N]]) {
        self.optional_word((!groups.is_empty()).then_some(groups.len() as u32));
        self.words.extend(groups.as_flattened());
    }
    fn money(&mut self, amount: Option<CodedMoney>) {
        self.mark(amount.is_some());
        if let Some(amount) = amount {
            self.long(amount.minor_units);
            self.words.push(amount.currency);
        }
    }
}

/// The same words read in the same order.
#[derive(Debug)]
struct Reader<'n> {
    words: &'n [u32],
    texts: &'n str,
    head: u32,
}

impl<'n> Reader<'n> {
    fn is_marked(&mut self) -> bool {
        let marked = self.head & 1 == 1;
        self.head >>= 1;
        marked
    }
    fn word(&mut self) -> u32 {
        let Some((&word, rest)) = self.words.split_first() else { return 0 };
        self.words = rest;
        word
    }
    fn long(&mut self) -> i64 {
        whole([self.word(), self.word()])
    }
    fn optional_long(&mut self) -> Option<i64> {
        self.is_marked().then(|| self.long())
    }
    fn optional_word(&mut self) -> Option<u32> {
        self.is_marked().then(|| self.word())
    }
    fn name(&mut self) -> Name<'n> {
        Name::unpack([self.word(), self.word()], self.texts)
    }
    fn optional_name(&mut self) -> Option<Name<'n>> {
        self.is_marked().then(|| self.name())
    }
    fn code(&mut self) -> u32 {
        self.optional_word().unwrap_or(NONE)
    }
    fn groups<const N: usize>(&mut self) -> &'n [[u32; N]] {
        let count = self.optional_word().unwrap_or(0) as usize;
        let (groups, rest) = self.words.split_at_checked(count * N).unwrap_or_default();
        self.words = rest;
        groups.as_chunks().0
    }
    fn money(&mut self) -> Option<CodedMoney> {
        self.is_marked().then(|| CodedMoney { minor_units: self.long(), currency: self.word() })
    }
}

impl<'n> CodedWaybill<'n> {
    /// The most words it takes.
    fn most_words(&self) -> usize {
        42 + self.stage_plans.as_flattened().len() + self.attributes.as_flattened().len()
    }

    /// Writes it behind the words and texts there are.
    pub(super) fn pack(&self, words: &mut Chunks<u32>, texts: &mut Texts) {
        let words = words.room_for(self.most_words());
        let head = words.len();
        words.push(0);
        words.extend(texts.pack(self.number));
        words.push(self.posted_on as u32);
        let mut out = Writer { words, texts, head, bit: 0 };
        out.code(self.carrier);
        out.optional_long(self.updated_at.map(Instant::as_millis));
        out.optional_long(self.recorded_at.map(Instant::as_millis));
        out.mark(self.flow == Flow::Reverse);
        out.mark(self.flow == Flow::ReturnLeg);
        out.optional_name(self.parent);
        out.optional_name(self.customer);
        out.optional_name(self.recipient);
        self.labels.iter().for_each(|&label| out.code(label));
        out.code(self.zone);
        let by = if let Some(Promise::By(at)) = self.promise { Some(at.as_millis()) } else { None };
        out.optional_long(by);
        let on = if let Some(Promise::On(day)) = self.promise { Some(days_of(day) as u32) } else { None };
        out.optional_word(on);
        out.money(self.fee);
        out.money(self.declared_value);
        out.optional_word(self.weight_grams);
        out.optional_long(self.row.map(|row| row as i64));
        out.groups(self.stage_plans);
        out.groups(self.attributes);
    }

    /// Reads the first waybill of some words, and tells how many words it took.
    pub(super) fn unpack(words: &'n [u32], texts: &'n str) -> (Self, usize) {
        let mut input = Reader { words, texts, head: 0 };
        input.head = input.word();
        let number = input.name();
        let posted_on = input.word() as i32;
        let carrier = input.code();
        let updated_at = input.optional_long().map(Instant::clamped);
        let recorded_at = input.optional_long().map(Instant::clamped);
        let flow = match (input.is_marked(), input.is_marked()) {
            (true, _) => Flow::Reverse,
            (_, true) => Flow::ReturnLeg,
            _ => Flow::Forward,
        };
        let parent = input.optional_name();
        let customer = input.optional_name();
        let recipient = input.optional_name();
        let labels = std::array::from_fn(|_| input.code());
        let zone = input.code();
        let by = input.optional_long().map(|millis| Promise::By(Instant::clamped(millis)));
        let on = input.optional_word().and_then(|days| day_of(days as i32));
        let waybill = Self {
            number,
            posted_on,
            carrier,
            updated_at,
            recorded_at,
            flow,
            parent,
            customer,
            recipient,
            labels,
            zone,
            promise: by.or(on.map(Promise::On)),
            fee: input.money(),
            declared_value: input.money(),
            weight_grams: input.optional_word(),
            row: input.optional_long().map(|row| row as u64),
            stage_plans: input.groups(),
            attributes: input.groups(),
        };
        (waybill, words.len() - input.words.len())
    }
}

/// Days from 0001-01-01, which is day 1.
pub(super) fn days_of(day: NaiveDate) -> i32 {
    chrono::Datelike::num_days_from_ce(&day)
}

/// The day of [`days_of`].
pub(super) fn day_of(days: i32) -> Option<NaiveDate> {
    date_from_ce(days)
}
