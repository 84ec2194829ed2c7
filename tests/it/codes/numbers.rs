//! Waybill numbers against the vectors of others.

use std::fs;

use parcelgauge::codes::{Certainty, CheckDigit, NumberError, NumberFormat, normalised_number, number_readings};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{data_set, day};

/// Formats of the set that have no id there, by name.
const NAMED: [(&str, &str); 4] = [
    ("LaserShip 1LS7 (18)", "lasership_1ls7_18"),
    ("Old Dominion", "old_dominion"),
    ("Old Dominion Guaranteed Shipment", "old_dominion_guaranteed"),
    ("UPS Waybill", "ups_waybill"),
];

/// A format of the set, as ours.
fn ours(format: &Value) -> &'static NumberFormat {
    let name = format["name"].as_str().expect("a name");
    let id = format["id"].as_str().or_else(|| NAMED.iter().find(|(of, _)| *of == name).map(|(_, id)| *id));
    NumberFormat::named(id.expect("an id")).unwrap_or_else(|| panic!("no format for {name}"))
}

fn texts(format: &Value, key: &str) -> Vec<String> {
    let list = format["test_numbers"][key].as_array().expect("a list");
    list.iter().map(|text| text.as_str().expect("a text").to_owned()).collect()
}

#[test]
fn all_280_vectors_are_read_as_their_makers_read_them() {
    let Some(folder) = data_set("tracking_numbers") else { return };
    let (mut formats, mut valid, mut invalid, mut wrong) = (0, 0, 0, Vec::new());
    for file in fs::read_dir(folder.join("couriers")).expect("a folder") {
        let text = fs::read_to_string(file.expect("a file").path()).expect("a text");
        let courier: Value = serde_json::from_str(&text).expect("JSON");
        for format in courier["tracking_numbers"].as_array().expect("a list") {
            formats += 1;
            let ours = ours(format);
            assert_eq!(ours.check_digit().is_some(), format["validation"]["checksum"].is_object(), "{}", ours.id());
            for text in texts(format, "valid") {
                valid += 1;
                match ours.read(&text) {
                    Ok(reading) => assert!(number_readings(&text).contains(&reading), "{text}"),
                    Err(error) => wrong.push(error.to_string()),
                }
            }
            for text in texts(format, "invalid") {
                invalid += 1;
                wrong.extend(ours.read(&text).ok().map(|_| format!("{} takes {text}", ours.name())));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!((formats, valid, invalid), (39, 192, 88));
    assert_eq!(NumberFormat::all().len(), 39, "no format of ours is without vectors");
}

/// By hand, from the published rules; no data needed.
#[test]
fn check_digits_by_hand() {
    let s10 = |serial| CheckDigit::S10.of(serial);
    assert_eq!(s10("47312482"), Some('9')); // the standard's own example: 200 mod 11 = 2
    assert_eq!(s10("00000008"), Some('0')); // remainder 1: eleven minus one is ten, written 0
    assert_eq!(s10("00000015"), Some('5')); // remainder 0: eleven, written 5
    assert_eq!((s10("00000000"), s10("99999999"), s10("87654321")), (Some('5'), Some('5'), Some('6')));
    assert_eq!(s10("4731248"), None, "seven places for eight weights");
    assert_eq!(CheckDigit::Mod7.of("1234567"), Some('5'));
    let gs1 = CheckDigit::Mod10 { even: 3, odd: 1 };
    assert_eq!((gs1.of("10614141234567890"), gs1.of("00614141123456789")), (Some('8'), Some('0')));
    assert_eq!(CheckDigit::Luhn.of("32059546393"), Some('8'));
    assert_eq!(CheckDigit::Iso7064Mod37And36.of("09980000020033"), Some('F'));
    assert_eq!(CheckDigit::Mod10 { even: 1, odd: 2 }.of("5R8939035756712"), Some('7'));
    assert_eq!(gs1.of("12-4"), None);
}

#[test]
fn a_wrong_number_says_what_is_wrong() {
    let read = |id: &str, text: &str| NumberFormat::named(id).expect("a format").read(text);
    let Err(NumberError::CheckDigit { found, expected, .. }) = read("s10", "RB123456786US") else {
        panic!("a wrong digit")
    };
    assert_eq!((found, expected), ('6', '5'));
    assert!(matches!(read("s10", "RB123456785XX"), Err(NumberError::Country { country, .. }) if country == "XX"));
    assert!(matches!(read("s10", "RB12345678GB"), Err(NumberError::Shape { .. })));
    assert!(matches!(read("s10", ""), Err(NumberError::Shape { .. })));
}

#[test]
fn a_number_is_a_key_only_with_courier_and_day() {
    let readings = number_readings(" rb 123 456 785 gb ");
    assert_eq!(readings.len(), 1);
    let key = |of| readings[0].key(of).expect("a key");
    assert_eq!(key(day(10, 1)).to_string(), "s10/RB123456785GB of 2026-10-01");
    assert_ne!(key(day(10, 1)), key(day(10, 2)), "the number, given out again");
    // Twelve digits may be of two couriers: it takes more than the number to tell.
    let couriers: Vec<_> = number_readings("320595463938").iter().map(|reading| reading.courier).collect();
    assert_eq!(couriers, ["purolator"]);
    let certain = number_readings("60120172242323");
    assert!(certain.iter().all(|reading| reading.certainty == Certainty::ShapeOnly) && !certain.is_empty());
}

#[test]
fn a_zip_code_before_a_number_is_no_part_of_it() {
    let legacy = NumberFormat::named("usps_impb_n").expect("a format");
    let with = legacy.read("42078745 9400111206206406260787").expect("with the ZIP code");
    let bare = legacy.read("9400111206206406260787").expect("bare");
    assert_eq!((with.courier, bare.courier), ("usps", "usps"));
    assert!(with.number.as_str().ends_with(bare.number.as_str()));
}

proptest! {
    /// Any single digit changed in an S10 number is noticed.
    #[test]
    fn one_wrong_digit_never_passes(serial in 0_u32..100_000_000, place in 0_usize..8, by in 1_u32..10) {
        let digits = format!("{serial:08}");
        let check = CheckDigit::S10.of(&digits).expect("a digit");
        let s10 = NumberFormat::named("s10").expect("a format");
        let number = format!("RB{digits}{check}CN");
        prop_assert!(s10.read(&number).is_ok());
        let mut changed: Vec<char> = number.chars().collect();
        let old = changed[2 + place].to_digit(10).expect("a digit");
        changed[2 + place] = char::from_digit((old + by) % 10, 10).expect("a digit");
        let changed: String = changed.into_iter().collect();
        // 0 and 5 each stand for two remainders, so that a few changes go unnoticed by the standard itself.
        prop_assert!(s10.read(&changed).is_err() || matches!(check, '0' | '5'));
    }

    #[test]
    fn normalising_twice_is_normalising_once(text in any::<String>()) {
        let once = normalised_number(&text);
        prop_assert_eq!(normalised_number(&once), once);
    }
}
