//! The same questions in SQL, by another engine: asked through Python where that is at hand.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use parcelgauge::cube::Dimension;
use parcelgauge::record::{Window, Zone};
use parcelgauge::state::Figure;
use serde_json::Value;

use super::{hits, read, rows};
use crate::support::data_set;

/// The answers, or none where Python or DuckDB is not at hand; then a line says so. `PARCELGAUGE_REQUIRE=duckdb` turns
/// that into a failure, `PARCELGAUGE_PYTHON` names the interpreter.
fn ask(folder: &Path) -> Option<Value> {
    let python = std::env::var("PARCELGAUGE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let required =
        std::env::var("PARCELGAUGE_REQUIRE").is_ok_and(|names| names.split(',').any(|name| name == "duckdb"));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/olist/answers.py");
    let at_hand = Command::new(&python).args(["-c", "import duckdb"]).output().is_ok_and(|run| run.status.success());
    if !at_hand {
        assert!(!required, "DuckDB is required, and {python} cannot import it");
        println!("skipped: {python} cannot import duckdb");
        return None;
    }
    let run = Command::new(&python).arg(script).arg(folder).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(serde_json::from_slice(&run.stdout).unwrap())
}

#[test]
fn sql_agrees_on_every_state_and_month() {
    let Some(folder) = data_set("olist_dev") else { return };
    let Some(answers) = ask(&folder) else { return };
    let records = read(&folder, Zone::UTC);
    let by = Some(Dimension::DestinationRegion);

    let mut ours = BTreeMap::new();
    for row in rows(&records, "on_time_delivery_rate", by.clone(), Window::Month, Zone::UTC) {
        let key = format!("{} {}", row.window, row.group[0].text().unwrap());
        let (hit, of) = hits(&row);
        ours.insert(key, [hit, of - hit, row.excluded.total()].map(u128::from));
    }
    assert_eq!(ours, table(&answers["on_time"]));

    for (name, policies) in [("hours", "end_to_end_hours"), ("hours_from_order", "end_to_end_hours from=ordered")] {
        let theirs = table(&answers[name]);
        let mut found = 0;
        for row in rows(&records, policies, by.clone(), Window::Month, Zone::UTC) {
            let Figure::Distribution { count, mean, max, .. } = row.figure else { panic!("not a distribution") };
            if count == 0 {
                continue;
            }
            let [n, sum_of_seconds, longest] = theirs[&format!("{} {}", row.window, row.group[0].text().unwrap())];
            assert_eq!(u128::from(count), n);
            let expected = sum_of_seconds as f64 / (n as f64 * 3_600.0);
            assert!((mean.unwrap() - expected).abs() <= expected * 1e-12);
            assert!((max.unwrap() - longest as f64 / 3_600.0).abs() <= 1e-9);
            found += 1;
        }
        assert_eq!(found, theirs.len());
    }

    let customers = rows(&records, "repeat_order_rate look_back=ever", None, Window::Month, Zone::UTC);
    let ours: BTreeMap<String, [u128; 3]> =
        customers.iter().map(|row| (row.window.clone(), [u128::from(hits(row).0), hits(row).1.into(), 0])).collect();
    assert_eq!(ours, table(&answers["repeat"]));
}

/// Rows of a key and up to three whole numbers.
fn table(answer: &Value) -> BTreeMap<String, [u128; 3]> {
    let row = |row: &Value| {
        let number = |place: usize| row.get(place).and_then(Value::as_u64).map_or(0, u128::from);
        (row[0].as_str().unwrap().to_owned(), [number(1), number(2), number(3)])
    };
    answer.as_array().unwrap().iter().map(row).collect()
}
