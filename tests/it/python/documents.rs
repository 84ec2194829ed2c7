//! One document: the row path's, the command line's, and Python's from every library of tables.

use std::fs;

use parcelgauge::arrow::Table;
use parcelgauge::cube::{Dimension, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::catalogue;
use parcelgauge::record::{Records, Zone};
use serde_json::json;

use super::package::{Package, cargo, package, succeed};
use crate::arrow::files::{Folder, write};
use crate::support::{at, data_set};

const EVIDENCE: u32 = 3;

/// Asserts that all ways to measure records by these dimensions end in the same bytes.
fn all_agree(package: &Package, name: &str, records: &Records, context: &Context, by: &[&str]) {
    let (tables, out) = (Folder::new(&format!("python-{name}")), Folder::new(&format!("documents-{name}")));
    write(&tables, records);
    // A table that was not supplied is none without rows.
    for table in Table::ALL.into_iter().filter(|table| !records.kinds().contains(table.record_kind())) {
        fs::remove_file(tables.0.join(format!("{table}.parquet"))).expect("a table");
    }
    fs::create_dir_all(&out.0).expect("a folder");
    let dimensions = by.iter().map(|name| name.parse::<Dimension>().expect("a dimension"));
    let plan = Plan::everything(catalogue()).by(dimensions).with_evidence(EVIDENCE);
    let of_rows = Scorecard::measure(records, &plan, context).to_json();

    let known_from = context.known_from.map(|instant| instant.to_string());
    let (as_of, zone) = (context.as_of.to_string(), context.zone.name());
    let asked = json!({
        "by": by, "evidence": EVIDENCE, "as_of": as_of, "known_from": known_from, "zone": zone, "threads": 3,
    });
    let paths = [&tables.0, &out.0].map(|path| path.to_str().expect("a path of text"));
    package.run("documents.py", &[paths[0], &asked.to_string(), paths[1]]);

    let mut command = cargo();
    command.args([
        "run",
        "--quiet",
        "--features",
        "full",
        "--example",
        "scorecard",
        "--",
        "--json",
        "--data",
        paths[0],
    ]);
    command.args(["--by", &by.join(","), "--evidence", &EVIDENCE.to_string(), "--as-of", &as_of, "--zone", zone]);
    command.args(known_from.iter().flat_map(|instant| ["--known-from", instant]));
    let of_example = String::from_utf8(succeed(&mut command).stdout).expect("text");
    assert!(of_example.strip_suffix('\n') == Some(of_rows.as_str()), "{name}: the example has another document");

    let mut libraries = Vec::new();
    for file in fs::read_dir(&out.0).expect("documents") {
        let path = file.expect("a document").path();
        libraries.push(path.file_stem().expect("a name").to_string_lossy().into_owned());
        let document = fs::read_to_string(&path).expect("text");
        assert!(document == of_rows, "{name}: {} has another document", path.display());
    }
    libraries.sort();
    println!("{name}: the same {} bytes by rows, by the example and by {}", of_rows.len(), libraries.join(", "));
    assert!(libraries.iter().any(|library| library == "pyarrow"));
}

#[test]
fn a_simulated_network_has_one_document() {
    let Some(package) = package() else { return };
    let (records, context) = crate::arrow::simulated::network();
    all_agree(package, "network", &records, &context, &["destination_region", "product"]);
}

#[test]
fn real_orders_have_one_document() {
    let Some(folder) = data_set("olist_dev") else { return };
    let Some(package) = package() else { return };
    let zone: Zone = "America/Sao_Paulo".parse().expect("a zone");
    let context = Context::at(at(crate::olist::MATURE)).with_zone(zone);
    all_agree(package, "olist", &crate::olist::read(&folder, zone), &context, &["destination_region"]);
}
