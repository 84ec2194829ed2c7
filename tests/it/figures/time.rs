//! The law of time and any split, over these figures with the arguments and policies that change when they are decided.

use parcelgauge::cube::{Cube, Fold, Plan, Scorecard, partitions};
use parcelgauge::fact::{Context, Facts};
use parcelgauge::kpi::RecordVerdict;
use parcelgauge::record::{Duration, Instant, Window};
use parcelgauge::simulate::Network;

use super::{gauge, time};

const FIGURES: [&str; 20] = [
    "tracking_completeness_rate",
    "tracking_completeness_rate storage_completes=never horizon=3d cohort=completed",
    "tracking_accuracy_rate settle=0h",
    "tracking_freshness_rate",
    "tracking_freshness_rate(5m) anomalies=keep settle=0h",
    "recording_delay_hours",
    "recording_delay_hours anomalies=keep exact_up_to=10",
    "response_within_rate",
    "response_within_rate(90m) settle=2d",
    "resolution_rate",
    "resolution_rate(1ms)",
    "claim_rate",
    "satisfaction_rate per=waybill",
    "satisfaction_score scale_from=zero",
    "negative_rating_rate",
    "nps per=waybill scale_mapping=five_point_5_4_123",
    "unconsented_storage_rate",
    "shipment_volume",
    "shipment_volume(completed) storage_completes=never",
    "shipment_volume(in_flight)",
];

/// In the middle of the orders, with much still under way and more not yet known.
const MIDST: &str = "08-08 12:34:56.789";
const TICK: Duration = Duration::from_millis(1);

fn network() -> Network {
    Network::new(11).unwrap().with_shipments(300).with_days(14).unwrap()
}

fn plan() -> Plan {
    Plan::new(FIGURES.map(gauge)).with_window(Window::Day).with_evidence(3)
}

#[test]
fn with_the_same_records_known_a_measure_stays() {
    let records = network().records();
    for start in [MIDST, "12-31 00:00"].map(time) {
        let context = Context::at(start);
        let facts = Facts::assemble(&records, &context, None);
        for name in FIGURES {
            let gauge = gauge(name);
            let first = gauge.verdicts(&facts, &context);
            let ends = first.iter().filter_map(|verdict| verdict.until);
            let mut instants: Vec<Instant> = ends.flat_map(|end| [end.saturating_sub(TICK), end]).collect();
            instants.push(start.saturating_add(Duration::from_days(400)));
            instants.sort_unstable();
            instants.dedup();
            // Every instant would take long: these are some from all over.
            for &at in instants.iter().step_by(1 + instants.len() / 60) {
                let later = gauge.verdicts(&facts, &context.clone().moved_to(at));
                for (before, after) in first.iter().zip(&later) {
                    let told = |verdict: &RecordVerdict| {
                        (verdict.outcome, verdict.reason, verdict.quantity, verdict.until, verdict.cohort)
                    };
                    match before.until {
                        Some(until) if until <= at => assert_ne!(after.outcome, "open", "{name} at {at}: {before:?}"),
                        _ => assert_eq!(told(before), told(after), "{name} at {at}"),
                    }
                }
            }
        }
    }
}

#[test]
fn a_fold_holds_as_long_as_it_says() {
    let records = network().records();
    let plan = plan();
    let mut at = time(MIDST);
    for _ in 0..20 {
        let context = Context::at(at);
        let fold = Fold::of(&records, &plan, Window::Day, &context, None);
        let until = fold.holds_until().unwrap();
        assert!(until > at);
        let last = context.moved_to(until.saturating_sub(TICK));
        let afresh = Scorecard::measure(&records, &plan, &last).to_json();
        assert_eq!(Scorecard::of(&fold, &plan, &last).to_json(), afresh);
        at = until;
    }
}

#[test]
fn partitions_make_the_whole() {
    let records = network().records();
    let plan = plan();
    let context = Context::at(time(MIDST));
    let mut cube = Cube::new(plan.clone(), &context);
    for (day, part) in partitions(&records, context.zone) {
        cube.replace(day, &part, &context, None).unwrap();
    }
    let whole = Scorecard::measure(&records, &plan, &context);
    assert_eq!(cube.scorecard(&context).unwrap().to_json(), whole.to_json());
    let fold = Fold::of(&records, &plan, Window::Day, &context, None);
    let stored = fold.encode(&plan);
    let restored = Fold::decode(&stored, &plan).unwrap();
    assert_eq!(Scorecard::of(&restored, &plan, &context).to_json(), whole.to_json());
}
