//! The watch list of a service desk, from files: what is overdue, what is due soon, and how a disputed deadline was counted.
//!
//! `cargo run --example watch_list` writes two small files and reads them; `cargo run --example watch_list -- DIR MAPPING
//! AS_OF` reads one's own, such as a log of states by `examples/mappings/bpic2013.toml`.

// A program speaks on its own streams; a library does not.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use parcelgauge::calendar::{AfterReopening, Calendars};
use parcelgauge::casework::Urgency;
use parcelgauge::intake::{Intake, Mapping};
use parcelgauge::prelude::*;

const CASES: &str = "id,opened\nC1,2026-09-29 16:00\nC2,2026-09-30 10:00\nC3,2026-10-08 15:00\n";
const STEPS: &str = "case,at,done,by\n\
    C1,2026-09-29 16:20,answer,desk\n\
    C1,2026-09-30 09:30,ask_customer,desk\n\
    C1,2026-10-08 10:00,customer_replied,desk\n\
    C2,2026-09-30 10:05,answer,team\n\
    C2,2026-09-30 11:00,resolve,team\n";
const MAPPING: &str = r#"
    [complaint]
    file = "cases.csv"
    id = "id"
    opened_at = "opened"

    [case_step]
    file = "steps.csv"
    case = "case"
    at = "at"
    action = "done"
    handler = "by"
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, mapping, as_of) = match arguments.as_slice() {
        [folder, mapping, as_of] => (PathBuf::from(folder), Mapping::load(Path::new(mapping))?, as_of.parse()?),
        _ => (written()?, Mapping::parse(MAPPING)?, "2026-10-08T16:30:00+08:00".parse()?),
    };
    let reading = Intake::new(mapping, folder).read()?;
    // A case that nothing was done in has no steps, and is due all the same.
    let lives = reading.records.complaints.iter().map(|case| {
        let opening = Step::new(case.opened_at, CaseAction::Open, Actor::Customer);
        Life::of_case(case).unwrap_or_else(|| Life::replay(case.id.to_text(), [opening]))
    });
    let (lives, set_aside): (Vec<_>, Vec<_>) = lives.partition(Result::is_ok);
    let lives: Vec<Life<CaseState>> = lives.into_iter().flatten().collect();
    for illegal in set_aside.into_iter().filter_map(Result::err) {
        println!("set aside: {illegal}");
    }

    let calendars = Calendars::default();
    let china = calendars.named(CalendarName::CHINA).ok_or("the calendar that is always there")?;
    let hours = |limit: &str| limit.parse().map(|limit| Duty::resolution().with_limit(limit));
    let duties = [Duty::first_response(), hours("8h working time")?];
    let watch = Watch::over(&lives, &duties, china, as_of, Duration::from_hours(24));
    println!("As of {as_of}, most urgent first:");
    for item in watch.items() {
        let urgency = match item.urgency {
            Urgency::Overdue { by } => format!("overdue by {} of working time", by.value),
            Urgency::DueSoon { left } => format!("{} of working time left", left.value),
        };
        let handler = item.handler.as_ref().map_or("nobody", |handler| handler.as_str());
        println!("  {} {}: {urgency}, due {}, with {handler}", &*item.id, item.duty, item.due.value);
    }
    for (id, error) in watch.unknown() {
        println!("  {}: {error}", &**id);
    }

    // "You had eight hours": the count of the first case day by day, the waiting for its customer and the holidays apart.
    if let Some(disputed) = lives.first() {
        let trace = disputed.stopwatch()?.trace(china, as_of, AfterReopening::Resume);
        println!("\nThe clock of {}:", &**disputed.id());
        match trace {
            Ok(trace) => println!("{}", trace.value),
            Err(error) => println!("  {error}"),
        }
    }
    Ok(())
}

/// Writes the two files into a folder of their own.
fn written() -> Result<PathBuf, Box<dyn Error>> {
    let folder = std::env::temp_dir().join("parcelgauge-watch-list");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("cases.csv"), CASES)?;
    fs::write(folder.join("steps.csv"), STEPS)?;
    Ok(folder)
}
