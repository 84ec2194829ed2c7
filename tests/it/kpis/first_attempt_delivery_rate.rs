use parcelgauge::record::{Consent, NodeKind};
use parcelgauge::simulate::Rate;

use super::*;
use crate::intake::Folder;

const KPI: &str = "first_attempt_delivery_rate";

#[test]
fn as_usual() {
    does_the_usual(&kpi(KPI));
}

#[test]
fn the_first_act_decides() {
    let told = |scans: &[(NodeKind, i64)]| word(&kpi(KPI), &one(scans), LATER);
    assert_eq!(told(&[(NodeKind::Delivered, DAY)]), "hit");
    assert_eq!(told(&[(NodeKind::Stored, DAY)]), "hit");
    assert_eq!(told(&[(NodeKind::AttemptFailed, DAY), (NodeKind::Delivered, 2 * DAY)]), "miss by 24h");
    assert_eq!(told(&[(NodeKind::AttemptFailed, DAY)]), "miss by 399d");
    assert_eq!(told(&[(NodeKind::AttemptFailed, DAY), (NodeKind::Lost, 2 * DAY)]), "miss by 399d");
    // What comes after delivery changes nothing; at the same instant the attempt came first.
    assert_eq!(told(&[(NodeKind::Delivered, DAY), (NodeKind::AttemptFailed, DAY + 1)]), "hit");
    assert_eq!(told(&[(NodeKind::Delivered, DAY), (NodeKind::AttemptFailed, DAY)]), "miss by 0h");
    assert_eq!(told(&[(NodeKind::Delivered, DAY), (NodeKind::AttemptFailed, DAY - 1)]), "miss by 1ms");
}

#[test]
fn an_act_waits_for_late_scans() {
    for act in [NodeKind::Delivered, NodeKind::AttemptFailed, NodeKind::Refused] {
        assert_eq!(word(&kpi(KPI), &one(&[(act, DAY)]), 48 * HOUR - 1), "open 2d");
        assert!(!word(&kpi(KPI), &one(&[(act, DAY)]), 48 * HOUR).starts_with("open"));
    }
    assert_eq!(word(&under(KPI, &["settle=0h"]), &one(&[(NodeKind::Delivered, DAY)]), DAY), "hit");
    assert_eq!(word(&kpi(KPI), &one(&[(NodeKind::OutForDelivery, DAY)]), LATER), "open");
    let open = row(&kpi(KPI), &one(&[]), LATER);
    assert_eq!((open.figure.value(), open.open, open.open_mean_age), (None, 1, None));
}

#[test]
fn storing_without_consent_is_no_delivery() {
    let mut stored = one(&[(NodeKind::Stored, DAY), (NodeKind::Delivered, DAY + HOUR)]);
    stored.events[1].consent = Consent::No;
    assert_eq!(word(&kpi(KPI), &stored, LATER), "miss by 1h");
    assert_eq!(word(&under(KPI, &["storage_completes=always"]), &stored, LATER), "hit");
    stored.events[1].consent = Consent::Yes;
    assert_eq!(word(&kpi(KPI), &stored, LATER), "hit");
    assert_eq!(word(&under(KPI, &["storage_completes=never"]), &stored, LATER), "miss by 1h");
}

#[test]
fn refused_at_the_first_attempt() {
    let told = |scans: &[(NodeKind, i64)]| word(&kpi(KPI), &one(scans), LATER);
    assert_eq!(told(&[(NodeKind::Refused, DAY)]), "excluded refused");
    let half = HOUR / 2;
    assert_eq!(told(&[(NodeKind::AttemptFailed, DAY), (NodeKind::Refused, DAY + half - 1)]), "excluded refused");
    assert_eq!(told(&[(NodeKind::AttemptFailed, DAY), (NodeKind::Refused, DAY + half)]), "miss by 399d");
    assert_eq!(told(&[(NodeKind::Delivered, DAY), (NodeKind::Refused, DAY + 1)]), "hit");
}

