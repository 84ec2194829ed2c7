//! Claims over shipments.

use parcelgauge::record::{Claim, ClaimId, Currency, Decision, Flow, Money, Records, Window};

use super::{figure, holds_at_the_edges, parcel, records, rows, time, told, worst};
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
