use parcelgauge::record::{LossKind, NodeKind};
use parcelgauge::simulate::Rate;

use super::damage_rate::{case, claim, with};
use super::*;

const KPI: &str = "intact_rate";

#[test]
fn as_usual() {
    does_the_usual(&kpi(KPI));
}

#[test]
fn none_of_the_three() {
    let told = |scans: &[(NodeKind, i64)]| word(&kpi(KPI), &one(scans), 45 * DAY);
    assert_eq!(told(&[(NodeKind::Delivered, DAY)]), "hit");
    assert_eq!(told(&[(NodeKind::Damaged, DAY), (NodeKind::Delivered, DAY)]), "miss");
    assert_eq!(told(&[(NodeKind::Shortage, DAY), (NodeKind::Delivered, DAY)]), "miss");
    assert_eq!(told(&[(NodeKind::Lost, DAY)]), "miss by 44d");
    // Lost is worse than damaged, and it shows.
    assert_eq!(told(&[(NodeKind::Damaged, HOUR), (NodeKind::Lost, DAY)]), "miss by 44d");
    assert_eq!(word(&kpi(KPI), &one(&[(NodeKind::Delivered, DAY)]), 45 * DAY - 1), "open 45d");
}

#[test]
fn decided_for_all_three() {
    let gauge = kpi(KPI);
    // Silent until the fiftieth day, and the last of the three to be decided.
    let silent = one(&[(NodeKind::Damaged, 20 * DAY)]);
    assert_eq!(word(&gauge, &silent, 45 * DAY), "open 50d");
    assert_eq!(word(&gauge, &silent, 50 * DAY), "miss by 0h");
    assert_eq!(word(&under(KPI, &["silent_after=10d"]), &silent, 45 * DAY), "miss by 15d");
    assert_eq!(word(&under(KPI, &["horizon=60d"]), &silent, 50 * DAY), "open 60d");
    // One undecided case holds all of them open, before the horizon and after.
    let mut lost = one(&[(NodeKind::Lost, DAY)]);
    lost.claims = vec![claim("1", LossKind::Shortage, None)];
    assert_eq!([DAY * 10, LATER].map(|as_of| word(&gauge, &lost, as_of)), ["open", "open"]);
    assert_eq!(word(&gauge, &with(&[case("1", "damage", None)], &[]), LATER), "open");
    assert_eq!(word(&gauge, &with(&[case("1", "damage", Some(false))], &[]), LATER), "hit");
    let held = one(&[(NodeKind::Damaged, DAY), (NodeKind::Held, 2 * DAY)]);
    assert_eq!(word(&gauge, &held, LATER), "open");
}

#[test]
fn one_less_the_union_not_the_sum() {
    let parcels = records([
        collected("both", &[(NodeKind::Damaged, DAY), (NodeKind::Shortage, DAY), (NodeKind::Delivered, DAY)]),
        collected("damaged", &[(NodeKind::Damaged, DAY), (NodeKind::Delivered, DAY)]),
        collected("good", &[(NodeKind::Delivered, DAY)]),
        collected("lost", &[(NodeKind::Damaged, DAY), (NodeKind::Lost, 2 * DAY)]),
        collected("whole", &[(NodeKind::Delivered, DAY)]),
    ]);
    let value = |name: &str| row(&kpi(name), &parcels, LATER).figure.value();
    assert_eq!(value("intact_rate"), Some(0.4));
    assert_eq!((value("loss_rate"), value("damage_rate"), value("shortage_rate")), (Some(0.2), Some(0.6), Some(0.2)));
    assert_eq!(evidence(&kpi(KPI), &parcels, LATER), ["lost 398d", "both", "damaged"]);
}

/// In an open month full of trouble: intact where all three say miss, open where one does, else not.
#[test]
fn it_agrees_with_the_three() {
    let trouble = [
        (Rate::Lost, 50_000),
        (Rate::Damaged, 50_000),
        (Rate::ShortOfContents, 50_000),
        (Rate::ClaimUndecided, 300_000),
        (Rate::Unresolved, 300_000),
    ];
    let (network, long_after) = troubled(&trouble);
    let open_month = long_after
        .clone()
        .moved_to(parcelgauge::record::Zone::SHANGHAI.start_of(network.start() + chrono::Days::new(75)));
    for context in [open_month, long_after] {
        let mut seen = std::collections::BTreeMap::new();
        let records = network.records();
        let facts = Facts::assemble(&records, &context, None);
        let columns = ["loss_rate", "damage_rate", "shortage_rate"].map(|name| kpi(name).verdicts(&facts, &context));
        for (place, intact) in kpi(KPI).verdicts(&facts, &context).into_iter().enumerate() {
            let three = [0, 1, 2].map(|column: usize| columns[column][place].outcome);
            let any = |outcome: &str| three.contains(&outcome);
            let expected = match () {
                () if any("excluded") => "excluded",
                () if any("open") => "open",
                () if any("hit") => "miss",
                () => "hit",
            };
            assert_eq!(intact.outcome, expected, "{intact:?} {three:?}");
            *seen.entry(expected).or_insert(0) += 1;
        }
        assert!(seen.len() >= 3 && seen["miss"] > 50, "{seen:?}");
    }
}