#[test]
fn without_any_act() {
    let told = |scans: &[(NodeKind, i64)]| word(&kpi(KPI), &one(scans), LATER);
    assert_eq!(told(&[(NodeKind::Lost, DAY)]), "excluded no_attempt");
    assert_eq!(told(&[(NodeKind::Lost, DAY), (NodeKind::HubArrived, 2 * DAY)]), "open");
    assert_eq!(told(&[(NodeKind::Cancelled, DAY)]), "excluded no_attempt");
    assert_eq!(told(&[(NodeKind::Returned, DAY)]), "excluded no_attempt");
    // Acts on the way back are none.
    let back = [(NodeKind::Returned, DAY), (NodeKind::AttemptFailed, 2 * DAY), (NodeKind::Delivered, 3 * DAY)];
    assert_eq!(told(&back), "excluded no_attempt");
    assert_eq!(told(&[(NodeKind::AttemptFailed, DAY), (NodeKind::Returned, DAY)]), "miss by 399d");
}

#[test]
fn from_files() {
    let reading = Folder::new()
        .with("w.csv", "no,day\nA,2026-10-01\nB,2026-10-01\nC,2026-10-01\nD,2026-10-01\n")
        .with(
            "e.csv",
            "no,code,at,agreed\nA,10,2026-10-01 10:00,\nB,10,2026-10-01 10:00,\nC,10,2026-10-01 10:00,\nD,10,2026-10-01 10:00,\n\
             A,80,2026-10-02 10:00,\nB,70,2026-10-02 10:00,\nB,80,2026-10-03 10:00,\nC,75,2026-10-02 10:00,N\nD,75,2026-10-02 10:00,\n",
        )
        .read(
            r#"
            zone = "Asia/Shanghai"
            [waybill]
            file = "w.csv"
            number = "no"
            posted_on = "day"
            [event]
            file = "e.csv"
            waybill = "no"
            kind = { column = "code", values = { 10 = "collected", 70 = "attempt_failed", 75 = "stored", 80 = "delivered" } }
            occurred_at = "at"
            consent = { column = "agreed", values = { N = "no", Y = "yes" } }
            "#,
        );
    assert!(reading.quarantine.is_empty(), "{:?}", reading.quarantine);
    let told = told(&kpi(KPI), &reading.records, 72 * HOUR);
    assert_eq!(told, ["hit", "miss by 24h", "miss by 2d", "hit"]);
    assert_eq!(evidence(&kpi(KPI), &reading.records, 72 * HOUR), ["C 2d", "B 24h"]);
    assert_eq!(row(&kpi(KPI), &reading.records, 72 * HOUR).figure.value(), Some(0.5));
}

#[test]
fn the_network_knows_whose_first_attempt_failed() {
    let trouble = [
        (Rate::FirstAttemptFailed, 100_000),
        (Rate::StoredWithoutConsent, 100_000),
        (Rate::Returned, 50_000),
        (Rate::Lost, 50_000),
        (Rate::CancelledAfterCollection, 50_000),
    ];
    let (network, context) = troubled(&trouble);
    let mut seen = std::collections::BTreeMap::new();
    for (verdict, shipment) in against_truth(&kpi(KPI), &network, &context) {
        let (truth, has) = (shipment.truth.happened, |kind| shipment.events.iter().any(|event| event.kind == kind));
        let expected = if let Some(reason) = outside(&shipment) {
            reason
        } else if truth.contains(Rate::CancelledAfterCollection) || truth.contains(Rate::LossDeclared) {
            "no_attempt"
        } else if truth.contains(Rate::Lost) {
            "open"
        } else if truth.contains(Rate::Returned) {
            if has(NodeKind::Refused) { "refused" } else { "miss" }
        } else if truth.contains(Rate::FirstAttemptFailed) || truth.contains(Rate::StoredWithoutConsent) {
            "miss"
        } else {
            "hit"
        };
        let found = verdict.reason.as_ref().map_or(verdict.outcome, |reason| reason.as_str());
        assert_eq!(found, expected, "{shipment:?}");
        *seen.entry(expected).or_insert(0) += 1;
    }
    assert!(seen.len() == 7 && seen.values().all(|&count| count > 10), "{seen:?}");
}
