//! Incidents of a support desk as a complaint log: 7,554 cases in 65,533 rows with offsets of winter and summer, cases
//! that go from group to group, and cases reopened.
//!
//! The adapter: the first row opens; Accepted takes in hand, Queued hands on, waiting for the user or customer is
//! waiting; the first Completed resolves and a later one closes; what comes after is a reopening; Unmatched changes
//! nothing.

use std::path::Path;
use std::process::Command;

use chrono::DateTime;
use parcelgauge::calendar::{AfterReopening, CalendarRules, Hours, Week};
use parcelgauge::casework::{CaseState, Life, LifeCycle, Lives};
use parcelgauge::record::{Actor, CaseAction, Duration, Instant, Label, Step, Text, Zone};
use parcelgauge::state::{Distribution, State};
use serde_json::Value;

use crate::support::{at, data_set};

struct Log {
    lives: Lives<CaseState>,
    reference: Value,
}

/// The answer of the reference to a question that begins so, as its only row.
fn answer(reference: &Value, question: &str) -> Vec<f64> {
    let answers = reference["answers"].as_object().unwrap();
    let (_, answer) = answers.iter().find(|(name, _)| name.starts_with(question)).expect("an answer");
    answer["rows"][0].as_array().unwrap().iter().map(|cell| cell.as_f64().unwrap()).collect()
}

fn rows(folder: &Path) -> Option<Vec<csv::StringRecord>> {
    let unpacked = Command::new("gzip").arg("-dc").arg(folder.join("bpic2013_incidents.csv.gz")).output();
    let Some(unpacked) = unpacked.ok().filter(|unpacked| unpacked.status.success()) else {
        println!("skipped: the log of incidents cannot be unpacked here");
        return None;
    };
    let mut reader = csv::Reader::from_reader(&unpacked.stdout[..]);
    Some(reader.records().map(|row| row.unwrap()).collect())
}

/// The steps a row is, after what was done before: of those it may stand for the ones that the life cycle has.
fn steps_of(row: &csv::StringRecord, mut state: Option<CaseState>) -> Vec<Step<CaseAction>> {
    let (instant, sequence): (Instant, u32) = (row[11].parse().unwrap(), row[1].parse().unwrap());
    let may_stand_for: &[CaseAction] = match (&row[7], &row[10]) {
        ("Completed", _) if state.is_some_and(LifeCycle::is_end) => &[CaseAction::Close],
        ("Completed", _) => &[CaseAction::Open, CaseAction::Resolve],
        ("Accepted", "Wait - User" | "Wait - Customer") => {
            &[CaseAction::Open, CaseAction::Reopen, CaseAction::AskCustomer]
        }
        ("Accepted", _) => &[CaseAction::Open, CaseAction::Reopen, CaseAction::CustomerReplied, CaseAction::Answer],
        ("Queued", _) => &[CaseAction::Open, CaseAction::Reopen, CaseAction::CustomerReplied, CaseAction::Assign],
        _ => &[CaseAction::Open, CaseAction::Contact],
    };
    let mut actions: Vec<_> = may_stand_for
        .iter()
        .copied()
        .filter(|&action| {
            let next = CaseState::after(state, action);
            state = next.or(state);
            next.is_some()
        })
        .collect();
    if actions.is_empty() {
        // It changes nothing, yet says who has the case.
        actions.push(CaseAction::Contact);
    }
    let steps = actions.into_iter().enumerate().map(|(place, action)| {
        let mut step = Step::new(instant, action, Actor::Staff);
        step.sequence = sequence * 4 + place as u32;
        step.handler = Label::new(&row[2]).ok();
        step
    });
    steps.collect()
}

fn log() -> Option<Log> {
    let folder = data_set("bpic2013")?;
    let reference = serde_json::from_str(&std::fs::read_to_string(folder.join("reference.json")).unwrap()).unwrap();
    let mut steps: Vec<(Text, Step<CaseAction>)> = Vec::new();
    let (mut of, mut state) = (Text::from(""), None);
    for row in rows(&folder)? {
        if *of != row[0] {
            (of, state) = (Text::from(&row[0]), None);
        }
        for step in steps_of(&row, state) {
            state = CaseState::after(state, step.action);
            steps.push((of.clone(), step));
        }
    }
    Some(Log { lives: Lives::gather(steps), reference })
}

fn end() -> Instant {
    at("2012-06-01T00:00:00Z")
}

