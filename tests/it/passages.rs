//! A naive oracle for figures of stages: pairs, sums and forks by plain loops over the scans of small hostile networks,
//! against the verdict column.
//!
//! It reads records, and of the facts only what other tests hold to account: which shipments there are, when they were
//! completed, returned, and which of their scans are in doubt.

use std::collections::BTreeSet;

use parcelgauge::fact::{Context, Fact, Facts, NodeScan, Shipment, StagePassage};
use parcelgauge::journey::{WHOLE_LEG, WHOLE_WAY};
use parcelgauge::kpi::timeliness::{StageHours, StageOnTimeRate};
use parcelgauge::kpi::{Gauge, Policy};
use parcelgauge::record::{Instant, Label, NodeKind, Waybill};
use proptest::prelude::*;

use crate::arbitrary::{OWN_STAGES, case, forked_route, own_route};

/// Planned and taken milliseconds of one passage.
type Times = (Option<i64>, Option<i64>);

/// A scan as the oracle needs it: when, what, on which leg.
#[derive(Clone, Copy)]
struct Seen<'a> {
    at: i64,
    kind: NodeKind,
    leg: Option<&'a Label>,
    completes: bool,
}

/// The sound scans of the forward trip, in order of time.
fn sound<'a>(scans: &'a [NodeScan], shipment: &Shipment) -> Vec<Seen<'a>> {
    let course = &shipment.course;
    let back = course.returned.map_or(i64::MAX, |exit| exit.at.as_millis());
    let done = course.delivered_or_consented.filter(|done| !done.milestone.anomalous);
    let own = scans.iter().filter(|scan| scan.waybill == shipment.key && scan.occurred_at.as_millis() <= back);
    let mut seen: Vec<Seen<'_>> = own
        .filter(|scan| !scan.anomalous)
        .map(|scan| Seen {
            at: scan.occurred_at.as_millis(),
            kind: scan.kind,
            leg: scan.leg.as_ref(),
            completes: done.is_some_and(|done| {
                let kind = if done.stored { NodeKind::Stored } else { NodeKind::Delivered };
                scan.kind == kind && scan.occurred_at == done.milestone.occurred_at
            }),
        })
        .collect();
    seen.sort_by_key(|seen| seen.at);
    seen
}

