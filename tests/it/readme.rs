//! What the README shows is what the code says: the catalogue, and the page of the main job.

use std::fmt::Write;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use parcelgauge::cube::Plan;
use parcelgauge::kpi::catalogue;

#[cfg(all(feature = "intake", feature = "simulate"))]
#[path = "../../examples/scorecard/job.rs"]
mod job;

#[cfg(all(feature = "intake", feature = "simulate"))]
use job::Measured;

fn table() -> String {
    let mut table = String::from(
        "\n| code | name | | kind | definition | unit | by |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let mut definitions: Vec<_> = catalogue().iter().map(|gauge| gauge.definition()).collect();
    definitions.dedup_by_key(|definition| definition.id); // several arguments, one definition
    for definition in definitions {
        let cohorts: Vec<&str> = definition.cohorts.iter().map(|cohort| cohort.name()).collect();
        writeln!(
            table,
            "| `{}` | {} {} | {} | {} | {} | {} | {} |",
            definition.id,
            definition.name_en,
            definition.name_zh,
            definition.direction.sign(),
            definition.kind.name(),
            definition.formula,
            definition.unit.name(),
            cohorts.join(", "),
        )
        .unwrap();
    }
    table.push('\n');
    table
}

/// Holds what stands between two marks in the README against what ought to, or writes it anew.
fn check(begin: &str, end: &str, ought: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    // One at a time: two tests that write must not undo each other's work.
    static README: Mutex<()> = Mutex::new(());
    let _held = README.lock();
    let text = std::fs::read_to_string(&path).unwrap();
    let from = text.find(begin).unwrap();
    let from = from + text[from..].find('\n').unwrap() + 1;
    let to = text.find(end).unwrap();
    let current = format!("{}{ought}{}", &text[..from], &text[to..]);
    if std::env::var_os("PARCELGAUGE_UPDATE").is_some() {
        std::fs::write(&path, &current).unwrap();
        return;
    }
    assert!(text == current, "the README is stale after `{begin}`; PARCELGAUGE_UPDATE=1 cargo test writes it anew");
}

#[test]
fn the_readme_lists_the_catalogue() {
    check("<!-- catalogue: ", "<!-- end of catalogue -->", &table());
}

/// The page that the main job prints, made by the functions that print it.
#[cfg(all(feature = "intake", feature = "simulate"))]
pub fn main_job() -> &'static str {
    static PAGE: OnceLock<String> = OnceLock::new();
    PAGE.get_or_init(|| {
        let network = job::network(job::SHIPMENTS).unwrap();
        let plan = Plan::everything(catalogue()).by([job::BY]);
        Measured::of_records(&network.records(), &plan, &job::context(&network)).unwrap().page()
    })
}

#[cfg(all(feature = "intake", feature = "simulate"))]
#[test]
fn the_readme_shows_what_the_main_job_prints() {
    check("<!-- main job: ", "<!-- end of main job -->", &format!("\n```text\n{}```\n\n", main_job()));
}
