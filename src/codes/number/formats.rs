//! The table of formats.

use super::CheckDigit;
use super::format::{NumberFormat, Routing};
use super::shape::{CHECK, Letters, Part, Role, among, capitals, digits, either, word};

use Role::{Check, Country, Frame, Serial};

/// GS1 weights, seen from the left of a serial part with an odd number of places.
const GS1: Option<CheckDigit> = Some(CheckDigit::Mod10 { even: 3, odd: 1 });
const GROUND: Option<CheckDigit> = Some(CheckDigit::Mod10 { even: 1, odd: 3 });
const UPS: Option<CheckDigit> = Some(CheckDigit::Mod10 { even: 1, odd: 2 });
const EXPRESS: Option<CheckDigit> = Some(CheckDigit::Weighted11 { weights: &[3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1] });
const EXPRESS_LONG: Option<CheckDigit> =
    Some(CheckDigit::Weighted11 { weights: &[1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1] });

const fn between(letters: Letters, least: usize, most: usize) -> Part {
    Part { letters, least, most, role: Serial }
}

/// A format without lead and routing.
const fn plain(
    id: &'static str,
    courier: &'static str,
    name: &'static str,
    check: Option<CheckDigit>,
    shapes: &'static [&'static [Part]],
) -> NumberFormat {
    NumberFormat { id, courier, name, check, lead: "", routing: Routing::None, shapes }
}

/// The prefixes of DHL eCommerce.
const ECOMMERCE: &[&str] = &["GM", "LX", "RX", "UV", "CN", "SG", "TH", "IN", "HK", "MY"];

