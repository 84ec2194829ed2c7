//! Groups: whatever the dimension, a group holds what its shipments make by themselves.

use std::collections::{BTreeMap, BTreeSet};

use parcelgauge::cube::{CubeError, Dimension, Plan, Scorecard};
use parcelgauge::fact::{Facts, History};
use parcelgauge::kpi::Gauge;
use parcelgauge::record::{RecordKind, Records, WaybillKey, Window};
use proptest::test_runner::TestCaseError;

use super::{Finding, Kept, Law, fold, hold, plan, same, same_lines, window};
use crate::arbitrary::Case;

pub const STANDS_ALONE: Law = Law { name: "a group stands alone", check: stands_alone };
pub const OVERLAP: Law = Law { name: "overlap", check: overlap };

#[test]
fn a_group_is_the_figure_of_its_shipments_alone() {
    hold(&STANDS_ALONE);
}

#[test]
fn groups_that_overlap_are_kept_or_refused() {
    hold(&OVERLAP);
}

/// What facts may be grouped by, in turn by the seed of a case.
const DIMENSIONS: [&[&str]; 8] = [
    &["destination_region", "product"],
    &["on_time_delivery_rate", "product"],
    &["on_time_delivery_rate:maturity=provisional:settle=36h"],
    &["damage_rate:maturity=provisional", "loss_rate"],
    &["on_time_delivery_rate:unit=consignment"],
    &["handled_by", "product"],
    &["responsible_facility", "destination_region"],
    &["first_attempt_delivery_rate", "handled_by", "tracking_completeness_rate"],
];

fn named(names: &[&str]) -> Vec<Dimension> {
    names.iter().map(|name| name.parse().expect("a dimension")).collect()
}

/// The dimensions of a case.
pub fn dimensions(case: &Case) -> Vec<Dimension> {
    named(DIMENSIONS[(case.seed / 6 % 8) as usize])
}

/// What a split must not tear for the sake of the dimensions of a case.
pub fn kept_for(case: &Case) -> Kept {
    let by_consignment = |by: &Dimension| matches!(by, Dimension::Outcome(by) if by.gauge().counts_consignments());
    if dimensions(case).iter().any(by_consignment) { Kept::Partitions } else { Kept::Waybills }
}

/// The records of some waybills, and what hangs on them.
fn of_waybills(records: &Records, keys: &BTreeSet<WaybillKey>) -> Records {
    let mut some = Records::supplying(records.kinds().iter());
    let hangs = |waybill: Option<&WaybillKey>| waybill.is_some_and(|key| keys.contains(key));
    some.waybills = records.waybills.iter().filter(|row| keys.contains(&row.key)).cloned().collect();
    some.events = records.events.iter().filter(|row| keys.contains(&row.waybill)).cloned().collect();
    some.complaints = records.complaints.iter().filter(|row| hangs(row.waybill.as_ref())).cloned().collect();
    some.claims = records.claims.iter().filter(|row| hangs(row.waybill.as_ref())).cloned().collect();
    some.ratings = records.ratings.iter().filter(|row| hangs(row.waybill.as_ref())).cloned().collect();
    some
}

/// The waybills in each group by one dimension, told from the facts one by one.
fn members(by: &Dimension, facts: &Facts<'_>, case: &Case) -> BTreeMap<String, BTreeSet<WaybillKey>> {
    let mut members: BTreeMap<String, BTreeSet<WaybillKey>> = BTreeMap::new();
    let mut put = |group: &str, key: &WaybillKey| members.entry(group.to_owned()).or_default().insert(key.clone());
    if let Dimension::Outcome(by) = by {
        let verdicts = by.gauge().verdicts(facts, &case.context);
        facts.shipments.iter().zip(verdicts).for_each(|(shipment, verdict)| {
            put(verdict.outcome, &shipment.key);
        });
    } else {
        for scan in facts.scans.iter().filter(|scan| scan.kind.is_handling()) {
            scan.facility.iter().for_each(|facility| {
                put(facility.as_str(), &scan.waybill);
            });
        }
    }
    members
}

/// The rows of a scorecard in which anything was seen, without their groups.
fn rows(scorecard: &Scorecard, of: Option<&str>) -> String {
    let mut kept = scorecard.clone();
    kept.rows.retain(|row| row.seen > 0 && row.group.first().and_then(|value| value.text()) == of);
    kept.dimensions.clear();
    kept.input.by_kind.clear();
    kept.to_json()
}

fn stands_alone(case: &Case, gauges: &[Gauge]) -> Finding {
    let mut case = case.with_one_home_an_id();
    // Else rows would differ in what is missing: the groups need some kinds of record, the figures others.
    case.records.supplied = RecordKind::ALL.into_iter().collect();
    case.records.set_aside.clear();
    case.records.waybills.retain(|row| row.validate().is_ok());
    case.records.complaints.retain(|row| row.validate().is_ok());
    case.records.claims.retain(|row| row.validate().is_ok());
    let case = &case;
    let history = History::of(&case.records);
    let facts = Facts::assemble(&case.records, &case.context, Some(&history));
    // A consignment may lie in several groups by the piece.
    let by_piece: Vec<Gauge> = gauges.iter().filter(|gauge| !gauge.counts_consignments()).cloned().collect();
    for by in named(&["handled_by", "on_time_delivery_rate:maturity=provisional", "intact_rate"]) {
        let grouped = plan(&by_piece, window(case)).by([by.clone()]);
        let total = grouped.clone().by([]);
        let scorecard = Scorecard::of(&fold(&case.records, &grouped, &case.context), &grouped, &case.context);
        for (group, keys) in members(&by, &facts, case) {
            let alone = of_waybills(&case.records, &keys);
            let folded = parcelgauge::cube::Fold::of(&alone, &total, total.window(), &case.context, Some(&history));
            let alone = rows(&Scorecard::of(&folded, &total, &case.context), None);
            same_lines(&format!("{by} {group}"), &rows(&scorecard, Some(&group)), &alone)?;
        }
    }
    Ok(())
}

fn overlap(case: &Case, gauges: &[Gauge]) -> Finding {
    let [facility, product, outcome] = [Dimension::HandledBy, Dimension::Product, named(&["loss_rate"]).remove(0)];
    let fine: Plan = plan(gauges, Window::All).by([facility.clone(), product.clone(), outcome]);
    let folded = fold(&case.records, &fine, &case.context);
    let refused = folded.roll_up(&fine, &[product]).map(|_| ());
    if refused != Err(CubeError::Overlapping { dimension: "handled_by".to_owned() }) {
        return Err(TestCaseError::fail(format!("dropped: {refused:?}")));
    }
    let coarse = fine.clone().by([facility.clone()]);
    let rolled = folded.roll_up(&fine, &[facility]).expect("dimensions of the plan");
    same("kept", &rolled, &fold(&case.records, &coarse, &case.context), &coarse, &case.context)
}
