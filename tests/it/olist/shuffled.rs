//! The rows of every file in another order: the same bytes.

use std::fs;
use std::path::{Path, PathBuf};

use parcelgauge::cube::{Dimension, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::intake::Intake;
use parcelgauge::kpi::catalogue;
use parcelgauge::record::Zone;

use super::mapping;
use crate::support::data_set;

/// Copies a folder's CSV files with their rows shuffled by a small generator.
fn shuffle(from: &Path, seed: u64) -> PathBuf {
    let to = std::env::temp_dir().join(format!("parcelgauge-shuffled-{}-{seed}", std::process::id()));
    fs::create_dir_all(&to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            let text = fs::read_to_string(&path).unwrap();
            let (header, body) = text.split_once('\n').unwrap();
            let mut rows: Vec<&str> = body.lines().collect();
            let mut state = seed;
            for place in (1..rows.len()).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                rows.swap(place, (state >> 33) as usize % (place + 1));
            }
            fs::write(to.join(path.file_name().unwrap()), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
        }
    }
    to
}

#[test]
fn shuffled_rows_make_the_same_bytes() {
    let Some(folder) = data_set("olist_dev") else { return };
    let plan =
        Plan::everything(catalogue()).by([Dimension::DestinationRegion, Dimension::OriginRegion]).with_evidence(5);
    let json = |folder: &Path| {
        let reading = Intake::new(mapping(), folder).with_zone(Zone::UTC).read().unwrap();
        let context = Context::at(reading.latest_instant.unwrap()).with_zone(Zone::UTC);
        Scorecard::measure(&reading.records, &plan, &context).to_json()
    };
    let original = json(&folder);
    assert!(original.len() > 100_000, "the document has figures in it");
    for seed in [1, 2018] {
        let shuffled = shuffle(&folder, seed);
        let same = json(&shuffled) == original;
        fs::remove_dir_all(&shuffled).unwrap();
        assert!(same, "seed {seed}");
    }
}