/// From opening to the first resolution, waiting included, as the reference asks.
fn resolved_after(life: &Life<CaseState>) -> Option<Duration> {
    let opened = life.first(CaseAction::Open, end())?;
    Some(life.first(CaseAction::Resolve, end())?.since(opened))
}

#[test]
fn the_figures_agree_with_the_reference() {
    let Some(Log { lives, reference }) = log() else { return };
    assert_eq!(lives.set_aside(), []);
    let cases = lives.lives();
    assert_eq!((cases.len(), lives.unfinished(end()).count()), (7_554, 8));
    let mut times = Distribution::new(1_024);
    let resolved: Vec<_> = cases.iter().filter_map(resolved_after).collect();
    resolved.iter().for_each(|time| times.observe(time.as_millis()));
    let hours = |thousandths: i128| thousandths as f64 / 1_000.0 / 3_600_000.0;
    let told = answer(&reference, "resolution_hours");
    assert_eq!(resolved.len() as f64, told[0]);
    let mean = times.sum().sum() as f64 / resolved.len() as f64 / 3_600_000.0;
    assert!((mean - told[1]).abs() < 5e-5, "{mean}");
    // Quantiles are told to half a per cent.
    let median = hours(times.quantile(500).unwrap());
    assert!((median / told[2] - 1.0).abs() < 0.004, "{median}");
    let p90 = hours(times.quantile(900).unwrap());
    assert!((p90 / told[3] - 1.0).abs() < 0.004, "{p90}");
    let mut exact: Vec<_> = resolved.iter().map(|time| time.as_millis()).collect();
    exact.sort_unstable();
    let middle = (exact[exact.len() / 2] + exact[exact.len() / 2 - 1]) as f64 / 2.0 / 3_600_000.0;
    assert!((middle - 6.0267).abs() < 5e-5, "{middle}");
    // Of those completed 56.9971 %, of all 56.9367 %.
    let in_time = resolved.iter().filter(|&&time| time <= Duration::from_hours(24)).count();
    assert_eq!((in_time as f64, in_time), (told[4], 4_301));
    let one_group =
        cases.iter().filter(|life| life.first(CaseAction::Resolve, end()).is_some() && life.handlers(end()).len() == 1);
    assert_eq!(one_group.count() as f64, answer(&reference, "first_contact_resolution")[1]);
    let reopened = cases.iter().filter(|life| life.count(CaseAction::Reopen, end()) > 0).count();
    assert_eq!((reopened as f64, reopened), (answer(&reference, "reopened")[0], 514));
}

/// The log was written by the clock of Sweden, winter and summer: every row shows the offset that its zone has.
#[test]
fn the_zone_knows_every_offset_of_the_log() {
    let Some(rows) = data_set("bpic2013").and_then(|folder| rows(&folder)) else { return };
    let zone: Zone = "Europe/Stockholm".parse().unwrap();
    let mut offsets = std::collections::BTreeSet::new();
    for row in &rows {
        let written = DateTime::parse_from_rfc3339(&row[11]).unwrap();
        assert_eq!(zone.local(row[11].parse().unwrap()), written.naive_local(), "{}", &row[11]);
        offsets.insert(written.offset().local_minus_utc());
    }
    assert_eq!((rows.len(), offsets.into_iter().collect::<Vec<_>>()), (65_533, vec![3_600, 7_200]));
}

/// On a calendar that never closes, working time is elapsed time for each of them; on office hours it is less, and each
/// trace adds up.
#[test]
fn working_time_of_every_case() {
    let Some(Log { lives, .. }) = log() else { return };
    let calendar = |week| CalendarRules::new("Europe/Stockholm".parse().unwrap(), week).build().unwrap();
    let always = calendar(Week::every_day(Hours::all_day()));
    let office = calendar(Week::monday_to_friday("08:00-17:00".parse().unwrap()));
    let mut paused = 0;
    for (place, life) in lives.lives().iter().enumerate() {
        let watch = life.stopwatch().unwrap();
        let elapsed = watch.elapsed(end(), AfterReopening::Resume).unwrap();
        let worked = |calendar| watch.working_time(calendar, end(), AfterReopening::Resume).unwrap().value;
        assert_eq!(worked(&always), elapsed, "{}", &**life.id());
        assert!(worked(&office) <= elapsed);
        paused += usize::from(!watch.pauses().is_empty());
        if place % 97 == 0 {
            let trace = watch.trace(&office, end(), AfterReopening::Resume).unwrap().value;
            assert_eq!(trace.days().last().unwrap().total, worked(&office));
        }
    }
    assert!(paused > 1_000, "{paused}");
}
