//! Targets: each line from both sides and exactly on it, and which figures a line is for.

use parcelgauge::cube::{Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::{FigureKind, Policy, catalogue};
use parcelgauge::record::Records;
use parcelgauge::state::Figure;
use parcelgauge::target::{BASELINE, Line, Statistic, Target, Verdict};

use crate::support::at;

fn target(kpi: &str) -> &'static Target {
    BASELINE.iter().find(|target| target.kpi == kpi).expect("a target")
}

fn share(hit: u64, of: u64) -> Figure {
    Figure::Share { hit, miss: of - hit, value: (of > 0).then(|| hit as f64 / of as f64), interval: None }
}

fn rate(events: u64, exposure: u64) -> Figure {
    let value = (exposure > 0).then(|| events as f64 / exposure as f64);
    Figure::Rate { events, exposure, value, interval: None }
}

fn p95(hours: f64) -> Figure {
    let [mean, rest] = [Some(0.1), Some(9.9)];
    Figure::Distribution { count: 9, mean, p50: mean, p80: mean, p90: mean, p95: Some(hours), p99: rest, max: rest }
}

#[test]
fn a_line_names_its_side() {
    let around = [0.979_999, 0.98, 0.980_001];
    for (line, held) in [
        (Line::AtLeast(0.98), [false, true, true]),
        (Line::MoreThan(0.98), [false, false, true]),
        (Line::AtMost(0.98), [true, true, false]),
        (Line::LessThan(0.98), [true, false, false]),
    ] {
        assert_eq!(around.map(|value| line.holds(value)), held, "{line:?}");
    }
}

/// A quotient on the line is on the line whatever it is a quotient of: no rounding decides.
#[test]
fn one_division_keeps_to_its_side_of_the_line() {
    for per_mille in 1_u64..1_000 {
        let bound = format!("0.{per_mille:03}").parse().expect("a number");
        for times in [1, 7, 333, 1_000_003, 97_000_000_019] {
            let of = 1_000 * times;
            for (hit, is_held) in [(per_mille * times, true), (per_mille * times - 1, false)] {
                let value = share(hit, of);
                assert_eq!(Line::AtLeast(bound).holds(value.value().expect("a value")), is_held, "{hit} of {of}");
            }
        }
    }
}

#[test]
fn every_baseline_line_is_judged_on_the_line_and_beside_it() {
    use Verdict::{Met, Missed, RedLine};
    let cases: &[(&str, Figure, Verdict)] = &[
        ("on_time_delivery_rate", share(98, 100), Met),
        ("on_time_delivery_rate", share(97_999, 100_000), Missed),
        ("complaint_rate", rate(5, 1_000), Met),
        ("complaint_rate", rate(5_001, 1_000_000), Missed),
        ("satisfaction_rate", share(85, 100), Met),
        ("satisfaction_rate", share(84_999, 100_000), Missed),
        ("satisfaction_rate", share(80, 100), Missed),
        ("satisfaction_rate", share(79_999, 100_000), RedLine),
        ("tracking_accuracy_rate", share(99, 100), Met),
        ("tracking_accuracy_rate", share(98_999, 100_000), Missed),
        ("response_within_rate(24h)", share(1_000_000, 1_000_000), Met),
        ("response_within_rate(24h)", share(999_999, 1_000_000), Missed),
        ("resolution_rate", share(95, 100), Met),
        ("resolution_rate", share(94_999, 100_000), Missed),
        ("recording_delay_hours", p95(1.0), Met),
        ("recording_delay_hours", p95(3_600_001.0 / 3_600_000.0), Missed),
    ];
    for (kpi, figure, verdict) in cases {
        assert_eq!(target(kpi).judge(figure), *verdict, "{kpi} {figure:?}");
    }
    for target in BASELINE {
        let tried = cases.iter().filter(|(kpi, ..)| *kpi == target.kpi).count();
        assert!(tried >= 2, "{} has no test on its line", target.kpi);
        assert_eq!(target.judge(&share(0, 0)), Verdict::NoValue, "{}", target.kpi);
    }
}

#[test]
fn what_is_short_of_a_line_is_the_least_that_would_have_held_it() {
    let on_time = target("on_time_delivery_rate");
    for (hit, of, short) in [(98, 100, 0), (97, 100, 1), (0, 1, 1), (0, 49, 49), (2_000, 3_153, 1_090)] {
        assert_eq!(on_time.short_by(&share(hit, of)), Some(short), "{hit} of {of}");
    }
    let complaints = target("complaint_rate");
    for (events, exposure, many) in [(5, 1_000, 0), (6, 1_000, 1), (1, 199, 1), (1, 200, 0), (40, 1_000, 35)] {
        assert_eq!(complaints.short_by(&rate(events, exposure)), Some(many), "{events} of {exposure}");
    }
    assert_eq!(on_time.short_by(&share(0, 0)), None);
    assert_eq!(target("recording_delay_hours").short_by(&p95(2.0)), None);
}

fn rows_of(gauge: parcelgauge::kpi::Gauge) -> Scorecard {
    let records = Records::supplying(parcelgauge::record::RecordKind::ALL);
    let mut records = records;
    let case = parcelgauge::record::Complaint::new(
        parcelgauge::record::CaseId::new("1").expect("an id"),
        parcelgauge::record::CaseClass::Complaint,
        at("2026-10-01T00:00:00Z"),
    );
    records.complaints.push(case);
    Scorecard::measure(&records, &Plan::new([gauge]).with_evidence(2), &Context::at(at("2026-11-01T00:00:00Z")))
}

#[test]
fn a_line_is_for_the_figure_with_its_argument_and_default_policies() {
    let response = target("response_within_rate(24h)");
    let find = |text: &str| catalogue().find(text).expect("a KPI");
    let is_for = |gauge| response.applies_to(&rows_of(gauge).rows[0]);
    assert!(is_for(find("response_within_rate")), "24 h is the default; evidence changes no figure");
    assert!(is_for(find("response_within_rate(1440m)")));
    assert!(!is_for(find("response_within_rate(48h)")), "another limit");
    assert!(!is_for(find("resolution_rate")), "another KPI");
    let hasty =
        find("response_within_rate").with(Policy::parse("settle", "0h").expect("a policy")).expect("it reads it");
    let rows = rows_of(hasty).rows;
    assert!(!response.applies_to(&rows[0]) && response.is_for(&rows[0]), "another policy");
}

#[test]
fn every_baseline_target_is_for_a_figure_of_the_catalogue() {
    for target in BASELINE {
        let gauge = catalogue().find(target.kpi).unwrap_or_else(|error| panic!("{error}"));
        let listed = catalogue()
            .iter()
            .any(|listed| listed.definition().id == gauge.definition().id && listed.params() == gauge.params());
        assert!(listed, "{} is not among the figures of the catalogue", target.kpi);
        let is_distribution = gauge.definition().kind == FigureKind::Distribution;
        assert_eq!(target.statistic == Statistic::P95, is_distribution, "{}", target.kpi);
        assert!(!target.source.is_empty());
    }
}
