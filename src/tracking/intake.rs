//! From tracked shipments to records.

use std::collections::BTreeMap;

use super::scan_time::instant;
use super::{
    ScanFault, ScanSetAside, ToldTime, TrackedScan, TrackedShipment, TrackingError, TrackingReading, UnknownTold,
};
use crate::codes::{
    CodePolicies, Decoded, Decoder, FacilityRole, Passing, Placed, System, TextLanguage, Vocabulary, place,
};
use crate::record::{
    CarrierId, FacilityId, Instant, Label, Mover, NodeEvent, Promise, PromiseMove, RecordKind, Records, Waybill,
    WaybillKey, WaybillNumber, Zone,
};

/// What a day without a time of day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum MissingTime {
    /// The start of the day, counted as `missing_time`.
    #[default]
    DayStart,
    /// No time: the scan is set aside.
    SetAside,
}

/// Makes records of tracked shipments.
#[derive(Debug, Clone)]
#[must_use]
pub struct TrackingIntake {
    zone: Zone,
    policies: CodePolicies,
    missing_time: MissingTime,
    roles: BTreeMap<FacilityId, FacilityRole>,
}

/// Shanghai's time, every policy at its default, no register of facilities.
impl Default for TrackingIntake {
    fn default() -> Self {
        Self {
            zone: Zone::SHANGHAI,
            policies: CodePolicies::default(),
            missing_time: MissingTime::default(),
            roles: BTreeMap::new(),
        }
    }
}

/// A scan with its instant, before its place is known.
struct Timed<'t> {
    at: Instant,
    told: &'t TrackedScan,
    place: usize, // among the scans as they were told
    decoded: Decoded,
}

impl TrackingIntake {
    /// The zone of local times that name none.
    pub fn with_zone(mut self, zone: Zone) -> Self {
        self.zone = zone;
        self
    }

    /// How contradicting codes are read.
    pub fn with_policies(mut self, policies: CodePolicies) -> Self {
        self.policies = policies;
        self
    }

    /// What a day without a time is.
    pub fn with_missing_time(mut self, missing_time: MissingTime) -> Self {
        self.missing_time = missing_time;
        self
    }

    /// What the facilities are, where the caller knows.
    pub fn with_roles(mut self, roles: BTreeMap<FacilityId, FacilityRole>) -> Self {
        self.roles = roles;
        self
    }

    /// Takes shipments.
    ///
    /// # Errors
    /// [`TrackingError::UnknownSystem`] where a shipment names a system without a vocabulary.
    pub fn take(&self, shipments: &[TrackedShipment]) -> Result<TrackingReading, TrackingError> {
        let mut texts = BTreeMap::new();
        for language in [TextLanguage::Chinese, TextLanguage::English] {
            texts.insert(language, Vocabulary::of_texts(language));
        }
        let mut decoders: BTreeMap<Option<&str>, Decoder<'_>> = BTreeMap::new();
        let records = Records::supplying([RecordKind::Waybill, RecordKind::Event]);
        let mut reading = TrackingReading { records, ..TrackingReading::default() };
        for shipment in shipments {
            let system = shipment.system.as_deref();
            let vocabulary = match system {
                Some(name) => System::named(name).ok_or_else(|| unknown_system(name))?.vocabulary()?,
                None => &texts[&TextLanguage::English],
            };
            let decoder = decoders.entry(system).or_insert_with(|| Decoder::new(vocabulary, self.policies));
            self.take_one(shipment, decoder, &mut reading);
        }
        for (system, decoder) in &decoders {
            reading.unknown.extend(decoder.unknown().map(|unknown| UnknownTold {
                system: system.map(str::to_owned),
                code: unknown.code.to_owned(),
                count: unknown.count,
                suggestion: unknown.suggestion,
            }));
        }
        Ok(reading)
    }

    fn take_one(&self, shipment: &TrackedShipment, decoder: &mut Decoder<'_>, reading: &mut TrackingReading) {
        reading.shipments += 1;
        reading.scans += shipment.scans.len() as u64;
        let Some(number) = shipment.number.as_deref().and_then(|number| WaybillNumber::new(number).ok()) else {
            reading
                .records
                .set_aside
                .entry(RecordKind::Waybill)
                .or_default()
                .quarantine(ScanFault::MissingNumber.name(), 1);
            for (place, scan) in shipment.scans.iter().enumerate() {
                reading.set_aside(shipment, place, ScanFault::MissingNumber, scan.text.as_deref());
            }
            return;
        };
        let timed = self.timed(shipment, decoder, reading);
        // Without a scan that has a time there is no day of posting, and nothing to measure.
        let days = timed.iter().filter_map(|scan| scan.told.at).map(ToldTime::day);
        let Some(posted_on) = days.min() else {
            reading.records.set_aside.entry(RecordKind::Waybill).or_default().quarantine("missing_posted_on", 1);
            return;
        };
        let mut key = WaybillKey::new(number, posted_on);
        key.carrier = shipment.carrier.as_deref().and_then(|carrier| CarrierId::new(carrier).ok());
        reading.records.waybills.push(self.waybill(&key, shipment, timed.last().map(|scan| scan.at)));
        self.events(&key, shipment, &timed, reading);
    }

