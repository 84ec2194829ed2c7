//! One scan in five words, or in twelve where it does not fit.

use crate::fact::EventRow;
use crate::journey::Scan;
use crate::record::{CarrierId, Consent, Duration, EPOCH_FROM_CE, Instant, NodeKind, Party};

use super::dictionary::NONE;
use super::name::Name;
use super::part::Part;
use super::vocabulary::Vocabulary;

/// The posting day of a waybill that a scan does not tell.
pub(super) const UNTOLD: i32 = i32::MIN;

/// A scan whose texts have been given codes. 0 stands for none.
#[derive(Debug, Clone, Copy)]
pub(super) struct CodedEvent<'n> {
    pub(super) number: Name<'n>,
    pub(super) posted_on: i32, // days from 0001-01-01, which is day 1; or untold
    pub(super) carrier: u32,
    pub(super) kind: NodeKind,
    pub(super) occurred_at: Instant,
    pub(super) recorded_at: Option<Instant>,
    pub(super) facility: u32,
    pub(super) leg: u32,
    pub(super) courier: u32,
    pub(super) consent: Consent,
    pub(super) party: Option<Party>,
}

/// The common scan: of the vocabulary's home carrier, without leg, courier or party, of the years 1970 to 2109, posted near
/// the day it was scanned, recorded soon after.
///
/// Word by word, low bits first: the number (64); the instant (42), kind (5), posting day before the scan's (7), consent
/// (2), facility (8 of 18); facility (10 of 18), delay of recording (22).
pub(super) type Narrow = [u32; 5];

/// Any scan: the number (2 words), posting day, carrier, instant (2), instant of recording (2), facility, leg, courier; kind,
/// consent, party and whether it was recorded, a byte each.
pub(super) type Wide = [u32; 12];

const MILLIS_A_DAY: i64 = 86_400_000;
const INSTANT_BITS: u32 = 42;
const FACILITY_BITS: u32 = 18;
const FACILITY_LOW_BITS: u32 = 8;
/// A scan may come up to so many days before its posting day, which is a local one.
const POSTED_LATER_BY_AT_MOST: i64 = 15;
const POSTED_BITS: u32 = 7;
const POSTED_UNTOLD: u64 = (1 << POSTED_BITS) - 1;
/// The delay of recording: 21 bits of milliseconds or of seconds, and which of them.
const DELAY_BITS: u32 = 21;
const DELAY_IN_SECONDS: u32 = 1 << DELAY_BITS;
const UNRECORDED: u32 = (1 << (DELAY_BITS + 1)) - 1;

fn scanned_on(at: Instant) -> i64 {
    at.as_millis().div_euclid(MILLIS_A_DAY) + i64::from(EPOCH_FROM_CE)
}

fn delay_word(event: &CodedEvent<'_>) -> Option<u32> {
    let Some(recorded_at) = event.recorded_at else { return Some(UNRECORDED) };
    let millis = u64::try_from(recorded_at.since(event.occurred_at).as_millis()).ok()?;
    let most = 1_u64 << DELAY_BITS;
    if millis < most {
        Some(millis as u32)
    } else {
        let seconds = millis / 1000;
        (millis % 1000 == 0 && seconds < most - 1).then_some(DELAY_IN_SECONDS | seconds as u32)
    }
}

impl CodedEvent<'_> {
    /// The scan in its narrow form, but for its number; none where it does not fit.
    pub(super) fn narrow(&self, home_carrier: u32) -> Option<[u32; 3]> {
        let event = self;
        let is_plain =
            event.carrier == home_carrier && event.leg == NONE && event.courier == NONE && event.party.is_none();
        let millis = u64::try_from(event.occurred_at.as_millis()).ok().filter(|millis| *millis < 1 << INSTANT_BITS)?;
        let posted = match event.posted_on {
            UNTOLD => POSTED_UNTOLD,
            day => {
                let days = scanned_on(event.occurred_at) - i64::from(day) + POSTED_LATER_BY_AT_MOST;
                u64::try_from(days).ok().filter(|days| *days < POSTED_UNTOLD)?
            }
        };
        if !is_plain || event.facility >= 1 << FACILITY_BITS {
            return None;
        }
        let delay = delay_word(event)?;
        let facility = u64::from(event.facility);
        let middle = millis
            | (event.kind as u64) << INSTANT_BITS
            | posted << (INSTANT_BITS + 5)
            | (event.consent as u64) << (INSTANT_BITS + 12)
            | (facility & 0xff) << (INSTANT_BITS + 14);
        let high = (event.facility >> FACILITY_LOW_BITS) | delay << (FACILITY_BITS - FACILITY_LOW_BITS);
        Some([middle as u32, (middle >> 32) as u32, high])
    }

    /// The scan in its wide form, with its packed number.
    pub(super) fn wide(&self, [low, next]: [u32; 2]) -> Wide {
        let halves = |at: Instant| [at.as_millis() as u32, (at.as_millis() >> 32) as u32];
        let [occurred, occurred_high] = halves(self.occurred_at);
        let [recorded, recorded_high] = self.recorded_at.map_or([0, 0], halves);
        let party = self.party.map_or(0, |party| party as u8 + 1);
        let small = [self.kind as u8, self.consent as u8, party, u8::from(self.recorded_at.is_some())];
        let (posted_on, small) = (self.posted_on as u32, u32::from_le_bytes(small));
        let codes = [self.facility, self.leg, self.courier];
        let [facility, leg, courier] = codes;
        [
            low,
            next,
            posted_on,
            self.carrier,
            occurred,
            occurred_high,
            recorded,
            recorded_high,
            facility,
            leg,
            courier,
            small,
        ]
    }
}

