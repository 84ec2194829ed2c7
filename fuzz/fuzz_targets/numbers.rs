//! Waybill numbers: read or refused, never a panic; what is read is normalised.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parcelgauge::codes::{NumberFormat, normalised_number, number_readings};

fuzz_target!(|text: &str| {
    for reading in number_readings(text) {
        assert_eq!(reading.number.as_str(), normalised_number(text));
    }
    for check in NumberFormat::all().iter().filter_map(NumberFormat::check_digit) {
        let _ = check.of(text);
    }
});