    /// The scans that have a time, in its order. Carriers tell the newest first or last: where two have one instant, the
    /// order of the whole decides.
    fn timed<'t>(
        &self,
        shipment: &'t TrackedShipment,
        decoder: &mut Decoder<'_>,
        reading: &mut TrackingReading,
    ) -> Vec<Timed<'t>> {
        let mut timed = Vec::with_capacity(shipment.scans.len());
        for (place, told) in shipment.scans.iter().enumerate() {
            let found = match told.at {
                Some(at) => instant(at, told.zone.as_deref(), self.zone, self.missing_time),
                None if told.unread_at.is_some() => Err(ScanFault::InvalidTime),
                None => Err(ScanFault::MissingOccurredAt),
            };
            match found {
                Err(fault) => {
                    let value = told.at.map(|at| at.to_string()).or_else(|| told.unread_at.clone());
                    reading.set_aside(shipment, place, fault, value.as_deref());
                }
                Ok(found) => {
                    if told.at.is_some_and(|at| !at.has_time()) {
                        reading.note("missing_time");
                    }
                    if found.unknown_zone {
                        reading.note("unknown_zone");
                    }
                    // A carrier without a vocabulary has codes that nobody lists; its texts are read.
                    let code = told.code.as_deref().filter(|_| shipment.system.is_some());
                    let decoded = decoder.decode(code, told.text.as_deref(), told.reason.as_deref());
                    timed.push(Timed { at: found.at, told, place, decoded });
                }
            }
        }
        let newest_first = timed.first().map(|scan| scan.at) > timed.last().map(|scan| scan.at);
        if newest_first {
            timed.reverse();
        }
        timed.sort_by_key(|scan| scan.at);
        timed
    }

    fn waybill(&self, key: &WaybillKey, shipment: &TrackedShipment, last: Option<Instant>) -> Waybill {
        let promise = |told: ToldTime| match told.time {
            Some(_) => instant(told, None, self.zone, MissingTime::DayStart).ok().map(|found| Promise::By(found.at)),
            None => Some(Promise::On(told.day)),
        };
        let mut waybill = Waybill::new(key.clone());
        let current = shipment.promise.and_then(promise);
        waybill.promise = shipment.original_promise.and_then(promise).or(current);
        if let (Some(to), Some(moved_at)) = (current.filter(|_| current != waybill.promise), last) {
            waybill.promise_moves.push(PromiseMove { moved_at, by: Mover::Carrier, to });
        }
        waybill.product = shipment.service.as_deref().and_then(|service| Label::new(service).ok());
        waybill
    }

    fn events(&self, key: &WaybillKey, shipment: &TrackedShipment, timed: &[Timed<'_>], reading: &mut TrackingReading) {
        let facility = |scan: &Timed<'_>| scan.told.place.as_deref().and_then(|place| FacilityId::new(place).ok());
        let passings: Vec<_> = timed.iter().map(|scan| Passing::new(scan.decoded.sense, facility(scan))).collect();
        for (scan, placed) in timed.iter().zip(place(&passings, &self.roles)) {
            let said = scan.told.code.as_deref().or(scan.told.text.as_deref());
            match placed {
                Placed::NoNode if scan.decoded.meaning.is_some() => reading.without_node += 1,
                Placed::NoNode => reading.set_aside(shipment, scan.place, ScanFault::UnknownCode, said),
                Placed::Unplaced => reading.set_aside(shipment, scan.place, ScanFault::Unplaced, said),
                Placed::Node(kind) => {
                    let mut event = NodeEvent::new(key.clone(), kind, scan.at);
                    event.facility = facility(scan);
                    event.party = scan.decoded.party();
                    let code = scan.told.carrier_code.as_deref().or(scan.told.code.as_deref());
                    event.raw_code = code.and_then(|code| Label::new(code).ok());
                    reading.records.events.push(event);
                }
            }
        }
    }
}

fn unknown_system(name: &str) -> TrackingError {
    let known = System::ALL.map(System::name).join(", ");
    TrackingError::UnknownSystem { system: name.to_owned(), known }
}

impl TrackingReading {
    fn note(&mut self, note: &'static str) {
        *self.notes.entry(note).or_default() += 1;
    }

    fn set_aside(&mut self, shipment: &TrackedShipment, place: usize, fault: ScanFault, value: Option<&str>) {
        self.records.set_aside.entry(RecordKind::Event).or_default().quarantine(fault.name(), 1);
        let value = value.unwrap_or_default().to_owned();
        self.set_aside.push(ScanSetAside { number: shipment.number.clone(), place, fault, value });
    }
}
