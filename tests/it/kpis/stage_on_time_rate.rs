use parcelgauge::record::NodeKind;

use super::stage_hours::TRIP;
use super::*;

const KPI: &str = "stage_on_time_rate(transport)";

fn planned(scans: &[(NodeKind, i64)], plan: i64) -> Records {
    let mut records = one(scans);
    records.waybills[0].stage_plans.insert("transport".parse().unwrap(), Duration::from_millis(plan));
    records
}

#[test]
fn as_usual() {
    does_the_usual(&kpi(KPI));
}

#[test]
fn the_plan_itself_is_kept() {
    for (plan, expected) in [(30 * HOUR + 1, "hit"), (30 * HOUR, "hit"), (30 * HOUR - 1, "miss by 1ms")] {
        assert_eq!(word(&kpi(KPI), &planned(&TRIP, plan), LATER), expected);
    }
}

#[test]
fn decided_when_settled_after_completion() {
    let records = planned(&TRIP, HOUR);
    assert_eq!(word(&kpi(KPI), &records, 68 * HOUR - 1), "open 68h");
    assert_eq!(word(&kpi(KPI), &records, 68 * HOUR), "miss by 29h");
    let at_once = under(KPI, &["settle=0h"]);
    assert_eq!(word(&at_once, &records, 44 * HOUR), "miss by 29h");
    assert_eq!(word(&at_once, &records, 44 * HOUR - 1), "open");
    assert_eq!(word(&kpi(KPI), &planned(&TRIP[..3], HOUR), LATER), "open");
    assert_eq!(five(&row(&kpi(KPI), &planned(&TRIP[..3], HOUR), LATER)), [0, 0, 1, 0, 0]);
}

#[test]
fn the_provisional_figure_does_not_wait_for_late_scans() {
    let provisional = under(KPI, &["maturity=provisional"]);
    assert_eq!(word(&provisional, &planned(&TRIP, 30 * HOUR), 68 * HOUR - 1), "provisional hit 68h");
    assert_eq!(word(&provisional, &planned(&TRIP, HOUR), 68 * HOUR - 1), "provisional miss 68h by 29h");
    assert_eq!(word(&provisional, &planned(&TRIP, HOUR), 44 * HOUR - 1), "open");
    assert_eq!(word(&provisional, &planned(&TRIP, HOUR), 68 * HOUR), "miss by 29h");
}

#[test]
fn both_are_needed() {
    assert_eq!(word(&kpi(KPI), &one(&TRIP), LATER), "excluded no_plan");
    assert_eq!(word(&kpi("stage_on_time_rate(last_mile)"), &planned(&TRIP, HOUR), LATER), "excluded no_plan");
    let mut scans = TRIP.to_vec();
    scans.remove(1);
    assert_eq!(word(&kpi(KPI), &planned(&scans, HOUR), 68 * HOUR - 1), "open 68h");
    assert_eq!(word(&kpi(KPI), &planned(&scans, HOUR), LATER), "invalid no_stage_time");
    let lost = planned(&[TRIP[0], (NodeKind::Lost, 50 * HOUR)], HOUR);
    assert_eq!(word(&kpi(KPI), &lost, LATER), "excluded lost");
}

#[test]
fn the_slowest_come_first() {
    let mut parcels = records(["A", "B", "C"].map(|number| collected(number, &TRIP)));
    for (waybill, hours) in parcels.waybills.iter_mut().zip([20, 10, 30]) {
        waybill.stage_plans.insert("transport".parse().unwrap(), Duration::from_hours(hours));
    }
    assert_eq!(evidence(&kpi(KPI), &parcels, LATER), ["B 20h", "A 10h"]);
    assert_eq!(row(&kpi(KPI), &parcels, LATER).figure.value(), Some(1.0 / 3.0));
}
