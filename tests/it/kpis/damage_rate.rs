use parcelgauge::record::{
    CaseClass, CaseId, Claim, ClaimId, Complaint, Decision, Label, LossKind, NodeKind, RecordKind,
};
use parcelgauge::simulate::Rate;

use super::*;
use crate::intake::Folder;
use crate::support::key;

const KPI: &str = "damage_rate";

/// A case about the parcel `A`, opened on the third day.
pub fn case(id: &str, cause: &str, upheld: Option<bool>) -> Complaint {
    let mut case = Complaint::new(CaseId::new(id).unwrap(), CaseClass::Complaint, after(3 * DAY));
    case.waybill = Some(key("A", day(10, 1)));
    case.cause = Some(Label::new(cause).unwrap());
    case.upheld = upheld;
    case
}

/// A claim on the parcel `A`, filed on the third day.
pub fn claim(id: &str, kind: LossKind, decision: Option<Decision>) -> Claim {
    let mut claim = Claim::new(ClaimId::new(id).unwrap(), after(3 * DAY));
    claim.waybill = Some(key("A", day(10, 1)));
    claim.loss_kind = Some(kind);
    claim.decision = decision;
    claim
}

/// A delivered parcel with cases and claims.
pub fn with(cases: &[Complaint], claims: &[Claim]) -> Records {
    let mut records = one(&[(NodeKind::Delivered, DAY)]);
    records.complaints.extend_from_slice(cases);
    records.claims.extend_from_slice(claims);
    records
}

#[test]
fn as_usual() {
    does_the_usual(&kpi(KPI));
    // Without complaints there is no value, without claims there is.
    let mut records = Records::supplying([RecordKind::Waybill, RecordKind::Event]);
    records.waybills = one(&[]).waybills;
    records.events = one(&[]).events;
    assert_eq!(row(&kpi(KPI), &records, LATER).missing, [RecordKind::Complaint]);
    let mut records = Records::supplying([RecordKind::Waybill, RecordKind::Event, RecordKind::Complaint]);
    records.waybills = one(&[]).waybills;
    records.events = one(&[]).events;
    assert_eq!(row(&kpi(KPI), &records, LATER).figure.value(), Some(0.0));
}

#[test]
fn nothing_is_decided_before_the_horizon() {
    for (scans, expected) in
        [(vec![(NodeKind::Damaged, DAY)], "hit"), (vec![(NodeKind::Delivered, DAY)], "miss"), (vec![], "miss")]
    {
        assert_eq!(word(&kpi(KPI), &one(&scans), 45 * DAY - 1), "open 45d");
        assert_eq!(word(&kpi(KPI), &one(&scans), 45 * DAY), expected);
        assert_eq!(word(&under(KPI, &["horizon=0d"]), &one(&scans), DAY), expected);
    }
    assert_eq!(five(&row(&kpi(KPI), &one(&[(NodeKind::Damaged, DAY)]), 40 * DAY)), [0, 0, 1, 0, 0]);
    // Late news counts, and restates.
    assert_eq!(word(&kpi(KPI), &one(&[(NodeKind::Damaged, 100 * DAY)]), 100 * DAY - 1), "miss");
    assert_eq!(word(&kpi(KPI), &one(&[(NodeKind::Damaged, 100 * DAY)]), 100 * DAY), "hit");
    assert_eq!(word(&kpi(KPI), &one(&[(NodeKind::Returned, DAY), (NodeKind::Damaged, 2 * DAY)]), LATER), "hit");
}

