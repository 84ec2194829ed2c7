//! Vocabulary files and codes: read, refused or counted, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parcelgauge::codes::{CodePolicies, Decoder, System, Vocabulary};

fuzz_target!(|text: &str| {
    let (code, rest) = text.split_once('\n').unwrap_or((text, ""));
    for system in System::ALL {
        let Ok(vocabulary) = system.vocabulary() else { panic!("a file of the crate") };
        let mut decoder = Decoder::new(vocabulary, CodePolicies::default());
        decoder.decode(Some(code), Some(rest), Some(code));
        assert!(decoder.unknown().all(|unknown| unknown.count == 1));
    }
    if let Ok(vocabulary) = text.parse::<Vocabulary>() {
        Decoder::new(&vocabulary, CodePolicies::default()).decode(Some(code), Some(rest), None);
    }
});