/// Every time through a stage of the own route, as (which, planned, taken).
fn times(stage: &str, leg: Option<&str>, seen: &[Seen<'_>], waybill: &Waybill) -> Vec<(u32, Times)> {
    let on_leg: Vec<Seen<'_>> =
        seen.iter().copied().filter(|scan| leg.is_none() || scan.leg.map(Label::as_str) == leg).collect();
    let planned = |time: u32| {
        let key =
            [leg.unwrap_or_default(), if leg.is_some() { "/" } else { "" }, stage, "#", &time.to_string()].concat();
        waybill.stage_plans.get(&key.parse().unwrap()).map(|plan| plan.as_millis())
    };
    let all = |kind: NodeKind| on_leg.iter().filter(move |scan| scan.kind == kind).map(|scan| scan.at);
    let between = |start: Option<i64>, end: Option<i64>| Some(end? - start?).filter(|&time| time >= 0);
    match stage {
        "start" => {
            let took = between(all(NodeKind::Ordered).min(), all(NodeKind::Collected).min());
            vec![(1, (planned(1), took))]
        }
        "end" => {
            let done = on_leg.iter().find(|scan| scan.completes).map(|scan| scan.at);
            vec![(1, (planned(1), between(all(NodeKind::AttemptFailed).max(), done)))]
        }
        _ => {
            // The first collection ends `start`, and the last try begins `end`.
            let first_end = on_leg.iter().position(|scan| scan.kind == NodeKind::Collected);
            let last_begin = on_leg.iter().rposition(|scan| scan.kind == NodeKind::AttemptFailed);
            let free = on_leg.iter().enumerate().filter(|(place, _)| ![first_end, last_begin].contains(&Some(*place)));
            let free: Vec<Seen<'_>> = free.map(|(_, scan)| *scan).collect();
            let mut found = Vec::new();
            let mut begun: Option<i64> = None;
            let mut instants: Vec<i64> = free.iter().map(|scan| scan.at).collect();
            instants.dedup();
            for now in instants {
                let count = |kind| free.iter().filter(|scan| scan.at == now && scan.kind == kind).count();
                let (mut begins, mut ends) = (count(NodeKind::AttemptFailed), count(NodeKind::Collected));
                while begins + ends > 0 {
                    match (begun, begins, ends) {
                        (Some(start), _, 1..) => {
                            found.push(Some(now - start));
                            (begun, ends) = (None, ends - 1);
                        }
                        (None, 0, _) => {
                            found.push(None);
                            ends -= 1;
                        }
                        (None, ..) => (begun, begins) = (Some(now), begins - 1),
                        (Some(_), _, 0) => {
                            found.push(None);
                            (begun, begins) = (Some(now), begins - 1);
                        }
                    }
                }
            }
            found.extend(begun.map(|_| None));
            let scanned = found.len() as u32;
            let mut times: Vec<(u32, Times)> =
                (1..).zip(found).map(|(time, took)| (time, (planned(time), took))).collect();
            times.extend((scanned + 1..4).filter_map(|time| Some((time, (Some(planned(time)?), None)))));
            times
        }
    }
}

fn plus(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    Some(a? + b?)
}

/// Stages, one after another.
fn leg_times(leg: Option<&str>, seen: &[Seen<'_>], waybill: &Waybill) -> Times {
    let parts = OWN_STAGES.iter().flat_map(|stage| times(stage, leg, seen, waybill));
    parts.fold((Some(0), Some(0)), |sum, (_, part)| (plus(sum.0, part.0), plus(sum.1, part.1)))
}

/// The first of the longest, by one of the two times.
fn longest(legs: &[Times], by: fn(&Times) -> Option<i64>) -> Times {
    let lengths: Option<Vec<i64>> = legs.iter().map(by).collect();
    let Some(lengths) = lengths else { return (None, None) };
    let most = lengths.iter().max().unwrap();
    legs[lengths.iter().position(|length| length == most).unwrap()]
}

fn join(legs: &[Times], fork: &str) -> Times {
    match fork {
        _ if legs.len() == 1 => legs[0],
        "longest_planned" => longest(legs, |times| times.0),
        "longest_effective" => longest(legs, |times| times.1),
        _ => (longest(legs, |times| times.0).0, longest(legs, |times| times.1).1),
    }
}

/// What the passages of one stretch are, each by the id the verdict column gives it.
fn passages(
    stretch: &str,
    fork: &str,
    shipment: &Shipment,
    facts: &Facts<'_>,
    context: &Context,
) -> Vec<(String, Times)> {
    let place = facts.shipments.iter().position(|other| other.key == shipment.key).unwrap();
    let (waybill, id) = (facts.waybills[place], shipment.id());
    let scans = sound(&facts.scans, shipment);
    let legs: Vec<&str> = context.route.legs().iter().map(|leg| leg.name.as_str()).collect();
    // A leg in doubt is a leg gone along.
    let back = shipment.course.returned.map_or(i64::MAX, |exit| exit.at.as_millis());
    let own = facts.scans.iter().filter(|scan| scan.waybill == shipment.key && scan.occurred_at.as_millis() <= back);
    let scanned: BTreeSet<&str> = own.filter_map(|scan| scan.leg.as_ref()).map(Label::as_str).collect();
    let planned: BTreeSet<&str> = waybill.stage_plans.keys().filter_map(|key| key.leg()).map(Label::as_str).collect();
    let gone: Vec<&str> = legs.iter().copied().filter(|leg| scanned.contains(leg) || planned.contains(leg)).collect();
    let number = |time: u32| if time == 1 { String::new() } else { format!("#{time}") };
    match stretch {
        WHOLE_WAY if legs.is_empty() => vec![(id.to_string(), leg_times(None, &scans, waybill))],
        WHOLE_WAY => {
            let of = |section: &[&str]| -> Vec<Times> {
                let legs = gone.iter().filter(|leg| section.contains(*leg));
                legs.map(|leg| leg_times(Some(leg), &scans, waybill)).collect()
            };
            let (side_by_side, last) = (of(&["a", "b"]), of(&["c"]));
            let whole = if side_by_side.is_empty() || last.is_empty() {
                (None, None)
            } else {
                let (first, last) = (join(&side_by_side, fork), join(&last, fork));
                (plus(first.0, last.0), plus(first.1, last.1))
            };
            vec![(id.to_string(), whole)]
        }
        WHOLE_LEG => gone.iter().map(|leg| (format!("{id} {leg}"), leg_times(Some(leg), &scans, waybill))).collect(),
        stage if legs.is_empty() => {
            let of = times(stage, None, &scans, waybill).into_iter();
            of.map(|(time, times)| (format!("{id}{}", number(time)), times)).collect()
        }
        stage => {
            let of_leg = |leg: &&str| {
                let of = times(stage, Some(leg), &scans, waybill).into_iter();
                of.map(|(time, times)| (format!("{id} {leg}{}", number(time)), times)).collect::<Vec<_>>()
            };
            gone.iter().flat_map(of_leg).collect()
        }
    }
}

fn told(shipment: &Shipment, times: Times, needs_plan: bool, context: &Context) -> String {
    if let Err(reason) = shipment.acceptance() {
        return format!("excluded {reason}");
    }
    let (planned, took) = times;
    if needs_plan && planned.is_none() {
        return "excluded no_plan".to_owned();
    }
    let Some(done) = shipment.course.delivered_or_consented else {
        return shipment.ended_without_completion().map_or("open".to_owned(), |reason| format!("excluded {reason}"));
    };
    // The end of time is the end of waiting.
    let settled = (done.milestone.at.as_millis() + 86_400_000).min(Instant::MAX.as_millis());
    if needs_plan && context.as_of.as_millis() < settled {
        return "open".to_owned();
    }
    match (took, planned) {
        (None, _) => "invalid no_stage_time".to_owned(),
        (Some(took), _) if !needs_plan => format!("quantity {took}"),
        (Some(took), planned) => if Some(took) <= planned { "hit" } else { "miss" }.to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::laws::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_of_stages_are_the_naive_ones(case in case(), is_forked: bool) {
        let route = if is_forked { forked_route() } else { own_route() };
        let context = case.context.clone().with_route(route);
        let facts = Facts::assemble(&case.records, &context, None);
        for stretch in OWN_STAGES.into_iter().chain([WHOLE_LEG, WHOLE_WAY]) {
            for fork in ["each_longest", "longest_planned", "longest_effective"] {
                let name = Label::new(stretch).unwrap();
                let hours = Gauge::of(StageHours::of(name.clone())).over::<StagePassage>().erased();
                let rate = Gauge::of(StageOnTimeRate::of(name)).over::<StagePassage>().erased();
                for (gauge, needs_plan) in [(hours, false), (rate, true)] {
                    let gauge = gauge.with(Policy::parse("fork", fork).unwrap()).unwrap();
                    let ours: Vec<(String, String)> = gauge.verdicts(&facts, &context).into_iter().map(|verdict| {
                        let end = match (&verdict.reason, verdict.quantity) {
                            (Some(reason), _) => format!(" {reason}"),
                            (None, Some(quantity)) => format!(" {quantity}"),
                            (None, None) => String::new(),
                        };
                        (verdict.id, format!("{}{end}", verdict.outcome))
                    }).collect();
                    let naive: Vec<(String, String)> = facts.shipments.iter().flat_map(|shipment| {
                        let of = passages(stretch, fork, shipment, &facts, &context);
                        of.into_iter().map(|(id, times)| (id, told(shipment, times, needs_plan, &context))).collect::<Vec<_>>()
                    }).collect();
                    prop_assert_eq!(ours, naive, "{} {} {}", stretch, fork, needs_plan);
                }
            }
        }
    }
}