#[test]
fn cases_and_claims_tell_of_it_too() {
    let told = |cases: &[Complaint], claims: &[Claim]| word(&kpi(KPI), &with(cases, claims), LATER);
    let upheld = || case("1", "damage", Some(true));
    let rejected = || case("2", "damage", Some(false));
    let undecided = || case("0", "damage", None);
    assert_eq!(told(&[upheld()], &[]), "hit");
    assert_eq!(told(&[rejected()], &[]), "miss");
    assert_eq!(told(&[undecided()], &[]), "open");
    assert_eq!(told(&[rejected(), undecided()], &[]), "open");
    assert_eq!(told(&[undecided(), rejected(), upheld()], &[]), "hit");
    assert_eq!(told(&[case("1", "loss", Some(true)), case("2", "shortage", None)], &[]), "miss");
    let of_class = |class: CaseClass, upheld: Option<bool>| {
        let mut case = case("1", "damage", upheld);
        case.class = class;
        told(&[case], &[])
    };
    assert_eq!(of_class(CaseClass::Appeal, Some(true)), "hit");
    assert_eq!(of_class(CaseClass::Appeal, None), "open");
    assert_eq!(of_class(CaseClass::Inquiry, None), "miss");
    for kind in [LossKind::TotalDamage, LossKind::PartialDamage] {
        assert_eq!(told(&[], &[claim("1", kind, Some(Decision::Approved))]), "hit");
        assert_eq!(told(&[], &[claim("1", kind, Some(Decision::Refused))]), "miss");
        assert_eq!(told(&[], &[claim("1", kind, None)]), "open");
        assert_eq!(told(&[upheld()], &[claim("1", kind, None)]), "hit");
        assert_eq!(told(&[undecided()], &[claim("1", kind, Some(Decision::Refused))]), "open");
    }
    assert_eq!(told(&[], &[claim("1", LossKind::Loss, Some(Decision::Approved))]), "miss");
    // A scan needs no decision.
    let mut scanned = with(&[undecided()], &[]);
    scanned.events.push(event(&key("A", day(10, 1)), NodeKind::Damaged, DAY));
    assert_eq!(word(&kpi(KPI), &scanned, LATER), "hit");
}

#[test]
fn a_finding_is_known_when_the_answer_is() {
    let mut answered = case("1", "damage", Some(true));
    answered.resolved_at = Some(after(60 * DAY));
    let records = with(&[answered], &[]);
    assert_eq!(word(&kpi(KPI), &records, 60 * DAY - 1), "open");
    assert_eq!(word(&kpi(KPI), &records, 60 * DAY), "hit");
    let mut decided = claim("1", LossKind::PartialDamage, Some(Decision::Refused));
    decided.decided_at = Some(after(60 * DAY));
    let records = with(&[], &[decided]);
    assert_eq!([60 * DAY - 1, 60 * DAY].map(|as_of| word(&kpi(KPI), &records, as_of)), ["open", "miss"]);
}

#[test]
fn from_files() {
    let reading = Folder::new()
        .with("w.csv", "no,day\nA,2026-10-01\nB,2026-10-01\nC,2026-10-01\nD,2026-10-01\n")
        .with(
            "e.csv",
            "no,code,at\nA,10,2026-10-01 10:00\nB,10,2026-10-01 10:00\nC,10,2026-10-01 10:00\nD,10,2026-10-01 10:00\nA,破损,2026-10-02 10:00\n",
        )
        .with("c.csv", "id,no,at,cause,just\n1,B,2026-10-05 09:00,破损,1\n2,C,2026-10-05 09:00,破损,\n3,D,2026-10-05 09:00,态度,1\n")
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
            kind = { column = "code", values = { 10 = "collected", "破损" = "damaged" } }
            occurred_at = "at"
            [complaint]
            file = "c.csv"
            id = "id"
            opened_at = "at"
            class = { constant = "complaint" }
            waybill = "no"
            cause = { column = "cause", values = { "破损" = "damage" }, unlisted = "keep" }
            upheld = "just"
            "#,
        );
    assert!(reading.quarantine.is_empty(), "{:?}", reading.quarantine);
    assert_eq!(told(&kpi(KPI), &reading.records, 45 * DAY), ["hit", "hit", "open", "miss"]);
    assert_eq!(row(&kpi(KPI), &reading.records, 45 * DAY).figure.value(), Some(2.0 / 3.0));
    assert_eq!(evidence(&kpi(KPI), &reading.records, 45 * DAY), ["A", "B"]);
    assert_eq!(
        told(&kpi("intact_rate"), &reading.records, 45 * DAY),
        ["miss by 14d", "miss by 15d", "open", "miss by 15d"]
    );
}

#[test]
fn the_network_knows_what_it_damaged() {
    let (network, context) =
        troubled(&[(Rate::Damaged, 50_000), (Rate::ClaimUndecided, 300_000), (Rate::Unresolved, 300_000)]);
    let mut damaged = 0;
    for (verdict, shipment) in against_truth(&kpi(KPI), &network, &context) {
        let expected = match outside(&shipment) {
            Some(_) => "excluded",
            None if shipment.truth.happened.contains(Rate::Damaged) => "hit",
            None => "miss",
        };
        assert_eq!(verdict.outcome, expected, "{shipment:?}");
        damaged += u64::from(expected == "hit");
    }
    assert!(damaged > 100, "{damaged}");
}
