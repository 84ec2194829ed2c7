//! The main job: a scorecard of a small simulated network, or of the files a mapping names.
//!
//! ```text
//! cargo run --release --example scorecard
//! cargo run --release --example scorecard -- --data DIR --mapping FILE --zone UTC --by destination_region --json
//! ```

// A program speaks on its own streams; a library does not.
#![allow(clippy::print_stdout, clippy::print_stderr, unreachable_pub)]

use std::error::Error;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use parcelgauge::cube::{Dimension, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::intake::{Intake, Mapping, Strictness};
use parcelgauge::kpi::{Gauge, Policy, PolicyName, catalogue};
use parcelgauge::record::{Instant, Records, Window, Zone};
use parcelgauge::report::text_table;
use parcelgauge::simulate::Network;

const HELP: &str = "\
scorecard: service-quality figures out of waybills, node events, complaints, claims and ratings

Without arguments it measures a small simulated network, so that there is something to look at.
With --data and --mapping it measures your files; the mapping (TOML) says where each field comes from.

  --data DIR           the directory of your files
  --mapping FILE       how to read them; examples/mappings holds some to start from
  --as-of T            the instant of judgement, such as 2018-10-18T00:00:00Z;
                       default: the latest instant in the input (it is printed)
  --known-from T       since when the data is complete; without it, figures that look back are open
                       where they would have to look further
  --zone Z             the reporting zone, an IANA name; default Asia/Shanghai
  --window W           day, week, month (default), quarter, year, all
  --by DIM,…           carrier, origin_region, destination_region, origin_city, destination_city, lane, product,
                       cargo_category, channel, customer, customer_segment, flow, origin_facility,
                       destination_facility, delivery_courier, facility and courier (of a scan), leg (of a scan
                       or a stage), or a column of your own
  --kpis 'A,B(72),…'   these figures only, such as 'loss_rate,within_hours_rate(48)';
                       default: the whole catalogue
  --policy K.NAME=V    a named policy for one figure, such as on_time_delivery_rate.promise_end=day_start;
                       may be given more than once
  --evidence N         the N worst records behind every figure
  --json               the result document instead of the table
  --strict             stop at the first row that cannot be read
  --list               the figures there are, with the policies each reads

Rows that cannot be read are set aside, counted, and listed on standard error; the run goes on.
";

/// Rows set aside that are listed; the counts are complete all the same.
const LISTED_AT_MOST: usize = 20;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // Who reads no further, such as `head`, has what was wanted.
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("scorecard: {error}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Default)]
struct Arguments {
    data: Option<PathBuf>,
    mapping: Option<PathBuf>,
    as_of: Option<Instant>,
    known_from: Option<Instant>,
    zone: Zone,
    window: Window,
    by: Vec<Dimension>,
    kpis: Option<String>,
    policies: Vec<String>,
    evidence: u32,
    output: Output,
    strictness: Strictness,
}

#[derive(Default, PartialEq)]
enum Output {
    #[default]
    Table,
    Json,
    Help,
    List,
}

impl Arguments {
    fn parse() -> Result<Self, Box<dyn Error>> {
        use lexopt::prelude::*;
        let mut arguments = Self::default();
        let mut parser = lexopt::Parser::from_env();
        while let Some(argument) = parser.next()? {
            let name = match argument {
                Long(name) => name.to_owned(),
                Short('h') => "help".to_owned(),
                other => return Err(format!("{}; see --help", other.unexpected()).into()),
            };
            match name.as_str() {
                "json" => arguments.output = Output::Json,
                "strict" => arguments.strictness = Strictness::Stop,
                "list" => arguments.output = Output::List,
                "help" => arguments.output = Output::Help,
                "data" => arguments.data = Some(parser.value()?.into()),
                "mapping" => arguments.mapping = Some(parser.value()?.into()),
                "as-of" | "known-from" | "zone" | "window" | "by" | "kpis" | "policy" | "evidence" => {
                    arguments.take(&name, &parser.value()?.string()?).map_err(|error| format!("--{name}: {error}"))?;
                }
                _ => return Err(format!("there is no option --{name}; see --help").into()),
            }
        }
        Ok(arguments)
    }

    fn take(&mut self, name: &str, text: &str) -> Result<(), Box<dyn Error>> {
        match name {
            "as-of" => self.as_of = Some(text.parse()?),
            "known-from" => self.known_from = Some(text.parse()?),
            "zone" => self.zone = text.parse()?,
            "window" => self.window = text.parse()?,
            "kpis" => self.kpis = Some(text.to_owned()),
            "policy" => self.policies.push(text.to_owned()),
            "evidence" => {
                self.evidence = text.parse().map_err(|_| format!("`{text}` is not a whole number such as 5"))?;
            }
            _ => {
                for dimension in text.split(',').map(str::trim).filter(|dimension| !dimension.is_empty()) {
                    self.by.push(dimension.parse()?);
                }
            }
        }
        Ok(())
    }

    /// The figures asked for, under the policies asked for.
    fn gauges(&self) -> Result<Vec<Gauge>, Box<dyn Error>> {
        let mut gauges: Vec<Gauge> = match &self.kpis {
            None => catalogue().iter().collect(),
            Some(list) => {
                split_outside_parentheses(list).map(|name| catalogue().find(name)).collect::<Result<_, _>>()?
            }
        };
        for text in &self.policies {
            let malformed = || format!("--policy {text}: expected KPI.NAME=VALUE");
            let (path, value) = text.split_once('=').ok_or_else(malformed)?;
            let (kpi, name) = path.rsplit_once('.').ok_or_else(malformed)?;
            let wanted = catalogue().find(kpi)?;
            let policy = Policy::parse(name, value)?;
            let mut found = false;
            for gauge in &mut gauges {
                if gauge.definition().id == wanted.definition().id {
                    *gauge = gauge.clone().with(policy)?;
                    found = true;
                }
            }
            if !found {
                return Err(format!("--policy {text}: `{kpi}` is not among --kpis").into());
            }
        }
        Ok(gauges)
    }
}

fn split_outside_parentheses(list: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    list.split(move |character| {
        depth += i32::from(character == '(') - i32::from(character == ')');
        character == ',' && depth == 0
    })
    .map(str::trim)
    .filter(|name| !name.is_empty())
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = Arguments::parse()?;
    match arguments.output {
        Output::Help => {
            return Ok(io::stdout().write_all(HELP.as_bytes())?);
        }
        Output::List => {
            return Ok(list()?);
        }
        Output::Table | Output::Json => {}
    }
    let plan = Plan::new(arguments.gauges()?)
        .by(arguments.by.iter().cloned())
        .with_window(arguments.window)
        .with_evidence(arguments.evidence);
    let (records, as_of) = match (arguments.data.take(), arguments.mapping.take()) {
        (Some(data), Some(mapping)) => read(&arguments, &data, &mapping)?,
        (None, None) => simulated(&mut arguments)?,
        _ => return Err("--data and --mapping go together; see --help".into()),
    };
    warn_of_absent_columns(&arguments.by, &records);
    let mut context = Context::at(as_of).with_zone(arguments.zone);
    if let Some(known_from) = arguments.known_from {
        context = context.with_known_from(known_from);
    }
    let scorecard = Scorecard::measure(&records, &plan, &context);
    match arguments.output {
        Output::Json => writeln!(io::stdout(), "{}", scorecard.to_json())?,
        _ => io::stdout().write_all(text_table(&scorecard).as_bytes())?,
    }
    Ok(())
}

/// A misspelt dimension is read as a column of one's own, which then nobody has.
fn warn_of_absent_columns(by: &[Dimension], records: &Records) {
    for dimension in by {
        let Dimension::Attribute(name) = dimension else { continue };
        if !records.waybills.iter().any(|waybill| waybill.attributes.contains_key(name)) {
            eprintln!("--by {name}: no waybill has a column of this name; --help lists the dimensions there are");
        }
    }
}

fn read(
    arguments: &Arguments,
    data: &std::path::Path,
    mapping: &std::path::Path,
) -> Result<(Records, Instant), Box<dyn Error>> {
    let reading = Intake::new(Mapping::load(mapping)?, data)
        .with_zone(arguments.zone)
        .with_strictness(arguments.strictness)
        .read()?;
    for row in reading.quarantine.iter().take(LISTED_AT_MOST) {
        eprintln!("set aside: {row}");
    }
    if reading.quarantine.len() > LISTED_AT_MOST {
        eprintln!("set aside: {} rows in all, {LISTED_AT_MOST} shown", reading.quarantine.len());
    }
    let as_of = match (arguments.as_of, reading.latest_instant) {
        (Some(as_of), _) => as_of,
        (None, Some(latest)) => {
            eprintln!("as of {latest}, the latest instant in the input");
            latest
        }
        (None, None) => return Err("the input holds no instant; give --as-of".into()),
    };
    Ok((reading.records, as_of))
}

fn simulated(arguments: &mut Arguments) -> Result<(Records, Instant), Box<dyn Error>> {
    let may = chrono::NaiveDate::from_ymd_opt(2026, 5, 1).ok_or("no such day")?;
    let network = Network::new(1)?.with_start(may)?.with_days(184)?.with_shipments(20_000);
    let end = network.start() + chrono::Days::new(network.days().into());
    let as_of = arguments.as_of.unwrap_or_else(|| Zone::SHANGHAI.start_of(end));
    arguments.known_from = arguments.known_from.or(Some(Zone::SHANGHAI.start_of(network.start())));
    eprintln!(
        "a simulated network of {} shipments, as of {as_of}; --help says how to read your own",
        network.shipment_count()
    );
    Ok((network.records(), as_of))
}

fn list() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut definitions: Vec<_> = catalogue().iter().map(|gauge| gauge.definition()).collect();
    definitions.dedup_by_key(|definition| definition.id); // several arguments, one definition
    for definition in definitions {
        writeln!(
            out,
            "{} {} ({}, {})",
            definition.id,
            definition.direction.sign(),
            definition.name_en,
            definition.name_zh
        )?;
        writeln!(out, "    {}", definition.formula)?;
        let cohorts = definition.cohorts.iter().map(|cohort| cohort.name()).collect::<Vec<_>>().join(", ");
        for policy in definition.policies {
            match policy {
                PolicyName::Cohort => writeln!(out, "    {policy}: {cohorts}")?,
                _ => writeln!(out, "    {policy}: {}", policy.values())?,
            }
        }
        if !definition.policies.contains(&PolicyName::Cohort) {
            writeln!(out, "    by {cohorts}")?;
        }
    }
    Ok(())
}
