//! Rows of CSV files: read or set aside, never a panic.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use parcelgauge::intake::{Intake, Mapping};

const MAPPING: &str = r#"
[waybill]
file = "rows.csv"
number = "no"
posted_on = "day"
promise = "due"
fee = { column = "fee", currency = "CNY" }

[event]
file = "rows.csv"
waybill = "no"
kind = { column = "kind", values = { 50 = "collected", 80 = "delivered" } }
occurred_at = "at"
"#;

fuzz_target!(|bytes: &[u8]| {
    let folder = std::env::temp_dir().join(format!("parcelgauge-fuzz-{}", std::process::id()));
    let Ok(mapping) = Mapping::parse(MAPPING) else { panic!("the mapping is one") };
    let mut text = b"no,day,due,fee,kind,at\n".to_vec();
    text.extend_from_slice(bytes);
    if fs::create_dir_all(&folder).is_ok() && fs::write(folder.join("rows.csv"), text).is_ok() {
        let _ = Intake::new(mapping, &folder).read();
    }
});
