//! For each KPI: nothing, one, the same twice, all open, all excluded.

use parcelgauge::record::{
    CaseClass, CaseId, Claim, ClaimId, Complaint, Currency, CustomerId, Flow, Money, NodeKind, Payment, Promise,
    RecordKind, Records,
};
use parcelgauge::state::Figure;

use super::choices::Choices;
use super::edges::{millis, row, rows, trip};
use super::lines::KPIS;
use super::rows::agree;
use crate::support::{at, day};

fn late() -> Choices {
    Choices::at(millis("2026-12-01T00:00:00Z"))
}

/// One of each record: a trip on time, a complaint about it, a claim paid in part.
fn one() -> Records {
    let scans = [
        (NodeKind::Ordered, "2026-10-01T06:00:00Z"),
        (NodeKind::Collected, "2026-10-01T08:00:00Z"),
        (NodeKind::Delivered, "2026-10-02T08:00:00Z"),
    ];
    let mut records = trip(Some(Promise::On(day(10, 2))), &scans);
    records.waybills[0].customer = Some(CustomerId::new("ann").expect("a customer"));
    let opened_at = at("2026-10-03T08:00:00Z");
    records.complaints.push(Complaint::new(CaseId::new("q").expect("an id"), CaseClass::Complaint, opened_at));
    let mut claim = Claim::new(ClaimId::new("k").expect("an id"), opened_at);
    let amount = Money::from_minor_units(1_230, Currency::CNY);
    claim.payments.push(Payment { paid_at: at("2026-10-04T08:00:00Z"), amount });
    records.claims.push(claim);
    records
}

fn values(records: &Records, choices: &Choices) -> [Option<f64>; 5] {
    KPIS.map(|kpi| row(records, choices, kpi).figure.value())
}

fn ever() -> Choices {
    Choices { look_back: None, ..late() }
}

#[test]
fn nothing_has_no_value_and_says_what_is_missing() {
    let nothing = Records::default();
    assert_eq!(values(&nothing, &late()), [None; 5]);
    for kpi in KPIS {
        let row = row(&nothing, &late(), kpi);
        assert_eq!((row.seen, row.missing.len()), (0, row.definition.needs.len()));
    }
    let supplied = Records::supplying(RecordKind::ALL);
    assert_eq!(values(&supplied, &late()), [None; 5]);
    assert!(KPIS.into_iter().all(|kpi| row(&supplied, &late(), kpi).missing.is_empty()));
}

#[test]
fn one_of_each_makes_every_figure() {
    assert_eq!(values(&one(), &ever()), [Some(123_000.0), Some(1.0), Some(24.0), Some(1.0), Some(0.0)]);
}

#[test]
fn a_single_duration_is_every_quantile() {
    match row(&one(), &late(), "end_to_end_hours").figure {
        Figure::Distribution { count, mean, p50, p80, p90, p95, p99, max, .. } => {
            assert_eq!(count, 1);
            assert_eq!([mean, p50, p80, p90, p95, p99, max], [Some(24.0); 7]);
        }
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn the_same_twice_changes_no_figure() {
    let mut twice = one();
    twice.waybills.extend_from_within(..);
    twice.events.extend_from_within(..);
    twice.complaints.extend_from_within(..);
    twice.claims.extend_from_within(..);
    assert_eq!(values(&twice, &ever()), values(&one(), &ever()));
    agree(&twice, &ever());
}

#[test]
fn all_open_has_no_value() {
    let mut under_way = one();
    under_way.events.pop();
    let choices = Choices::at(millis("2026-10-02T12:00:00Z"));
    for kpi in ["end_to_end_hours", "on_time_delivery_rate", "repeat_order_rate"] {
        let row = row(&under_way, &choices, kpi);
        assert_eq!((row.figure.value(), row.open, row.seen), (None, 1, 1), "{kpi}");
    }
}

#[test]
fn all_excluded_has_no_value() {
    for flow in [Flow::Reverse, Flow::ReturnLeg] {
        let mut not_forward = one();
        not_forward.waybills[0].flow = flow;
        not_forward.complaints[0].class = CaseClass::Inquiry;
        not_forward.claims[0].payments.clear();
        for kpi in KPIS {
            let mut excluded = 0;
            for row in rows(&not_forward, &late(), kpi) {
                assert_eq!(row.figure.value(), None, "{kpi}");
                assert_eq!(row.excluded.total(), row.seen, "{kpi}");
                excluded += row.excluded.total();
            }
            assert!(excluded > 0, "{kpi}");
        }
    }
}

#[test]
fn never_handled_and_cancelled_before_are_told_apart() {
    let reasons = |scans: &[(NodeKind, &str)]| {
        let records = trip(Some(Promise::On(day(10, 2))), scans);
        let row = row(&records, &late(), "on_time_delivery_rate");
        row.excluded.iter().map(|(reason, _)| reason.to_owned()).collect::<Vec<_>>()
    };
    let ordered = (NodeKind::Ordered, "2026-10-01T06:00:00Z");
    assert_eq!(reasons(&[ordered]), ["never_collected"]);
    assert_eq!(reasons(&[ordered, (NodeKind::Cancelled, "2026-10-01T07:00:00Z")]), ["cancelled"]);
    assert_eq!(reasons(&[]), ["never_collected"]);
}
