//! Repeated complaints, on each line.

use parcelgauge::casework::{RepeatCause, repeats};
use parcelgauge::record::{CaseClass, CaseId, Complaint, CustomerId, Duration, Label};

use crate::support::{at, day, key};

fn case(id: &str, opened: &str) -> Complaint {
    Complaint::new(CaseId::new(id).unwrap(), CaseClass::Complaint, at(opened))
}

fn of(mut case: Complaint, customer: &str, segment: Option<&str>, cause: &str) -> Complaint {
    case.customer = CustomerId::new(customer).ok();
    case.customer_segment = segment.map(|name| Label::new(name).unwrap());
    case.cause = Label::new(cause).ok();
    case
}

fn about(mut case: Complaint, number: &str) -> Complaint {
    case.waybill = Some(key(number, day(6, 1)));
    case
}

fn found(cases: &[Complaint]) -> Vec<(String, String, RepeatCause)> {
    let repeats = repeats(cases, Duration::from_days(30));
    repeats.into_iter().map(|repeat| (repeat.case.to_string(), repeat.earlier.to_string(), repeat.cause)).collect()
}

#[test]
fn thirty_days_and_not_a_millisecond_more() {
    let first = || about(case("A", "2026-06-01T00:00:00Z"), "SF1");
    let same = |opened| found(&[about(case("B", opened), "SF1"), first()]).len();
    assert_eq!(same("2026-07-01T00:00:00Z"), 1);
    assert_eq!(same("2026-07-01T00:00:00.001Z"), 0);
    assert_eq!(same("2026-06-01T00:00:00Z"), 1, "at one instant the greater id repeats the lesser");
}

#[test]
fn the_latest_earlier_one_is_named() {
    let cases =
        ["A", "B", "C"].into_iter().zip(["2026-06-01T00:00:00Z", "2026-06-20T00:00:00Z", "2026-07-10T00:00:00Z"]);
    let cases: Vec<_> = cases.map(|(id, opened)| about(case(id, opened), "SF1")).collect();
    let same = RepeatCause::SameWaybill;
    assert_eq!(found(&cases), [("B".into(), "A".into(), same), ("C".into(), "B".into(), same)]);
}

#[test]
fn consumers_repeat_a_cause_merchants_do_not() {
    let pair = |segment, cause: &str| {
        found(&[
            of(case("A", "2026-06-01T00:00:00Z"), "U1", segment, "late"),
            of(case("B", "2026-06-02T00:00:00Z"), "U1", segment, cause),
        ])
        .len()
    };
    assert_eq!((pair(None, "late"), pair(Some("consumer"), "late"), pair(None, "damaged")), (1, 1, 0));
    assert_eq!((pair(Some("merchant"), "late"), pair(Some("enterprise"), "late")), (0, 0));
}
