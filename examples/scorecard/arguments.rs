//! The command line.

use std::error::Error;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use parcelgauge::cube::Dimension;
use parcelgauge::fact::Context;
use parcelgauge::intake::Strictness;
use parcelgauge::kpi::{Gauge, catalogue};
use parcelgauge::record::{Instant, Window, Zone};

/// What the command line asks for.
#[derive(Default)]
pub struct Arguments {
    pub data: Option<PathBuf>,
    pub mapping: Option<PathBuf>,
    pub suggest: Option<PathBuf>,
    pub as_of: Option<Instant>,
    pub known_from: Option<Instant>,
    pub zone: Zone,
    pub window: Window,
    pub by: Vec<Dimension>,
    pub kpis: Option<String>,
    pub policies: Vec<String>,
    pub evidence: u32,
    pub output: Output,
    pub strictness: Strictness,
    pub shipments: Option<u64>,
    pub threads: Option<NonZeroUsize>,
    pub memory: Option<usize>,
}

/// What is to be printed.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    #[default]
    Page,
    Details,
    Json,
    Help,
    List,
    Explanation,
}

impl Arguments {
    pub fn parse() -> Result<Self, Box<dyn Error>> {
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
                "details" => arguments.show(Output::Details)?,
                "json" => arguments.show(Output::Json)?,
                "strict" => arguments.strictness = Strictness::Stop,
                "list" => arguments.output = Output::List,
                "explain-mapping" => arguments.output = Output::Explanation,
                "suggest-mapping" => arguments.suggest = Some(parser.value()?.into()),
                "help" => arguments.output = Output::Help,
                "data" => arguments.data = Some(parser.value()?.into()),
                "mapping" => arguments.mapping = Some(parser.value()?.into()),
                "as-of" | "known-from" | "zone" | "window" | "by" | "kpis" | "policy" | "evidence" | "shipments"
                | "threads" | "memory" => {
                    arguments.take(&name, &parser.value()?.string()?).map_err(|error| format!("--{name}: {error}"))?;
                }
                _ => return Err(format!("there is no option --{name}; see --help").into()),
            }
        }
        if arguments.evidence > 0 && arguments.output == Output::Page {
            arguments.output = Output::Details;
        }
        Ok(arguments)
    }

    /// Chooses what to print; the page with details and the document for programs are not to be had at once.
    fn show(&mut self, output: Output) -> Result<(), &'static str> {
        match (self.output, output) {
            (Output::Details, Output::Json) | (Output::Json, Output::Details) => {
                Err("--json and --details contradict each other: give one of them")
            }
            (Output::Help | Output::List | Output::Explanation, _) => Ok(()),
            _ => {
                self.output = output;
                Ok(())
            }
        }
    }

    fn take(&mut self, name: &str, text: &str) -> Result<(), Box<dyn Error>> {
        match name {
            "as-of" => self.as_of = Some(text.parse()?),
            "known-from" => self.known_from = Some(text.parse()?),
            "zone" => self.zone = text.parse()?,
            "window" => self.window = text.parse()?,
            "kpis" if split_outside_parentheses(text).next().is_none() => {
                return Err("no figure is named; leave it out for the whole catalogue, see --list".into());
            }
            "kpis" => self.kpis = Some(text.to_owned()),
            "policy" => self.policies.push(text.to_owned()),
            "evidence" => self.evidence = whole_number(text)?,
            "shipments" => self.shipments = Some(whole_number(text)?),
            "threads" => self.threads = Some(whole_number(text)?),
            "memory" => self.memory = Some(whole_number::<usize>(text)?.saturating_mul(1_000_000)),
            _ => {
                for dimension in text.split(',').map(str::trim).filter(|dimension| !dimension.is_empty()) {
                    self.by.push(dimension.parse()?);
                }
            }
        }
        Ok(())
    }

    /// Where and since when things are seen, at an instant.
    pub fn context(&self, as_of: Instant) -> Context {
        let context = Context::at(as_of).with_zone(self.zone);
        match self.known_from {
            Some(known_from) => context.with_known_from(known_from),
            None => context,
        }
    }

    /// The figures asked for, under the policies asked for.
    pub fn gauges(&self) -> Result<Vec<Gauge>, Box<dyn Error>> {
        let names: Option<Vec<&str>> = self.kpis.as_deref().map(|list| split_outside_parentheses(list).collect());
        let policies = self
            .policies
            .iter()
            .map(|text| text.split_once('=').ok_or_else(|| format!("--policy {text}: expected KPI.NAME=VALUE")));
        Ok(catalogue().choose(names.as_deref(), policies.collect::<Result<Vec<_>, _>>()?)?)
    }
}

fn whole_number<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_| format!("`{text}` is not a whole number such as 5"))
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