fn kind_of(number: usize) -> NodeKind {
    NodeKind::ALL[number.min(NodeKind::ALL.len() - 1)]
}

fn consent_of(number: usize) -> Consent {
    Consent::ALL[number.min(Consent::ALL.len() - 1)]
}

/// Reads a wide scan with the texts of its partition.
fn from_wide<'n>(words: &Wide, texts: &'n str) -> CodedEvent<'n> {
    let &[
        low,
        next,
        posted_on,
        carrier,
        occurred,
        occurred_high,
        recorded,
        recorded_high,
        facility,
        leg,
        courier,
        small,
    ] = words;
    let instant = |low: u32, high: u32| Instant::clamped((u64::from(low) | u64::from(high) << 32) as i64);
    let [kind, consent, party, is_recorded] = small.to_le_bytes();
    CodedEvent {
        number: Name::unpack([low, next], texts),
        posted_on: posted_on as i32,
        carrier,
        kind: kind_of(kind.into()),
        occurred_at: instant(occurred, occurred_high),
        recorded_at: (is_recorded != 0).then(|| instant(recorded, recorded_high)),
        facility,
        leg,
        courier,
        consent: consent_of(consent.into()),
        party: usize::from(party).checked_sub(1).and_then(|number| Party::ALL.get(number).copied()),
    }
}

/// Reads a narrow scan with the texts of its partition.
fn from_narrow<'n>(words: &Narrow, home_carrier: u32, texts: &'n str) -> CodedEvent<'n> {
    let &[low, next, middle_low, middle_high, high] = words;
    let middle = u64::from(middle_low) | u64::from(middle_high) << 32;
    let field = |from: u32, bits: u32| (middle >> from & ((1 << bits) - 1)) as u32;
    let occurred_at = Instant::clamped((middle & ((1 << INSTANT_BITS) - 1)) as i64);
    let posted_on = match field(INSTANT_BITS + 5, POSTED_BITS).into() {
        POSTED_UNTOLD => UNTOLD,
        days => (scanned_on(occurred_at) - days as i64 + POSTED_LATER_BY_AT_MOST) as i32,
    };
    let facility_high_bits = FACILITY_BITS - FACILITY_LOW_BITS;
    let facility_high = high & ((1 << facility_high_bits) - 1);
    let delay = high >> facility_high_bits;
    let value = i64::from(delay & (DELAY_IN_SECONDS - 1));
    let recorded_at = (delay != UNRECORDED).then(|| {
        let millis = if delay & DELAY_IN_SECONDS == 0 { value } else { value * 1000 };
        occurred_at.saturating_add(Duration::from_millis(millis))
    });
    CodedEvent {
        number: Name::unpack([low, next], texts),
        posted_on,
        carrier: home_carrier,
        kind: kind_of(field(INSTANT_BITS, 5) as usize),
        occurred_at,
        recorded_at,
        facility: field(INSTANT_BITS + 14, FACILITY_LOW_BITS) | facility_high << FACILITY_LOW_BITS,
        leg: NONE,
        courier: NONE,
        consent: consent_of(field(INSTANT_BITS + 12, 2) as usize),
        party: None,
    }
}

/// A packed scan with the part of a partition it is of.
#[derive(Debug, Clone, Copy)]
pub(super) enum PackedEvent<'a> {
    Narrow(&'a Narrow, &'a Part<'a>),
    Wide(&'a Wide, &'a Part<'a>),
}

impl<'a> PackedEvent<'a> {
    fn coded(self) -> (CodedEvent<'a>, &'a Vocabulary) {
        match self {
            Self::Narrow(words, part) => (from_narrow(words, part.words.home_carrier(), &part.texts), part.words),
            Self::Wide(words, part) => (from_wide(words, &part.texts), part.words),
        }
    }

    pub(super) fn kind(self) -> NodeKind {
        self.coded().0.kind
    }

    pub(super) fn occurred_at(self) -> Instant {
        self.coded().0.occurred_at
    }

    /// Its waybill as far as it tells.
    pub(super) fn whose(self) -> Whose<'a> {
        let (event, words) = self.coded();
        Whose {
            number: event.number,
            posted_on: Some(event.posted_on).filter(|&day| day != UNTOLD),
            carrier: words.carriers.value(event.carrier),
            occurred_at: event.occurred_at,
        }
    }
}

/// The waybill of a scan, as far as the scan tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whose<'a> {
    pub(super) number: Name<'a>,
    pub(super) posted_on: Option<i32>,
    pub(super) carrier: Option<&'a CarrierId>,
    pub(super) occurred_at: Instant,
}

impl<'a> EventRow<'a> for PackedEvent<'a> {
    fn known_at(self) -> Instant {
        let (event, _) = self.coded();
        event.recorded_at.unwrap_or(event.occurred_at)
    }

    fn scan(self) -> Scan<'a> {
        let (event, words) = self.coded();
        Scan {
            occurred_at: event.occurred_at,
            kind: event.kind,
            facility: words.facilities.value(event.facility),
            leg: words.labels.value(event.leg),
            recorded_at: event.recorded_at,
            courier: words.couriers.value(event.courier),
            consent: event.consent,
            party: event.party,
            raw_code: None,
        }
    }
}
