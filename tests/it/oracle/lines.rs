//! The rows that a scorecard should have: facts sorted into windows and groups, and what is made of them.

use std::collections::{BTreeMap, BTreeSet};

use parcelgauge::cube::Dimension;
use parcelgauge::record::{CourierId, FacilityId, NodeEvent, RecordKind, Records, WaybillKey};

use super::choices::{Choices, CohortDate};
use super::clock;
use super::consignment;
use super::judge::{Judged, Shipment, Verdict};
use super::judge_orders::{Orders, follows, no_order_of_a_customer};
use super::kept::{Kept, keep};
use super::table::{Over, TABLE};
use super::trip::Trip;

/// One dimension's value, in the order of rows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    Is(String),
    Missing,
    Unassigned,
}

/// What makes a row: KPI, window, group.
pub type Place = (&'static str, String, Vec<Slot>);

/// What is counted at a place.
#[derive(Debug, Default, PartialEq)]
pub struct Line {
    pub hit: u64,
    pub miss: u64,
    pub events: u64,
    pub exposure: u64,
    pub counted: u64,
    pub lasted: Vec<i64>,
    /// Minor units and decimal places by currency.
    pub paid: BTreeMap<String, (i128, u32)>,
    /// How far answers stand above nought, by how far they could.
    pub stands: BTreeMap<u64, Vec<u64>>,
    pub promoters: u64,
    pub passives: u64,
    pub detractors: u64,
    pub open: u64,
    /// Since when the open ones are under way, where that is known.
    pub since: Vec<i64>,
    pub excluded: BTreeMap<String, u64>,
    pub invalid: BTreeMap<String, u64>,
    pub notes: BTreeMap<String, u64>,
    pub seen: u64,
    pub missing: Vec<&'static str>,
}

impl Line {
    fn take(&mut self, judged: &Judged, choices: &Choices) {
        self.seen += 1;
        let (verdict, provisional) = match judged.verdict {
            Verdict::Leans(lean) if choices.provisional => (lean.counted(), Some("provisional")),
            decided_or_open => (decided_or_open, None),
        };
        self.count(verdict);
        for note in judged.notes.iter().copied().chain(provisional) {
            *self.notes.entry(note.to_owned()).or_default() += 1;
        }
    }

    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Hit => self.hit += 1,
            Verdict::Miss => self.miss += 1,
            Verdict::Event => self.events += 1,
            Verdict::Exposure => self.exposure += 1,
            Verdict::Counted => self.counted += 1,
            Verdict::Lasted(millis) => self.lasted.push(millis),
            Verdict::Paid(currency, minor_units) => {
                let places = match currency.as_str() {
                    "JPY" => 0,
                    "BHD" => 3,
                    _ => 2,
                };
                let sum = self.paid.entry(currency.as_str().to_owned()).or_insert((0, places));
                sum.0 += i128::from(minor_units);
            }
            Verdict::Stands(above, of) => self.stands.entry(of).or_default().push(above),
            Verdict::Promoter => self.promoters += 1,
            Verdict::Passive => self.passives += 1,
            Verdict::Detractor => self.detractors += 1,
            Verdict::Open(since) => {
                self.open += 1;
                self.since.extend(since);
            }
            Verdict::Leans(_) => self.open += 1,
            Verdict::Excluded(reason) => *self.excluded.entry(reason.to_owned()).or_default() += 1,
            Verdict::Invalid(reason) => *self.invalid.entry(reason.to_owned()).or_default() += 1,
        }
    }
}

/// The rows that there should be, in their order.
pub type Lines = BTreeMap<Place, Line>;

/// Through whose hands a fact went.
#[derive(Clone, Copy, Default)]
struct Hands<'h> {
    facility: Option<&'h FacilityId>,
    courier: Option<&'h CourierId>,
}

impl<'h> Hands<'h> {
    fn of(event: &'h NodeEvent) -> Self {
        Self { facility: event.facility.as_ref(), courier: event.courier.as_ref() }
    }
}

struct Scan<'a> {
    choices: &'a Choices,
    kept: &'a Kept<'a>,
    dimensions: Vec<Dimension>, // in the order of rows
    shipments: Vec<Shipment<'a>>,
    outcomes: BTreeMap<&'a WaybillKey, &'static str>, // for the dimension by outcome
    facilities: BTreeMap<&'a WaybillKey, BTreeSet<String>>, // that each passed
    lines: Lines,
}