pub(super) const FORMATS: &[NumberFormat] = &[
    plain(
        "amazon_logistics",
        "amazon",
        "Amazon Logistics",
        None,
        &[&[word("TB", Frame), among("ACM", Frame), digits(12, Serial)]],
    ),
    plain(
        "amazon_international",
        "amazon",
        "Amazon International",
        None,
        &[&[among("AFC", Frame), digits(10, Serial)]],
    ),
    plain("canada_post", "canada_post", "Canada Post 16", GS1, &[&[digits(15, Serial), CHECK]]),
    plain("canpar_22", "canpar", "Canpar 22", None, &[&[among("CDKLSUXZ", Serial), digits(21, Serial)]]),
    plain(
        "dhl_express",
        "dhl",
        "DHL Express 10 or 11",
        Some(CheckDigit::Mod7),
        &[&[between(Letters::Digits, 9, 10), CHECK]],
    ),
    plain(
        "dhl_express_piece_id",
        "dhl",
        "DHL Express piece",
        None,
        &[
            &[word("J", Frame), capitals(2, Frame), between(Letters::Digits, 9, 10)],
            &[word("J", Frame), capitals(3, Frame), between(Letters::Digits, 9, 10)],
        ],
    ),
    plain(
        "dhl_ecommerce",
        "dhl",
        "DHL eCommerce",
        None,
        &[&[
            Part { letters: Letters::Words(ECOMMERCE), least: 2, most: 2, role: Frame },
            between(Letters::WithADigit, 10, 39),
        ]],
    ),
    plain("dhl_ecommerce_14", "dhl", "DHL eCommerce 14", None, &[&[digits(14, Serial)]]),
    plain("dpd", "dpd", "DPD 28", Some(CheckDigit::Iso7064Mod37And36), &[&[digits(27, Serial), either(1, Check)]]),
    plain("dpd_14", "dpd", "DPD 14", Some(CheckDigit::Iso7064Mod37And36), &[&[digits(14, Serial), either(1, Check)]]),
    plain("fedex_12", "fedex", "FedEx Express 12", EXPRESS, &[&[digits(11, Serial), CHECK]]),
    plain(
        "fedex_34",
        "fedex",
        "FedEx Express 34",
        EXPRESS_LONG,
        &[&[among("012345678", Frame), digits(19, Frame), digits(13, Serial), CHECK]],
    ),
    plain(
        "fedex_astra_32",
        "fedex",
        "FedEx ASTRA 32",
        EXPRESS,
        &[&[word("3", Frame), digits(15, Frame), digits(11, Serial), CHECK, digits(4, Frame)]],
    ),
    plain("fedex_ground", "fedex", "FedEx Ground 15", GROUND, &[&[digits(14, Serial), CHECK]]),
    plain(
        "fedex_ground_sscc_18",
        "fedex",
        "FedEx Ground SSCC-18",
        GS1,
        &[&[digits(2, Frame), digits(15, Serial), CHECK]],
    ),
    plain(
        "fedex_ground_96",
        "fedex",
        "FedEx Ground 96",
        GROUND,
        &[&[word("96", Frame), digits(5, Frame), digits(14, Serial), CHECK]],
    ),
    plain(
        "fedex_ground_gsn",
        "fedex",
        "FedEx Ground GSN",
        EXPRESS_LONG,
        &[&[word("96", Frame), digits(18, Frame), digits(13, Serial), CHECK]],
    ),
    plain("gofo_us", "gofo", "GOFO Express US", None, &[&[word("GFUS", Frame), digits(14, Serial)]]),
    plain(
        "landmark_global",
        "landmark",
        "Landmark Global LTN",
        None,
        &[&[word("LTN", Frame), digits(8, Serial), word("N1", Frame)]],
    ),
    plain(
        "lasership_lx",
        "lasership",
        "LaserShip L",
        None,
        &[&[word("L", Frame), among("AIEHNX", Frame), among("123", Frame), digits(7, Serial)]],
    ),
    plain(
        "lasership_1ls7",
        "lasership",
        "LaserShip 1LS7, 15",
        None,
        &[&[word("1LS7", Frame), among("12", Frame), digits(4, Frame), digits(6, Serial)]],
    ),
    plain(
        "lasership_1ls7_18",
        "lasership",
        "LaserShip 1LS7, 18",
        None,
        &[&[
            word("1LS7", Frame),
            among("12", Frame),
            digits(2, Frame),
            word("01", Frame),
            among("1234", Frame),
            digits(6, Serial),
            word("-1", Frame),
        ]],
    ),
    plain("lasership_1lscx", "lasership", "LaserShip 1LSCX", None, &[&[word("1LSCX", Frame), either(10, Serial)]]),
    plain(
        "old_dominion",
        "old_dominion",
        "Old Dominion",
        Some(CheckDigit::Luhn),
        &[&[
            Part { letters: Letters::Words(&["777", "778", "072", "780"]), least: 3, most: 3, role: Serial },
            digits(7, Serial),
            CHECK,
        ]],
    ),
    plain(
        "old_dominion_guaranteed",
        "old_dominion",
        "Old Dominion guaranteed",
        Some(CheckDigit::Luhn),
        &[&[word("80", Serial), digits(8, Serial), CHECK]],
    ),
    NumberFormat {
        lead: "4",
        ..plain("ontrac_c", "ontrac", "OnTrac C", UPS, &[&[word("C", Frame), digits(13, Serial), CHECK]])
    },
    NumberFormat {
        lead: "5",
        ..plain("ontrac_d", "ontrac", "OnTrac D", UPS, &[&[word("D", Frame), digits(13, Serial), CHECK]])
    },
    plain(
        "purolator_numeric",
        "purolator",
        "Purolator 12",
        Some(CheckDigit::Luhn),
        &[&[among("012345", Serial), digits(10, Serial), CHECK]],
    ),
    plain("purolator_alpha", "purolator", "Purolator with letters", None, &[&[capitals(3, Serial), digits(9, Serial)]]),
    plain(
        "s10",
        "s10",
        "UPU S10",
        Some(CheckDigit::S10),
        &[&[capitals(2, Frame), digits(8, Serial), CHECK, capitals(2, Country)]],
    ),
    plain("speedee", "speedee", "Spee-Dee 20", None, &[&[word("SP", Frame), digits(18, Serial)]]),
    plain("ups", "ups", "UPS 1Z", UPS, &[&[word("1Z", Frame), either(15, Serial), CHECK]]),
    plain("ups_waybill", "ups", "UPS waybill", UPS, &[&[among("AHJKTV", Frame), digits(9, Serial), CHECK]]),
    plain("usps_20", "usps", "USPS 20", GS1, &[&[digits(19, Serial), CHECK]]),
    // The sixth digit tells how long the mailer's number is, 9 digits or 6: with it the lengths are 22 and 26, and 30
    // for the long one alone.
    NumberFormat {
        routing: Routing::UsPostal,
        ..plain(
            "usps_impb_n",
            "usps",
            "USPS IMpb N",
            GS1,
            &[
                &[word("94", Serial), digits(19, Serial), CHECK],
                &[word("94", Serial), digits(23, Serial), CHECK],
                &[word("94", Serial), digits(3, Serial), word("9", Serial), digits(23, Serial), CHECK],
            ],
        )
    },
    NumberFormat {
        lead: "91",
        routing: Routing::UsPostal,
        ..plain(
            "usps_legacy",
            "usps",
            "USPS legacy",
            GS1,
            &[&[word("91", Serial), digits(19, Serial), CHECK], &[digits(19, Serial), CHECK]],
        )
    },
    NumberFormat {
        routing: Routing::UsPostal,
        ..plain(
            "usps_impb_c",
            "usps",
            "USPS IMpb C",
            GS1,
            &[
                &[word("92", Serial), digits(3, Serial), word("9", Serial), digits(15, Serial), CHECK],
                &[word("92", Serial), digits(3, Serial), word("9", Serial), digits(19, Serial), CHECK],
                &[word("93", Serial), digits(3, Serial), among("012345678", Serial), digits(15, Serial), CHECK],
                &[word("93", Serial), digits(3, Serial), among("012345678", Serial), digits(19, Serial), CHECK],
                &[word("95", Serial), digits(19, Serial), CHECK],
                &[word("95", Serial), digits(23, Serial), CHECK],
            ],
        )
    },
    plain(
        "yodel",
        "yodel",
        "Yodel",
        None,
        &[&[word("JD", Frame), digits(16, Serial)], &[word("JJD", Frame), digits(16, Serial)]],
    ),
    plain("yunexpress", "yunexpress", "YunExpress", None, &[&[word("YT", Frame), digits(16, Serial)]]),
];
