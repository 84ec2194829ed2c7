//! A real set of 6,887 orders, read through its mapping: the figures of its reference answers, reproduced by named
//! policies; the same bytes whatever the order of its rows; and the same answers from SQL.

mod duckdb;
mod ratings;
mod reference;
mod shuffled;

use std::path::Path;

use parcelgauge::cube::{Dimension, Plan, Row, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::intake::{Intake, Mapping, Strictness};
use parcelgauge::kpi::{Gauge, Policy, catalogue};
use parcelgauge::record::{Records, Window, Zone};
use parcelgauge::state::Figure;

use crate::support::at;

/// The instant at which every promise of the set has matured.
pub const MATURE: &str = "2018-10-18T00:00:00Z";

fn mapping() -> Mapping {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/mappings/olist.toml");
    Mapping::load(&path).expect("the mapping")
}

/// Reads the set strictly: a row set aside would be a failure.
pub fn read(folder: &Path, zone: Zone) -> Records {
    let intake = Intake::new(mapping(), folder).with_zone(zone).with_strictness(Strictness::Stop);
    intake.read().expect("a set without faults").records
}

/// One figure of the catalogue under named policies: `on_time_delivery_rate promise_end=day_start`.
fn gauge(text: &str) -> Gauge {
    let mut words = text.split(' ');
    let gauge = catalogue().find(words.next().expect("a name")).expect("a KPI");
    words.fold(gauge, |gauge, word| {
        let (name, value) = word.split_once('=').expect("name=value");
        gauge.with(Policy::parse(name, value).expect("a policy")).expect("a policy the KPI reads")
    })
}

fn rows(records: &Records, gauges: &str, by: Option<Dimension>, window: Window, zone: Zone) -> Vec<Row> {
    let plan = Plan::new([gauge(gauges)]).by(by).with_window(window);
    Scorecard::measure(records, &plan, &Context::at(at(MATURE)).with_zone(zone)).rows
}

/// The one row over everything dated.
fn whole(records: &Records, gauges: &str, zone: Zone) -> Row {
    rows(records, gauges, None, Window::All, zone).into_iter().next().expect("a row")
}

fn hits(row: &Row) -> (u64, u64) {
    match row.figure {
        Figure::Share { hit, miss, .. } => (hit, hit + miss),
        _ => panic!("not a share"),
    }
}
