//! Whatever bytes come in, nothing panics: the entry points of the fuzz targets in `fuzz/`, on arbitrary and on mangled
//! input. `PROPTEST_CASES` makes a run longer.

use parcelgauge::codes::{
    CodePolicies, Decoder, NumberFormat, System, TextLanguage, Vocabulary, normalised_number, number_readings,
};
use proptest::prelude::*;

/// A text with some letters changed, cut out or doubled: near enough to what is read to come far.
fn mangled(text: &'static str) -> impl Strategy<Value = String> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<char>(), 0_u8..4), 0..6);
    edits.prop_map(move |edits| {
        let mut letters: Vec<char> = text.chars().collect();
        for (at, letter, how) in edits {
            let at = at.index(letters.len().max(1));
            match how {
                0 if at < letters.len() => letters[at] = letter,
                1 if at < letters.len() => {
                    letters.remove(at);
                }
                2 => letters.insert(at.min(letters.len()), letter),
                _ => letters.truncate(at.max(1)),
            }
        }
        letters.into_iter().collect()
    })
}

const OWN: &str = include_str!("../../src/codes/data/yunda.toml");

proptest! {
    #[test]
    fn vocabularies_are_read_or_refused(any in any::<String>(), near in mangled(OWN)) {
        for text in [any, near] {
            if let Ok(vocabulary) = text.parse::<Vocabulary>() {
                let mut decoder = Decoder::new(&vocabulary, CodePolicies::default());
                decoder.decode(Some(&text), Some(&text), Some(&text));
                prop_assert!(decoder.unknown().all(|code| code.count > 0));
            }
        }
    }

    #[test]
    fn codes_are_read_or_counted(code in any::<Option<String>>(), text in any::<Option<String>>(), reason in any::<Option<String>>()) {
        for system in System::ALL {
            let mut decoder = Decoder::new(system.vocabulary().expect("a file"), CodePolicies::default());
            let read = decoder.decode(code.as_deref(), text.as_deref(), reason.as_deref());
            prop_assert!(read.meaning.is_some() || decoder.unknown().count() == 1);
        }
        for language in [TextLanguage::Chinese, TextLanguage::English] {
            let _ = language.meaning(text.as_deref().unwrap_or_default(), |_| true);
        }
    }

    #[test]
    fn numbers_are_read_or_refused(any in any::<String>(), near in "[0-9A-Z ]{0,44}", routed in "420[0-9]{20,40}") {
        for text in [any, near, routed] {
            for format in NumberFormat::all() {
                if let Ok(reading) = format.read(&text) {
                    prop_assert_eq!(reading.number.as_str(), normalised_number(&text));
                }
                if let Some(check) = format.check_digit() {
                    let _ = check.of(&text);
                }
            }
            let _ = number_readings(&text);
        }
    }
}

#[cfg(feature = "tracking")]
mod answers {
    use parcelgauge::codes::System;
    use parcelgauge::record::Zone;
    use parcelgauge::tracking::{ToldTime, TrackedShipment, TrackingIntake, read_answers};
    use proptest::prelude::*;

    use super::mangled;

    const JSON: &str = r#"{"nu": "YT1", "com": "yuantong", "data": [{"time": "2026-10-02 17:31:57", "context": "已签收"}]}
{"number": "1", "system": "karrio", "promise": "2026-10-01", "scans": [{"at": "2026-10-01T08:00:00+08:00", "zone": "EST"}]}"#;
    const XML: &str = "<TrackResponse><TrackInfo ID=\"9&#49;\"><TrackSummary><EventTime>12:24 pm</EventTime>\
                       <EventDate>February 13, 2014</EventDate><Event>Delivered &amp; signed</Event></TrackSummary>\
                       <!-- c --><TrackDetail/></TrackInfo></TrackResponse>";

    fn take(text: &str) -> Result<(), TestCaseError> {
        let Ok(mut shipments) = read_answers(text) else { return Ok(()) };
        for shipment in &mut shipments {
            let unknown = |name: &String| System::named(name).is_none();
            shipment.system = shipment.system.take().filter(|name| !unknown(name));
        }
        let read = TrackingIntake::default().with_zone(Zone::UTC).take(&shipments).expect("known systems");
        let events = read.records.events.len() as u64;
        prop_assert_eq!(read.scans, events + read.set_aside.len() as u64 + read.without_node);
        let lines: Vec<String> = shipments.iter().map(TrackedShipment::to_json).collect();
        prop_assert_eq!(read_answers(&lines.join("\n")).expect("the form"), shipments);
        Ok(())
    }

    proptest! {
        #[test]
        fn answers_are_read_or_refused(any in any::<String>(), json in mangled(JSON), xml in mangled(XML)) {
            for text in [any, json, xml] {
                take(&text)?;
            }
        }

        #[test]
        fn times_are_read_or_refused(day in any::<String>(), clock in any::<Option<String>>(), near in "[0-9]{1,9}-[0-9]{1,3}-[0-9]{1,3}T[0-9:]{0,9}") {
            for text in [day, near] {
                if let Some(told) = ToldTime::of_parts(&text, clock.as_deref()) {
                    prop_assert_eq!(told.to_string().parse::<ToldTime>(), Ok(told));
                }
            }
        }
    }
}

#[cfg(feature = "intake")]
mod tables {
    use std::fs;

    use parcelgauge::intake::{Intake, Mapping};
    use proptest::prelude::*;

    use super::mangled;

    const MAPPING: &str = "zone = \"Asia/Shanghai\"\n[waybill]\nfile = \"w.csv\"\nnumber = \"no\"\nposted_on = \"day\"\n\
                           promise = { column = \"due\", as = \"date\" }\nfee = { column = \"fee\", currency = \"CNY\" }\n\
                           [event]\nfile = \"w.csv\"\nwaybill = \"no\"\nkind = { column = \"k\", values = { 50 = \"collected\" } }\n\
                           occurred_at = \"at\"\n";
    const ROWS: &str =
        "no,day,due,fee,k,at\nSF1,2026-10-01,2026-10-03,12.50,50,2026-10-01 09:30\n\"SF,2\",2026-10-01,,,50,\n";

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn mappings_are_read_or_refused(any in any::<String>(), near in mangled(MAPPING)) {
            for text in [any, near] {
                let _ = Mapping::parse(&text);
            }
        }

        /// Rows = records + rows set aside, of whatever bytes.
        #[test]
        fn rows_are_read_or_set_aside(any in prop::collection::vec(any::<u8>(), 0..200), near in mangled(ROWS)) {
            let folder = std::env::temp_dir().join(format!("parcelgauge-rows-{}", std::process::id()));
            fs::create_dir_all(&folder)?;
            for bytes in [any, near.into_bytes(), ROWS.into()] {
                fs::write(folder.join("w.csv"), &bytes)?;
                let mapping = Mapping::parse(MAPPING).expect("a mapping");
                let _ = Intake::new(mapping, &folder).read();
            }
            fs::remove_dir_all(&folder)?;
        }
    }
}
