//! For each KPI: nothing, one, the same twice, all open, all excluded.

use std::collections::BTreeMap;

use parcelgauge::record::{
    CaseClass, CaseId, Claim, ClaimId, Complaint, Currency, CustomerId, Flow, Money, NodeKind, Payment, Promise,
    Rating, RatingId, RecordKind, Records, Score,
};
use parcelgauge::state::Figure;

use super::choices::Choices;
use super::edges::{millis, row, rows, trip};
use super::rows::agree;
use super::table::kpis;
use crate::support::{at, day};

fn late() -> Choices {
    Choices::at(millis("2026-12-01T00:00:00Z"))
}

/// One of each record: a trip on time, a complaint about it, a claim paid in part, four of five points.
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
    let score = Score::parse("4", "1", "5").expect("a score");
    records.ratings.push(Rating::new(RatingId::new("r").expect("an id"), opened_at, score));
    records
}

type Values = BTreeMap<&'static str, Option<f64>>;

fn values(records: &Records, choices: &Choices) -> Values {
    kpis().into_iter().map(|kpi| (kpi, row(records, choices, kpi).figure.value())).collect()
}

/// No value but the count of nothing, where there is a count.
fn none(count: Option<f64>) -> Values {
    kpis().into_iter().map(|kpi| (kpi, count.filter(|_| kpi == "shipment_volume"))).collect()
}

fn ever() -> Choices {
    Choices { look_back: None, ..late() }
}

#[test]
fn nothing_has_no_value_and_says_what_is_missing() {
    let nothing = Records::default();
    assert_eq!(values(&nothing, &late()), none(None));
    for kpi in kpis() {
        let row = row(&nothing, &late(), kpi);
        assert_eq!((row.seen, row.missing.len()), (0, row.definition.needs.len()));
    }
    let supplied = Records::supplying(RecordKind::ALL);
    assert_eq!(values(&supplied, &late()), none(Some(0.0)));
    assert!(kpis().into_iter().all(|kpi| row(&supplied, &late(), kpi).missing.is_empty()));
}

#[test]
fn one_of_each_makes_every_figure() {
    let found = values(&one(), &ever());
    let expected = [
        ("claim_rate", Some(1.0)),
        ("compensation_per_10k", Some(123_000.0)),
        ("complaint_rate", Some(1.0)),
        ("damage_rate", Some(0.0)),
        ("delivered_by_day_rate", Some(1.0)),
        ("end_to_end_hours", Some(24.0)),
        ("first_attempt_delivery_rate", Some(1.0)),
        ("first_contact_resolution_rate", None), // no steps tell of it
        ("intact_rate", Some(1.0)),
        ("lateness_hours", None), // it was in time
        ("loss_rate", Some(0.0)),
        ("negative_rating_rate", Some(0.0)),
        ("nps", None), // nobody was asked
        ("on_time_delivery_rate", Some(1.0)),
        ("payout_within_rate", None),    // nothing is confirmed
        ("recording_delay_hours", None), // one clock only
        ("reopen_rate", None),
        ("repeat_order_rate", Some(0.0)),
        ("resolution_hours", None), // it is not resolved
        ("resolution_rate", Some(0.0)),
        ("resolution_within_rate", Some(0.0)),
        ("response_within_rate", Some(0.0)),
        ("satisfaction_rate", Some(1.0)),
        ("satisfaction_score", Some(75.0)),
        ("shipment_volume", Some(1.0)),
        ("shortage_rate", Some(0.0)),
        ("stage_hours", None), // it was not scanned on its way
        ("stage_on_time_rate", None),
        ("tracking_accuracy_rate", Some(1.0)),
        ("tracking_completeness_rate", Some(0.0)),
        ("tracking_freshness_rate", None),
        ("unconsented_storage_rate", None), // it was not stored
        ("within_hours_rate", Some(1.0)),
    ];
    assert_eq!(found, BTreeMap::from(expected));
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
    twice.ratings.extend_from_within(..);
    assert_eq!(values(&twice, &ever()), values(&one(), &ever()));
    agree(&twice, &ever());
}

#[test]
fn all_open_has_no_value() {
    let mut under_way = one();
    under_way.events.pop();
    let choices = Choices::at(millis("2026-10-02T12:00:00Z"));
    let open = [
        "damage_rate",
        "end_to_end_hours",
        "first_attempt_delivery_rate",
        "intact_rate",
        "lateness_hours",
        "loss_rate",
        "on_time_delivery_rate",
        "repeat_order_rate",
        "shortage_rate",
        "stage_hours",
        "tracking_accuracy_rate",
        "tracking_completeness_rate",
        "within_hours_rate",
    ];
    for kpi in open {
        let row = row(&under_way, &choices, kpi);
        assert_eq!((row.figure.value(), row.open, row.seen), (None, 1, 1), "{kpi}");
    }
}

#[test]
fn all_excluded_has_no_value() {
    for flow in [Flow::Reverse, Flow::ReturnLeg] {
        let mut not_forward = one();
        not_forward.waybills[0].flow = flow;
        not_forward.complaints[0].class = CaseClass::Appeal;
        not_forward.claims.clear();
        not_forward.ratings[0].system_default = true;
        for kpi in kpis() {
            let mut excluded = 0;
            for row in rows(&not_forward, &late(), kpi) {
                assert_eq!(row.figure.value(), none(Some(0.0))[kpi], "{kpi}");
                assert_eq!(row.excluded.total(), row.seen, "{kpi}");
                excluded += row.excluded.total();
            }
            // Of claims there are none to leave out.
            assert!(excluded > 0 || kpi == "payout_within_rate", "{kpi}");
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
