//! Incidents of a support desk as a complaint log, through its mapping file: every figure against the reference.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use parcelgauge::cube::{Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::intake::{Intake, Mapping, Reading};
use parcelgauge::kpi::{Gauge, Policy, catalogue};
use parcelgauge::record::Window;
use parcelgauge::state::Figure;

use crate::support::{at, data_set};

fn read() -> Option<Reading> {
    let packed = data_set("bpic2013")?.join("bpic2013_incidents.csv.gz");
    let folder = std::env::temp_dir().join(format!("parcelgauge-bpic2013-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let unpacked = File::create(folder.join("bpic2013_incidents.csv")).unwrap();
    let done = Command::new("gzip").arg("-dc").arg(packed).stdout(unpacked).status();
    if !done.is_ok_and(|status| status.success()) {
        println!("skipped: the log of incidents cannot be unpacked here");
        return None;
    }
    let mapping = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/mappings/bpic2013.toml");
    let reading = Intake::new(Mapping::load(&mapping).unwrap(), &folder).read().unwrap();
    fs::remove_dir_all(&folder).unwrap();
    Some(reading)
}

fn gauge(text: &str) -> Gauge {
    let mut words = text.split(' ');
    let gauge = catalogue().find(words.next().unwrap()).unwrap();
    words.fold(gauge, |gauge, word| {
        let (name, value) = word.split_once('=').unwrap();
        gauge.with(Policy::parse(name, value).unwrap()).unwrap()
    })
}

#[test]
fn the_scorecard_of_the_mapping_agrees_with_the_reference() {
    let Some(reading) = read() else { return };
    assert_eq!(reading.quarantine, []);
    let steps: usize = reading.records.complaints.iter().map(|case| case.steps.len()).sum();
    assert!(reading.records.complaints.len() == 7_554 && steps > 65_533, "{steps}");
    let figure = |text: &str| {
        let plan = Plan::new([gauge(text)]).with_window(Window::All);
        let context = Context::at(at("2020-01-01T00:00:00Z"));
        Scorecard::measure(&reading.records, &plan, &context).rows.swap_remove(0).figure
    };
    let share = |text: &str| {
        let Figure::Share { hit, miss, value, .. } = figure(text) else { panic!("{text} is a share") };
        let percent = value.map(|value| (value * 1_000_000.0).round() / 10_000.0);
        (hit, hit + miss, percent.unwrap())
    };
    assert_eq!(share("resolution_within_rate"), (4_301, 7_554, 56.9367));
    assert_eq!(share("resolution_within_rate cases=resolved_only"), (4_301, 7_546, 56.9971));
    let one_group = "first_contact_resolution_rate(2000d) contact=handler horizon=0d cases=resolved_only";
    assert_eq!(share(one_group), (3_732, 7_546, 49.4567));
    assert_eq!((share("reopen_rate(1000d)").0, share("resolution_rate(1000d)").1), (514, 7_554));
    let Figure::Distribution { count, p50, mean, .. } = figure("resolution_hours pauses=counted resolution=first")
    else {
        panic!("a distribution")
    };
    assert_eq!(count, 7_546);
    // Quantiles are told to half a per cent, the mean is exact.
    assert!((p50.unwrap() / 6.0267 - 1.0).abs() < 0.004, "{p50:?}");
    assert!((mean.unwrap() - 176.4423).abs() < 5e-5, "{mean:?}");
}
