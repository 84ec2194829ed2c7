//! Mapping files: read or refused, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parcelgauge::intake::Mapping;

fuzz_target!(|text: &str| {
    let _ = Mapping::parse(text);
});
