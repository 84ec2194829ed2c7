use parcelgauge::record::{Decision, LossKind, NodeKind};
use parcelgauge::simulate::Rate;

use super::damage_rate::{case, claim, with};
use super::*;

const KPI: &str = "shortage_rate";

#[test]
fn as_usual() {
    does_the_usual(&kpi(KPI));
}

#[test]
fn short_or_other_than_sent() {
    let gauge = kpi(KPI);
    let shortage = one(&[(NodeKind::Shortage, DAY)]);
    assert_eq!([45 * DAY - 1, 45 * DAY].map(|as_of| word(&gauge, &shortage, as_of)), ["open 45d", "hit"]);
    assert_eq!(word(&under(KPI, &["horizon=2d"]), &shortage, 2 * DAY), "hit");
    assert_eq!(word(&gauge, &one(&[(NodeKind::Damaged, DAY)]), LATER), "miss");
    for cause in ["shortage", "wrong_contents"] {
        let told =
            [Some(true), Some(false), None].map(|upheld| word(&gauge, &with(&[case("1", cause, upheld)], &[]), LATER));
        assert_eq!(told, ["hit", "miss", "open"]);
    }
    for kind in [LossKind::Shortage, LossKind::WrongContents] {
        let decisions = [Some(Decision::Approved), Some(Decision::Refused), None];
        let told = decisions.map(|decision| word(&gauge, &with(&[], &[claim("1", kind, decision)]), LATER));
        assert_eq!(told, ["hit", "miss", "open"]);
    }
    assert_eq!(word(&gauge, &with(&[case("1", "damage", None)], &[claim("1", LossKind::Loss, None)]), LATER), "miss");
}

#[test]
fn once_a_shipment() {
    let mut much = with(&[case("1", "shortage", Some(true)), case("2", "wrong_contents", Some(true))], &[]);
    much.claims = vec![claim("1", LossKind::Shortage, Some(Decision::Approved))];
    assert_eq!(five(&row(&kpi(KPI), &much, LATER)), [1, 0, 0, 0, 0]);
}

#[test]
fn the_network_knows_what_was_short() {
    let (network, context) = troubled(&[(Rate::ShortOfContents, 50_000), (Rate::ClaimUndecided, 300_000)]);
    let mut short = 0;
    for (verdict, shipment) in against_truth(&kpi(KPI), &network, &context) {
        let expected = match outside(&shipment) {
            Some(_) => "excluded",
            None if shipment.truth.happened.contains(Rate::ShortOfContents) => "hit",
            None => "miss",
        };
        assert_eq!(verdict.outcome, expected, "{shipment:?}");
        short += u64::from(expected == "hit");
    }
    assert!(short > 100, "{short}");
}
