use std::path::PathBuf;
use std::str::FromStr;

use lexopt::Arg::{Long, Short};
use lexopt::ValueExt;
use parcelgauge::simulate::{Defect, Network, Rate, Rates};

use super::Outcome;

pub const HELP: &str = "\
Writes a synthetic courier network as CSV or Parquet files, with the truth beside them.

Usage: simulate --out DIR [options]

  --out DIR                     where the files go; made if it is not there
  --format csv|parquet          of the tables of records (csv); parquet needs the feature of that name
  --shipments N                 how many shipments (10000)
  --seed N                      the same seed gives the same files (1)
  --start DATE                  the first day of orders (2026-08-01)
  --days N                      on how many days orders are placed (92)
  --regions N                   how many provinces, the busiest first (16)
  --customers N                 how many customers (20000)
  --rate NAME=PPM               one rate in parts per million; may be given again
  --slow-hub REGION:HOURS       a hub at which every parcel stays longer
  --careless-courier REGION:COURIER:TIMES
                                a courier who errs so many times as often
  --hot-spot REGION:TIMES       a region that complains so many times as often
  --by-recording-time           rows in the order in which they became known
  --help                        this text

Regions and couriers count from 0. Files: waybills, promise_moves, events, complaints, claims, payments, ratings,
costs, courier_days, stock_counts, site_shifts (.csv or .parquet), truth_by_shipment, truth_by_courier, truth_by_lane (.csv),
truth.json, truth.txt.
";

/// What the command line asks for.
pub struct Arguments {
    pub network: Network,
    pub out: PathBuf,
    pub format: Format,
    pub by_recording_time: bool,
}

/// The format of the tables of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Parquet,
}

impl FromStr for Format {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "csv" => Ok(Self::Csv),
            "parquet" => Ok(Self::Parquet),
            _ => Err(format!("--format: `{name}` is none; expected csv or parquet")),
        }
    }
}

impl Arguments {
    /// None where help was asked for.
    pub fn parse() -> Outcome<Option<Self>> {
        let mut parser = lexopt::Parser::from_env();
        let (mut out, mut format, mut by_recording_time) = (None, Format::Csv, false);
        let (mut seed, mut shipments, mut days, mut regions, mut customers) = (1_u64, 10_000_u64, 92, 16, 20_000);
        let (mut start, mut rates, mut defects) = (None, Rates::default(), Vec::new());
        while let Some(argument) = parser.next()? {
            match argument {
                Long("out") => out = Some(PathBuf::from(parser.value()?)),
                Long("format") => format = parser.value()?.string()?.parse()?,
                Long("shipments") => shipments = parser.value()?.parse()?,
                Long("seed") => seed = parser.value()?.parse()?,
                Long("start") => start = Some(parser.value()?.parse()?),
                Long("days") => days = parser.value()?.parse()?,
                Long("regions") => regions = parser.value()?.parse()?,
                Long("customers") => customers = parser.value()?.parse()?,
                Long("rate") => {
                    let text = parser.value()?.string()?;
                    let (name, parts) = text.split_once('=').ok_or("--rate: write it such as lost=300")?;
                    rates = rates.with(name.parse::<Rate>()?, parts.parse()?)?;
                }
                Long("slow-hub") => {
                    let [region, extra_hours] = numbers(&parser.value()?.string()?)?;
                    defects.push(Defect::SlowHub { region: region.try_into()?, extra_hours });
                }
                Long("careless-courier") => {
                    let [region, courier, times] = numbers(&parser.value()?.string()?)?;
                    let (region, courier) = (region.try_into()?, courier.try_into()?);
                    defects.push(Defect::CarelessCourier { region, courier, times });
                }
                Long("hot-spot") => {
                    let [region, times] = numbers(&parser.value()?.string()?)?;
                    defects.push(Defect::ComplaintHotSpot { region: region.try_into()?, times });
                }
                Long("by-recording-time") => by_recording_time = true,
                Long("help") | Short('h') => return Ok(None),
                other => return Err(other.unexpected().into()),
            }
        }
        let mut network = Network::new(seed)?.with_shipments(shipments).with_rates(rates);
        network = network.with_days(days)?.with_regions(regions)?.with_customers(customers)?;
        if let Some(start) = start {
            network = network.with_start(start)?;
        }
        for defect in defects {
            network = network.with_defect(defect)?;
        }
        let out = out.ok_or("--out DIR is needed; --help tells of the rest")?;
        Ok(Some(Self { network, out, format, by_recording_time }))
    }
}

/// Whole numbers with colons between.
fn numbers<const N: usize>(text: &str) -> Outcome<[u32; N]> {
    let numbers: Vec<u32> = text.split(':').map(u32::from_str).collect::<Result<_, _>>()?;
    numbers.try_into().map_err(|_| format!("`{text}`: expected {N} whole numbers with colons between").into())
}
