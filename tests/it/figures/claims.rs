//! Claims over shipments.

use parcelgauge::kpi::Param;
use parcelgauge::record::{Claim, ClaimId, Currency, Decision, Flow, Money, Payment, Records, Window};

use super::{figure, gauge, holds_at_the_edges, parcel, records, rows, time, told, worst};
use crate::support::{day, key};

const CLAIMS: &str = "claim_rate";

fn claim<'r>(records: &'r mut Records, id: &str, filed_at: &str) -> &'r mut Claim {
    records.claims.push(Claim::new(ClaimId::new(id).unwrap(), time(filed_at)));
    records.claims.last_mut().unwrap()
}

#[test]
fn claims_filed_over_shipments_accepted() {
    let mut records = records();
    parcel(&mut records, "A", &[("collected", "10-01 10:00")]);
    parcel(&mut records, "B", &[("out_for_delivery", "10-01 10:00")]);
    parcel(&mut records, "never", &[("ordered", "10-01 09:00")]);
    parcel(&mut records, "cancelled", &[("cancelled", "10-01 09:00")]);
    parcel(&mut records, "reverse", &[("collected", "10-01 10:00")]).flow = Flow::Reverse;
    claim(&mut records, "1", "10-05 10:00").waybill = Some(key("A", day(10, 1)));
    claim(&mut records, "2", "10-06 10:00").decision = Some(Decision::Refused);
    claim(&mut records, "3", "11-06 10:00");
    let aside = "excluded cancelled 1, excluded never_collected 1, excluded not_forward 1, noted inferred_acceptance 1";
    assert_eq!(told(&records, CLAIMS, "10-06 09:59:59.999"), format!("1 over 2, {aside}"));
    assert_eq!(told(&records, CLAIMS, "12-01 00:00"), format!("3 over 2, {aside}"));
    assert_eq!(figure(&records, CLAIMS, "12-01 00:00").value(), Some(1.5), "a rate may exceed 1");
    let months = rows(&records, CLAIMS, Window::Month, "12-01 00:00");
    let months: Vec<_> = months.iter().map(|row| (row.window.as_str(), row.figure.value())).collect();
    assert_eq!(months, [("2026-10", Some(1.0)), ("2026-11", None), ("undated", None)]);
    holds_at_the_edges(CLAIMS, &records, "12-01 00:00");
}

#[test]
fn the_greatest_claims_rank_first() {
    let mut records = records();
    claim(&mut records, "no amount", "10-05 10:00");
    for (id, claimed) in [("small", "10.00"), ("great", "1000.00"), ("small too", "10.00")] {
        claim(&mut records, id, "10-05 10:00").claimed = Some(Money::parse(claimed, Currency::CNY).unwrap());
    }
    assert_eq!(worst(&records, CLAIMS, "12-01 00:00"), ["great", "small", "small too", "no amount"]);
}

const PERIOD: &str = "compensation_per_10k";
const SHIPMENT: &str = "compensation_per_10k basis=shipment";

#[test]
fn amounts_are_plain_decimal_numbers() {
    for refused in ["1_000", "1,000", "1e3", " 1", "0x10", "", "NaN"] {
        assert!(Money::parse(refused, Currency::CNY).is_err(), "{refused}");
    }
    assert_eq!(Money::parse("1000", Currency::CNY).unwrap().minor_units(), 100_000);
}

/// A claim about a waybill of 1 October, paid in parts.
fn paid(records: &mut Records, id: &str, waybill: Option<&str>, parts: &[(&str, &str)]) {
    let claim = claim(records, id, "10-02 10:00");
    claim.waybill = waybill.map(|number| key(number, day(10, 1)));
    let amount = |text| Money::parse(text, Currency::CNY).unwrap();
    claim.payments =
        parts.iter().map(|&(paid_at, text)| Payment { paid_at: time(paid_at), amount: amount(text) }).collect();
}

/// Two parcels accepted in October, one in December; 90 days after 1 October, ten o'clock, is 30 December, ten o'clock.
fn compensated() -> Records {
    let mut records = records();
    parcel(&mut records, "A", &[("collected", "10-01 10:00")]);
    parcel(&mut records, "B", &[("collected", "10-01 11:00")]);
    parcel(&mut records, "C", &[("collected", "12-01 10:00")]);
    paid(
        &mut records,
        "1",
        Some("A"),
        &[("10-05 10:00", "3.00"), ("12-30 10:00", "2.00"), ("12-30 10:00:00.001", "7.00")],
    );
    records
}