impl<'a> Scan<'a> {
    /// The groups of what belongs to a waybill, and went through some hands: one, or one for each facility it passed.
    fn slots(&self, waybill: Option<&WaybillKey>, hands: Hands<'_>) -> Vec<Vec<Slot>> {
        let held = waybill.and_then(|key| self.kept.waybills.get(key));
        let mut passed: Vec<Option<&String>> = vec![None];
        if let Some(facilities) = waybill.and_then(|key| self.facilities.get(key)).filter(|passed| !passed.is_empty())
            && self.dimensions.contains(&Dimension::HandledBy)
        {
            passed = facilities.iter().map(Some).collect();
        }
        let slot = |dimension: &Dimension, passed: Option<&String>| {
            let Some(waybill) = held else { return Slot::Unassigned };
            let value = match dimension {
                Dimension::HandledBy => passed.cloned(),
                Dimension::Outcome(_) => Some(self.outcomes[&waybill.key].to_owned()),
                Dimension::DestinationRegion => waybill.destination_region.as_ref().map(ToString::to_string),
                Dimension::Product => waybill.product.as_ref().map(ToString::to_string),
                Dimension::OriginCity => waybill.origin_city.as_ref().map(ToString::to_string),
                Dimension::Facility => hands.facility.map(ToString::to_string),
                Dimension::Courier => hands.courier.map(ToString::to_string),
                other => panic!("the oracle does not group by {other:?}"),
            };
            value.map_or(Slot::Missing, Slot::Is)
        };
        passed.iter().map(|passed| self.dimensions.iter().map(|by| slot(by, *passed)).collect()).collect()
    }

    fn take_from(&mut self, kpi: &'static str, waybill: Option<&WaybillKey>, hands: Hands<'_>, judged: &Judged) {
        for slots in self.slots(waybill, hands) {
            let place = (kpi, clock::label(self.choices.window, judged.day), slots);
            self.lines.entry(place).or_default().take(judged, self.choices);
        }
    }

    fn take(&mut self, kpi: &'static str, waybill: Option<&WaybillKey>, judged: Judged) {
        self.take_from(kpi, waybill, Hands::default(), &judged);
    }

    /// What every shipment comes to for a KPI, in one word.
    fn outcomes(&self, kpi: &str) -> BTreeMap<&'a WaybillKey, &'static str> {
        let known = TABLE.iter().find(|known| known.kpi == kpi).expect("a KPI");
        let word = |judged: &Judged| match judged.verdict {
            Verdict::Leans(lean) if self.choices.provisional => lean.counted().word(),
            verdict => verdict.word(),
        };
        match known.over[0] {
            Over::Pieces(possible, judge) if self.choices.by_consignment => consignment::consignments(&self.shipments)
                .iter()
                .flat_map(|pieces| {
                    let told = word(&consignment::judged(pieces, possible, judge, self.choices));
                    pieces.iter().map(move |piece| (&piece.waybill.key, told)).collect::<Vec<_>>()
                })
                .collect(),
            Over::Shipments(judge) | Over::Pieces(_, judge) => {
                let told = |shipment: &Shipment<'a>| (&shipment.waybill.key, word(&judge(shipment, self.choices)));
                self.shipments.iter().map(told).collect()
            }
            _ => panic!("{kpi} is not over shipments"),
        }
    }

    fn judge(&mut self, kpi: &'static str, over: Over) {
        let (choices, kept) = (self.choices, self.kept);
        let shipments = std::mem::take(&mut self.shipments);
        match over {
            Over::Pieces(possible, judge) if choices.by_consignment => {
                for pieces in consignment::consignments(&shipments) {
                    let judged = consignment::judged(&pieces, possible, judge, choices);
                    self.take(kpi, Some(&pieces[0].waybill.key), judged);
                }
            }
            Over::Shipments(judge) | Over::Pieces(_, judge) => {
                for shipment in &shipments {
                    self.take(kpi, Some(&shipment.waybill.key), judge(shipment, choices));
                }
            }
            Over::Passages(judge, ended_at) => {
                for shipment in &shipments {
                    let judged = judge(shipment, choices);
                    let hands = Hands { facility: ended_at(shipment, choices), courier: None };
                    self.take_from(kpi, Some(&shipment.waybill.key), hands, &judged);
                }
            }
            Over::Scans(judge) => {
                for shipment in &shipments {
                    for scan in &shipment.trip.scans {
                        let judged = judge(shipment, scan, choices);
                        self.take_from(kpi, Some(&shipment.waybill.key), Hands::of(scan.event), &judged);
                    }
                }
            }
            Over::Cases(judge) => {
                for case in &kept.complaints {
                    self.take(kpi, case.waybill.as_ref(), judge(case, choices));
                }
            }
            Over::Claims(judge) => {
                for claim in &kept.claims {
                    self.take(kpi, claim.waybill.as_ref(), judge(claim, choices));
                }
            }
            Over::Payments(judge) => {
                for claim in &kept.claims {
                    let is_its = |shipment: &&Shipment<'_>| Some(&shipment.waybill.key) == claim.waybill.as_ref();
                    let shipment = shipments.iter().find(is_its);
                    for judged in claim.payments.iter().filter_map(|&payment| judge(payment, shipment, choices)) {
                        self.take(kpi, claim.waybill.as_ref(), judged);
                    }
                }
            }
            Over::Ratings(judge) => {
                for rating in &kept.ratings {
                    self.take(kpi, rating.waybill.as_ref(), judge(rating, &kept.ratings, choices));
                }
            }
            Over::Customers => self.customers(kpi, &shipments),
        }
        self.shipments = shipments;
    }

