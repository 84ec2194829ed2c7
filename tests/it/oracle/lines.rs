//! The rows that a scorecard should have: facts sorted into windows and groups, and what is made of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use parcelgauge::cube::Dimension;
use parcelgauge::record::{CaseClass, Claim, Label, Payment, RecordKind, Records, WaybillKey};

use super::choices::{Choices, CohortDate};
use super::clock;
use super::consignment;
use super::judge::{Orders, Shipment, Verdict, follows};
use super::kept::{Kept, keep};
use super::trip::Trip;

/// The KPIs the oracle knows, ascending.
pub const KPIS: [&str; 5] =
    ["compensation_per_10k", "complaint_rate", "end_to_end_hours", "on_time_delivery_rate", "repeat_order_rate"];

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
    pub lasted: Vec<i64>,
    /// Minor units and decimal places by currency.
    pub paid: BTreeMap<String, (i128, u32)>,
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
    fn take(&mut self, verdict: Verdict) {
        self.seen += 1;
        self.count(verdict);
    }

    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Hit => self.hit += 1,
            Verdict::Miss => self.miss += 1,
            Verdict::Lasted(millis) => self.lasted.push(millis),
            Verdict::Open(since) => {
                self.open += 1;
                self.since.extend(since);
            }
            Verdict::Excluded(reason) => *self.excluded.entry(reason.to_owned()).or_default() += 1,
            Verdict::Invalid(reason) => *self.invalid.entry(reason.to_owned()).or_default() += 1,
        }
    }

    /// Whether what is open until an instant counts: from then on, or before it in a provisional figure; else it is taken
    /// as open.
    fn is_counted(&mut self, until: Option<i64>, choices: &Choices) -> bool {
        let is_open = until.is_some_and(|until| choices.as_of < until);
        if is_open && choices.provisional {
            self.note(vec!["provisional"]);
        } else if is_open {
            self.take(Verdict::Open(None));
        }
        !is_open || choices.provisional
    }

    fn note(&mut self, notes: Vec<&'static str>) {
        for note in notes {
            *self.notes.entry(note.to_owned()).or_default() += 1;
        }
    }
}

/// The rows that there should be, in their order.
pub type Lines = BTreeMap<Place, Line>;

struct Scan<'a> {
    choices: &'a Choices,
    kept: &'a Kept<'a>,
    lines: Lines,
}