/// Month, parcels below the line, minor units above it, value, and what is open.
fn months(records: &Records, name: &str, as_of: &str) -> Vec<String> {
    let told = |row: parcelgauge::cube::Row| match row.figure {
        parcelgauge::state::Figure::Ratio { numerator, denominator, value, .. } => {
            format!("{}: {numerator} over {denominator} = {value:?}, open {}", row.window, row.open)
        }
        _ => panic!("{row:?}"),
    };
    rows(records, name, Window::Month, as_of).into_iter().map(told).collect()
}

#[test]
fn payments_of_the_window_or_on_its_shipments() {
    let records = compensated();
    let late = "12-31 23:59";
    let of_periods = ["2026-10: 300 over 2 = Some(15000.0), open 0", "2026-12: 900 over 1 = Some(90000.0), open 0"];
    assert_eq!(months(&records, PERIOD, late), of_periods);
    let of_shipments = ["2026-10: 500 over 2 = Some(25000.0), open 0", "2026-12: 0 over 0 = None, open 1"];
    assert_eq!(months(&records, SHIPMENT, late), of_shipments);
    assert_eq!(told(&records, SHIPMENT, late), "4, open 1, excluded after_horizon 1");
    let shown = |name: &str, param: &str| gauge(name).params().get(param).cloned();
    assert_eq!(shown(PERIOD, "basis"), Some(Param::Word("period".to_owned())));
    assert_eq!(shown(SHIPMENT, "basis"), Some(Param::Word("shipment".to_owned())));
    assert_eq!(shown(SHIPMENT, "horizon_days"), Some(Param::Number(90.0)));
    holds_at_the_edges(PERIOD, &records, late);
    holds_at_the_edges(SHIPMENT, &records, late);
}

#[test]
fn shipments_and_what_was_paid_on_them_wait_for_the_horizon_together() {
    let records = compensated();
    // A is decided with its payments at the horizon itself, B an hour later.
    let before = ["2026-10: 0 over 0 = None, open 3", "2026-12: 0 over 0 = None, open 1"];
    assert_eq!(months(&records, SHIPMENT, "12-30 09:59:59.999"), before);
    assert_eq!(months(&records, SHIPMENT, "12-30 10:00")[0], "2026-10: 500 over 1 = Some(50000.0), open 1");
    assert_eq!(months(&records, SHIPMENT, "12-30 11:00")[0], "2026-10: 500 over 2 = Some(25000.0), open 0");
    // Paid so far over accepted so far.
    let young = "compensation_per_10k basis=shipment maturity=provisional";
    assert_eq!(months(&records, young, "10-06 00:00")[0], "2026-10: 300 over 2 = Some(15000.0), open 0");
    assert_eq!(told(&records, young, "10-06 00:00"), "3, excluded never_collected 1, noted provisional 3");
    let shorter = "compensation_per_10k basis=shipment horizon=4d";
    assert_eq!(months(&records, shorter, "10-05 11:00")[0], "2026-10: 300 over 2 = Some(15000.0), open 0");
    assert_eq!(told(&records, shorter, "12-31 23:59"), "4, excluded after_horizon 2");
}

#[test]
fn payments_on_nothing_that_was_accepted_are_left_out_for_its_reason() {
    let mut records = records();
    parcel(&mut records, "A", &[("collected", "10-01 10:00")]);
    parcel(&mut records, "back", &[("collected", "10-01 10:00")]).flow = Flow::Reverse;
    parcel(&mut records, "never", &[]);
    for (id, waybill) in [("1", None), ("2", Some("unheard of")), ("3", Some("back")), ("4", Some("never"))] {
        paid(&mut records, id, waybill, &[("10-05 10:00", "1.00")]);
    }
    let of_shipments = "1, excluded never_collected 2, excluded not_forward 2, excluded unassigned 2";
    assert_eq!(told(&records, SHIPMENT, "12-31 23:59"), of_shipments);
    // Of the period all four count.
    assert_eq!(told(&records, PERIOD, "12-31 23:59"), "5, excluded never_collected 1, excluded not_forward 1");
}