    fn customers(&mut self, kpi: &'static str, shipments: &[Shipment<'a>]) {
        let choices = self.choices;
        let mut orders = Orders::new();
        let mut latest = BTreeMap::new();
        for shipment in shipments {
            let key = &shipment.waybill.key;
            let day = shipment.day_by(CohortDate::Ordered, choices.storage, choices);
            if let Some(reason) = no_order_of_a_customer(shipment, choices) {
                self.take(kpi, Some(key), Judged { day, verdict: Verdict::Excluded(reason), notes: Vec::new() });
                continue;
            }
            let customer = shipment.customer(choices).expect("checked above");
            let order = (shipment.trip.ordered.expect("checked above").occurred, key);
            orders.entry(customer).or_default().push(order);
            // Every order is seen, each customer is counted once.
            for slots in self.slots(Some(key), Hands::default()) {
                let place = (kpi, clock::label(choices.window, day), slots);
                self.lines.entry(place.clone()).or_default().seen += 1;
                let held = latest.entry((place, customer)).or_insert(order);
                *held = (*held).max(order);
            }
        }
        for ((place, customer), order) in latest {
            let verdict = follows(order, &orders[customer], choices);
            self.lines.entry(place).or_default().count(verdict);
        }
    }
}

fn shipments<'a>(kept: &Kept<'a>) -> Vec<Shipment<'a>> {
    let no_events = Vec::new();
    let shipment = |(&key, &waybill): (&&'a WaybillKey, &&'a _)| Shipment {
        waybill,
        trip: Trip::of(kept.events.get(key).unwrap_or(&no_events)),
        cases: kept.complaints.iter().filter(|case| case.waybill.as_ref() == Some(key)).copied().collect(),
        claims: kept.claims.iter().filter(|claim| claim.waybill.as_ref() == Some(key)).copied().collect(),
    };
    kept.waybills.iter().map(shipment).collect()
}

/// Scans the records and sorts every fact into its row.
pub fn expected(records: &Records, choices: &Choices) -> Lines {
    let kept = keep(records, clock::instant(choices.as_of), choices.zone);
    let shipments = shipments(&kept);
    let facilities = shipments.iter().map(|shipment| (&shipment.waybill.key, passed(shipment))).collect();
    let dimensions = choices.plan(&[]).dimensions().to_vec();
    let mut scan = Scan {
        choices,
        kept: &kept,
        dimensions,
        shipments,
        outcomes: BTreeMap::new(),
        facilities,
        lines: Lines::new(),
    };
    if let Some(kpi) = choices.outcome_of {
        scan.outcomes = scan.outcomes(kpi);
    }
    for known in TABLE {
        for &over in known.over {
            scan.judge(known.kpi, over);
        }
    }
    let mut lines = scan.lines;
    for known in TABLE {
        // A KPI of which no fact was seen still says what is missing.
        if !lines.keys().any(|place| place.0 == known.kpi) {
            lines.insert((known.kpi, "undated".to_owned(), Vec::new()), Line::default());
        }
        let also =
            TABLE.iter().find(|other| Some(other.kpi) == choices.outcome_of).map_or(&[][..], |other| other.needs);
        let missing = missing(known.needs, also, records, &kept);
        for (_, line) in lines.iter_mut().filter(|(place, _)| place.0 == known.kpi) {
            line.missing.clone_from(&missing);
        }
    }
    lines
}

/// The facilities that handled a parcel.
fn passed(shipment: &Shipment<'_>) -> BTreeSet<String> {
    let handled = shipment.trip.scans.iter().filter(|scan| scan.event.kind.is_handling());
    handled.filter_map(|scan| scan.event.facility.as_ref()).map(ToString::to_string).collect()
}

/// The kinds of record that a KPI needs, and behind them those that only its groups do, that were not supplied, or set aside
/// to the last row.
fn missing(needs: &[&str], also: &[&str], records: &Records, kept: &Kept<'_>) -> Vec<&'static str> {
    let is_missing = |&kind: &RecordKind| {
        let account = &kept.accounts[kind.plural()];
        let is_set_aside = account.used == 0 && account.quarantined.keys().any(|reason| reason != "unknown_waybill");
        let rows = account.rows + account.not_yet_known;
        is_set_aside || rows == 0 && !records.supplied.contains(kind)
    };
    let kinds = |needed: &dyn Fn(&str) -> bool| {
        let needed = RecordKind::ALL.into_iter().filter(|kind| needed(kind.name()));
        needed.filter(is_missing).map(RecordKind::name).collect::<Vec<_>>()
    };
    let own = kinds(&|kind| needs.contains(&kind));
    let of_groups = kinds(&|kind| also.contains(&kind) && !needs.contains(&kind));
    [own, of_groups].concat()
}
