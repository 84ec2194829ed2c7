//! A KPI of one's own, by the same door as the catalogue's: same five numbers, windows, roll-ups and evidence.
//!
//! ```text
//! cargo run --release --example own_kpi
//! ```

// A program speaks on its own streams; a library does not.
#![allow(clippy::print_stdout)]

use std::error::Error;

use chrono::NaiveDate;
use parcelgauge::cube::{Plan, Scorecard};
use parcelgauge::fact::{Context, Shipment};
use parcelgauge::kpi::{Cohort, Definition, Direction, FigureKind, Gauge, Kpi, Observe, Unit, catalogue};
use parcelgauge::outcome::{Outcome, Term};
use parcelgauge::record::{NodeKind, RecordKind, Zone};
use parcelgauge::report::text_table;
use parcelgauge::simulate::Network;
use parcelgauge::state::{Share, Verdict};

/// The share of completed shipments that went through at least one hub.
#[derive(Debug, Clone)]
struct HubShare;

const DEFINITION: Definition = Definition {
    id: "hub_share",
    version: 1,
    name_en: "Share through a hub",
    name_zh: "经中转占比",
    formula: "completed shipments with a hub arrival / completed shipments",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::Neither,
    cohorts: &[Cohort::Completed],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[],
    clustered: false,
    looks_back: false,
    source: "ours",
};

impl Kpi for HubShare {
    type State = Share;
    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Share {
        Share::default()
    }
}

impl Observe<Shipment> for HubShare {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.completed_on(Default::default(), at)
    }

    fn outcome(&self, shipment: &Shipment, _at: &Context) -> Outcome<Verdict> {
        if let Err(reason) = shipment.acceptance() {
            return Outcome::Excluded(reason);
        }
        if shipment.completion(Default::default()).is_none() {
            return Outcome::Excluded(Term::new("not_completed"));
        }
        Outcome::measured(if shipment.has(NodeKind::HubArrived) { Verdict::Hit } else { Verdict::Miss })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let records = Network::new(1)?.with_shipments(2_000).records();
    let own = Gauge::of(HubShare).over::<Shipment>().erased();
    let plan = Plan::new([own, catalogue().find("on_time_delivery_rate")?]);
    let context = Context::at("2026-11-01T00:00:00+08:00".parse()?).with_zone(Zone::SHANGHAI);
    print!("{}", text_table(&Scorecard::measure(&records, &plan, &context)));
    Ok(())
}