impl Scan<'_> {
    fn slots(&self, waybill: Option<&WaybillKey>) -> Vec<Slot> {
        let held = waybill.and_then(|key| self.kept.waybills.get(key));
        let slot = |dimension: &Dimension| {
            let Some(waybill) = held else { return Slot::Unassigned };
            let value: Option<&Label> = match dimension {
                Dimension::DestinationRegion => waybill.destination_region.as_ref(),
                Dimension::Product => waybill.product.as_ref(),
                other => panic!("the oracle does not group by {other:?}"),
            };
            value.map_or(Slot::Missing, |value| Slot::Is(value.as_str().to_owned()))
        };
        self.choices.dimensions.iter().map(slot).collect()
    }

    fn line(&mut self, kpi: &'static str, day: Option<NaiveDate>, waybill: Option<&WaybillKey>) -> &mut Line {
        let place = (kpi, clock::label(self.choices.window, day), self.slots(waybill));
        self.lines.entry(place).or_default()
    }

    fn on_time(&mut self, pieces: &[&Shipment<'_>]) {
        let choices = self.choices;
        let key = Some(&pieces[0].waybill.key);
        let line = self.line("on_time_delivery_rate", consignment::day(pieces, choices), key);
        line.take(consignment::on_time(pieces, choices));
        line.note(consignment::notes(pieces, choices));
    }

    fn shipment(&mut self, shipment: &Shipment<'_>) {
        let (choices, key) = (self.choices, Some(&shipment.waybill.key));
        if !choices.by_consignment {
            self.on_time(&[shipment]);
        }
        let verdict = shipment.lasted(choices);
        let line = self.line("end_to_end_hours", shipment.day_by(choices.hours_cohort, choices), key);
        line.take(verdict);
        if shipment.outside().is_none() {
            line.note(shipment.end_notes());
        }
        for kpi in ["complaint_rate", "compensation_per_10k"] {
            let line = self.line(kpi, shipment.day_by(CohortDate::Accepted, choices), key);
            let Some(reason) = shipment.outside() else {
                line.note(if shipment.trip.is_inferred() { vec!["inferred_acceptance"] } else { Vec::new() });
                if kpi == "complaint_rate" || line.is_counted(shipment.pays_until(choices), choices) {
                    line.seen += 1;
                    line.exposure += 1;
                }
                continue;
            };
            line.take(Verdict::Excluded(reason));
        }
    }

    fn cases(&mut self, shipments: &[Shipment<'_>]) {
        for complaint in &self.kept.complaints {
            let day = clock::date(self.choices.zone, complaint.opened_at.as_millis());
            let line = self.line("complaint_rate", Some(day), complaint.waybill.as_ref());
            if complaint.class == CaseClass::Complaint {
                line.seen += 1;
                line.events += 1;
            } else {
                line.take(Verdict::Excluded("other_class"));
            }
        }
        for claim in &self.kept.claims {
            for payment in claim.payments.iter().filter(|payment| payment.paid_at.as_millis() <= self.choices.as_of) {
                self.payment(claim, payment, shipments);
            }
        }
    }

    fn payment(&mut self, claim: &Claim, payment: &Payment, shipments: &[Shipment<'_>]) {
        let (choices, paid_at) = (self.choices, payment.paid_at.as_millis());
        let shipment = shipments.iter().find(|shipment| Some(&shipment.waybill.key) == claim.waybill.as_ref());
        let outside = if shipment.is_some() { shipment.and_then(Shipment::outside) } else { Some("unassigned") };
        let (day, outside) = match choices.paid_within {
            None => (Some(clock::date(choices.zone, paid_at)), None),
            Some(_) => {
                let accepted = shipment.filter(|_| outside.is_none());
                (accepted.and_then(|shipment| shipment.day_by(CohortDate::Accepted, choices)), outside)
            }
        };
        let closes_at = shipment.and_then(|shipment| shipment.pays_until(choices));
        let line = self.line("compensation_per_10k", day, claim.waybill.as_ref());
        if let Some(reason) = outside {
            return line.take(Verdict::Excluded(reason));
        }
        if closes_at.is_some_and(|closes_at| paid_at > closes_at) {
            return line.take(Verdict::Excluded("after_horizon"));
        }
        if line.is_counted(closes_at, choices) {
            let currency = payment.amount.currency();
            let places = match currency.as_str() {
                "JPY" => 0,
                "BHD" => 3,
                _ => 2,
            };
            line.seen += 1;
            line.paid.entry(currency.as_str().to_owned()).or_insert((0, places)).0 +=
                i128::from(payment.amount.minor_units());
        }
    }

    fn orders(&mut self, shipments: &[Shipment<'_>]) {
        let choices = self.choices;
        let mut orders = Orders::new();
        let mut latest = BTreeMap::new();
        for shipment in shipments {
            let key = &shipment.waybill.key;
            let day = shipment.day_by(CohortDate::Ordered, choices);
            if let Some(reason) = shipment.no_order_of_a_customer(choices) {
                self.line("repeat_order_rate", day, Some(key)).take(Verdict::Excluded(reason));
                continue;
            }
            let customer = shipment.customer(choices).expect("checked above");
            let order = (shipment.trip.ordered.expect("checked above").occurred, key);
            orders.entry(customer).or_default().push(order);
            // Every order is seen, each customer is counted once.
            self.line("repeat_order_rate", day, Some(key)).seen += 1;
            let place = (clock::label(choices.window, day), self.slots(Some(key)), customer);
            let held = latest.entry(place).or_insert((order, day));
            *held = (*held).max((order, day));
        }
        for ((_, _, customer), (order, day)) in latest {
            let verdict = follows(order, &orders[customer], choices);
            self.line("repeat_order_rate", day, Some(order.1)).count(verdict);
        }
    }
}

/// Scans the records and sorts every fact into its row.
pub fn expected(records: &Records, choices: &Choices) -> Lines {
    let kept = keep(records, clock::instant(choices.as_of), choices.zone);
    let no_events = Vec::new();
    let shipments: Vec<Shipment<'_>> = kept
        .waybills
        .iter()
        .map(|(key, waybill)| {
            let events = kept.events.get(key).unwrap_or(&no_events);
            Shipment { waybill, trip: Trip::of(events, choices.storage) }
        })
        .collect();
    let mut scan = Scan { choices, kept: &kept, lines: Lines::new() };
    for shipment in &shipments {
        scan.shipment(shipment);
    }
    if choices.by_consignment {
        consignment::consignments(&shipments).iter().for_each(|pieces| scan.on_time(pieces));
    }
    scan.cases(&shipments);
    scan.orders(&shipments);
    let mut lines = scan.lines;
    let all_set_aside = |kind: &str| {
        kept.accounts
            .get(kind)
            .is_some_and(|rows| rows.used == 0 && rows.quarantined.keys().any(|reason| reason != "unknown_waybill"))
    };
    for kpi in KPIS {
        // A KPI of which no fact was seen still says what is missing.
        if !lines.keys().any(|place| place.0 == kpi) {
            lines.insert((kpi, "undated".to_owned(), Vec::new()), Line::default());
        }
    }
    for (place, line) in &mut lines {
        line.missing = missing(place.0, records, all_set_aside);
    }
    lines
}

/// The kinds of record that a KPI needs and that were not supplied, or set aside to the last row.
fn missing(kpi: &str, records: &Records, all_set_aside: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let is_lacking =
        |kind: RecordKind, rows: usize| (rows == 0 && !records.supplied.contains(kind)) || all_set_aside(kind.plural());
    let mut missing = Vec::new();
    if is_lacking(RecordKind::Waybill, records.waybills.len()) {
        missing.push("waybill");
    }
    if is_lacking(RecordKind::Event, records.events.len()) {
        missing.push("event");
    }
    if kpi == "complaint_rate" && is_lacking(RecordKind::Complaint, records.complaints.len()) {
        missing.push("complaint");
    }
    if kpi == "compensation_per_10k" && is_lacking(RecordKind::Claim, records.claims.len()) {
        missing.push("claim");
    }
    missing
}
